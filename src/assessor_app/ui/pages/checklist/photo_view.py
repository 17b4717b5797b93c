"""One photo as large as the window has room, with what its file claims."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from assessor_app.domain.observation import Evidence
from assessor_app.domain.problem import Problem
from assessor_app.services.evidence import photo
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, quiet

_SHARE = 0.85  # of the window's size
_SHORT_HASH = 16  # hex digits, as the pages print


class PhotoView(QDialog):
    """Esc or the button closes it."""

    refused = Signal(object)  # Problem

    def __init__(self, desk: Desk, item: Evidence, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("photo")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("photo.title"))
        self._whole = QImage()
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(QSize(320, 240))
        self._picture.setAccessibleName(item.caption or desk.say("photo.title"))
        words = desk.words
        taken = (
            words.moment(item.captured_at) if item.captured_at else words("findings.photo_no_time")
        )
        close = button(desk.say("photo.close"), "photo.close")
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(self._picture, stretch=1)
        if item.caption:
            column.addWidget(body(item.caption))
        column.addWidget(
            quiet(desk.say("photo.facts", taken=taken, hash=item.sha256[:_SHORT_HASH]))
        )
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(over.window().size() * _SHARE)
        desk.tasks.run(
            lambda _: QImage.fromData(photo(desk.workplace, item.id)),
            owner=self,
            done=self._on_loaded,
            failed=self._on_failed,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _on_loaded(self, image: QImage) -> None:
        self._whole = image
        self._fit()

    def _on_failed(self, problem: Problem) -> None:
        self.refused.emit(problem)
        self.close()

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        self._picture.setPixmap(
            QPixmap.fromImage(self._whole).scaled(
                self._picture.size(),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
