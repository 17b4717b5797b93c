"""Evidence that proves nothing now: looked at, and attached again where it belongs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.photos import Photos
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, heading, quiet
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.thumbs import ThumbButton

_WIDE, _HIGH = 620, 480  # pixels, at letters of normal size


class UnattachedDialog(QDialog):
    """Each row has its picture, which opens it, and a button that attaches it here."""

    opened = Signal(str)  # an evidence's id
    attach_wanted = Signal(list)  # ids

    def __init__(self, desk: Desk, session: Session, photos: Photos, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("unattached")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("unattached.title"))
        self._desk, self._session, self._photos = desk, session, photos
        self._rows = QVBoxLayout()
        self._leave = button(desk.say("unattached.leave"), "unattached.leave")
        self._leave.clicked.connect(self.reject)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.addLayout(self._rows)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(heading(desk.say("unattached.title")))
        column.addWidget(quiet(desk.say("unattached.told")))
        column.addWidget(scrolling(content, "unattached.area"), stretch=1)
        column.addWidget(self._leave, alignment=Qt.AlignmentFlag.AlignRight)
        photos.changed.connect(self._show)
        room = over.window().size()
        self.resize(min(grown(_WIDE), room.width()), min(grown(_HIGH), room.height()))
        self._show()

    def _show(self) -> None:
        while (old := self._rows.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        items = [one for _, one in sorted(self._session.snapshot.unattached.items())]
        for thumb in self._photos.thumbs(items):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 4, 0, 4)
            line.setSpacing(12)
            picture = ThumbButton(thumb.id, tokens=self._desk.tokens)
            picture.show_picture(thumb.image, thumb.caption, sign=thumb.sign, badge=thumb.badge)
            picture.setObjectName(f"unattached.thumb.{thumb.id}")
            picture.opened.connect(self._on_opened)
            here = button(self._desk.say("unattached.attach"), f"unattached.attach.{thumb.id}")
            here.clicked.connect(lambda _=False, id_=thumb.id: self._on_attach(id_))
            line.addWidget(picture)
            line.addWidget(body(thumb.caption), stretch=1)
            line.addWidget(here)
            self._rows.addWidget(row)
        if not items:
            self._rows.addWidget(quiet(self._desk.say("unattached.none")))

    def _on_opened(self, evidence: str) -> None:
        self.accept()
        self.opened.emit(evidence)

    def _on_attach(self, evidence: str) -> None:
        self.attach_wanted.emit([evidence])
        self._show()
