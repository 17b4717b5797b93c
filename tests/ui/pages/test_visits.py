"""The list of visits: what it shows at once, what follows, and how a visit is opened."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.ui.pages.hands import (
    assert_usable,
    click,
    desk_over,
    part,
    shown,
    text_of,
)
from tests.visiting import answer, complete

from assessor_app.compose import Application
from assessor_app.domain.visit import Outcome, VisitState
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.library import Library
from assessor_app.services import results
from assessor_app.services.enrolment import Workplace
from assessor_app.services.sample import visit as sample
from assessor_app.services.sample.visit import SampleIndicator
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import all_visits, close_visit
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_table import ROW_ROLE
from assessor_app.ui.models.visit_list import WAITING, Column, VisitRow
from assessor_app.ui.pages.visits.page import VisitsPage

SAMPLE_MS = 120_000


def opened(qtbot: QtBot, desk: Desk) -> VisitsPage:
    page = shown(qtbot, VisitsPage(desk))
    qtbot.waitUntil(lambda: not page.counting)
    return page


def cell(page: VisitsPage, place: int, column: Column) -> str:
    return str(table(page).model().index(place, column).data())


def row(page: VisitsPage, place: int) -> VisitRow:
    found = table(page).model().index(place, 0).data(ROW_ROLE)
    assert isinstance(found, VisitRow)
    return found


def table(page: VisitsPage) -> QTableView:
    return part(page, QTableView, "visits.table")


def test_frames_stand_at_once_and_figures_follow(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    answer(session, "P15-01", "paperwork", "present")
    page = VisitsPage(desk)
    qtbot.addWidget(page)

    page.show()
    unit, progress = cell(page, 0, Column.OFFICE), cell(page, 0, Column.PROGRESS)
    qtbot.waitUntil(lambda: not page.counting)

    assert (unit, progress) == ("Dinas Kependudukan", WAITING)
    assert cell(page, 0, Column.PROGRESS) == "1 dari 40"
    assert cell(page, 0, Column.STATE) == "Berlangsung"
    assert cell(page, 0, Column.ZONE) == desk.say("visits.zone_open")
    assert "Kota Ambon" in str(
        table(page).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    )


def test_a_complete_visit_shows_its_zone_in_word_and_sign(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    complete(session, workplace, tmp_path)

    page = opened(qtbot, desk)

    counted = row(page, 0).counted
    assert counted is not None
    assert counted.zone is ZoneColour.GREEN
    assert counted.share == 1
    assert cell(page, 0, Column.ZONE) == "Zona hijau"
    assert cell(page, 0, Column.OUTCOME) == "Selesai"


def test_a_paused_visit_says_so_and_opens_like_any_other(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    session.pause("Istirahat", at=workplace.store.clock.now())
    page = opened(qtbot, desk)
    assert cell(page, 0, Column.STATE) == "Dijeda"

    with qtbot.waitSignal(page.visit_opened) as told:
        QTest.keyClick(table(page), Qt.Key.Key_Return)

    assert told.args == [visit]


def test_double_click_arrow_keys_and_the_button_open_the_row_meant(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    earlier, later = (begin(workplace, library.get("2015-pemda"), library) for _ in range(2))
    page = opened(qtbot, desk)
    told: list[str] = []
    page.visit_opened.connect(told.append)

    second = middle_of(page, 1)
    QTest.mouseClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=second)
    QTest.mouseDClick(table(page).viewport(), Qt.MouseButton.LeftButton, pos=second)
    QTest.keyClick(table(page), Qt.Key.Key_Up)
    click(page, "visits.open")

    assert told == [earlier, later]


def test_a_tap_of_a_finger_opens(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit = begin(workplace, library.get("2015-pemda"), library)
    page = opened(qtbot, desk)
    finger = QTest.createTouchDevice()
    place = table(page).viewport().mapTo(page.window(), middle_of(page, 0))
    window = page.windowHandle()

    with qtbot.waitSignal(page.visit_opened) as told:
        QTest.touchEvent(window, finger).press(0, place, window).commit()
        QTest.touchEvent(window, finger).release(0, place, window).commit()

    assert told.args == [visit]


def test_a_finger_that_scrolls_opens_nothing(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    for _ in range(3):
        begin(workplace, library.get("2015-pemda"), library)
    page = opened(qtbot, desk)
    finger = QTest.createTouchDevice()
    place = table(page).viewport().mapTo(page.window(), middle_of(page, 1))
    window = page.windowHandle()

    with qtbot.assertNotEmitted(page.visit_opened):
        QTest.touchEvent(window, finger).press(0, place, window).commit()
        QTest.touchEvent(window, finger).move(0, place - QPoint(0, 40), window).commit()
        QTest.touchEvent(window, finger).release(0, place - QPoint(0, 40), window).commit()


def test_an_empty_store_offers_three_ways_to_begin(desk: Desk, qtbot: QtBot) -> None:
    page = opened(qtbot, desk)
    assert not table(page).isVisible()
    assert part(page, QPushButton, "visits.empty.new").hasFocus()

    with qtbot.waitSignals([page.new_wanted, page.refused_wanted, page.verify_wanted]):
        QTest.keyClick(part(page, QPushButton, "visits.empty.new"), Qt.Key.Key_Return)
        click(page, "visits.empty.refused")
        click(page, "visits.verify")
    assert_usable(page)


def test_the_buttons_above_the_list_and_ctrl_n_say_what_is_wanted(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    begin(workplace, library.get("2015-pemda"), library)
    page = opened(qtbot, desk)
    wanted: list[str] = []
    page.new_wanted.connect(lambda: wanted.append("new"))
    page.refused_wanted.connect(lambda: wanted.append("refused"))

    click(page, "visits.new")
    click(page, "visits.refused")
    page.activateWindow()
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert wanted == ["new", "refused", "new"]
    assert_usable(page)


def test_the_sample_round_is_loaded_with_one_button(
    desk: Desk, workplace: Workplace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sample.sample_visit()  # drawing all its photos takes longer than all else here
    few = whole.model_copy(update={"indicators": tuple(map(without_photos, whole.indicators))})
    monkeypatch.setattr(sample, "sample_visit", lambda: few)
    page = opened(qtbot, desk)

    with qtbot.waitSignal(page.said, timeout=SAMPLE_MS):
        click(page, "visits.empty.sample")
    qtbot.waitUntil(lambda: not page.counting)

    visits = all_visits(workplace.store)
    assert [visit.state for visit in visits] == [VisitState.OPEN, VisitState.EXIT_TALK]
    assert all(visit.sample for visit in visits)
    assert visits[0].arrival - visits[1].arrival > timedelta(hours=1)
    assert results.published(workplace.store)
    assert cell(page, 1, Column.PROGRESS) == "40 dari 40"
    assert row(page, 1).badge == "CONTOH"
    assert table(page).currentIndex().row() == 1
    assert text_of(page, "visits.notice.text")


def test_a_hundred_visits_stall_nothing(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    for _ in range(100):
        begin(workplace, library.get("2015-pemda"), library)
    page = shown(qtbot, VisitsPage(desk))
    assert page.counting

    QTest.keyClick(table(page), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)

    assert table(page).currentIndex().row() == 99
    assert page.counting  # the key was answered while figures were still missing
    qtbot.waitUntil(lambda: not page.counting, timeout=20_000)
    assert all(row(page, place).counted for place in range(100))


def test_a_hidden_list_does_not_count(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    begin(workplace, library.get("2015-pemda"), library)
    page = shown(qtbot, VisitsPage(desk))

    page.hide()

    qtbot.waitUntil(lambda: not page.counting)


def test_the_row_that_was_chosen_is_chosen_again(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    earlier = begin(workplace, library.get("2015-pemda"), library)
    begin(workplace, library.get("2015-pemda"), library)
    page = opened(qtbot, desk)
    QTest.keyClick(table(page), Qt.Key.Key_Down)
    page.hide()
    begin(workplace, library.get("2015-pemda"), library)

    page.show()

    assert row(page, table(page).currentIndex().row()).target == earlier


def test_another_language_keeps_the_chosen_row(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    for _ in range(3):
        begin(workplace, library.get("2015-pemda"), library)
    page = opened(qtbot, desk)
    QTest.keyClick(table(page), Qt.Key.Key_Down)
    desk.language = Language.ENGLISH

    other = VisitsPage(desk)
    other.take_over(page)
    shown(qtbot, other)

    assert other.chosen == page.chosen == row(page, 1).target
    assert cell(other, 0, Column.STATE) == "Open"


def test_of_a_closed_office_no_progress_is_counted(
    desk: Desk, workplace: Workplace, session: Session, qtbot: QtBot
) -> None:
    now = workplace.store.clock.now()
    account = "Pintu terkunci."
    close_visit(session, workplace, Outcome.OFFICE_CLOSED, departure=now, account=account)

    page = opened(qtbot, desk)
    qtbot.waitUntil(lambda: not page.counting)

    assert cell(page, 0, Column.PROGRESS) == "–"


def test_a_visit_of_a_missing_instrument_has_its_line_all_the_same(
    application: Application, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    begin(workplace, library.get("small"), library)
    poorer = Application(
        application.home, application.clock, application.new_id, Library([]), application.cost
    )
    desk = desk_over(poorer)
    desk.open_with(workplace)

    page = opened(qtbot, desk)

    assert cell(page, 0, Column.PROGRESS) == desk.say("visits.no_instrument")
    assert cell(page, 0, Column.ZONE) == ""
    picture = QPixmap(page.size())
    page.render(picture)  # no cell of such a row may fail


def without_photos(indicator: SampleIndicator) -> SampleIndicator:
    """All photos but those of one indicator are left out."""
    kept = indicator.photos if indicator.code == "P15-02" else ()
    return indicator.model_copy(update={"photos": kept})


def middle_of(page: VisitsPage, place: int) -> QPoint:
    return table(page).visualRect(table(page).model().index(place, 0)).center()
