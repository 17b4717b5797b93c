"""The issue page once a document is out: the other one, an addendum, and a change of mind."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.conftest import CountingIds, SteppingClock, begin
from tests.ui.pages.hands import PATIENCE_MS, assert_usable, click, faults, part, shown
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE, complete

from assessor_app.compose import Application
from assessor_app.domain.documents import DocumentKind
from assessor_app.domain.visit import Declaration, Receiver, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.session import Session, open_session
from assessor_app.services.verifying import Standing, verify
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.page import IssuePage
from assessor_app.ui.pages.issue.preview import PreviewPane
from assessor_app.ui.widgets.fields import choose, value_of

KIND, STATEMENT, WHICH = "issue.kind", "issue.addendum", "issue.document"


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, enrolled: Path, library: Library
) -> tuple[Path, str]:
    """A home whose visit is completed, and its findings issued."""
    folder = tmp_path_factory.mktemp("findings")
    home = Path(shutil.copytree(enrolled, folder / "home"))
    workplace = Application(home, SteppingClock(), CountingIds(count=500), library, QUICK).unlock(
        PASSPHRASE
    )
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    session.record_receiver(Receiver(Declaration.REFUSED, "Ibu Kepala", reason="belum dibaca"))
    complete(session, workplace, folder)
    now = workplace.store.clock.now()
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    issue(session, workplace, identity, out=folder / "t.pdf", language=Language.INDONESIAN)
    workplace.store.close()
    return home, visit


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
def page(desk: Desk, issued: Session, qtbot: QtBot) -> IssuePage:
    opened = shown(qtbot, IssuePage(desk, issued))
    seen(opened, qtbot, "Dokumen yang telah terbit")
    return opened


def seen(page: IssuePage, qtbot: QtBot, title: str, *, fewer: int = 999) -> int:
    """Wait until the pages of a draft or of an issued document are there; how many there are."""
    pane = page.findChild(PreviewPane)
    assert pane is not None

    def is_seen() -> bool:
        told = {one.text() for one in pane.findChildren(QLabel)}
        return title in told and 0 < pane.pages < fewer

    qtbot.waitUntil(is_seen, timeout=PATIENCE_MS)
    return pane.pages


def press(page: QWidget, name: str) -> None:
    QTest.mouseClick(part(page, QAbstractButton, name), Qt.MouseButton.LeftButton)


def offered(page: IssuePage, name: str) -> list[str]:
    box = part(page, QComboBox, name)
    return [str(box.itemData(place)) for place in range(box.count())]


def sign(page: IssuePage, qtbot: QtBot, path: Path) -> None:
    field = part(page, QLineEdit, "issue.path")
    field.selectAll()
    QTest.keyClicks(field, str(path))
    passphrase = part(page, QLineEdit, "issue.passphrase")
    QTest.keyClicks(passphrase, SIGNING_PASSPHRASE)
    with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
        QTest.keyClick(passphrase, Qt.Key.Key_Return)


def test_an_addendum_is_typed_seen_signed_and_handed_over_as_itself(
    page: IssuePage, issued: Session, qtbot: QtBot, tmp_path: Path, desk: Desk
) -> None:
    assert not part(page, QLineEdit, "issue.passphrase").isVisible()
    whole = seen(page, qtbot, "Dokumen yang telah terbit")
    click(page, "issue.further")
    assert offered(page, KIND) == ["minutes", "addendum"]
    choose(part(page, QComboBox, KIND), "addendum")
    click(page, "issue.sign")
    assert any("Tulis isi adendum" in told for told in faults(page))

    part(page, QPlainTextEdit, STATEMENT).setPlainText("Loket dibuka lagi.")
    assert seen(page, qtbot, "Pratinjau dokumen", fewer=whole) == 1
    assert_usable(page)
    path = tmp_path / "adendum.pdf"
    sign(page, qtbot, path)

    findings, addendum = issued.snapshot.documents.values()
    assert (addendum.kind, addendum.predecessor) == (DocumentKind.ADDENDUM, findings.id)
    assert verify(path.read_bytes(), roots=(), trust_trial=True).standing is Standing.VALID
    assert part(page, QPlainTextEdit, STATEMENT).toPlainText() == ""
    assert not part(page, QLineEdit, "issue.passphrase").isVisible()
    assert value_of(part(page, QComboBox, WHICH)) == addendum.id

    choose(part(page, QComboBox, WHICH), findings.id)
    seen(page, qtbot, "Dokumen yang telah terbit")
    part(page, QLineEdit, "issue.handover.to").setText("Ibu Kepala")
    press(page, "issue.handover.way.print")
    with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
        click(page, "issue.handover")
    heads = desk.workplace.store.log.heads(issued.visit_id)
    went = [found[-1].value for (of, field), found in heads.items() if field == "hash_shown"]
    assert went == [findings.sha256]


def test_the_minutes_can_still_be_made_beside_the_findings(
    page: IssuePage, issued: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    click(page, "issue.further")
    assert not part(page, QLabel, "issue.supersedes").isVisible()
    seen(page, qtbot, "Pratinjau dokumen", fewer=3)
    path = tmp_path / "berita acara.pdf"
    sign(page, qtbot, path)

    assert [one.kind for one in issued.snapshot.documents.values()] == ["findings", "minutes"]
    assert issued.snapshot.visit.state is VisitState.ISSUED
    click(page, "issue.further")
    assert offered(page, KIND) == ["addendum"]


def test_a_receiver_who_changes_their_mind_is_recorded_with_a_reason(
    page: IssuePage, issued: Session, qtbot: QtBot
) -> None:
    before = issued.snapshot.receiver
    click(page, "issue.amend")
    dialog = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "amend")
    assert isinstance(dialog, QDialog)
    press(dialog, "review.declared.received")
    press(dialog, "review.receiver.signs.on_paper")
    click(dialog, "review.receiver.save")
    assert any("alasan" in told for told in faults(dialog))
    assert issued.snapshot.receiver == before

    part(dialog, QLineEdit, "amend.reason").setText("kepala kembali")
    with qtbot.waitSignal(page.said, timeout=PATIENCE_MS):
        click(dialog, "review.receiver.save")

    receiver = issued.snapshot.receiver
    assert receiver is not None
    assert receiver.declared is Declaration.RECEIVED
    assert issued.snapshot.visit.state is VisitState.CLOSED
    assert part(page, QLineEdit, "issue.passphrase").isVisible()
    assert "revisi 2" in part(page, QLabel, "issue.supersedes").text()
    assert offered(page, KIND) == ["findings", "minutes"]


def test_another_language_keeps_what_is_typed_of_an_addendum(
    page: IssuePage, issued: Session, qtbot: QtBot, desk: Desk
) -> None:
    click(page, "issue.further")
    choose(part(page, QComboBox, KIND), "addendum")
    part(page, QPlainTextEdit, STATEMENT).setPlainText("Loket dibuka lagi.")

    desk.language = Language.ENGLISH
    other = IssuePage(desk, issued)
    other.take_over(page)
    shown(qtbot, other)

    assert part(other, QPlainTextEdit, STATEMENT).isVisible()
    assert part(other, QPlainTextEdit, STATEMENT).toPlainText() == "Loket dibuka lagi."
    assert value_of(part(other, QComboBox, KIND)) == "addendum"
    seen(other, qtbot, "Preview of the document", fewer=2)
