"""Every kind of answer has its editor, by hand, by finger and by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.checklist_hands import CTRL, PAPER, PRACTICE, AtChecklist, Look
from tests.ui.pages.hands import assert_usable, faults, part
from tests.visiting import answer, attach, record

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.models.outline_row import Sign
from assessor_app.ui.pages.checklist.indicator_pane import IndicatorPane
from assessor_app.ui.pages.checklist.outline_panel import OutlinePanel
from assessor_app.ui.pages.checklist.page import ChecklistPage

EVERY = [f"K-{number:02}" for number in range(1, 16)]


def told(at: AtChecklist, side: Side) -> str:
    """All that is said of a side."""
    whole = part(at.page, QWidget, f"indicator.{at.page.code}.{side.value}")
    labels = whole.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisible())


def sign(at: AtChecklist, code: str, side: Side = PRACTICE) -> Sign:
    row = part(at.page, OutlinePanel, "checklist.outline").row(code)
    return row.practice if side is PRACTICE else row.paper


def write(at: AtChecklist, side: Side, text: str) -> None:
    """Type an answer over what stands there, and leave the field."""
    at.type(at.name(side, "answer"), text)
    if not text:
        at.key(Qt.Key.Key_Delete)
    at.key(Qt.Key.Key_Return)


@pytest.mark.parametrize("size", [(1366, 700), (1024, 700)])
def test_every_kind_can_be_used_by_finger_key_and_ear(
    look: Look, kinds: Session, size: tuple[int, int]
) -> None:
    kinds.introduce("Kepala-1", post="kepala")
    answer(kinds, "K-01", "practice", "present")
    at = look(kinds, EVERY[0], size=size)

    for code in EVERY:
        at.page.show_indicator(code)
        QApplication.processEvents()

        assert_usable(at.page)
        middle = part(at.page, QScrollArea, "checklist.middle")
        shown = middle.findChildren(IndicatorPane)[0]
        assert shown.minimumSizeHint().width() <= middle.viewport().width(), code


# Levels


def test_agreement_stands_in_one_row_and_takes_digits(look: Look, kinds: Session) -> None:
    kinds.introduce("Pengguna 1", post="pengguna")
    at = look(kinds, "K-11")

    tops = {at.choice(PRACTICE, str(value)).y() for value in range(1, 6)}
    at.key(Qt.Key.Key_4)

    assert len(tops) == 1
    assert at.shown_answer(PRACTICE) == "4"
    assert kinds.compared()[10].practice == pytest.approx(0.75)


def test_a_level_of_a_frequency_is_clicked(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-03")

    at.click(at.name(PRACTICE, "monthly"))

    assert at.seen(PRACTICE).answer == "monthly"
    assert sign(at, "K-03") is Sign.PRESENT


# Counts


def test_a_number_is_typed_and_judged(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-05")

    write(at, PRACTICE, "4")

    assert at.seen(PRACTICE).answer == "4"
    assert "4 dari 10 unsur keselamatan" in told(at, PRACTICE)
    assert "50,0 % terpenuhi" in told(at, PRACTICE)
    assert sign(at, "K-05") is Sign.PARTIAL


def test_a_digit_key_begins_the_number_of_the_side_that_is_active(
    look: Look, kinds: Session
) -> None:
    at = look(kinds, "K-05")
    at.key(Qt.Key.Key_Right)

    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_0)
    at.key(Qt.Key.Key_Escape)

    assert at.seen(PRACTICE).answer == "10"
    assert at.seen(PAPER).answer is None
    assert "penuh" in told(at, PRACTICE)


def test_the_buttons_count_up_and_down_and_record_once(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-06")
    before = len(kinds.outlook().compared[5].keys)

    for _ in range(3):
        at.click(at.name(PRACTICE, "answer.more"))
    at.touch(at.name(PRACTICE, "answer.fewer"))
    at.page.settle()

    assert at.seen(PRACTICE).answer == "2"
    assert before == 1
    kinds.undo()
    assert at.seen(PRACTICE).answer is None, "four taps are one entry"


def test_a_number_that_cannot_be_stays_typed_and_keeps_the_assessor(
    look: Look, kinds: Session
) -> None:
    at = look(kinds, "K-05")
    write(at, PRACTICE, "12")

    at.page.show_indicator("K-06")

    assert at.page.code == "K-05"
    assert part(at.page, QLineEdit, at.name(PRACTICE, "answer")).text() == "12"
    assert "12" in at.notice()
    assert at.seen(PRACTICE).answer is None
    write(at, PRACTICE, "7")
    at.page.show_indicator("K-06")
    assert at.page.code == "K-06"
    assert at.seen(PRACTICE, "K-05").answer == "7"


def test_an_emptied_number_is_no_answer(look: Look, kinds: Session) -> None:
    answer(kinds, "K-06", "practice", "15")
    at = look(kinds, "K-06")

    write(at, PRACTICE, "")

    assert at.seen(PRACTICE).answer is None
    assert sign(at, "K-06") is Sign.OPEN


def test_undo_shows_the_number_before(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-06")
    write(at, PRACTICE, "15")
    write(at, PRACTICE, "16")
    at.key(Qt.Key.Key_Escape)

    at.key(Qt.Key.Key_Z, CTRL)

    assert part(at.page, QLineEdit, at.name(PRACTICE, "answer")).text() == "15"
    assert "75,0 % terpenuhi" in told(at, PRACTICE)


# Time


def test_time_is_held_against_the_promise(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-08")

    write(at, PAPER, "20")
    write(at, PRACTICE, "30")

    assert "Janji 20 menit · Nyata 30 menit: 50,0 % terpenuhi" in told(at, PRACTICE)


def test_a_decimal_comma_is_recorded_and_shown_again(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-07")

    write(at, PAPER, "2,50")

    assert at.seen(PAPER).answer == "2.5"
    assert part(at.page, QLineEdit, at.name(PAPER, "answer")).text() == "2,5"


def test_no_promise_is_an_answer_and_empties_the_number(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-08")
    write(at, PAPER, "20")

    at.click(at.name(PAPER, "none"))

    assert at.seen(PAPER).answer == "none"
    assert part(at.page, QLineEdit, at.name(PAPER, "answer")).text() == ""
    write(at, PRACTICE, "30")
    assert "Tidak ada janji waktu" in told(at, PRACTICE)


def test_time_without_a_promise_yet_is_kept_and_says_so(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-08")

    write(at, PRACTICE, "30")

    assert at.seen(PRACTICE).answer == "30"
    assert "Janji waktunya belum diisi" in told(at, PRACTICE)


# Checklists


def test_parts_are_ticked_by_digit_click_and_finger(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-09")

    at.key(Qt.Key.Key_4)
    at.click(at.name(PAPER, "evaluasi"))
    at.touch(at.name(PAPER, "persyaratan"))

    assert at.seen().answer == "persyaratan biaya evaluasi"
    assert "3 dari 14" in told(at, PAPER)


def test_the_space_bar_unticks_and_nothing_ticked_is_open_again(look: Look, kinds: Session) -> None:
    answer(kinds, "K-09", "paperwork", "biaya")
    at = look(kinds, "K-09")
    at.choice(PAPER, "biaya").setFocus()

    at.key(Qt.Key.Key_Space)

    assert at.seen().answer is None
    assert sign(at, "K-09", PAPER) is Sign.OPEN


def test_that_none_was_found_is_an_answer(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-09")

    at.click(at.name(PAPER, "none"))
    assert at.seen().answer == "none"
    assert sign(at, "K-09", PAPER) is Sign.ABSENT

    at.click(at.name(PAPER, "biaya"))
    assert at.seen().answer == "biaya"
    assert at.shown_answer(PAPER) is None, "that none was found is not said any more"


# Text, day, photo, note


def test_a_text_rests_and_is_recorded(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-13")

    at.key(Qt.Key.Key_1)
    at.type(at.name(PRACTICE, "answer"), "Antrean QR")
    at.page.settle()

    assert at.seen(PRACTICE).answer == "Antrean QR"
    assert sign(at, "K-13") is Sign.ANSWERED


@pytest.mark.parametrize("typed", ["27/2/2024", "2024-02-27", "27 Februari 2024"])
def test_a_day_is_recorded_however_it_is_written(look: Look, kinds: Session, typed: str) -> None:
    at = look(kinds, "K-14")

    write(at, PAPER, typed)

    assert at.seen().answer == "2024-02-27"
    assert part(at.page, QLineEdit, at.name(PAPER, "answer")).text() == "27/02/2024"


def test_what_is_no_day_stays_typed_and_says_how_to_write_it(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-14")

    write(at, PAPER, "31/02/2024")
    at.page.show_indicator("K-13")

    assert at.page.code == "K-14"
    assert "hari/bulan/tahun" in faults(at.page)[0]
    assert part(at.page, QLineEdit, at.name(PAPER, "answer")).text() == "31/02/2024"
    write(at, PAPER, "")
    at.page.show_indicator("K-13")
    assert at.page.code == "K-13"


def test_a_photo_answers_a_question_for_a_photo(look: Look, kinds: Session, tmp_path: Path) -> None:
    at = look(kinds, "K-15")
    assert sign(at, "K-15") is Sign.OPEN

    attach(kinds, "K-15", tmp_path)
    at.page.show_indicator("K-14")
    at.page.show_indicator("K-15")
    at.rest()

    assert "1 foto" in told(at, PRACTICE)


def test_a_note_is_only_read(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-12")

    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_T, Qt.Key.Key_B, Qt.Key.Key_Right):
        at.key(key)
    at.key(Qt.Key.Key_V, CTRL)

    assert not at.notice()
    assert sign(at, "K-12") is Sign.NOT_ASKED
    at.key(Qt.Key.Key_Down)
    assert at.page.code == "K-13"


# Not applicable, not asked


@pytest.mark.parametrize("key", [Qt.Key.Key_9, Qt.Key.Key_B])
def test_not_applicable_is_recorded_with_its_reason_and_settles_both_sides(
    look: Look, kinds: Session, key: Qt.Key
) -> None:
    at = look(kinds, "K-03")
    at.key(key)
    assert not at.seen().settled

    at.type(at.name(PAPER, "not_applicable_reason"), "Unit ini tidak mempunyai atasan di kota ini")
    at.key(Qt.Key.Key_Return)

    assert at.seen().not_applicable_reason == "Unit ini tidak mempunyai atasan di kota ini"
    assert at.shown_answer(PAPER) == "not_applicable"
    assert not at.choice(PRACTICE, "monthly").isEnabled()
    assert "tidak berlaku pada sisi yang lain" in told(at, PRACTICE)
    gap = part(at.page, QWidget, "indicator.K-03.gap")
    assert "Tidak berlaku: Unit ini" in gap.findChildren(QLabel)[1].text()
    row = part(at.page, OutlinePanel, "checklist.outline").row("K-03")
    assert row.settled
    assert row.dimmed


def test_an_answer_takes_not_applicable_back(look: Look, kinds: Session) -> None:
    record(kinds, {"indicator": "K-03", "side": "paperwork", "not_applicable_reason": "Tidak ada"})
    at = look(kinds, "K-03")

    at.key(Qt.Key.Key_1)

    assert at.seen().answer == "never"
    assert at.seen().not_applicable_reason is None
    assert at.choice(PRACTICE, "monthly").isEnabled()


def test_where_digits_are_the_answer_letters_give_the_reasons(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-05")

    at.key(Qt.Key.Key_T)
    at.type(at.name(PAPER, "reason"), "Daftarnya terkunci")
    at.key(Qt.Key.Key_Return)

    assert at.seen().not_assessed_reason == "Daftarnya terkunci"


def test_what_always_applies_offers_no_other_reason(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-15")

    assert at.visible(at.name(PRACTICE, "not_assessed"))
    assert not at.visible(at.name(PRACTICE, "not_applicable"))


def test_what_is_not_asked_by_its_condition_comes_and_goes(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-01")
    at.key(Qt.Key.Key_Right)
    at.key(Qt.Key.Key_2)
    at.key(Qt.Key.Key_Down)
    assert at.page.code == "K-03"

    at.key(Qt.Key.Key_Up)
    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_Down)

    assert at.page.code == "K-02"


def test_what_was_typed_where_it_is_not_asked_any_more_is_kept(look: Look, kinds: Session) -> None:
    answer(kinds, "K-01", "practice", "present")
    answer(kinds, "K-02", "practice", "partial", note="Papannya pudar")
    at = look(kinds, "K-02")
    answer(kinds, "K-01", "practice", "absent")
    at.page.show_indicator("K-01")
    at.page.show_indicator("K-02")

    assert "Tidak ditanyakan menurut jawaban pada K-01." in [
        one.text() for one in at.page.findChildren(QLabel) if one.isVisible()
    ]
    assert at.note(PRACTICE).toPlainText() == "Papannya pudar"
    assert not at.choice(PRACTICE, "present").isEnabled()
    assert at.shown_answer(PRACTICE) == "partial"


# Around it


def test_the_evidence_that_the_method_names_is_listed_one_tap_away(
    look: Look, kinds: Session
) -> None:
    at = look(kinds, "K-01")

    at.click("indicator.K-01.guidance")

    said = [one.text() for one in at.page.findChildren(QLabel) if one.isVisible()]
    assert "• Foto maklumat di ruang tunggu" in said


def test_another_language_keeps_the_product_and_the_side(
    look: Look, kinds: Session, qtbot: QtBot
) -> None:
    answer(kinds, "K-07", "paperwork", "5", product="KTP")
    at = look(kinds, "K-07")
    (product,) = kinds.snapshot.products
    at.click(f"indicator.K-07.product.{product}")
    at.key(Qt.Key.Key_Right)
    at.desk.language = Language.ENGLISH
    again = ChecklistPage(at.desk, kinds, "K-07")
    qtbot.addWidget(again)

    again.take_over(at.page)

    assert again.spot.subject == "KTP"
    assert again.side is PRACTICE


def test_what_is_read_only_takes_no_digit(look: Look, kinds: Session) -> None:
    kinds.pause("Istirahat", at=kinds.snapshot.visit.arrival)
    at = look(kinds, "K-05")

    at.key(Qt.Key.Key_4)

    assert at.notice()
    assert kinds.snapshot.observation(ObservationKey("K-05", PAPER)).answer is None
    assert QApplication.focusWidget() is at.page


def test_leaving_what_is_not_asked_leads_where_it_was_meant_to(look: Look, kinds: Session) -> None:
    answer(kinds, "K-02", "paperwork", "present")
    at = look(kinds, "K-02")

    at.page.show_indicator("K-05")

    assert at.page.code == "K-05"
    assert at.visible("indicator.K-05.practice.answer")
    outline = part(at.page, OutlinePanel, "checklist.outline")
    assert "K-02" not in outline.asked
    assert at.page.spot.code == "K-05"


def test_typing_a_search_leaves_the_assessor_where_he_is(look: Look, kinds: Session) -> None:
    answer(kinds, "K-01", "practice", "present")
    at = look(kinds, "K-02")  # K-01, which is found, stands beside it

    at.type("checklist.search", "maklumat")
    assert at.page.code == "K-02"

    at.key(Qt.Key.Key_Return)
    assert at.page.code == "K-01"
