"""Note templates: the product's own, and those that an assessor keeps in the store."""

import pytest

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Observation
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scale import AnswerKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.note_templates import (
    Given,
    change_template,
    given,
    keep_template,
    templates_for,
)
from assessor_app.services.report.words import Words
from assessor_app.texts import Language

PAPER, PRACTICE = Side.PAPERWORK, Side.PRACTICE


@pytest.fixture
def words(workplace: Workplace) -> Words:
    return Words(Language.INDONESIAN, workplace.profile.zone)


def texts(
    workplace: Workplace,
    words: Words,
    side: Side,
    kind: AnswerKind = AnswerKind.PRESENCE,
    *,
    answered: Given | None = None,
) -> list[str]:
    found = templates_for(workplace, words, side=side, kind=kind, answered=answered)
    return [one.text for one in found]


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


@pytest.mark.parametrize(
    ("side", "answered", "first"),
    [
        (PRACTICE, Given.ALL, "seen"),
        (PRACTICE, Given.NONE, "not_seen"),
        (PRACTICE, Given.SOME, "not_known"),
        (PAPER, Given.ALL, "shown"),
        (PAPER, Given.NONE, "not_shown"),
        (PAPER, Given.SOME, "expired"),
        (PAPER, Given.NOTHING_SAID, "not_shown"),
    ],
)
def test_what_goes_with_the_answer_comes_first_and_nothing_is_left_out(
    workplace: Workplace, words: Words, side: Side, answered: Given, first: str
) -> None:
    own = keep_template(workplace, "Loket tutup.", side=side)

    found = texts(workplace, words, side, answered=answered)

    assert found[:2] == [own.text, words(f"note_template.{side.value}.{first}")]
    assert sorted(found) == sorted(texts(workplace, words, side))


def test_what_was_answered_is_told_by_how_far_it_fulfils(library: Library) -> None:
    indicator = library.get("2015-pemda").by_code["P15-01"]
    duration = next(
        one for one in library.get("2026").by_code.values() if one.kind is AnswerKind.DURATION
    )

    assert given(indicator, PAPER, Observation()) is None
    assert given(indicator, PAPER, Observation(answer="present")) is Given.ALL
    assert given(indicator, PAPER, Observation(answer="absent")) is Given.NONE
    assert given(indicator, PAPER, Observation(not_assessed_reason="Tutup")) is Given.NOTHING_SAID
    assert given(duration, PRACTICE, Observation(answer="8")) is None
    assert given(duration, PRACTICE, Observation(answer="8"), promised="4") is Given.SOME
