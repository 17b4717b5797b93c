"""A check, a hand-over and a wiping are given up in time, and leave nothing half done."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import (
    PATIENCE_MS,
    click,
    part,
    shown,
    text_of,
    type_into,
    wait_for_tasks,
)
from tests.visiting import PASSPHRASE, SIGNING_PASSPHRASE, complete

from assessor_app.domain.visit import HandoverWay, VisitState
from assessor_app.reporting.reading import read_back
from assessor_app.services import verifying, wiping
from assessor_app.services.enrolment import Workplace, unlock
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.session import Session
from assessor_app.storage import stick as sticks
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.wiping import WipeDialog
from assessor_app.ui.pages.issue.handover import Handover
from assessor_app.ui.pages.issue.page import IssuePage
from assessor_app.ui.pages.verify.page import VerifyPage


@pytest.fixture
def document(session: Session, workplace: Workplace, tmp_path: Path) -> Path:
    """A findings document as the product signs it."""
    complete(session, workplace, tmp_path)
    now = workplace.store.clock.now()
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    out = tmp_path / "temuan.pdf"
    issue(session, workplace, identity, out=out, language=Language.INDONESIAN)
    return out


class Held:
    """A step of a work that waits until it may go on; what it does is done all the same."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.reached, self._on = Event(), Event()

    def before(self, work: Callable[..., object]) -> Callable[..., object]:
        def held(*given: object, **named: object) -> object:
            self.reached.set()
            self._on.wait(30)
            return work(*given, **named)

        return held

    def break_off(self, page: QWidget) -> None:
        """Wait until the step is reached, take the way out, and let the step come to its end."""
        self._qtbot.waitUntil(self.reached.is_set, timeout=PATIENCE_MS)
        QTest.mouseClick(
            part(page, QPushButton, f"{page.objectName()}.break_off"), Qt.MouseButton.LeftButton
        )
        self._on.set()


@pytest.fixture
def held(qtbot: QtBot) -> Iterator[Held]:
    made = Held(qtbot)
    yield made
    made._on.set()


def test_a_check_that_was_broken_off_says_nothing_of_the_document(
    desk: Desk, document: Path, held: Held, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "read_back", held.before(read_back))
    page = shown(qtbot, VerifyPage(desk, document))

    held.break_off(page)
    wait_for_tasks(qtbot, desk)

    told = desk.say("stopping.not_verified")
    qtbot.waitUntil(lambda: text_of(page, "verify.notice.text") == told)
    assert page.findChild(QWidget, "verify.standing") is None
    assert page.path is None
    monkeypatch.undo()
    page.verify(document)
    wait_for_tasks(qtbot, desk)
    qtbot.waitUntil(lambda: page.findChild(QWidget, "verify.standing") is not None)


def test_of_two_documents_the_one_dropped_last_is_told_of(  # noqa: PLR0917 - its fixtures
    desk: Desk,
    document: Path,
    held: Held,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "lain.pdf"
    other.write_bytes(b"bukan PDF")
    monkeypatch.setattr(verifying, "read_back", held.before(read_back))
    page = shown(qtbot, VerifyPage(desk, document))
    qtbot.waitUntil(held.reached.is_set, timeout=PATIENCE_MS)

    monkeypatch.setattr(verifying, "read_back", read_back)
    page.verify(other)
    held._on.set()
    wait_for_tasks(qtbot, desk)

    refused = desk.say("verify.refused")
    qtbot.waitUntil(lambda: text_of(page, "verify.standing") == refused)
    assert page.path == other


@pytest.mark.usefixtures("document")
def test_a_hand_over_that_was_broken_off_leaves_nothing_on_the_stick(  # noqa: PLR0917 - its fixtures
    desk: Desk,
    session: Session,
    held: Held,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    onto = tmp_path / "stick"
    onto.mkdir()
    monkeypatch.setattr(sticks, "_write", held.before(sticks._write))
    page = shown(qtbot, IssuePage(desk, session))
    wait_for_tasks(qtbot, desk)  # the pages of the preview
    now = desk.application.clock.now()
    wanted = Handover("Ibu Kepala", HandoverWay.USB, now, onto=onto)

    page._handover.handover_wanted.emit(wanted)
    held.break_off(page)
    wait_for_tasks(qtbot, desk)

    told = "Dihentikan. Tidak ada yang tertinggal setengah jadi; dapat diulangi kapan saja."
    qtbot.waitUntil(lambda: text_of(page, "issue.handover.notice.text") == told)
    assert list(onto.iterdir()) == []
    assert session.snapshot.visit.state is VisitState.ISSUED


def test_a_wiping_that_was_broken_off_in_time_has_wiped_nothing(
    desk: Desk, workplace: Workplace, held: Held, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiping, "unlock", held.before(unlock))
    over = shown(qtbot, QWidget())
    dialog = WipeDialog(desk, over)
    dialog.show()
    wait_for_tasks(qtbot, desk)
    confirmation = wiping.wipe_preview(workplace).confirmation
    type_into(dialog, "wipe.confirmation", confirmation)
    type_into(dialog, "wipe.passphrase", PASSPHRASE)

    click(dialog, "wipe.go")
    held.break_off(dialog)
    wait_for_tasks(qtbot, desk)

    told = desk.say("stopping.not_wiped")
    qtbot.waitUntil(lambda: text_of(dialog, "wipe.notice.text") == told)
    assert not wiping.wipe_interrupted(workplace.store.folder.parent)
    assert workplace.store.log.heads("store")


def test_the_stick_hears_how_far_it_is_before_the_folder_gets_its_name(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    seen: list[bool] = []
    target = tmp_path / "dokumen"

    def hear(done: int, of: int) -> None:
        heard.append((done, of))
        seen.append(target.exists())

    sticks.write_folder_whole(target, {"a": b"1234", "b": b"56"}, progress=hear)

    assert heard == [(0, 12), (4, 12), (6, 12), (10, 12), (12, 12)]
    assert not any(seen)
    assert {one.name for one in target.iterdir()} == {"a", "b"}
