"""An instrument without weights: completeness, gaps and findings, and why there is no number."""

import re

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar, QTableView, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.checklist_hands import Look
from tests.ui.pages.hands import part, shown
from tests.visiting import answer

from assessor_app.domain.instrument import Instrument
from assessor_app.instruments.library import Library
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.visit_list import Column
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.review.page import ReviewPage
from assessor_app.ui.pages.starting.instrument_choice import InstrumentChoice, visitable
from assessor_app.ui.pages.starting.new_visit import NewVisitPage
from assessor_app.ui.pages.visits.page import VisitsPage
from assessor_app.ui.widgets.fields import choose, value_of
from assessor_app.ui.widgets.gauge import Gauge

NUMBER = re.compile(r"\d+[.,]\d\d")


def said(page: QWidget) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisible()]


def why(desk: Desk, instrument: Instrument) -> str:
    """The instrument's own sentence on why there is no number."""
    assert instrument.unweighted_because is not None
    return desk.words.of(instrument.unweighted_because)


def part_of_the_way(session: Session) -> None:
    answer(session, "U-01", "paperwork", "present")
    answer(session, "U-01", "practice", "absent")
    answer(session, "U-03", "paperwork", "absent")
    answer(session, "U-03", "practice", "absent")


@pytest.mark.parametrize("width", [1366, 1024])
def test_the_checklist_shows_no_number_and_says_why(
    look: Look, unweighted: Session, width: int
) -> None:
    part_of_the_way(unweighted)
    at = look(unweighted, "U-01", size=(width, 700))

    told = said(at.page)

    assert unweighted.scores() == {}
    assert not at.page.findChildren(Gauge)
    assert not [text for text in told if NUMBER.search(text)]
    if width > 1240:
        assert why(at.desk, unweighted.instrument) in told
        assert "4 dari 7 sisi terjawab" in told
        assert "Hanya di atas kertas: 1\nTidak ada di keduanya: 1" in told
        assert "Temuan: 2" in told
    else:
        assert "Tanpa nilai · 4 dari 7 sisi terjawab" in told


def test_completeness_follows_each_answer(look: Look, unweighted: Session) -> None:
    at = look(unweighted, "U-01")
    bar = part(at.page, QProgressBar, "checklist.completeness")
    assert (bar.value(), bar.maximum()) == (0, 7)

    at.click("indicator.U-01.paperwork.present")

    assert bar.value() == 1
    assert "1 dari 7 sisi terjawab" in said(at.page)


def test_no_weight_stands_at_an_indicator(look: Look, unweighted: Session) -> None:
    at = look(unweighted, "U-01")

    assert not [text for text in said(at.page) if text.startswith("bobot")]


def test_the_review_lists_findings_without_points(
    desk: Desk, unweighted: Session, qtbot: QtBot
) -> None:
    part_of_the_way(unweighted)
    page = shown(qtbot, ReviewPage(desk, unweighted))

    rows = part(page, RowView, "review.findings").rows.rows

    assert [row.code for row in rows] == ["U-01", "U-03"]
    assert [row.detail for row in rows] == ["Hanya di atas kertas", "Tidak ada di keduanya"]


def test_the_list_of_visits_says_that_there_is_no_score(
    desk: Desk, unweighted: Session, qtbot: QtBot
) -> None:
    part_of_the_way(unweighted)
    page = shown(qtbot, VisitsPage(desk))
    qtbot.waitUntil(lambda: not page.counting)

    model = part(page, QTableView, "visits.table").model()

    assert model.index(0, Column.ZONE).data() == "Tanpa nilai"
    assert model.index(0, Column.PROGRESS).data() == "4 dari 7"


def test_a_new_visit_takes_todays_instrument_and_says_what_it_is_worth(
    desk: Desk, qtbot: QtBot
) -> None:
    page = shown(qtbot, NewVisitPage(desk))

    chosen = desk.application.library.get(value_of(part(page, QComboBox, "new_visit.instrument")))
    assert chosen.year == 2026
    assert not chosen.weighted
    assert why(desk, chosen) in "\n".join(said(page))


def test_every_instrument_can_be_chosen_the_newest_first(desk: Desk, qtbot: QtBot) -> None:
    choice = InstrumentChoice(desk, "new_visit.instrument", visitable(desk))
    qtbot.addWidget(choice)
    rows = [choice.combo.itemText(place) for place in range(choice.combo.count())]

    years = [int(row[:4]) for row in rows if row[4] != "–"]
    assert years == sorted(years, reverse=True)
    assert any(row.startswith("2023–2024 † · ") for row in rows)
    assert any(row.startswith("2026 (tanpa nilai) · ") for row in rows)
    choose(choice.combo, "small@1")
    assert choice.instrument is not None
    assert choice.instrument.id == "small"


def test_kinds_of_office_follow_the_instrument(desk: Desk, library: Library, qtbot: QtBot) -> None:
    page = shown(qtbot, NewVisitPage(desk))
    offices = part(page, QComboBox, "new_visit.object_type")

    choose(part(page, QComboBox, "new_visit.instrument"), "kinds@1")

    kinds = [offices.itemData(place) for place in range(offices.count())]
    assert kinds == [one.code for one in library.get("kinds").object_types]
    assert value_of(offices) == "opd"
