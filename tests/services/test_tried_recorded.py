"""Trials and timings recorded, told, taken back, and handed out in the document."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.conftest import begin
from tests.visiting import answer

from assessor_app.domain.instants import instant_text
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.timings import Running
from assessor_app.domain.trials import Channel, Result, Way
from assessor_app.domain.tried import read_timings
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import read_back
from assessor_app.services import stopwatch
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.enrolment import Workplace
from assessor_app.services.history import told
from assessor_app.services.preview import preview
from assessor_app.services.report import tried
from assessor_app.services.report.for_office import for_office
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.services.timeline import indicator_history
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

NOW = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)


@pytest.fixture
def kinds(workplace: Workplace, library: Library) -> Session:
    return open_session(workplace.store, begin(workplace, library.get("kinds"), library), library)


@pytest.fixture
def words() -> Words:
    return Words(Language.INDONESIAN, UTC)


def named(session: Session, **fields: object) -> str:
    """A trial recorded; its id."""
    known = {one.id for one in session.snapshot.trials}
    session.record_trial({"channel": "phone", **fields}, zone=UTC)
    (new,) = {one.id for one in session.snapshot.trials} - known
    return new


def test_a_trial_is_recorded_and_what_became_of_it_later(session: Session) -> None:
    trial = named(session, address="0911-352123", indicator="P15-10")

    session.record_trial(
        {"way": "called", "result": "answered", "answered_after_s": 40}, zone=UTC, trial=trial
    )

    (one,) = session.snapshot.trials
    assert (one.channel, one.address, one.way) == (Channel.PHONE, "0911-352123", Way.CALLED)
    assert (one.result, one.answered_after_s) == (Result.ANSWERED, 40)
    assert one.began_at is not None


def test_a_result_that_is_taken_back_takes_its_time_along(session: Session) -> None:
    trial = named(session, result="answered", answered_after_s=40)

    session.record_trial({"result": None}, zone=UTC, trial=trial)

    one = session.snapshot.trials[0]
    assert (one.result, one.answered_after_s) == (None, None)


def test_a_trial_is_taken_back_and_undone(session: Session) -> None:
    trial = named(session, address="a@b.go.id")

    session.record_trial({"channel": None}, zone=UTC, trial=trial)
    assert not session.snapshot.trials
    session.undo()

    assert [one.id for one in session.snapshot.trials] == [trial]


def test_the_same_again_is_no_event(session: Session) -> None:
    trial = named(session, address="0911")

    assert session.record_trial({"address": "0911"}, zone=UTC, trial=trial).event is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "nothing_recorded"),
        ({"adress": "1"}, "field_unknown"),
        ({"address": "1"}, "field_missing"),
        ({"channel": "pigeon"}, "value_unknown"),
        ({"channel": "phone", "way": "flew"}, "value_unknown"),
        ({"channel": "phone", "indicator": "P99"}, "indicator_unknown"),
        ({"channel": "phone", "product": "KTP"}, "trial_product_unknown"),
        ({"channel": "phone", "proof": ["none"]}, "proof_unknown"),
        ({"channel": "phone", "answered_after_s": -1}, "seconds_out_of_range"),
        ({"channel": "phone", "answered_after_s": True}, "seconds_out_of_range"),
        ({"channel": "phone", "began_at": "soon"}, "moment_unreadable"),
        ({"channel": "phone", "began_at": "2099-01-01"}, "moment_in_future"),
        ({"channel": "phone", "address": "\x07"}, "text_unprintable"),
    ],
)
def test_what_fits_nothing_is_refused_and_changes_nothing(
    session: Session, given: dict[str, object], code: str
) -> None:
    with pytest.raises(RecordRefused) as refused:
        session.record_trial(given, zone=UTC)

    assert refused.value.code == code
    assert session.snapshot.trials == ()


def test_an_unknown_trial_or_timing_is_refused(session: Session) -> None:
    with pytest.raises(RecordRefused, match="trial_unknown"):
        session.record_trial({"note": "x"}, zone=UTC, trial="none")
    with pytest.raises(RecordRefused, match="timing_unknown"):
        session.record_timing({"note": "x"}, zone=UTC, timing="none")


@pytest.mark.parametrize("missing", ["indicator", "started_at", "seconds"])
def test_a_timing_needs_its_place_its_beginning_and_its_seconds(
    kinds: Session, missing: str
) -> None:
    given = {"indicator": "K-08", "started_at": NOW.isoformat(), "seconds": 60}
    del given[missing]

    with pytest.raises(RecordRefused, match="field_missing"):
        kinds.record_timing(given, zone=UTC)


@pytest.mark.parametrize("name", ["indicator", "started_at"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_timing_never_loses_its_place_or_its_beginning(
    kinds: Session, workplace: Workplace, library: Library, name: str, value: str | None
) -> None:
    kinds.record_timing(
        {"indicator": "K-08", "started_at": NOW.isoformat(), "seconds": 5}, zone=UTC
    )
    (timing,) = kinds.snapshot.timings

    with pytest.raises(RecordRefused, match="field_missing"):
        kinds.record_timing({name: value}, zone=UTC, timing=timing.id)

    assert open_session(workplace.store, kinds.visit_id, library).snapshot.timings == (timing,)


def test_a_timing_of_which_a_part_is_gone_is_none_and_the_visit_opens() -> None:
    whole = {"indicator": "K-08", "started_at": instant_text(NOW), "seconds": 5}
    for name in whole:
        assert read_timings([("1", {**whole, name: None})]) == ()
        assert read_timings([("1", {one: whole[one] for one in whole if one != name})]) == ()
    assert len(read_timings([("1", whole)])) == 1


@pytest.mark.parametrize("result", [None, "no_answer", "busy", "waiting"])
def test_a_time_until_the_reply_needs_a_reply(session: Session, result: str | None) -> None:
    fields = {"result": result} if result else {}

    with pytest.raises(RecordRefused, match="time_without_reply"):
        session.record_trial({"channel": "phone", **fields, "answered_after_s": 40}, zone=UTC)
    assert session.snapshot.trials == ()


def test_another_result_without_a_reply_takes_its_time_along(session: Session) -> None:
    trial = named(session, result="answered", answered_after_s=40)

    session.record_trial({"result": "busy"}, zone=UTC, trial=trial)

    assert session.snapshot.trials[0].answered_after_s is None
    session.undo()
    assert session.snapshot.trials[0].answered_after_s == 40


def test_a_closed_visit_takes_no_trial(session: Session, workplace: Workplace) -> None:
    close_visit(
        session,
        workplace,
        Outcome.OFFICE_CLOSED,
        departure=workplace.store.clock.now(),
        account="tutup",
    )

    with pytest.raises(VisitRefused, match="visit_not_answerable"):
        session.record_trial({"channel": "phone"}, zone=UTC)


def test_the_watch_runs_on_over_a_new_session_and_records_customers_in_a_row(
    kinds: Session, workplace: Workplace, library: Library
) -> None:
    watch = stopwatch.start(workplace, kinds.visit_id, "K-08", what="KTP-el")
    again = open_session(workplace.store, kinds.visit_id, library)
    assert stopwatch.running(workplace, kinds.visit_id) == watch

    stopwatch.record_customer(again, workplace, watch, again=True)
    following = stopwatch.running(workplace, kinds.visit_id)
    assert following is not None
    stopwatch.record_customer(again, workplace, following, again=False)

    first, second = sorted(again.snapshot.timings, key=lambda one: one.started_at)
    assert first.seconds > 0
    assert (first.indicator, first.what, second.what) == ("K-08", "KTP-el", "KTP-el")
    assert stopwatch.running(workplace, kinds.visit_id) is None


def test_a_watch_that_was_forgotten_over_night_measures_nothing(
    kinds: Session, workplace: Workplace
) -> None:
    watch = stopwatch.start(workplace, kinds.visit_id, "K-08")
    clock: Any = workplace.store.clock  # one that a test can turn
    clock.moment += timedelta(days=2)
    late = Running(
        watch.visit, watch.indicator, watch.product, watch.started_at, watch.mono, "other boot"
    )

    with pytest.raises(RecordRefused, match="watch_forgotten"):
        stopwatch.record_customer(kinds, workplace, late, again=False)
    assert stopwatch.running(workplace, kinds.visit_id) == watch
    stopwatch.forget(workplace, kinds.visit_id)
    assert kinds.snapshot.timings == ()


def test_a_clock_that_was_set_back_while_the_device_was_off_measures_nothing(
    kinds: Session, workplace: Workplace
) -> None:
    watch = stopwatch.start(workplace, kinds.visit_id, "K-08")
    clock: Any = workplace.store.clock
    clock.moment -= timedelta(hours=1)
    booted = replace(watch, boot="other boot")

    with pytest.raises(RecordRefused, match="watch_turned_back"):
        stopwatch.record_customer(kinds, workplace, booted, again=True)
    assert stopwatch.elapsed(workplace, booted).seconds == 0
    assert kinds.snapshot.timings == ()
    assert stopwatch.running(workplace, kinds.visit_id) == watch


def test_a_customer_over_midnight_is_measured_whole(kinds: Session, workplace: Workplace) -> None:
    clock: Any = workplace.store.clock
    clock.moment = datetime(2026, 11, 22, 23, 50, tzinfo=UTC)
    watch = stopwatch.start(workplace, kinds.visit_id, "K-08")
    clock.moment += timedelta(minutes=25)
    booted = replace(watch, boot="other boot")

    stopwatch.record_customer(kinds, workplace, booted, again=False)

    (one,) = kinds.snapshot.timings
    assert 25 * 60 <= one.seconds < 26 * 60


def test_what_is_measured_ends_when_the_customer_is_done_not_when_the_reason_is_given(
    kinds: Session, workplace: Workplace
) -> None:
    watch = replace(stopwatch.start(workplace, kinds.visit_id, "K-08"), boot="other boot")
    clock: Any = workplace.store.clock
    clock.moment += timedelta(minutes=3)
    ended = stopwatch.stopped(workplace, watch)
    clock.moment += timedelta(minutes=10)  # a reason is typed

    stopwatch.record_customer(kinds, workplace, watch, again=True, done=ended)

    (one,) = kinds.snapshot.timings
    following = stopwatch.running(workplace, kinds.visit_id)
    assert 180 <= one.seconds < 190
    assert following is not None
    assert following.started_at - one.started_at < timedelta(minutes=4)


def test_a_watch_is_on_the_disk_before_it_is_said_to_run(
    kinds: Session, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(handle)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)

    stopwatch.start(workplace, kinds.visit_id, "K-08")
    assert synced
    synced.clear()
    keep_draft(workplace, kinds.visit_id, name="note", value={"text": "setengah kalimat"})
    assert not synced  # what is typed makes nobody wait


@pytest.mark.parametrize(
    "broken",
    [
        {"mono": "x"},
        {"started_at": "kemarin"},
        {"mono": "9" * 5000},
    ],
)
def test_a_watch_that_was_not_kept_whole_does_not_run(
    kinds: Session, workplace: Workplace, broken: dict[str, str]
) -> None:
    stopwatch.start(workplace, kinds.visit_id, "K-08")
    kept = dict(draft(workplace, kinds.visit_id, name=stopwatch.SERVICE))
    keep_draft(workplace, kinds.visit_id, name=stopwatch.SERVICE, value={**kept, **broken})

    assert stopwatch.running(workplace, kinds.visit_id) is None


def test_the_watch_of_a_visit_is_not_that_of_another(
    kinds: Session, workplace: Workplace, library: Library
) -> None:
    watch = stopwatch.start(workplace, kinds.visit_id, "K-08")
    other = begin(workplace, library.get("kinds"), library)

    assert stopwatch.running(workplace, other) is None
    stopwatch.start(workplace, other, "K-08")
    stopwatch.forget(workplace, other)
    assert stopwatch.running(workplace, kinds.visit_id) == watch


def test_the_history_tells_what_was_tried_and_measured(
    kinds: Session, workplace: Workplace, words: Words
) -> None:
    trial = named(kinds, address="0911-352123", indicator="K-08")
    said = [sentence(kinds, words)]
    kinds.record_trial({"result": "no_answer"}, zone=UTC, trial=trial)
    said.append(sentence(kinds, words))
    kinds.record_trial({"note": "Berdering lama."}, zone=UTC, trial=trial)
    said.append(sentence(kinds, words))
    kinds.record_trial({"channel": None}, zone=UTC, trial=trial)
    said.append(sentence(kinds, words))
    measured = {"indicator": "K-08", "started_at": NOW.isoformat(), "seconds": 125}
    kinds.record_timing(measured, zone=UTC)
    said.append(sentence(kinds, words))
    timing = kinds.snapshot.timings[0].id
    kinds.record_timing({"note": "Antre."}, zone=UTC, timing=timing)
    said.append(sentence(kinds, words))

    assert said == [
        "Kanal pengaduan dicatat: Telepon 0911-352123",
        "Kanal pengaduan dicoba: Telepon 0911-352123, tidak dijawab",
        "Kanal pengaduan diubah: Telepon 0911-352123",
        "Kanal pengaduan dihapus: Telepon",
        "K-08: waktu layanan diukur, 2 menit 5 detik",
        "K-08: catatan waktu layanan diubah",
    ]
    lines = indicator_history(kinds, workplace, words, "K-08")
    fields = {one.name: one.after for line in lines for one in line.changes}
    assert fields["Lama layanan"] == "2 menit 5 detik"
    kinds.record_timing({"seconds": None}, zone=UTC, timing=timing)
    assert sentence(kinds, words) == "Waktu layanan 2 menit 5 detik dihapus"


def sentence(session: Session, words: Words) -> str:
    event = session.next_undo
    assert event is not None
    return told(event, session.instrument, words, snapshot=session.snapshot)


def test_an_interview_is_broken_off_in_one_action_and_gone_on_with(
    kinds: Session, words: Words
) -> None:
    kinds.introduce("P-01", post="pengguna")
    (id_,) = kinds.snapshot.respondents

    kinds.break_off(id_, why="Dihentikan.")
    key = ObservationKey("K-11", Side.PRACTICE, respondent=id_)
    assert kinds.snapshot.observation(key).not_assessed_reason == "Dihentikan."
    with pytest.raises(RecordRefused, match="nothing_broken_off"):
        kinds.break_off(id_, why="Dihentikan.")

    answer(kinds, "K-11", "practice", "4", respondent="P-01")
    assert kinds.snapshot.observation(key).not_assessed_reason is None


def test_the_document_tells_channels_and_times_and_why_one_does_not_count(
    kinds: Session, words: Words
) -> None:
    named(kinds, address="0911-352123", way="called", result="answered", answered_after_s=75)
    named(kinds, address="112", note="Hubungi Ibu [[Sari]].")
    for seconds in (60, 600):
        kinds.record_timing(
            {"indicator": "K-08", "started_at": NOW.isoformat(), "seconds": seconds}, zone=UTC
        )

    section = tried.section(for_office(kinds.seen(), (), words), words)

    assert section is not None
    channels, times = section.tables
    assert channels.summary == "1 kanal diumumkan, 1 dicoba, 1 dijawab; 1 bukan milik unit"
    assert channels.rows[0][3] == "dijawab petugas sesudah 1 menit 15 detik"
    assert "Permenkominfo 10/2016" in channels.notes[0]
    assert "Sari" not in " ".join(channels.rows[1])
    assert times.rows[0][3] == "2 pelanggan: median 10 menit 0 detik, terlama 10 menit 0 detik"
    assert all(len(row) == len(table.heads) for table in section.tables for row in table.rows)


def test_the_record_holds_them_only_where_there_are_any(kinds: Session) -> None:
    assert tried.record(kinds.snapshot) == {}
    named(kinds, address="lapor.go.id")

    (kept,) = json.loads(json.dumps(tried.record(kinds.snapshot)))["trials"]

    assert (kept["own"], kept["not_own"]) == (False, "lapor")


def test_the_pdf_prints_both_tables(kinds: Session, workplace: Workplace) -> None:
    named(kinds, address="0911-352123", way="called", result="no_answer")
    measured = {"indicator": "K-08", "started_at": NOW.isoformat(), "seconds": 300}
    kinds.record_timing(measured, zone=UTC)

    found = read_back(preview(kinds, workplace, Language.INDONESIAN))
    pages = " ".join(" ".join(found.page_texts).split())

    assert "Uji coba kanal pengaduan dan waktu layanan" in pages
    assert "1 kanal diumumkan, 1 dicoba, 0 dijawab" in pages
    assert "5 menit 0 detik" in pages
