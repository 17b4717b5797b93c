"""Covering evidence, and proving a full record, by commands."""

import io
from pathlib import Path

import pytest
from PIL import Image
from tests.cli.calling import Call
from tests.visiting import PASSPHRASE, SIGNING_PASSPHRASE, answer_all, attach

from assessor_app.compose import Application
from assessor_app.domain.visit import Outcome
from assessor_app.services import issuing
from assessor_app.services.evidence.copies import is_current, photo
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

SPOKEN = "disampaikan lisan"


@pytest.fixture
def item(application: Application, visit: str, tmp_path: Path) -> str:
    """One photo as evidence of the visit."""
    workplace = application.unlock(PASSPHRASE)
    session = application.open(workplace, visit)
    attach(session, "P15-06", tmp_path)
    workplace.store.close()
    (id_,) = session.snapshot.evidence
    return id_


def test_boxes_add_up_are_listed_and_taken_off_and_the_copies_follow(
    call: Call, visit: str, item: str, application: Application
) -> None:
    first = call("redact", visit, item, "--box", "0,0,5000,10000", "--why", "face", "--json")
    both = ("--box", "6000,0,8000,2000", "--box", "6000,3000,8000,5000")
    second = call("redact", visit, item[-12:], *both, "--why", "phone", "--why", "child")
    listed = call("redact", visit, item, "--list", "--json")

    assert first.data["layers"] == [
        {"kind": "redaction", "why": "face", "page": 1, "box": [0, 0, 5000, 10000]}
    ]
    assert first.data["event"]
    assert "3 bagian bukti" in second.out
    assert "6000,3000,8000,5000" in second.out
    assert "anak" in second.out
    assert [one["why"] for one in listed.data["layers"]] == ["face", "phone", "child"]
    workplace = application.unlock(PASSPHRASE)
    known = application.open(workplace, visit).snapshot.evidence[item]
    assert is_current(workplace.store.vault, known)
    with Image.open(io.BytesIO(photo(workplace, known))) as picture:
        assert set(picture.convert("1").crop((0, 0, 300, 480)).tobytes()) == {0}
    workplace.store.close()

    cleared = call("redact", visit, item, "--none")
    assert "Tidak ada bagian bukti" in cleared.out
    assert call("redact", visit, item, "--list", "--json").data["layers"] == []


def test_closing_and_issuing_say_how_much_nobody_has_looked_at(
    call: Call, visit: str, item: str, tmp_path: Path
) -> None:
    closed = call(
        *("close", visit, "--outcome", "interrupted", "--account", "Listrik padam.", "--json")
    )
    issued = call("issue", visit, "--out", tmp_path / "ba.pdf", "--json")

    assert (closed.code, issued.code) == (0, 0)
    assert closed.data["unexamined"] == issued.data["unexamined"] == 1
    for hint in (closed.err, issued.err):
        assert "1 foto dan dokumen bukti belum diperiksa" in hint
        assert f"assessor redact {visit}" in hint


def test_what_was_looked_at_is_hinted_at_no_more(call: Call, visit: str, item: str) -> None:
    assert call("redact", visit, item, "--none").code == 0

    closed = call(
        *("close", visit, "--outcome", "interrupted", "--account", "Listrik padam.", "--json")
    )

    assert closed.data["unexamined"] == 0
    assert "belum diperiksa" not in closed.err


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((), "nothing_to_redact"),
        (("--box", "1,2,3", "--why", "face"), "box_unreadable"),
        (("--box", "kiri,0,10,10", "--why", "face"), "box_unreadable"),
        (("--box", "0,0,10001,10", "--why", "face"), "layer_outside"),
        (("--box", "0,0,5000,5000"), "why_missing"),
        (
            ("--box", "0,0,5000,5000", "--why", "face", "--why", "name", "--why", "child"),
            "why_missing",
        ),
        (("--box", "0,0,5000,5000", "--why", "face", "--page", "2"), "layer_page_unknown"),
    ],
)
def test_what_covers_nothing_is_refused_in_words(
    call: Call, visit: str, item: str, given: tuple[str, ...], code: str
) -> None:
    refused = call("redact", visit, item, *given, "--json")

    assert refused.code == 1
    assert refused.data["code"] == code
    assert refused.err.strip()


@pytest.fixture
def issued(application: Application, visit: str, tmp_path: Path) -> tuple[Path, Path]:
    """A PDF, and the exported file that holds its full record."""
    workplace = application.unlock(PASSPHRASE)
    session = application.open(workplace, visit)
    answer_all(session)
    # The command that began it had the system's clock, which is ahead of the test's.
    close_visit(session, workplace, Outcome.COMPLETED, departure=session.snapshot.visit.arrival)
    now = workplace.store.clock.now()
    identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    pdf, bundle = tmp_path / "t.pdf", tmp_path / "a.visit"
    issuing.issue(session, workplace, identity, out=pdf, language=Language.INDONESIAN)
    library = application.library
    export_visit(workplace, visit, bundle, library=library, passphrase=SPOKEN)
    workplace.store.close()
    return pdf, bundle


def test_a_full_record_is_proven_by_the_store_and_by_an_exported_file(
    call: Call, issued: tuple[Path, Path], tmp_path: Path
) -> None:
    pdf, bundle = issued
    secret = tmp_path / "sandi.txt"
    secret.write_text(SPOKEN)
    by_file = ("--bundle", bundle, "--bundle-passphrase-file", secret)

    by_store = call("full-record", "check", pdf, "--json")
    told = call("full-record", "check", pdf, *by_file, "--lang", "en")

    assert by_store.code == told.code == 0
    assert by_store.data["ok"]
    assert by_store.data["faults"] == []
    assert by_store.data["full_record"] in told.out
    assert told.out.startswith("Proven.")


def test_a_pdf_that_cannot_be_read_is_wrong_usage(call: Call, visit: str, tmp_path: Path) -> None:
    assert call("full-record", "check", tmp_path / "tidak-ada.pdf").code == 2
