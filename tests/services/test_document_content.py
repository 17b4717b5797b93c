"""What documents say besides answers: the visit's facts, interviews as groups, brief minutes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import SteppingClock, begin
from tests.services.walking import close, walk_kinds
from tests.visiting import answer, record

from assessor_app.domain.outlook import Seen
from assessor_app.domain.visit import Declaration, Outcome, Receiver, ReceiverSigns
from assessor_app.instruments.library import Library
from assessor_app.reporting.addendum import AddendumContent
from assessor_app.reporting.figures import Scores
from assessor_app.reporting.minutes_content import MinutesContent
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import render
from assessor_app.reporting.report_content import ReportContent
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.content import compose
from assessor_app.services.report.parties import alone
from assessor_app.services.report.record import DocumentKind, Imprint
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.texts import Language

Open = Callable[[str], Session]


@pytest.fixture
def opened(workplace: Workplace, library: Library) -> Open:
    def opening(name: str) -> Session:
        instrument = library.get(name)
        return open_session(workplace.store, begin(workplace, instrument, library), library)

    return opening


def composed(
    seen: Seen,
    workplace: Workplace,
    kind: DocumentKind,
    language: Language = Language.INDONESIAN,
) -> ReportContent | MinutesContent:
    words = Words(language, workplace.profile.zone)
    made_at = workplace.store.clock.now()
    imprint = Imprint("1", 3, kind, language.value, made_at, (), preview=True)
    content = compose(seen, workplace, imprint, words, parties=alone(workplace.profile)).content
    assert not isinstance(content, AddendumContent)
    return content


def report_of(
    session: Session, workplace: Workplace, language: Language = Language.INDONESIAN
) -> ReportContent:
    content = composed(session.seen(), workplace, DocumentKind.FINDINGS, language)
    assert isinstance(content, ReportContent)
    return content


def minutes_of(session: Session, workplace: Workplace, language: Language) -> MinutesContent:
    content = composed(session.seen(), workplace, DocumentKind.MINUTES, language)
    assert isinstance(content, MinutesContent)
    return content


def pages_of(content: ReportContent | MinutesContent) -> list[str]:
    return [
        " ".join(text.split()) for text in read_back(render(content, record=None).pdf).page_texts
    ]


def test_interviews_are_told_by_group_and_nobody_by_pseudonym_or_post(
    opened: Open, workplace: Workplace, tmp_path: Path
) -> None:
    session = opened("kinds")
    walk_kinds(session, tmp_path)
    names = [one.pseudonym for one in session.snapshot.respondents.values()]

    content = report_of(session, workplace)

    found = content.interviews
    assert found is not None
    assert len(names) == 10
    assert {fact.label: fact.value for fact in found.groups} == {
        "Petugas": "2 orang",
        "Pengguna layanan": "8 orang",
    }
    rows = {(row.code, row.group): row for row in found.rows}
    users = rows["K-11", "Pengguna layanan"]
    assert (users.count, users.result) == ("8", "rerata 4,0")
    assert "(" in users.answers
    officers = rows["K-10", "Petugas"]
    assert (officers.result, officers.answers) == ("–", "tidak dirinci")
    assert found.missing == ("Petugas loket: baru 1 dari 2 yang diwawancarai.",)
    told = " ".join(pages_of(content))
    assert not [name for name in names if f" {name}:" in told or f" {name}," in told]


def test_three_officers_are_told_together(opened: Open, workplace: Workplace) -> None:
    session = opened("kinds")
    for name, post, given in (
        ("K-1", "kepala", "4"),
        ("P-1", "petugas-loket", "1"),
        ("P-2", "petugas-loket", "1"),
    ):
        place = {"indicator": "K-10", "side": "practice", "respondent": name, "post": post}
        record(session, {**place, "answer": given})

    found = report_of(session, workplace).interviews

    assert found is not None
    (row,) = found.rows
    assert (row.group, row.count) == ("Petugas", "3")
    assert row.answers.count("(1)") == 1
    assert row.answers.count("(2)") == 1
    assert "Kepala" not in row.answers


def test_an_instrument_without_interviews_has_no_such_section(
    session: Session, workplace: Workplace
) -> None:
    assert report_of(session, workplace).interviews is None


def test_a_large_team_is_named_in_full_with_the_facts_and_in_short_in_front(
    session: Session, workplace: Workplace
) -> None:
    seen = session.seen()
    team = tuple(f"Asesor {number}, S.H." for number in range(1, 9))
    visit = replace(seen.snapshot.visit, team=team)

    content = composed(
        replace(seen, snapshot=replace(seen.snapshot, visit=visit)),
        workplace,
        DocumentKind.FINDINGS,
    )

    assert isinstance(content, ReportContent)
    assert content.team == team
    (short,) = [fact.value for fact in content.cover.facts if fact.label == "Tim penilai"]
    assert short == "Asesor 1, S.H.; Asesor 2, S.H.; dan 6 lainnya"
    front, *rest = pages_of(content)
    assert "dan 6 lainnya" in front
    assert all(name in " ".join(rest) for name in team)


def test_a_visit_of_one_day_tells_the_day_once(session: Session, workplace: Workplace) -> None:
    seen = session.seen()
    visit = seen.snapshot.visit
    whens = []
    for later in (timedelta(hours=2), timedelta(days=2)):
        shown = replace(visit, departure=visit.arrival + later)
        changed = replace(seen, snapshot=replace(seen.snapshot, visit=shown))
        content = composed(changed, workplace, DocumentKind.FINDINGS)
        whens.append(content.cover.facts[0].value)

    assert whens[0].count("2026") == 1
    assert whens[1].count("2026") == 2


def test_revision_tag_and_gap_are_told_with_the_score(
    session: Session, workplace: Workplace
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")

    content = report_of(session, workplace)

    front = pages_of(content)[0]
    assert "Revisi 3 · " in front
    assert "SIMULASI" in front
    assert isinstance(content.scores, Scores)
    assert content.scores.gap_text == "selisih 12,00"


def test_a_visit_that_was_interrupted_and_resumed_tells_its_sessions_in_the_findings(
    session: Session, workplace: Workplace, clock: SteppingClock
) -> None:
    session.pause("Listrik padam", at=clock.now())
    clock.moment += timedelta(hours=20)
    session.resume(at=clock.now())

    content = report_of(session, workplace)

    assert [one.number for one in content.sessions] == ["1", "2"]
    assert content.sessions[0].why == "Listrik padam"
    assert "Sesi kunjungan" in " ".join(pages_of(content))


@pytest.mark.parametrize("language", Language)
def test_minutes_of_a_completed_visit_are_brief_and_point_to_the_findings(
    opened: Open, workplace: Workplace, tmp_path: Path, language: Language
) -> None:
    session = opened("kinds")
    walk_kinds(session, tmp_path)
    close(session, workplace)

    content = minutes_of(session, workplace, language)

    pages = pages_of(content)
    assert content.outcome is Outcome.COMPLETED
    assert len(pages) <= 2
    assert content.recorded is not None
    assert content.recorded.gaps == ()
    expected = {
        Language.INDONESIAN: ("Kunjungan selesai", "dimuat dalam dokumen temuan", "Yang dicatat"),
        Language.ENGLISH: (
            "The visit was completed",
            "stand in the report of findings",
            "What was recorded",
        ),
    }
    assert all(told in " ".join(pages) for told in expected[language])


def test_minutes_of_a_stopped_visit_with_many_gaps_keep_to_two_pages(
    workplace: Workplace, session: Session
) -> None:
    for indicator in session.instrument.indicators():
        for side in indicator.sides:
            given = "present" if side.value == "paperwork" else "absent"
            answer(session, indicator.code, side.value, given)
    seen = session.seen()
    stopped = replace(seen.snapshot.visit, outcome=Outcome.STOPPED)
    account = "Dihentikan karena banjir. " * 12
    snapshot = replace(seen.snapshot, visit=stopped, account=account)

    content = composed(replace(seen, snapshot=snapshot), workplace, DocumentKind.MINUTES)

    pages = pages_of(content)
    assert len(pages) <= 2
    assert isinstance(content, MinutesContent)
    assert content.recorded is not None
    gaps = int(next(one.value for one in content.recorded.counts if one.label == "Kesenjangan"))
    assert f"Dan {gaps - len(content.recorded.gaps)} lagi" in " ".join(pages)
    assert gaps > len(content.recorded.gaps) == 8


def test_a_weight_that_grew_by_what_does_not_apply_is_told_beside_the_instruments_own(
    session: Session, workplace: Workplace
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    reason = {"not_applicable_reason": "Tanpa loket."}
    record(session, {"indicator": "P15-03", "side": "practice", **reason})

    content = report_of(session, workplace)

    (row,) = [one for group in content.indicators for one in group.rows if one.code == "P15-06"]
    (card,) = [one for one in content.findings if one.code == "P15-06"]
    assert card.weight == f"bobot 12, berlaku {row.weight} poin"
    assert card.weight in pages_of(content)[0]


@pytest.mark.parametrize(
    ("receiver", "told"),
    [
        (None, "Tidak dicatat"),
        (Receiver(Declaration.ABSENT), "Tidak ada"),
        (Receiver(Declaration.REFUSED, name="Budi"), "Budi (menolak)"),
        (
            Receiver(Declaration.RECEIVED, name="Budi", signs=ReceiverSigns.CERTIFICATE),
            "Budi (sertifikat sendiri)",
        ),
        (
            Receiver(Declaration.RECEIVED, name="Budi", signs=ReceiverSigns.ON_PAPER),
            "Budi (tinta di atas cetakan)",
        ),
    ],
)
def test_the_first_page_tells_whether_and_how_the_receiver_signed(
    session: Session, workplace: Workplace, receiver: Receiver | None, told: str
) -> None:
    seen = session.seen()
    shown = replace(seen, snapshot=replace(seen.snapshot, receiver=receiver))

    content = composed(shown, workplace, DocumentKind.FINDINGS)

    assert f"PENERIMA {told}" in pages_of(content)[0]
