"""Journeys of an assessor who asks people, measures times and tries channels, with real keys."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import assert_usable, part
from tests.visiting import answer, photo_file

from assessor_app.compose import Application
from assessor_app.domain.instrument import Asked, Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.trials import Result, Way
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.ui.directory import PageName
from assessor_app.ui.pages.checklist.outline_panel import OutlinePanel
from assessor_app.ui.pages.interviews.page import InterviewsPage
from assessor_app.ui.pages.trials.page import TrialsPage
from assessor_app.ui.widgets.fields import choose
from assessor_app.ui.widgets.gap_matrix import GapMatrix

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hands(application: Application, qtbot: QtBot) -> Hands:
    return opened(application, qtbot)


def begun(workplace: Workplace, library: Library, instrument: str) -> str:
    visit = begin(workplace, library.get(instrument), library)
    workplace.store.close()
    return visit


def page(hands: Hands, kind: type) -> Any:
    assert isinstance(hands.window.page, kind)
    return hands.window.page


def session_of(hands: Hands) -> Session:
    session = hands.window.session
    assert session is not None
    return session


def test_four_officers_and_fifteen_users_are_asked_by_keys_alone(
    hands: Hands, workplace: Workplace, library: Library
) -> None:
    hands.open(begun(workplace, library, "2022"))
    hands.key(Qt.Key.Key_I, CTRL)
    hands.at(PageName.INTERVIEWS)
    sheet = page(hands, InterviewsPage)
    session = session_of(hands)

    for post in ("pimpinan", "layanan", "pengaduan", "petugas"):
        assert sheet.role == post
        ask_somebody(hands, sheet)  # the last Enter goes on to the next post
    assert sheet.role == "pengguna"
    for _ in range(15):
        ask_somebody(hands, sheet)  # and here to the next user

    users = part(hands.window, QPushButton, "interviews.role.pengguna").accessibleName()
    officers = part(hands.window, QPushButton, "interviews.role.petugas").accessibleName()
    assert users.endswith(": 15 dari 30")
    assert officers.endswith(": 1 dari 1")
    names = [one.pseudonym for one in session.snapshot.respondents.values()]
    assert {"Pimpinan-1", "Layanan-1", "P-01", "P-15"} <= set(names)
    hands.key(Qt.Key.Key_Escape)
    hands.at(PageName.CHECKLIST)


def ask_somebody(hands: Hands, sheet: InterviewsPage) -> None:
    """Every question of the role: a digit and Enter, which skips nothing."""
    count = sheet.count
    for _ in range(count):
        hands.key(Qt.Key.Key_3)
        hands.key(Qt.Key.Key_Return)


def test_digit_and_enter_ask_each_question_once(
    hands: Hands, workplace: Workplace, library: Library
) -> None:
    hands.open(begun(workplace, library, "2022"))
    hands.click("checklist.interviews")
    hands.at(PageName.INTERVIEWS)
    sheet = page(hands, InterviewsPage)

    for place in range(3):
        assert sheet.place == place
        hands.key(Qt.Key.Key_2)
        hands.key(Qt.Key.Key_Return)

    (one,) = session_of(hands).snapshot.respondents.values()
    assert sheet.place == 3
    assert one.pseudonym == "Pimpinan-1"


def test_an_interview_is_broken_off_gone_on_with_and_undone(
    hands: Hands, workplace: Workplace, library: Library
) -> None:
    hands.open(begun(workplace, library, "2022"))
    hands.key(Qt.Key.Key_I, CTRL)
    hands.at(PageName.INTERVIEWS)
    sheet = page(hands, InterviewsPage)
    session = session_of(hands)
    hands.key(Qt.Key.Key_3)

    hands.touch("interviews.break_off")

    codes = [
        one.code for one in session.instrument.indicators() if one.asked is Asked.PER_RESPONDENT
    ]
    (id_,) = session.snapshot.respondents
    seen = [
        session.snapshot.observation(ObservationKey(code, Side.PRACTICE, respondent=id_))
        for code in codes
    ]
    assert any(one.not_assessed_reason for one in seen)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_4)
    assert "ditanyai semuanya" in part(hands.window, QLabel, "interviews.told").text()
    hands.key(Qt.Key.Key_Z, CTRL)
    hands.key(Qt.Key.Key_Z, CTRL)
    assert "Sedang ditanyai: Pimpinan-1" in part(hands.window, QLabel, "interviews.told").text()
    assert sheet.pseudonym == "Pimpinan-1"


def test_nobody_is_begun_with_while_the_last_has_said_nothing(
    hands: Hands, workplace: Workplace, library: Library
) -> None:
    hands.open(begun(workplace, library, "2022"))
    hands.key(Qt.Key.Key_I, CTRL)
    hands.at(PageName.INTERVIEWS)

    hands.key(Qt.Key.Key_Plus)
    hands.key(Qt.Key.Key_Plus)

    assert len(session_of(hands).snapshot.respondents) == 1
    assert "belum menjawab apa pun" in hands.status()


def test_a_name_in_the_place_of_a_pseudonym_is_noticed(
    hands: Hands, workplace: Workplace, library: Library
) -> None:
    hands.open(begun(workplace, library, "2022"))
    hands.key(Qt.Key.Key_I, CTRL)
    hands.at(PageName.INTERVIEWS)
    hands.click("interviews.own_name")

    hands.type("interviews.form.name", "Ibu Sari Tehupeiory")
    hands.key(Qt.Key.Key_Return)

    assert not session_of(hands).snapshot.respondents
    said = [one.text() for one in hands.window.findChildren(QLabel) if one.isVisible()]
    assert any("tampak seperti nama" in text for text in said)
    part(hands.window, QLineEdit, "interviews.form.name").setText("Loket-7")
    hands.click("interviews.form.record")
    assert [one.pseudonym for one in session_of(hands).snapshot.respondents.values()] == ["Loket-7"]


def test_the_stopwatch_runs_on_over_pages_a_lock_and_a_crash(
    application: Application, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    kinds = open_session(workplace.store, begin(workplace, library.get("kinds"), library), library)
    answer(kinds, "K-08", "paperwork", "5")
    visit = kinds.visit_id
    workplace.store.close()
    hands = opened(application, qtbot)
    hands.open(visit)
    hands.checklist.show_indicator("K-08")

    hands.key(Qt.Key.Key_F8)
    assert part(hands.window, QLabel, "watch.face").isVisible()
    hands.checklist.show_indicator("K-01")
    hands.key(Qt.Key.Key_R, CTRL)
    hands.at(PageName.REVIEW)
    assert part(hands.window, QLabel, "watch.face").isVisible()
    hands.window.close()  # and whatever else ends the program: the watch is on the disk

    again = opened(application, qtbot)
    again.unlock()
    qtbot.waitUntil(lambda: again.window.session is not None)
    again.window.open_visit(visit)
    again.at(PageName.CHECKLIST)
    clock: Any = again.window.desk.workplace.store.clock
    clock.moment += timedelta(minutes=4)
    again.key(Qt.Key.Key_F8)  # the next customer
    again.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)

    session = session_of(again)
    assert [one.indicator for one in session.snapshot.timings] == ["K-08", "K-08"]
    assert not part(again.window, QLabel, "watch.face").isVisible()
    again.checklist.show_indicator("K-08")
    assert "2 pelanggan" in part(again.window, QLabel, "timing.K-08.summary").text()
    assert "Janji" in part(again.window, QLabel, "timing.K-08.against").text()
    again.click("timing.K-08.take_median")
    key = ObservationKey("K-08", Side.PRACTICE)
    assert session.snapshot.observation(key).answer is not None


def test_three_channels_are_tried_and_an_emergency_number_does_not_count(
    hands: Hands,
    workplace: Workplace,
    library: Library,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    hands.open(begun(workplace, library, "2015-pemda"))
    hands.key(Qt.Key.Key_K, CTRL)
    hands.at(PageName.TRIALS)
    trials = page(hands, TrialsPage)
    session = session_of(hands)

    note_channel(hands, "phone", "0911-352123")
    hands.touch("trials.way.called")
    hands.touch("trials.start")
    hands.click("trials.answered")
    hands.click("trials.new")
    note_channel(hands, "email", "pengaduan@ambon.go.id")
    hands.window.page.setFocus()
    hands.key(Qt.Key.Key_3)
    hands.key(Qt.Key.Key_Plus)
    note_channel(hands, "phone", "Call Center 112")

    called, wrote, emergency = session.snapshot.trials
    assert (called.way, called.result) == (Way.CALLED, Result.ANSWERED)
    assert called.answered_after_s is not None
    assert wrote.result is Result.NO_ANSWER
    assert emergency.not_own is not None
    told = part(hands.window, QLabel, "trials.tally").text()
    assert told == "2 kanal diumumkan, 2 dicoba, 1 dijawab; 1 bukan milik unit"
    assert "Permenkominfo" in part(hands.window, QLabel, "trials.not_own.text").text()

    chosen = [photo_file(tmp_path)]
    trials._proving.ask_for_files = lambda: chosen
    hands.click("trials.row.1")
    hands.click("trials.add_proof")
    qtbot.waitUntil(lambda: bool(session.snapshot.trials[0].proof))
    assert set(session.snapshot.trials[0].proof) == set(session.snapshot.evidence)

    hands.key(Qt.Key.Key_Z, CTRL)
    assert session.snapshot.trials[0].proof == ()
    assert trials.settle()
    hands.click("trials.back")
    hands.at(PageName.CHECKLIST)
    hands.key(Qt.Key.Key_R, CTRL)
    hands.at(PageName.REVIEW)
    assert "2 kanal diumumkan" in part(hands.window, QLabel, "review.tried").text()


def note_channel(hands: Hands, kind: str, address: str) -> None:
    choose(part(hands.window, QComboBox, "trials.channel"), kind)
    line = part(hands.window, QLineEdit, "trials.address")
    line.setFocus()
    QTest.keyClicks(line, address)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_cell_of_the_matrix_that_is_tapped_filters_the_outline(
    hands: Hands, session: Session, workplace: Workplace
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    answer(session, "P15-01", "paperwork", "present")
    answer(session, "P15-01", "practice", "present")
    visit = session.visit_id
    workplace.store.close()
    hands.open(visit)
    (matrix,) = hands.checklist.findChildren(GapMatrix)

    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.place_of(0, 1).toPoint())
    shown = outline_codes(hands)
    assert shown == ["P15-06"]

    matrix.setFocus()
    QTest.keyClick(matrix, Qt.Key.Key_Left)
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert outline_codes(hands) == ["P15-01"]
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert len(outline_codes(hands)) > 2


def outline_codes(hands: Hands) -> list[str]:
    """The indicators that the outline shows."""
    panel = hands.checklist.findChild(OutlinePanel)
    assert panel is not None
    return [code for code in panel.codes if panel.narrowing.takes(panel.row(code))]


def test_every_control_of_the_pages_can_be_named_and_hit(
    hands: Hands, workplace: Workplace, library: Library
) -> None:
    hands.open(begun(workplace, library, "2022"))
    for key, name in (
        (Qt.Key.Key_I, PageName.INTERVIEWS),
        (Qt.Key.Key_K, PageName.TRIALS),
        (Qt.Key.Key_G, PageName.PICTURES),
    ):
        hands.key(key, CTRL)
        hands.at(name)
        assert_usable(hands.window.page)
        assert part(hands.window, QAbstractButton, f"{name.value}.back").isVisible()
        hands.window.page.setFocus()
        hands.key(Qt.Key.Key_Escape)
        hands.at(PageName.CHECKLIST)
