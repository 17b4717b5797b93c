"""Conflicts side by side: values in words, by whom, when, with which evidence."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.exchanging import ZONE, Desk, Desks, desks_in
from tests.visiting import answer, attach, record

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import Declaration, Receiver
from assessor_app.services.conflicts import Shown, conflicts
from assessor_app.services.report.words import Words
from assessor_app.texts import Language

INDONESIAN, ENGLISH = Words(Language.INDONESIAN, ZONE), Words(Language.ENGLISH, ZONE)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


@pytest.fixture
def here(desks: Desks) -> Desk:
    return desks("A")


@pytest.fixture
def there(desks: Desks) -> Desk:
    return desks("B", ahead=timedelta(hours=1))


def begun(here: Desk, there: Desk) -> str:
    visit = here.begin().visit_id
    there.take_in(here.export(visit))
    return visit


def merged(visit: str, *, at: Desk, of: Desk) -> None:
    at.take_in(of.export(visit))


def shown(desk: Desk, visit: str, words: Words = INDONESIAN) -> tuple[Shown, ...]:
    return conflicts(desk.open(visit), desk.workplace, words)


def test_a_settled_conflict_is_not_undone_nor_is_what_it_rests_on(here: Desk, there: Desk) -> None:
    visit = begun(here, there)
    answer(here.open(visit), "P15-07", "practice", "present")
    answer(here.open(visit), "P15-06", "practice", "present")
    answer(there.open(visit), "P15-06", "practice", "absent")
    merged(visit, at=here, of=there)
    session = here.open(visit)
    (one,) = session.snapshot.conflicts
    theirs = next(each.event for each in one.contenders if each.value == "absent")
    session.resolve(one.entity, theirs)
    for again in (session, here.open(visit)):
        with pytest.raises(VisitRefused) as refused:
            again.undo()
        assert refused.value.code == "undo_of_resolution"

    answer(session, "P15-08", "practice", "present")
    _, undone = session.undo()
    session.redo()
    session.undo()

    assert undone.changes[0].entity.startswith("observation/P15-08/")
    with pytest.raises(VisitRefused, match="undo_of_resolution"):
        session.undo()
    assert not session.snapshot.conflicts


def test_a_visit_without_conflicts_shows_none(here: Desk) -> None:
    assert shown(here, here.begin().visit_id) == ()


def test_each_side_tells_value_person_time_note_and_evidence(
    here: Desk, there: Desk, tmp_path: Path
) -> None:
    visit = begun(here, there)
    answer(here.open(visit), "P15-06", "practice", "present", note="dekat loket 1")
    seen = "2026-11-22T08:30:00+09:00"
    answer(there.open(visit), "P15-06", "practice", "absent", observed_at=seen)
    attach(there.open(visit), "P15-06", tmp_path)
    merged(visit, at=here, of=there)

    (one,) = shown(here, visit)
    mine, theirs = sorted(one.sides, key=lambda side: not side.own_device)

    assert one.key == ObservationKey("P15-06", Side.PRACTICE)
    assert one.place == "P15-06, dalam praktik"
    assert (mine.name, mine.value, mine.author) == ("Jawaban", "Ada", "Asesor A")
    assert (theirs.value, theirs.author, theirs.recorded) == ("Tidak ada", "Asesor B", "absent")
    assert mine.note == "dekat loket 1"
    assert theirs.observed_at == datetime.fromisoformat(seen).astimezone(UTC)
    assert theirs.recorded_at - mine.recorded_at > timedelta(minutes=50)
    assert [proof.author for proof in theirs.proofs] == ["Asesor B"]
    assert mine.proofs == one.others == ()
    assert theirs.device == there.workplace.store.device.id


def test_both_devices_show_the_same_conflict(here: Desk, there: Desk) -> None:
    visit = begun(here, there)
    answer(here.open(visit), "P15-06", "practice", "present")
    answer(there.open(visit), "P15-06", "practice", "absent")
    merged(visit, at=here, of=there)
    merged(visit, at=there, of=here)

    (mine,), (theirs,) = shown(here, visit, ENGLISH), shown(there, visit, ENGLISH)

    assert [side.value for side in mine.sides] == [side.value for side in theirs.sides]
    assert {side.own_device for side in mine.sides} == {True, False}
    assert [side.own_device for side in mine.sides] != [side.own_device for side in theirs.sides]


def test_evidence_of_a_third_person_stands_beside(
    here: Desk, there: Desk, desks: Desks, tmp_path: Path
) -> None:
    visit = begun(here, there)
    third = desks("C")
    merged(visit, at=third, of=here)
    attach(third.open(visit), "P15-06", tmp_path)
    answer(here.open(visit), "P15-06", "practice", "present")
    answer(there.open(visit), "P15-06", "practice", "absent")
    for other in (there, third):
        merged(visit, at=here, of=other)

    (one,) = shown(here, visit)

    assert [proof.author for proof in one.others] == ["Asesor C"]
    assert all(not side.proofs for side in one.sides)


def test_an_answer_and_a_reason_for_none_are_shown_with_their_own_names(
    here: Desk, there: Desk
) -> None:
    visit = begun(here, there)
    answer(here.open(visit), "P15-06", "practice", "present")
    reason = {"indicator": "P15-06", "side": "practice", "not_assessed_reason": "loket tutup"}
    record(there.open(visit), reason)
    merged(visit, at=here, of=there)

    (one,) = shown(here, visit)

    told = {(side.name, side.value) for side in one.sides}
    assert told == {("Jawaban", "Ada"), ("Alasan tidak dapat dinilai", "loket tutup")}


@pytest.mark.parametrize("chosen", ["Ada", "loket tutup"])
def test_an_answer_that_both_knew_is_changed_here_and_taken_back_there(
    here: Desk, there: Desk, chosen: str
) -> None:
    visit = here.begin().visit_id
    answer(here.open(visit), "P15-06", "practice", "absent")
    merged(visit, at=there, of=here)
    answer(here.open(visit), "P15-06", "practice", "present")
    reason = {"indicator": "P15-06", "side": "practice", "not_assessed_reason": "loket tutup"}
    record(there.open(visit), reason)
    merged(visit, at=here, of=there)

    (one,) = shown(here, visit)
    told = {side.value: side.event for side in one.sides}
    session = here.open(visit)
    session.resolve(one.entity, told[chosen])

    assert told.keys() == {"Ada", "loket tutup"}
    assert here.open(visit).snapshot.conflicts == ()


def test_conflicts_beside_indicators_are_told_and_settled_too(here: Desk, there: Desk) -> None:
    visit = begun(here, there)
    for desk, name in ((here, "Ibu Ani"), (there, "Bapak Budi")):
        desk.open(visit).record_receiver(Receiver(Declaration.RECEIVED, name=name))
    merged(visit, at=here, of=there)

    (one,) = shown(here, visit)
    assert (one.entity, one.field, one.key) == ("receiver", "name", None)
    assert {side.value for side in one.sides} == {"Ibu Ani", "Bapak Budi"}

    chosen = next(side.event for side in one.sides if side.value == "Bapak Budi")
    here.open(visit).resolve("receiver", chosen)
    assert shown(here, visit) == ()
    receiver = here.open(visit).snapshot.receiver
    assert receiver is not None
    assert receiver.name == "Bapak Budi"


def test_one_field_can_be_settled_and_the_other_left(here: Desk, there: Desk) -> None:
    visit = begun(here, there)
    answer(here.open(visit), "P15-06", "practice", "present", note="satu")
    answer(there.open(visit), "P15-06", "practice", "absent", note="dua")
    merged(visit, at=here, of=there)
    session = here.open(visit)
    event = next(side.event for one in shown(here, visit) for side in one.sides if side.own_device)

    session.resolve("observation/P15-06/-/-/practice/-", event, field="answer")
    assert [one.field for one in shown(here, visit)] == ["note"]
    session.resolve("observation/P15-06/-/-/practice/-", event)

    assert shown(here, visit) == ()
    with pytest.raises(VisitRefused) as refused:
        session.resolve("observation/P15-06/-/-/practice/-", event)
    assert refused.value.code == "contender_unknown"


def test_two_different_resolutions_stand_against_each_other_again(here: Desk, there: Desk) -> None:
    visit = begun(here, there)
    answer(here.open(visit), "P15-06", "practice", "present")
    answer(there.open(visit), "P15-06", "practice", "absent")
    merged(visit, at=here, of=there)
    merged(visit, at=there, of=here)
    for desk in (here, there):
        (one,) = shown(desk, visit)
        own = next(side.event for side in one.sides if side.own_device)
        desk.open(visit).resolve(one.entity, own)
    merged(visit, at=here, of=there)

    (again,) = shown(here, visit)

    assert {side.recorded for side in again.sides} == {"present", "absent"}
