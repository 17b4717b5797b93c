"""The register through the window: filled from a table, mended, renamed, merged, and begun from."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot
from tests.conftest import SteppingClock
from tests.ui.hands_at_window import CTRL, NO_MODIFIER, Hands, drop, opened
from tests.ui.pages.hands import part
from tests.visiting import PASSPHRASE, complete

from assessor_app.compose import Application
from assessor_app.domain.visit import Visit
from assessor_app.services.enrolment import Workplace
from assessor_app.services.register.reading import kept
from assessor_app.services.session import Session
from assessor_app.services.visits import all_visits
from assessor_app.ui.directory import PageName
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.parts.row_table_view import RowTableView
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.register.merging import MergeDialog
from assessor_app.ui.pages.register.page import RegisterPage
from assessor_app.ui.widgets.fields import choose

HEAD = "instansi,provinsi,nama unit,kode,jenis objek,alamat\n"
WRONG = HEAD + ",,Dinas Kesehatan,,,\nKota Ambon,Maluku,Dinas Kependudukan,A-1,kapal,Jalan 1\n"
RIGHT = HEAD + (
    "Kota Ambon,Maluku,Dinas Kesehatan,A-2,dinas,Jalan Sudirman 2\n"
    "Kota Ambon,Maluku,Dinas Kependudukan,A-1,dinas,Jalan Pattimura 1\n"
)


class Keys:
    """Counts every key that is pressed where the focus is."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self.pressed = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.pressed += 1
        self._hands.key(key, modifier)

    def type(self, letters: str) -> None:
        for letter in letters:
            self.pressed += 1
            QTest.keyClicks(QApplication.focusWidget() or self._hands.window, letter)


@pytest.fixture
def hands(application: Application, qtbot: QtBot) -> Hands:
    return opened(application, qtbot)


@pytest.fixture
def visited(session: Session) -> Visit:
    """An open visit to Dinas Kependudukan of Kota Ambon, from before there was a register."""
    return session.snapshot.visit


def to_register(hands: Hands) -> RegisterPage:
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.window.page.register_wanted.emit()  # type: ignore[attr-defined]  # of VisitsPage
    hands.at(PageName.REGISTER)
    page = hands.window.page
    assert isinstance(page, RegisterPage)
    return page


def table(folder: Path, text: str) -> Path:
    path = folder / "kantor.csv"
    path.write_text(text, encoding="utf-8")
    return path


def filled(hands: Hands, folder: Path) -> RegisterPage:
    """The register with two offices, by way of a table."""
    page = to_register(hands)
    assert drop(page, [table(folder, RIGHT)])
    hands.wait_for("register.preview.take")
    hands.click("register.preview.take")
    hands.wait_for("register.table")
    return page


def row_of(hands: Hands, name: str, at: str = "register.table") -> str:
    rows = part(hands.window, RowTableView, at).rows
    return next(str(row.target) for row in rows if row.shown(0) == name)


def open_office(hands: Hands, name: str) -> None:
    hands.type("register.search", name)
    view = part(hands.window, RowTableView, "register.table")
    view.choose(row_of(hands, name))
    view.setFocus()
    hands.key(Qt.Key.Key_Return)
    hands.wait_for("register.office.rename")


