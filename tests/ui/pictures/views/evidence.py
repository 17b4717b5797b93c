"""Evidence beside an answer, on its way, looked at, drawn upon, covered, and of nothing."""

from dataclasses import replace
from datetime import UTC

from PySide6.QtWidgets import QLineEdit
from tests.detailed_photos import photograph
from tests.services import offered
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View, in_turn, part, press

from assessor_app.domain.annotation import Annotation, Ink, Shape, Spot
from assessor_app.domain.components import Component
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceKind, EvidenceSource
from assessor_app.domain.redaction import Box, Layer, Why
from assessor_app.services.evidence.editing import NOTHING_TOLD, About
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.session import Session
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.checklist.page import ChecklistPage
from assessor_app.ui.pages.checklist.photos import Goal
from assessor_app.ui.widgets.page_list import PageList

_FULL, _HALF = "P15-06", "P15-08"
_PAGES = ("Standar Pelayanan", "Persyaratan", "Waktu dan biaya", "Pengesahan")


def _proven(round_: Round) -> Session:
    """One side with evidence of every kind, another with little, and something of nothing."""
    session = round_.start("2015-pemda")
    for number in range(5):
        about = About(file_name=f"DCIM/100/IMG_{number:04}.jpg")
        _attach(session, photograph(number, side=700), EvidenceSource.CAMERA, about=about)
    _attach(session, offered.pdf(*_PAGES), EvidenceSource.FILE, about=About(page=3))
    _attach(session, offered.wav(75), EvidenceSource.FILE)
    page = About(
        url="https://disdukcapil.ambonkota.go.id/layanan/kartu-tanda-penduduk?tahun=2026#syarat",
        seen_at=round_.workplace.store.clock.now(),
        components=tuple(Component)[:11],
    )
    _attach(session, photograph(6, side=700), EvidenceSource.CLIPBOARD, code=_HALF, about=page)
    first, second, third, *_ = sorted(session.snapshot.evidence)
    session.edit_evidence(first, caption="Papan standar pelayanan di ruang tunggu, tertutup lemari")
    session.share_evidence(first, _HALF, Side.PAPERWORK)
    session.annotate(
        first,
        [
            Annotation(1, Shape.ARROW, (Spot(1500, 1500), Spot(4800, 4300)), Ink.RED),
            Annotation(1, Shape.ELLIPSE, (Spot(4700, 3800), Spot(8800, 7000)), Ink.YELLOW),
            Annotation(1, Shape.TEXT, (Spot(800, 8600),), Ink.BLUE, "tidak terbaca dari kursi"),
        ],
    )
    session.redact(second, [Layer(1, Box(2000, 2000, 5000, 6000), Why.FACE)])
    session.detach_evidence([third])
    return session


def _attach(
    session: Session,
    data: bytes,
    source: EvidenceSource,
    *,
    code: str = _FULL,
    about: About = NOTHING_TOLD,
) -> None:
    taken = take_in_bytes(data, name="berkas", zone=UTC)
    session.attach(code, Side.PRACTICE, taken, source=source, about=about)


def _full(round_: Round) -> Where:
    session = round_.once("evidence", _proven)
    return Where(PageName.CHECKLIST, visit=session.visit_id, indicator=_FULL)


def _half(round_: Round) -> Where:
    return replace(_full(round_), indicator=_HALF)


def _page(window: MainWindow) -> ChecklistPage:
    assert isinstance(window.page, ChecklistPage)
    return window.page


def _open(kind: EvidenceKind, which: int = 0) -> "_Opening":
    return _Opening(kind, which)


class _Opening:
    """Open what is on the full side, of a kind."""

    def __init__(self, kind: EvidenceKind, which: int) -> None:
        self._kind, self._which = kind, which

    def __call__(self, window: MainWindow, _: Round) -> None:
        page = _page(window)
        found = [
            id_
            for id_, item in sorted(page.session.snapshot.evidence.items())
            if item.kind is self._kind
        ]
        page.proving.open(found[self._which])


def _landed(window: MainWindow, _: Round) -> None:
    """As after photos of a watched folder came."""
    page = _page(window)
    goal = Goal(_FULL, Side.PRACTICE)
    for id_ in sorted(page.session.snapshot.evidence)[:3]:
        page.proving.photos.landed.emit(goal, id_)


def _failed(window: MainWindow, round_: Round) -> None:
    """Files of which some are none."""
    paths = []
    for number, data in enumerate((photograph(1, side=300)[:4000], b"bukan foto", b"", b"GIF89a")):
        paths.append(round_.folder / f"IMG_20261122_09{number}.jpg")
        paths[-1].write_bytes(data)
    _page(window).proving.take_files(Goal(_FULL, Side.PRACTICE), paths)


def _third_page(window: MainWindow, _: Round) -> None:
    part(window, PageList, "photo.page_list").setCurrentRow(2)


def _web(window: MainWindow, _: Round) -> None:
    page = _page(window)
    page.proving.take_web(Goal(_FULL, Side.PRACTICE))


def _typed(window: MainWindow, _: Round) -> None:
    part(window, QLineEdit, "web.url").setText("disdukcapil.ambonkota.go.id/layanan")


_PHOTO, _DOCUMENT, _SOUND = EvidenceKind.PHOTO, EvidenceKind.DOCUMENT, EvidenceKind.AUDIO
_TICKS = [f"web.component.{one.value}" for one in tuple(Component)[:9]]

VIEWS = (
    View("evidence-half", _half),
    View("evidence-full", _full),
    View("evidence-landed", _full, _landed),
    View("evidence-failed", _full, _failed),
    View("evidence-photo", _full, _open(_PHOTO)),
    View("evidence-photo-covered", _full, _open(_PHOTO, 1)),
    View("evidence-photo-web", _half, _open(_PHOTO, -1)),
    View("evidence-document", _full, in_turn(_open(_DOCUMENT), _third_page)),
    View("evidence-recording", _full, _open(_SOUND)),
    View("evidence-draw", _full, in_turn(_open(_PHOTO), press("photo.draw"))),
    View("evidence-cover", _full, in_turn(_open(_PHOTO, 1), press("photo.cover"))),
    View("evidence-web", _full, in_turn(_web, _typed, press(*_TICKS))),
    View("evidence-unattached", _full, press("landing.unattached")),
)
