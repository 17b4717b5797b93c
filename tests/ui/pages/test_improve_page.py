"""The page of the way to green, by mouse and keys, on a real store and the real solver."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QSpinBox
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import (
    PATIENCE_MS,
    assert_usable,
    click,
    desk_over,
    part,
    shown,
    text_of,
    wait_for_tasks,
)
from tests.visiting import answer, answer_all, record

from assessor_app.compose import Application
from assessor_app.domain.visit import Outcome, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.drafts import draft
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.improve.page import ImprovePage
from assessor_app.ui.theme import TOUCH_TARGET_PX
from assessor_app.ui.widgets.band_bar import BandBar
from assessor_app.ui.widgets.share_bar import ShareBar

Open = Callable[[Session], ImprovePage]
ADVISED = "Disarankan"


@pytest.fixture
def desk(application: Application, workplace: Workplace) -> Desk:
    made = desk_over(application)
    made.open_with(workplace)
    return made


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Iterator[Open]:
    kept: list[ImprovePage] = []

    def build(session: Session) -> ImprovePage:
        page = shown(qtbot, ImprovePage(desk, session))
        page.activateWindow()
        kept.append(page)
        wait_for_tasks(qtbot, desk)
        QApplication.processEvents()  # the rows are laid out
        return page

    yield build
    for page in kept:
        page.settle()
    desk.tasks.wait()


@pytest.fixture
def yellow(session: Session) -> Session:
    """86 of 110: 3 points are lacking, and any of three repairs brings them."""
    answer_all(session, absent={"P15-04": "practice", "P15-01": "practice", "P15-02": "both"})
    return session


def advised(page: ImprovePage) -> list[str]:
    """The codes of the repairs that are marked as advised, in the order of the page."""
    return [
        spin.objectName().removeprefix("improve.effort.")
        for spin in rows(page)
        if any(one.accessibleName() == ADVISED for one in _row(spin).findChildren(QLabel))
    ]


def rows(page: ImprovePage) -> list[QSpinBox]:
    """The efforts of all rows from above."""
    return sorted(page.findChildren(QSpinBox), key=lambda one: one.mapTo(page, QPoint()).y())


def _row(spin: QSpinBox) -> QFrame:
    row = spin.parentWidget()
    assert isinstance(row, QFrame)
    return row


def test_the_heaviest_of_equal_repairs_is_advised_and_where_it_leads_is_said(
    opened: Open, yellow: Session
) -> None:
    page = opened(yellow)

    assert advised(page) == ["P15-04"]
    assert text_of(page, "improve.outcome") == (
        "1 perbaikan dengan jumlah upaya 1 menaikkan nilai 86,00 menjadi 98,00."
    )
    (bar,) = page.findChildren(BandBar)
    assert "86,00" in bar.accessibleName()
    assert "98,00" in bar.accessibleName()
    said = {one.text() for one in page.findChildren(QLabel)}
    assert "Saran pembinaan: perhitungan kami, bukan penilaian Ombudsman." in said


def test_an_effort_typed_leads_another_way_and_no_row_moves(
    opened: Open, yellow: Session, qtbot: QtBot
) -> None:
    page = opened(yellow)
    spin = part(page, QSpinBox, "improve.effort.P15-04")
    before = rows(page)
    spin.setFocus()
    spin.selectAll()

    QTest.keyClicks(spin, "5")

    qtbot.waitUntil(lambda: advised(page) == ["P15-01"], timeout=PATIENCE_MS)
    assert rows(page) == before
    assert spin.hasFocus()


def test_another_target_is_looked_for(opened: Open, yellow: Session, qtbot: QtBot) -> None:
    answer(yellow, "P15-07", "practice", "absent")
    for code in ("05", "06", "03"):
        answer(yellow, f"P15-{code}", "practice", "absent")
    page = opened(yellow)
    target = part(page, QComboBox, "improve.target")

    assert [target.itemText(at) for at in range(target.count())] == [
        "Zona kuning, mulai 56",
        "Zona hijau, mulai 89",
    ]
    assert advised(page) == ["P15-04"]
    target.setCurrentIndex(1)

    qtbot.waitUntil(lambda: len(advised(page)) == 4, timeout=PATIENCE_MS)


def test_what_was_chosen_stands_there_again_in_the_other_language(
    desk: Desk, opened: Open, yellow: Session, workplace: Workplace
) -> None:
    page = opened(yellow)
    part(page, QSpinBox, "improve.effort.P15-04").setValue(7)

    assert page.settle()
    desk.language = Language.ENGLISH
    again = opened(yellow)

    kept = draft(workplace, yellow.visit_id, name="improve")
    assert kept == {"P15-04": "7", "target": "green"}
    assert part(again, QSpinBox, "improve.effort.P15-04").value() == 7
    assert "The way to green" in {one.text() for one in again.findChildren(QLabel)}


def test_green_already_and_out_of_reach_are_said_and_nothing_is_marked(
    opened: Open, session: Session
) -> None:
    answer(session, "P15-01", "practice", "absent")
    page = opened(session)
    assert "tidak tercapai" in text_of(page, "improve.outcome")
    assert advised(page) == []

    answer_all(session)
    page = opened(session)

    assert "sudah mencapai Zona hijau" in text_of(page, "improve.outcome")
    assert advised(page) == []


def test_without_any_answer_the_page_says_what_to_do_first(opened: Open, session: Session) -> None:
    page = opened(session)

    said = " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    assert "Catat jawabannya lebih dahulu" in said
    assert "Belum ada indikator yang dinilai pada kedua sisi." in said


def test_an_instrument_without_weights_shows_its_reason_and_still_paper_against_practice(
    opened: Open, workplace: Workplace, library: Library
) -> None:
    visit = begun(workplace, library, "unweighted")
    session = open_session(workplace.store, visit, library)
    record(session, {"indicator": "U-01", "side": "paperwork", "answer": "present"})
    record(session, {"indicator": "U-01", "side": "practice", "answer": "absent"})

    page = opened(session)

    said = " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    assert "belum mengumumkan bobot" in said
    assert "Bagian dari 1 indikator" in said
    assert not page.findChildren(QSpinBox)
    bars = page.findChildren(ShareBar)
    assert "Hanya di atas kertas 100,0 %" in bars[0].accessibleName()


def test_what_an_earlier_visit_left_is_told(
    opened: Open, yellow: Session, workplace: Workplace, library: Library
) -> None:
    later = open_session(workplace.store, begun(workplace, library, "2015-pemda"), library)
    answer_all(later, absent={"P15-02": "both", "P15-09": "both"})

    page = opened(later)

    card = part(page, QFrame, "improve.since")
    said = [one.text() for one in card.findChildren(QLabel)]
    assert card.isVisible()
    assert said[0].startswith("Sejak kunjungan 22 November 2026")
    assert said[1:] == [
        *("Sudah diperbaiki", "2", "P15-01, P15-04"),
        *("Masih terbuka", "1", "P15-02"),
        *("Baru timbul", "1", "P15-09"),
    ]


def test_without_an_earlier_visit_there_is_no_such_card(opened: Open, yellow: Session) -> None:
    assert not part(opened(yellow), QFrame, "improve.since").isVisible()


def test_every_control_can_be_named_and_hit(opened: Open, yellow: Session) -> None:
    page = opened(yellow)

    assert_usable(page)
    for spin in page.findChildren(QSpinBox):
        assert spin.accessibleName().startswith("Upaya memperbaiki P15-")
        assert spin.height() >= TOUCH_TARGET_PX


def test_a_scrolling_wheel_changes_no_effort_that_is_not_being_typed(
    opened: Open, yellow: Session
) -> None:
    page = opened(yellow)
    spin = part(page, QSpinBox, "improve.effort.P15-01")

    for _ in range(3):
        wheel(spin)

    assert spin.value() == 1
    spin.setFocus()
    wheel(spin)
    assert spin.value() == 2


def wheel(spin: QSpinBox) -> None:
    middle = QPointF(spin.rect().center())
    event = QWheelEvent(
        middle,
        spin.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(spin, event)


def test_the_page_is_reached_from_the_review_and_left_to_it(
    desk: Desk, yellow: Session, qtbot: QtBot
) -> None:
    window = MainWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.page.objectName() != "")
    window.go(Where(PageName.REVIEW, visit=yellow.visit_id))

    click(window.page, "review.way")
    wait_for_tasks(qtbot, desk)

    assert isinstance(window.page, ImprovePage)
    assert window.session is not None
    click(window.page, "improve.back")
    assert window.where.page is PageName.REVIEW
    desk.tasks.wait()


def test_a_closed_visit_has_its_way_too(
    opened: Open, session: Session, workplace: Workplace
) -> None:
    answer_all(session, absent={"P15-04": "both", "P15-05": "both"})
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    assert advised(opened(session)) == ["P15-04"]


def begun(workplace: Workplace, library: Library, instrument: str) -> str:
    new = NewVisit(
        institution="Kota Ambon",
        unit="Dinas Kependudukan",
        object_type="opd",
        kind=VisitKind.COACHING,
        arrival=workplace.store.clock.now(),
        team=[workplace.profile.name],
    )
    return start_visit(workplace.store, new, library.get(instrument), library=library)
