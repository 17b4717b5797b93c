"""What two devices recorded differently: side by side at the indicator, chosen, and settled."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot
from tests.exchanging import Desk as Device
from tests.exchanging import desks_in
from tests.ui.pages.checklist_hands import PRACTICE, AtChecklist, looking
from tests.ui.pages.hands import (
    PATIENCE_MS,
    assert_usable,
    click,
    desk_over,
    part,
    shown,
    wait_for_tasks,
)
from tests.visiting import answer, attach, record

from assessor_app.domain.event import EventKind
from assessor_app.domain.visit import Declaration, Receiver
from assessor_app.services.session import Session
from assessor_app.ui.pages.conflict.dialog import ConflictDialog
from assessor_app.ui.pages.review.page import ReviewPage

CODE = "P15-06"


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[tuple[Device, Device, str]]:
    """Two devices with one visit, not merged yet since."""
    with desks_in(tmp_path) as desks:
        own, other = desks("A"), desks("B")
        session = own.begin()
        answer(session, CODE, "paperwork", "present")
        other.take_in(own.export(session.visit_id))
        yield own, other, session.visit_id


@pytest.fixture
def contrary(devices: tuple[Device, Device, str], tmp_path: Path) -> tuple[Device, Session]:
    """The same side answered differently, with a note and a photo by the colleague."""
    own, other, visit = devices
    answer(own.open(visit), CODE, "practice", "absent", note="Papan tidak terlihat")
    session = other.open(visit)
    answer(session, CODE, "practice", "present", note="Papan di kanan pintu")
    attach(session, CODE, tmp_path, colour="navy")
    own.take_in(other.export(visit))
    return own, own.open(visit)


@pytest.fixture
def at(contrary: tuple[Device, Session], qtbot: QtBot) -> Iterator[AtChecklist]:
    device, session = contrary
    with looking(device.application, device.workplace, qtbot) as look:
        yield look(session, CODE)


def compared(at: AtChecklist) -> ConflictDialog:
    """The dialog, opened from the indicator."""
    at.click(f"indicator.{CODE}.conflict.action")
    return shown_cards(at.page, at._qtbot)


def shown_cards(page: QWidget, qtbot: QtBot) -> ConflictDialog:
    """The dialog over a page, once what it compares is read and painted."""
    dialog = part(page, ConflictDialog, "conflict")

    def painted() -> bool:
        card = dialog.findChild(QWidget, "conflict.0.0")
        return card is not None and card.isVisible()

    qtbot.waitUntil(painted, timeout=PATIENCE_MS)
    return dialog


def gone(at: AtChecklist) -> bool:
    """Whether no dialog compares anything any more."""
    return not any(one.isVisible() for one in at.page.findChildren(ConflictDialog))


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_both_values_stand_side_by_side_with_author_time_note_and_evidence(
    at: AtChecklist,
) -> None:
    dialog = compared(at)

    cards = [part(dialog, QWidget, f"conflict.0.{place}") for place in (0, 1)]
    told = {("Asesor B" in texts(card)): texts(card) for card in cards}
    assert "Tidak ada" in told[False]
    assert "perangkat ini" in told[False]
    assert "Catatan: Papan tidak terlihat" in told[False]
    assert "Tanpa bukti" in told[False]
    assert "Catatan: Papan di kanan pintu" in told[True]
    assert "22 November 2026" in told[True]
    thumbs = [one for one in dialog.findChildren(QAbstractButton) if ".thumb." in one.objectName()]
    assert thumbs
    assert_usable(dialog)
    dialog.close()


def test_the_chosen_value_holds_and_the_page_goes_on(at: AtChecklist) -> None:
    dialog = compared(at)
    own = next(
        place
        for place in (0, 1)
        if "Asesor A" in texts(part(dialog, QWidget, f"conflict.0.{place}"))
    )
    click(dialog, f"conflict.0.{own}.whole")
    at.rest()

    assert not at.session.snapshot.conflicts
    assert at.seen(PRACTICE).answer == "absent"
    assert at.seen(PRACTICE).note == "Papan tidak terlihat"
    assert at.shown_answer(PRACTICE) == "absent"
    assert not at.visible(f"indicator.{CODE}.conflict")
    at.until(lambda: gone(at))
    at.click(at.name(PRACTICE, "present"))
    assert at.seen(PRACTICE).answer == "present"


def test_each_field_can_be_chosen_from_another_device(at: AtChecklist) -> None:
    dialog = compared(at)

    click(dialog, "conflict.0.0.choose")
    at.rest()

    assert [one.field for one in at.session.snapshot.conflicts] == ["note"]
    assert shown_cards(at.page, at._qtbot) is dialog
    click(dialog, "conflict.0.1.choose")
    at.rest()
    assert not at.session.snapshot.conflicts
    at.until(lambda: gone(at))


def test_an_answer_against_a_reason_why_there_is_none_is_a_conflict_too(
    devices: tuple[Device, Device, str], qtbot: QtBot
) -> None:
    own, other, visit = devices
    answer(own.open(visit), CODE, "practice", "absent")
    reason = {"indicator": CODE, "side": "practice", "not_assessed_reason": "Ruang terkunci"}
    record(other.open(visit), reason)
    own.take_in(other.export(visit))
    with looking(own.application, own.workplace, qtbot) as look:
        at = look(own.open(visit), CODE)
        dialog = compared(at)
        assert "Alasan tidak dapat dinilai" in texts(dialog)
        place = next(
            place
            for place in (0, 1)
            if "Ruang terkunci" in texts(part(dialog, QWidget, f"conflict.0.{place}"))
        )
        click(dialog, f"conflict.0.{place}.choose")
        at.rest()

        assert at.seen(PRACTICE).answer is None
        assert at.seen(PRACTICE).not_assessed_reason == "Ruang terkunci"


def test_after_the_exit_talk_the_choice_waits_for_its_reason(at: AtChecklist) -> None:
    at.session.begin_exit_talk()
    dialog = compared(at)
    click(dialog, "conflict.0.0.whole")
    at.rest()
    assert at.session.snapshot.conflicts
    assert part(dialog, QWidget, "conflict.reason.told").isVisible()

    at.type("conflict.reason.text", "Dicocokkan bersama di tempat")
    click(dialog, "conflict.reason.record")
    at.rest()

    assert not at.session.snapshot.conflicts
    events = at.desk.workplace.store.log.stored(at.session.visit_id)
    last = [link.event for link in events][-1]
    assert (last.kind, last.reason) == (EventKind.RESOLVED, "Dicocokkan bersama di tempat")


def test_the_review_lists_conflicts_once_each_and_leads_to_them(
    contrary: tuple[Device, Session], qtbot: QtBot
) -> None:
    device, session = contrary
    desk = desk_over(device.application)
    desk.open_with(device.workplace)
    page = shown(qtbot, ReviewPage(desk, session))
    rows = part(page, QListView, "review.missing")
    listed = [rows.model().index(row, 0).data() for row in range(3)]
    assert listed[0] == "Pertentangan antarperangkat: 1"
    assert listed[1] == "P15-06, dalam praktik: dua perangkat mencatat hal yang berbeda"

    QTest.keyClick(rows, Qt.Key.Key_Return)
    dialog = shown_cards(page, qtbot)
    click(dialog, "conflict.0.0.whole")
    wait_for_tasks(qtbot, desk)

    assert not session.snapshot.conflicts
    assert "Pertentangan" not in str(rows.model().index(0, 0).data())


def test_what_is_no_indicator_s_is_compared_too(
    devices: tuple[Device, Device, str], qtbot: QtBot
) -> None:
    own, other, visit = devices
    for device, name in ((own, "Budi"), (other, "Siti")):
        device.open(visit).record_receiver(Receiver(Declaration.RECEIVED, name=name))
    own.take_in(other.export(visit))
    session = own.open(visit)
    desk = desk_over(own.application)
    desk.open_with(own.workplace)
    page = shown(qtbot, ReviewPage(desk, session))

    QTest.keyClick(part(page, QListView, "review.missing"), Qt.Key.Key_Return)
    dialog = shown_cards(page, qtbot)
    assert "penerima dokumen: Nama penerima" in texts(dialog)
    place = next(
        place for place in (0, 1) if "Siti" in texts(part(dialog, QWidget, f"conflict.0.{place}"))
    )
    click(dialog, f"conflict.0.{place}.choose")
    wait_for_tasks(qtbot, desk)

    assert session.snapshot.receiver is not None
    assert session.snapshot.receiver.name == "Siti"
