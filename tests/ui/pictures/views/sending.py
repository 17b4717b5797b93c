"""Sending to headquarters: nothing set, ready, on its way, in quarantine, receipted."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from tests.sending import join_headquarters
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import Act, Home, View, in_turn, part

from assessor_app.domain.outbox import Item, ItemState
from assessor_app.services.sync.packing import queue_visit
from assessor_app.services.sync.place import set_storage
from assessor_app.storage import outbox
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.sending.head import SendingHead
from assessor_app.ui.pages.sending.page import SendingPage
from assessor_app.ui.pages.sending.told import verdict
from assessor_app.ui.sending import Doing, Going


def _page(window: MainWindow) -> SendingPage:
    page = window.page
    assert isinstance(page, SendingPage)
    return page


def read(window: MainWindow, _: Round) -> None:
    """The queue is read beside the work of the page."""
    _page(window).look()
    window.desk.background.wait()
    QApplication.processEvents()


def _ready(round_: Round) -> str:
    """A device that has joined, a storage, and a visit that is queued; the visit."""
    workplace, visit = round_.workplace, round_.issued.visit_id
    join_headquarters(workplace.store)
    set_storage(workplace, str(_folder(round_)))
    queue_visit(workplace, visit, library=round_.library)
    return visit


def _folder(round_: Round) -> Path:
    folder = round_.folder / "kiriman"
    folder.mkdir(exist_ok=True)
    return folder


def _at(round_: Round) -> Where:
    return Where(PageName.SENDING, visit=round_.once("sending", _ready))


def _stand(state: ItemState, kinds: tuple[str, ...] = ()) -> Act:
    """Let parts be in a state that headquarters, or a storage, brought them to."""

    def act(_: MainWindow, round_: Round) -> None:
        store = round_.workplace.store
        for item in outbox.items(store, visit=round_.once("sending", _ready)):
            if not kinds or item.kind in kinds:
                _move(round_, item, state)

    return act


def _move(round_: Round, item: Item, state: ItemState) -> None:
    store = round_.workplace.store
    if state is ItemState.SENT and item.state is ItemState.QUEUED:
        outbox.move(store, item.id, ItemState.SENDING)
    refused = state is ItemState.QUARANTINED
    outbox.move(
        store,
        item.id,
        state,
        reason="outbox_damaged" if refused else None,
        places={"path": str(outbox.sealed_path(store, item.sha256))[-20:]} if refused else None,
        receipt="0" * 64 if state is ItemState.RECEIPTED else None,
    )


def _under_way(window: MainWindow, _: Round) -> None:
    """As a run tells it."""
    found = _page(window).found
    assert found is not None
    going = Going(Doing.SENDING, "", "originals", 12_000_000, 80_000_000, 240.0)
    head = part(window, SendingHead, "sending.head")
    head.show_verdict(verdict(window.desk, found, going, None), found, running=True)


VIEWS = (
    View("sending-unset", lambda _: Where(PageName.SENDING), read, home=Home.EMPTY),
    View("sending", _at, read),
    View(
        "sending-under-way",
        _at,
        in_turn(
            _stand(ItemState.SENT, ("record",)),
            _stand(ItemState.SENDING, ("derivatives",)),
            read,
            _under_way,
        ),
    ),
    View(
        "sending-quarantined", _at, in_turn(_stand(ItemState.QUARANTINED, ("derivatives",)), read)
    ),
    View("sending-receipted", _at, in_turn(_stand(ItemState.RECEIPTED), read)),
)
