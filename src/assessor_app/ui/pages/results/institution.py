"""One institution: its years in a row, its units, own visits, and its score by other rules."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.results import Reading
from assessor_app.domain.trend import TrendPoint
from assessor_app.services.method import OwnResult
from assessor_app.services.results_page import Gathered, InstitutionResults
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.results.other_rules import OtherRules
from assessor_app.ui.pages.results.rows import own_row, score_text, zone_of
from assessor_app.ui.pages.results.told import (
    drawn_years,
    own_told,
    spoken_years,
    year_remarks,
)
from assessor_app.ui.theme import Space, dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, quiet, strong, title
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.stacking import Stacking
from assessor_app.ui.widgets.trend_chart import TrendChart
from assessor_app.ui.widgets.zone_chip import ZoneChip

_BESIDE = 720  # pixels from which the cards stand in two columns
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class InstitutionView(QWidget):
    """Made anew for each institution that is shown."""

    left = Signal()
    way_wanted = Signal(str)  # of an own visit, by its id

    def __init__(self, desk: Desk, gathered: Gathered, shown: InstitutionResults) -> None:
        super().__init__()
        self._desk = desk
        self._shown = shown
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        self._back = self._back_button()
        column.addLayout(self._head())
        if len(shown.points) > 1:  # one year alone makes no row
            column.addWidget(self._trend())
        row = Stacking(below=_BESIDE, space=Space.MEDIUM)
        row.addLayout(_column(self._first_cards()), 3)
        row.addLayout(_column(self._second_cards(gathered)), 2)
        column.addLayout(row)
        column.addStretch()
        let_flow(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(content, "results.institution.scroll"))

    @property
    def institution(self) -> str:
        """The institution that is shown."""
        return self._shown.institution

    def take_focus(self) -> None:
        self._back.setFocus()

    # How it is laid out

    def _head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(title(self._shown.institution))
        if self._shown.province:
            province = self._shown.province
            names.addWidget(quiet(self._desk.say("results.in_province", province=province)))
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self._back)
        return head

    def _back_button(self) -> QPushButton:
        back = button(
            self._desk.say("results.back"),
            "results.institution.back",
            role="flat",
            icon=icon("back", self._desk.tokens.accent),
        )
        back.clicked.connect(self.left)
        return back

    def _trend(self) -> Card:
        card = Card(self._desk.say("results.trend"))
        chart = TrendChart(self._desk.tokens)
        years = drawn_years(self._desk, self._shown.points)
        chart.show_years(years, spoken_years(self._desk, self._shown))
        card.body.addWidget(chart)
        card.body.addWidget(quiet(self._desk.say("results.trend_legend")))
        return card

    def _first_cards(self) -> Iterator[QWidget]:
        if self._shown.points:
            yield self._years()

    def _second_cards(self, gathered: Gathered) -> Iterator[QWidget]:
        if self._shown.units:
            yield self._units()
        scored = [one.reading for one in self._shown.ranked if one.reading.result.score is not None]
        if scored:
            yield OtherRules(self._desk, scored, gathered.instruments)
        if self._shown.own:
            yield self._own()

    def _years(self) -> Card:
        """Every year in words, the latest first."""
        card = Card(self._desk.say("results.years"))
        for point in reversed(self._shown.points):
            card.body.addLayout(self._year(point))
        return card

    def _year(self, point: TrendPoint) -> QVBoxLayout:
        """The figures in one line, and what is said of them below."""
        line = [strong(str(point.year))]
        chips = []
        if point.reading is not None:
            line.append(strong(score_text(self._desk, point.reading)))
            chips.append(self._chip(point.reading))
        made = QVBoxLayout()
        made.setSpacing(2)
        made.addLayout(_line(line, chips))
        made.addWidget(quiet("\n".join(year_remarks(self._desk, point))))
        return made

    def _units(self) -> Card:
        """The units by year, the latest first; the lowest of each first."""
        card = Card(self._desk.say("results.units"))
        for year, units in groupby(self._shown.units, key=lambda one: one.result.year):
            card.body.addWidget(strong(self._desk.say("results.units_of", year=year)))
            card.body.addLayout(self._unit_grid(sorted(units, key=_lowest_first)))
        return card

    def _unit_grid(self, units: Sequence[Reading]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for row, unit in enumerate(units):
            grid.addWidget(body(str(unit.result.unit)), row, 0)
            grid.addWidget(_short(strong(score_text(self._desk, unit))), row, 1, _RIGHT)
            grid.addWidget(self._chip(unit), row, 2, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _own(self) -> Card:
        """What own visits make, never among what was published."""
        card = Card(self._desk.say("results.own_title"))
        card.body.addWidget(quiet(self._desk.say("results.own_why")))
        for one in self._shown.own:
            self._own_year(card, one)
        return card

    def _own_year(self, card: Card, own: OwnResult) -> None:
        shown = own_row(self._desk, own)
        badge = _short(QLabel(shown.badge))
        badge.setTextFormat(Qt.TextFormat.PlainText)
        dress(badge, "badge")
        chip = ZoneChip(self._desk.tokens)
        chip.show_zone(shown.zone, shown.zone_text)
        card.body.addLayout(_line([strong(str(own.year)), strong(shown.score)], [chip, badge]))
        card.body.addWidget(quiet("\n".join(own_told(self._desk, own))))
        for unit in own.score.units if own.score is not None else ():
            text = self._desk.say("pictures.way_of", unit=unit.unit.name)
            way = button(
                self._desk.say("improve.title"), f"results.way.{unit.visit.id}", role="flat"
            )
            way.setAccessibleName(text)
            card.body.addWidget(quiet(unit.unit.name))
            way.clicked.connect(lambda _, id_=unit.visit.id: self.way_wanted.emit(id_))
            card.body.addWidget(way, alignment=Qt.AlignmentFlag.AlignLeft)

    def _chip(self, reading: Reading) -> ZoneChip:
        chip = ZoneChip(self._desk.tokens)
        chip.show_zone(reading.zone, zone_of(self._desk, reading))
        return chip


def _short(label: QLabel) -> QLabel:
    """A number or a year, in one line."""
    label.setWordWrap(False)
    return label


def _line(labels: Sequence[QLabel], more: Sequence[QWidget]) -> QHBoxLayout:
    """What belongs to one year, side by side."""
    line = QHBoxLayout()
    line.setSpacing(12)
    for part in (*map(_short, labels), *more):
        line.addWidget(part)
    line.addStretch()
    return line


def _column(cards: Iterator[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    for card in cards:
        column.addWidget(card)
    column.addStretch()
    return column


def _lowest_first(unit: Reading) -> tuple[bool, Decimal, str]:
    score = unit.result.score
    return score is None, score or Decimal(0), unit.result.unit or ""
