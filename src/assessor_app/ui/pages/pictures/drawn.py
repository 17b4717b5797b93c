"""The pictures of a visit: what is drawn, what is said of it, and its numbers as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from assessor_app.domain.outlook import Seen
from assessor_app.domain.scoring import Basis
from assessor_app.services.improving import Way
from assessor_app.services.report.matrix import matrix
from assessor_app.services.report.summary import zone_name
from assessor_app.services.report.tables import dimension_rows
from assessor_app.services.report.words import NONE
from assessor_app.services.results_page import InstitutionResults
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.improve import told as way_told
from assessor_app.ui.pages.results.told import drawn_years, spoken_years, year_told
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.band_bar import BandBar
from assessor_app.ui.widgets.gap_matrix import GapMatrix
from assessor_app.ui.widgets.gauge import Gauge, GaugeBand, GaugeValue
from assessor_app.ui.widgets.paired_bars import BarRow, PairedBars
from assessor_app.ui.widgets.trend_chart import TrendChart

Drawn = Gauge | GapMatrix | PairedBars | TrendChart | BandBar
"""Widgets that paint themselves onto any painter by `draw`."""


class Kind(StrEnum):
    GAUGE = "gauge"
    SIDES = "sides"
    MATRIX = "matrix"
    DIMENSIONS = "dimensions"
    TREND = "trend"
    WAY = "way"


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a picture: what a screen reader reads, and who mistrusts pictures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """`make` builds the drawing in any colours; `told` is its meaning in one or two sentences."""

    kind: Kind
    title: str
    told: str
    table: Table
    make: Callable[[Tokens], Drawn]
    width: int = 560  # pixels at which it reads well on its own


def drawn(widget: QWidget, painter: QPainter) -> None:
    """Paint a drawing in its size."""
    if not isinstance(widget, Drawn):
        raise TypeError(type(widget).__name__)
    widget.draw(painter)


def pictures(desk: Desk, seen: Seen) -> list[Picture]:
    """What can be drawn of a visit as it stands; without weights there is no number to point at."""
    found: list[Picture] = []
    if seen.outlook.scores:
        found += [_gauge(desk, seen), _sides(desk, seen)]
    found.append(_matrix(desk, seen))
    if seen.outlook.scores:
        found.append(_dimensions(desk, seen))
    return found


def trend_picture(desk: Desk, results: InstitutionResults) -> Picture:
    """The institution's years, with breaks of method and zones without a number."""
    years = drawn_years(desk, results.points)
    spoken = spoken_years(desk, results)

    def make(tokens: Tokens) -> Drawn:
        made = TrendChart(tokens)
        made.show_years(years, spoken)
        return made

    say = desk.say
    rows = tuple((str(one.year), " ".join(year_told(desk, one))) for one in results.points)
    title = say("pictures.trend", institution=results.institution)
    heads = (say("pictures.year"), say("pictures.known"))
    told = say("results.trend_legend")
    return Picture(Kind.TREND, title, told, Table(heads, rows), make, width=720)


def way_picture(desk: Desk, way: Way) -> Picture:
    """From the score of now to where the least repairs lead."""
    value = way_told.bar_value(desk, way)
    bands = way_told.bar_bands(way.instrument)

    def make(tokens: Tokens) -> Drawn:
        made = BandBar(tokens, bands, maximum=way.instrument.maximum)
        made.show_value(value)
        return made

    say, words = desk.say, desk.words
    rows = tuple(
        (
            one.indicator,
            words.of(way.instrument.indicator(one.indicator).text),
            words.points(one.gain),
        )
        for one in way.plan.repairs
    )
    heads = (say("pictures.code"), say("pictures.repair"), say("pictures.points"))
    told = f"{way_told.outcome(desk, way)} {words('improve.statement')}"
    return Picture(Kind.WAY, say("pictures.way"), told, Table(heads, rows), make, width=640)


