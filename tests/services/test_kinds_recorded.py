"""Every kind of answer through the open visit: recorded, judged, taken back, closed."""

import json
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import begin
from tests.visiting import LATER, answer, attach, record

from assessor_app.domain.closing import CriticalRule
from assessor_app.domain.doubts import DoubtKind
from assessor_app.domain.findings import FindingKind
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.progress import progress, side_settled
from assessor_app.domain.scoring import Basis
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import read_entry
from assessor_app.services.session import Session, open_session


@pytest.fixture
def kinds(workplace: Workplace, library: Library) -> Session:
    visit = begin(workplace, library.get("kinds"), library)
    return open_session(workplace.store, visit, library)


@pytest.fixture
def unweighted(workplace: Workplace, library: Library) -> Session:
    visit = begin(workplace, library.get("unweighted"), library)
    return open_session(workplace.store, visit, library)


def seen(session: Session, code: str) -> Compared:
    return next(one for one in session.compared() if one.indicator.code == code)


def told(session: Session, line: str) -> None:
    session.record(read_entry(line.encode(), zone=UTC, now=LATER))


def kept(session: Session, code: str, side: Side = Side.PRACTICE) -> str | None:
    return session.snapshot.observation(ObservationKey(code, side)).answer


@pytest.mark.parametrize(
    ("code", "given", "written", "share"),
    [
        ("K-03", '"quarterly"', "quarterly", "0.5"),
        ("K-04", '"shared"', "shared", "0.6"),
        ("K-05", "4", "4", "0.5"),
        ("K-05", '"5"', "5", "1"),
        ("K-06", "10", "10", "0.5"),
        ("K-09", '["biaya", "waktu"]', "waktu biaya", None),
        ("K-09", "[]", "none", "0"),
        ("K-13", '"Antrean daring"', "Antrean daring", None),
    ],
)
def test_an_answer_of_each_kind_is_recorded_from_a_line_of_json(
    kinds: Session, code: str, given: str, written: str, share: str | None
) -> None:
    told(kinds, f'{{"indicator": "{code}", "side": "practice", "answer": {given}}}')

    assert kept(kinds, code) == written
    if share is not None:
        assert seen(kinds, code).practice == Decimal(share)


