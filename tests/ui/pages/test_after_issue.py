"""After issuing: written onto a stick, printed, leafed through, and what comes back."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TypeVar

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import SteppingClock
from tests.services.issued_home import countersigned, with_minutes
from tests.signing.attacks import with_note_over_page
from tests.signing.people import assessor
from tests.ui.pages.hands import PATIENCE_MS, assert_usable, part, shown
from tests.visiting import jpeg

from assessor_app.domain.visit import HandoverWay, ReturnedKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.documents import issued_pdf
from assessor_app.services.enrolment import Workplace
from assessor_app.services.preview import preview
from assessor_app.services.session import Session, open_session
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue import sticks
from assessor_app.ui.pages.issue.handover import HandoverStep
from assessor_app.ui.pages.issue.page import IssuePage
from assessor_app.ui.pages.issue.preview import PreviewPane
from assessor_app.ui.pages.issue.returned import ReturnedStep
from assessor_app.ui.pages.parts import printing
from assessor_app.ui.widgets.page_list import PageList
from assessor_app.ui.widgets.paper import PaperView

Open = Callable[[Session], IssuePage]
Step = TypeVar("Step", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, enrolled: Path, library: Library
) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("issued") / "home"
    return home, with_minutes(enrolled, home, library)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "home"))


@pytest.fixture
def issued(workplace: Workplace, made: tuple[Path, str], library: Library) -> Session:
    return open_session(workplace.store, made[1], library)


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Callable[[Session], IssuePage]:
    def build(session: Session) -> IssuePage:
        page = shown(qtbot, IssuePage(desk, session))
        pane = page.findChild(PreviewPane)
        assert pane is not None
        qtbot.waitUntil(lambda: pane.pages > 0, timeout=PATIENCE_MS)
        return page

    return build


def press(page: QWidget, name: str) -> None:
    QTest.mouseClick(part(page, QAbstractButton, name), LEFT)


def told(page: QWidget, name: str) -> str:
    notice = part(page, QWidget, name)
    return part(notice, QLabel, f"{name}.text").text() if notice.isVisible() else ""


def step(page: QWidget, kind: type[Step]) -> Step:
    found = page.findChild(kind)
    assert found is not None
    return found


def test_a_stick_is_asked_for_written_and_told(
    opened: Open, issued: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, stick = opened(issued), tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr("assessor_app.ui.pages.issue.handover.sticks", list)
    line = part(page, QLineEdit, "issue.handover.stick")
    part(page, QLineEdit, "issue.handover.to").setText("Ibu Kepala")
    assert not line.isVisible()
    press(page, "issue.handover.way.usb")
    assert line.isVisible()
    press(page, "issue.handover")
    assert "Pilih USB" in line.accessibleDescription()
    monkeypatch.setattr(step(page, HandoverStep), "_ask_stick", lambda: str(stick))
    press(page, "issue.handover.stick.choose")
    assert line.text() == str(stick)

    with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
        press(page, "issue.handover")

    (folder,) = stick.iterdir()
    assert str(folder) in told(page, "issue.handover.notice")
    assert len(list(folder.iterdir())) == 4
    assert issued.snapshot.visit.state is VisitState.HANDED_OVER
    assert_usable(page)


def test_a_stick_that_was_pulled_out_is_told_at_its_field(
    opened: Open, issued: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(issued)
    line = part(page, QLineEdit, "issue.handover.stick")
    part(page, QLineEdit, "issue.handover.to").setText("Ibu Kepala")
    press(page, "issue.handover.way.usb")
    line.setText(str(tmp_path / "tidak ada"))

    press(page, "issue.handover")

    qtbot.waitUntil(lambda: "tidak ada" in line.accessibleDescription(), timeout=PATIENCE_MS)
    assert issued.snapshot.visit.state is VisitState.ISSUED


def test_a_single_stick_is_taken_for_the_one_that_is_meant(
    opened: Open, issued: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessor_app.ui.pages.issue.handover.sticks", lambda: [tmp_path])
    page = opened(issued)

    press(page, "issue.handover.way.usb")

    assert part(page, QLineEdit, "issue.handover.stick").text() == str(tmp_path)


def test_a_scan_that_comes_back_is_attached_shown_and_saved(
    opened: Open, issued: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(issued)
    back, pane = step(page, ReturnedStep), step(page, PreviewPane)
    scan, copy = tmp_path / "scan.jpg", tmp_path / "salinan.jpg"
    scan.write_bytes(jpeg())
    monkeypatch.setattr(back, "_ask_file", lambda: str(scan))
    monkeypatch.setattr(back, "_ask_where", lambda _: str(copy))
    press(page, "issue.returned.more")
    press(page, "issue.returned.choose")
    sender = part(page, QLineEdit, "issue.returned.from")
    assert "Tulis dari siapa" in sender.accessibleDescription()
    sender.setText("Sekretaris")

    with qtbot.waitSignal(back.attached, timeout=PATIENCE_MS):
        press(page, "issue.returned.choose")

    (item,) = issued.snapshot.returned
    assert (item.sender, item.kind) == ("Sekretaris", ReturnedKind.WET_INK_COPY)
    press(page, f"issue.returned.{item.id}.save")
    qtbot.waitUntil(lambda: "salinan.jpg" in told(page, "issue.returned.notice"), timeout=5000)
    assert copy.read_bytes() == jpeg()
    press(page, f"issue.returned.{item.id}.view")
    leave = part(page, QAbstractButton, "issue.preview.back")
    qtbot.waitUntil(lambda: "Sekretaris" in part(page, PaperView, "issue.paper").accessibleName())
    qtbot.waitUntil(lambda: pane._read is not None and pane._read.pdf is None, timeout=PATIENCE_MS)
    QTest.mouseClick(leave, LEFT)
    qtbot.waitUntil(
        lambda: pane._read is not None and pane._read.pdf is not None, timeout=PATIENCE_MS
    )
    assert not leave.isVisible()
    assert_usable(page)


def test_a_changed_file_is_refused_and_can_be_attached_as_a_scan(
    opened: Open,
    issued: Session,
    workplace: Workplace,
    *,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = issued_pdf(issued, workplace)
    page, path = opened(issued), tmp_path / "balik.pdf"
    path.write_bytes(with_note_over_page(ours))
    back = step(page, ReturnedStep)
    monkeypatch.setattr(back, "_ask_file", lambda: str(path))
    press(page, "issue.returned.more")
    part(page, QLineEdit, "issue.returned.from").setText("Dinas")
    press(page, "issue.returned.choose")
    as_scan = part(page, QAbstractButton, "issue.returned.as_scan")
    qtbot.waitUntil(as_scan.isVisible, timeout=PATIENCE_MS)
    assert not issued.snapshot.returned

    with qtbot.waitSignal(back.attached, timeout=PATIENCE_MS):
        QTest.mouseClick(as_scan, LEFT)
    path.write_bytes(countersigned(ours, assessor()))
    press(page, "issue.returned.more")
    with qtbot.waitSignal(back.attached, timeout=PATIENCE_MS):
        press(page, "issue.returned.choose")

    kinds = {one.kind for one in issued.snapshot.returned}
    assert kinds == {ReturnedKind.WET_INK_COPY, ReturnedKind.COUNTERSIGNED}


@pytest.fixture
def to_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The print dialog, accepted with a PDF for a printer."""
    out = tmp_path / "cetakan.pdf"

    def accept(_: QWidget, printer: QPrinter, **__: object) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        printer.setResolution(100)  # a coarse printer: less to draw
        return True

    monkeypatch.setattr(printing, "ask_printer", accept)
    return out


