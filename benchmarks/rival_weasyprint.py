"""The report in WeasyPrint: HTML and CSS, the usual way of a Python web service."""

from collections.abc import Iterable
from html import escape
from typing import assert_never

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from assessor_app.paths import resources_dir
from paper_outline import Bars, Block, Card, Facts, Grid, Heading, Outline, Photos, Shown, Words

_STYLE = """
@font-face { font-family: Noto; src: url(font:NotoSans-Regular.ttf); font-weight: 400 }
@font-face { font-family: Noto; src: url(font:NotoSans-Bold.ttf); font-weight: 700 }
@font-face { font-family: Noto; src: url(font:NotoSansArabic-Regular.ttf);
  unicode-range: U+0600-06FF }
@font-face { font-family: Mono; src: url(font:NotoSansMono-Regular.ttf) }
@page { size: A4; margin: 54pt; @bottom-left { content: "RUNNING"; font: 7.3pt Noto }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.3pt Noto } }
body { font: 9.3pt/13.4pt Noto, Mono; color: #14263D }
h1 { font-size: 20pt; line-height: 25pt } h2 { font-size: 14.5pt } h3 { font-size: 10.5pt }
h1, h2, h3 { break-after: avoid } p { margin: 0 0 4pt }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 8.3pt;
  line-height: 11.4pt }
td, th { vertical-align: top; text-align: left; padding: 2.5pt 6pt 3.5pt 0 }
.grid th { font-size: 6.9pt; text-transform: uppercase; border-bottom: 0.9pt solid }
.grid td { border-bottom: 0.4pt solid #CBD3DC; white-space: pre-line }
.bar { background: #E3E8ED; margin-bottom: 2pt } .bar div { height: 5pt }
.card { border: 0.6pt solid #CBD3DC; margin-top: 10pt; font-size: 8.3pt; line-height: 11.4pt }
.strip { background: #FBEBE9; font-weight: 700; padding: 4pt 9pt } .title { padding: 4pt 9pt }
.card td { padding: 4pt 9pt; white-space: pre-line } .foot { background: #F3F6F8 }
b.label { font-size: 6.9pt; text-transform: uppercase } img { height: 120pt; display: block }
"""


class _Files(URLFetcher):  # type: ignore[misc]  # it has no types
    """Photos and fonts by name: nothing comes from elsewhere."""

    def __init__(self, paper: Outline) -> None:
        super().__init__()
        self._jpegs = paper.jpegs

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # WeasyPrint's
        scheme, _, name = url.partition(":")
        if scheme == "photo":
            kind = {"Content-Type": "image/jpeg"}
            return URLFetcherResponse(url, self._jpegs[int(name)], kind)
        return URLFetcherResponse(url, (resources_dir() / "fonts" / name).read_bytes())


def build(paper: Outline, record: bytes, *, tagged: bool) -> bytes:  # noqa: ARG001  # the runner gives it to all
    """The PDF's bytes, tagged for PDF/UA-1 or not at all; without the record."""
    html = (
        f'<html lang="{paper.language}"><head><title>{escape(paper.title)}</title>'
        f"<style>{_STYLE.replace('RUNNING', escape(paper.running))}</style></head><body>"
        f"{''.join(map(_html, paper.blocks))}</body></html>"
    )
    document = HTML(string=html, base_url="photo:0", url_fetcher=_Files(paper))
    fonts = FontConfiguration()
    if tagged:
        return bytes(document.write_pdf(font_config=fonts, pdf_variant="pdf/ua-1"))
    return bytes(document.write_pdf(font_config=fonts))


def _html(block: Block) -> str:  # noqa: PLR0911 - one for each kind of block
    match block:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Words(text):
            return f"<p>{escape(text)}</p>"
        case Facts(rows):
            return _table("", ((escape(name), escape(value)) for name, value in rows), (0.2, 0.8))
        case Grid(head, rows, widths):
            titles = "".join(f"<th>{escape(title)}</th>" for title in head)
            cells = (tuple(map(escape, row)) for row in rows)
            return _table(f"<thead><tr>{titles}</tr></thead>", cells, widths, kind="grid")
        case Bars(rows):
            bars = (
                (escape(name), escape(told), _bar(paper, "#0B5A6B") + _bar(practice, "#9FB3C4"))
                for name, told, paper, practice in rows
            )
            return _table("", bars, (0.5, 0.2, 0.3))
        case Photos(shown):
            return _photos(shown)
        case Card():
            return _card(block)
        case _:
            assert_never(block)


def _table(
    head: str, rows: Iterable[tuple[str, ...]], widths: tuple[float, ...], *, kind: str = ""
) -> str:
    columns = "".join(f'<col style="width:{width * 100:.2f}%">' for width in widths)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    inside = f"<colgroup>{columns}</colgroup>{head}<tbody>{body}</tbody>"
    return f'<table class="{kind}">{inside}</table>'


def _bar(share: float, colour: str) -> str:
    inside = f'<div style="width:{share * 100:.1f}%;background:{colour}"></div>'
    return f'<div class="bar">{inside}</div>'


def _photos(shown: tuple[Shown, ...]) -> str:
    if not shown:
        return ""
    cells = [
        f'<img src="photo:{one.number}" alt="{escape(". ".join(one.words))}">'
        + "<br>".join(map(escape, one.words))
        for one in shown
    ]
    pairs = (tuple([*cells[at : at + 2], ""][:2]) for at in range(0, len(cells), 2))
    return _table("", pairs, (0.5, 0.5))


def _side(lines: tuple[str, ...]) -> str:
    label, *told = filter(None, lines)
    words = "".join(f"<p>{escape(one)}</p>" for one in told)
    return f'<b class="label">{escape(label)}</b>{words}'


def _card(card: Card) -> str:
    sides = _table("", [(_side(card.paper), _side(card.practice))], (0.5, 0.5))
    foot = _table("", [tuple(map(_side, card.foot))], (0.5, 0.25, 0.25), kind="foot")
    title = "".join(f"<p><b>{escape(line)}</b></p>" for line in card.title)
    return (
        f'<div class="card"><div class="strip">{escape(card.strip)}</div>'
        f'<div class="title">{title}</div>{sides}{_photos(card.photos)}{foot}</div>'
    )
