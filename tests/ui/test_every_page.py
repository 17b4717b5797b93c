"""Every page of the window can be read, heard and worked, as it is set and as it is held."""

import gc
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import cache
from typing import TypeAlias

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from tests.sending import headquarters_keys
from tests.ui.accented import (
    accented,
    accented_results,
    accented_sample,
    speaking_with_accents,
)
from tests.ui.pictures.round import Round
from tests.ui.pictures.showing import shown
from tests.ui.pictures.view import SIZES, Setting, all_views
from tests.ui.pictures.views.register import TYPED
from tests.ui.survey import Seen, survey
from tests.visiting import jpeg

from assessor_app.domain.instrument import Instrument, Wording
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.results import PublishedResult
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.reporting.reading import read_back
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.manual import manual_pages
from assessor_app.services.preview import preview
from assessor_app.services.report.words import Words
from assessor_app.services.sample import walk
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language, catalogue
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.theme import TOUCH_TARGET_PX, Scheme

# Each pass builds every view of the window, so there are two, which differ in all they can:
# `python3 run.py pictures FOLDER` shows the combinations. The first speaks with accents, as nobody
# does; the second has the least room for its words, which are the largest.
LAPTOP = Setting(Language.INDONESIAN, Scheme.LIGHT, SIZES[0])
NARROW = Setting(Language.ENGLISH, Scheme.CONTRAST, SIZES[2], 150)
PASSES = [
    pytest.param(LAPTOP, id="laptop-accents"),
    pytest.param(NARROW, id="upright-large-letters-strong-contrast"),
]
ACCENTED = LAPTOP


Look: TypeAlias = Callable[[Setting], list[Seen]]


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
    for view in all_views():  # made now, while the instruments speak plainly
        if view.where is not None:
            view.where(round_)
    yield round_
    round_.close()


@pytest.fixture(scope="module")
def passed(walked: Round, qapp: QApplication) -> Look:
    """What there is on every page in a setting; each is looked at once, whoever asks again."""
    found: dict[Setting, list[Seen]] = {}
    begun: set[Setting] = set()

    def look(setting: Setting) -> list[Seen]:
        if setting not in found:
            assert setting not in begun, "a page could not be looked at: see the first failure"
            begun.add(setting)
            accents = setting == ACCENTED
            with speaking_with_accents(*spoken_of(walked)) if accents else nullcontext():
                found[setting] = pages_of(walked, setting)
        return found[setting]

    return look


@pytest.fixture(params=PASSES)
def seen(request: pytest.FixtureRequest, passed: Look) -> list[Seen]:
    return passed(request.param)


def spoken_of(walked: Round) -> list[Instrument]:
    """All instruments whose words a page can show: each visit holds one of its own."""
    made = [one for one in vars(walked).values() if isinstance(one, Session)]
    return [*(one.instrument for one in made), *walked.application.library.all()]


def pages_of(walked: Round, setting: Setting) -> list[Seen]:
    gc.disable()  # as in the product: a worker that collects would destroy widgets
    try:
        found = []
        for view, window in shown(all_views(), walked, setting):
            window.activateWindow()
            found.append(survey(window, f"{view.name} {setting.told}"))
        return found
    finally:
        gc.enable()


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
    too_large = [(page.page, page.size) for page in seen if page.size not in SIZES]
    assert not too_large
    cramped = [(page.page, text) for page in seen for text in page.cramped]
    assert not cramped


def test_everything_that_takes_the_focus_or_is_a_row_is_called_and_is_something(
    seen: list[Seen],
) -> None:
    nothing = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane}
    mute = {
        (page.page, one.widget, one.role.name)
        for page in seen
        for one in page.heard
        if (one.focusable or one.is_item) and (not one.name or one.role in nothing)
    }
    assert not mute


def test_what_is_painted_says_what_it_is_and_what_it_shows(seen: list[Seen]) -> None:
    painted = {QAccessible.Role.Chart, QAccessible.Role.Canvas}
    found = [(page.page, one) for page in seen for one in page.heard if one.role in painted]

    assert QAccessible.Role.Chart in {one.role for _, one in found}
    assert not [(page, one.widget) for page, one in found if not one.name]


def test_words_can_be_read_as_they_are_drawn(seen: list[Seen]) -> None:
    left = [(page.page, text) for page in seen for text in page.faint]
    assert not left


