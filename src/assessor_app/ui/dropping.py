"""A file that is dragged over the window: which kinds it takes, and from where."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

_DOCUMENT = ".pdf"


def dropped_file(event: QDropEvent) -> Path | None:
    """The one local PDF or visit file that is dragged over the window, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if is_document(path) or _is_visit(path) else None


def is_document(path: Path) -> bool:
    """Whether a file is to be verified; otherwise it brings a visit."""
    return path.suffix.casefold() == _DOCUMENT


def _is_visit(path: Path) -> bool:
    from assessor_app.ui.pages.visits.exporting import (  # noqa: PLC0415 - not for the first frame
        BUNDLE_SUFFIX,
    )

    return path.suffix.casefold() == BUNDLE_SUFFIX
