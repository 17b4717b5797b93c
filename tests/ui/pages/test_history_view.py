"""The history over the page: of an indicator, of the visit, and of what came late."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import SteppingClock
from tests.exchanging import Desk as Device
from tests.exchanging import desks_in
from tests.ui.pages.checklist_hands import CTRL, AtChecklist
from tests.ui.pages.hands import (
    PATIENCE_MS,
    assert_usable,
    click,
    desk_over,
    faults,
    part,
    shown,
    type_into,
    wait_for_tasks,
)
from tests.visiting import answer

from assessor_app.domain.event import EventKind, Json
from assessor_app.domain.visit import Outcome, VisitState
from assessor_app.services import steps
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.storage.log import Draft
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.timeline import TimelineRow
from assessor_app.ui.pages.issue.page import IssuePage
from assessor_app.ui.pages.parts.history import HistoryDialog
from assessor_app.ui.pages.parts.timeline_view import TimelineView
from assessor_app.ui.pages.review.page import ReviewPage
from assessor_app.ui.widgets.fields import choose


def rows(page: QWidget) -> tuple[TimelineRow, ...]:
    """What the open history tells."""
    dialog = part(page, HistoryDialog, "history")
    return part(dialog, TimelineView, "history.lines").timeline.rows


def close_dialogs(page: QWidget) -> None:
    for dialog in page.findChildren(QDialog):
        dialog.close()


def test_the_button_at_an_indicator_opens_its_history(at: AtChecklist) -> None:
    answer(at.session, "P15-06", "practice", "present", note="Papan ada")
    at.session.undo()

    at.click("indicator.P15-06.history")
    at.rest()

    undo, recorded = rows(at.page)
    assert undo.did == "Diurungkan"
    assert [chip.text for chip in recorded.chips] == ["diurungkan"]
    assert recorded.faded
    assert recorded.values == (("Jawaban", "Ada"), ("Catatan", "Papan ada"))
    assert "Siti Rahma, S.H. · perangkat ini" in recorded.who
    assert "Jawaban: Ada" in recorded.spoken
    assert_usable(part(at.page, HistoryDialog, "history"))
    close_dialogs(at.page)


def test_a_key_opens_it_and_what_is_typed_is_part_of_it(at: AtChecklist) -> None:
    at.type(at.name(at.page.side, "note"), "Diperlihatkan di loket")

    at.key(Qt.Key.Key_H, CTRL)
    at.rest()

    (line,) = rows(at.page)
    assert line.values == (("Catatan", "Diperlihatkan di loket"),)
    close_dialogs(at.page)


def test_a_turned_clock_and_another_time_of_observation_are_marked(
    at: AtChecklist, clock: SteppingClock
) -> None:
    answer(at.session, "P15-06", "practice", "present")
    clock.moment -= timedelta(minutes=30)
    answer(at.session, "P15-06", "practice", "absent", observed_at="2026-11-21T23:00:00Z")

    at.click("indicator.P15-06.history")
    at.rest()

    latest, _ = rows(at.page)
    assert [chip.text for chip in latest.chips] == [
        "Diamati 22 November 2026, 08.00 WIT",
        "jam perangkat berubah",
    ]
    assert any("mundur sekitar 30 menit" in remark for remark in latest.remarks)
    close_dialogs(at.page)


def test_nothing_recorded_is_said_so(at: AtChecklist) -> None:
    at.click("indicator.P15-06.history")
    at.rest()

    dialog = part(at.page, HistoryDialog, "history")
    assert part(dialog, QWidget, "history.notice").accessibleName() == at.desk.say("history.none")
    close_dialogs(at.page)


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[tuple[Device, Device, str]]:
    """The lead's device and a colleague's, with one visit on both."""
    with desks_in(tmp_path) as desks:
        lead, colleague = desks("A"), desks("B")
        session = lead.begin()
        answer(session, "P15-02", "paperwork", "present")
        colleague.take_in(lead.export(session.visit_id))
        yield lead, colleague, session.visit_id


def desk_of(device: Device) -> Desk:
    desk = desk_over(device.application)
    desk.open_with(device.workplace)
    return desk


def closing(device: Device, visit: str) -> None:
    close_visit(
        device.open(visit),
        device.workplace,
        Outcome.INTERRUPTED,
        departure=device.clock.now(),
        account="Listrik padam",
    )


def closed_with_late(devices: tuple[Device, Device, str]) -> Session:
    """The lead closed it; the colleague's answer came afterwards."""
    lead, colleague, visit = devices
    answer(colleague.open(visit), "P15-06", "practice", "absent")
    closing(lead, visit)
    lead.take_in(colleague.export(visit))
    return lead.open(visit)


