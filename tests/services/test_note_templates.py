"""Note templates: the product's own, and those that an assessor keeps in the store."""

import pytest

from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scale import AnswerKind
from assessor_app.services.enrolment import Workplace
from assessor_app.services.note_templates import change_template, keep_template, templates_for
from assessor_app.services.report.words import Words
from assessor_app.texts import Language

PAPER, PRACTICE = Side.PAPERWORK, Side.PRACTICE


@pytest.fixture
def words(workplace: Workplace) -> Words:
    return Words(Language.INDONESIAN, workplace.profile.zone)


def texts(
    workplace: Workplace, words: Words, side: Side, kind: AnswerKind = AnswerKind.PRESENCE
) -> list[str]:
    return [one.text for one in templates_for(workplace, words, side=side, kind=kind)]


def test_each_side_and_kind_has_its_own(workplace: Workplace, words: Words) -> None:
    paper, practice = (texts(workplace, words, side) for side in (PAPER, PRACTICE))
    timed = texts(workplace, words, PRACTICE, AnswerKind.DURATION)

    assert len(paper) >= 4
    assert not set(paper) & set(practice)
    assert set(practice) < set(timed)


def test_one_s_own_come_first_and_are_there_after_the_next_unlocking(
    workplace: Workplace, words: Words
) -> None:
    keep_template(workplace, "  Loket tutup pukul 12.00. ", side=PRACTICE)
    keep_template(workplace, "Diulang besok.", side=None)

    assert texts(workplace, words, PRACTICE)[:2] == ["Loket tutup pukul 12.00.", "Diulang besok."]
    assert texts(workplace, words, PAPER)[0] == "Diulang besok."


def test_one_s_own_can_be_written_anew_and_taken_away(workplace: Workplace, words: Words) -> None:
    made = keep_template(workplace, "Loket tutup.", side=PRACTICE)
    assert made.id is not None

    change_template(workplace, made.id, text="Loket tutup saat istirahat.")
    assert texts(workplace, words, PRACTICE)[0] == "Loket tutup saat istirahat."
    change_template(workplace, made.id, text=" ")

    assert "Loket tutup saat istirahat." not in texts(workplace, words, PRACTICE)
    with pytest.raises(RecordRefused, match="template_unknown"):
        change_template(workplace, made.id, text="Lagi")


def test_nothing_and_the_same_again_are_not_kept(workplace: Workplace) -> None:
    keep_template(workplace, "Loket tutup.", side=PRACTICE)

    with pytest.raises(RecordRefused, match="template_there"):
        keep_template(workplace, "Loket tutup.", side=PAPER)
    with pytest.raises(RecordRefused, match="template_empty"):
        keep_template(workplace, "  ", side=PAPER)
