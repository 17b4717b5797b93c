"""The issue page: preview, a real signed PDF, its file, and its hand-over."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import PATIENCE_MS, assert_usable, part, shown
from tests.visiting import SIGNING_PASSPHRASE, complete

from assessor_app.domain.visit import Declaration, Outcome, Receiver, VisitState
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.verifying import Standing, verify
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.page import IssuePage
from assessor_app.ui.pages.issue.preview import PreviewPane
from assessor_app.ui.pages.issue.result import ResultStep
from assessor_app.ui.pages.issue.signing import SigningStep
from assessor_app.ui.pages.parts.file_place import free_path, safe_name, with_suffix
from assessor_app.ui.pages.parts.moment import MomentEdit

Open = Callable[[Session], IssuePage]
LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


class Opened(QObject):
    """Hears what the desktop is asked to open, instead of a file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toLocalFile())


@pytest.fixture
def desktop() -> Iterator[Opened]:
    heard = Opened()
    # The stubs ask for bytes, which PySide 6.11 itself refuses.
    QDesktopServices.setUrlHandler("file", heard, "take")  # type: ignore[arg-type]  # as just said
    yield heard
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Iterator[Open]:
    kept: list[IssuePage] = []  # a page that nobody holds would be collected in a worker

    def build(session: Session) -> IssuePage:
        page = shown(qtbot, IssuePage(desk, session))
        page.activateWindow()
        kept.append(page)
        return page

    yield build
    desk.tasks.wait()


@pytest.fixture
def closed(session: Session, workplace: Workplace, tmp_path: Path) -> Session:
    session.record_receiver(Receiver(Declaration.RECEIVED, name="Ibu Kepala"))
    complete(session, workplace, tmp_path)
    return session


def press(page: QWidget, name: str) -> None:
    QTest.mouseClick(part(page, QAbstractButton, name), LEFT)


def told(page: QWidget, name: str) -> str:
    notice = part(page, QWidget, name)
    return part(notice, QLabel, f"{name}.text").text() if notice.isVisible() else ""


def drawn(page: IssuePage, qtbot: QtBot, *, pages: int = 1) -> None:
    pane = page.findChild(PreviewPane)
    assert pane is not None
    qtbot.waitUntil(lambda: pane.pages >= pages, timeout=PATIENCE_MS)


def signed(page: IssuePage, qtbot: QtBot, path: Path) -> None:
    """Type the passphrase and the path, press Enter, wait for the document."""
    field = part(page, QLineEdit, "issue.path")
    field.selectAll()
    QTest.keyClicks(field, str(path))
    passphrase = part(page, QLineEdit, "issue.passphrase")
    QTest.keyClicks(passphrase, SIGNING_PASSPHRASE)
    with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
        QTest.keyClick(passphrase, ENTER)


def test_an_open_visit_is_seen_but_not_signed(opened: Open, session: Session, qtbot: QtBot) -> None:
    page = opened(session)
    drawn(page, qtbot, pages=2)

    assert "belum ditutup" in told(page, "issue.notice")
    assert not part(page, QAbstractButton, "issue.sign").isVisible()
    with qtbot.waitSignal(page.review_wanted):
        press(page, "issue.notice.action")


