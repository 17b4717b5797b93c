"""Finding visits in the list: the search, the filters, what is due, and what is hidden."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from tests.conftest import SteppingClock
from tests.ui.pages.hands import assert_usable, click, part, shown, text_of
from tests.visiting import answer, complete

from assessor_app.domain.listing import Order, Sieve, Zone
from assessor_app.domain.register import DatedName, Institution, Names, Unit
from assessor_app.domain.visit import VisitKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.register.keeping import rename, save_all
from assessor_app.services.session import open_session
from assessor_app.services.starting import NewVisitFrom
from assessor_app.services.visits import NewVisit, start_visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.visit_list import Column
from assessor_app.ui.pages.visits.page import VisitsPage, show_at_next
from assessor_app.ui.pages.visits.table import VisitsTable
from assessor_app.ui.widgets.filter_chip import FilterChip

pytestmark = pytest.mark.qt_log_ignore(  # what a menu asks of a screen, and "offscreen" is none
    "does not support raise", "does not support grabbing the keyboard", extend=True
)


def visit(workplace: Workplace, library: Library, unit: str, **values: object) -> str:
    new = NewVisit(
        institution="Kota Ambon",
        unit=unit,
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=workplace.store.clock.now(),
        team=[workplace.profile.name, "Hasan Slamat"],
        assignment_letter=f"ST-{unit}",
    )
    new = replace(new, **values)  # type: ignore[arg-type]  # named as its fields
    return start_visit(workplace.store, new, library.get("2015-pemda"), library=library)


def opened(qtbot: QtBot, desk: Desk) -> VisitsPage:
    page = shown(qtbot, VisitsPage(desk))
    page.activateWindow()
    qtbot.waitUntil(lambda: not page.counting)
    return page


def units(page: VisitsPage) -> list[str]:
    model = part(page, QTableView, "visits.table").model()
    return [str(model.index(row, Column.OFFICE).data()) for row in range(model.rowCount())]


def found(page: VisitsPage) -> str:
    return text_of(page, "visits.found")


def tick(page: VisitsPage, chip: str, *values: str) -> QMenu:
    """Open a chip's menu by the keyboard and tick values there."""
    QTest.keyClick(part(page, FilterChip, chip), Qt.Key.Key_Return)
    menu = part(page, QMenu, f"{chip}.menu")
    for value in values:
        for _ in range(len(menu.actions())):
            active = menu.activeAction()
            if active is not None and active.data() == value:
                break
            QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    return menu


