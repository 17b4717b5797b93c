"""The report in fpdf2: pure Python like ours, simpler, without tags."""

from typing import assert_never

from fpdf import FPDF, FontFace
from fpdf.enums import TableBordersLayout, XPos, YPos

from assessor_app.paths import resources_dir
from paper_outline import Bars, Block, Card, Facts, Grid, Heading, Outline, Photos, Shown, Words

_WIDTH, _HALF, _GUTTER = 487.0, 235.5, 16.0  # points
_SIZES = {1: 20.0, 2: 14.5, 3: 10.5}
_PHOTO = 120.0  # high
_LABEL = FontFace(emphasis="BOLD", size_pt=6.9)


class _Paper(FPDF):
    running = ""

    def footer(self) -> None:
        self.set_y(-36)
        self.set_font("Noto", size=7.3)
        self.cell(_HALF, 10, self.running)
        self.cell(_HALF, 10, f"{self.page_no()} / {{nb}}", align="R")


def build(paper: Outline, record: bytes, *, tagged: bool) -> bytes:
    """The PDF's bytes, the record attached. Raises ValueError where tags are asked for."""
    if tagged:
        raise ValueError("fpdf2 does not tag what it sets")
    pdf = _Paper(unit="pt", format="A4")
    pdf.running = paper.running
    for family, style, face in (
        ("Noto", "", "NotoSans-Regular"),
        ("Noto", "B", "NotoSans-Bold"),
        ("Arabic", "", "NotoSansArabic-Regular"),
        ("Mono", "", "NotoSansMono-Regular"),  # it has signs that the others lack
    ):
        pdf.add_font(family, style=style, fname=resources_dir() / "fonts" / f"{face}.ttf")
    pdf.set_fallback_fonts(["Arabic", "Mono"])
    pdf.set_margins(54, 54)
    pdf.set_auto_page_break(True, 54)
    pdf.set_title(paper.title)
    pdf.set_lang(paper.language)
    pdf.add_page()
    for block in paper.blocks:
        _set(pdf, block, paper.jpegs)
    pdf.embed_file(basename="temuan.json", bytes=record)
    return bytes(pdf.output())


def _set(pdf: FPDF, block: Block, jpegs: tuple[bytes, ...]) -> None:
    match block:
        case Heading(text, level):
            _words(pdf, text, size=_SIZES[level], style="B")
        case Words(text):
            _words(pdf, text, size=9.3)
        case Facts(rows):
            _table(pdf, rows, (0.2, 0.8))
        case Grid(head, rows, widths):
            _table(pdf, rows, widths, head=head)
        case Bars(rows):
            for name, told, on_paper, in_practice in rows:
                _bars(pdf, f"{name}  {told}", (on_paper, in_practice))
        case Photos(shown):
            _photos(pdf, shown, jpegs)
        case Card():
            _card(pdf, block, jpegs)
        case _:
            assert_never(block)


def _words(pdf: FPDF, text: str, *, size: float, style: str = "") -> None:
    pdf.set_font("Noto", style=style, size=size)
    pdf.multi_cell(_WIDTH, size * 1.4, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")


def _table(
    pdf: FPDF,
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[float, ...],
    *,
    head: tuple[str, ...] = (),
) -> None:
    pdf.set_font("Noto", size=8.3)
    with pdf.table(
        col_widths=tuple(width * 100 for width in widths),
        width=_WIDTH,
        text_align="LEFT",
        line_height=11.4,
        borders_layout=TableBordersLayout.HORIZONTAL_LINES if head else TableBordersLayout.NONE,
        first_row_as_headings=bool(head),
        headings_style=_LABEL,
        padding=2,
    ) as table:
        for line in (*((head,) if head else ()), *rows):
            row = table.row()
            for cell in line:
                row.cell(cell)


def _bars(pdf: FPDF, told: str, shares: tuple[float, float]) -> None:
    _words(pdf, told, size=8.3)
    for share, colour in zip(shares, ((11, 90, 107), (159, 179, 196)), strict=True):
        pdf.set_fill_color(*colour)
        pdf.rect(pdf.l_margin, pdf.get_y(), max(share * 160, 0.1), 5, style="F")
        pdf.ln(7)


def _photos(pdf: FPDF, shown: tuple[Shown, ...], jpegs: tuple[bytes, ...]) -> None:
    for at in range(0, len(shown), 2):
        pair = shown[at : at + 2]
        if pdf.will_page_break(_PHOTO + 60):
            pdf.add_page()
        top = pdf.get_y()
        ends = []
        for column, one in enumerate(pair):
            left = pdf.l_margin + column * (_HALF + _GUTTER)
            pdf.image(jpegs[one.number], x=left, y=top, h=_PHOTO, alt_text=". ".join(one.words))
            pdf.set_xy(left, top + _PHOTO)
            pdf.set_font("Noto", size=7.3)
            pdf.multi_cell(_HALF, 9.8, "\n".join(one.words), align="L")
            ends.append(pdf.get_y())
        pdf.set_xy(pdf.l_margin, max(ends) + 4)


def _card(pdf: FPDF, card: Card, jpegs: tuple[bytes, ...]) -> None:
    pdf.set_fill_color(251, 235, 233)
    pdf.set_font("Noto", style="B", size=8.3)
    pdf.multi_cell(_WIDTH, 14, card.strip, fill=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    for line in card.title:
        _words(pdf, line, size=10, style="B")
    sides = tuple("\n".join(filter(None, side)) for side in (card.paper, card.practice))
    _table(pdf, (sides,), (0.5, 0.5))
    _photos(pdf, card.photos, jpegs)
    _table(pdf, (tuple(map("\n".join, card.foot)),), (0.5, 0.25, 0.25))
