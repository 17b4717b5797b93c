"""Pages of a document as pictures, one under another, as wide as there is room."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, QSizeF, Qt, QTimer, Signal
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

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import dress
from assessor_app.ui.widgets.scrolling import scroll_by_touch

_GAP, _MARGIN = 16, 16  # between the sheets, around them
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)  # 1 is the width that fits
_WIDEST_SHEET = 900  # pixels at step 1: wider lines are hard to read
_SHADOW = QColor(0, 0, 0, 70)
_REST_MS = 60  # without scrolling: what flies past is not drawn
_KEPT = 6  # sheets before and after those in sight whose pictures are kept: 6 MB each


class PaperView(QScrollArea):
    """Shows sheets; Ctrl with plus, minus, nought or the wheel changes their size.

    Either all pictures are given at once, or only the sizes, and each picture is asked for when
    its sheet comes into sight.
    """

    wanted = Signal(int, int)  # the sheet, counted from 0, and how many pixels wide its picture
    turned = Signal(int)  # the sheet that is looked at now

    def __init__(self, name: str = "paper") -> None:
        super().__init__()
        spoken_as(self, Role.Document)
        self.setObjectName(name)
        self._zoom = _STEPS.index(1.0)
        self._sheets = _Sheets()
        self._lacking = False
        self._current = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._on_rested)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._sheets)
        self.setWidgetResizable(False)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._on_moved)
        scroll_by_touch(self.viewport())
        dress(self, "paper")

    @property
    def current(self) -> int:
        """The sheet that is looked at, counted from 0."""
        return self._current

    def show_pages(self, pages: Sequence[QImage]) -> None:
        """Show pictures that are all there."""
        self._begin([QSizeF(page.size()) for page in pages], lacking=False)
        for index, page in enumerate(pages):
            self._sheets.show_picture(index, page)

    def expect(self, sizes: Sequence[QSizeF]) -> None:
        """Show white sheets of these proportions; `wanted` asks for the pictures in sight."""
        self._begin(sizes, lacking=True)

    def show_picture(self, index: int, picture: QImage) -> None:
        """Put the picture that was asked for onto its sheet."""
        self._sheets.show_picture(index, picture)

    def clear(self) -> None:
        """Show no page; the pictures' memory is given back."""
        self.show_pages(())

    def go_to(self, index: int) -> None:
        """Bring the top of a sheet into sight."""
        place = self._sheets.place(index)
        if place is not None:
            self.verticalScrollBar().setValue(place.top() - _MARGIN // 2)

    def zoom_in(self) -> None:
        self._zoom_to(min(self._zoom + 1, len(_STEPS) - 1))

    def zoom_out(self) -> None:
        self._zoom_to(max(self._zoom - 1, 0))

    def fit_width(self) -> None:
        self._zoom_to(_STEPS.index(1.0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            acting = {
                Qt.Key.Key_Plus: self.zoom_in,
                Qt.Key.Key_Equal: self.zoom_in,
                Qt.Key.Key_Minus: self.zoom_out,
                Qt.Key.Key_0: self.fit_width,
            }.get(Qt.Key(event.key()))
        else:
            acting = {
                Qt.Key.Key_Home: lambda: bar.setValue(bar.minimum()),
                Qt.Key.Key_End: lambda: bar.setValue(bar.maximum()),
            }.get(Qt.Key(event.key()))
        if acting is not None:
            acting()
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

    def _begin(self, sizes: Sequence[QSizeF], *, lacking: bool) -> None:
        self._lacking = lacking
        self._current = 0
        self._sheets.expect(sizes)
        self._fit()
        self.verticalScrollBar().setValue(0)

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
        self._on_moved()

    def _on_moved(self) -> None:
        if self._lacking:
            self._rest.start()
        seen = self._seen()
        current = seen[0] if seen else 0
        if len(seen) > 1:  # the one that covers the middle, where two are in sight
            middle = self.verticalScrollBar().value() + self.viewport().height() // 2
            current = next((one for one in seen if self._bottom(one) >= middle), seen[-1])
        if current != self._current:
            self._current = current
            self.turned.emit(current)

    def _on_rested(self) -> None:
        seen = self._seen()
        if not self._lacking or not seen:
            return
        width = self._sheets.picture_width
        self._sheets.keep(range(seen[0] - _KEPT, seen[-1] + _KEPT + 1))
        for index in seen:
            if self._sheets.width_of(index) != width:
                self.wanted.emit(index, width)

    def _seen(self) -> list[int]:
        top = self.verticalScrollBar().value()
        return self._sheets.between(top, top + self.viewport().height())

    def _bottom(self, index: int) -> int:
        place = self._sheets.place(index)
        return place.bottom() if place is not None else 0


class _Sheets(QWidget):
    """The sheets themselves; each is scaled when it is first seen at a width."""

    def __init__(self) -> None:
        super().__init__()
        self._sizes: tuple[QSizeF, ...] = ()
        self._pictures: dict[int, QImage] = {}
        self._width = 1
        self._scaled: dict[int, QImage] = {}

    @property
    def picture_width(self) -> int:
        """How many pixels wide a picture is at this size, on this screen."""
        return round(self._width * self.devicePixelRatioF())

    def expect(self, sizes: Sequence[QSizeF]) -> None:
        self._sizes = tuple(sizes)
        self._pictures.clear()
        self._scaled.clear()
        self._resize()

    def show_picture(self, index: int, picture: QImage) -> None:
        self._pictures[index] = picture
        self._scaled.pop(index, None)
        self.update()

    def keep(self, near: range) -> None:
        """Let go of the pictures far from what is in sight."""
        for kept in (self._pictures, self._scaled):
            for index in [one for one in kept if one not in near]:
                del kept[index]

    def width_of(self, index: int) -> int:
        """How wide the picture of a sheet is; 0 where there is none."""
        picture = self._pictures.get(index)
        return picture.width() if picture is not None else 0

    def set_sheet_width(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._scaled.clear()
        self._resize()

    def place(self, index: int) -> QRect | None:
        places = self._places()
        return places[index] if 0 <= index < len(places) else None

    def between(self, top: int, bottom: int) -> list[int]:
        """The sheets of which something lies between two heights."""
        return [
            index
            for index, place in enumerate(self._places())
            if place.bottom() >= top and place.top() <= bottom
        ]

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
            picture = self._picture(index)
            if picture is None:
                painter.fillRect(place, Qt.GlobalColor.white)
            else:
                painter.drawImage(QPointF(place.topLeft()), picture)

    def _picture(self, index: int) -> QImage | None:
        whole = self._pictures.get(index)
        if whole is None:
            return None
        if index not in self._scaled:
            picture = whole.scaledToWidth(
                self.picture_width, Qt.TransformationMode.SmoothTransformation
            )
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._scaled[index] = picture
        return self._scaled[index]

    def _places(self) -> list[QRect]:
        places: list[QRect] = []
        top = _MARGIN
        for size in self._sizes:
            height = round(self._width * size.height() / max(size.width(), 1))
            places.append(QRect(_MARGIN, top, self._width, height))
            top += height + _GAP
        return places

    def _resize(self) -> None:
        self.resize(self.sizeHint())
        self.update()
