"""Whatever arrives in whatever order, however often: every store comes to the same visit."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchanging import Desk, Desks, desks_in
from tests.visiting import LATER, attach

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Outcome
from assessor_app.services.entries import entry_from
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit

INDICATORS = ("P15-06", "P15-08", "P15-12")
QUICKLY = settings(max_examples=3, deadline=None)


@contextmanager
def devices(folder: Path) -> Iterator[tuple[Desks, list[Desk]]]:
    """Three devices, whose clocks are an hour apart."""
    with desks_in(folder) as desks:
        hour = timedelta(hours=1)
        yield desks, [desks("A"), desks("B", ahead=hour), desks("C", ahead=-hour)]


def answered(desk: Desk, session: Session, chance: random.Random) -> None:
    given: dict[str, object] = {
        "indicator": chance.choice(INDICATORS),
        "side": chance.choice(("paperwork", "practice")),
        **chance.choice(
            (
                {"answer": chance.choice(("present", "absent"))},
                {"not_assessed_reason": f"alasan {desk.name}"},
                {"note": f"catatan {desk.name}"},
            )
        ),
    }
    entry = entry_from(given, zone=desk.workplace.profile.zone, now=LATER)
    session.record(entry, reason="perlu")


def settled(session: Session, chance: random.Random) -> None:
    for conflict in session.snapshot.conflicts[:1]:
        chosen = chance.choice(conflict.contenders)
        session.resolve(conflict.entity, chosen.event, reason="dibicarakan")


def stepped(desk: Desk, session: Session, chance: random.Random) -> None:
    match chance.choice(("close", "close", "reopen", "lead", "talk", "pause", "resume")):
        case "close":
            outcome = chance.choice((Outcome.STOPPED, Outcome.INTERRUPTED))
            now = desk.clock.now()
            close_visit(session, desk.workplace, outcome, departure=now, account="hujan")
        case "reopen":
            session.reopen("ada yang belum masuk", at=desk.clock.now())
        case "lead":
            session.take_lead("ketua tidak dapat dihubungi")
        case "talk":
            session.begin_exit_talk()
        case "pause":
            session.pause("istirahat", at=desk.clock.now())
        case "resume":
            session.resume(at=desk.clock.now())


def acted(desk: Desk, visit: str, chance: random.Random, *, photos: Path) -> None:
    """One thing that somebody may do now; what is refused is not done."""
    session = desk.open(visit)
    with suppress(Problem):
        match chance.choices(
            ("answer", "undo", "redo", "photo", "settle", "step"), (8, 2, 1, 1, 3, 3)
        )[0]:
            case "answer":
                answered(desk, session, chance)
            case "undo":
                session.undo(reason="keliru")
            case "redo":
                session.redo(reason="ternyata benar")
            case "photo":
                attach(session, chance.choice(INDICATORS), photos, colour=chance.choice(COLOURS))
            case "settle":
                settled(session, chance)
            case "step":
                stepped(desk, session, chance)


COLOURS = ("teal", "navy")


def lived(made: Sequence[Desk], chance: random.Random, *, actions: int) -> tuple[str, list[Path]]:
    """A visit on three devices that now and then give each other a file; all files of it."""
    visit = made[0].begin().visit_id
    files = [made[0].export(visit)]
    for desk in made[1:]:
        desk.take_in(files[0])
    for _ in range(actions):
        desk = chance.choice(made)
        acted(desk, visit, chance, photos=desk.folder)
        if chance.random() < 0.12:
            files.append(chance.choice(made).export(visit, evidence=chance.random() < 0.5))
        if chance.random() < 0.3:
            chance.choice(made).take_in(chance.choice(files))
    return visit, [*files, *(desk.export(visit) for desk in made)]


@cache
def a_life() -> tuple[str, tuple[bytes, ...]]:
    """One visit with conflicts, late events and a reopening, as the files that went round."""
    with TemporaryDirectory() as folder, devices(Path(folder)) as (_, made):
        visit, files = lived(made, random.Random(10), actions=30)
        return visit, tuple(file.read_bytes() for file in files)


@QUICKLY
@given(st.data())
def test_files_in_any_order_and_repeatedly_give_the_same_visit(data: st.DataObject) -> None:
    visit, files = a_life()
    some = data.draw(st.lists(st.sampled_from(range(len(files))), max_size=4))
    order = [*some, *data.draw(st.permutations(range(len(files))))]
    with TemporaryDirectory() as name, desks_in(Path(name)) as desks:
        shown = []
        for told, store in ((order, desks("D")), (range(len(files)), desks("E"))):
            for number in told:
                file = Path(name) / "in.visit"
                file.write_bytes(files[number])
                store.take_in(file)
            shown.append((store.rows(visit), store.open(visit).snapshot))
            assert store.workplace.store.rebuild().differences == ()

    assert shown[0] == shown[1]


@pytest.mark.parametrize("seed", [2, 14])
def test_devices_that_told_each_other_all_agree(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    with devices(tmp_path) as (_, made):
        visit, files = lived(made, chance, actions=30)
        for desk in made:
            for file in chance.sample(files, len(files)):
                desk.take_in(file)

        rows = [desk.rows(visit) for desk in made]
        sessions = [desk.open(visit) for desk in made]

        assert rows[0] == rows[1] == rows[2]
        assert len({desk.workplace.store.head(visit) for desk in made}) == 1
        assert sessions[0].snapshot == sessions[1].snapshot == sessions[2].snapshot
        assert sessions[0].outlook() == sessions[1].outlook() == sessions[2].outlook()
        for desk in made:
            assert desk.workplace.store.rebuild().differences == ()
