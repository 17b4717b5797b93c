"""Pages of a document as pictures, one under another, as wide as there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from assessor_app.ui.theme import dress
from assessor_app.ui.widgets.scrolling import scroll_by_touch

_GAP, _MARGIN = 16, 16  # between the sheets, around them
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)  # 1 is the width that fits
_WIDEST_SHEET = 900  # pixels at step 1: wider lines are hard to read
_SHADOW = QColor(0, 0, 0, 70)


class PaperView(QScrollArea):
    """Shows sheets; Ctrl with plus, minus, nought or the wheel changes their size."""

    def __init__(self, name: str = "paper") -> None:
        super().__init__()
        self.setObjectName(name)
        self._zoom = _STEPS.index(1.0)
        self._sheets = _Sheets()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._sheets)
        self.setWidgetResizable(False)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll_by_touch(self.viewport())
        dress(self, "paper")

    def show_pages(self, pages: Sequence[QImage]) -> None:
        self._sheets.show_pages(pages)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show no page; the pictures' memory is given back."""
        self.show_pages(())

    def zoom_in(self) -> None:
        self._zoom_to(min(self._zoom + 1, len(_STEPS) - 1))

    def zoom_out(self) -> None:
        self._zoom_to(max(self._zoom - 1, 0))

    def fit_width(self) -> None:
        self._zoom_to(_STEPS.index(1.0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            zooming = {
                Qt.Key.Key_Plus: self.zoom_in,
                Qt.Key.Key_Equal: self.zoom_in,
                Qt.Key.Key_Minus: self.zoom_out,
                Qt.Key.Key_0: self.fit_width,
            }.get(Qt.Key(event.key()))
            if zooming is not None:
                zooming()
                return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.zoom_in()
        elif event.angleDelta().y() < 0:
            self.zoom_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _zoom_to(self, step: int) -> None:
        """Keep what stands in the middle of the view there."""
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(self._sheets.height(), 1)
        self._zoom = step
        self._fit()
        bar.setValue(round(middle * self._sheets.height() - self.viewport().height() / 2))

    def _fit(self) -> None:
        room = min(self.viewport().width() - 2 * _MARGIN, _WIDEST_SHEET)
        self._sheets.set_sheet_width(max(round(room * _STEPS[self._zoom]), 1))


class _Sheets(QWidget):
    """The sheets themselves; each is scaled when it is first seen at a width."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: tuple[QImage, ...] = ()
        self._width = 1
        self._scaled: dict[int, QImage] = {}

    def show_pages(self, pages: Sequence[QImage]) -> None:
        self._pages = tuple(pages)
        self._scaled.clear()
        self._resize()

    def set_sheet_width(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._scaled.clear()
        self._resize()

    def sizeHint(self) -> QSize:
        places = self._places()
        height = places[-1].bottom() + 1 + _MARGIN if places else 0
        return QSize(self._width + 2 * _MARGIN, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index, place in enumerate(self._places()):
            if not place.adjusted(-2, -2, 2, 3).intersects(event.rect()):
                continue
            painter.setPen(_SHADOW)
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
            painter.drawLine(
                place.left(), place.bottom() + 2, place.right() + 1, place.bottom() + 2
            )
            painter.drawImage(QPointF(place.topLeft()), self._picture(index))

    def _picture(self, index: int) -> QImage:
        if index not in self._scaled:
            dense = self.devicePixelRatioF()
            picture = self._pages[index].scaledToWidth(
                round(self._width * dense), Qt.TransformationMode.SmoothTransformation
            )
            picture.setDevicePixelRatio(dense)
            self._scaled[index] = picture
        return self._scaled[index]

    def _places(self) -> list[QRect]:
        places: list[QRect] = []
        top = _MARGIN
        for page in self._pages:
            height = round(self._width * page.height() / max(page.width(), 1))
            places.append(QRect(_MARGIN, top, self._width, height))
            top += height + _GAP
        return places

    def _resize(self) -> None:
        self.resize(self.sizeHint())
        self.update()
