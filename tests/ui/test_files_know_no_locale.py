"""The window speaks with the commas of its language; what is written to files never does."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale
from tests.conftest import SteppingClock
from tests.visiting import answer

from assessor_app.domain.documents import DocumentKind
from assessor_app.instruments.document import read_document
from assessor_app.instruments.reading import examine
from assessor_app.instruments.writing import write_yaml
from assessor_app.paths import resources_dir
from assessor_app.services import results
from assessor_app.services.enrolment import Workplace
from assessor_app.services.imprinting import imprint
from assessor_app.services.register.belonging import take_names, unregistered
from assessor_app.services.register.exporting import export_register
from assessor_app.services.report.content import compose
from assessor_app.services.report.parties import alone
from assessor_app.services.report.words import Words
from assessor_app.services.sample.published import published_results
from assessor_app.services.session import Session
from assessor_app.texts import Language

INDONESIA = QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia)
BRITAIN = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
"""One writes 1.234,5 and the other 1,234.5; they write dates in other words."""


@pytest.fixture(autouse=True)
def the_same_afterwards() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


def under_each(write: Callable[[str], bytes]) -> list[bytes]:
    """What is written while the window speaks one language, and while it speaks the other."""
    found = []
    for place, locale in enumerate((INDONESIA, BRITAIN)):
        QLocale.setDefault(locale)
        found.append(write(str(place)))
    return found


def test_the_two_languages_do_write_numbers_and_dates_in_different_ways() -> None:
    day = QDate(2026, 11, 22)
    assert INDONESIA.toString(1234.5) != BRITAIN.toString(1234.5)
    assert INDONESIA.toString(day) != BRITAIN.toString(day)


def test_what_is_attached_to_a_document_is_the_same_byte_by_byte(
    session: Session, workplace: Workplace, clock: SteppingClock
) -> None:
    for number in range(1, 9):
        answer(session, f"P15-{number:02}", "paperwork", "present")
        answer(session, f"P15-{number:02}", "practice", "absent" if number % 2 else "present")
    words = Words(Language.INDONESIAN, workplace.profile.zone)
    who = alone(workplace.profile, legal_note="")
    seen, now = session.seen(), clock.now()
    findings = DocumentKind.FINDINGS
    mark = imprint(seen, who, words, kind=findings, made_at=now, because="", addendum=None)

    def attached(_: str) -> bytes:
        composed = compose(seen, workplace, mark, words, parties=who)
        assert composed.record is not None
        return composed.record

    first, second = under_each(attached)
    assert b'"P15-08"' in first
    assert undrawn(first) == undrawn(second)


def undrawn(record: bytes) -> bytes:
    """Without what is drawn by lot for each document: salts and the digests over them."""
    return re.sub(rb'"[0-9a-f]{32,64}"', b'""', record)


def test_tables_and_instruments_are_the_same_byte_by_byte(
    workplace: Workplace, tmp_path: Path
) -> None:
    form, _ = examine(read_document(resources_dir() / "instruments" / "2022.yaml"))
    assert form is not None
    results.register(workplace.store, published_results())
    take_names(workplace.store, unregistered(workplace), reason="uji")

    def written(place: str) -> bytes:
        table = tmp_path / f"{place}.csv"
        export_register(workplace.store, table)
        return table.read_bytes() + write_yaml(form).encode()

    first, second = under_each(written)
    assert first.count(b"\n") > 500
    assert first == second
