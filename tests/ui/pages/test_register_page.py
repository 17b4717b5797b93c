"""The page of the register: what is offered, added, edited, merged, stopped, and written out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import (
    assert_usable,
    click,
    part,
    shown,
    text_of,
    type_into,
    wait_for_tasks,
)

from assessor_app.domain.problem import RegisterRefused
from assessor_app.domain.register import Institution, Unit
from assessor_app.services.register.reading import kept, read_register
from assessor_app.services.session import Session
from assessor_app.services.starting import NewVisitFrom
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.row_table_view import RowTableView
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.register.page import RegisterPage
from assessor_app.ui.widgets.fields import choose

TABLE = (
    "instansi,nama unit,kode,jenis objek\n"
    "Kota Ambon,Dinas Kesehatan,A-1,dinas\n"
    "Kota Ambon,Puskesmas Hitu,A-2,puskesmas\n"
)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> RegisterPage:
    made = shown(qtbot, RegisterPage(desk))
    wait_for_tasks(qtbot, desk)
    return made


def take(page: RegisterPage, desk: Desk, qtbot: QtBot, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    page.import_file(path)
    wait_for_tasks(qtbot, desk)
    click(page, "register.preview.take")
    wait_for_tasks(qtbot, desk)


def choose_in_menu(page: RegisterPage, name: str) -> None:
    found = page.findChild(QAction, name)
    assert found is not None
    found.trigger()


def unit(desk: Desk, code: str) -> Unit:
    found = kept(desk.workplace.store).index.unit_by_code(code)
    assert found is not None
    return found


def test_an_office_is_added_with_its_institution_then_edited_and_the_step_undone(
    page: RegisterPage, desk: Desk, qtbot: QtBot
) -> None:
    assert_usable(page)
    click(page, "register.add")
    click(page, "register.unit.go")
    assert not read_register(desk.workplace.store).units
    type_into(page, "register.unit.institution", "Kab. Buru")
    type_into(page, "register.unit.name", "Dinas Sosial")
    type_into(page, "register.unit.code", "B-1")
    choose(part(page, QComboBox, "register.unit.kind"), "dinas")
    click(page, "register.unit.go")
    wait_for_tasks(qtbot, desk)
    institution = read_register(desk.workplace.store).institution_of(unit(desk, "B-1"))
    assert institution is not None
    assert institution.name == "Kabupaten Buru"

    click(page, "register.office.edit")
    type_into(page, "register.unit.address", "Jalan Namlea 3")
    type_into(page, "register.unit.aliases", "Dinsos; Sosial")
    click(page, "register.unit.go")
    wait_for_tasks(qtbot, desk)
    assert unit(desk, "B-1").address == "Jalan Namlea 3"
    assert unit(desk, "B-1").names.aliases == ("Dinsos", "Sosial")

    choose_in_menu(page, "register.undo")
    wait_for_tasks(qtbot, desk)
    assert unit(desk, "B-1").address is None
    assert text_of(page, "register.notice.text") == desk.say("register.undone")


def test_an_institution_is_edited_and_leads_to_its_units(
    page: RegisterPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    take(page, desk, qtbot, tmp_path / "k.csv", TABLE)
    (institution,) = read_register(desk.workplace.store).institutions.values()
    page.open_office(institution.id)
    wait_for_tasks(qtbot, desk)
    assert_usable(page)

    click(page, "register.office.edit")
    type_into(page, "register.institution.province", "Maluku")
    type_into(page, "register.institution.code", "8171")
    click(page, "register.institution.go")
    wait_for_tasks(qtbot, desk)

    (changed,) = read_register(desk.workplace.store).institutions.values()
    assert isinstance(changed, Institution)
    assert (changed.province, changed.code) == ("Maluku", "8171")


def test_an_office_that_is_no_more_leaves_the_list_until_all_are_wanted(
    page: RegisterPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    take(page, desk, qtbot, tmp_path / "k.csv", TABLE)
    page.open_office(unit(desk, "A-2").id)
    wait_for_tasks(qtbot, desk)
    with qtbot.waitSignal(page.new_visit_wanted) as told:
        click(page, "register.office.visit")
    assert isinstance(told.args[0], NewVisitFrom)
    assert told.args[0].unit == "Puskesmas Hitu"
    click(page, "register.office.retire")
    type_into(page, "register.retiring.since", "x")
    click(page, "register.retiring.go")
    assert unit(desk, "A-2").stands
    part(page, QLineEdit, "register.retiring.since").setText("1/2/2026")
    click(page, "register.retiring.go")
    wait_for_tasks(qtbot, desk)

    QTest.keyClick(page, Qt.Key.Key_Escape)
    table = part(page, RowTableView, "register.table")
    assert [row.shown(0) for row in table.rows] == ["Kota Ambon", "Dinas Kesehatan"]
    part(page, QCheckBox, "register.everything").click()
    assert len(table.rows) == 3


def test_the_names_of_earlier_visits_are_offered_and_taken_by_one_tap(
    session: Session, desk: Desk, qtbot: QtBot
) -> None:
    page = shown(qtbot, RegisterPage(desk))
    wait_for_tasks(qtbot, desk)
    assert "1" in text_of(page, "register.notice.text")

    click(page, "register.notice.action")
    wait_for_tasks(qtbot, desk)

    visit = session.snapshot.visit
    assert kept(desk.workplace.store).index.unit_of(visit.institution, visit.unit) is not None
    found = kept(desk.workplace.store).index.search("kependudukan")[0]
    page.open_office(found.id)
    wait_for_tasks(qtbot, desk)
    with qtbot.waitSignal(page.visit_opened) as told:
        view = part(page, RowView, "register.office.visits")
        view.setFocus()
        view.choose(visit.id)
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert told.args == [visit.id]


def test_a_doubtful_row_is_decided_by_a_tap_and_all_of_them_by_a_choice(
    page: RegisterPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    take(page, desk, qtbot, tmp_path / "k.csv", TABLE)
    path = tmp_path / "m.csv"
    path.write_text("instansi,nama unit\nKota Ambon,Dinas Kesehtan\n", encoding="utf-8")
    page.import_file(path)
    wait_for_tasks(qtbot, desk)
    assert "meragukan" in text_of(page, "register.preview.counts")

    table = part(page, RowTableView, "register.preview.table")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_for_tasks(qtbot, desk)
    assert table.rows[0].shown(1) == desk.say("register.decided.same")
    QTest.keyClick(table, Qt.Key.Key_Return)
    wait_for_tasks(qtbot, desk)
    assert table.rows[0].shown(1) == desk.say("register.decided.new")
    click(page, "register.preview.take")
    wait_for_tasks(qtbot, desk)
    assert len(read_register(desk.workplace.store).units) == 3


def test_the_register_and_an_empty_table_are_written_where_it_is_said(
    page: RegisterPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(page, desk, qtbot, tmp_path / "k.csv", TABLE)
    places = iter([tmp_path / "keluar.csv", tmp_path / "kosong"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(next(places)), ""))

    choose_in_menu(page, "register.export")
    wait_for_tasks(qtbot, desk)
    assert "Puskesmas Hitu" in (tmp_path / "keluar.csv").read_text(encoding="utf-8-sig")
    choose_in_menu(page, "register.template")
    wait_for_tasks(qtbot, desk)
    assert (tmp_path / "kosong.csv").exists()
    assert "merged_into" in part(page, QTextEdit, "register.report.lines").toPlainText()


def test_looking_at_a_table_is_stopped_and_nothing_was_written(
    page: RegisterPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "besar.csv"
    rows = "\n".join(f"Kota Ambon,Dinas {place}" for place in range(3000))
    path.write_text(f"instansi,nama unit\n{rows}", encoding="utf-8")

    page.import_file(path)
    click(page, "register.stop")
    wait_for_tasks(qtbot, desk)

    assert text_of(page, "register.notice.text") == desk.told(
        RegisterRefused("register_import_stopped")
    )
    assert not read_register(desk.workplace.store).units


def test_the_page_stands_at_the_same_office_in_another_language(
    page: RegisterPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    take(page, desk, qtbot, tmp_path / "k.csv", TABLE)
    page.open_office(unit(desk, "A-1").id)
    wait_for_tasks(qtbot, desk)
    desk.language = Language.ENGLISH

    again = shown(qtbot, RegisterPage(desk))
    again.take_over(page)
    wait_for_tasks(qtbot, desk)

    assert again.standing == unit(desk, "A-1").id
    labels = [one.text() for one in again.findChildren(QLabel)]
    assert "Dinas Kesehatan" in labels