def _gauge(desk: Desk, seen: Seen) -> Picture:
    words, say, bands = desk.words, desk.say, seen.instrument.bands
    official, paper, practice = (
        seen.outlook.scores[one] for one in (Basis.OFFICIAL, Basis.ON_PAPER, Basis.IN_PRACTICE)
    )
    text = words.points(official.points) if official.measured else NONE
    zone = zone_name(official.band, words) if bands else say("score.no_bands")
    measured = say(
        "score.measured",
        measured=words.weight(official.measured),
        maximum=words.weight(official.maximum),
    )
    standing = words(f"standing.{official.standing.value}")
    spoken = say("score.spoken", standing=standing, points=text, zone=zone, measured=measured)
    value = GaugeValue(
        points=official.points if official.measured else None,
        text=text,
        paper=paper.points if paper.measured else None,
        practice=practice.points if practice.measured else None,
        most=official.points + official.maximum - official.measured,
        maximum=official.maximum,
        caption="",  # it is told below
        spoken=spoken,
    )

    def make(tokens: Tokens) -> Drawn:
        made = Gauge(tokens, [GaugeBand(band.upper, band.zone) for band in bands])
        made.show_value(value)
        return made

    rows = [
        (words(f"basis.{basis.value}"), words.points(score.points) if score.measured else NONE)
        for basis, score in seen.outlook.scores.items()
    ]
    rows += [
        (
            words(f"zone.{band.zone.value}"),
            say("pictures.band", lower=words.weight(band.lower), upper=words.weight(band.upper)),
        )
        for band in sorted(bands, key=lambda one: one.lower)
    ]
    heads = (say("pictures.what"), say("pictures.points"))
    return Picture(
        Kind.GAUGE, say("pictures.gauge"), spoken, Table(heads, tuple(rows)), make, width=360
    )


def _bars(desk: Desk, rows: list[BarRow]) -> Callable[[Tokens], Drawn]:
    words = desk.words

    def make(tokens: Tokens) -> Drawn:
        made = PairedBars(tokens, words("basis.on_paper"), words("basis.in_practice"))
        made.show_rows(rows)
        return made

    return make


def _bar_table(desk: Desk, rows: list[BarRow]) -> Table:
    words = desk.words
    heads = (desk.say("pictures.what"), words("basis.on_paper"), words("basis.in_practice"))
    return Table(heads, tuple((row.name, row.paper_text, row.practice_text) for row in rows))


def _sides(desk: Desk, seen: Seen) -> Picture:
    words = desk.words
    paper, practice = (seen.outlook.scores[one] for one in (Basis.ON_PAPER, Basis.IN_PRACTICE))
    row = BarRow(
        desk.say("score.points"),
        paper.points if paper.measured else None,
        practice.points if practice.measured else None,
        max(paper.maximum, practice.maximum),
        words.points(paper.points) if paper.measured else NONE,
        words.points(practice.points) if practice.measured else NONE,
    )
    told = desk.say("pictures.sides_told", paper=row.paper_text, practice=row.practice_text)
    table = _bar_table(desk, [row])
    return Picture(Kind.SIDES, desk.say("pictures.sides"), told, table, _bars(desk, [row]))


def _dimensions(desk: Desk, seen: Seen) -> Picture:
    found = dimension_rows(seen.outlook.scores, seen.instrument, desk.words)
    rows = [
        BarRow(one.name, one.paper, one.practice, one.maximum, one.paper_text, one.practice_text)
        for one in found
        if one.level == 0
    ]
    title = desk.say("pictures.dimensions")
    told = desk.say("pictures.dimensions_told", count=len(rows))
    return Picture(Kind.DIMENSIONS, title, told, _bar_table(desk, rows), _bars(desk, rows))


def _matrix(desk: Desk, seen: Seen) -> Picture:
    words, say = desk.words, desk.say
    found = matrix(seen.outlook.compared, seen.instrument, words)
    counts = [[cell.count for cell in row] for row in found.cells]
    across, down = words("basis.in_practice"), words("basis.on_paper")

    def make(tokens: Tokens) -> Drawn:
        made = GapMatrix(tokens, found.labels, across=across, down=down)
        made.show_counts(counts, found.summary)
        return made

    heads = (
        say("pictures.paper_over_practice"),
        *(say("pictures.in_practice", level=label) for label in found.labels),
    )
    rows = tuple(
        (label, *(str(count) for count in row))
        for label, row in zip(found.labels, counts, strict=True)
    )
    told = " ".join(text for text in (found.summary, found.note) if text)
    return Picture(Kind.MATRIX, say("pictures.matrix"), told, Table(heads, rows), make, width=480)
