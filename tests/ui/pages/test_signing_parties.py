"""The window where several sign: the receiver on the pad, further assessors, each their own."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.services.test_issuing_parties import CERTIFIED, DRAWN, NAME, colleague, head_of_office
from tests.signing.people import PASSPHRASE as PEOPLE
from tests.ui.pages.hands import PATIENCE_MS, assert_usable, desk_over, faults, part, shown
from tests.visiting import SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.visit import Declaration, Outcome, ReceiverSigns, VisitState
from assessor_app.services.enrolment import Workplace
from assessor_app.services.keys.access import add_assessor
from assessor_app.services.receiving import fix_receiver, handwriting_of
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.signing.verification import check_signatures
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.page import IssuePage
from assessor_app.ui.pages.issue.signer_row import SignerRow
from assessor_app.ui.pages.review.page import ReviewPage
from assessor_app.ui.widgets.signing_pad import SigningPad

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def review(desk: Desk, session: Session, qtbot: QtBot) -> ReviewPage:
    page = shown(qtbot, ReviewPage(desk, session))
    page.activateWindow()
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)
    return page


@pytest.fixture
def closed(session: Session, workplace: Workplace) -> Session:
    close_visit(
        session,
        workplace,
        Outcome.INTERRUPTED,
        departure=workplace.store.clock.now(),
        account="Listrik padam.",
    )
    return session


@pytest.fixture
def issue(desk: Desk, closed: Session, qtbot: QtBot, tmp_path: Path) -> IssuePage:
    page = shown(qtbot, IssuePage(desk, closed))
    page.activateWindow()
    part(page, QLineEdit, "issue.path").setText(str(tmp_path / "ba.pdf"))
    QTest.keyClicks(part(page, QLineEdit, "issue.passphrase"), SIGNING_PASSPHRASE)
    return page


def press(page: QWidget, name: str) -> None:
    QApplication.processEvents()  # what was added has its place then
    QTest.mouseClick(part(page, QAbstractButton, name), LEFT)


def sign_on(dialog: QWidget) -> None:
    pad = part(dialog, SigningPad, "signing_pad.sheet")
    middle, across = pad.height() // 2, pad.width()
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(across // 4, middle))
    for step in range(2, 8):
        QTest.mouseMove(pad, QPoint(across * step // 10, middle + 20 * (-1) ** step))
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(across * 3 // 4, middle))


def received(page: ReviewPage, *, by: ReceiverSigns) -> None:
    press(page, "review.declared.received")
    name = part(page, QLineEdit, "review.receiver.name")
    name.clear()
    QTest.keyClicks(name, "Ibu Kepala")
    press(page, f"review.receiver.signs.{by.value}")


def test_the_receiver_signs_on_the_pad_and_it_is_kept_with_the_receiver(
    review: ReviewPage, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    received(review, by=ReceiverSigns.HANDWRITING)
    press(review, "review.receiver.save")
    notice = part(review, QLabel, "review.receiver.notice.text").text()
    assert "belum membubuhkan" in notice
    assert session.snapshot.receiver is None

    press(review, "review.receiver.draw")
    dialog = part(review, QDialog, "signing_pad")
    assert_usable(dialog)
    assert not part(dialog, QAbstractButton, "signing_pad.use").isEnabled()
    assert "bukan tanda tangan elektronik tersertifikasi" in " ".join(
        label.text() for label in dialog.findChildren(QLabel)
    )
    assert dialog.focusWidget() is part(dialog, SigningPad, "signing_pad.sheet")
    sign_on(dialog)
    press(dialog, "signing_pad.back")
    assert not part(dialog, QAbstractButton, "signing_pad.use").isEnabled()
    sign_on(dialog)
    press(dialog, "signing_pad.use")
    press(review, "review.receiver.save")

    receiver = session.snapshot.receiver
    assert receiver is not None
    assert (receiver.name, receiver.signs) == ("Ibu Kepala", ReceiverSigns.HANDWRITING)
    drawn = handwriting_of(receiver, workplace.store.vault)
    assert drawn is not None
    assert len(drawn.strokes) == 1


def test_a_kept_signature_stays_when_something_else_of_the_receiver_changes(
    desk: Desk, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    fix_receiver(session, workplace, DRAWN, handwriting=NAME)
    page = shown(qtbot, ReviewPage(desk, session))
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)
    assert part(page, SigningPad, "review.receiver.sheet").isVisible()

    QTest.keyClicks(part(page, QLineEdit, "review.receiver.nip"), "1976")
    press(page, "review.receiver.save")

    receiver = session.snapshot.receiver
    assert receiver is not None
    assert receiver.nip == "1976"
    assert handwriting_of(receiver, workplace.store.vault) == NAME


def test_under_another_name_the_receiver_signs_again(
    review: ReviewPage, session: Session, workplace: Workplace
) -> None:
    received(review, by=ReceiverSigns.HANDWRITING)
    press(review, "review.receiver.draw")
    dialog = part(review, QDialog, "signing_pad")
    sign_on(dialog)
    press(dialog, "signing_pad.use")
    name, sheet = (
        part(review, QLineEdit, "review.receiver.name"),
        part(review, SigningPad, "review.receiver.sheet"),
    )
    assert sheet.isVisible()

    name.setText("Ani Lestari")
    assert not sheet.isVisible()
    told = part(review, QLabel, "review.receiver.signs.told").text()
    assert told.startswith("Goresan itu dibubuhkan untuk “Ibu Kepala”.")
    press(review, "review.receiver.save")
    assert session.snapshot.receiver is None

    name.setText("Ibu Kepala")
    assert sheet.isVisible()
    press(review, "review.receiver.save")
    name.setText("Ani Lestari")
    press(review, "review.receiver.save")
    receiver = session.snapshot.receiver
    assert receiver is not None
    assert receiver.name == "Ibu Kepala"
    assert handwriting_of(receiver, workplace.store.vault) is not None


def test_nobody_is_handed_the_pad_before_it_is_said_who(review: ReviewPage) -> None:
    press(review, "review.declared.received")
    press(review, "review.receiver.signs.handwriting")

    press(review, "review.receiver.draw")

    assert review.findChild(QDialog, "signing_pad") is None
    assert part(review, QLineEdit, "review.receiver.name").hasFocus()
    assert faults(review)


def test_another_assessor_of_this_device_signs_in_the_window(
    desk: Desk,
    closed: Session,
    workplace: Workplace,
    qtbot: QtBot,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assessor_app.signing.identity._KDF_ROUNDS", 1000)
    profile = replace(workplace.profile, name="Rahmat Hidayat", nip=None)
    add_assessor(workplace, profile, "milik Rahmat", signing="tanda tangan Rahmat")
    page = shown(qtbot, IssuePage(desk, closed))
    part(page, QLineEdit, "issue.path").setText(str(tmp_path / "ba.pdf"))
    QTest.keyClicks(part(page, QLineEdit, "issue.passphrase"), SIGNING_PASSPHRASE)

    press(page, "issue.signer.add")
    assert part(page, QComboBox, "issue.signer.1.who").currentText() == "Rahmat Hidayat"
    assert not part(page, QLineEdit, "issue.signer.1.path").isVisible()
    QTest.keyClicks(part(page, QLineEdit, "issue.signer.1.passphrase"), "tanda tangan Rahmat")
    with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
        press(page, "issue.sign")

    report = check_signatures((tmp_path / "ba.pdf").read_bytes(), roots=())
    assert [made.name for made in report.signatures] == ["Siti Rahma, S.H.", "Rahmat Hidayat"]


def test_who_does_not_lead_takes_the_lead_before_they_certify(
    application: Application,
    closed: Session,
    workplace: Workplace,
    qtbot: QtBot,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assessor_app.signing.identity._KDF_ROUNDS", 1000)
    profile = replace(workplace.profile, name="Rahmat Hidayat", nip=None)
    add_assessor(workplace, profile, "milik Rahmat", signing=SIGNING_PASSPHRASE)
    desk, theirs = desk_over(application), application.unlock("milik Rahmat")
    desk.open_with(theirs)
    page = shown(qtbot, IssuePage(desk, application.open(theirs, closed.visit_id)))
    part(page, QLineEdit, "issue.path").setText(str(tmp_path / "ba.pdf"))
    QTest.keyClicks(part(page, QLineEdit, "issue.passphrase"), SIGNING_PASSPHRASE)
    notice = part(page, QLabel, "issue.sign.notice.text")
    press(page, "issue.sign")
    qtbot.waitUntil(lambda: "Hanya ketua tim" in notice.text(), timeout=PATIENCE_MS)
    assert not (tmp_path / "ba.pdf").exists()

    press(page, "issue.after.take")
    dialog = part(page, QDialog, "lead.take")
    part(dialog, QLineEdit, "lead.take.reason").setText("Laptop ketua hilang")
    press(dialog, "lead.take.go")
    assert not part(page, QAbstractButton, "issue.after.take").isVisible()
    with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
        press(page, "issue.sign")

    desk.tasks.wait()
    theirs.store.close()
    report = check_signatures((tmp_path / "ba.pdf").read_bytes(), roots=())
    assert [made.name for made in report.signatures] == ["Rahmat Hidayat"]


def test_a_signers_file_that_is_gone_is_said_at_its_field(
    issue: IssuePage, qtbot: QtBot, tmp_path: Path
) -> None:
    press(issue, "issue.signer.add")
    path = part(issue, QLineEdit, "issue.signer.1.path")
    path.setText(str(tmp_path / "hilang.p12"))
    QTest.keyClicks(part(issue, QLineEdit, "issue.signer.1.passphrase"), PEOPLE)

    press(issue, "issue.sign")

    qtbot.waitUntil(lambda: "hilang.p12" in path.accessibleDescription(), timeout=PATIENCE_MS)


def test_a_signature_that_was_drawn_and_not_used_is_dropped(
    review: ReviewPage, session: Session, qtbot: QtBot
) -> None:
    received(review, by=ReceiverSigns.HANDWRITING)
    press(review, "review.receiver.draw")
    dialog = part(review, QDialog, "signing_pad")
    sign_on(dialog)

    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    review.settle()

    assert session.snapshot.receiver is None


def test_who_refuses_is_asked_for_the_reason(review: ReviewPage, session: Session) -> None:
    press(review, "review.declared.refused")
    QTest.keyClicks(part(review, QLineEdit, "review.receiver.name"), "Ibu Kepala")
    press(review, "review.receiver.save")
    assert any("alasan penolakannya" in fault for fault in faults(review))
    assert session.snapshot.receiver is None

    QTest.keyClicks(part(review, QPlainTextEdit, "review.receiver.reason"), "Menunggu pimpinan.")
    press(review, "review.receiver.save")

    receiver = session.snapshot.receiver
    assert receiver is not None
    assert (receiver.declared, receiver.reason) == (Declaration.REFUSED, "Menunggu pimpinan.")


def test_a_further_assessor_types_their_passphrase_and_a_wrong_one_is_said_at_its_field(
    issue: IssuePage, closed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    press(issue, "issue.signer.add")
    assert_usable(issue)
    part(issue, QLineEdit, "issue.signer.1.path").setText(str(colleague("Rahmat", tmp_path)))
    secret = part(issue, QLineEdit, "issue.signer.1.passphrase")
    QTest.keyClicks(secret, "salah")
    press(issue, "issue.sign")
    qtbot.waitUntil(lambda: "rahmat.p12" in secret.accessibleDescription(), timeout=PATIENCE_MS)
    assert secret.accessibleName() == "Asesor 2: Frasa sandi, diketik sendiri"
    QApplication.processEvents()
    assert secret.visibleRegion().boundingRect() == secret.rect()  # not scrolled out of sight
    assert closed.snapshot.visit.state is VisitState.CLOSED
    assert not (tmp_path / "ba.pdf").exists()

    secret.clear()
    QTest.keyClicks(secret, PEOPLE)
    with qtbot.waitSignal(issue.said, timeout=PATIENCE_MS):
        QTest.keyClick(secret, Qt.Key.Key_Return)

    report = check_signatures((tmp_path / "ba.pdf").read_bytes(), roots=())
    assert [made.name for made in report.signatures] == ["Siti Rahma, S.H.", "Rahmat"]
    assert secret.text() == ""


def test_a_signer_who_cannot_sign_now_is_taken_off_the_list(
    issue: IssuePage, closed: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    press(issue, "issue.signer.add")
    press(issue, "issue.sign")
    assert any("Pilih berkas identitas" in fault for fault in faults(issue))

    press(issue, "issue.signer.1.remove")
    with qtbot.waitSignal(issue.said, timeout=PATIENCE_MS):
        press(issue, "issue.sign")

    report = check_signatures((tmp_path / "ba.pdf").read_bytes(), roots=())
    assert [made.field for made in report.signatures] == ["TTD_Asesor1"]


def test_the_receivers_file_is_asked_for_where_they_sign_by_certificate(
    desk: Desk,
    closed: Session,
    workplace: Workplace,
    qtbot: QtBot,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fix_receiver(closed, workplace, CERTIFIED)
    page = shown(qtbot, IssuePage(desk, closed))
    part(page, QLineEdit, "issue.path").setText(str(tmp_path / "ba.pdf"))
    QTest.keyClicks(part(page, QLineEdit, "issue.passphrase"), SIGNING_PASSPHRASE)
    file = head_of_office(tmp_path)
    monkeypatch.setattr(SignerRow, "ask_which", lambda _: str(file))

    press(page, "issue.receiver.choose")
    QTest.keyClicks(part(page, QLineEdit, "issue.receiver.passphrase"), PEOPLE)
    with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
        press(page, "issue.sign")

    report = check_signatures((tmp_path / "ba.pdf").read_bytes(), roots=())
    assert [made.field for made in report.signatures] == ["TTD_Asesor1", "TTD_Penerima"]
