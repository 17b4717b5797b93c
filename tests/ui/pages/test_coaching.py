"""The coaching page: repairs tried out with a tick, their score at once, and the sheet."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLabel
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import click, part, shown, wait_for_tasks
from tests.visiting import answer_all

from assessor_app.reporting.reading import read_back
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.improve.page import ImprovePage
from assessor_app.ui.pages.improve.sheet import save_sheet
from assessor_app.ui.widgets.band_bar import BandBar


def opened(desk: Desk, session: Session, qtbot: QtBot) -> ImprovePage:
    page = shown(qtbot, ImprovePage(desk, session))
    wait_for_tasks(qtbot, desk)
    return page


def test_a_ticked_repair_shows_its_score_at_once_and_stays_ticked(
    desk: Desk, session: Session, qtbot: QtBot
) -> None:
    answer_all(session, absent={"P15-06": "both", "P15-01": "practice"})
    page = opened(desk, session, qtbot)
    told = part(page, QLabel, "improve.simulated")
    assert told.text() == "Centang perbaikan untuk melihat nilainya seketika."

    part(page, QCheckBox, "improve.effort.P15-01.tick").click()

    now = session.scores()
    assert now
    assert told.text().startswith("Bila 1 yang dicentang diperbaiki (upaya 1):")
    assert "Sesudah" in page.findChild(BandBar).accessibleName()  # type: ignore[union-attr]  # it is there
    page.settle()
    again = opened(desk, session, qtbot)
    assert part(again, QCheckBox, "improve.effort.P15-01.tick").isChecked()


def test_what_is_advised_is_ticked_by_one_press_and_let_go_by_another(
    desk: Desk, session: Session, qtbot: QtBot
) -> None:
    answer_all(session, absent={"P15-06": "both", "P15-01": "practice", "P15-05": "both"})
    page = opened(desk, session, qtbot)
    boxes = [one for one in page.findChildren(QCheckBox) if one.objectName().endswith(".tick")]

    click(page, "improve.tick_advised")
    assert any(one.isChecked() for one in boxes)
    click(page, "improve.tick_advised")
    assert not any(one.isChecked() for one in boxes)


def test_the_sheet_is_written_whole_and_says_that_it_is_no_judgement(
    desk: Desk, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    answer_all(session, absent={"P15-06": "both", "P15-01": "practice"})
    page = opened(desk, session, qtbot)
    part(page, QCheckBox, "improve.effort.P15-01.tick").click()
    path = tmp_path / "lembar.pdf"

    assert page._found is not None
    save_sheet(desk, page._sheet(page._found), path)

    text = " ".join(read_back(path.read_bytes()).page_texts)
    assert "Lembar pembinaan" in text
    assert "P15-01" in text
    assert "bukan penilaian Ombudsman" in text
