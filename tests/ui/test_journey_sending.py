"""A visit goes to headquarters from the window: sent, received there, fetched, and seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.headquartered import Field, field_in
from tests.ui.hands_at_window import CTRL, Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, part

from assessor_app.domain.listing import Sieve, Sync
from assessor_app.domain.outbox import ItemState
from assessor_app.services.sync.place import set_storage
from assessor_app.services.sync.pushing import due_visits, is_paused
from assessor_app.services.sync.standing import standing
from assessor_app.ui import sending
from assessor_app.ui.directory import PageName
from assessor_app.ui.manual_topics import topic_at
from assessor_app.ui.pages.sending.page import SendingPage
from assessor_app.ui.pages.visits.page import VisitsPage


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with field_in(tmp_path) as field:
        field.closed()
        set_storage(field.desk.workplace, str(field.storage))
        yield field


@pytest.fixture
def hands(field: Field, qtbot: QtBot) -> Hands:
    """Unlocked before the list; the window opens the store beside the field's."""
    hands = opened(field.desk.application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)
    return hands


def verdict(hands: Hands) -> str:
    return part(hands.window, QLabel, "sending.verdict").text()


def rest(hands: Hands, qtbot: QtBot, told: str) -> None:
    """Until nothing is sent any more and the page says so."""
    qtbot.waitUntil(
        lambda: not hands.window.keeper.sending.running and told in verdict(hands),
        timeout=PATIENCE_MS,
    )


def test_a_visit_is_sent_received_fetched_and_seen_in_the_list(
    hands: Hands, field: Field, qtbot: QtBot
) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    hands.at(PageName.SENDING)
    page = hands.window.page
    assert isinstance(page, SendingPage)
    assert topic_at(PageName.SENDING, page, page, None) == "sending"
    rest(hands, qtbot, "siap dikirim")

    hands.click("sending.send")
    rest(hands, qtbot, "menunggu tanda terima")
    field.receive()
    hands.click("sending.fetch")
    rest(hands, qtbot, "sudah ada tanda terimanya")

    hands.click("bar.back")
    hands.at(PageName.VISITS)
    visits = hands.window.page
    assert isinstance(visits, VisitsPage)
    visits.show_sieve(Sieve(sync=frozenset({Sync.RECEIPTED})))
    (visit,) = due_visits(field.desk.workplace)
    qtbot.waitUntil(lambda: visits.shown == (visit,), timeout=PATIENCE_MS)
    hands.wait_for("visits.sent")
    hands.click("visits.sent")
    hands.at(PageName.SENDING)
    shown = hands.window.page
    assert isinstance(shown, SendingPage)
    assert shown.chosen == visit
    rest(hands, qtbot, "sudah ada tanda terimanya")


def test_it_goes_on_over_pages_and_ends_with_the_lock(
    hands: Hands, field: Field, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_QUIET_MS", 10)
    hands.key(Qt.Key.Key_K, CTRL)
    hands.at(PageName.SENDING)
    rest(hands, qtbot, "siap dikirim")
    hands.click("sending.send")
    hands.click("bar.back")
    hands.at(PageName.VISITS)

    hands.click("bar.lock")
    hands.at(PageName.UNLOCK)
    qtbot.waitUntil(lambda: not hands.window.desk.unlocked, timeout=PATIENCE_MS)
    assert not hands.window.keeper.sending.running

    hands.unlock()  # what was begun goes on by itself, and what was not begun waits
    hands.at(PageName.VISITS)
    hands.key(Qt.Key.Key_K, CTRL)
    hands.at(PageName.SENDING)
    qtbot.waitUntil(lambda: not hands.window.keeper.sending.running, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: verdict(hands) != "", timeout=PATIENCE_MS)
    if standing(field.desk.workplace).visits[0].state is not ItemState.SENT:
        hands.click("sending.send")
    rest(hands, qtbot, "menunggu tanda terima")
    assert not is_paused(field.store)
