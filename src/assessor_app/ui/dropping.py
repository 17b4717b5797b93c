"""A file that is dragged over the window: which kinds it takes, and what becomes of each."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from assessor_app.ui.pages.parts.file_place import BUNDLE_SUFFIX

_DOCUMENT_SUFFIX = ".pdf"


class Dropping(QObject):
    """Listens to the window; pages that take files themselves hear of theirs first."""

    document_dropped = Signal(object)  # Path
    bundle_dropped = Signal(object)  # Path

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if not isinstance(event, QDropEvent):  # a drag that enters or moves is one too
            return False
        path = _file_of(event)
        if path is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            document = path.suffix.casefold() == _DOCUMENT_SUFFIX
            (self.document_dropped if document else self.bundle_dropped).emit(path)
        return True


def _file_of(event: QDropEvent) -> Path | None:
    """The one local PDF or visit file that is dragged over the window, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.casefold() in (_DOCUMENT_SUFFIX, BUNDLE_SUFFIX) else None
