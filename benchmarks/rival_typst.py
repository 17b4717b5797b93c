"""The report in typst, the fastest engine that we know: in Rust, tagged by itself."""

import json
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import typst

from assessor_app.paths import resources_dir
from paper_outline import Outline

_TEMPLATE = """
#let data = json("data.json")
#set document(title: data.title, date: datetime(year: 2026, month: 11, day: 17))
#set page(paper: "a4", margin: 54pt, numbering: "1 / 1", footer: context {
  set text(7.3pt, fill: rgb("#566375"))
  data.running + h(1fr) + counter(page).display("1 / 1", both: true)
})
#set text(font: "Noto Sans", size: 9.3pt, lang: data.language, fill: rgb("#14263D"))
#set par(leading: 4pt)
#show heading.where(level: 1): set text(20pt)
#show heading.where(level: 2): set text(14.5pt)
#show heading.where(level: 3): set text(10.5pt)
#show heading: it => block(it, sticky: true)
#let small(body) = text(8.3pt, body)
#let shown(photo, height: 120pt) = {
  image("photo" + str(photo.number) + ".jpg", height: height, alt: photo.words.join(". "))
  for line in photo.words { small(line + linebreak()) }
}
#let beside(photos) = if photos.len() > 0 {
  grid(columns: (1fr, 1fr), gutter: 16pt, ..photos.map(one => shown(one)))
}
#let bar(share, colour) = box(width: 100%, height: 5pt, fill: rgb("#E3E8ED"),
  align(left, box(width: share * 100%, height: 5pt, fill: rgb(colour))))
#let side(lines) = for (at, line) in lines.filter(l => l != "").enumerate() {
  if at == 0 { text(6.9pt, weight: "bold", upper(line)) } else { small(line) }
  parbreak()
}
#let blocks = (
  Heading: b => heading(level: b.level, b.text),
  Words: b => par(b.text),
  Facts: b => grid(columns: (90pt, 1fr), row-gutter: 4pt,
    ..b.rows.map(row => (small(row.at(0)), small(row.at(1)))).flatten()),
  Grid: b => table(columns: b.widths.map(w => w * 1fr), stroke: none, inset: 3pt,
    table.header(..b.head.map(t => text(6.9pt, weight: "bold", upper(t)))),
    table.hline(stroke: 0.9pt),
    ..b.rows.map(row => (..row.map(c => small(c)), table.hline(stroke: 0.4pt + rgb("#CBD3DC"))))
      .flatten()),
  Bars: b => grid(columns: (1fr, 90pt, 120pt), gutter: 5pt, ..b.rows.map(row => (
    small(row.at(0)), small(row.at(1)),
    stack(spacing: 2pt, bar(row.at(2), "#0B5A6B"), bar(row.at(3), "#9FB3C4")),
  )).flatten()),
  Photos: b => beside(b.shown),
  Card: b => block(stroke: 0.6pt + rgb("#CBD3DC"), width: 100%, inset: 9pt, breakable: true, {
    block(fill: rgb("#FBEBE9"), width: 100%, inset: 4pt, small(strong(b.strip)))
    for line in b.title { par(strong(line)) }
    grid(columns: (1fr, 1fr), gutter: 16pt, side(b.paper), side(b.practice))
    beside(b.photos)
    block(fill: rgb("#F3F6F8"), width: 100%, inset: 4pt,
      grid(columns: (2fr, 1fr, 1fr), gutter: 12pt, ..b.foot.map(part => side(part))))
  }),
)
#for b in data.blocks { (blocks.at(b.kind))(b) }
"""


def build(paper: Outline, record: bytes, *, tagged: bool) -> bytes:
    """The PDF's bytes; tagged it is PDF/A-3a and PDF/UA-1, with the record attached."""
    data = {
        "title": paper.title,
        "running": paper.running,
        "language": paper.language,
        "blocks": [{"kind": type(one).__name__, **asdict(one)} for one in paper.blocks],
    }
    with tempfile.TemporaryDirectory() as name:  # it takes photos from files only
        folder = Path(name)
        source = folder / "main.typ"
        source.write_text(_TEMPLATE + (_ATTACHED if tagged else ""), encoding="utf-8")
        (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
        (folder / "temuan.json").write_bytes(record)
        for number, jpeg in enumerate(paper.jpegs):
            (folder / f"photo{number}.jpg").write_bytes(jpeg)
        return bytes(
            typst.compile(
                source,
                format="pdf",
                font_paths=[resources_dir() / "fonts"],
                ignore_system_fonts=True,
                pdf_standards=["a-3a", "ua-1"] if tagged else [],
                pdf_tags=tagged,
                timestamp=int(datetime(2026, 11, 17, tzinfo=UTC).timestamp()),
            )
        )


_ATTACHED = """
#pdf.attach("temuan.json", relationship: "data", mime-type: "application/json",
  description: "temuan.json")
"""
