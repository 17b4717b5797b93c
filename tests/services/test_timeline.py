"""The history tells who did what, when, before, after, why and on which device."""

import time
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from tests.conftest import SteppingClock
from tests.exchanging import Desk, Desks, desks_in
from tests.visiting import LATER, answer, answer_all, attach, record

from assessor_app.domain.event import EventKind
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.timeline import (
    Line,
    Mark,
    indicator_history,
    late_count,
    late_history,
    visit_history,
)
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

CODE = "P15-06"
COUNT = 600  # events of a long visit


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def words_of(workplace: Workplace, language: Language = Language.INDONESIAN) -> Words:
    return Words(language, workplace.profile.zone)


def of_indicator(session: Session, workplace: Workplace, code: str = CODE) -> tuple[Line, ...]:
    return indicator_history(session, workplace, words_of(workplace), code)


def at(desk: Desk, visit: str, code: str = CODE) -> tuple[Line, ...]:
    return of_indicator(desk.open(visit), desk.workplace, code)


def told(line: Line) -> dict[str, tuple[str, str]]:
    return {one.name: (one.before, one.after) for one in line.changes}


def test_a_line_tells_who_when_before_after_why_and_where(
    session: Session, workplace: Workplace, clock: SteppingClock
) -> None:
    answer(session, CODE, "practice", "present", note="Papan ada")
    session.begin_exit_talk()
    given = {"indicator": CODE, "side": "practice", "answer": "absent", "note": "Papan hilang"}
    session.record(entry_from(given, zone=UTC, now=LATER), reason="Ditinjau bersama kepala kantor")

    latest, first = of_indicator(session, workplace)

    assert latest.author == "Siti Rahma, S.H."
    assert latest.device == "perangkat ini"
    assert latest.moment == words_of(workplace).moment(latest.event.wall)
    assert latest.moment.endswith("WIT")
    assert latest.part == "P15-06, dalam praktik"
    assert told(latest) == {
        "Jawaban": ("Ada", "Tidak ada"),
        "Catatan": ("Papan ada", "Papan hilang"),
    }
    assert latest.reason == "Ditinjau bersama kepala kantor"
    assert told(first) == {"Jawaban": ("–", "Ada"), "Catatan": ("–", "Papan ada")}
    assert not first.reason