@pytest.mark.parametrize("setting", PASSES)
def test_no_sentence_of_the_other_language_is_left(setting: Setting, passed: Look) -> None:
    other = next(one for one in Language if one is not setting.language)
    foreign = sentences(other) - sentences(setting.language) - OWN_NAMES
    if setting == ACCENTED:
        foreign = set(map(accented, foreign))

    left = [(page.page, text) for page in passed(setting) for text in page.texts if text in foreign]
    assert not left


def test_no_text_of_a_page_stands_in_the_code(walked: Round, passed: Look) -> None:
    pages = passed(ACCENTED)
    data = data_of(walked)
    spoken = {text for page in pages for text in page.texts}  # most stand on many pages
    found = {text for text in spoken if plain(text, data)}

    left = {(page.page, text) for page in pages for text in page.texts if text in found}
    assert not left


@pytest.mark.parametrize("outcome", [Outcome.COMPLETED, Outcome.ENTRY_REFUSED])
def test_no_text_of_a_document_stands_in_the_code(walked: Round, outcome: Outcome) -> None:
    session = walked.walked
    if outcome is Outcome.ENTRY_REFUSED:
        session = walk.start(walked.workplace, walked.sample, walked.application.library)
        now = walked.workplace.store.clock.now()
        account = accented("Petugas keamanan menolak.")
        close_visit(session, walked.workplace, outcome, departure=now, account=account)
    with speaking_with_accents(*spoken_of(walked)):
        pdf = preview(session, walked.workplace, Language.INDONESIAN)

    data = data_of(walked)
    left = {word for text in read_back(pdf).page_texts for word in plain(text, data)}
    assert not left


def data_of(walked: Round) -> list[str]:
    """What may stand in a text in plain letters: the longest first, of which others are part."""
    instrument = walked.walked.instrument
    law = {one for each in instrument.indicators() for one in each.legal_basis}
    law |= {instrument.legal_basis, instrument.id}
    law |= {one.advice.id for one in instrument.indicators() if one.advice}  # recorded plainly
    folders = (str(walked.folder / "kiriman"), str(walked.folder), str(documents_folder()))
    titles = {one.title for one in manual_pages(Language.INDONESIAN)}
    known = sorted({*law, *proposed(), *titles}, key=len, reverse=True)
    return [*known, *folders, headquarters_keys().name, *DATA, *TYPED]


def plain(text: str, data: Sequence[str]) -> list[str]:
    """The words of a text that are of plain letters and no data."""
    text = ADDRESS.sub("", text)
    text = re.sub(r"\bIMG_\d+(?:_\d+)?\.jpg\b", "", text)
    text = re.sub(r"\b(?:T|BA)-\d{4}-[0-9A-F]{8}-R\d+", "", " ".join(text.split()))  # a number
    for one in data:
        text = text.replace(one, "")
    words: list[str] = re.findall(r"[A-Za-z]{3,}", text)
    return [word for word in words if not re.fullmatch(r"[a-fA-F]+", word)]  # of a hash


@cache
def proposed() -> frozenset[str]:
    """What stands between the places of the shipped wordings of findings and advice."""
    texts: set[str] = set()
    waiting: list[object] = [
        tomllib.loads(path.read_text(encoding="utf-8"))
        for path in (resources_dir() / "wordings").glob("*.toml")
    ]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            texts |= {part.strip() for part in re.split(r"\{[^}]*\}", one)}
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return frozenset(text for text in texts if len(text) > 3)


ADDRESS = re.compile(r"pengaduan@\s?ambo\s?(?:n\.go\.id)?")
"""Paper breaks it where a line of a table ends; its rest then stands further on."""

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
    "Ctrl+",
    "Shift+",
    "Alt+",
    "Enter",
    "Esc",
    "https://www.lapor.go.id",
    "Call Center 112",
    "https://disdukcapil.ambonkota.go.id/layanan/kartu-tanda-penduduk?tahun=2026#syarat",
    "https://",
    "Papan standar pelayanan di ruang tunggu, tertutup lemari",
    "DCIM",
    "SHA",
    "syarat.jpg",
    "{indicator}",
    "{code}",
    "{unit}",
    "{institution}",
    "{product}",
    "PNG",
    "SVG",
)
"""The names of files, zones, pseudonyms and keys, and what codes begin with; channels."""

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
