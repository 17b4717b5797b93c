"""Files that are no workbook, workbooks that mean harm, and cells that hold anything at all."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from tests.instruments.workbooks import Rows, rewrite, survey, workbook

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.building import build
from assessor_app.instruments.document import read_document
from assessor_app.instruments.reading import examine
from assessor_app.instruments.writing import write_yaml
from assessor_app.instruments.xlsform.book import MOST_COLUMNS, MOST_ROWS, number_text
from assessor_app.instruments.xlsform.columns import SHEETS, SURVEY
from assessor_app.instruments.xlsform.package import LARGEST_BYTES
from assessor_app.instruments.xlsform.reading import read_workbook
from assessor_app.texts import Language, say

SHEET = "xl/worksheets/sheet1.xml"
GOOD = ["text", "a", "A"]


def refused(path: Path) -> str:
    """The code that a file is refused with; its sentence must be there in both languages."""
    with pytest.raises(InstrumentFault) as fault:
        read_workbook(path)
    for language in Language:
        assert say(language, f"problems.{fault.value.code}", **fault.value.places)
    return fault.value.code.removeprefix("workbook_")


def shared(path: Path, index: str) -> Path:
    """A workbook whose one label is a text of its table of strings, by this index."""
    survey(path, GOOD)
    rewrite(path, SHEET, ' t="inlineStr"><is><t>A</t></is>', f' t="s"><v>{index}</v>')
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    rewrite(path, "[Content_Types].xml", "</Types>", override)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with ZipFile(path, "a") as package:
        table = f'<sst xmlns="{main}"><si><t>Pertama</t></si><si><t>Kedua</t></si></sst>'
        package.writestr("xl/sharedStrings.xml", table)
    return path


def packed(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not_one"),
        (b"type,name,label\ntext,a,A\n", "not_one"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (packed({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis"}), "other_format"),
        (packed({"word/document.xml": b"<x/>"}), "not_one"),
        (packed({"xl/workbook.xml": b"<x/>"}), "damaged"),
        (packed({"xl/workbook.xml": b"<x", "[Content_Types].xml": b"<x/>"}), "damaged"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
        (b"x" * (LARGEST_BYTES + 1), "too_large"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)

    assert refused(path) == why


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == "is_folder"
    assert refused(tmp_path / "none.xlsx") == "missing"
    assert refused(tmp_path / "a\0b.xlsx") == "missing"


@pytest.mark.parametrize("cut", [100, 2_000, -40])
def test_a_workbook_that_was_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    path.write_bytes(path.read_bytes()[:cut])

    assert refused(path) == "damaged"


def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    with ZipFile(path, "a", ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.png", b"\0" * 5_000_000)

    assert refused(path) == "bomb"


def test_a_workbook_of_too_many_parts_is_not_opened(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    with ZipFile(path, "a") as package:
        for number in range(2_001):
            package.writestr(f"xl/media/{number}", b"")

    assert refused(path) == "bomb"


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        b'<?xml version="1.0" encoding="utf-7"?>',
        '<?xml version="1.0" encoding="UTF-16"?>'.encode("utf-16"),
    ],
)
def test_xml_that_could_hide_entities_is_not_opened(tmp_path: Path, head: bytes) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[SHEET] = head + parts[SHEET]
    path.write_bytes(packed(parts))

    assert refused(path) == "entities"


def test_a_strict_workbook_is_told_how_to_be_saved(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    old = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rewrite(path, "xl/workbook.xml", old, "http://purl.oclc.org/ooxml/spreadsheetml/main")

    assert refused(path) == "strict"


def test_a_sheet_that_points_to_strings_that_are_not_there_is_refused(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    rewrite(path, SHEET, 't="inlineStr"><is><t>text</t></is>', 't="s"><v>99</v>')

    assert refused(path) == "damaged"


def test_a_sheet_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    rewrite(path, SHEET, "</row></sheetData>", "</sheetData>")

    assert refused(path) == "damaged"


def test_a_sheet_that_claims_to_be_endless_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    rewrite(path, SHEET, 'ref="A1:C2"', 'ref="A1:XFD1048576"')

    assert len(read_workbook(path).form.dimensions) == 1


def test_rows_columns_and_sheets_beyond_any_form_are_refused(tmp_path: Path) -> None:
    path = survey(tmp_path / "rows.xlsx", GOOD)
    rewrite(path, SHEET, '<row r="2">', f'<row r="{MOST_ROWS + 1}">')
    assert refused(path) == "many_rows"

    sheets: dict[str, Rows] = {f"x{number}": [["a"]] for number in range(100)}
    path = workbook(tmp_path / "sheets.xlsx", survey=[["type"], GOOD], **sheets)
    assert refused(path) == "many_sheets"

    wide = ["type", "name", "label", *["x"] * MOST_COLUMNS]
    path = workbook(tmp_path / "columns.xlsx", survey=[wide, GOOD])
    assert refused(path) == "many_columns"


def numbered(form: bytes, count: int) -> bytes:
    """Entries that differ, so that they are not refused for being packed too tightly."""
    return b"".join(form % number for number in range(count))


FAR = '<row r="1048576"><c r="A1048576">{}</c></row></sheetData>'


def test_the_row_at_the_end_of_a_sheet_is_refused_before_the_rows_above_are_made(
    tmp_path: Path,
) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    rewrite(path, SHEET, "</sheetData>", FAR.format("<v>1</v>"))

    begun = perf_counter()
    assert refused(path) == "many_rows"
    assert perf_counter() - begun < 3


@pytest.mark.parametrize("number", ["1048576", "1048576.0", "&#49;048576"])
def test_looks_at_the_end_of_a_sheet_are_passed_over_in_no_time(
    tmp_path: Path, number: str
) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    far = FAR.format("").replace('r="1048576"', f'r="{number}"')
    rewrite(path, SHEET, "</sheetData>", far)

    begun = perf_counter()
    assert len(read_workbook(path).form.dimensions) == 1
    assert perf_counter() - begun < 3


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/sharedStrings.xml", b"<sst>%s</sst>" % (b"<si/>" * 60_001)),
        ("xl/any.bin", b"<!-- <x> --><x:sst>%s</x:sst>" % numbered(b"<x:si>%d</x:si>", 60_001)),
        (
            "xl/worksheets/sheet9.xml",
            b"<worksheet>%s</worksheet>" % numbered(b"<c>%d</c>", 500_001),
        ),
        ("xl/styles.xml", b"<sst>%s</sst>" % (b"<xf/>" * 60_001)),
        ("docProps/custom.xml", b"<Properties>%s</Properties>" % (b"<p/>" * 60_001)),
    ],
)
def test_a_part_of_more_entries_than_a_form_has_is_not_opened(
    tmp_path: Path, part: str, content: bytes
) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    path.write_bytes(packed(parts | {part: content}))

    begun = perf_counter()
    assert refused(path) == "bomb"
    assert perf_counter() - begun < 3


@pytest.mark.parametrize(
    "index", ["-1", " -2", "&#45;1", "&#x2d;1", "<![CDATA[-1]]>", "<!-- -->-1", "99999999"]
)
def test_a_text_that_the_workbook_does_not_hold_is_taken_from_nowhere(
    tmp_path: Path, index: str
) -> None:
    assert refused(shared(tmp_path / "book.xlsx", index)) == "damaged"


def test_a_text_is_taken_from_the_table_of_the_workbook(tmp_path: Path) -> None:
    form = read_workbook(shared(tmp_path / "book.xlsx", "1")).form

    assert form.dimensions[0].variables[0].indicators[0].text.id == "Kedua"


def test_a_negative_number_is_a_number(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", [*GOOD, -1], columns=("hint",))

    form = read_workbook(path).form

    guidance = form.dimensions[0].variables[0].indicators[0].guidance
    assert guidance is not None
    assert guidance.id == "-1"


def test_a_picture_is_no_list_of_entries(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD)
    with ZipFile(path, "a") as package:
        package.writestr("xl/media/image1.png", b"\x89PNG" + b"<" * 100_000)

    assert len(read_workbook(path).form.dimensions) == 1


def test_a_thousand_faults_are_told_as_many_as_anybody_reads(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", *[["geopoint", f"a{one}", "A"] for one in range(1_000)])

    with pytest.raises(InstrumentFault) as fault:
        read_workbook(path)

    faults = fault.value.places["faults"]
    assert isinstance(faults, tuple)
    assert 500 <= len(faults) <= 501


def test_texts_that_look_like_formulas_or_markup_stay_texts(tmp_path: Path) -> None:
    label = '\'=HYPERLINK("http://x") <b>&amp;</b> {0} {label} %s'
    path = survey(tmp_path / "book.xlsx", ["text", "a", label])

    form = read_workbook(path).form

    assert form.dimensions[0].variables[0].indicators[0].text.id == label


def test_numbers_are_read_with_the_digits_that_excel_shows() -> None:
    assert number_text(12) == "12"
    assert number_text(3.8) == "3.8"
    assert number_text(0.1 + 0.2) == "0.3"
    assert number_text(1e-7) == "0.0000001"
    assert number_text(1e20) == "100000000000000000000"
    assert number_text(float("inf")) == "inf"


TEXTS = st.text(
    st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs"]), max_size=12
)
TOKENS = st.sampled_from(
    [
        *(value for sheet in SHEETS for column in sheet.columns for value in column.allowed),
        *["text", "note", "select_one", "integer", "begin_group", "end_group", "yes", "no"],
        *["select_one ada", "select_multiple ada", "select_one x", "ada", "x", "a", "b", "1a"],
        *["${a} = 'x'", ". > 1", "${b}", "1=0.5; 2=1", "a b", "a\nb", "  ", "none", "0", "1", "50"],
    ]
)
CELLS = st.one_of(
    st.none(),
    TOKENS,
    TEXTS,
    st.integers(-10, 10**12),
    st.floats(),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - Excel knows no zones
    st.just(time(12, 30)),
    st.sampled_from(["#REF!", "=1+1", "_x000D_", "\u200b", "1e999", "9" * 400]),
)
HEADINGS = [
    f"{column.name}{language}"
    for column in SURVEY.columns
    for language in (("", "::Indonesia (id)", "::en", "::fr") if column.translated else ("",))
]


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, list[list[object]]]:
    """Some sheets, most of their headings ours, with anything in their cells."""
    book: dict[str, list[list[object]]] = {}
    for sheet in draw(st.lists(st.sampled_from(SHEETS), unique=True, max_size=5)):
        own = [column.name for column in sheet.columns]
        known = st.sampled_from(HEADINGS if sheet is SURVEY else own)
        headings = draw(st.lists(st.one_of(known, known, known, TEXTS), min_size=1, max_size=8))
        row = st.lists(CELLS, max_size=len(headings) + 1)
        book[sheet.name] = [[*headings], *draw(st.lists(row, max_size=5))]
    rows = [["select_one ada", "a", "A"], [draw(TOKENS), "b", draw(CELLS)]]
    book.setdefault("survey", [["type", "name", "label"], *rows])
    return book


@settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sheets())
def test_arbitrary_cells_make_an_instrument_or_are_refused(
    tmp_path: Path, book: dict[str, list[list[object]]]
) -> None:
    page = Workbook()
    for name, rows in book.items():
        sheet = page.create_sheet(name)
        for row in rows:
            sheet.append(row)
    page.remove(page.worksheets[0])
    path = tmp_path / "book.xlsx"
    page.save(path)

    codes: list[str] = []
    form = None
    try:
        form = read_workbook(path).form
    except InstrumentFault as fault:
        found = fault.places.get("faults", ())
        assert isinstance(found, tuple)
        codes = [fault.code, *(one.told(Language.INDONESIAN) for one in found)]

    assert bool(codes) != (form is not None)
    if form is not None:
        written = tmp_path / "book.yaml"
        written.write_text(write_yaml(form), encoding="utf-8")
        again, faults = examine(read_document(written))
        assert again == form, faults
        assert build(form, digest="0" * 64).pin