def test_a_number_keeps_its_digits_and_never_becomes_a_float(kinds: Session) -> None:
    told(kinds, '{"indicator": "K-07", "side": "paperwork", "answer": 2.50}')
    told(kinds, '{"indicator": "K-07", "side": "practice", "answer": "0,1"}')

    assert kept(kinds, "K-07", Side.PAPERWORK) == "2.5"
    assert kept(kinds, "K-07") == "0.1"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"indicator": "K-05", "answer": 11}, "answer_too_large"),
        ({"indicator": "K-06", "answer": 1.5}, "answer_not_whole"),
        ({"indicator": "K-09", "answer": ["denda"]}, "answer_part_unknown"),
        ({"indicator": "K-12", "answer": "ya"}, "side_not_asked"),
        ({"indicator": "K-15", "answer": "ya"}, "answer_not_taken_photo"),
        ({"indicator": "K-15", "not_applicable_reason": "tidak ada"}, "always_applies"),
        ({"indicator": "K-06", "answer": True}, "field_not_text"),
        ({"indicator": "K-06", "answer": {"n": 1}}, "field_not_text"),
        ({"indicator": "K-10", "answer": "4"}, "respondent_missing"),
        ({"indicator": "K-10", "answer": "4", "post": "kepala"}, "post_of_nobody"),
        ({"indicator": "K-06", "answer": "4", "substitute": True}, "post_of_nobody"),
        (
            {"indicator": "K-10", "not_applicable_reason": "x", "respondent": "A"},
            "inapplicable_to_one",
        ),
        ({"indicator": "K-06", "answer": 1e300}, "answer_no_number"),
        (
            {
                "indicator": "K-11",
                "answer": "4",
                "respondent": "A",
                "post": "pengguna",
                "substitute": True,
            },
            "substitute_of_user",
        ),
        ({"indicator": "K-10", "answer": "4", "respondent": "A", "post": "wali"}, "post_unknown"),
        (
            {"indicator": "K-10", "answer": "4", "respondent": "A", "substitute": "ya"},
            "field_not_truth",
        ),
        ({"indicator": "K-06", "answer": "1", "not_applicable_reason": "x"}, "answer_and_reason"),
        (
            {"indicator": "K-06", "not_assessed_reason": "y", "not_applicable_reason": "x"},
            "answer_and_reason",
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_recorded(
    kinds: Session, line: dict[str, object], code: str
) -> None:
    before = kinds.snapshot

    with pytest.raises(RecordRefused) as refused:
        told(kinds, json.dumps({"side": "practice", **line}))

    assert refused.value.code == code
    assert kinds.snapshot == before


@pytest.mark.parametrize("own_name", [".", "${K-05}"])
def test_a_constraint_refuses_an_answer_with_the_instruments_own_message(
    workplace: Workplace, tmp_path: Path, own_name: str
) -> None:
    text = (Path(__file__).parents[1] / "instruments" / "files" / "kinds.yaml").read_text("utf-8")
    (tmp_path / "kinds.yaml").write_text(
        text.replace("    most: 10\n", "").replace('". <= 10"', f'"{own_name} <= 10"'), "utf-8"
    )
    own = Library([tmp_path])
    session = open_session(workplace.store, begin(workplace, own.get("kinds"), own), own)

    with pytest.raises(RecordRefused) as refused:
        answer(session, "K-05", "practice", "12")

    assert refused.value.code == "answer_unfit_because"
    assert refused.value.places["reason"] == seen(session, "K-05").indicator.constraint_message
    answer(session, "K-05", "practice", "10")
    assert kept(session, "K-05") == "10"


def test_a_promise_on_paper_is_held_against_the_time_it_took(kinds: Session) -> None:
    answer(kinds, "K-07", "paperwork", "5")
    answer(kinds, "K-07", "practice", "10")

    one = seen(kinds, "K-07")

    assert (one.paper, one.practice) == (Decimal(1), Decimal("0.5"))
    assert one.gap is not None
    assert one.gap.kind is GapKind.PAPER_AHEAD


def test_a_product_may_have_its_own_time_under_the_promise_of_the_whole_unit(
    kinds: Session,
) -> None:
    answer(kinds, "K-07", "paperwork", "4")
    answer(kinds, "K-07", "practice", "8", product="KTP")
    answer(kinds, "K-07", "practice", "3", product="KK")

    shares = [one.practice for one in kinds.compared() if one.indicator.code == "K-07"]

    assert sorted(shares, key=str) == [Decimal("0.5"), Decimal(1)]


def test_a_time_without_a_promise_is_doubted_and_not_judged(
    kinds: Session, workplace: Workplace
) -> None:
    answer(kinds, "K-08", "paperwork", "none")
    answer(kinds, "K-08", "practice", "30")

    found = kinds.doubts(workplace.store.clock.now())

    assert seen(kinds, "K-08").practice is None
    assert [one.kind for one in found if one.indicator == "K-08"] == [DoubtKind.NO_PROMISE_TO_KEEP]
    findings = [one.kind for one in kinds.findings() if one.indicator.code == "K-08"]
    assert findings == [FindingKind.SHORTFALL]


def test_what_does_not_apply_leaves_the_score_and_settles_both_sides(kinds: Session) -> None:
    before = kinds.scores()[Basis.OFFICIAL].maximum
    asked = progress(kinds.snapshot, kinds.compared()).asked
    record(
        kinds,
        {"indicator": "K-06", "side": "practice", "not_applicable_reason": "loket berdiri"},
    )

    one = seen(kinds, "K-06")

    assert one.applies is Applies.NOT_APPLICABLE
    assert progress(kinds.snapshot, kinds.compared()).asked == asked - 1
    official = kinds.scores()[Basis.OFFICIAL]
    assert official.maximum == before
    assert "K-06" not in {line.indicator.code for line in official.lines}
    assert not [rule for rule in kinds.open_rules(Outcome.COMPLETED) if rule.indicator == "K-06"]


def test_an_answer_and_the_two_reasons_take_each_other_away(kinds: Session) -> None:
    reason = {"indicator": "K-06", "side": "practice"}
    record(kinds, {**reason, "not_applicable_reason": "loket berdiri"})
    record(kinds, {**reason, "not_assessed_reason": "ruang terkunci"})
    second = kinds.snapshot.observation(ObservationKey("K-06", Side.PRACTICE))
    answer(kinds, "K-06", "practice", "20")
    third = kinds.snapshot.observation(ObservationKey("K-06", Side.PRACTICE))
    kinds.undo()

    assert (second.not_applicable_reason, second.not_assessed_reason) == (None, "ruang terkunci")
    assert (third.answer, third.not_assessed_reason) == ("20", None)
    assert kinds.snapshot.observation(ObservationKey("K-06", Side.PRACTICE)) == second


def test_an_answer_beside_not_applicable_is_doubted(kinds: Session, workplace: Workplace) -> None:
    answer(kinds, "K-03", "paperwork", "monthly")
    record(kinds, {"indicator": "K-03", "side": "practice", "not_applicable_reason": "unit baru"})

    found = kinds.doubts(workplace.store.clock.now())

    assert DoubtKind.ANSWERED_THOUGH_NOT_APPLICABLE in [
        one.kind for one in found if one.indicator == "K-03"
    ]


def test_a_question_comes_and_goes_with_the_answer_that_it_depends_on(kinds: Session) -> None:
    answer(kinds, "K-02", "practice", "absent")
    hidden = seen(kinds, "K-02").applies
    shown_by = answer(kinds, "K-01", "practice", "present")
    back = seen(kinds, "K-02")
    answer(kinds, "K-01", "practice", "absent")

    assert hidden is Applies.NOT_RELEVANT
    assert "K-02" in shown_by.indicators
    assert (back.applies, back.practice) == (Applies.ASKED, Decimal(0))
    assert seen(kinds, "K-02").applies is Applies.NOT_RELEVANT
    assert kept(kinds, "K-02") == "absent"


def test_an_interview_is_weighed_by_post_and_flags_who_is_missing(
    kinds: Session, workplace: Workplace
) -> None:
    kinds.introduce("Kepala-1", post="kepala", substitute=True)
    answer(kinds, "K-10", "practice", "4", respondent="Kepala-1")
    answer(kinds, "K-10", "practice", "0", respondent="Petugas-1", post="petugas-loket")

    one = seen(kinds, "K-10")
    doubts = {
        (found.kind, found.asked, found.wanted)
        for found in kinds.doubts(workplace.store.clock.now())
        if found.post is not None
    }

    assert one.practice == Decimal("0.5") / Decimal("1.5")
    assert doubts == {
        (DoubtKind.POST_NOT_INTERVIEWED, 1, 2),
        (DoubtKind.TOO_FEW_USERS, 0, 3),
    }
    respondents = {who.pseudonym: who for who in kinds.snapshot.respondents.values()}
    assert respondents["Kepala-1"].substitute
    assert respondents["Petugas-1"].role == "officer"


def test_a_respondent_is_named_once_and_corrected_by_an_action_that_can_be_taken_back(
    kinds: Session,
) -> None:
    kinds.introduce("P-1", post="pengguna")
    again = kinds.introduce("p-1", post="pengguna")
    kinds.introduce("P-1", post="kepala")
    corrected = [who.post for who in kinds.snapshot.respondents.values()]
    kinds.undo()

    assert again.event is None
    assert corrected == ["kepala"]
    assert [who.post for who in kinds.snapshot.respondents.values()] == ["pengguna"]
    with pytest.raises(RecordRefused):
        kinds.introduce("   ")


def test_a_post_told_with_the_same_answer_again_is_recorded(kinds: Session) -> None:
    answer(kinds, "K-10", "practice", "4", respondent="K-1")

    done = answer(kinds, "K-10", "practice", "4", respondent="K-1", post="kepala", substitute=True)

    (known,) = kinds.snapshot.respondents.values()
    assert done.event is not None
    assert (known.post, known.substitute) == ("kepala", True)


def test_whose_post_was_not_told_counts_where_only_one_can_be_meant(
    kinds: Session, workplace: Workplace
) -> None:
    for number in range(3):
        answer(kinds, "K-11", "practice", "4", respondent=f"Tamu {number}")

    doubts = {one.kind for one in kinds.doubts(workplace.store.clock.now())}

    assert DoubtKind.TOO_FEW_USERS not in doubts


def test_who_was_introduced_and_not_asked_does_not_count(
    kinds: Session, workplace: Workplace
) -> None:
    for number in range(3):
        kinds.introduce(f"Pengguna {number}", post="pengguna")
    before = {one.kind: one.asked for one in kinds.doubts(workplace.store.clock.now()) if one.post}
    record(
        kinds, {"indicator": "K-11", "side": "practice", "not_applicable_reason": "tanpa pengguna"}
    )
    after = {one.kind for one in kinds.doubts(workplace.store.clock.now()) if one.post}

    assert before[DoubtKind.TOO_FEW_USERS] == 0
    assert DoubtKind.TOO_FEW_USERS not in after


def test_an_interview_may_not_apply_at_all(kinds: Session) -> None:
    record(
        kinds, {"indicator": "K-11", "side": "practice", "not_applicable_reason": "tanpa pengguna"}
    )

    told = seen(kinds, "K-11").applies
    record(kinds, {"indicator": "K-11", "side": "practice", "not_applicable_reason": None})

    assert told is Applies.NOT_APPLICABLE
    assert seen(kinds, "K-11").applies is Applies.ASKED


def test_a_question_for_a_photo_is_answered_by_the_photo(kinds: Session, tmp_path: Path) -> None:
    one = seen(kinds, "K-15")
    before = side_settled(kinds.snapshot, one, Side.PRACTICE)
    attach(kinds, "K-15", tmp_path)

    assert not before
    assert side_settled(kinds.snapshot, seen(kinds, "K-15"), Side.PRACTICE)


def test_a_visit_closes_without_what_need_not_be_answered(
    kinds: Session, workplace: Workplace
) -> None:
    missing = {
        rule.indicator
        for rule in kinds.open_rules(Outcome.COMPLETED)
        if rule.rule is CriticalRule.ANSWER_MISSING
    }

    assert missing == {f"K-{n:02}" for n in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11)}


def test_an_instrument_without_weights_has_gaps_and_findings_but_no_number(
    unweighted: Session,
) -> None:
    both = [one for one in unweighted.compared() if len(one.indicator.sides) == len(Side)]
    code = next(one.indicator.code for one in both if one.indicator.levels)
    indicator = unweighted.instrument.indicator(code)
    best, worst = indicator.levels[0].value, indicator.levels[-1].value
    full = next(level.value for level in indicator.levels if level.fulfilment == 1)
    answer(unweighted, code, "paperwork", full)
    answer(unweighted, code, "practice", worst if full == best else best)

    assert unweighted.scores() == {}
    gap = seen(unweighted, code).gap
    assert gap is not None
    assert gap.points == 0
    found = [one for one in unweighted.findings() if one.indicator.code == code]
    assert [one.kind for one in found] == [FindingKind.PAPER_ONLY]