def test_evidence_and_findings_of_an_indicator_belong_to_its_history_and_no_other(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    answer(session, CODE, "paperwork", "present")
    answer(session, CODE, "practice", "absent")
    attach(session, CODE, tmp_path)
    attach(session, "P15-08", tmp_path)  # the same photo: shared
    edit_finding(session, workplace, CODE, FindingEdit(owner="Kepala Dinas"))
    answer(session, "P15-09", "practice", "present")

    own, other = of_indicator(session, workplace), of_indicator(session, workplace, "P15-08")

    kinds = [line.event.kind for line in own]
    assert kinds == [
        EventKind.FINDING_EDITED,
        EventKind.ATTACHED,
        EventKind.ATTACHED,
        EventKind.RECORDED,
        EventKind.RECORDED,
    ]
    assert told(own[0])["Penanggung jawab perbaikan"] == ("–", "Kepala Dinas")
    assert "P15-08, dalam praktik" in told(own[1])["Bukti untuk"][1]
    assert [line.event.kind for line in other] == [EventKind.ATTACHED, EventKind.ATTACHED]


def test_every_product_and_respondent_of_an_indicator_is_told_by_name(
    small: Session, workplace: Workplace
) -> None:
    asked = next(one for one in small.instrument.indicators() if one.asked.value == "per_product")
    side = asked.sides[-1].value
    answer(small, asked.code, side, "present", product="KTP elektronik")
    answer(small, asked.code, side, "absent", product="Akta kelahiran")

    parts = [line.part for line in of_indicator(small, workplace, asked.code)]

    assert "[Akta kelahiran]" in parts[0]
    assert "[KTP elektronik]" in parts[1]


def test_what_was_undone_is_marked_and_a_redo_takes_the_mark_away(
    session: Session, workplace: Workplace
) -> None:
    answer(session, CODE, "practice", "present")
    answer(session, CODE, "practice", "absent")
    session.undo()

    undo, undone, first = of_indicator(session, workplace)
    assert undo.did == "Diurungkan"
    assert undone.marks == {Mark.UNDONE}
    assert not first.marks
    assert told(undo) == {"Jawaban": ("Tidak ada", "Ada")}

    session.redo()

    redo, undo, done, _ = of_indicator(session, workplace)
    assert redo.did == "Diulangi"
    assert not any(line.marks for line in (redo, undo, done))


def test_a_turned_clock_is_marked_and_moves_nothing(
    session: Session, workplace: Workplace, clock: SteppingClock
) -> None:
    answer(session, CODE, "practice", "present")
    clock.moment -= timedelta(hours=1)
    answer(session, CODE, "practice", "absent")

    after, before = of_indicator(session, workplace)

    assert told(after)["Jawaban"] == ("Ada", "Tidak ada")
    assert "mundur sekitar 60 menit" in after.clock
    assert not before.clock


def test_another_time_of_observation_is_told(session: Session, workplace: Workplace) -> None:
    when = "2026-11-21T23:30:00Z"
    given = {"indicator": CODE, "side": "practice", "answer": "present", "observed_at": when}
    record(session, given)

    (line,) = of_indicator(session, workplace)

    assert line.observed == "Diamati 22 November 2026, 08.30 WIT"


def test_an_unknown_indicator_is_refused(session: Session, workplace: Workplace) -> None:
    with pytest.raises(RecordRefused) as refused:
        of_indicator(session, workplace, "P99-99")
    assert refused.value.code == "indicator_unknown"


def test_what_two_devices_said_is_marked_until_one_is_chosen(desks: Desks) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    visit = session.visit_id
    other.take_in(one.export(visit))
    answer(session, CODE, "practice", "absent")
    answer(other.open(visit), CODE, "practice", "present")
    one.take_in(other.export(visit))

    before = at(one, visit)
    assert [line.marks for line in before] == [{Mark.CONFLICT}, {Mark.CONFLICT}]
    assert {line.author for line in before} == {"Asesor A", "Asesor B"}
    assert {line.own_device for line in before} == {True, False}

    merged = one.open(visit)
    chosen = next(line for line in before if line.own_device)
    merged.resolve(chosen.event.changes[0].entity, chosen.event.id)

    resolved, *rest = at(one, visit)
    assert resolved.did == "Pertentangan diselesaikan"
    assert told(resolved) == {"Jawaban": ("Ada", "Tidak ada")}
    assert {line.own_device: line.marks for line in rest} == {True: set(), False: {Mark.GIVEN_UP}}


def test_every_device_tells_the_same_order_whatever_its_clock_says(desks: Desks) -> None:
    one, other = desks("A"), desks("B", ahead=timedelta(hours=5))
    session = one.begin()
    visit = session.visit_id
    answer(session, CODE, "practice", "absent")
    other.take_in(one.export(visit))
    answer(other.open(visit), CODE, "practice", "present")
    one.take_in(other.export(visit))
    answer(one.open(visit), CODE, "practice", "absent")
    other.take_in(one.export(visit))

    here, there = ([line.event.id for line in at(desk, visit)] for desk in (one, other))

    assert here == there
    assert [told(line)["Jawaban"][1] for line in at(one, visit)] == [
        "Tidak ada",
        "Ada",
        "Tidak ada",
    ]


def late_visit(desks: Desks) -> tuple[Desk, str]:
    """A visit that was closed on one device while another one still answered."""
    one, other = desks("A"), desks("B")
    session = one.begin()
    visit = session.visit_id
    other.take_in(one.export(visit))
    answer(other.open(visit), CODE, "practice", "absent")
    now = one.workplace.store.clock.now()
    close_visit(session, one.workplace, Outcome.INTERRUPTED, departure=now, account="Listrik padam")
    one.take_in(other.export(visit))
    return one, visit


def test_what_came_after_the_closing_is_listed_and_marked_until_it_is_reopened(
    desks: Desks,
) -> None:
    one, visit = late_visit(desks)
    session, words = one.open(visit), words_of(one.workplace)

    (late,) = late_history(session, one.workplace, words)
    assert late.author == "Asesor B"
    assert late.marks == {Mark.LATE}
    assert told(late) == {"Jawaban": ("–", "Tidak ada")}
    assert late_count(one.workplace, visit) == 1

    session.reopen("Catatan rekan tiba", at=one.workplace.store.clock.now())

    assert not late_history(session, one.workplace, words)
    assert at(one, visit)[0].marks == set()


def test_the_steps_of_a_visit_are_told_without_its_answers(desks: Desks) -> None:
    one, visit = late_visit(desks)
    session, words = one.open(visit), words_of(one.workplace)
    session.reopen("Catatan rekan tiba", at=one.workplace.store.clock.now())

    steps = visit_history(session, one.workplace, words)

    assert [line.event.kind for line in steps] == [
        EventKind.REOPENED,
        EventKind.IMPORTED,
        EventKind.CLOSED,
        EventKind.EXPORTED,
        EventKind.STARTED,
    ]
    reopened, imported, closed, *_ = steps
    assert reopened.reason == "Catatan rekan tiba"
    assert told(reopened)["Keadaan kunjungan"] == ("ditutup", "berlangsung")
    assert told(imported)["Dibuat perangkat"][1]
    assert told(closed)["Hasil kunjungan"][1] == "Terputus"
    assert told(closed)["Apa yang terjadi"][1] == "Listrik padam"
    everything = visit_history(session, one.workplace, words, everything=True)
    assert EventKind.RECORDED in {line.event.kind for line in everything}


def test_evidence_that_was_taken_back_stays_in_the_history(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    attach(session, CODE, tmp_path)
    session.undo()

    undo, attached = of_indicator(session, workplace)

    assert attached.marks == {Mark.UNDONE}
    assert told(undo)["Bukti untuk"] == ("P15-06, dalam praktik", "–")
    assert not of_indicator(session, workplace, "P15-08")


def test_the_history_of_a_long_visit_costs_little_more_than_to_read_it(
    session: Session, workplace: Workplace
) -> None:
    """By the processor's time, so that a busy machine or a tracer changes both."""
    everywhere = {one.code: "both" for one in session.instrument.indicators()}
    while workplace.store.log.stream_heads(session.visit_id)[0].seq < COUNT:
        answer_all(session)
        answer_all(session, absent=everywhere)
    began = time.process_time()
    assert len(list(workplace.store.log.stored(session.visit_id))) > COUNT
    read = time.process_time() - began

    began = time.process_time()
    lines = of_indicator(session, workplace)
    took = time.process_time() - began

    assert len(lines) > COUNT // 40
    assert took < 5 * read, f"{took * 1000:.0f} ms, reading {read * 1000:.0f} ms"
