"""The years of one institution in a row, each mark on the ground of its own year's bounds."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from assessor_app.charts.trend import Ground, Link, Mark, Trend, TrendYear, trend
from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import SMALL_POINTS, Tokens, points, zone_hue
from assessor_app.ui.widgets.painting import draw_zone_sign

_PLOT = 150.0  # pixels from no point to all points
_SIGN = 18.0
_GROUND_SIGN = 11.0
_GROUND_SIGN_OPACITY = 0.55
_SPACE = 4.0
_AXIS = _SIGN + 2 * _SPACE  # the row below the plot for zones without a number
_SIDE = 4.0
_WIDEST = 150.0  # of a year's column: one year alone is no wall of colour


@dataclass(frozen=True, slots=True)
class YearShown:
    """One year with its words: `below` names it, `text` stands at its mark, or where none is."""

    year: TrendYear
    below: str
    text: str
    tip: str


class TrendChart(QWidget):
    """Pale grounds are the zones of each year; a dashed line leads over a change of method."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.Chart)
        self._tokens = tokens
        self._years: tuple[YearShown, ...] = ()
        self.setObjectName("trend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_years(self, years: Sequence[YearShown], spoken: str) -> None:
        """Show these years from left to right; `spoken` is what a screen reader says."""
        self._years = tuple(years)
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._height())

    def event(self, event: QEvent) -> bool:
        """Tell of the year under the pointer what stands in its column."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(event.x()), self)
            return True
        return super().event(event)

    def told_at(self, x: float) -> str:
        """What is told of the year at a distance (pixels) from the left edge."""
        column = self._drawn().column
        place = int((x - _SIDE) // column) if self._years else 0
        return self._years[place].tip if 0 <= place < len(self._years) else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.draw(QPainter(self))

    def draw(self, painter: QPainter) -> None:
        """Paint it in its size, also onto a picture that is saved."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(_SIDE, self._line() + _SPACE)
        drawn = self._drawn()
        for ground in drawn.grounds:
            self._draw_ground(painter, ground)
        self._draw_axis(painter)
        for x in drawn.breaks:
            self._draw_break(painter, x)
        for link in drawn.links:
            self._draw_link(painter, link)
        for shown, mark, x in zip(self._years, drawn.marks, drawn.middles, strict=True):
            self._draw_year(painter, shown, mark, x=x, column=drawn.column)

    def _drawn(self) -> Trend:
        years = [shown.year for shown in self._years]
        return trend(years, width=self._plot(), height=_PLOT)

    def _plot(self) -> float:
        """How wide the years are together."""
        return min(self.width() - 2 * _SIDE, _WIDEST * len(self._years))

    def _draw_ground(self, painter: QPainter, ground: Ground) -> None:
        hue = zone_hue(self._tokens, ground.zone)
        box = QRectF(ground.left, ground.top, ground.width, ground.height)
        painter.setPen(Qt.PenStyle.NoPen)
        if hue.tint == self._tokens.panel:  # in high contrast: its bounds are lines
            painter.setPen(QPen(hue.edge, 1, Qt.PenStyle.DotLine))
        painter.setBrush(hue.tint)
        painter.drawRect(box.adjusted(1, 0.5, -1, -0.5))
        if ground.height >= _GROUND_SIGN + 2 * _SPACE:
            corner = QPointF(box.left() + 1 + _SPACE, box.top() + _SPACE)
            painter.setOpacity(_GROUND_SIGN_OPACITY)
            self._draw_sign(painter, corner, _GROUND_SIGN, ground.zone)
            painter.setOpacity(1)

    def _draw_axis(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._tokens.edge, 1))
        painter.drawLine(QPointF(0, _PLOT), QPointF(self._plot(), _PLOT))

    def _draw_break(self, painter: QPainter, x: float) -> None:
        painter.setPen(QPen(self._tokens.quiet, 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, -_SPACE), QPointF(x, _PLOT + _AXIS))

    def _draw_link(self, painter: QPainter, link: Link) -> None:
        style = Qt.PenStyle.DashLine if link.broken else Qt.PenStyle.SolidLine
        painter.setPen(QPen(self._tokens.ink, 2, style, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(*link.start), QPointF(*link.end))

    def _draw_year(
        self, painter: QPainter, shown: YearShown, mark: Mark | None, *, x: float, column: float
    ) -> None:
        left = x - column / 2
        top = _PLOT + _AXIS
        self._write(painter, shown.below, QRectF(left, top, column, self._line()), bold=True)
        if mark is None:
            middle = QRectF(left + _SPACE, 0, column - 2 * _SPACE, _PLOT)
            self._write(painter, shown.text, middle, quiet=True)
            return
        y = mark.y if mark.y is not None else _PLOT + _AXIS / 2
        self._draw_sign(painter, QPointF(x - _SIGN / 2, y - _SIGN / 2), _SIGN, mark.zone)
        if mark.y is not None:
            above = QRectF(left, y - _SIGN / 2 - self._line() - 1, column, self._line())
            self._write(painter, shown.text, above, bold=True)

    def _draw_sign(
        self, painter: QPainter, corner: QPointF, side: float, zone: ZoneColour | None
    ) -> None:
        place = QRectF(corner.x(), corner.y(), side, side)
        if zone is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.panel)
            painter.drawEllipse(place)
        draw_zone_sign(painter, place, tokens=self._tokens, zone=zone)

    def _write(
        self,
        painter: QPainter,
        text: str,
        place: QRectF,
        *,
        bold: bool = False,
        quiet: bool = False,
    ) -> None:
        """Words in a year's column, wrapped; what has no room is told by the tip alone."""
        font = self._font(bold=bold)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        needed = QFontMetricsF(font).boundingRect(place, flags, text)
        if needed.width() > place.width() + 1 or needed.height() > place.height() + 1:
            return
        painter.setFont(font)
        painter.setPen(self._tokens.quiet if quiet else self._tokens.ink)
        painter.drawText(place, flags, text)

    def _height(self) -> int:
        return round(2 * self._line() + _SPACE + _PLOT + _AXIS + _SPACE)

    def _line(self) -> float:
        return QFontMetricsF(self._font(bold=True)).lineSpacing()

    def _font(self, *, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(points(SMALL_POINTS))
        font.setBold(bold)
        return font
