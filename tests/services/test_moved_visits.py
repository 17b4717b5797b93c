"""Moving a visit to another instrument: shown first, then a recorded act that deletes nothing."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import SMALL, begin
from tests.visiting import SIGNING_PASSPHRASE, answer, attach, record

from assessor_app.domain.event import Event
from assessor_app.domain.instrument import Instrument, Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import InstrumentFault, VisitRefused
from assessor_app.domain.scoring import Basis
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.document import read_document
from assessor_app.instruments.library import Library
from assessor_app.instruments.reading import load
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.writing import write_yaml
from assessor_app.reporting.reading import read_back
from assessor_app.services.enrolment import Workplace
from assessor_app.services.history import told
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.moving import Misfit, Move, move_visit, moves
from assessor_app.services.overview import visit_line
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit
from assessor_app.storage.store import Store
from assessor_app.texts import Language

Tree = dict[str, Any]  # a form as YAML has it


@dataclass(frozen=True)
class Bench:
    """A folder of instruments beside the shipped ones, and a visit under the small one."""

    folder: Path
    library: Library
    workplace: Workplace

    def version(self, change: Callable[[Tree], None], *, name: str = "2") -> Instrument:
        """The small instrument with a change, as a version of its own."""
        tree = read_document(SMALL / "small.yaml").tree
        assert isinstance(tree, dict)
        change(tree)
        tree["version"] = name
        path = self.folder / f"small@{name}.yaml"
        path.write_text(write_yaml(InstrumentForm.model_validate(tree)), encoding="utf-8")
        self.library.forget()
        return self.library.get(f"small@{name}")

    def open(self, visit: str) -> Session:
        return open_session(self.workplace.store, visit, self.library)


def indicator(tree: Tree, code: str) -> Tree:
    for dimension in tree["dimensions"]:
        for variable in dimension["variables"]:
            for one in variable["indicators"]:
                if one["code"] == code:
                    assert isinstance(one, dict)
                    return one
    raise KeyError(code)


def same(tree: Tree) -> None:
    """Another version of the same content."""


@pytest.fixture
def bench(tmp_path: Path, workplace: Workplace) -> Bench:
    folder = tmp_path / "instruments"
    folder.mkdir()
    library = Library([SMALL, folder], kept=folder / "pinned")
    return Bench(folder, library, workplace)


@pytest.fixture
def visit(bench: Bench) -> Session:
    return bench.open(begin(bench.workplace, bench.library.get("small"), bench.library))


def key(code: str, side: str, product: str = "-", respondent: str = "-") -> ObservationKey:
    return ObservationKey(code, Side(side), product, respondent)


def moved(bench: Bench, session: Session, move: Move, reason: str = "Versi 2 berlaku") -> Session:
    """The visit after the move, opened anew."""
    done = move_visit(session, move, reason=reason, library=bench.library)
    assert done.event is not None
    return bench.open(session.visit_id)


def last(store: Store, visit: str) -> Event:
    *_, stored = store.log.stored(visit)
    return stored.event


def test_a_version_of_the_same_content_takes_everything_over(
    bench: Bench, visit: Session, tmp_path: Path
) -> None:
    answer(visit, "T-03", "paperwork", "present")
    answer(visit, "T-03", "practice", "partial")
    attach(visit, "T-03", tmp_path)
    answer(visit, "T-04", "practice", "absent", product="KTP")
    before = visit.scores()[Basis.OFFICIAL]

    move = moves(visit, bench.version(same))

    assert move.difference.none
    assert (move.unfit, move.added) == ((), ())
    assert len(move.taken_over) == 3
    assert move.after.scores[Basis.OFFICIAL].points == before.points
    assert visit.snapshot.visit.instrument_version == "small@1"

    after = moved(bench, visit, move)

    assert after.instrument.pin == "small@2"
    assert after.snapshot.observations == visit.snapshot.observations
    assert after.snapshot.evidence == visit.snapshot.evidence
    assert after.scores()[Basis.OFFICIAL].points == before.points
    event = last(bench.workplace.store, after.visit_id)
    assert (event.kind.value, event.reason) == ("moved", "Versi 2 berlaku")
    assert [(one.entity, one.field) for one in event.changes] == [
        ("visit", "instrument_version"),
        ("visit", "instrument_digest"),
    ]
    assert event.changes[0].before == "small@1"


def test_the_score_is_shown_under_both_before_anything_changes(
    bench: Bench, visit: Session
) -> None:
    answer(visit, "T-03", "paperwork", "partial")
    answer(visit, "T-03", "practice", "partial")

    def heavier(tree: Tree) -> None:
        indicator(tree, "T-03")["weight"] = "40"
        indicator(tree, "T-04")["weight"] = "10"

    move = moves(visit, bench.version(heavier))

    before, after = move.before.outlook.scores, move.after.scores
    assert before[Basis.OFFICIAL].points == Decimal(15)
    assert after[Basis.OFFICIAL].points == Decimal(20)
    assert visit.scores()[Basis.OFFICIAL].points == Decimal(15)
    assert len(list(bench.workplace.store.log.stored(visit.visit_id))) == 3


def test_answers_to_an_indicator_that_is_gone_stay_and_count_again_when_moved_back(
    bench: Bench, visit: Session, tmp_path: Path
) -> None:
    answer(visit, "T-05", "paperwork", "present", note="Terlihat")
    answer(visit, "T-05", "practice", "absent")
    attach(visit, "T-05", tmp_path)

    def without(tree: Tree) -> None:
        places = tree["dimensions"][1]["variables"][0]
        places["indicators"] = [
            one for one in places["indicators"] if one["code"] not in ("T-05", "T-06")
        ]
        del tree["shared_weights"]
        tree["retired_codes"] = ["T-05", "T-06"]
        indicator(tree, "T-03")["weight"] = "50"

    move = moves(visit, bench.version(without))

    assert {one.key: one.why for one in move.unfit} == {
        key("T-05", "paperwork"): Misfit.INDICATOR_GONE,
        key("T-05", "practice"): Misfit.INDICATOR_GONE,
    }
    assert not any(one.set_aside for one in move.unfit)
    after = moved(bench, visit, move)
    assert after.snapshot.observations == visit.snapshot.observations
    assert after.findings() == ()
    assert "T-05" not in {one.indicator.code for one in after.compared()}
    assert after.doubts(bench.workplace.store.clock.now()) == ()

    back = moved(bench, after, moves(after, bench.library.get("small@1")), "Keliru dipindahkan")

    assert [one.indicator.code for one in back.findings()] == ["T-05"]
    assert len(back.snapshot.evidence_for(key("T-05", "practice"))) == 1


def test_an_answer_that_the_new_scale_would_misread_is_set_aside_with_what_was_noted_kept(
    bench: Bench, visit: Session
) -> None:
    answer(visit, "T-03", "paperwork", "partial", note="Tanpa tanda tangan")
    answer(visit, "T-03", "practice", "present")

    def shorter(tree: Tree) -> None:
        indicator(tree, "T-03")["scale"] = "ada"

    move = moves(visit, bench.version(shorter))

    assert [(one.key, one.answer, one.why, one.set_aside) for one in move.unfit] == [
        (key("T-03", "paperwork"), "partial", Misfit.NOT_ON_SCALE, True)
    ]
    assert move.taken_over == (key("T-03", "practice"),)
    after = moved(bench, visit, move)
    observation = after.snapshot.observation(key("T-03", "paperwork"))
    assert (observation.answer, observation.note) == (None, "Tanpa tanda tangan")
    change = last(bench.workplace.store, after.visit_id).changes[-1]
    assert (change.field, change.before, change.after) == ("answer", "partial", None)
    assert any(rule.indicator == "T-03" for rule in after.open_rules(Outcome.COMPLETED))


def test_a_number_is_not_read_as_a_level_nor_days_as_hours(bench: Bench, visit: Session) -> None:
    def counting(tree: Tree) -> None:
        tree["scales"]["jumlah"] = {"kind": "count", "target": "4", "unit": _unit("petugas")}
        indicator(tree, "T-03")["scale"] = "jumlah"

    def in_hours(tree: Tree) -> None:
        counting(tree)
        tree["scales"]["jumlah"]["unit"] = _unit("jam")

    def levels(tree: Tree) -> None:
        indicator(tree, "T-03")["scale"] = "pengetahuan"

    counted = moved(bench, visit, moves(visit, bench.version(counting)))
    answer(counted, "T-03", "practice", "3")

    hours = moves(counted, bench.version(in_hours, name="3"))
    ordinal = moves(counted, bench.version(levels, name="4"))

    assert [one.why for one in hours.unfit] == [Misfit.KIND_CHANGED]
    assert [one.why for one in ordinal.unfit] == [Misfit.KIND_CHANGED]
    assert moved(bench, counted, ordinal).snapshot.observations[key("T-03", "practice")].answer is (
        None
    )


def _unit(name: str) -> Mapping[str, str]:
    return {"id": name, "en": name}


def test_a_side_or_product_that_is_not_asked_any_more_does_not_count(
    bench: Bench, visit: Session
) -> None:
    answer(visit, "T-03", "paperwork", "present")
    answer(visit, "T-03", "practice", "absent")
    answer(visit, "T-04", "practice", "present", product="KTP")

    def fewer(tree: Tree) -> None:
        indicator(tree, "T-03").update({"sides": ["practice"], "counts": "practice"})
        indicator(tree, "T-04")["asked"] = "once"

    move = moves(visit, bench.version(fewer))

    assert {one.key.indicator: one.why for one in move.unfit} == {
        "T-03": Misfit.SIDE_GONE,
        "T-04": Misfit.ASKED_OTHERWISE,
    }
    after = moved(bench, visit, move)
    lines = {line.indicator.code: line.fulfilment for line in after.scores()[Basis.OFFICIAL].lines}
    assert lines["T-03"] == 0
    assert lines["T-04"] is None
    assert after.snapshot.observations == visit.snapshot.observations


def test_a_side_that_is_gone_and_could_not_be_read_either_is_set_aside(
    bench: Bench, visit: Session
) -> None:
    answer(visit, "T-03", "paperwork", "partial")
    record(visit, {"indicator": "T-03", "side": "paperwork", "document": {"number": "SK/1"}})

    def counting(tree: Tree) -> None:
        tree["scales"]["jumlah"] = {"kind": "count", "target": "4"}
        indicator(tree, "T-03").update(
            {"scale": "jumlah", "sides": ["practice"], "counts": "practice"}
        )

    move = moves(visit, bench.version(counting))

    assert [(one.why, one.set_aside) for one in move.unfit] == [(Misfit.SIDE_GONE, True)]
    after = moved(bench, visit, move)
    assert after.doubts(bench.workplace.store.clock.now()) == ()


def test_respondents_answers_are_taken_over_where_respondents_are_still_asked(
    bench: Bench, visit: Session
) -> None:
    answer(visit, "T-01", "practice", "4", respondent="R1")
    record(
        visit,
        {
            "indicator": "T-01",
            "side": "practice",
            "respondent": "R2",
            "not_assessed_reason": "Cuti",
        },
    )

    def once(tree: Tree) -> None:
        indicator(tree, "T-01")["asked"] = "once"

    still = moves(visit, bench.version(same))
    not_any_more = moves(visit, bench.version(once, name="3"))

    assert len(still.taken_over) == 2
    assert [one.why for one in not_any_more.unfit] == [Misfit.ASKED_OTHERWISE] * 2


def test_that_an_indicator_does_not_apply_holds_on_unless_it_always_applies_now(
    bench: Bench, visit: Session
) -> None:
    for code, side in (("T-02", "paperwork"), ("T-01", "practice")):
        record(visit, {"indicator": code, "side": side, "not_applicable_reason": "UPT baru"})

    def always(tree: Tree) -> None:
        indicator(tree, "T-02")["may_not_apply"] = False

    move = moves(visit, bench.version(always))

    assert [(one.key, one.answer, one.why) for one in move.unfit] == [
        (key("T-02", "paperwork"), None, Misfit.ALWAYS_APPLIES)
    ]
    assert move.taken_over == (key("T-01", "practice"),)
    after = moved(bench, visit, move)
    assert after.snapshot.observation(key("T-02", "paperwork")).not_applicable_reason is None


def test_an_answer_must_meet_the_constraint_of_the_new_version(
    bench: Bench, visit: Session
) -> None:
    answer(visit, "T-03", "paperwork", "present")
    answer(visit, "T-03", "practice", "absent")
    answer(visit, "T-04", "practice", "absent", product="KTP")
    record(visit, {"indicator": "T-02", "side": "paperwork", "note": "Menunggu berkas"})

    def constrained(tree: Tree) -> None:
        indicator(tree, "T-03")["constraint"] = ". != 'absent'"
        indicator(tree, "T-04").update({"constraint": ". != 'absent'", "asked": "once"})

    move = moves(visit, bench.version(constrained))

    assert [(one.key.indicator, one.why, one.set_aside) for one in move.unfit] == [
        ("T-03", Misfit.CONSTRAINT, True),
        ("T-04", Misfit.ASKED_OTHERWISE, False),
    ]
    assert move.after.findings == ()


def test_a_constraint_that_names_its_own_indicator_looks_at_the_answer_itself(
    bench: Bench, visit: Session
) -> None:
    """As when the same answer is given afresh, though the other side has none yet."""
    answer(visit, "T-03", "paperwork", "present")
    answer(visit, "T-05", "paperwork", "absent")

    def constrained(tree: Tree) -> None:
        for code in ("T-03", "T-05"):
            indicator(tree, code)["constraint"] = f"${{{code}}} = 'present'"

    move = moves(visit, bench.version(constrained))

    assert [(one.key.indicator, one.why) for one in move.unfit] == [("T-05", Misfit.CONSTRAINT)]
    assert move.taken_over == (key("T-03", "paperwork"),)


def test_undo_and_redo_do_not_reach_over_a_move(bench: Bench, visit: Session) -> None:
    answer(visit, "T-03", "practice", "present")
    answer(visit, "T-03", "practice", "absent")
    visit.undo()

    after = moved(bench, visit, moves(visit, bench.version(same)))

    assert (after.next_undo, after.next_redo) == (None, None)
    with pytest.raises(VisitRefused, match="nothing_to_undo"):
        after.undo()
    answer(after, "T-03", "practice", "partial")
    after.undo()
    assert after.snapshot.observation(key("T-03", "practice")).answer == "present"
    with pytest.raises(VisitRefused, match="nothing_to_undo"):
        after.undo()


def test_the_former_session_takes_no_answers_until_the_visit_is_opened_anew(
    bench: Bench, visit: Session
) -> None:
    move = moves(visit, bench.version(same))
    move_visit(visit, move, reason="Versi 2", library=bench.library)

    with pytest.raises(VisitRefused) as caught:
        answer(visit, "T-03", "practice", "present")

    assert caught.value.code == "visit_on_other_instrument"
    assert caught.value.places["instrument"] == "small@2"


def test_a_move_is_refused_where_anything_was_recorded_since_it_was_shown(
    bench: Bench, visit: Session
) -> None:
    move = moves(visit, bench.version(same))
    answer(visit, "T-03", "practice", "present")

    with pytest.raises(VisitRefused, match="visit_moved_on"):
        move_visit(visit, move, reason="Versi 2", library=bench.library)

    assert bench.open(visit.visit_id).instrument.pin == "small@1"


def refused(verb: Callable[[], object]) -> str:
    with pytest.raises(VisitRefused) as caught:
        verb()
    return caught.value.code


def test_a_visit_moves_only_while_it_takes_answers_and_to_an_instrument_it_could_have(
    bench: Bench, visit: Session, library: Library
) -> None:
    def elsewhere(tree: Tree) -> None:
        tree["object_types"] = tree["object_types"][1:]

    other = bench.version(same)
    bounds_only = next(one for one in library.all() if not one.visitable)
    ready = moves(visit, other)

    assert refused(lambda: moves(visit, visit.instrument)) == "visit_on_instrument"
    assert refused(lambda: moves(visit, bounds_only)) == "instrument_bounds_only"
    health = bench.version(elsewhere, name="3")
    assert refused(lambda: moves(visit, health)) == "object_type_unknown"
    assert (
        refused(lambda: move_visit(visit, ready, reason=" ", library=bench.library))
        == "reason_missing"
    )
    visit.pause("Istirahat", at=bench.workplace.store.clock.now())
    assert refused(lambda: moves(visit, other)) == "visit_paused"
    visit.resume(at=bench.workplace.store.clock.now())
    now = bench.workplace.store.clock.now()
    close_visit(visit, bench.workplace, Outcome.STOPPED, departure=now, account="Diminta pergi.")
    assert refused(lambda: moves(visit, other)) == "visit_not_answerable"


def test_the_visit_stays_with_its_version_after_the_file_is_gone(
    bench: Bench, visit: Session
) -> None:
    other = bench.version(same)
    moved(bench, visit, moves(visit, other))
    (bench.folder / "small@2.yaml").unlink()
    bench.library.forget()

    again = bench.open(visit.visit_id)

    assert again.instrument == load(bench.folder / "pinned" / f"{other.digest}.yaml")
    with pytest.raises(InstrumentFault):
        bench.library.get("small@2")


def test_the_history_tells_the_move_and_what_came_before_it(bench: Bench, visit: Session) -> None:
    answer(visit, "T-05", "practice", "absent")

    def without(tree: Tree) -> None:
        indicator(tree, "T-05")["code"] = "T-15"

    after = moved(bench, visit, moves(visit, bench.version(without)), "Bobot diperbaiki")
    words = Words(Language.INDONESIAN, bench.workplace.profile.zone)

    sentences = [
        told(one.event, after.instrument, words, snapshot=after.snapshot)
        for one in bench.workplace.store.log.stored(visit.visit_id)
    ]

    assert sentences[-1] == "Kunjungan dipindahkan ke versi instrumen lain: “Bobot diperbaiki”"
    assert "T-05" in sentences[1]


def test_a_moved_visit_closes_is_issued_and_its_projection_rebuilds(
    bench: Bench, visit: Session, tmp_path: Path
) -> None:
    workplace = bench.workplace
    answer(visit, "T-05", "paperwork", "present")
    answer(visit, "T-05", "practice", "absent")
    attach(visit, "T-05", tmp_path)

    def renamed(tree: Tree) -> None:
        indicator(tree, "T-05")["code"] = "T-15"

    after = moved(bench, visit, moves(visit, bench.version(renamed)))
    for one in after.instrument.indicators():
        for side in one.sides:
            if one.code == "T-01":
                answer(after, one.code, side.value, "4", respondent="R1")
            else:
                answer(after, one.code, side.value, "present")
    close_visit(after, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=workplace.store.clock.now())

    issue(after, workplace, identity, out=tmp_path / "x.pdf", language=Language.INDONESIAN)

    assert after.scores()[Basis.OFFICIAL].points == 100
    assert after.findings() == ()
    found = read_back((tmp_path / "x.pdf").read_bytes())
    record = json.loads(next(one for one in found.attachments if one.name == "temuan.json").data)
    assert (record["instrument"]["id"], record["instrument"]["version"]) == ("small", "2")
    assert visit_line(workplace, bench.library, after.snapshot.visit).visit == after.snapshot.visit
    assert workplace.store.rebuild().differences == ()


def test_an_answer_given_under_the_former_version_meanwhile_does_not_count(
    bench: Bench, visit: Session
) -> None:
    def counting(tree: Tree) -> None:
        tree["scales"]["jumlah"] = {"kind": "count", "target": "4"}
        indicator(tree, "T-03")["scale"] = "jumlah"

    elsewhere = bench.open(visit.visit_id)
    after = moved(bench, visit, moves(visit, bench.version(counting)))

    with pytest.raises(VisitRefused, match="visit_on_other_instrument"):
        answer(elsewhere, "T-03", "practice", "present")

    answer(after, "T-03", "practice", "4")
    assert after.scores()[Basis.OFFICIAL].measured == 0


def test_what_was_answered_before_the_visit_left_its_instrument_is_not_new_on_the_way_back(
    bench: Bench, visit: Session
) -> None:
    answer(visit, "T-03", "paperwork", "present")

    def without(tree: Tree) -> None:
        weight = Decimal(str(indicator(tree, "T-03")["weight"]))
        indicator(tree, "T-04")["weight"] = str(
            Decimal(str(indicator(tree, "T-04")["weight"])) + weight
        )
        for dimension in tree["dimensions"]:
            for variable in dimension["variables"]:
                kept = [one for one in variable["indicators"] if one["code"] != "T-03"]
                variable["indicators"] = kept

    shorter = bench.version(without)
    session = moved(bench, visit, moves(visit, shorter))

    back = moves(session, bench.library.get("small@1"))

    assert [one.code for one in back.difference.added] == ["T-03"]
    assert back.added == ()
