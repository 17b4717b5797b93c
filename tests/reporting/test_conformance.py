"""Every document is PDF/A-3a and PDF/UA-1, say validators that are not ours."""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import outloud  # type: ignore[import-untyped]  # it has no types
import pikepdf
import pytest
from tests.reporting.conforming import (
    EARLIER_SIGNATURE,
    NOTED,
    PDF_A,
    PDF_UA,
    addendum,
    breaches,
    heard,
    minutes,
    places,
    rendered,
    report,
    signed,
    with_parties,
)
from tests.signing.people import NOW

from assessor_app.reporting.check_page import CheckPage, Way, render_check_page
from assessor_app.reporting.content import Fact
from assessor_app.reporting.hint_page import HintPage, render_hint_page
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import Content
from assessor_app.texts import Language

ID, EN = Language.INDONESIAN, Language.ENGLISH
MARK = "CONTOH"
TOP_OF_FOOTER, BOTTOM_OF_HEADER = 48, 792  # points from the page's lower edge
ALL = [report(ID), report(EN), minutes(ID), minutes(EN), addendum(ID), addendum(EN)]
NAMES = ["findings-id", "findings-en", "minutes-id", "minutes-en", "addendum-id", "addendum-en"]


def hint_sheet() -> bytes:
    return render_hint_page(
        HintPage(
            language=ID,
            title="Petunjuk frasa sandi",
            subject="Petunjuk frasa sandi",
            author="Asesor",
            lead="Simpan lembar ini terpisah dari perangkat.",
            facts=(Fact("Nama", "Siti Nurbaya"), Fact("Folder", "/home/siti", mono=True)),
            hint_title="Petunjuk",
            hint="yang dulu di Ambon",
            truths_title="Yang perlu diketahui",
            truths=("Tanpa frasa sandi, isi perangkat tidak dapat dibuka.",),
            steps_title="Langkah",
            steps=("Buka aplikasi.", "Ketik frasa sandi."),
            made_at=NOW,
        )
    )


def check_sheet() -> bytes:
    return render_check_page(
        CheckPage(
            language=EN,
            title="How to check this document",
            subject="How to check this document",
            author="Ombudsman",
            lead="Two ways to check it.",
            facts=(Fact("Number", "T-2026-1"),),
            files_title="Files",
            files=(Fact("temuan.pdf", "a" * 64, mono=True),),
            ways=(Way("With our program", ("Open it.", "Choose the file.")),),
            truths_title="What no check can say",
            truths=("Whether what was written is so.",),
            made_at=NOW,
        )
    )


@pytest.mark.parametrize("content", ALL, ids=NAMES)
def test_an_unsigned_document_breaks_no_rule(content: Content) -> None:
    pdf = rendered(content).pdf

    assert breaches(pdf, PDF_A) == []
    assert breaches(pdf, PDF_UA) == []


@pytest.mark.parametrize(
    "content",
    [
        report(ID, preview="PRATINJAU"),
        minutes(EN, preview="PREVIEW"),
        addendum(ID, preview="PRATINJAU"),
    ],
    ids=["findings", "minutes", "addendum"],
)
def test_a_preview_breaks_no_rule_though_it_carries_no_record(
    content: Content,
) -> None:
    pdf = rendered(content, whole=False).pdf

    assert breaches(pdf, PDF_A) == []
    assert breaches(pdf, PDF_UA) == []


@pytest.mark.parametrize(
    "content", [report(ID), minutes(EN), addendum(EN)], ids=["findings", "minutes", "addendum"]
)
def test_a_document_signed_once_breaks_no_rule(content: Content) -> None:
    pdf = signed(content, times=1)

    assert breaches(pdf, PDF_A) == []
    assert breaches(pdf, PDF_UA) == []


@pytest.mark.parametrize("content", [report(EN), minutes(ID)], ids=["findings", "minutes"])
def test_of_a_document_signed_by_several_only_the_reach_of_earlier_signatures_is_noted(
    content: Content,
) -> None:
    pdf = signed(with_parties(content), times=3)

    assert breaches(pdf, PDF_A) == [EARLIER_SIGNATURE]
    assert places(pdf, PDF_A) == 2
    assert breaches(pdf, PDF_UA) == []


@pytest.mark.parametrize(
    ("content", "times"),
    [(report(ID), 0), (minutes(EN), 1), (minutes(ID), 3), (addendum(ID), 1)],
)
def test_two_other_validators_hear_no_fault_either(
    content: Content, times: int, tmp_path: Path
) -> None:
    told = content if times < 3 else with_parties(content)

    faults = {rule for rule, _ in heard(signed(told, times=times), tmp_path)}

    assert faults <= NOTED


