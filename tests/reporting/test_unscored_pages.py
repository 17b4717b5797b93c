"""Pages of a report that tells no score, and answers that are longer than their columns."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.reporting.report_sample import sample, scores_of

from assessor_app.reporting.content import Answer, Fact, Mark, Omission
from assessor_app.reporting.figures import Consistency, CountRow, MatrixCell, ShareRow, Unscored
from assessor_app.reporting.headings import headings
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import render
from assessor_app.reporting.report_content import ReportContent
from assessor_app.texts import Language

REASON = "Bobot indikator tahun ini belum diumumkan, sehingga tidak ada nilai yang dapat dihitung."
LONG = "; ".join(f"Komponen standar pelayanan yang ke-{number}" for number in range(1, 26))


def unscored(language: Language = Language.INDONESIAN) -> ReportContent:
    """The sample's report, of an instrument without weights."""
    scored = sample(language)
    rows = (
        CountRow("Input", 0, 12, 4, 5, 1, 1, 1),
        CountRow("Perencanaan dan penganggaran", 1, 12, 4, 5, 1, 1, 1),
    )
    counts = (Fact("Kesenjangan", "6"), Fact("Temuan", "8"))
    return replace(
        scored,
        scores=Unscored("Tanpa nilai", REASON, 38, 40, "38 dari 40", counts, rows),
        dimensions=(),
        matrix=replace(
            scored.matrix,
            cells=tuple(
                tuple(MatrixCell(cell.count, "") for cell in row) for row in scored.matrix.cells
            ),
        ),
        findings=tuple(replace(finding, weight="") for finding in scored.findings),
        inapplicable=(Omission("P15-19", "Ram", "Tidak berlaku: layanan hanya daring."),),
    )


def pages(content: ReportContent) -> list[str]:
    return [
        " ".join(text.split()) for text in read_back(render(content, record=None).pdf).page_texts
    ]


@pytest.mark.parametrize("language", Language)
def test_no_page_of_an_unscored_report_names_a_score_a_weight_or_a_point(
    language: Language,
) -> None:
    words = headings(language)

    told = pages(unscored(language))

    unsaid = [words.provisional_score, words.weightiest, words.dimensions, words.overview]
    unsaid += [words.weight.upper(), f" {words.points.upper()}", words.points_maximum.upper()]
    for name in unsaid:
        assert not any(name in page for page in told), name
    assert words.overview_of_gaps in told[1]
    assert words.counts in told[1]


def test_the_first_page_tells_completeness_counts_and_why_there_is_no_number() -> None:
    front = pages(unscored())[0]

    for words in ("KELENGKAPAN", "38 dari 40", "KESENJANGAN 6", "Tanpa nilai", REASON):
        assert words in front, words


@pytest.mark.parametrize(("answered", "asked"), [(0, 0), (0, 40), (40, 40)])
def test_any_completeness_can_be_drawn(answered: int, asked: int) -> None:
    content = unscored()
    assert isinstance(content.scores, Unscored)
    scores = replace(content.scores, answered=answered, asked=asked, counts=())

    assert pages(replace(content, scores=scores))


def test_what_does_not_apply_stands_apart_from_what_was_not_assessed() -> None:
    content = unscored()
    words = headings(Language.INDONESIAN)

    told = " ".join(pages(content))

    assert f"{words.inapplicable} KODE INDIKATOR ALASAN P15-19 Ram Tidak berlaku" in told


def test_an_answer_longer_than_its_column_is_whole_below_it() -> None:
    content = sample()
    group = content.indicators[0]
    row = replace(
        group.rows[0],
        paper=Answer("25 dari 26 butir", Mark.PARTIAL, detail=LONG),
        wholes=(Fact("Di atas kertas", LONG),),
    )
    finding = content.findings[0]
    claimed = replace(finding.claimed, answer=Answer("Komponen…", Mark.RECORDED, whole=LONG))

    told = pages(
        replace(
            content,
            indicators=(replace(group, rows=(row,)),),
            findings=(replace(finding, claimed=claimed),),
        )
    )

    assert f"Di atas kertas: {LONG}" in " ".join(told)
    assert " ".join(told).count("yang ke-25") == 2


def test_a_scale_whose_bounds_were_not_published_has_pointers_and_no_zones() -> None:
    content = sample()
    bare = replace(scores_of(content), bands=())

    front = pages(replace(content, scores=bare))[0]

    assert "0–55" not in front
    assert "67,00 Dalam praktik" in front


def test_shares_are_told_in_figures_beside_their_bars() -> None:
    shares = (Decimal("0.5"), Decimal("0.25"), Decimal("0.25"), Decimal(0))
    rows = (
        ShareRow("Seluruh instrumen", 0, shares, ("50,0 %", "25,0 %", "25,1 %", "0,0 %"), "9,1 %"),
        ShareRow("Input", 1, (Decimal(0),) * 4, ("–",) * 4, "100,0 %"),
    )

    told = pages(replace(sample(), consistency=Consistency(rows, "Persen dari bobot.")))

    assert any("Seluruh instrumen 50,0 % 25,0 % 25,1 % 0,0 % 9,1 %" in page for page in told)
    assert any("Persen dari bobot." in page for page in told)