def test_what_is_typed_leaves_what_fits_and_says_how_much_is_hidden(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    for unit in ("Puskesmas Waihaong", "Dinas Pendidikan", "Puskesmas Rijali"):
        visit(workplace, library, unit)
    page = opened(qtbot, desk)
    assert found(page) == ""

    QTest.keyClicks(part(page, QLineEdit, "visits.search"), "PUSKESMAS")

    assert units(page) == ["Puskesmas Rijali", "Puskesmas Waihaong"]
    assert found(page) == "2 dari 3 kunjungan"
    click(page, "visits.clear")
    assert len(units(page)) == 3
    assert found(page) == ""
    assert part(page, QLineEdit, "visits.search").text() == ""


def test_where_nothing_fits_it_is_said_what_to_do(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit(workplace, library, "Dinas Pendidikan")
    page = opened(qtbot, desk)

    QTest.keyClicks(part(page, QLineEdit, "visits.search"), "xyz")

    assert text_of(page, "visits.nothing") == "Tidak ada kunjungan yang cocok"
    assert not part(page, QTableView, "visits.table").isVisible()
    assert_usable(page)
    click(page, "visits.nothing.clear")
    assert units(page) == ["Dinas Pendidikan"]


def test_filters_are_chosen_by_keys_and_stay_open_for_the_next_value(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit(workplace, library, "Dinas Pendidikan")
    coached = visit(workplace, library, "Samsat", kind=VisitKind.COACHING)
    voided = visit(workplace, library, "Kecamatan")
    open_session(workplace.store, voided, library).void("Salah unit")
    page = opened(qtbot, desk)
    page.resize(1366, 768)

    menu = tick(page, "visits.filter.states", "open", "voided")
    assert menu.isVisible()
    menu.close()
    assert len(units(page)) == 3
    menu = tick(page, "visits.filter.states", "open")  # once more takes it back
    menu.close()

    assert units(page) == ["Kecamatan"]
    assert part(page, FilterChip, "visits.filter.states").text() == "Keadaan: Dibatalkan"
    click(page, "visits.clear")
    menu = tick(page, "visits.filter.kinds", "coaching")
    menu.close()
    assert page.shown == (coached,)


def test_a_menu_says_how_many_there_are_of_each(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    for unit in ("A", "B"):
        visit(workplace, library, unit)
    first = visit(workplace, library, "C")
    answer(open_session(workplace.store, first, library), "P15-05", "practice", "present")
    page = opened(qtbot, desk)
    page.resize(1366, 768)

    menu = tick(page, "visits.filter.made")

    texts = [action.text() for action in menu.actions()]
    assert texts == ["Belum diisi\t2", "Sebagian terisi\t1"]
    menu.close()


def test_a_filter_on_what_is_counted_says_so_and_fills_in(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    done = visit(workplace, library, "Selesai")
    complete(open_session(workplace.store, done, library), workplace, tmp_path)
    visit(workplace, library, "Baru")
    show_at_next(desk, Sieve(zones=frozenset({Zone.GREEN})))

    page = shown(qtbot, VisitsPage(desk))
    at_first = text_of(page, "visits.nothing"), found(page)
    qtbot.waitUntil(lambda: not page.counting)

    assert at_first == ("Sedang dihitung …", "0 dari 2 kunjungan, 2 lagi dihitung …")
    assert units(page) == ["Selesai"]
    assert found(page) == "1 dari 2 kunjungan"


def test_a_second_opening_has_its_figures_at_once(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    done = visit(workplace, library, "Selesai")
    complete(open_session(workplace.store, done, library), workplace, tmp_path)
    first = opened(qtbot, desk)
    counted = part(first, QTableView, "visits.table").model().index(0, Column.PROGRESS).data()
    first.hide()
    assert workplace.store.counted.path.exists()

    second = shown(qtbot, VisitsPage(desk))
    qtbot.waitUntil(lambda: not second.counting)

    assert counted == "40 dari 40"
    model = part(second, QTableView, "visits.table").model()
    assert model.index(0, Column.PROGRESS).data() == counted
    assert model.index(0, Column.ZONE).data() == "Zona hijau"


def test_how_the_list_stood_is_remembered_until_the_store_is_locked(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit(workplace, library, "Alfa")
    wanted = visit(workplace, library, "Beta")
    visit(workplace, library, "Gama")
    page = opened(qtbot, desk)
    QTest.keyClicks(part(page, QLineEdit, "visits.search"), "beta")
    page.hide()

    again = opened(qtbot, desk)
    assert again.shown == (wanted,)
    assert part(again, QLineEdit, "visits.search").text() == "beta"

    again.hide()
    desk.forget()
    desk.open_with(workplace)
    assert len(units(opened(qtbot, desk))) == 3


def test_letters_over_the_list_search_and_enter_opens_what_was_found(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    wanted = visit(workplace, library, "Samsat")
    visit(workplace, library, "Dinas Pendidikan")
    page = opened(qtbot, desk)
    part(page, QTableView, "visits.table").setFocus()

    for letter in "sam":
        QTest.keyClicks(QApplication.focusWidget() or page, letter)
    search = part(page, QLineEdit, "visits.search")
    with qtbot.waitSignal(page.visit_opened) as told:
        QTest.keyClick(search, Qt.Key.Key_Return)

    assert search.text() == "sam"
    assert told.args == [wanted]
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    QTest.keyClick(search, Qt.Key.Key_Down)
    assert part(page, QTableView, "visits.table").hasFocus()


def test_the_list_is_sorted_as_chosen(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    for unit in ("Beta", "Alfa", "Gama"):
        visit(workplace, library, unit)
    page = opened(qtbot, desk)
    assert units(page) == ["Gama", "Alfa", "Beta"]

    tick(page, "visits.sort", "unit")

    assert units(page) == ["Alfa", "Beta", "Gama"]
    assert part(page, FilterChip, "visits.sort").text() == "Urutan: Unit A–Z"


def test_what_is_due_is_said_on_its_chip_in_its_row_and_leads_to_the_follow_up(
    desk: Desk, library: Library, clock: SteppingClock, qtbot: QtBot, tmp_path: Path
) -> None:
    workplace = desk.workplace
    done = visit(workplace, library, "Selesai")
    complete(open_session(workplace.store, done, library), workplace, tmp_path)
    clock.moment += timedelta(days=33)
    visit(workplace, library, "Baru")
    page = opened(qtbot, desk)
    chip = part(page, QPushButton, "visits.filter.due")

    assert chip.text() == "3 lewat tenggat"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)

    model = part(page, QTableView, "visits.table").model()
    assert units(page) == ["Selesai"]
    assert model.index(0, Column.OUTCOME).data() == "Selesai\nLewat 3 hari"
    with qtbot.waitSignal(page.new_from_wanted) as told:
        click(page, "visits.follow_up")
    (new,) = told.args
    assert isinstance(new, NewVisitFrom)
    assert (new.predecessor, new.kind, new.unit) == (done, VisitKind.FOLLOW_UP, "Selesai")


def test_the_next_office_is_one_press_away_once_one_was_visited_today(
    desk: Desk, workplace: Workplace, library: Library, clock: SteppingClock, qtbot: QtBot
) -> None:
    visit(workplace, library, "Samsat")
    page = opened(qtbot, desk)

    with qtbot.waitSignal(page.new_from_wanted) as told:
        click(page, "visits.next")
    with qtbot.waitSignal(page.new_from_wanted):
        ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(page, Qt.Key.Key_N, ctrl_shift)

    (new,) = told.args
    assert (new.assignment_letter, new.team, new.unit) == ("ST-Samsat", ("Hasan Slamat",), "")
    clock.moment += timedelta(days=1)
    page.hide()
    page.show()
    assert not part(page, QPushButton, "visits.next").isVisible()


def test_where_there_is_room_all_of_the_chosen_visit_is_told(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit(workplace, library, "Samsat", address_visited="Jl. Tulukabessy")
    page = shown(qtbot, VisitsPage(desk))
    told = {
        "lead": workplace.profile.name,
        "letter": "ST-Samsat",
        "team": "Hasan Slamat",
        "address": "Jl. Tulukabessy",
        "sync": "Hanya di perangkat ini",
    }
    page.resize(1366, 768)
    qtbot.waitUntil(lambda: not page.counting)
    # What was added to a layout is shown in a further turn.
    qtbot.waitUntil(lambda: all(text_of(page, f"visits.details.{name}") for name in told))

    assert {name: text_of(page, f"visits.details.{name}") for name in told} == told
    page.resize(700, 700)
    line = part(page, QLabel, "visits.details.line")
    qtbot.waitUntil(line.isVisible)
    assert "ST-Samsat" in line.text()
    assert part(page, QTableView, "visits.table").isColumnHidden(Column.OUTCOME)


def is_within(page: VisitsPage, control: QPushButton) -> bool:
    return page.rect().contains(control.mapTo(page, control.rect().bottomRight()))


@pytest.mark.parametrize("width", [600, 768, 1024, 1366])
def test_every_control_is_reached_at_every_width(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot, width: int
) -> None:
    visit(workplace, library, "Samsat")
    page = shown(qtbot, VisitsPage(desk))
    page.resize(width, 700)
    qtbot.waitUntil(lambda: not page.counting)
    QApplication.processEvents()

    assert_usable(page)
    for name in ("visits.new", "visits.open", "visits.export", "visits.verify", "visits.sort"):
        control = part(page, QPushButton, name)
        assert control.isVisible()
        qtbot.waitUntil(partial(is_within, page, control))  # laid out in further turns
    if width < 1200:
        filters = part(page, QPushButton, "visits.filters")
        assert not part(page, FilterChip, "visits.filter.zones").isVisible()
        QTest.mouseClick(filters, Qt.MouseButton.LeftButton)
    assert part(page, FilterChip, "visits.filter.zones").isVisible()


def test_the_visits_that_another_page_speaks_of_are_shown(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    voided = visit(workplace, library, "Batal")
    open_session(workplace.store, voided, library).void("Salah unit")
    visit(workplace, library, "Samsat")
    show_at_next(desk, Sieve(states=frozenset({VisitState.VOIDED})))

    assert units(opened(qtbot, desk)) == ["Batal"]


def test_a_visit_is_found_by_every_name_of_its_office(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    store = workplace.store
    city = Institution(store.new_id(), Names(DatedName("Kota Ambon")))
    unit = Unit(store.new_id(), Names(DatedName("Kantor Catatan Sipil")), city.id, "dinas")
    save_all(store, [city, unit])
    visit(workplace, library, "Kantor Catatan Sipil", unit_ref=unit.id)
    visit(workplace, library, "Puskesmas Hative")
    rename(store, unit.id, "Disdukcapil", since=None, reason=None)
    page = opened(qtbot, desk)

    page.show_sieve(Sieve(text="disdukcapil"))

    qtbot.waitUntil(lambda: units(page) == ["Kantor Catatan Sipil"])


def test_a_heading_sorts_by_its_column_and_then_the_other_way(
    desk: Desk, workplace: Workplace, library: Library, clock: SteppingClock, qtbot: QtBot
) -> None:
    for unit in ("Bappeda", "Dinas", "Arsip"):
        clock.moment += timedelta(hours=1)
        visit(workplace, library, unit)
    page = opened(qtbot, desk)

    def press(column: Column) -> None:
        header = part(page, QTableView, "visits.table").horizontalHeader()
        x = header.sectionViewportPosition(column) + 10
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))

    press(Column.OFFICE)
    assert units(page) == ["Arsip", "Bappeda", "Dinas"]
    assert part(page, FilterChip, "visits.sort").wanted == (Order.UNIT,)
    press(Column.ARRIVED)
    assert units(page) == ["Arsip", "Dinas", "Bappeda"]
    press(Column.ARRIVED)
    assert units(page) == ["Bappeda", "Dinas", "Arsip"]
    press(Column.STATE)  # it has no order
    assert units(page) == ["Bappeda", "Dinas", "Arsip"]


def test_the_rows_are_painted_before_anything_is_counted(
    desk: Desk, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    visit(workplace, library, "Dinas")
    page = VisitsPage(desk)
    table = part(page, VisitsTable, "visits.table")
    seen: list[bool] = []
    table.painted.connect(lambda: seen.append(page.counting))

    shown(qtbot, page)

    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0], "what counts had begun before a row was seen"
    qtbot.waitUntil(lambda: not page.counting)