def test_a_signed_document_is_printed_and_its_hand_over_offered_not_recorded(
    opened: Open, issued: Session, workplace: Workplace, qtbot: QtBot, to_file: Path
) -> None:
    page = opened(issued)
    pane, step_ = step(page, PreviewPane), step(page, HandoverStep)

    with qtbot.waitSignal(pane.printed, timeout=PATIENCE_MS):
        QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    printed, signed = (
        pypdfium2.PdfDocument(one) for one in (to_file, issued_pdf(issued, workplace))
    )
    assert len(printed) == len(signed)
    wide, high = printed[0].get_size()
    assert (round(wide), round(high)) == (595, 842)
    assert "Terkirim ke pencetak" in told(page, "issue.preview.notice")
    assert step_.way is HandoverWay.PRINT
    assert "catat di sini" in told(page, "issue.handover.notice")
    assert issued.snapshot.visit.state is VisitState.ISSUED


def test_a_draft_is_printed_with_its_mark(
    opened: Open, session: Session, workplace: Workplace, qtbot: QtBot, to_file: Path
) -> None:
    page = opened(session)
    pane = step(page, PreviewPane)
    press(page, "issue.print")
    qtbot.waitUntil(lambda: "Terkirim" in told(page, "issue.preview.notice"), timeout=PATIENCE_MS)

    printed = pypdfium2.PdfDocument(to_file)
    draft = pypdfium2.PdfDocument(preview(session, workplace, Language.INDONESIAN))
    assert len(printed) == len(draft) == pane.pages
    # The same page, mark and all: pixel by pixel nearly the same.
    seen, meant = (one[0].render(scale=0.5).to_numpy() for one in (printed, draft))
    assert abs(seen.astype(int) - meant.astype(int)).mean() < 6