@pytest.mark.parametrize("sheet", [hint_sheet, check_sheet])
def test_a_sheet_to_print_breaks_no_rule_either(sheet: Callable[[], bytes]) -> None:
    pdf = sheet()

    assert breaches(pdf, PDF_A) == []
    assert breaches(pdf, PDF_UA) == []


def test_a_long_addendum_is_printed_whole_over_as_many_pages_as_it_takes() -> None:
    words = [f"kata{number}" for number in range(3000)]
    lines = "\n".join(" ".join(words[at : at + 300]) for at in range(0, 3000, 300))
    made = rendered(addendum(ID, statement=lines))
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        pages = len(pdf.pages)
    told = "".join(page for page in read_back(made.pdf).page_texts)

    assert pages > 2
    assert [word for word in words if word not in told] == []
    assert breaches(made.pdf, PDF_UA) == []


def test_the_contents_are_a_list_of_links_each_with_its_annotation_and_words() -> None:
    with pikepdf.open(BytesIO(rendered(report(ID)).pdf)) as pdf:
        (contents,) = elements(pdf, "TOC")
        pages = {page.obj.objgen for page in pdf.pages}
        for entry in kids(contents):
            (reference,) = kids(entry)
            (link,) = kids(reference)
            words, annotation = kids(link)

            assert [str(one.S) for one in (entry, reference, link)] == [
                "/TOCI",
                "/Reference",
                "/Link",
            ]
            assert isinstance(words, int)
            assert str(annotation.Obj.Contents)
            assert annotation.Obj.Dest[0].objgen in pages


def test_headings_go_down_by_single_steps_from_one_title() -> None:
    with pikepdf.open(BytesIO(rendered(report(ID)).pdf)) as pdf:
        levels = [int(str(one.S)[2]) for one in elements(pdf, "H1", "H2", "H3")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert {2, 3} <= set(levels)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_table_over_several_pages_is_one_table_whose_head_is_said_once() -> None:
    with pikepdf.open(BytesIO(rendered(report(ID)).pdf)) as pdf:
        whole = max(elements(pdf, "Table"), key=lambda table: len(kids(table)))
        rows = [kids(row) for row in kids(whole)]
        pages = {cell.Pg.objgen for row in rows for cell in row if "/Pg" in cell}
        heads = [row for row in rows if all(scope(cell) == "/Column" for cell in row)]

        assert len(pages) > 1
        assert len(heads) == 1


def test_right_to_left_words_are_read_as_they_were_written() -> None:
    with pikepdf.open(BytesIO(rendered(minutes(ID)).pdf)) as pdf:
        spoken = [str(one.ActualText) for one in elements(pdf, "P") if "/ActualText" in one]

    assert spoken == ["Kantor ini tidak buka ketika tim datang. سلام"]


def test_every_photo_and_chart_says_what_it_shows() -> None:
    with pikepdf.open(BytesIO(rendered(report(ID)).pdf)) as pdf:
        figures = list(elements(pdf, "Figure"))

    assert len(figures) >= 15
    for figure in figures:
        assert str(figure.Alt).strip()
        left, bottom, right, top = map(float, figure.A.BBox)
        assert 0 < left < right < 596
        assert 0 < bottom < top < 842


def test_no_words_are_ornament_but_those_of_every_page(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(rendered(report(ID)).pdf)
    document = outloud.Document(str(file))
    titles = set()

    for one in document.pages:
        for run in document.content(one.index).runs:
            in_text = run.bbox[1] > TOP_OF_FOOTER and run.bbox[3] < BOTTOM_OF_HEADER
            if run.artifact and in_text and run.text.strip() not in {"", MARK}:
                titles.add((one.number, round(run.bbox[1]), run.text))

    repeated = {(number, bottom) for number, bottom, _ in titles}
    assert len(repeated) == 1, titles  # the indicator table's head on its second page
    document.close()


def test_in_an_english_document_only_the_law_is_spoken_in_indonesian() -> None:
    content = report(EN)
    with pikepdf.open(BytesIO(rendered(content).pdf)) as pdf:
        foreign = [one for one in elements(pdf, "P", "TH", "TD") if "/Lang" in one]

        assert str(pdf.Root.Lang) == "en"
        assert {str(one.Lang) for one in foreign} == {"id"}
        assert len(foreign) == sum(bool(finding.legal_basis) for finding in content.findings)


def elements(pdf: pikepdf.Pdf, *types: str) -> list[Any]:
    """The structure elements of these types, in reading order."""
    wanted = {f"/{name}" for name in types}
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary):
            found += [one] if str(one.get("/S")) in wanted else []
            waiting += reversed(kids(one))
    return found


def kids(element: Any) -> list[Any]:
    """What an element holds; a single kid stands for itself."""
    held = element.get("/K", pikepdf.Array())
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def scope(cell: Any) -> str:
    """Whether a cell is the head of its column or its row."""
    return str(cell.get("/A", pikepdf.Dictionary()).get("/Scope"))
