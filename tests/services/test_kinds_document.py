"""Documents of every kind of answer, and of an instrument that gives no score."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import begin
from tests.services.walking import close, walk_kinds, walk_unweighted
from tests.visiting import SIGNING_PASSPHRASE, attach, record

from assessor_app.domain.outlook import Seen, outlook
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.reporting.figures import Scores, Unscored
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import render
from assessor_app.reporting.report_content import ReportContent
from assessor_app.services import issuing, verifying
from assessor_app.services.enrolment import Workplace
from assessor_app.services.preview import preview
from assessor_app.services.report.content import compose
from assessor_app.services.report.parties import alone
from assessor_app.services.report.record import DocumentKind, Imprint
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

Open = Callable[[str], Session]


@pytest.fixture
def opened(workplace: Workplace, library: Library) -> Open:
    def opening(name: str) -> Session:
        instrument = library.get(name)
        return open_session(workplace.store, begin(workplace, instrument, library), library)

    return opening


def pages(pdf: bytes) -> str:
    return " ".join(" ".join(read_back(pdf).page_texts).split())


def issued(session: Session, workplace: Workplace, out: Path, language: Language) -> bytes:
    now = workplace.store.clock.now()
    identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    issuing.issue(session, workplace, identity, out=out, language=language)
    return out.read_bytes()


def record_of(pdf: bytes) -> dict[str, object]:
    (attachment,) = read_back(pdf).attachments
    loaded: dict[str, object] = json.loads(attachment.data)
    return loaded


def content_of(
    seen: Seen, workplace: Workplace, language: Language = Language.INDONESIAN
) -> ReportContent:
    words = Words(language, workplace.profile.zone)
    made_at = workplace.store.clock.now()
    imprint = Imprint("1", 1, DocumentKind.FINDINGS, language.value, made_at, (), preview=True)
    composed = compose(seen, workplace, imprint, words, parties=alone(workplace.profile))
    assert isinstance(composed.content, ReportContent)
    return composed.content


@pytest.mark.parametrize("language", Language)
def test_every_kind_of_answer_stands_in_the_document_that_verifies(
    opened: Open, workplace: Workplace, tmp_path: Path, language: Language
) -> None:
    session = opened("kinds")
    walk_kinds(session, tmp_path)
    close(session, workplace)

    pdf = issued(session, workplace, tmp_path / "t.pdf", language)

    told = pages(pdf)
    expected = {
        Language.INDONESIAN: (
            "7 dari 10 unsur keselamatan",
            "Janji 5 hari kerja",
            "Nyata 9,5 hari kerja",
            "11 dari 14 butir",
            "Tidak ada: Jaminan pelayanan yang memberikan kepastian",
            "n = 8, rerata 4,0",
            "Petugas: 2 orang; jawabannya tidak dirinci",
            "Wawancara",
            "Tidak seorang pun disebut namanya.",
            "Petugas loket: baru 1 dari 2 yang diwawancarai.",
            "12 Maret 2024",
            "Antrean Pro 2, dipasang 2023",
            "Tidak perlu ditanyakan: bergantung pada jawaban K-01.",
            "Waktu yang dijanjikan di atas kertas terlampaui dalam praktik.",
            "Keselarasan kertas dan praktik",
        ),
        Language.ENGLISH: (
            "7 of 10 safety items",
            "Promised: 5 working days",
            "Took 9.5 working days",
            "11 of 14 items",
            "Not found: Guarantee that the service is given",
            "n = 8, mean 4.0",
            "Officers: 2 asked; their answers are not told apart",
            "Interviews",
            "Nobody is named.",
            "12 March 2024",
            "Need not be asked: it depends on the answer to K-01.",
            "How far paper and practice agree",
        ),
    }
    for words in expected[language]:
        assert words in told, words
    verdict = verifying.verify(pdf, roots=(), trust_trial=True)
    assert verdict.standing is verifying.Standing.VALID


def test_the_embedded_record_holds_answers_reasons_and_pseudonyms(
    opened: Open, workplace: Workplace, tmp_path: Path
) -> None:
    session = opened("kinds")
    walk_kinds(session, tmp_path)
    reason = {"not_applicable_reason": "Tanpa ruang tunggu."}
    record(session, {"indicator": "K-06", "side": "practice", **reason})
    close(session, workplace)

    found = json.loads(
        json.dumps(record_of(issued(session, workplace, tmp_path / "t.pdf", Language.INDONESIAN)))
    )

    indicators = {one["code"]: one for one in found["indicators"]}
    assert found["instrument"]["weighted"] is True
    assert indicators["K-05"]["observations"][0]["answer"] == "7"
    assert indicators["K-06"]["applies"] == [{"how": "not_applicable", "product": None}]
    assert indicators["K-06"]["observations"][0]["not_applicable_reason"] == "Tanpa ruang tunggu."
    assert indicators["K-02"]["applies"][0]["how"] == "not_relevant"
    assert indicators["K-09"]["answered_by"] == "parts"
    head = {"pseudonym": "K-1", "post": "kepala", "role": "officer", "substitute": True}
    assert head in found["respondents"]
    assert len(found["respondents"]) == 10


@pytest.mark.parametrize("language", Language)
def test_an_instrument_without_weights_makes_a_document_without_any_number_for_a_score(
    opened: Open, workplace: Workplace, tmp_path: Path, language: Language
) -> None:
    session = opened("unweighted")
    walk_unweighted(session)
    close(session, workplace)

    pdf = issued(session, workplace, tmp_path / "t.pdf", language)

    told, found = pages(pdf), record_of(pdf)
    words = Words(language, workplace.profile.zone)
    because = session.instrument.unweighted_because
    assert because is not None
    assert words.of(because) in told
    assert words("unscored.statement") in told
    for unsaid in (words("standing.simulation"), words("basis.official"), "poin", "points"):
        assert unsaid not in told, unsaid
    assert words("zone.none") not in told
    assert found["scores"] == {}
    assert found["instrument"] == {
        "id": "unweighted",
        "version": "1",
        "sha256": session.instrument.digest,
        "weighted": False,
    }
    assert verifying.verify(pdf, roots=(), trust_trial=True).standing.value == "valid"


def test_the_counts_of_an_unscored_document_add_up(opened: Open, workplace: Workplace) -> None:
    session = opened("unweighted")
    walk_unweighted(session)

    content = content_of(session.seen(), workplace)

    assert isinstance(content.scores, Unscored)
    assert (content.scores.answered, content.scores.asked) == (5, 5)
    dimensions = [row for row in content.scores.rows if row.level == 0]
    for row in content.scores.rows:
        kinds = (row.consistent, row.paper_ahead, row.practice_ahead, row.neither, row.unknown)
        assert sum(kinds) == row.indicators
    assert sum(row.indicators for row in dimensions) == 3
    assert sum(row.paper_ahead for row in dimensions) == 2
    assert [cell.points for row in content.matrix.cells for cell in row] == [""] * 9
    assert [finding.code for finding in content.findings] == ["U-02", "U-01"]
    assert {finding.weight for finding in content.findings} == {""}
    assert [left.code for left in content.inapplicable] == ["U-03"]
    assert "hanya daring" in content.inapplicable[0].reason
    assert content.omissions == ()
    assert content.consistency is None


def test_what_does_not_apply_is_not_told_as_missing(opened: Open, workplace: Workplace) -> None:
    session = opened("kinds")
    reason = {"not_applicable_reason": "Tidak melayani di loket."}
    record(session, {"indicator": "K-08", "side": "paperwork", **reason})
    record(session, {"indicator": "K-05", "side": "practice", "not_assessed_reason": "Terkunci"})

    content = content_of(session.seen(), workplace)

    missing = {left.code: left.reason for left in content.omissions}
    assert missing["K-05"].endswith("Terkunci")
    assert "tidak wajib" in missing["K-13"]
    assert not missing.keys() & {"K-08", "K-02", "K-12"}
    assert [left.code for left in content.inapplicable] == ["K-02", "K-08"]
    rows = {row.code: row for group in content.indicators for row in group.rows}
    assert rows["K-08"].paper.label == rows["K-08"].gap == "Tidak berlaku"
    assert (rows["K-08"].weight, rows["K-08"].points) == ("–", "–")
    assert "K-12" not in rows


def test_respondents_who_did_not_answer_are_told_together(
    opened: Open, workplace: Workplace
) -> None:
    session = opened("kinds")
    for pseudonym in ("P-1", "P-2"):
        session.introduce(pseudonym, post="petugas-loket")
    given = {"indicator": "K-10", "side": "practice", "respondent": "K-1", "post": "kepala"}
    record(session, {**given, "not_assessed_reason": "Sedang rapat"})

    content = content_of(session.seen(), workplace)

    (reason,) = [left.reason for left in content.omissions if left.code == "K-10"]
    assert "Dalam praktik: Sedang rapat (Petugas)" in reason
    assert "Dalam praktik: belum dinilai. (Petugas)" in reason
    assert "K-1" not in reason


def test_products_share_the_weight_of_their_indicator(opened: Open, workplace: Workplace) -> None:
    session = opened("small")
    for product in ("KTP-el", "Akta"):
        for side, given in (("paperwork", "present"), ("practice", "absent")):
            place = {"indicator": "T-04", "side": side, "product": product}
            record(session, {**place, "answer": given})

    matrix = content_of(session.seen(), workplace).matrix

    assert matrix.cells[0][-1].count == 2
    assert matrix.cells[0][-1].points == "20"
    assert "1 indikator (20 poin)" in matrix.summary
    assert "sekali untuk setiap produk" in matrix.note


def test_what_is_met_in_part_on_both_sides_may_still_differ(
    opened: Open, workplace: Workplace
) -> None:
    session = opened("kinds")
    for side, given in (("paperwork", "quarterly"), ("practice", "yearly")):
        record(session, {"indicator": "K-03", "side": side, "answer": given})

    content = content_of(session.seen(), workplace)

    assert content.matrix.cells[1][1].count == 1
    assert "Pada sel tengah, 1 indikator" in content.matrix.note
    wording = content.findings[0].wording
    assert wording == "Yang terlihat dalam praktik kurang dari yang dinyatakan di atas kertas."


def test_more_in_practice_than_on_paper_is_worded_as_it_is(
    opened: Open, workplace: Workplace
) -> None:
    session = opened("kinds")
    for side, given in (("paperwork", "yearly"), ("practice", "quarterly")):
        record(session, {"indicator": "K-03", "side": side, "answer": given})
    record(session, {"indicator": "K-06", "side": "practice", "not_assessed_reason": "Terkunci"})

    content = content_of(session.seen(), workplace)

    (finding,) = content.findings
    assert finding.wording == (
        "Yang ada dasarnya di atas kertas kurang dari yang terlihat dalam praktik."
    )
    assert "menetapkan secara tertulis" in finding.advice
    assert any("tetap dalam penyebut" in told for told in content.method.paragraphs)


def test_a_one_sided_indicator_is_fulfilled_or_not_instead_of_compared(
    opened: Open, workplace: Workplace
) -> None:
    session = opened("kinds")
    record(session, {"indicator": "K-06", "side": "practice", "answer": 20})
    record(session, {"indicator": "K-15", "side": "practice", "not_assessed_reason": "Dilarang"})

    groups = content_of(session.seen(), workplace).indicators

    rows = {row.code: row for group in groups for row in group.rows}
    assert rows["K-06"].gap == "Terpenuhi"
    assert rows["K-04"].gap == "Belum dapat dibandingkan"
    assert rows["K-15"].practice.label == "Tidak dinilai"


def test_the_shares_of_agreement_sum_up(opened: Open, workplace: Workplace, tmp_path: Path) -> None:
    session = opened("kinds")
    walk_kinds(session, tmp_path)

    consistency = content_of(session.seen(), workplace).consistency

    assert consistency is not None
    total = consistency.rows[0]
    assert sum(total.shares) == 1
    assert total.texts == ("16,7 %", "83,3 %", "0,0 %", "0,0 %")
    assert consistency.rows[-1].texts == ("–",) * 4


def test_a_score_whose_zones_were_never_published_says_so(
    opened: Open, workplace: Workplace, tmp_path: Path
) -> None:
    session = opened("kinds")
    walk_kinds(session, tmp_path)
    unpublished = replace(session.instrument, bands=())
    seen = replace(
        session.seen(), instrument=unpublished, outlook=outlook(session.snapshot, unpublished)
    )

    content = content_of(seen, workplace)

    assert isinstance(content.scores, Scores)
    assert content.scores.official.zone_name == "Batas zona tidak dipublikasikan"
    assert content.scores.bands == ()
    front = read_back(render(content, record=None).pdf).page_texts[0]
    assert "Batas zona" in front
    assert "49,85" in front
    assert any("tidak dipublikasikan" in told for told in content.method.paragraphs)


@pytest.mark.parametrize("language", Language)
def test_hostile_texts_do_not_break_a_page(
    opened: Open, workplace: Workplace, language: Language
) -> None:
    session = opened("kinds")
    long = "Antrean " + "daring-tanpa-jeda" * 40 + " מספר التذكرة 排队 " + "kata " * 2000
    record(session, {"indicator": "K-13", "side": "practice", "answer": long})
    reason = {"not_applicable_reason": "Sebab " * 400}
    record(session, {"indicator": "K-05", "side": "practice", **reason})
    given = {"indicator": "K-10", "side": "practice", "answer": "1"}
    for number in range(40):
        record(session, {**given, "respondent": f"{number}" + "nama-samaran" * 9})

    pdf = preview(session, workplace, language)

    told = pages(pdf)
    assert "n = 40" in told
    assert told.count("kata ") >= 2000


def test_minutes_tell_what_does_not_apply(opened: Open, workplace: Workplace) -> None:
    session = opened("unweighted")
    walk_unweighted(session)
    close_visit(
        session,
        workplace,
        Outcome.INTERRUPTED,
        departure=workplace.store.clock.now(),
        account="Listrik padam.",
    )

    told = pages(preview(session, workplace, Language.INDONESIAN))

    assert "Yang tidak berlaku bagi kantor ini" in told
    assert "Layanan ini hanya daring" in told
    assert "5 dari 5" in told


def test_a_question_for_a_photo_counts_as_answered_in_minutes(
    opened: Open, workplace: Workplace, tmp_path: Path
) -> None:
    session = opened("kinds")
    attach(session, "K-15", tmp_path)
    close_visit(
        session,
        workplace,
        Outcome.STOPPED,
        departure=workplace.store.clock.now(),
        account="Diminta berhenti.",
    )

    assert "1 dari" in pages(preview(session, workplace, Language.INDONESIAN))


def test_the_same_visit_gives_the_same_bytes(
    opened: Open, workplace: Workplace, tmp_path: Path
) -> None:
    session = opened("kinds")
    walk_kinds(session, tmp_path)
    content = content_of(session.seen(), workplace)

    twice = [hashlib.sha256(render(content, record=None).pdf).hexdigest() for _ in range(2)]

    assert twice[0] == twice[1]