def test_what_came_late_is_listed_and_the_lead_reopens_for_a_reason(
    devices: tuple[Device, Device, str], qtbot: QtBot
) -> None:
    session, desk = closed_with_late(devices), desk_of(devices[0])
    page = shown(qtbot, IssuePage(desk, session))
    wait_for_tasks(qtbot, desk)
    click(page, "issue.after.look")
    wait_for_tasks(qtbot, desk)
    (late,) = rows(page)
    assert [chip.text for chip in late.chips] == ["datang terlambat"]
    assert "Asesor B" in late.who
    part(page, HistoryDialog, "history").close()

    click(page, "issue.after.reopen")
    dialog = part(page, QDialog, "reopen")
    click(dialog, "reopen.go")
    assert faults(dialog) == ["Tuliskan alasannya; ia tercatat dalam kunjungan."]
    assert not session.snapshot.visit.answerable
    type_into(dialog, "reopen.reason", "Catatan rekan tiba")
    assert_usable(dialog)
    with qtbot.waitSignal(page.reopened, timeout=PATIENCE_MS):
        click(dialog, "reopen.go")

    assert session.snapshot.visit.answerable
    assert "P15-06" in {key.indicator for key in session.snapshot.observations}
    desk.tasks.wait()


def test_who_does_not_lead_is_told_who_reopens(
    devices: tuple[Device, Device, str], qtbot: QtBot
) -> None:
    lead, colleague, visit = devices
    closed_with_late(devices)
    colleague.take_in(lead.export(visit))
    desk = desk_of(colleague)
    page = shown(qtbot, ReviewPage(desk, colleague.open(visit)))

    assert not part(page, QWidget, "review.after.reopen").isVisible()
    labels = part(page, QWidget, "review.after").findChildren(QLabel)
    assert any("Asesor A" in label.text() for label in labels)
    desk.tasks.wait()


def test_the_steps_of_the_visit_are_opened_from_its_review(
    devices: tuple[Device, Device, str], qtbot: QtBot
) -> None:
    lead, _, visit = devices
    desk = desk_of(lead)
    page = shown(qtbot, ReviewPage(desk, lead.open(visit)))

    part(page, QAbstractButton, "review.history").click()
    wait_for_tasks(qtbot, desk)

    assert [row.did for row in rows(page)] == ["Diekspor ke berkas", "Kunjungan dimulai"]
    close_dialogs(page)


def test_who_does_not_lead_takes_the_lead_for_a_reason_and_goes_on_closing(
    devices: tuple[Device, Device, str], qtbot: QtBot
) -> None:
    _, colleague, visit = devices
    session, desk = colleague.open(visit), desk_of(colleague)
    page = shown(qtbot, ReviewPage(desk, session))
    choose(part(page, QComboBox, "review.outcome"), Outcome.INTERRUPTED.value)
    type_into(page, "review.account", "Ketua tim sakit")

    click(page, "review.close")
    dialog = part(page, QDialog, "lead.take")
    type_into(dialog, "lead.take.reason", "Ketua tim sakit, disepakati lewat telepon")
    click(dialog, "lead.take.go")

    assert session.snapshot.visit.lead == colleague.workplace.store.assessor
    assert part(page, QWidget, "review.close.yes").isVisible()
    click(page, "review.close.yes")
    assert session.snapshot.visit.state is VisitState.CLOSED
    desk.tasks.wait()


def test_after_a_reopening_the_next_document_says_which_one_it_supersedes(
    devices: tuple[Device, Device, str], qtbot: QtBot
) -> None:
    """Headquarters reopens after issue; the document itself does not matter here."""
    lead, _, visit = devices
    closing(lead, visit)
    log, state = lead.workplace.store.log, ("visit", "state")
    entity = f"document/{lead.workplace.store.new_id()}"
    values: dict[tuple[str, str], Json] = {
        (entity, "kind"): "minutes",
        (entity, "number"): "BA-2026-1-R1",
        (entity, "revision"): 1,
        (entity, "sha256"): "ab" * 32,
    }
    log.append(Draft(visit, EventKind.ISSUED, {**values, state: VisitState.ISSUED.value}))
    desk = desk_of(lead)
    page = shown(qtbot, IssuePage(desk, lead.open(visit)))
    wait_for_tasks(qtbot, desk)
    assert not part(page, QWidget, "issue.after.reopen").isVisible()
    assert not part(page, QLabel, "issue.supersedes").isVisible()

    opened = steps.reopened(lead.open(visit).snapshot, at=lead.clock.now())
    reopening = {**opened, state: VisitState.OPEN.value}
    log.append(Draft(visit, EventKind.REOPENED, reopening, reason="Keberatan diterima"))
    closing(lead, visit)
    page = shown(qtbot, IssuePage(desk, lead.open(visit)))
    wait_for_tasks(qtbot, desk)

    told = part(page, QLabel, "issue.supersedes").text()
    assert "revisi 2" in told
    assert "BA-2026-1-R1" in told
    assert part(page, QWidget, "issue.sign").isVisible()
    assert part(page, QWidget, "issue.after.reopen").isVisible()
    desk.tasks.wait()
