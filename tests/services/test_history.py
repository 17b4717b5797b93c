"""What an action did, told in one sentence in both languages."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import begin
from tests.visiting import answer, attach, record

from assessor_app.compose import Application
from assessor_app.domain.closing import CriticalRule, OpenRule
from assessor_app.domain.doubts import Doubt, DoubtKind
from assessor_app.domain.event import STORE, Event, EventKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import Declaration, Receiver
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.history import told
from assessor_app.services.objections import told_doubt, told_places, told_rule
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.texts import Language

BETWEEN_THE_SIDES = {
    DoubtKind.GAP_WITHOUT_NOTE,
    DoubtKind.NO_PROMISE_TO_KEEP,
    DoubtKind.OFFICERS_AGAINST_PAPER,
    DoubtKind.OFFICERS_AGAINST_USERS,
    DoubtKind.POST_NOT_INTERVIEWED,
    DoubtKind.TOO_FEW_USERS,
    DoubtKind.USERS_AGAINST_PAPER,
}
ZONE = ZoneInfo("Asia/Jayapura")
INDONESIAN = Words(Language.INDONESIAN, ZONE)
ENGLISH = Words(Language.ENGLISH, ZONE)


def last(session: Session) -> Event:
    found = session.next_undo
    assert found is not None
    return found


def said(session: Session, words: Words = INDONESIAN) -> str:
    return told(last(session), session.instrument, words, snapshot=session.snapshot)


def test_a_changed_answer_is_told_with_both_answers(session: Session) -> None:
    answer(session, "P15-06", "practice", "present")
    assert said(session) == "P15-06, dalam praktik: jawaban “Ada”"
    answer(session, "P15-06", "practice", "absent")

    assert said(session) == "P15-06, dalam praktik: jawaban “Ada” menjadi “Tidak ada”"
    assert said(session, ENGLISH) == "P15-06, in practice: answer “Present” became “Absent”"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"note": "Bingkai\n kosong"}, "P15-06, di atas kertas: catatan “Bingkai kosong”"),
        ({"note": "x" * 80}, f"P15-06, di atas kertas: catatan “{'x' * 59}…”"),
        (
            {"not_assessed_reason": "Terkunci"},
            "P15-06, di atas kertas: tidak dapat dinilai: “Terkunci”",
        ),
        (
            {"no_evidence_reason": "Dilarang memotret"},
            "P15-06, di atas kertas: alasan tanpa foto “Dilarang memotret”",
        ),
        (
            {"observed_at": "2026-11-22T09:14:00+09:00"},
            "P15-06, di atas kertas: diamati 22 November 2026, 09.14 WIT",
        ),
        (
            {"document": {"kind": "SK", "number": "1"}},
            "P15-06, di atas kertas: rincian dokumen dicatat",
        ),
        (
            {"answer": "present", "note": "Ada di meja"},
            "P15-06, di atas kertas: jawaban “Ada”; catatan “Ada di meja”",
        ),
    ],
)
def test_every_field_of_an_observation_is_told(
    session: Session, given: dict[str, object], sentence: str
) -> None:
    record(session, {"indicator": "P15-06", "side": "paperwork", **given})

    assert said(session) == sentence


def test_an_action_of_an_older_version_that_changed_nothing_is_told(session: Session) -> None:
    record(session, {"indicator": "P15-06", "side": "paperwork", "note": "x"})
    event = last(session)
    empty = tuple(replace(change, after=None) for change in event.changes)

    sentence = told(replace(event, changes=empty), session.instrument, INDONESIAN)

    assert sentence == "P15-06, di atas kertas: tidak ada yang berubah"


def test_what_is_cleared_is_told(session: Session) -> None:
    given = {"indicator": "P15-06", "side": "paperwork"}
    document = {"kind": "SK", "number": "1"}
    record(session, {**given, "answer": "present", "note": "x", "document": document})
    record(session, {**given, "answer": None, "note": None, "document": None})

    assert said(session) == (
        "P15-06, di atas kertas: jawaban “Ada” dihapus; catatan “x” dihapus; "
        "rincian dokumen dihapus"
    )


def test_a_reason_in_place_of_an_answer_is_told_once(session: Session) -> None:
    answer(session, "P15-06", "practice", "present")
    record(
        session,
        {"indicator": "P15-06", "side": "practice", "not_assessed_reason": "Terkunci"},
    )

    assert said(session) == "P15-06, dalam praktik: tidak dapat dinilai: “Terkunci”"


def test_products_and_respondents_are_called_by_their_names(
    session: Session, small: Session
) -> None:
    answer(session, "P15-05", "practice", "absent", product="KTP-el")
    first = last(session)
    answer(session, "P15-05", "practice", "present", product="KTP-el")
    answer(small, "T-01", "practice", "4", respondent="R1")

    assert told(first, session.instrument, INDONESIAN).startswith("P15-05 [KTP-el], dalam praktik")
    assert said(session).startswith("P15-05 [KTP-el], dalam praktik")
    assert said(small).startswith("T-01 [R1], dalam praktik: jawaban “Menyebut 14 komponen”")


def test_photos_findings_and_the_receiver_are_told(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    attach(session, "P15-06", tmp_path)
    assert said(session) == "P15-06, dalam praktik: foto dilampirkan"
    attach(session, "P15-07", tmp_path)
    assert said(session) == "P15-07, dalam praktik: foto dilampirkan"

    edit_finding(session, workplace, "P15-06", FindingEdit(due=date(2026, 12, 1)))
    assert said(session) == "Temuan P15-06: tenggat 1 Desember 2026"
    edit_finding(session, workplace, "P15-06", FindingEdit(advice="Pasang.", due=date(2026, 12, 2)))
    assert said(session, ENGLISH) == (
        "Finding P15-06: advice “Pasang.”; due date 1 December 2026 became 2 December 2026"
    )

    session.record_receiver(Receiver(Declaration.REFUSED))
    assert said(session) == "Penerima dicatat: menolak menerima dokumen"


@pytest.mark.parametrize("words", [INDONESIAN, ENGLISH], ids=["id", "en"])
def test_every_event_of_a_visit_and_of_the_store_is_told(
    session: Session, workplace: Workplace, words: Words
) -> None:
    session.pause("Jam istirahat", at=workplace.store.clock.now())
    session.resume(at=workplace.store.clock.now())
    session.void("Salah kantor")
    events = [
        one.event
        for visit in (STORE, session.visit_id)
        for one in workplace.store.log.stored(visit)
    ]

    sentences = [told(event, session.instrument, words) for event in events]

    assert all(sentences)
    assert "Jam istirahat" in sentences[2]
    answered = {EventKind.RECORDED, EventKind.ATTACHED, EventKind.FINDING_EDITED}
    for kind in set(EventKind) - answered - {EventKind.RECEIVER_RECORDED}:
        assert words(f"history.{kind.value}", reason="x")


def test_what_stands_in_the_way_of_an_undo_is_named_in_words(
    application: Application, session: Session
) -> None:
    answer(session, "P15-06", "practice", "absent")
    other = application.open(application.unlock("sandi untuk uji"), session.visit_id)
    other._store.log.actor = "another-assessor"
    answer(other, "P15-06", "practice", "present")

    with pytest.raises(VisitRefused) as refused:
        session.undo()

    assert told_places(refused.value, Language.INDONESIAN)["entity"] == "P15-06, dalam praktik"
    assert told_places(refused.value, Language.ENGLISH)["entity"] == "P15-06, in practice"


@pytest.mark.parametrize("language", list(Language))
def test_open_rules_and_doubts_name_indicator_product_and_side(language: Language) -> None:
    side = "praktik" if language is Language.INDONESIAN else "practice"
    for rule in CriticalRule:
        found = told_rule(OpenRule(rule, "P15-05", Side.PRACTICE, "id", "KTP-el"), language)
        assert found.startswith("P15-05 [KTP-el]")
    for kind in DoubtKind:
        found = told_doubt(Doubt(kind, "P15-05", Side.PRACTICE, "KTP-el"), language)
        assert found.startswith("P15-05 [KTP-el]")
        assert (side in found) is (kind not in BETWEEN_THE_SIDES)

    elsewhere = told_rule(OpenRule(CriticalRule.CONFLICT, "finding/abc"), language)
    assert "finding/abc" not in elsewhere


@pytest.fixture
def kinds(workplace: Workplace, library: Library) -> Session:
    """A visit under the test instrument of every kind of answer."""
    return open_session(workplace.store, begin(workplace, library.get("kinds"), library), library)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"indicator": "K-06", "side": "practice", "answer": 12},
            "K-06, dalam praktik: jawaban “12 dari 20 kursi”",
        ),
        (
            {"indicator": "K-08", "side": "paperwork", "answer": "none"},
            "K-08, di atas kertas: jawaban “Tidak ada janji waktu”",
        ),
        (
            {"indicator": "K-09", "side": "practice", "answer": ["persyaratan", "biaya"]},
            (
                "K-09, dalam praktik: jawaban “2 dari 14 butir. Ada: Persyaratan; Biaya/tarif. "
                "Tidak ada:…”"
            ),
        ),
        (
            {"indicator": "K-06", "side": "practice", "not_applicable_reason": "Hanya daring"},
            "K-06, dalam praktik: tidak berlaku: “Hanya daring”",
        ),
    ],
)
def test_answers_of_every_kind_are_told_in_words(
    kinds: Session, given: dict[str, object], sentence: str
) -> None:
    record(kinds, given)

    assert said(kinds) == sentence


def test_three_ways_to_settle_a_side_are_told_once_each(kinds: Session) -> None:
    place = {"indicator": "K-06", "side": "practice"}
    record(kinds, {**place, "answer": 12})
    record(kinds, {**place, "not_applicable_reason": "Hanya daring"})
    assert said(kinds) == "K-06, dalam praktik: tidak berlaku: “Hanya daring”"
    record(kinds, {**place, "not_assessed_reason": "Terkunci"})
    assert said(kinds, ENGLISH) == "K-06, in practice: could not be assessed: “Terkunci”"
    record(kinds, {**place, "not_assessed_reason": None})

    assert said(kinds) == "K-06, dalam praktik: alasan tidak dapat dinilai dihapus (“Terkunci”)"


def test_a_respondent_who_is_named_or_corrected_is_told(kinds: Session) -> None:
    kinds.introduce("K-1")
    assert said(kinds) == "Responden K-1: dicatat"
    kinds.introduce("K-1", post="kepala", substitute=True)
    assert said(kinds) == "Responden K-1: jabatan “Kepala unit”; berbicara sebagai pengganti"
    kinds.introduce("K-1", post="petugas-loket", substitute=False)

    assert said(kinds, ENGLISH) == (
        "Respondent K-1: post “Head of the unit” became “Counter officer”; "
        "speaks as the holder of the post"
    )


def test_an_answer_that_another_version_asked_is_told_as_it_was_recorded(
    kinds: Session, session: Session
) -> None:
    record(kinds, {"indicator": "K-06", "side": "practice", "answer": 12})

    sentence = told(last(kinds), session.instrument, INDONESIAN)

    assert sentence == "K-06, dalam praktik: jawaban “12”"
