"""Interviews: who is asked, by pseudonym and post; who is missing; on from one to the next."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton
from tests.ui.pages.checklist_hands import CTRL, PRACTICE, AtChecklist, Look
from tests.ui.pages.hands import part
from tests.visiting import answer

from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.pseudonyms import proposed_pseudonym
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.pages.checklist.interviewing import Interviewing
from assessor_app.ui.pages.checklist.spot import Spot


def bar(at: AtChecklist, what: str) -> str:
    return f"indicator.{at.page.code}.respondents.{what}"


def people(at: AtChecklist) -> list[str]:
    listed = part(at.page, QComboBox, bar(at, "people"))
    return [listed.itemText(place) for place in range(listed.count())]


def chosen(at: AtChecklist) -> str:
    return at.page.spot.subject


def said(at: AtChecklist) -> list[str]:
    return [one.text() for one in at.page.findChildren(QLabel) if one.isVisible()]


def answer_of(session: Session, name: str, code: str) -> str | None:
    ids = {one.pseudonym: id_ for id_, one in session.snapshot.respondents.items()}
    key = ObservationKey(code, PRACTICE, respondent=ids[name])
    return session.snapshot.observation(key).answer


def test_an_answer_needs_somebody_who_gave_it(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-10")

    at.key(Qt.Key.Key_3)

    assert at.notice()
    assert not kinds.snapshot.respondents
    assert "Belum ada yang diwawancarai. Tambahkan dahulu dengan nama samaran." in said(at)


def test_a_holder_of_a_post_is_added_under_the_proposed_name(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-10")

    at.click(bar(at, "add"))
    assert part(at.page, QLineEdit, bar(at, "name")).text() == "Kepala-1"
    part(at.page, QComboBox, bar(at, "post")).setCurrentIndex(1)
    assert part(at.page, QLineEdit, bar(at, "name")).text() == "Petugas loket-1"
    part(at.page, QCheckBox, bar(at, "substitute")).click()
    at.click(bar(at, "record"))

    one = next(iter(kinds.snapshot.respondents.values()))
    assert (one.pseudonym, one.post, one.substitute) == ("Petugas loket-1", "petugas-loket", True)
    assert chosen(at) == "Petugas loket-1"
    assert people(at) == ["Petugas loket-1 (pengganti) · belum · Petugas loket"]
    at.key(Qt.Key.Key_4)
    assert answer_of(kinds, "Petugas loket-1", "K-10") == "3"
    assert people(at) == ["Petugas loket-1 (pengganti) · terjawab · Petugas loket"]


def test_a_substitute_is_marked_later(look: Look, kinds: Session) -> None:
    kinds.introduce("Kepala-1", post="kepala")
    at = look(kinds, "K-10")

    at.click(bar(at, "edit"))
    assert part(at.page, QLineEdit, bar(at, "name")).isReadOnly()
    part(at.page, QCheckBox, bar(at, "substitute")).click()
    at.click(bar(at, "record"))

    assert [one.substitute for one in kinds.snapshot.respondents.values()] == [True]
    assert "(pengganti)" in people(at)[0]


def test_the_plus_key_asks_for_somebody_new_where_no_user_is_asked(
    look: Look, kinds: Session
) -> None:
    at = look(kinds, "K-10")

    at.key(Qt.Key.Key_Plus)

    assert part(at.page, QLineEdit, bar(at, "name")).hasFocus()


def test_telling_the_post_of_somebody_known_stays_at_the_question(
    look: Look, kinds: Session
) -> None:
    kinds.introduce("Orang 1")
    for code in ("K-10", "K-11"):
        answer(kinds, code, "practice", "3", respondent="Orang 1")
    at = look(kinds, "K-11")

    at.click(bar(at, "edit"))
    part(at.page, QComboBox, bar(at, "post")).setCurrentIndex(0)
    at.click(bar(at, "record"))

    assert at.page.code == "K-11"
    assert [one.post for one in kinds.snapshot.respondents.values()] == ["pengguna"]


def test_a_name_that_is_taken_is_not_given_twice(look: Look, kinds: Session) -> None:
    kinds.introduce("Kepala-1", post="kepala")
    at = look(kinds, "K-10")

    at.click(bar(at, "add"))
    at.type(bar(at, "name"), "KEPALA-1")
    at.key(Qt.Key.Key_Return)

    assert len(kinds.snapshot.respondents) == 1
    assert "Nama samaran ini sudah dipakai. Pilih dari daftar, atau beri angka lain." in said(at)
    at.type(bar(at, "name"), "Kepala-2")
    at.key(Qt.Key.Key_Return)
    assert chosen(at) == "Kepala-2"


def test_users_are_numbered_by_one_key_each(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-11")

    for level in (Qt.Key.Key_4, Qt.Key.Key_2, Qt.Key.Key_5):
        at.key(Qt.Key.Key_Plus)
        at.key(level)

    names = [one.pseudonym for one in kinds.snapshot.respondents.values()]
    assert names == ["P-01", "P-02", "P-03"]
    assert [answer_of(kinds, name, "K-11") for name in names] == ["4", "2", "5"]
    assert "n = 3, rerata 3,7 · Pengguna layanan: 3 dari 3" in said(at)


def test_too_few_users_and_posts_not_asked_are_said(look: Look, kinds: Session) -> None:
    kinds.introduce("Pengguna 1", post="pengguna")
    answer(kinds, "K-11", "practice", "4", respondent="Pengguna 1")
    at = look(kinds, "K-11")
    assert any("baru 1 dari paling sedikit 3" in text for text in said(at))

    at.page.show_indicator("K-10")

    assert any("Kepala unit: belum diwawancarai." in text for text in said(at))


def test_each_indicator_shows_only_whom_it_asks(look: Look, kinds: Session) -> None:
    kinds.introduce("Kepala-1", post="kepala")
    kinds.introduce("Pengguna 1", post="pengguna")
    at = look(kinds, "K-10")
    assert chosen(at) == "Kepala-1"

    at.page.show_indicator("K-11")

    assert chosen(at) == "Pengguna 1"
    assert len(people(at)) == 1
    at.page.show_indicator("K-10")
    assert chosen(at) == "Kepala-1"


def test_another_respondent_is_chosen_from_the_list(look: Look, kinds: Session) -> None:
    for number in (1, 2):
        kinds.introduce(f"Pengguna {number}", post="pengguna")
        answer(kinds, "K-11", "practice", str(number), respondent=f"Pengguna {number}")
    at = look(kinds, "K-11")
    assert at.shown_answer(PRACTICE) == "1"

    listed = part(at.page, QComboBox, bar(at, "people"))
    listed.setFocus()
    at.key(Qt.Key.Key_Down)

    assert chosen(at) == "Pengguna 2"
    assert at.shown_answer(PRACTICE) == "2"


def test_the_last_question_says_that_all_was_asked(look: Look, kinds: Session) -> None:
    kinds.introduce("Pengguna 1", post="pengguna")
    at = look(kinds, "K-11")
    assert part(at.page, QPushButton, bar(at, "next")).text() == "Pertanyaan 1 dari 1 ▸"

    at.key(Qt.Key.Key_Right, CTRL)

    assert at.said[-1].startswith("Semua pertanyaan untuk Pengguna 1 sudah dilalui.")


def test_somebody_whose_post_is_not_known_is_asked_everything(look: Look, kinds: Session) -> None:
    kinds.introduce("Orang 1")
    at = look(kinds, "K-10")
    spot = at.page.spot

    assert spot.questions() == ("K-10", "K-11")
    assert Interviewing(at.desk, kinds).next_question(spot) == "K-11"
    at.key(Qt.Key.Key_Right, CTRL)
    assert at.page.code == "K-11"
    assert chosen(at) == "Orang 1"


def test_who_was_asked_everything_is_followed_by_the_next_from_the_first_question(
    look: Look, kinds: Session
) -> None:
    kinds.introduce("Orang 1")
    for code in ("K-10", "K-11"):
        answer(kinds, code, "practice", "3", respondent="Orang 1")
    at = look(kinds, "K-11")

    at.key(Qt.Key.Key_Plus)

    assert chosen(at) == "P-01"
    assert at.page.code == "K-11", "the first question that users are asked"


def test_that_a_question_does_not_apply_holds_for_everybody(look: Look, kinds: Session) -> None:
    kinds.introduce("Pengguna 1", post="pengguna")
    at = look(kinds, "K-11")

    at.key(Qt.Key.Key_B)
    at.type(at.name(PRACTICE, "not_applicable_reason"), "Layanan ini tanpa biaya")
    at.key(Qt.Key.Key_Return)

    whole = ObservationKey("K-11", PRACTICE)
    assert kinds.snapshot.observation(whole).not_applicable_reason == "Layanan ini tanpa biaya"
    assert at.shown_answer(PRACTICE) == "not_applicable"


def test_undoing_an_introduction_takes_the_respondent_away(look: Look, kinds: Session) -> None:
    at = look(kinds, "K-11")
    at.key(Qt.Key.Key_Plus)
    assert people(at)

    at.key(Qt.Key.Key_Z, CTRL)

    assert not kinds.snapshot.respondents
    assert chosen(at) == ""
    assert not at.visible(bar(at, "people"))


def test_a_typed_pseudonym_is_a_number_higher_than_the_last(kinds: Session) -> None:
    head, _, user = kinds.instrument.roles

    assert proposed_pseudonym(head, ["kepala-1", "Kepala-2"]) == "Kepala-3"
    assert proposed_pseudonym(user, []) == "P-01"


def test_the_respondent_stays_in_another_language(look: Look, kinds: Session) -> None:
    for number in (1, 2):
        kinds.introduce(f"Pengguna {number}", post="pengguna")
    at = look(kinds, "K-11")
    at.page.spot.choose("Pengguna 2")
    other = Spot(kinds, "K-11")

    other.take_over(at.page.spot)

    assert other.subject == "Pengguna 2"


@pytest.mark.parametrize("language", list(Language))
def test_the_bar_speaks_both_languages(look: Look, kinds: Session, language: Language) -> None:
    kinds.introduce("Kepala-1", post="kepala", substitute=True)
    at = look(kinds, "K-10")
    at.desk.language = language

    shown = Interviewing(at.desk, kinds).shown(at.page.spot)

    wanted = {"id": "Petugas loket: belum diwawancarai.", "en": "Counter officer: not interviewed."}
    assert wanted[language.value] in shown.lacking[-1]


def test_many_respondents_without_posts_are_a_list(look: Look, small: Session) -> None:
    for number in range(1, 31):
        answer(small, "T-01", "practice", "2", respondent=f"Orang {number}")
    at = look(small, "T-01", size=(1024, 700))

    listed = part(at.page, QComboBox, "indicator.T-01.subject.all")
    listed.setFocus()
    at.key(Qt.Key.Key_Down)
    at.key(Qt.Key.Key_4)

    assert listed.count() == 30
    named = {one.pseudonym: id_ for id_, one in small.snapshot.respondents.items()}
    key = ObservationKey("T-01", PRACTICE, respondent=named[chosen(at)])
    assert small.snapshot.observation(key).answer == "3"