def test_a_table_with_faults_is_mended_seen_and_taken_over(
    hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    page = to_register(hands)
    path = table(tmp_path, WRONG)

    assert drop(page, [path])
    hands.wait_for("register.report.lines")
    told = part(page, QTextEdit, "register.report.lines").toPlainText()
    assert "baris 2" in told
    assert "baris 3" in told
    assert "kapal" in told

    table(tmp_path, RIGHT)
    hands.click("register.report.back")
    assert drop(page, [path])
    hands.wait_for("register.preview.take")
    assert "3 baru" in part(page, QLabel, "register.preview.counts").text()
    assert not kept(hands.window.desk.workplace.store).register.units  # nothing is written yet
    hands.click("register.preview.take")
    hands.wait_for("register.table")
    assert len(kept(hands.window.desk.workplace.store).register.units) == 2
    told = part(page, QLabel, "register.notice.text").text()
    assert "Baru: 3 · berganti nama: 0 · digabung: 0 · berubah: 0" in told
    assert told not in part(hands.window, QLabel, "status.said").text()  # once is enough

    assert drop(page, [path])
    hands.wait_for("register.preview.take")
    assert "2 tetap" in part(page, QLabel, "register.preview.counts").text()


def test_a_visit_of_the_old_name_is_found_after_renaming_and_merging(
    visited: Visit, hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    filled(hands, tmp_path)
    open_office(hands, "Dinas Kependudukan")
    assert row_texts(hands)
    hands.click("register.office.rename")
    hands.type("register.renaming.name", "Dinas Dukcapil")
    hands.type("register.renaming.reason", "Perwali 3/2026")
    hands.click("register.renaming.go")
    hands.wait_for("register.office.merge")

    hands.click("register.office.merge")
    dialog = hands.window.findChild(MergeDialog)
    assert dialog is not None
    QTest.keyClicks(part(dialog, QLineEdit, "register.merging.search"), "keseh")
    hands.key(Qt.Key.Key_Return)
    hands.click("register.merging.go")
    hands.wait_for("register.office.visits")

    (shown,) = row_texts(hands)
    assert visited.id == shown.target
    assert "tercatat sebagai: Dinas Kependudukan" in shown.detail
    hands.key(Qt.Key.Key_Escape)
    hands.type("register.search", "kependudukan")
    row = part(hands.window, RowTableView, "register.table").rows[0]
    assert row.shown(0) == "Dinas Dukcapil"
    assert "dahulu: Dinas Kependudukan" in row.spoken


def row_texts(hands: Hands) -> list[Row]:
    return list(part(hands.window, RowView, "register.office.visits").rows.rows)


def test_a_visit_is_begun_from_the_register_in_ten_keys(
    hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    filled(hands, tmp_path)
    hands.key(Qt.Key.Key_Escape)
    hands.at(PageName.VISITS)
    keys = Keys(hands)

    keys.press(Qt.Key.Key_N, CTRL)
    hands.at(PageName.NEW_VISIT)
    keys.type("kep")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    hands.at(PageName.CHECKLIST)

    (visit,) = all_visits(hands.window.desk.workplace.store)
    assert keys.pressed <= 10
    assert (visit.institution, visit.unit) == ("Kota Ambon", "Dinas Kependudukan")
    assert visit.address_visited == "Jalan Pattimura 1"
    unit = kept(hands.window.desk.workplace.store).index.unit_by_code("A-1")
    assert unit is not None
    assert (visit.unit_ref, visit.institution_ref) == (unit.id, unit.institution)


def test_a_typed_office_is_put_into_the_register_by_one_tap(hands: Hands, qtbot: QtBot) -> None:
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.key(Qt.Key.Key_N, CTRL)
    hands.at(PageName.NEW_VISIT)
    hands.type("new_visit.institution", "Kota Tual")
    hands.type("new_visit.unit", "Dinas Sosial")
    hands.key(Qt.Key.Key_Tab)
    hands.wait_for("new_visit.register")
    hands.touch("new_visit.register")
    hands.click("new_visit.start")
    hands.at(PageName.CHECKLIST)

    store = hands.window.desk.workplace.store
    unit = kept(store).index.unit_of("Kota Tual", "Dinas Sosial")
    assert unit is not None
    assert all_visits(store)[0].unit_ref == unit.id


def test_a_form_that_is_not_started_survives_lock_and_close(
    application: Application, hands: Hands, qtbot: QtBot
) -> None:
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.key(Qt.Key.Key_N, CTRL)
    hands.at(PageName.NEW_VISIT)
    hands.type("new_visit.institution", "Kota Tual")
    hands.type("new_visit.letter", "ST/9/2026")
    hands.key(Qt.Key.Key_L, CTRL)
    hands.at(PageName.UNLOCK)
    hands.unlock()
    hands.at(PageName.NEW_VISIT)
    assert part(hands.window, QLineEdit, "new_visit.institution").text() == "Kota Tual"
    hands.type("new_visit.unit", "Dinas Sosial")
    hands.window.close()

    again = opened(application, qtbot)
    again.type("unlock.passphrase", PASSPHRASE)
    again.key(Qt.Key.Key_Return)
    again.at(PageName.VISITS)
    again.key(Qt.Key.Key_N, CTRL)
    again.at(PageName.NEW_VISIT)

    texts = [
        part(again.window, QLineEdit, f"new_visit.{name}").text()
        for name in ("institution", "unit", "letter")
    ]
    assert texts == ["Kota Tual", "Dinas Sosial", "ST/9/2026"]
    again.click("new_visit.notice.action")
    assert part(again.window, QLineEdit, "new_visit.unit").text() == ""


def test_last_years_answer_stands_beside_the_indicator_and_is_not_copied(
    session: Session,
    workplace: Workplace,
    clock: SteppingClock,
    hands: Hands,
    tmp_path: Path,
) -> None:
    complete(session, workplace, tmp_path)
    clock.moment += timedelta(days=365)
    hands.unlock()
    hands.at(PageName.VISITS)
    keys = Keys(hands)
    keys.press(Qt.Key.Key_N, CTRL)
    hands.at(PageName.NEW_VISIT)
    keys.type("kep")
    keys.press(Qt.Key.Key_Return)
    choose(part(hands.window, QComboBox, "new_visit.instrument"), "2015-pemda@1")
    hands.click("new_visit.start")
    hands.at(PageName.CHECKLIST)
    hands.window.mend("P15-06")
    hands.at(PageName.CHECKLIST)

    hands.wait_for("last_year.P15-06.more")
    told = part(hands.window, QLabel, "last_year.P15-06.line").toolTip()
    assert "kertas: Ada" in told
    assert "temuan terbuka, lewat batas" in told
    hands.click("last_year.P15-06.more")
    hands.wait_for("last_year.P15-06.photos")
    hands.click("last_year.P15-06.photos")
    hands.wait_for("follow_up.then_photos.close")
    hands.click("follow_up.then_photos.close")
    assert not hands.checklist.session.snapshot.observations
