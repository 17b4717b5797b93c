"""The provisional score: what it may be called, gauge, zone, and paper against practice."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Band
from assessor_app.domain.scoring import Basis, Score
from assessor_app.services.report.summary import standing_reason, zone_name
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.gauge import Gauge, GaugeBand, GaugeValue
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.paired_bars import BarRow, PairedBars
from assessor_app.ui.widgets.zone_chip import ZoneChip


class ScoreFigures(QWidget):
    """Never shows a zone that can still change, nor one whose bounds were not published."""

    def __init__(self, desk: Desk, bands: tuple[Band, ...]) -> None:
        super().__init__()
        self._desk = desk
        words, tokens = desk.words, desk.tokens
        self._banded = bool(bands)
        self._standing = strong("")
        self._gauge = Gauge(tokens, [GaugeBand(band.upper, band.zone) for band in bands])
        self._zone = ZoneChip(tokens)
        self._reason = quiet("")
        self._bars = PairedBars(tokens, words("basis.on_paper"), words("basis.in_practice"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._standing, self._gauge, self._zone, self._reason, self._bars):
            column.addWidget(widget)

    def show_scores(self, found: Mapping[Basis, Score]) -> None:
        """Show the three scores as the visit stands."""
        words, say = self._desk.words, self._desk.say
        official, paper, practice = (
            found[basis] for basis in (Basis.OFFICIAL, Basis.ON_PAPER, Basis.IN_PRACTICE)
        )
        text = words.points(official.points) if official.measured else "–"
        zone = zone_name(official.band, words) if self._banded else say("score.no_bands")
        caption = say(
            "score.measured",
            measured=words.weight(official.measured),
            maximum=words.weight(official.maximum),
        )
        standing = words(f"standing.{official.standing.value}")
        self._standing.setText(standing)
        self._reason.setToolTip(standing_reason(official, words))
        self._reason.setText(caption)
        self._zone.show_zone(official.band.zone if official.band else None, zone)
        self._gauge.show_value(
            GaugeValue(
                points=official.points if official.measured else None,
                text=text,
                paper=paper.points if paper.measured else None,
                practice=practice.points if practice.measured else None,
                most=official.points + official.maximum - official.measured,
                maximum=official.maximum,
                caption="",
                spoken=say(
                    "score.spoken", standing=standing, points=text, zone=zone, measured=caption
                ),
            )
        )
        self._show_bars(paper, practice)

    def _show_bars(self, paper: Score, practice: Score) -> None:
        words = self._desk.words
        row = BarRow(
            self._desk.say("score.points"),
            paper.points,
            practice.points,
            max(paper.maximum, practice.maximum),
            words.points(paper.points),
            words.points(practice.points),
        )
        self._bars.show_rows([row])
