"""A realistic report of findings for the tests and for the eye, in both languages."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256

from tests.reporting.sample_photos import photo
from tests.reporting.sample_words import (
    ABSENT,
    CASES,
    FOUND,
    NOT_ASSESSED,
    PARTIAL,
    PRESENT,
    SCENE,
    Case,
    Words,
)

from assessor_app.domain.zone import ZoneColour
from assessor_app.reporting.content import (
    Cover,
    Document,
    Fact,
    IndicatorGroup,
    IndicatorRow,
    Integrity,
    Mark,
    Omission,
    Photo,
    Receiver,
    Signature,
    SignatureBox,
)
from assessor_app.reporting.figures import (
    Band,
    DimensionRow,
    Matrix,
    MatrixCell,
    Score,
    Scores,
)
from assessor_app.reporting.report_content import (
    Finding,
    Method,
    PastResult,
    ReportContent,
    SideRecord,
)
from assessor_app.texts import Language

RECORD = b'{"schema":"temuan-v1","visit":"0193-sample"}'
_HASH = sha256(RECORD).hexdigest()
_HALL = timezone(timedelta(hours=9))


def sample(
    language: Language = Language.INDONESIAN, *, sample_mark: str = "CONTOH"
) -> ReportContent:
    """The whole report of one surprise visit: 20 indicators, 8 findings, 12 photos."""
    words = Words(language)
    cases = {case.code: case for case in CASES}
    say = words.say
    return ReportContent(
        document=Document(
            language=language,
            title=say("report_of_findings_unannounced_visit"),
            subject=say("findings_of_the_visit_of"),
            author=say("ombudsman_ri_maluku_representative_office"),
            number="0042/TMN/AMB/XI/2026",
            record_hash=_HASH,
            short_hash=_HASH[:12],
            created_at=datetime(2026, 11, 17, 14, 20, tzinfo=_HALL),
            sample_mark=sample_mark,
        ),
        cover=_cover(words),
        scores=_scores(words),
        matrix=_matrix(words),
        dimensions=_dimensions(words),
        findings=tuple(
            _finding(words, cases[code], number=number, scene=SCENE[code])
            for number, code in enumerate(FOUND, start=1)
        ),
        findings_note=say("findings_are_ordered_by_weight"),
        receiver=_receiver(words),
        indicators=_groups(words),
        omissions=(
            Omission(
                "P15-20",
                say("iso_9001_certificate"),
                say("the_official_who_keeps_the"),
            ),
        ),
        signature=_signature(words),
        method=_method(words),
        integrity=_integrity(words),
        unverified_note=say("this_weight_or_text_could"),
        other_photos=(_photo(words, "board", 90), _photo(words, "counter", 91)),
        past_results=(
            PastResult(
                "2015",
                "–",
                ZoneColour.YELLOW,
                say("yellow_zone"),
                "Harian Kompas, 2016",
            ),
            PastResult(
                "2017",
                "–",
                ZoneColour.YELLOW,
                say("yellow_zone"),
                "ombudsman.go.id, 2018",
            ),
        ),
    )


def scores_of(content: ReportContent) -> Scores:
    """The scores of a report that has some."""
    assert isinstance(content.scores, Scores)
    return content.scores


def _cover(words: Words) -> Cover:
    say = words.say
    return Cover(
        organisation="Ombudsman Republik Indonesia",
        office=say("maluku_representative_office"),
        address=(
            "Jl. Dr. Kayadoe No. 15, Kudamati, Kota Ambon",
            "Telepon (0911) 343 343 · maluku@contoh.go.id",
        ),
        unit="Dinas Kependudukan dan Pencatatan Sipil Kota Ambon",
        institution=say("government_of_the_city_of"),
        facts=(
            Fact(
                say("kind_of_visit"),
                say("unannounced"),
            ),
            Fact(
                say("address_visited"),
                "Jl. Sultan Hairun No. 1, Uritetu, Kec. Sirimau, Kota Ambon",
            ),
            Fact(
                say("arrival"),
                say("tuesday_17_november_2026_09"),
            ),
            Fact(
                say("departure"),
                say("tuesday_17_november_2026_13"),
            ),
            Fact(
                say("team"),
                "Maria Latuconsina, S.H. (" + say("lead") + "); Yusuf Pattiradjawane, S.Sos.",
            ),
            Fact(
                say("assignment_letter"),
                "ST-117/ORI-MAL/XI/2026, " + say("16_november_2026"),
            ),
            Fact(
                say("instrument"),
                say("local_government_2015_version_1"),
            ),
            Fact(say("signed_by"), "Maria Latuconsina, S.H."),
        ),
    )


def _scores(words: Words) -> Scores:
    say, number = words.say, words.number
    yellow, green = say("yellow_zone"), say("green_zone")

    def score(name: str, value: str, zone: ZoneColour, zone_name: str) -> Score:
        return Score(name, Decimal(value), number(Decimal(value)), zone, zone_name)

    return Scores(
        official=score(
            say("by_the_instrument_s_rule"),
            "67.00",
            ZoneColour.YELLOW,
            yellow,
        ),
        paper=score(say("on_paper"), "101.00", ZoneColour.GREEN, green),
        practice=score(say("in_practice"), "67.00", ZoneColour.YELLOW, yellow),
        maximum=Decimal(110),
        maximum_text="110",
        bands=(
            Band(Decimal(0), Decimal(55), ZoneColour.RED, say("red"), "0–55"),
            Band(Decimal(56), Decimal(88), ZoneColour.YELLOW, say("yellow"), "56–88"),
            Band(Decimal(89), Decimal(110), ZoneColour.GREEN, say("green"), "89–110"),
        ),
        statement=say("simulation_provisional_score_not_yet"),
        reason=say("called_a_simulation_because_the"),
    )


def _matrix(words: Words) -> Matrix:
    say = words.say
    marks = (PRESENT, PARTIAL, ABSENT)

    def cell(paper: Mark, practice: Mark) -> MatrixCell:
        weights = [
            case.weight for case in CASES if (case.paper, case.practice) == (paper, practice)
        ]
        return MatrixCell(len(weights), words.number(sum(weights)))

    return Matrix(
        labels=tuple(words.answer(mark).label for mark in marks),
        cells=tuple(tuple(cell(paper, practice) for practice in marks) for paper in marks),
        summary=say("5_of_the_19_indicators"),
        note=say("points_are_the_weights_of"),
    )


_SHARE = {
    PRESENT: Decimal(1),
    PARTIAL: Decimal("0.5"),
    ABSENT: Decimal(0),
    NOT_ASSESSED: Decimal(0),
}


def _dimensions(words: Words) -> tuple[DimensionRow, ...]:
    rows = [
        _row(
            words,
            words.say("main_components"),
            0,
            [case for case in CASES if case.variable != "supporting_items"],
        )
    ]
    for variable in dict.fromkeys(case.variable for case in CASES):
        cases = [case for case in CASES if case.variable == variable]
        rows.append(
            _row(
                words,
                words.say(f"variable.{variable}"),
                0 if variable == "supporting_items" else 1,
                cases,
            )
        )
    return tuple(rows)


def _row(words: Words, name: str, level: int, cases: list[Case]) -> DimensionRow:
    maximum = sum((Decimal(case.weight) for case in cases), Decimal(0))
    paper = sum((case.weight * _SHARE[case.paper] for case in cases), Decimal(0))
    practice = sum((case.weight * _SHARE[case.practice] for case in cases), Decimal(0))
    text = words.number
    return DimensionRow(
        name=name,
        level=level,
        maximum=maximum,
        maximum_text=text(maximum),
        paper=paper,
        paper_text=text(paper),
        practice=practice,
        practice_text=text(practice),
        official_text=text(practice),
        unverified=any(case.unverified for case in cases),
    )


def _photo(words: Words, scene: str, index: int) -> Photo:
    say = words.say
    captions = {
        "empty wall": say("wall_beside_counter_1_empty"),
        "board": say("notice_board_in_the_waiting"),
        "counter": say("service_counters_at_09_20"),
        "ramp": say("the_ramp_at_the_side"),
        "box": say("complaint_box_without_forms"),
    }
    jpeg = photo(scene, portrait=index % 5 == 3)
    taken = say("taken_at").format(minute=20 + index % 40)
    digest = sha256(jpeg + bytes([index])).hexdigest()[:12]
    return Photo(jpeg, captions[scene], taken, digest, side=say("practice"))


def _finding(words: Words, case: Case, *, number: int, scene: str) -> Finding:
    say = words.say
    gap, tone = words.gap(case)
    photos = [_photo(words, scene, number)]
    if number in {1, 4}:
        photos.append(_photo(words, "counter", number + 20))
    if number == 8:
        photos = []
    claimed_facts = (
        Fact(
            say("document"),
            say("decree_of_the_head_of"),
        ),
        Fact(say("number"), f"470/{100 + number}/SK/2024", mono=True),
        Fact(say("date"), say("12_march_2024")),
        Fact(say("signatory"), say("head_of_office")),
        Fact(say("where_seen"), say("shown_by_an_officer")),
    )
    return Finding(
        number=number,
        code=case.code,
        text=say(f"indicator.{case.code}"),
        weight=say("weight_of").format(points=case.weight),
        gap=gap,
        tone=tone,
        claimed=SideRecord(
            answer=words.answer(case.paper),
            facts=claimed_facts if case.paper is PRESENT else (),
            note=say("the_document_is_complete_and")
            if case.paper is PRESENT
            else say("no_document_was_shown"),
        ),
        seen=SideRecord(
            answer=words.answer(case.practice),
            facts=(
                Fact(
                    say("observed_at"),
                    say("time_of_observation").format(minute=20 + number),
                ),
            ),
            note=say(f"seen.{case.code}"),
        ),
        photos=tuple(photos),
        no_photo_reason="" if photos else say("not_photographed_the_toilet_was"),
        legal_basis=(
            say("law_25_2009_on_public"),
            say("permenpanrb_15_2014_on_service"),
        ),
        advice=say(f"advice.{case.code}"),
        due_date=say("17_december_2026"),
        due_set_by=say("team_lead_agreed_in_the"),
        check=say("a_photo_of_it_in"),
        unverified=case.unverified,
        wording=say(f"wording.{tone}"),
    )


def _groups(words: Words) -> tuple[IndicatorGroup, ...]:
    groups = []
    for variable in dict.fromkeys(case.variable for case in CASES):
        rows = tuple(_indicator_row(words, case) for case in CASES if case.variable == variable)
        groups.append(IndicatorGroup(words.say(f"variable.{variable}"), rows))
    return tuple(groups)


def _indicator_row(words: Words, case: Case) -> IndicatorRow:
    gap, tone = words.gap(case)
    return IndicatorRow(
        code=case.code,
        text=words.say(f"indicator.{case.code}"),
        weight=words.number(case.weight),
        paper=words.answer(case.paper),
        practice=words.answer(case.practice),
        gap=gap,
        tone=tone,
        points=words.number(case.weight * _SHARE[case.practice]),
        unverified=case.unverified,
    )


def _receiver(words: Words) -> Receiver:
    say = words.say
    return Receiver(
        facts=(
            Fact(say("name"), "Drs. Ferdinand Tuhumury, M.Si."),
            Fact("NIP", "19680412 199303 1 007", mono=True),
            Fact(say("position"), say("secretary_of_the_office")),
            Fact(
                say("capacity"),
                say("acting_head_of_office_plh"),
            ),
        ),
        declaration=say("i_received_this_document_receiving"),
        response=say("the_pledge_has_been_reprinted"),
        signs=True,
    )


def _signature(words: Words) -> Signature:
    say = words.say
    return Signature(
        statement=say("this_document_states_what_was"),
        place_and_date=say("ambon_17_november_2026"),
        signers=(signer(words),),
        seal=SignatureBox("Segel_BSrE", say("seal"), say("seal")),
        seal_hint=say("seal_hint"),
        legal_note=say("uncertified_electronic_signature_pp_71"),
    )


def signer(words: Words, *, number: int = 1, name: str = "Maria Latuconsina, S.H.") -> SignatureBox:
    """One of the assessors who sign."""
    say = words.say
    return SignatureBox(
        field=f"TTD_Asesor{number}",
        label=f"{say('assessor')} {number}",
        title=say("assessor"),
        facts=(
            Fact(say("name"), name),
            Fact(say("position"), say("assistant_ombudsman_team_lead")),
            Fact("NIP", "19850921 201012 2 003", mono=True),
        ),
    )


def _method(words: Words) -> Method:
    say = words.say
    return Method(
        paragraphs=(
            say("every_indicator_is_recorded_on"),
            say("a_partial_answer_is_worth"),
        ),
        facts=(
            Fact(say("instrument"), "pemda-2015@1", mono=True),
            Fact(
                say("instrument_fingerprint"),
                sha256(b"instrument").hexdigest(),
                mono=True,
            ),
            Fact(
                say("side_that_counts"),
                say("practice_unverified"),
            ),
            Fact(
                say("unverified_weight"),
                say("19_00_of_110_points"),
            ),
        ),
    )


def _integrity(words: Words) -> Integrity:
    say = words.say
    return Integrity(
        paragraphs=(say("the_machine_readable_record_temuan"),),
        facts=(
            Fact(say("document_number"), "0042/TMN/AMB/XI/2026", mono=True),
            Fact("SHA-256 temuan.json", _HASH, mono=True),
            Fact(say("head_of_the_visit"), sha256(b"head").hexdigest(), mono=True),
        ),
        steps=(
            say("run_assessor_verify_on_this"),
            say("compare_the_fingerprint_in_the"),
            say("scan_the_code_beside_document"),
            say("a_printed_copy_cannot_be"),
        ),
        qr=f"0042/TMN/AMB/XI/2026 sha256:{_HASH}",
    )
