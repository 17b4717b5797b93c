"""The page of the way to green, by mouse and keys, on a real store and the real solver."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import (
    PATIENCE_MS,
    assert_usable,
    click,
    part,
    shown,
    text_of,
    wait_for_tasks,
)
from tests.visiting import answer, answer_all, record

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


# The whole institution


@pytest.fixture
def city(workplace: Workplace, library: Library) -> list[Session]:
    """Three offices of one product each: 62, 86, and 110 of 110, so 86 together; 89 is green."""
    return [
        closed_at(workplace, library, unit, absent=absent)
        for unit, absent in (
            ("Dinas Sosial", ("04", "05", "06", "07")),
            ("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", ("04", "01", "02")),
            ("Puskesmas Karang Panjang", ()),
        )
    ]


def closed_at(
    workplace: Workplace,
    library: Library,
    unit: str,
    *,
    absent: tuple[str, ...],
    sample: bool = False,
) -> Session:
    """A visit that was closed; what is `absent` is so on both sides."""
    new = NewVisit(
        institution="Kota Ambon",
        unit=unit,
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=workplace.store.clock.now(),
        team=[workplace.profile.name],
        sample=sample,
    )
    visit = start_visit(workplace.store, new, library.get("2015-pemda"), library=library)
    session = open_session(workplace.store, visit, library)
    answer_all(session, absent=dict.fromkeys((f"P15-{code}" for code in absent), "both"))
    answer(session, "P15-20", "practice", "present", product="Izin")
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    return session


@pytest.fixture
def whole(opened: Open, city: list[Session], desk: Desk, qtbot: QtBot) -> ImprovePage:
    """The page of the first office, with the whole institution chosen."""
    page = opened(city[0])
    choose_scope(page, "institution", desk, qtbot)
    return page


def choose_scope(page: ImprovePage, scope: str, desk: Desk, qtbot: QtBot) -> None:
    click(page, f"improve.scope.{scope}")
    settled(desk, qtbot)


def settled(desk: Desk, qtbot: QtBot) -> None:
    wait_for_tasks(qtbot, desk)
    for _ in range(3):  # rows come in, then they are laid out
        QApplication.processEvents()


def units(page: ImprovePage) -> dict[str, str]:
    """What is said of each unit, in the order of the page."""
    names = [one for one in page.findChildren(QLabel) if one.objectName().endswith(".name")]
    return {
        one.text(): text_of(page, one.objectName().replace(".name", ".change")) for one in names
    }


def shown_rows(page: ImprovePage) -> list[str]:
    """The efforts that can be seen by their names, from above."""
    return [one.objectName() for one in rows(page) if one.isVisible()]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def chosen_scope(page: ImprovePage) -> str:
    names = ("unit", "institution")
    return next(
        name for name in names if part(page, QPushButton, f"improve.scope.{name}").isChecked()
    )


def test_an_institution_is_lifted_unit_by_unit(whole: ImprovePage) -> None:
    said = units(whole)

    assert text_of(whole, "improve.institution.outcome") == (
        "1 perbaikan dengan jumlah upaya 1 menaikkan nilai instansi dari 86,00 menjadi 90,00."
    )
    assert [text for name, text in said.items() if name == "Puskesmas Karang Panjang"] == [
        "Nilai unit 110,00; tidak ada yang harus diperbaiki di sini untuk sasaran ini."
    ]
    (first, *_) = said.values()
    assert first.endswith("nilai instansi bertambah 4,00 poin.")
    assert len(shown_rows(whole)) == 1
    (bar,) = whole.findChildren(BandBar)
    assert "Sekarang 86,00" in bar.accessibleName()
    assert "Sesudah 90,00" in bar.accessibleName()


def test_what_makes_the_institution_is_told_in_the_place_of_the_units_own_figures(
    whole: ImprovePage, desk: Desk, qtbot: QtBot
) -> None:
    assert text_of(whole, "improve.scope.told") == (
        "Kota Ambon, kunjungan 2026: 3 unit dihitung bersama."
    )
    basis, agreement = (part(whole, QFrame, f"improve.{name}") for name in ("basis", "agreement"))
    assert (basis.isVisible(), agreement.isVisible()) == (True, False)
    assert "menurut jumlah produk layanan" in " ".join(
        one.text() for one in basis.findChildren(QLabel)
    )

    choose_scope(whole, "unit", desk, qtbot)

    assert (basis.isVisible(), agreement.isVisible()) == (False, True)
    assert "62,00 menjadi" in text_of(whole, "improve.outcome")


def test_an_effort_holds_in_every_unit_and_the_row_it_is_typed_in_stays(
    whole: ImprovePage, desk: Desk, qtbot: QtBot
) -> None:
    (advised_first,) = shown_rows(whole)
    spin = part(whole, QSpinBox, advised_first)
    code = advised_first.rpartition(".")[2]
    spin.setFocus()
    spin.selectAll()
    place = spin.mapTo(whole, QPoint())

    QTest.keyClicks(spin, "9")

    qtbot.waitUntil(lambda: len(shown_rows(whole)) > 1, timeout=PATIENCE_MS)
    settled(desk, qtbot)
    assert spin.hasFocus()
    assert spin.mapTo(whole, QPoint()) == place
    assert text_of(whole, "improve.institution.outcome").startswith("1 perbaikan")
    choose_scope(whole, "unit", desk, qtbot)
    assert part(whole, QSpinBox, f"improve.effort.{code}").value() == 9


def test_other_repairs_are_shown_on_request_and_reached_by_the_tab_key(
    whole: ImprovePage, desk: Desk, qtbot: QtBot
) -> None:
    others = part(whole, QPushButton, "improve.unit.0.others")
    assert others.accessibleName().startswith("Dinas ")

    QTest.keyClick(others, Qt.Key.Key_Space)
    settled(desk, qtbot)

    seen = [name for name in shown_rows(whole) if name.startswith("improve.unit.0.")]
    assert len(seen) > 1
    target = part(whole, QComboBox, "improve.institution.target")
    target.setFocus()
    walked = []
    for _ in seen:
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        walked.append(focused().objectName())
    assert walked == seen

    QTest.keyClick(others, Qt.Key.Key_Space)
    settled(desk, qtbot)
    assert len(shown_rows(whole)) == 1


def test_rows_that_come_into_units_that_stand_have_room_for_their_words(
    opened: Open, workplace: Workplace, library: Library, desk: Desk, qtbot: QtBot
) -> None:
    heavy = ("01", "02", "04", "05", "06", "07", "12", "17")
    low = [
        closed_at(workplace, library, unit, absent=heavy)
        for unit in ("Dinas Sosial", "Disdik", "PTSP", "Dinkes")
    ]
    page = opened(low[0])
    choose_scope(page, "institution", desk, qtbot)
    few = len(shown_rows(page))

    part(page, QComboBox, "improve.institution.target").setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(shown_rows(page)) > few, timeout=PATIENCE_MS)
    settled(desk, qtbot)

    for name in shown_rows(page):
        row = _row(part(page, QSpinBox, name))
        layout = row.layout()
        assert layout is not None
        assert row.height() >= layout.heightForWidth(row.width()), name


def test_more_rows_than_come_at_once_come_one_after_another(
    opened: Open, workplace: Workplace, library: Library, desk: Desk, qtbot: QtBot
) -> None:
    nothing = tuple(f"{number:02}" for number in range(1, 20))
    first, *_ = [
        closed_at(workplace, library, unit, absent=nothing)
        for unit in ("Dinas Sosial", "Disdik", "PTSP", "Dinkes", "Dishub")
    ]
    page = opened(first)
    choose_scope(page, "institution", desk, qtbot)
    part(page, QComboBox, "improve.institution.target").setCurrentIndex(1)

    def all_there() -> bool:
        told = text_of(page, "improve.institution.outcome").split()[0]
        return told == str(len(shown_rows(page)))

    qtbot.waitUntil(lambda: len(shown_rows(page)) > 40 and all_there(), timeout=PATIENCE_MS)

    assert {name.split(".")[2] for name in shown_rows(page)} == set("01234")


def test_the_scope_and_its_target_stand_there_again_in_the_other_language(
    whole: ImprovePage, opened: Open, city: list[Session], desk: Desk, qtbot: QtBot
) -> None:
    assert whole.settle()
    desk.language = Language.ENGLISH

    again = opened(city[0])
    settled(desk, qtbot)

    assert chosen_scope(again) == "institution"
    assert "They lift the institution's score from 86.00 to 90.00" in text_of(
        again, "improve.institution.outcome"
    )


def test_alone_or_not_closed_the_choice_is_closed_and_says_why(
    opened: Open, yellow: Session, workplace: Workplace, library: Library
) -> None:
    alone = closed_at(workplace, library, "Disdik", absent=())

    for session, reason in (
        (yellow, "Kunjungan ini belum ditutup"),
        (alone, "Belum ada unit lain dari Kota Ambon"),
    ):
        page = opened(session)
        assert text_of(page, "improve.scope.told").startswith(reason)
        assert not part(page, QPushButton, "improve.scope.institution").isEnabled()
        assert chosen_scope(page) == "unit"


@pytest.mark.usefixtures("city")
def test_visits_of_the_sample_make_an_institution_of_their_own(
    opened: Open, workplace: Workplace, library: Library, desk: Desk, qtbot: QtBot
) -> None:
    shown_first, _ = (
        closed_at(workplace, library, unit, absent=("04",), sample=True)
        for unit in ("Dinas Contoh", "Dinas Contoh Lain")
    )
    page = opened(shown_first)
    choose_scope(page, "institution", desk, qtbot)

    assert set(units(page)) == {"Dinas Contoh", "Dinas Contoh Lain"}
    said = [one.text() for one in part(page, QFrame, "improve.basis").findChildren(QLabel)]
    assert "Hanya kunjungan CONTOH yang dihitung." in " ".join(said)


def test_every_control_of_an_institution_can_be_named_and_hit(whole: ImprovePage) -> None:
    assert_usable(whole)
    for name in shown_rows(whole):
        spoken = part(whole, QSpinBox, name).accessibleName()
        assert "upaya memperbaiki P15-" in spoken
        assert spoken.startswith("Dinas ")
