"""Words for findings: by indicator and kind of gap, one's own kept, and due dates for many."""

import re
from datetime import date

import pytest
from tests.visiting import answer, answer_all

from assessor_app.domain.findings import HEAD_DUE, Finding, FindingKind
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scoring import Basis
from assessor_app.paths import resources_dir
from assessor_app.services.advice import proposed_advice, proposed_wording
from assessor_app.services.enrolment import Workplace
from assessor_app.services.finding_templates import (
    Offered,
    Part,
    change_template,
    filled,
    forget_template,
    keep_template,
    offered,
    own_templates,
)
from assessor_app.services.findings import (
    DueBy,
    FindingEdit,
    counted_weight,
    edit_finding,
    set_due_dates,
)
from assessor_app.services.history import told
from assessor_app.services.report.cards import due_set_by_told
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.texts import Language

INDONESIAN = Language.INDONESIAN


@pytest.fixture
def short(session: Session) -> Session:
    answer_all(session, absent={"P15-06": "practice", "P15-08": "paperwork", "P15-12": "both"})
    return session


def finding(session: Session, code: str) -> Finding:
    return next(one for one in session.findings() if one.indicator.code == code)


def choices(
    session: Session, workplace: Workplace, code: str, part: Part = Part.WORDING
) -> tuple[Offered, ...]:
    found = finding(session, code)
    return offered(workplace, found, session.snapshot, part, language=INDONESIAN)


def test_an_indicator_is_worded_by_its_own_template_and_kind_of_gap(short: Session) -> None:
    pledge, room = (proposed_wording(finding(short, code)) for code in ("P15-06", "P15-08"))

    assert str(pledge["id"]).startswith("Maklumat pelayanan ditetapkan di atas kertas, tetapi")
    assert str(pledge["en"]).startswith("The service pledge stands on paper, but")
    assert room["id"] == (
        "Ruang tunggu tersedia bagi pengguna layanan, tetapi tidak ada dasarnya di atas kertas."
    )


def test_what_has_no_template_of_its_own_falls_back_to_its_kind_of_gap(session: Session) -> None:
    answer_all(session, absent={"P15-20": "practice"})
    found = finding(session, "P15-20")

    assert found.kind is FindingKind.PAPER_ONLY
    assert proposed_wording(found)["id"] == (
        "Dinyatakan ada di atas kertas, tetapi tidak terlihat dalam praktik."
    )
    assert str(proposed_advice(found)["id"])


def test_every_shipped_text_has_both_languages_and_known_places(short: Session) -> None:
    files = sorted((resources_dir() / "wordings").glob("*.toml"))
    places = {
        place for path in files for place in re.findall(r"\{(\w+)\}", path.read_text("utf-8"))
    }

    assert len(files) >= 2
    assert places <= {"indicator", "code", "unit", "institution", "product"}
    for one in short.findings():  # reading it refuses a text that lacks a language
        assert proposed_wording(one)["en"]


def test_the_indicators_own_text_stands_first_then_ones_own_then_what_fits_any(
    short: Session, workplace: Workplace
) -> None:
    own = keep_template(workplace, "Di {unit} {indicator} kosong, {lain}.", Part.WORDING)
    keep_template(workplace, "Hanya untuk maklumat.", Part.WORDING, indicator="P15-06")

    pledge = choices(short, workplace, "P15-06")
    room = choices(short, workplace, "P15-08")

    assert pledge[0].id is None
    assert [one.id is not None for one in pledge] == [False, True, True, False]
    assert pledge[1].text == "Hanya untuk maklumat."
    assert pledge[2].text == (
        "Di Dinas Kependudukan Ketersediaan maklumat pelayanan kosong, {lain}."
    )
    assert [one.id for one in room if one.id] == [own]
    assert "Dinas Kependudukan" in pledge[-1].text
    assert not any("{product}" in one.text for one in pledge)


def test_what_was_written_for_the_same_kind_of_gap_comes_before_what_was_for_another(
    short: Session, workplace: Workplace
) -> None:
    for text, gap in (
        ("Ruang ada.", "practice_only"),
        ("Entah.", None),
        ("Kosong.", "paper_only"),
    ):
        keep_template(workplace, text, Part.WORDING, gap=gap)

    own = {
        code: [one.text for one in choices(short, workplace, code) if one.id]
        for code in ("P15-06", "P15-08")
    }

    assert own["P15-06"] == ["Kosong.", "Entah.", "Ruang ada."]
    assert own["P15-08"] == ["Ruang ada.", "Entah.", "Kosong."]
    with pytest.raises(RecordRefused, match="template_there"):
        keep_template(workplace, "Kosong.", Part.WORDING, gap="neither")


def test_advice_for_the_kind_of_gap_comes_before_advice_that_fits_any(
    short: Session, workplace: Workplace
) -> None:
    found = [one.text for one in choices(short, workplace, "P15-06", Part.ADVICE)]

    kind = next(place for place, text in enumerate(found) if "seperti yang telah dit" in text)
    steps = next(place for place, text in enumerate(found) if text.startswith("1. Tunjuk"))
    assert kind < steps


def test_a_template_of_a_product_is_offered_where_there_is_one(
    session: Session, workplace: Workplace
) -> None:
    code = next(one.code for one in session.instrument.indicators() if one.asked == "per_product")
    for side in session.instrument.indicator(code).sides:
        answer(session, code, side.value, "absent", product="KTP-el")

    assert any("layanan KTP-el" in one.text for one in choices(session, workplace, code))


