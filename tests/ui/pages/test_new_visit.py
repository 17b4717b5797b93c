"""The page that starts a visit."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.conftest import SteppingClock
from tests.ui.pages.hands import (
    PATIENCE_MS,
    assert_usable,
    click,
    desk_over,
    faults,
    part,
    shown,
    text_of,
    type_into,
)

from assessor_app.compose import Application, build
from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.visit import VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.visits import NewVisit, all_visits, start_visit
from assessor_app.storage.log import Draft, EventLog
from assessor_app.texts import Language
from assessor_app.ui import drafts
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.pages.starting.new_visit import NewVisitPage
from assessor_app.ui.pages.starting.newcomers import some_came
from assessor_app.ui.widgets.fields import choose, value_of


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> NewVisitPage:
    return shown(qtbot, NewVisitPage(desk))


def fill(page: NewVisitPage) -> None:
    type_into(page, "new_visit.institution", "Kota Ambon")
    type_into(page, "new_visit.unit", "Dinas Kesehatan")


def test_two_names_and_one_click_start_a_visit(
    page: NewVisitPage, workplace: Workplace, qtbot: QtBot
) -> None:
    fill(page)

    with qtbot.waitSignal(page.started) as told:
        click(page, "new_visit.start")

    (visit,) = all_visits(workplace.store)
    assert told.args == [visit.id]
    assert (visit.institution, visit.unit) == ("Kota Ambon", "Dinas Kesehatan")
    assert visit.kind is VisitKind.UNANNOUNCED
    assert visit.team == ("Siti Rahma, S.H.",)
    assert visit.address_visited is None
    now = workplace.store.clock.now()
    assert timedelta() <= now - visit.arrival < timedelta(minutes=2)


def test_everything_that_is_filled_in_is_recorded(
    page: NewVisitPage, workplace: Workplace, qtbot: QtBot
) -> None:
    fill(page)
    type_into(page, "new_visit.address", "Jalan Pattimura 1")
    type_into(page, "new_visit.letter", "ST/12/2026")
    type_into(page, "new_visit.team", "Budi, S.Sos.\n\nAna, S.H.")
    choose(part(page, QComboBox, "new_visit.kind"), "follow-up")
    choose(part(page, QComboBox, "new_visit.object_type"), "puskesmas")
    page.activateWindow()

    with qtbot.waitSignal(page.started):
        QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (visit,) = all_visits(workplace.store)
    assert visit.team == ("Siti Rahma, S.H.", "Budi, S.Sos.", "Ana, S.H.")
    assert (visit.address_visited, visit.assignment_letter) == ("Jalan Pattimura 1", "ST/12/2026")
    assert (visit.kind, visit.object_type) == (VisitKind.FOLLOW_UP, "puskesmas")


def test_missing_names_are_told_at_their_fields(
    page: NewVisitPage, desk: Desk, workplace: Workplace
) -> None:
    click(page, "new_visit.start")

    assert faults(page) == [desk.say("office.missing_institution"), desk.say("office.missing_unit")]
    assert part(page, QLineEdit, "new_visit.institution").hasFocus()
    assert not all_visits(workplace.store)


def test_an_arrival_ahead_of_now_is_refused_and_an_earlier_one_taken_as_local(
    page: NewVisitPage, desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    fill(page)
    set_arrival(page, 2026, 11, 23)
    click(page, "new_visit.start")
    assert faults(page) == [desk.say("new_visit.arrival_ahead")]

    set_arrival(page, 2026, 11, 21)
    with qtbot.waitSignal(page.started):
        click(page, "new_visit.start")

    (visit,) = all_visits(workplace.store)
    assert visit.arrival == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)  # 09.30 in Jayapura


def test_what_cannot_be_printed_is_told_at_its_field(
    page: NewVisitPage, desk: Desk, workplace: Workplace
) -> None:
    fill(page)
    part(page, QLineEdit, "new_visit.address").setText("Jalan\x07 Pattimura")

    click(page, "new_visit.start")

    assert len(faults(page)) == 1
    assert "U+0007" in faults(page)[0]
    assert not all_visits(workplace.store)


# The screenless platform says so of every popup.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_earlier_offices_are_offered_and_their_kind_is_taken_over(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    start_visit(
        workplace.store,
        NewVisit(
            institution="Kota Tual",
            unit="Puskesmas Un",
            object_type="puskesmas",
            kind=VisitKind.UNANNOUNCED,
            arrival=workplace.store.clock.now(),
            team=["Siti"],
        ),
        library.get("2015-pemda"),
        library=library,
    )
    page = shown(qtbot, NewVisitPage(desk))

    type_into(page, "new_visit.unit", "un")
    unit = part(page, QLineEdit, "new_visit.unit")
    offered = unit.completer().popup()
    assert offered is not None
    QTest.keyClick(offered, Qt.Key.Key_Down)
    QTest.keyClick(offered, Qt.Key.Key_Return)

    assert unit.text() == "Puskesmas Un"
    assert len(all_visits(workplace.store)) == 1  # Enter takes the offer and starts nothing
    assert value_of(part(page, QComboBox, "new_visit.object_type")) == "puskesmas"


def test_only_instruments_that_can_be_visited_are_offered_and_the_newest_first(
    page: NewVisitPage, library: Library
) -> None:
    offered = part(page, QComboBox, "new_visit.instrument")

    pins = [str(offered.itemData(place)) for place in range(offered.count())]

    visitable = [one for one in library.all() if one.visitable]
    assert sorted(pins) == sorted(one.pin for one in visitable)
    years = [library.get(pin).year for pin in pins]
    assert years == sorted(years, reverse=True)


def test_an_empty_form_is_left_without_a_question(page: NewVisitPage, qtbot: QtBot) -> None:
    page.activateWindow()

    with qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)

    assert page.may_leave()


def test_the_way_back_asks_before_what_is_typed_is_lost(
    page: NewVisitPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(page)

    assert not page.may_leave()
    assert text_of(page, "new_visit.leave.text") == desk.say("form.unsaved")

    with qtbot.waitSignal(page.left):
        click(page, "new_visit.leave.action")
    assert page.may_leave()


@pytest.mark.parametrize("name", ["institution", "unit", "address", "letter", "team"])
def test_escape_asks_before_it_throws_away_what_is_typed(
    page: NewVisitPage, desk: Desk, qtbot: QtBot, name: str
) -> None:
    type_into(page, f"new_visit.{name}", "Kota Ambon")
    page.activateWindow()

    with qtbot.assertNotEmitted(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    assert text_of(page, "new_visit.leave.text") == desk.say("form.unsaved")

    discard = part(page, QPushButton, "new_visit.leave.action")
    assert discard.hasFocus()
    with qtbot.waitSignal(page.left):
        QTest.keyClick(discard, Qt.Key.Key_Return)


def test_escape_again_goes_back_into_the_form(
    page: NewVisitPage, workplace: Workplace, qtbot: QtBot
) -> None:
    fill(page)
    page.activateWindow()

    with qtbot.assertNotEmitted(page.left):
        assert not page.may_leave()
        QTest.keyClick(page, Qt.Key.Key_Escape)

    assert not text_of(page, "new_visit.leave.text")
    assert part(page, QLineEdit, "new_visit.unit").text() == "Dinas Kesehatan"
    assert not all_visits(workplace.store)


def test_the_arrival_is_recorded_as_it_is_shown(
    page: NewVisitPage, workplace: Workplace, clock: SteppingClock, qtbot: QtBot
) -> None:
    fill(page)
    shown_first = part(page, MomentEdit, "new_visit.arrival").text()
    clock.moment += timedelta(minutes=9)

    with qtbot.waitSignal(page.started):
        click(page, "new_visit.start")

    (visit,) = all_visits(workplace.store)
    local = visit.arrival.astimezone(workplace.profile.zone)
    assert f"{local:%d/%m/%Y %H:%M}" == shown_first


def test_another_language_keeps_the_arrival(
    page: NewVisitPage, desk: Desk, clock: SteppingClock, qtbot: QtBot
) -> None:
    before = part(page, MomentEdit, "new_visit.arrival").text()
    typed = drafts.kept(page)
    clock.moment += timedelta(minutes=9)
    desk.language = Language.ENGLISH

    other = shown(qtbot, NewVisitPage(desk))
    drafts.put_back(other, typed)

    assert part(other, MomentEdit, "new_visit.arrival").text() == before


def test_every_control_can_be_named_and_hit(page: NewVisitPage) -> None:
    assert_usable(page)


def test_a_full_disk_is_told_and_what_was_typed_stays(
    page: NewVisitPage, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page)
    monkeypatch.setattr(EventLog, "append", _disk_full)

    click(page, "new_visit.start")

    assert "aman" in text_of(page, "new_visit.notice.text")
    assert part(page, QLineEdit, "new_visit.unit").text() == "Dinas Kesehatan"
    assert not all_visits(workplace.store)


def set_arrival(page: NewVisitPage, year: int, month: int, day: int) -> None:
    editor = part(page, MomentEdit, "new_visit.arrival")
    editor.setText(f"{day:02}/{month:02}/{year} 09:30")


def _disk_full(_log: EventLog, _draft: Draft) -> None:
    raise StoreProblem("disk_full", path="store.db")


def test_an_instrument_that_was_imported_meanwhile_is_offered_without_a_restart(
    application: Application, workplace: Workplace, qtbot: QtBot
) -> None:
    desk = desk_over(build(application.home))
    desk.open_with(workplace)
    before = shown(qtbot, NewVisitPage(desk))
    chosen = part(before, QComboBox, "new_visit.instrument").currentText()
    source = application.library.file_of(application.library.get("small"))
    assert source is not None
    imported = source.read_text(encoding="utf-8").replace("id: small", "id: ruang-pelayanan")
    folder = application.home / "instruments"
    folder.mkdir()
    (folder / "ruang-pelayanan@1.yaml").write_text(imported, encoding="utf-8")

    page = shown(qtbot, NewVisitPage(desk))
    offered = part(page, QComboBox, "new_visit.instrument")
    qtbot.waitUntil(lambda: offered.findData("ruang-pelayanan@1") >= 0, timeout=PATIENCE_MS)

    assert offered.currentText() == chosen, "what was chosen stays chosen"
    assert not some_came(desk), "it is read once"
    choose(offered, "ruang-pelayanan@1")
    fill(page)
    with qtbot.waitSignal(page.started) as told:
        click(page, "new_visit.start")
    visit = desk.application.open(workplace, str(told.args[0])).snapshot.visit
    assert visit.instrument_version == "ruang-pelayanan@1"
