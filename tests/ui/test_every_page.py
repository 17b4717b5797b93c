"""Every page of the window, in both languages and on both screens, can be read and worked."""

import gc
import re
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtWidgets import QApplication
from tests.ui.accented import (
    accented,
    accented_results,
    accented_sample,
    speaking_with_accents,
)
from tests.ui.pictures import SIZES, Round
from tests.ui.survey import Seen, survey
from tests.visiting import jpeg

from assessor_app.domain.instrument import Wording
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.results import PublishedResult
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.reporting.reading import read_back
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.preview import preview
from assessor_app.services.report.words import Words
from assessor_app.services.sample import walk
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language, catalogue
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.theme import TOUCH_TARGET_PX, Scheme, apply_theme

# On one worker of a parallel run: the pages are built once for all tests of them.
pytestmark = pytest.mark.xdist_group("every_page")

VIEWS = [
    pytest.param((language, size), id=f"{language.value}-{size[0]}")
    for language in Language
    for size in SIZES
]


class Walked(Round):
    """The round as typed by somebody without plain letters, with photos that are soon made."""

    def published(self) -> Sequence[PublishedResult]:
        return accented_results()

    def photograph(self, session: Session) -> None:
        for place, indicator in enumerate(self.sample.indicators):
            for photo in indicator.photos[:1]:
                taken = take_in_bytes(
                    jpeg(size=(64, 48 + place)), name="1.jpg", zone=self.workplace.profile.zone
                )
                session.attach(
                    indicator.code,
                    photo.side,
                    taken,
                    source=EvidenceSource.FILE,
                    caption=photo.caption,
                )


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Round]:
    """Visits in every state, on real parts."""
    round_ = Walked(tmp_path_factory.mktemp("round"), accented_sample())
    yield round_
    round_.workplace.store.close()


@pytest.fixture(scope="module", params=VIEWS)
def seen(request: pytest.FixtureRequest, walked: Round, qapp: QApplication) -> list[Seen]:
    """What there is on every page in one language on one screen."""
    language, size = request.param
    return pages_of(walked, language, size, qapp)


def pages_of(
    walked: Round, language: Language, size: tuple[int, int], qapp: QApplication
) -> list[Seen]:
    apply_theme(qapp, Scheme.LIGHT)
    gc.disable()  # as in the product: a worker that collects would destroy widgets
    found = []
    for name, window in walked.pages(language, Scheme.LIGHT, size):
        window.activateWindow()
        found.append(survey(window, f"{name} {language.value} {size[0]}"))
    gc.enable()
    return found


def test_every_control_has_a_name_for_the_code_and_one_to_be_spoken(seen: list[Seen]) -> None:
    unnamed = [
        (page.page, one.name, one.spoken)
        for page in seen
        for one in page.controls
        if not one.spoken or not one.name[:1].islower()
    ]
    assert not unnamed


def test_every_control_has_room_for_a_finger(seen: list[Seen]) -> None:
    small = [
        (page.page, one.name, one.height)
        for page in seen
        for one in page.controls
        if one.height < TOUCH_TARGET_PX
    ]
    assert not small


def test_the_tab_key_comes_to_every_control(seen: list[Seen]) -> None:
    unreached = [(page.page, one.name) for page in seen for one in page.controls if not one.reached]
    assert not unreached


def test_no_text_is_cut_off_and_every_page_fits_its_screen(seen: list[Seen]) -> None:
    assert all(page.size in SIZES for page in seen)
    cramped = [(page.page, text) for page in seen for text in page.cramped]
    assert not cramped


def test_no_sentence_of_the_other_language_is_left(seen: list[Seen]) -> None:
    language = seen[0].language
    other = next(one for one in Language if one is not language)
    foreign = sentences(other) - sentences(language) - OWN_NAMES

    left = [(page.page, text) for page in seen for text in page.texts if text in foreign]
    assert not left


def test_no_text_of_a_page_stands_in_the_code(walked: Round, qapp: QApplication) -> None:
    offered = walked.application.library.all()
    with speaking_with_accents(walked.walked.instrument, *offered):
        pages = pages_of(walked, Language.INDONESIAN, SIZES[0], qapp)

    left = {(page.page, text) for page in pages for text in page.texts if plain(text, walked)}
    assert not left


@pytest.mark.parametrize("outcome", [Outcome.COMPLETED, Outcome.ENTRY_REFUSED])
def test_no_text_of_a_document_stands_in_the_code(walked: Round, outcome: Outcome) -> None:
    session = walked.walked
    if outcome is Outcome.ENTRY_REFUSED:
        session = walk.start(walked.workplace, walked.sample, walked.application.library)
        now = walked.workplace.store.clock.now()
        account = accented("Petugas keamanan menolak.")
        close_visit(session, walked.workplace, outcome, departure=now, account=account)
    with speaking_with_accents(walked.walked.instrument):
        pdf = preview(session, walked.workplace, Language.INDONESIAN)

    left = {word for text in read_back(pdf).page_texts for word in plain(text, walked)}
    assert not left


def plain(text: str, walked: Round) -> list[str]:
    """The words of a text that are of plain letters and no data."""
    instrument = walked.walked.instrument
    law = {one for each in instrument.indicators() for one in each.legal_basis}
    law |= {instrument.legal_basis, instrument.id}
    text = re.sub(r"\b(?:T|BA)-\d{4}-[0-9A-F]{8}-R\d+", "", " ".join(text.split()))  # a number
    folders = (str(walked.folder), str(documents_folder()))
    for data in (*sorted(law, key=len, reverse=True), *folders, *DATA):
        text = text.replace(data, "")
    words: list[str] = re.findall(r"[A-Za-z]{3,}", text)
    return [word for word in words if not re.fullmatch(r"[a-fA-F]+", word)]  # of a hash


DATA = (
    "/home/backups",
    "temuan.pdf",
    ".pdf",
    "1.kunjungan",
    "Etc/UTC",
    "UTC",
    "WIT",
    "Pimpinan",
    "Pengguna",
    "OUT-",
)
"""The names of files, zones, pseudonyms, and what codes begin with."""

OWN_NAMES = {"English", "Bahasa Indonesia"}
"""A language is called by its own name where it can be chosen."""


def sentences(language: Language) -> set[str]:
    """All that the product and its instruments say without places, in one language."""
    said = set(catalogue("ui", language).values()) | set(catalogue("words", language).values())
    words = Words(language, None)  # type: ignore[arg-type]  # no time is told here
    wordings: list[Wording] = []
    for instrument in Library([resources_dir() / "instruments"]).all():
        for indicator in instrument.indicators():
            asked = indicator.evidence_asked
            wordings += [indicator.text, *([asked] if asked else []), *indicator.evidence_items]
    return {text for text in said if len(text) > 3} | {words.of(one) for one in wordings}
