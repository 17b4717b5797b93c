"""Each dimension's points on paper over its points in practice, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.charts.bars import paired_bar
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import SMALL_POINTS, Tokens, points

_BAR, _LINE_GAP, _ROW_GAP, _SPACE, _SWATCH = 8, 4, 14, 8, 12
_LEAST_TRACK = 72


@dataclass(frozen=True, slots=True)
class BarRow:
    """One dimension; the texts stand beside the bars."""

    name: str
    paper: Decimal | None
    practice: Decimal | None
    maximum: Decimal
    paper_text: str
    practice_text: str


class PairedBars(QWidget):
    """Paper is a pale bar with an edge, practice a full one; the legend names both."""

    def __init__(self, tokens: Tokens, paper: str, practice: str) -> None:
        super().__init__()
        spoken_as(self, Role.Chart)
        self._tokens = tokens
        self._paper, self._practice = paper, practice
        self._rows: tuple[BarRow, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_rows(self, rows: Sequence[BarRow]) -> None:
        if tuple(rows) == self._rows:
            return
        before = self.minimumSizeHint()
        self._rows = tuple(rows)
        if self.minimumSizeHint() != before:
            self.updateGeometry()
        spoken = [
            f"{row.name}: {self._paper} {row.paper_text}, {self._practice} {row.practice_text}"
            for row in rows
        ]
        self.setAccessibleName("; ".join(spoken))
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._legend_height(width) + sum(self._row_heights(width))) + 1

    def sizeHint(self) -> QSize:
        return QSize(260, self.heightForWidth(260))

    def minimumSizeHint(self) -> QSize:
        width = round(self._text_width()) + _SPACE + _LEAST_TRACK
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.draw(QPainter(self))

    def draw(self, painter: QPainter) -> None:
        """Paint it in its size, also onto a picture that is saved."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small())
        self._draw_legend(painter)
        top = self._legend_height(self.width())
        for row, height in zip(self._rows, self._row_heights(self.width()), strict=True):
            self._draw_row(painter, row, top=top)
            top += height

    def _draw_legend(self, painter: QPainter) -> None:
        left, top = 0.0, 0.0
        line = self._metrics().lineSpacing()
        for text, full in ((self._paper, False), (self._practice, True)):
            wide = _SWATCH + _SPACE + self._metrics().horizontalAdvance(text)
            if left and left + wide > self.width():
                left, top = 0.0, top + line + 2
            swatch = QRectF(left, top + (line - _BAR) / 2, _SWATCH, _BAR)
            self._draw_bar(painter, swatch, full=full)
            painter.setPen(self._tokens.quiet)
            place = QRectF(left + _SWATCH + _SPACE, top, wide, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
            left += wide + 2 * _SPACE

    def _draw_row(self, painter: QPainter, row: BarRow, *, top: float) -> None:
        name = QRectF(0, top, self.width(), self._name_height(row, self.width()))
        painter.setPen(self._tokens.ink)
        painter.drawText(name, Qt.TextFlag.TextWordWrap, row.name)
        texts = self._text_width()
        track = self.width() - texts - _SPACE
        bar = paired_bar(paper=row.paper, practice=row.practice, maximum=row.maximum, width=track)
        line = self._metrics().lineSpacing()
        sides = ((bar.paper, row.paper_text, False), (bar.practice, row.practice_text, True))
        for index, (length, text, full) in enumerate(sides):
            y = name.bottom() + _LINE_GAP + index * line
            place = QRectF(0, y + (line - _BAR) / 2, track, _BAR)
            _draw_ground(painter, place, colour=self._tokens.track)
            if length:
                place.setWidth(max(length, _BAR))
                self._draw_bar(painter, place, full=full)
            painter.setPen(self._tokens.ink)
            beside = QRectF(track + _SPACE, y, texts, line)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(beside, flags, text)

    def _draw_bar(self, painter: QPainter, place: QRectF, *, full: bool) -> None:
        hue = self._tokens.teal if full else self._tokens.grey
        painter.setPen(QPen(hue.edge, 1.2))
        painter.setBrush(hue.fill if full else hue.tint)
        painter.drawRoundedRect(place.adjusted(0.6, 0.6, -0.6, -0.6), 3, 3)

    def _legend_height(self, width: int) -> float:
        metrics = self._metrics()
        words = metrics.horizontalAdvance(self._paper) + metrics.horizontalAdvance(self._practice)
        lines = 1 if words + 2 * (_SWATCH + _SPACE) + 2 * _SPACE <= width else 2
        return lines * (metrics.lineSpacing() + 2) + _SPACE

    def _row_heights(self, width: int) -> list[float]:
        line = self._metrics().lineSpacing()
        return [
            self._name_height(row, width) + _LINE_GAP + 2 * line + _ROW_GAP for row in self._rows
        ]

    def _name_height(self, row: BarRow, width: int) -> float:
        return _wrapped(row.name, width, self.font().family(), points(SMALL_POINTS))

    def _text_width(self) -> float:
        texts = [text for row in self._rows for text in (row.paper_text, row.practice_text)]
        family, size = self.font().family(), points(SMALL_POINTS)
        return max((_advance(text, family, size) for text in texts), default=0) + 1

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(points(SMALL_POINTS))
        return font

    def _metrics(self) -> QFontMetricsF:
        return _metrics(self.font().family(), points(SMALL_POINTS))


@lru_cache(maxsize=16)
def _metrics(family: str, size: float) -> QFontMetricsF:
    """Measured some twenty times for each picture, and at every answer."""
    small = QFont(family)
    small.setPointSizeF(size)
    return QFontMetricsF(small)


@lru_cache(maxsize=64)
def _advance(text: str, family: str, size: float) -> float:
    """How wide a text is: four times asked at an answer, which changes one of two."""
    return _metrics(family, size).horizontalAdvance(text)


@lru_cache(maxsize=64)
def _wrapped(text: str, width: int, family: str, size: float) -> float:
    """How high a text is in so much width; names stay the same while their numbers change."""
    room = QRectF(0, 0, width, 1000)
    metrics = _metrics(family, size)
    return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()


def _draw_ground(painter: QPainter, place: QRectF, *, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(place, 3, 3)