def test_ones_own_is_kept_once_and_offered_no_more_when_forgotten(
    short: Session, workplace: Workplace
) -> None:
    own = keep_template(workplace, "Segera.", Part.ADVICE)

    with pytest.raises(RecordRefused, match="template_there"):
        keep_template(workplace, " Segera. ", Part.ADVICE)
    with pytest.raises(RecordRefused, match="template_empty"):
        keep_template(workplace, "  ", Part.ADVICE)
    assert own in [one.id for one in choices(short, workplace, "P15-06", Part.ADVICE)]
    assert own not in [one.id for one in choices(short, workplace, "P15-06")]
    forget_template(workplace, own)
    assert own not in [one.id for one in choices(short, workplace, "P15-06", Part.ADVICE)]
    with pytest.raises(RecordRefused, match="template_unknown"):
        forget_template(workplace, own)


def test_braces_around_anything_else_stay_as_they_were_typed() -> None:
    assert filled("{unit} {x} {{unit}", {"unit": "Dinas"}) == "Dinas {x} {Dinas"


def test_one_due_date_for_all_findings_is_one_action_and_one_undo(
    short: Session, workplace: Workplace
) -> None:
    ids = [one.id for one in short.findings()]
    words = Words(INDONESIAN, workplace.profile.zone)

    done = set_due_dates(short, workplace, ids, date(2026, 12, 15), by=DueBy.HEAD)

    known = [short.snapshot.findings[one] for one in ids]
    assert {one.due_date for one in known} == {date(2026, 12, 15)}
    assert {one.due_set_by for one in known} == {HEAD_DUE}
    assert due_set_by_told(HEAD_DUE, words) == "ditetapkan oleh pimpinan unit"
    assert short.next_undo is not None
    assert short.next_undo.id == done.event
    sentence = told(short.next_undo, short.instrument, words, snapshot=short.snapshot)
    assert sentence == "3 temuan: tenggat 15 Desember 2026"
    short.undo()
    assert all(one.due_date is None for one in short.snapshot.findings.values())


def test_due_dates_for_none_or_before_the_visit_are_refused(
    short: Session, workplace: Workplace
) -> None:
    with pytest.raises(RecordRefused, match="nothing_recorded"):
        set_due_dates(short, workplace, [], date(2026, 12, 15))
    with pytest.raises(RecordRefused, match="due_before_visit"):
        set_due_dates(short, workplace, [short.findings()[0].id], date(2026, 11, 1))


def test_who_set_a_due_date_is_told_of_one_finding_too(
    short: Session, workplace: Workplace
) -> None:
    edit = FindingEdit(due=date(2026, 12, 1), due_by=DueBy.HEAD)
    edit_finding(short, workplace, "P15-06", edit)
    edit_finding(short, workplace, "P15-08", FindingEdit(due=date(2026, 12, 1)))

    by = {
        code: short.snapshot.findings[finding(short, code).id].due_set_by
        for code in ("P15-06", "P15-08")
    }
    assert by == {"P15-06": HEAD_DUE, "P15-08": workplace.profile.name}


def test_what_a_finding_weighs_here_is_its_share_of_what_applies_and_of_its_products(
    session: Session,
) -> None:
    code = next(
        one.code
        for one in session.instrument.indicators()
        if one.asked == "per_product" and one.weight
    )
    for product in ("KTP-el", "Akta"):
        for side in session.instrument.indicator(code).sides:
            answer(session, code, side.value, "absent", product=product)
    one = finding(session, code)
    line = next(
        line for line in session.scores()[Basis.OFFICIAL].lines if line.indicator.code == code
    )

    assert line.products == 2
    assert counted_weight(session, one) == line.weight / 2


def test_what_is_filled_in_is_no_template_itself() -> None:
    places = {"unit": "Loket {code}", "code": "P15-06"}

    assert filled("{code}: {unit} {unknown} {}", places) == "P15-06: Loket {code} {unknown} {}"


def test_ones_own_is_given_other_words_and_keeps_its_place(
    short: Session, workplace: Workplace
) -> None:
    long = "“Kutipan” 'tunggal' \\ {unit}, " * 200
    first = keep_template(workplace, "Pertama {indicator}.", Part.WORDING)
    keep_template(workplace, "Kedua.", Part.WORDING)

    change_template(workplace, first, long)
    change_template(workplace, first, long)

    kept = own_templates(workplace)
    assert kept[0].id == first
    assert kept[0].text == long.strip()
    with pytest.raises(RecordRefused, match="template_there"):
        change_template(workplace, first, "Kedua.")
    with pytest.raises(RecordRefused, match="template_empty"):
        change_template(workplace, first, "  ")
    forget_template(workplace, first)
    with pytest.raises(RecordRefused, match="template_unknown"):
        change_template(workplace, first, "Lagi.")


def test_one_that_speaks_of_a_service_is_not_offered_for_the_whole_unit(
    short: Session, workplace: Workplace
) -> None:
    keep_template(workplace, "Layanan {product} terlambat.", Part.WORDING)
    finding = short.findings()[0]

    found = offered(workplace, finding, short.snapshot, Part.WORDING, language=Language.INDONESIAN)

    assert all(one.id is None for one in found)
    assert own_templates(workplace)
