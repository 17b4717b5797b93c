"""What a small story becomes for somebody who listens to it."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.reporting.test_conformance import elements, kids

from assessor_app.reporting import design
from assessor_app.reporting.flowables import Picture, Story, grid, heading, label, space, text
from assessor_app.reporting.pages import set_pages
from assessor_app.reporting.structure import Role, Tag, Tree, text_string
from assessor_app.reporting.table_tags import ITEMS, STEPS
from assessor_app.reporting.typefaces import register
from assessor_app.texts import Language

WIDE = design.WIDTH


@pytest.fixture(autouse=True)
def _fonts() -> None:
    register()


def outline(story: Story) -> list[str]:
    """The tree of a story, one line for each element, indented; leaves have the sign of words."""
    pdf = set_pages(story, language=Language.INDONESIAN).pdf
    with pikepdf.open(BytesIO(pdf)) as opened:
        return _lines(opened.Root.StructTreeRoot.K, depth=0)


def _lines(element: Any, *, depth: int) -> list[str]:
    inside = kids(element)
    words = " …" * sum(not is_element(kid) for kid in inside)
    line = f"{'  ' * depth}{str(element.S)[1:]}{words}"
    below = [_lines(kid, depth=depth + 1) for kid in inside if is_element(kid)]
    return [line, *(each for lines in below for each in lines)]


def is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def words(told: str, **named: Any) -> Any:
    return text(told, design.BODY, width=WIDE, **named)


def test_a_heading_begins_a_section_and_what_follows_belongs_to_it() -> None:
    story: Story = [
        heading("Laporan", design.TITLE, level=1, width=WIDE),
        heading("Temuan", design.HEADING, level=2, width=WIDE),
        words("Tiga temuan."),
        heading("Temuan 1", design.SUBHEADING, level=3, width=WIDE),
        words("Maklumat tidak terlihat."),
        heading("Pengesahan", design.HEADING, level=2, width=WIDE),
    ]

    assert outline(story) == [
        "Document",
        "  H1 …",
        "  Sect",
        "    H2 …",
        "    P …",
        "    Sect",
        "      H3 …",
        "      P …",
        "  Sect",
        "    H2 …",
    ]


@pytest.mark.parametrize(
    ("wanted", "made"), [((1, 3, 2), "122"), ((2, 3, 3), "123"), ((3, 1, 2), "112")]
)
def test_a_level_that_would_be_skipped_is_raised(wanted: tuple[int, ...], made: str) -> None:
    tree = Tree()

    types = [tree.add(Tag(Role.HEADING, level=level), within=None).type for level in wanted]

    assert types == [f"H{level}" for level in made]


def test_a_paragraph_over_two_pages_is_one_element() -> None:
    story: Story = [space(100), words("kata " * 1200)]

    assert outline(story) == ["Document", "  P … …"]


def test_a_figure_says_all_of_what_is_drawn_in_it_and_an_ornament_nothing() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(0, 0, 40, 40)
        inside = words("di dalam")
        inside.wrap(40, 40)
        inside.drawOn(canvas, 0, 0)

    figure = Picture(40, 40, draw=draw, alt="Sebuah kotak")
    ornament = Picture(40, 40, draw=draw)

    assert outline([figure]) == ["Document", "  Figure …"]
    assert outline([ornament]) == ["Document", "  P …"]


def test_a_table_has_heads_and_cells_and_a_wide_one_names_its_rows() -> None:
    rows = [[words(f"{row}.{column}") for column in range(5)] for row in range(3)]
    rows[2][3] = ""
    widths = [WIDE / 5] * 5

    told = outline([grid(rows, widths=widths, repeat=1)])

    assert told[:3] == ["Document", "  Table", "    TR"]
    assert told[3:8] == ["      TH …"] * 5
    assert told[9:14] == ["      TH …", *["      TD …"] * 4]
    assert told[15:] == ["      TH …", "      TD …", "      TD …", "      TD", "      TD …"]


def test_a_repeated_head_is_said_once_and_the_table_stays_one() -> None:
    rows = [[words("Kode"), words("Uraian")], *[[words("1"), words("x")] for _ in range(90)]]

    told = outline([grid(rows, widths=(100, 300), repeat=1)])

    assert told.count("  Table") == 1
    assert told.count("      TH …") == 2
    assert told.count("    TR") == 91


def test_steps_are_a_list_and_so_are_named_values_side_by_side() -> None:
    steps = grid([[words("1"), words("Buka.")]], widths=(20, 200), tags=STEPS)
    named = [label("Nama", width=90, role=Role.LABEL), words("Siti", role=Role.BODY)]
    values = grid([[named, []]], widths=(100, 100), tags=ITEMS)

    item = ["  L", "    LI", "      Lbl …", "      LBody …"]
    assert outline([steps, values]) == ["Document", *item, *item]


def test_mere_layout_says_nothing_of_itself() -> None:
    layout = grid([[words("kiri"), words("kanan")]], widths=(200, 200))

    assert outline([layout]) == ["Document", "  P …", "  P …"]


def test_any_words_become_a_text_string() -> None:
    assert text_string("a😀\ud800") == "<feff0061d83dde00003f>"


def test_every_stretch_of_content_is_found_from_its_page() -> None:
    rows = [[words("1"), words("x")] for _ in range(90)]
    pdf = set_pages([grid(rows, widths=(100, 300), repeat=1)], language=Language.ENGLISH).pdf

    with pikepdf.open(BytesIO(pdf)) as opened:
        table = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        found = dict(zip(table[::2], table[1::2], strict=True))
        for page in opened.pages:
            holders = found[page.obj.StructParents]
            for number, holder in enumerate(holders):
                assert holder.Pg.objgen == page.obj.objgen
                assert number in kids(holder)
        assert len(elements(opened, "TR")) == 90