def test_pages_are_chosen_by_range_current_page_and_order() -> None:
    printer = printing.new_printer("x")
    assert printing.chosen_pages(printer, pages=3, current=1) == [0, 1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert printing.chosen_pages(printer, pages=3, current=1) == [2, 1, 0]
    printer.setPageOrder(QPrinter.PageOrder.FirstPageFirst)
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert printing.chosen_pages(printer, pages=3, current=1) == [1]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert printing.chosen_pages(printer, pages=5, current=0) == [1, 2]


def test_printing_is_stopped_between_two_pages(
    desk: Desk, session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    stop, heard = Event(), []
    printer = printing.new_printer("x")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "x.pdf"))
    printer.setResolution(72)
    pdf = preview(session, workplace, Language.INDONESIAN)
    ordered = printing.Ordered(pdf, printer, (0, 1, 2), lambda **at: f"{at}", stop)

    def tell(text: str) -> None:
        heard.append(text)
        stop.set()

    assert printing.print_pages(ordered, tell) == 0
    assert len(heard) == 1


def test_pages_are_listed_gone_to_and_drawn_when_they_come_into_sight(
    opened: Open, session: Session, qtbot: QtBot
) -> None:
    page = opened(session)
    pane = step(page, PreviewPane)
    paper, pages = part(page, PaperView, "issue.paper"), part(page, PageList, "issue.pages")
    assert pages.count() == pane.pages >= 3
    assert part(page, QLabel, "issue.page").text() == f"Halaman 1 dari {pane.pages}"
    thumb_of_last = pages.item(pages.count() - 1).icon()
    before = thumb_of_last.cacheKey()

    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_Down)

    assert paper.current == 1
    assert part(page, QLabel, "issue.page").text() == f"Halaman 2 dari {pane.pages}"
    QTest.keyClick(paper, Qt.Key.Key_End)
    assert pages.currentRow() == pane.pages - 1
    sheets = paper._sheets
    qtbot.waitUntil(lambda: sheets.width_of(pane.pages - 1) > 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: pages.item(pages.count() - 1).icon().cacheKey() != before, timeout=PATIENCE_MS
    )
    press(page, "issue.pages.show")
    assert not pages.isVisible()


def test_only_what_is_mounted_as_a_stick_is_proposed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sticks._MOUNTED_BELOW, "linux", (f"{tmp_path}/",))
    monkeypatch.setattr("assessor_app.ui.pages.issue.sticks.sys.platform", "linux")
    stick = tmp_path / "KINGSTON"
    stick.mkdir()

    found = sticks._removable(["/", "/home", str(stick), str(tmp_path / "gone")])

    assert found == [stick]
