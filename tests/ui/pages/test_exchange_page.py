"""A visit out of one window into a file, and out of that file into a colleague's window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.exchanging import SPOKEN, Desks, desks_in
from tests.exchanging import Desk as Device
from tests.services.test_former_answers import lead_and_colleague, moved
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
    wait_for_tasks,
)
from tests.visiting import answer, attach

from assessor_app.domain.visit import Outcome
from assessor_app.services.visits import close_visit
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.visits.exporting import ExportDialog
from assessor_app.ui.pages.visits.importing import ImportDialog
from assessor_app.ui.pages.visits.page import VisitsPage


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


_OPENED: list[Desk] = []


@pytest.fixture(autouse=True)
def rested() -> Iterator[None]:
    """What a page still reads when its test ends comes to its end."""
    yield
    while _OPENED:
        desk = _OPENED.pop()
        desk.tasks.wait()
        desk.background.wait()


def page_of(device: Device, qtbot: QtBot) -> tuple[VisitsPage, Desk]:
    desk = desk_over(device.application)
    desk.open_with(device.workplace)
    _OPENED.append(desk)
    page = shown(qtbot, VisitsPage(desk))
    qtbot.waitUntil(lambda: not page.counting, timeout=PATIENCE_MS)
    return page, desk


def told(dialog: QWidget) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def exported(page: VisitsPage, desk: Desk, qtbot: QtBot, path: Path) -> ExportDialog:
    """Export the chosen visit with the passphrase that is told by mouth."""
    click(page, "visits.export")
    dialog = part(page, ExportDialog, "export")
    type_into(dialog, "export.passphrase", SPOKEN)
    type_into(dialog, "export.again", SPOKEN)
    part(dialog, QLineEdit, "export.path").setText(str(path))
    click(dialog, "export.go")
    wait_for_tasks(qtbot, desk)
    return dialog


def imported(page: VisitsPage, desk: Desk, qtbot: QtBot, path: Path) -> ImportDialog:
    page.import_file(path)
    dialog = part(page, ImportDialog, "import")
    type_into(dialog, "import.passphrase", SPOKEN)
    click(dialog, "import.go")
    wait_for_tasks(qtbot, desk)
    return dialog


def test_a_visit_travels_from_one_window_to_another(
    desks: Desks, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    answer(session, "P15-06", "practice", "absent")
    attach(session, "P15-06", tmp_path)
    page, desk = page_of(one, qtbot)
    dialog = exported(page, desk, qtbot, tmp_path / "stik")

    path = tmp_path / "stik.kunjungan"
    assert path.is_file()
    assert "stik.kunjungan" in told(dialog)
    assert str(tmp_path) in told(dialog)
    assert "3 peristiwa · 1 berkas bukti" in told(dialog)
    head = one.workplace.store.head(session.visit_id)
    assert head[:16] in told(dialog)
    assert_usable(dialog)
    dialog.close()

    page, desk = page_of(other, qtbot)
    came = imported(page, desk, qtbot, path)

    assert text_of(came, "import.notice.text") == desk.say("exchange.import.done")
    assert "Dari Asesor A" in told(came)
    assert "Peristiwa baru: 3 · berkas bukti baru: 1" in told(came)
    assert "Rekan yang baru dikenal perangkat ini: Asesor A, Perwakilan A." in told(came)
    assert "Cocokkan sidik kuncinya" in told(came)
    assert_usable(came)
    with qtbot.waitSignal(page.visit_opened) as opened:
        click(came, "import.open")
    assert opened.args == [session.visit_id]
    assert page.chosen == session.visit_id
    seen = other.open(session.visit_id).snapshot
    assert seen == session.snapshot


def test_the_passphrase_is_asked_twice_and_never_the_file_replaced(
    desks: Desks, qtbot: QtBot, tmp_path: Path
) -> None:
    one = desks("A")
    one.begin()
    page, desk = page_of(one, qtbot)
    click(page, "visits.export")
    dialog = part(page, ExportDialog, "export")
    click(dialog, "export.go")
    assert faults(dialog) == [desk.say("exchange.export.empty")]

    type_into(dialog, "export.passphrase", SPOKEN)
    type_into(dialog, "export.again", "lain")
    click(dialog, "export.go")
    assert faults(dialog) == [desk.say("exchange.export.differs")]
    wait_for_tasks(qtbot, desk)
    assert "lisan" in told(dialog)

    there = tmp_path / "sudah-ada.kunjungan"
    there.write_bytes(b"milik orang lain")
    part(dialog, QLineEdit, "export.again").setText(SPOKEN)
    part(dialog, QLineEdit, "export.path").setText(str(there))
    click(dialog, "export.go")
    wait_for_tasks(qtbot, desk)

    assert len(faults(dialog)) == 1
    assert there.read_bytes() == b"milik orang lain"
    assert_usable(dialog)
    dialog.close()


def test_a_small_file_says_what_it_leaves_out_and_the_other_side_what_lacks(
    desks: Desks, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    attach(session, "P15-06", tmp_path)
    page, desk = page_of(one, qtbot)
    click(page, "visits.export")
    dialog = part(page, ExportDialog, "export")
    for name in ("export.passphrase", "export.again"):
        type_into(dialog, name, SPOKEN)
    part(dialog, QCheckBox, "export.without_evidence").setChecked(True)
    part(dialog, QLineEdit, "export.path").setText(str(tmp_path / "kecil.kunjungan"))
    click(dialog, "export.go")
    wait_for_tasks(qtbot, desk)
    assert "2 peristiwa · 0 berkas bukti" in told(dialog)
    assert "Bukti yang tidak ikut dalam berkas ini: 1" in told(dialog)
    dialog.close()

    page, desk = page_of(other, qtbot)
    came = imported(page, desk, qtbot, tmp_path / "kecil.kunjungan")

    assert "Bukti yang belum ikut dalam berkas ini: 1" in told(came)
    came.close()


def test_answers_under_a_former_instrument_are_named_to_be_looked_at_again(
    desks: Desks, qtbot: QtBot, tmp_path: Path
) -> None:
    lead, colleague = lead_and_colleague(desks, tmp_path)
    visit = lead.begin("kinds@1").visit_id
    colleague.take_in(lead.export(visit))
    answer(colleague.open(visit), "K-06", "practice", "12")
    moved(lead, lead.open(visit))
    path = colleague.export(visit)

    page, desk = page_of(lead, qtbot)
    came = imported(page, desk, qtbot, path)

    assert desk.say("exchange.import.former", indicators="K-06") in told(came)
    came.close()


def test_a_wrong_passphrase_is_told_at_its_field_and_nothing_is_taken(
    desks: Desks, qtbot: QtBot
) -> None:
    one, other = desks("A"), desks("B")
    path = one.export(one.begin().visit_id)
    page, desk = page_of(other, qtbot)
    page.import_file(path)
    dialog = part(page, ImportDialog, "import")
    click(dialog, "import.go")
    assert faults(dialog) == [desk.say("exchange.import.empty")]

    type_into(dialog, "import.passphrase", "bukan ini")
    click(dialog, "import.go")
    wait_for_tasks(qtbot, desk)

    assert len(faults(dialog)) == 1
    assert "Frasa sandi ini tidak membuka" in faults(dialog)[0]
    assert not other.workplace.store.log.frames()
    dialog.close()


def test_a_foreign_file_is_told_as_such(desks: Desks, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "surat.kunjungan"
    path.write_bytes(b"bukan kunjungan")
    page, desk = page_of(desks("A"), qtbot)

    dialog = imported(page, desk, qtbot, path)

    assert "bukan berkas kunjungan" in text_of(dialog, "import.notice.text")
    dialog.close()


def test_conflicts_that_came_lead_on_to_the_visit_and_are_seen_in_the_list(
    desks: Desks, qtbot: QtBot
) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    visit = session.visit_id
    other.take_in(one.export(visit))
    answer(session, "P15-06", "practice", "absent")
    answer(other.open(visit), "P15-06", "practice", "present")
    page, desk = page_of(one, qtbot)

    dialog = imported(page, desk, qtbot, other.export(visit))

    assert "Pertentangan yang perlu diselesaikan: 1" in text_of(dialog, "import.notice.text")
    assert part(dialog, QAbstractButton, "import.open").text() == "Buka dan selesaikan"
    dialog.close()
    qtbot.waitUntil(lambda: not page.counting, timeout=PATIENCE_MS)
    (row,) = page._table.rows
    assert row.state == "Berlangsung; 1 pertentangan"
    qtbot.waitUntil(lambda: page.findChild(ImportDialog) is None, timeout=PATIENCE_MS)

    again = imported(page, desk, qtbot, other.export(visit))
    assert text_of(again, "import.notice.text") == desk.say("exchange.import.nothing_new")
    again.close()


def test_a_visit_with_late_records_is_marked_in_the_list(desks: Desks, qtbot: QtBot) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    visit = session.visit_id
    other.take_in(one.export(visit))
    answer(other.open(visit), "P15-06", "practice", "present")
    now = one.workplace.store.clock.now()
    close_visit(session, one.workplace, Outcome.STOPPED, departure=now, account="Dihentikan")
    page, desk = page_of(one, qtbot)

    dialog = imported(page, desk, qtbot, other.export(visit))

    assert desk.say("late.count", count=1) in told(dialog)
    dialog.close()
    qtbot.waitUntil(lambda: not page.counting, timeout=PATIENCE_MS)
    (row,) = page._table.rows
    assert row.state == "Ditutup; 1 terlambat"


def test_an_empty_list_offers_to_import(
    desks: Desks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = desks("A"), desks("B")
    path = one.export(one.begin().visit_id)
    page, _ = page_of(other, qtbot)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))  # the system's

    click(page, "visits.empty.import")

    assert path.name in told(part(page, QDialog, "import"))
    part(page, QDialog, "import").close()
