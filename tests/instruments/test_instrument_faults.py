"""Every kind of fault in an instrument file is told with its line and key."""

from pathlib import Path

import pytest
from tests.instruments.mistakes import SMALL, Mistake, told, written

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.reading import check, load

FIRST = "dimensions[0].variables[0].indicators[0]"
PLEDGE = "dimensions[1].variables[0].indicators[0]"
ROOM = "dimensions[1].variables[0].indicators[2]"

MISTAKES = [
    Mistake(
        "year: 2024\n",
        "",
        "instrument_key_missing",
        "year",
        on="form: 1",
    ),
    Mistake("year: 2024", "year: 1024", "instrument_value_out_of_range", "year"),
    Mistake("year: 2024", "year: tahun ini", "instrument_expects_whole_number", "year"),
    Mistake("year: 2024", "year:", "instrument_value_empty", "year"),
    Mistake("year: 2024", "year: 2024\nyear: 2025", "instrument_key_twice", "year"),
    Mistake("year: 2024", "year: 2024\ntahun: 2024", "instrument_key_unknown", "tahun"),
    Mistake("form: 1", "form: 2", "instrument_value_unknown", "form"),
    Mistake("id: small", "id: Small Test", "instrument_name_unfit", "id"),
    Mistake('version: "1"', "version: satu", "instrument_name_unfit", "version"),
    Mistake("maximum: 100", "maximum: 3,8", "instrument_expects_number", "maximum"),
    Mistake("maximum: 100", "maximum: 1e999999999", "instrument_expects_number", "maximum"),
    Mistake("maximum: 100", "maximum: .nan", "instrument_expects_number", "maximum"),
    Mistake("maximum: 100", "maximum: 101", "instrument_weights_do_not_sum", "maximum"),
    Mistake(
        "maximum: 100",
        "maximum: 101",
        "instrument_bands_end",
        "bands.zones[2].upper",
        on="- {category: A",
    ),
    Mistake("maximum: 100", "maximum: -1", "instrument_not_positive", "maximum"),
    Mistake("terbaca: {verified: true,", "terbaca: {", "instrument_key_missing", ".verified"),
    Mistake("terbaca: {verified: true", "terbaca: {verified: yes", "instrument_expects_truth", ""),
    Mistake(
        ', en: "C: example of an inference."',
        "",
        "instrument_translation_missing",
        ".en",
        on='dugaan: {verified: false, note: {id: "C:',
    ),
    Mistake(
        'title: {id: "Instrumen uji kecil"', 'title: {id: " "', "instrument_translation_missing", ""
    ),
    Mistake('title: {id: "Instrumen uji kecil"', "title: {id: [x]", "instrument_expects_text", ""),
    Mistake("code: puskesmas", "code: opd", "instrument_entry_twice", "object_types[1].code"),
    Mistake("  - code: proses", "  - code: input", "instrument_entry_twice", "dimensions[1].code"),
    Mistake(
        "kind: partial",
        "kind: presence",
        "instrument_levels_unfit",
        "scales.sebagian.levels",
        on="levels:",
    ),
    Mistake(
        'fulfilment: 0.5, rubric: {id: "Ada',
        'fulfilment: 1.5, rubric: {id: "Ada',
        "instrument_fulfilment_outside",
        "scales.sebagian.levels[1].fulfilment",
    ),
    Mistake(
        "fulfilment: 0.75",
        "fulfilment: 0.25",
        "instrument_fulfilment_disordered",
        "scales.pengetahuan.levels",
        on="levels:",
    ),
    Mistake(
        "value: 4, fulfilment: 1",
        "value: 4, fulfilment: 0.9",
        "instrument_fulfilment_ends_missing",
        "scales.pengetahuan.levels",
        on="levels:",
    ),
    Mistake("code: T-04", "code: T-03", "instrument_code_twice", ".code"),
    Mistake("code: T-04", "code: T-99", "instrument_code_retired", ".code"),
    Mistake(
        "sides: [paperwork]", "sides: [paperwork, hall]", "instrument_value_unknown", "sides[1]"
    ),
    Mistake("sides: [paperwork]", "sides: []", "instrument_sides_missing", ".sides"),
    Mistake(
        "sides: [paperwork]", "sides: [paperwork, paperwork]", "instrument_side_twice", ".sides"
    ),
    Mistake("sides: [paperwork]", "sides: paperwork", "instrument_expects_list", ".sides"),
    Mistake("counts: lower", "counts: middle", "instrument_value_unknown", f"{PLEDGE}.counts"),
    Mistake(
        "asked: per_respondent",
        "asked: per_respondent\n            counts: mean",
        "instrument_counts_unfit",
        f"{FIRST}.counts",
    ),
    Mistake("scale: pengetahuan", "scale: skala", "instrument_scale_unknown", f"{FIRST}.scale"),
    Mistake("shares: bersama", "shares: berdua", "instrument_shares_unknown", f"{ROOM}.shares"),
    Mistake("shares: bersama", "", "instrument_weight_missing", ROOM, on="- code: T-05"),
    Mistake(
        "shares: bersama",
        "shares: bersama\n            weight: 5",
        "instrument_weight_double",
        ROOM,
        on="- code: T-05",
    ),
    Mistake(
        "shares: bersama",
        "shares: bersama\n            weight_source: terbaca",
        "instrument_weight_source_shared",
        f"{ROOM}.weight_source",
    ),
    Mistake(
        "weight: 12.25\n            weight_source: dugaan",
        "weight: 12.25",
        "instrument_weight_unsourced",
        FIRST,
        on="- code: T-01",
    ),
    Mistake("weight: 12.25", "weight:", "instrument_weight_missing", FIRST, on="- code: T-01"),
    Mistake("weight: 12.25", "weight: 0", "instrument_not_positive", f"{FIRST}.weight"),
    Mistake(
        "weight: 12.25",
        "weight: 12.26",
        "instrument_weights_do_not_sum",
        "maximum",
        on="maximum: 100",
    ),
    Mistake(
        "points: 20, source: dugaan",
        "points: 20, source: mana",
        "instrument_source_unknown",
        "shared_weights.bersama.source",
    ),
    Mistake(
        "bersama: {points: 20, source: dugaan}",
        "bersama: {points: 20, source: dugaan}\n  sepi: {points: 1, source: dugaan}",
        "instrument_group_empty",
        "shared_weights.sepi",
    ),
    Mistake(
        "weight_source: dugaan",
        "weight_source: mana",
        "instrument_source_unknown",
        f"{FIRST}.weight_source",
    ),
    Mistake(
        "lower: 0, upper: 49.99",
        "lower: 1, upper: 49.99",
        "instrument_bands_start",
        "bands.zones[0].lower",
    ),
    Mistake(
        "upper: 79.99",
        "upper: 79.98",
        "instrument_bands_hole",
        "bands.zones[2].lower",
        on="- {category: A, lower: 80.00, upper: 100",
    ),
    Mistake(
        "upper: 79.99",
        "upper: 85",
        "instrument_bands_overlap",
        "bands.zones[2].lower",
        on="- {category: A, lower: 80.00, upper: 100",
    ),
    Mistake(
        "lower: 50.00, upper: 79.99",
        "lower: 50.00, upper: 49",
        "instrument_band_reversed",
        "bands.zones[1]",
    ),
    Mistake("step: 0.01", "step: 1", "instrument_between_missing", "bands.step"),
    Mistake("step: 0.01", "step: 0", "instrument_not_positive", "bands.step"),
    Mistake("  step: 0.01\n", "", "instrument_step_missing", "bands", on="bands:"),
    Mistake(
        "upper: 79.99, zone: yellow",
        "upper: 79.99, zone: green, dark: true",
        "instrument_bands_fall",
        "bands.zones[2].zone",
        on="category: A",
    ),
    Mistake("zone: green", "zone: red", "instrument_bands_fall", "bands.zones[2].zone"),
    Mistake(
        "zone: yellow",
        "zone: yellow, dark: true",
        "instrument_dark_not_green",
        "bands.zones[1].dark",
    ),
    Mistake(
        "- {category: C, lower: 0, upper: 49.99",
        "- {category: C, lower: 90, upper: 100",
        "instrument_bands_disordered",
        "bands.zones[1].lower",
        on="lower: 50.00",
    ),
    Mistake("category: B", "category: C", "instrument_entry_twice", "bands.zones[1].category"),
    Mistake(
        "            legal_source: terbaca\n",
        "",
        "instrument_legal_unsourced",
        f"{FIRST}.legal_basis",
        on="legal_basis:",
    ),
    Mistake(
        "            legal_source: terbaca\n",
        "            legal_source: mana\n",
        "instrument_source_unknown",
        f"{FIRST}.legal_source",
    ),
    Mistake(
        "year: 2024", "year: 2024\nyears: [2022, 2023]", "instrument_years_without_year", "years"
    ),
    Mistake("year: 2024", "year: 2024\nyears: [2024, 2024]", "instrument_entry_twice", "years[1]"),
    Mistake(
        "- {code: opd,",
        "- {rolls_up_to: OPD, code: opd,",
        "instrument_rolls_up_to_itself",
        "object_types[0].rolls_up_to",
    ),
    Mistake(
        "retired_codes:",
        "composition:\n  - {dimensions: [input, luaran], points: 100, source: dugaan}\n"
        "  - {dimensions: [proses, input], points: 1, source: mana}\nretired_codes:",
        "instrument_composition_unknown",
        "composition[0].dimensions[1]",
        on="luaran",
    ),
    Mistake(
        "retired_codes:",
        "composition:\n  - {dimensions: [input], points: 60, source: dugaan}\n"
        "  - {dimensions: [proses, input], points: 40, source: dugaan}\nretired_codes:",
        "instrument_entry_twice",
        "composition[1].dimensions[1]",
        on="points: 40",
    ),
    Mistake(
        "retired_codes:",
        "composition:\n  - {dimensions: [input], points: 0, source: dugaan}\nretired_codes:",
        "instrument_composition_incomplete",
        "composition",
        on="composition:",
    ),
    Mistake(
        "retired_codes:",
        "composition:\n  - {dimensions: [input], points: 0, source: dugaan}\nretired_codes:",
        "instrument_not_positive",
        "composition[0].points",
        on="points: 0",
    ),
    Mistake(
        "retired_codes:",
        "composition:\n  - {dimensions: [input, proses], points: 99.5, source: dugaan}\n"
        "retired_codes:",
        "instrument_composition_does_not_sum",
        "composition",
        on="composition:",
    ),
    Mistake(
        "retired_codes:",
        "composition:\n  - {dimensions: [input], points: 40, source: dugaan}\n"
        "  - {dimensions: [proses], points: 60, source: dugaan}\nretired_codes:",
        "instrument_composition_contradicted",
        "composition[1].points",
        on="points: 60",
    ),
    Mistake(
        "sides: [paperwork]",
        "sides: [paperwork]\n            counts: practice",
        "instrument_counts_unfit",
        ".counts",
    ),
    Mistake(
        "points: 20, source: dugaan",
        "points: 0, source: dugaan",
        "instrument_not_positive",
        "shared_weights.bersama.points",
    ),
    Mistake(
        "retired_codes:",
        "opinion:\n  words:\n"
        "    - {quality: {id: Baik, en: Good}, opinion: {id: A, en: A}, source: dugaan}\n"
        "    - {quality: {id: Baik, en: Fair}, opinion: {id: B, en: B}, source: dugaan}\n"
        "retired_codes:",
        "instrument_entry_twice",
        "opinion.words[1].quality",
        on="en: Fair",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_each_mistake_is_told_with_its_line_and_key(tmp_path: Path, mistake: Mistake) -> None:
    told(tmp_path, mistake, file=SMALL)


def test_an_empty_variable_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.yaml"
    head, _, _ = SMALL.read_text(encoding="utf-8").partition("        indicators:")
    path.write_text(f"{head}        indicators: []\n", encoding="utf-8")

    (fault,) = [one for one in check(path) if one.key.endswith("indicators")]
    assert fault.code == "instrument_list_too_short"
    assert fault.key == "dimensions[0].variables[0].indicators"
    assert fault.line == len(path.read_text(encoding="utf-8").splitlines())


def test_all_faults_come_at_once_and_in_the_order_of_lines(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    for good, bad in [
        ('title: {id: "Instrumen uji kecil", en: "Small test instrument"}', "title: {id: x}"),
        ("weight: 30", "weight: 31"),
        ("sides: [paperwork]", "sides: [cellar]"),
        ("code: T-06", "code: T-05"),
        ("upper: 79.99", "upper: 79.9"),
        ("scale: sebagian", "scale: separuh"),
    ]:
        assert text.count(good) == 1
        text = text.replace(good, bad)
    path = tmp_path / "many.yaml"
    path.write_text(text, encoding="utf-8")

    faults = check(path)

    assert [fault.code for fault in faults] == [
        "instrument_translation_missing",
        "instrument_bands_hole",
        "instrument_value_unknown",
        "instrument_scale_unknown",
        "instrument_code_twice",
    ]
    lines = [fault.line or 0 for fault in faults]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ("code: T-02", "code: T-02\n            bobot: 3", "instrument_key_unknown"),
        (', en: "Internal supervision report"', "", "instrument_translation_missing"),
        ('{id: "Laporan pengawasan.", en: "Supervision report."}', "x", "instrument_expects_table"),
        (
            "code: T-02",
            "code: T-02\n            evidence_items: [{id: a, en: b}, {id: c}]",
            "instrument_translation_missing",
        ),
    ],
)
def test_a_word_that_is_wrong_hides_no_other_fault_of_the_same_indicator(
    tmp_path: Path, good: str, bad: str, code: str
) -> None:
    path = written(tmp_path, good, bad)
    text = path.read_text(encoding="utf-8").replace("sides: [paperwork]", "sides: []")
    path.write_text(text.replace("weight: 17.75", "weight: 17"), encoding="utf-8")

    assert sorted(fault.code for fault in check(path)) == sorted(
        [code, "instrument_sides_missing", "instrument_weights_do_not_sum"]
    )


def test_a_weight_that_cannot_be_read_is_not_also_told_as_a_wrong_sum(tmp_path: Path) -> None:
    faults = check(written(tmp_path, "weight: 30", "weight: tiga puluh"))

    assert [fault.code for fault in faults] == ["instrument_expects_number"]


@pytest.mark.parametrize(
    ("good", "bad", "similar"),
    [
        ("maximum: 100", "maximun: 100", "maximum"),
        ('legal_basis: "Contoh', 'legalbasis: "Contoh', "legal_basis"),
        ("    levels:", "    level:", "levels"),
        ("weight: 12.25", "wieght: 12.25", "weight"),
        ("{rule: practice", "{rules: practice", "rule"),
        ("lower: 0,", "lover: 0,", "lower"),
        ("{value: 3, fulfilment", "{value: 3, fulfillment", "fulfilment"),
    ],
)
def test_a_misspelt_key_is_told_with_the_one_that_was_meant(
    tmp_path: Path, good: str, bad: str, similar: str
) -> None:
    faults = check(written(tmp_path, good, bad))

    (found,) = [one for one in faults if one.code == "instrument_key_misspelt"]
    assert found.places["similar"] == similar


def test_names_that_look_like_numbers_are_compared_as_text(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    text = text.replace("T-03", "3").replace("T-04", "3").replace("source: dugaan}", "source: 7}")
    path = tmp_path / "numbers.yaml"
    path.write_text(text, encoding="utf-8")

    assert [fault.code for fault in check(path)] == [
        "instrument_source_unknown",
        "instrument_code_twice",
    ]


def test_loading_a_broken_file_carries_every_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "maximum: 100", "maximum: 101")

    with pytest.raises(InstrumentFault) as refused:
        load(path)

    assert refused.value.code == "instrument_broken"
    assert refused.value.places["faults"] == check(path)
    assert refused.value.places["count"] == 2