def test_a_closed_visit_becomes_a_valid_document_that_is_handed_over(
    opened: Open, closed: Session, qtbot: QtBot, tmp_path: Path, desktop: Opened
) -> None:
    path = tmp_path / "temuan kunjungan.pdf"
    page = opened(closed)
    assert told(page, "issue.notice") == ""

    signed(page, qtbot, path)

    verdict = verify(path.read_bytes(), roots=(), trust_trial=True)
    document = next(iter(closed.snapshot.documents.values()))
    assert verdict.standing is Standing.VALID
    assert verdict.number == document.number
    seen = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert document.number in seen
    assert document.sha256[:16] in seen
    assert path.name in seen
    assert part(page, QLineEdit, "issue.passphrase").text() == ""
    assert not part(page, QAbstractButton, "issue.sign").isVisible()

    press(page, "issue.more")
    press(page, "issue.open_folder")
    press(page, "issue.open_pdf")
    assert desktop.urls == [str(tmp_path), str(path)]
    with qtbot.waitSignal(page.verify_wanted) as wanted:
        press(page, "issue.verify")
    assert wanted.args == [path]

    assert part(page, QLineEdit, "issue.handover.to").text() == "Ibu Kepala"
    press(page, "issue.handover")
    assert "pilih cara" in told(page, "issue.handover.notice")
    part(page, QLineEdit, "issue.handover.stick").setText(str(tmp_path))
    for way in ("usb", "print"):
        press(page, f"issue.handover.way.{way}")
        with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
            press(page, "issue.handover")
        assert "Ibu Kepala" in told(page, "issue.handover.notice")
    assert closed.snapshot.visit.state is VisitState.HANDED_OVER
    drawn(page, qtbot)


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_signed(
    opened: Open, closed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    taken = tmp_path / "ada.pdf"
    taken.write_bytes(b"milik orang lain")
    page = opened(closed)
    passphrase = part(page, QLineEdit, "issue.passphrase")
    path = part(page, QLineEdit, "issue.path")
    path.setText(str(taken))

    QTest.keyClicks(passphrase, "salah")
    QTest.keyClick(passphrase, ENTER)
    qtbot.waitUntil(lambda: "tidak ditimpa" in path.accessibleDescription(), timeout=PATIENCE_MS)
    assert taken.read_bytes() == b"milik orang lain"

    path.setText(str(tmp_path / "baru"))
    press(page, "issue.sign")
    qtbot.waitUntil(lambda: "salah" in passphrase.accessibleDescription(), timeout=PATIENCE_MS)
    assert path.accessibleDescription() == ""
    assert passphrase.hasFocus()
    assert closed.snapshot.visit.state is VisitState.CLOSED
    assert not (tmp_path / "baru.pdf").exists()


def test_the_passphrase_is_shown_while_wanted(opened: Open, closed: Session) -> None:
    page = opened(closed)
    passphrase = part(page, QLineEdit, "issue.passphrase")
    assert passphrase.echoMode() is QLineEdit.EchoMode.Password

    press(page, "issue.passphrase.show")

    assert passphrase.echoMode() is QLineEdit.EchoMode.Normal


def test_the_path_is_chosen_in_a_dialog(
    opened: Open, closed: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(closed)
    monkeypatch.setattr(SigningStep, "_ask_where", lambda _: str(tmp_path / "pilihan.pdf"))

    press(page, "issue.path.choose")

    assert part(page, QLineEdit, "issue.path").text() == str(tmp_path / "pilihan.pdf")


def test_a_copy_is_the_same_bytes_when_the_visit_is_opened_again(
    opened: Open, closed: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, copy = tmp_path / "asli.pdf", tmp_path / "salinan.pdf"
    signed(opened(closed), qtbot, original)
    page = opened(closed)
    press(page, "issue.more")
    monkeypatch.setattr(ResultStep, "_ask_where", lambda _: str(copy))

    press(page, "issue.copy")
    qtbot.waitUntil(lambda: copy.name in told(page, "issue.result.notice"), timeout=PATIENCE_MS)

    assert copy.read_bytes() == original.read_bytes()
    assert part(page, QAbstractButton, "issue.open_pdf").isVisible()
    press(page, "issue.copy")
    qtbot.waitUntil(
        lambda: "tidak ditimpa" in told(page, "issue.result.notice"), timeout=PATIENCE_MS
    )


def test_the_file_is_known_when_the_visit_is_opened_again_and_missed_when_it_is_gone(
    opened: Open, closed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "asli.pdf"
    signed(opened(closed), qtbot, path)

    again = opened(closed)
    with qtbot.waitSignal(again.verify_wanted) as wanted:
        press(again, "issue.verify")
    assert wanted.args == [path]

    path.unlink()
    page = opened(closed)
    assert not part(page, QAbstractButton, "issue.open_pdf").isVisible()
    assert part(page, QAbstractButton, "issue.copy").isVisible()
    told_gone = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert any("asli.pdf tidak ada lagi" in text for text in told_gone)


def test_a_signing_passphrase_is_asked_for_before_anything_is_tried(
    opened: Open, desk: Desk, closed: Session
) -> None:
    page = opened(closed)
    drawn_or_not = desk.tasks.running

    press(page, "issue.sign")

    field = part(page, QLineEdit, "issue.passphrase")
    assert field.accessibleDescription() == desk.say("issue.passphrase.empty")
    assert field.hasFocus()
    assert desk.tasks.running <= drawn_or_not


def test_a_bare_name_is_a_file_of_the_proposed_folder(opened: Open, closed: Session) -> None:
    page = opened(closed)
    path = part(page, QLineEdit, "issue.path")
    folder = Path(path.text()).parent
    path.setFocus()
    path.selectAll()
    QTest.keyClicks(path, "temuan")
    QTest.keyClick(path, ENTER)

    assert path.text() == str(folder / "temuan.pdf")


def test_a_missing_receiver_is_warned_of_before_signing(
    opened: Open, session: Session, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    complete(session, workplace, tmp_path)

    page = opened(session)

    assert "Penerima" in told(page, "issue.notice")
    with qtbot.waitSignal(page.review_wanted):
        press(page, "issue.notice.action")
    assert part(page, QLineEdit, "issue.passphrase").isVisible()


def test_a_refused_visit_becomes_minutes_in_english(
    opened: Open, session: Session, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.OFFICE_CLOSED, departure=now, account="Pintu terkunci.")
    page = opened(session)
    language = part(page, QComboBox, "issue.language")
    language.setFocus()
    QTest.keyClick(language, Qt.Key.Key_Down)

    signed(page, qtbot, tmp_path / "minutes.pdf")

    document = next(iter(session.snapshot.documents.values()))
    assert document.kind == "minutes"
    verdict = verify((tmp_path / "minutes.pdf").read_bytes(), roots=(), trust_trial=True)
    assert verdict.standing is Standing.VALID
    assert not language.isVisible()


def test_the_keyboard_is_at_the_passphrase_while_the_paper_is_drawn(
    opened: Open, closed: Session, qtbot: QtBot
) -> None:
    page = opened(closed)
    page.setFocus()
    passphrase = part(page, QLineEdit, "issue.passphrase")
    assert passphrase.hasFocus()

    part(page, QComboBox, "issue.language").setCurrentIndex(1)
    drawn(page, qtbot)

    assert passphrase.hasFocus()


def test_a_lost_photo_is_told_where_the_paper_would_be(
    opened: Open, closed: Session, qtbot: QtBot, home: Path
) -> None:
    for form in ("report", "original"):  # a lost copy alone is made anew from the original
        for sealed in (home / "store" / "evidence").rglob(f"*.{form}"):
            sealed.unlink()

    page = opened(closed)

    qtbot.waitUntil(lambda: told(page, "issue.preview.notice") != "", timeout=PATIENCE_MS)


def test_another_language_keeps_the_file_and_the_language_of_the_document(
    opened: Open, desk: Desk, closed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    before = opened(closed)
    signed(before, qtbot, tmp_path / "a.pdf")
    desk.language = Language.ENGLISH

    after = opened(closed)
    after.take_over(before)

    assert part(after, QAbstractButton, "issue.verify").isVisible()
    assert after.standing == before.standing


def test_a_file_that_no_program_opens_is_said_where_it_lies(
    opened: Open, closed: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    page = opened(closed)
    signed(page, qtbot, tmp_path / "a.pdf")

    press(page, "issue.open_pdf")

    assert str(tmp_path / "a.pdf") in told(page, "issue.result.notice")


def test_nobody_is_no_receiver_of_a_hand_over(
    opened: Open, closed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(closed)
    signed(page, qtbot, tmp_path / "a.pdf")
    to = part(page, QLineEdit, "issue.handover.to")
    to.clear()

    press(page, "issue.handover")

    assert to.hasFocus()
    assert to.accessibleDescription()


def test_a_voided_visit_says_so_and_offers_nothing(opened: Open, session: Session) -> None:
    session.void("Salah unit")

    page = opened(session)

    assert "dibatalkan" in told(page, "issue.notice")
    for name in ("issue.sign", "issue.copy", "issue.handover"):
        assert not part(page, QAbstractButton, name).isVisible()


def test_a_hand_over_to_come_is_refused_at_its_field(
    opened: Open, closed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(closed)
    signed(page, qtbot, tmp_path / "a.pdf")
    when = part(page, MomentEdit, "issue.handover.when")
    shown = when.shown
    assert shown is not None
    press(page, "issue.handover.way.email")
    when.choose(shown + timedelta(days=2))

    press(page, "issue.handover")

    assert "masa depan" in when.accessibleDescription()
    assert closed.snapshot.visit.state is VisitState.ISSUED


def test_everything_that_can_be_used_has_a_name_and_room_for_a_finger(
    opened: Open, closed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(closed)
    assert_usable(page)
    signed(page, qtbot, tmp_path / "a.pdf")
    assert_usable(page)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-11-22 Dinas Pendidikan", "2026-11-22 Dinas Pendidikan"),
        ('Unit "A/B": satu\\dua?', "Unit A B satu dua"),
        ("Kantor Camat . ", "Kantor Camat"),
        ("baris\nbaru\tdan\x00nol", "baris baru dan nol"),
        ("con", "_con"),
        ("lpt1.lama", "_lpt1.lama"),
        (" ... ", "_"),
    ],
)
def test_a_file_name_suits_every_file_system(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut_by_bytes_and_at_a_whole_letter() -> None:
    name = safe_name("é" * 300)

    assert len(name.encode()) <= 120
    assert set(name) == {"é"}


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "temuan.pdf").touch()
    (tmp_path / "temuan-2.pdf").symlink_to(tmp_path / "nowhere")

    assert free_path(tmp_path, "temuan") == tmp_path / "temuan-3.pdf"


def test_the_ending_of_a_pdf_is_added_where_it_is_not_told() -> None:
    assert with_suffix(" /x/a.pdf ") == Path("/x/a.pdf")
    assert with_suffix("/x/a.PDF") == Path("/x/a.PDF")
    assert with_suffix("/x/v1.2") == Path("/x/v1.2.pdf")
