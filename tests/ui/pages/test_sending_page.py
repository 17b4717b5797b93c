"""The page of sending: what it says, what it leads to, and a visit that goes the whole way."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.headquartered import Field, field_in
from tests.ui.pages.hands import PATIENCE_MS, assert_usable, click, part, shown, text_of

from assessor_app.domain.outbox import ItemState
from assessor_app.services.sync.place import forget_storage, set_storage
from assessor_app.services.sync.pushing import is_paused
from assessor_app.services.sync.standing import VisitStanding, standing
from assessor_app.services.travelled import travelled
from assessor_app.storage import outbox
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.sending.page import SendingPage
from assessor_app.ui.sending import Sender
from assessor_app.ui.theme import Scheme, apply_theme


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    """A headquarters, a device that has joined it, and a visit that has ended."""
    with field_in(tmp_path_factory.mktemp("field")) as field:
        field.closed()
        yield field


class Hands:
    """The page over a real store, and who sends for it."""

    def __init__(self, desk: Desk, sender: Sender, page: SendingPage, qtbot: QtBot) -> None:
        self.desk, self.sender, self.page, self._qtbot = desk, sender, page, qtbot

    def rest(self) -> None:
        """Until nothing runs and what it came to is shown."""
        self._qtbot.waitUntil(
            lambda: (
                not (self.sender.running or self.desk.background.running or self.desk.tasks.running)
                and self.sender.going is None
            ),
            timeout=PATIENCE_MS,
        )
        QApplication.processEvents()  # its end is told by an event of its own
        self._qtbot.waitUntil(lambda: not self.desk.background.running, timeout=PATIENCE_MS)

    def click(self, name: str) -> None:
        click(self.page, name)
        self.rest()

    def verdict(self) -> str:
        return text_of(self.page, "sending.verdict")

    def visible(self) -> set[str]:
        """The buttons of the card over the queue that can be seen."""
        names = ("send", "pause", "go_on", "fetch", "mend")
        return {
            name for name in names if part(self.page, QPushButton, f"sending.{name}").isVisible()
        }

    @property
    def visit(self) -> VisitStanding:
        assert self.page.found is not None
        return self.page.found.visits[0]


@pytest.fixture
def desk(field: Field, qtbot: QtBot) -> Iterator[Desk]:
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    apply_theme(qt, Scheme.LIGHT)
    desk = Desk(field.desk.folder, language=Language.INDONESIAN, scheme=Scheme.LIGHT)
    desk.open_with(field.desk.workplace)
    yield desk
    desk.background.wait()
    desk.tasks.wait()


@pytest.fixture
def hands(desk: Desk, field: Field, qtbot: QtBot) -> Iterator[Hands]:
    set_storage(field.desk.workplace, str(field.storage))
    hands = begun(desk, qtbot)
    yield hands
    hands.sender.stop()


def begun(desk: Desk, qtbot: QtBot) -> Hands:
    window = QWidget()
    qtbot.addWidget(window)
    sender = Sender(desk, window)
    hands = Hands(desk, sender, shown(qtbot, SendingPage(desk, sender)), qtbot)
    hands.rest()
    return hands


def test_without_a_storage_it_leads_to_where_one_is_set(
    desk: Desk, field: Field, qtbot: QtBot
) -> None:
    forget_storage(field.desk.workplace)
    hands = begun(desk, qtbot)
    wanted: list[str] = []
    hands.page.section_wanted.connect(wanted.append)

    hands.click("sending.mend")

    assert "belum ditetapkan" in hands.verdict()
    assert hands.visible() == {"mend"}
    assert wanted == ["storage"]
    assert_usable(hands.page)


def test_a_pause_holds_over_the_page_and_sending_goes_on_when_asked(
    hands: Hands, field: Field, qtbot: QtBot
) -> None:
    hands.sender.pause()
    hands.page.look()
    hands.rest()

    assert "dijeda" in hands.verdict()
    assert hands.visible() == {"go_on", "fetch"}
    hands.sender.send()  # asked for all the same: nothing goes
    hands.rest()
    assert not list(field.storage.rglob("*/*/*"))
    assert "dijeda" in hands.verdict()

    hands.click("sending.go_on")

    assert not is_paused(field.store)
    assert hands.visit.state is ItemState.SENT


def test_a_visit_is_sent_received_and_shown_as_receipted(
    hands: Hands, field: Field, qtbot: QtBot
) -> None:
    hands.click("sending.send")
    assert "menunggu tanda terima" in hands.verdict()
    assert part(hands.page, RowView, "sending.letters").isHidden()

    field.receive()
    hands.click("sending.fetch")

    assert hands.verdict() == "Semua kunjungan sudah ada tanda terimanya."
    assert hands.visit.state is ItemState.RECEIPTED
    row = part(hands.page, RowView, "sending.visits").rows.rows[0]
    assert row.sign == "ok"
    assert "Catatan: sudah ada tanda terima" in row.detail
    letters = [one.text for one in part(hands.page, RowView, "sending.letters").rows.rows]
    assert any(one.startswith("Tanda terima") for one in letters)
    told = travelled(field.store, field.store.log.streams())
    assert "receipted" in told[hands.visit.visit.id]


def test_what_stands_in_quarantine_says_why_and_goes_once_more(
    hands: Hands, field: Field, qtbot: QtBot
) -> None:
    visit = field.closed()
    field.queue(visit)
    damaged = next(one for one in outbox.items(field.store, visit=visit) if one.kind == "record")
    sealed = outbox.sealed_path(field.store, damaged.sha256)
    sealed.write_bytes(b"x" * sealed.stat().st_size)
    hands.click("sending.send")

    part(hands.page, RowView, "sending.visits").choose(visit)
    assert "dikarantina" in hands.verdict()
    assert text_of(hands.page, "sending.part.record") == "dikarantina"
    assert "hilang atau rusak" in text_of(hands.page, "sending.part.record.why")

    hands.click("sending.resend")
    hands.click("sending.send")

    assert "menunggu tanda terima" in hands.verdict()
    found = {one.visit.id: one.state for one in standing(field.desk.workplace).visits}
    assert found[visit] is ItemState.SENT


def test_a_storage_that_is_gone_is_said_in_words_and_nothing_is_lost(
    hands: Hands, field: Field, qtbot: QtBot
) -> None:
    away = field.storage.with_name("away")
    field.storage.rename(away)
    before = outbox.items(field.store)

    hands.click("sending.fetch")

    assert str(field.storage) in hands.verdict()
    assert hands.visible() == {"mend", "send", "fetch"}
    away.rename(field.storage)
    assert outbox.items(field.store) == before
    QTest.keyClick(hands.page, Qt.Key.Key_F5)
    hands.rest()
    assert str(field.storage) not in hands.verdict()


def test_a_stop_ends_a_run_and_the_next_one_finishes_it(
    hands: Hands, field: Field, qtbot: QtBot
) -> None:
    visit = field.closed()
    hands.sender.send()
    hands.sender.stop()

    assert not hands.sender.running
    hands.click("sending.send")
    found = {one.visit.id: one.state for one in standing(field.desk.workplace).visits}
    assert found[visit] is ItemState.SENT
