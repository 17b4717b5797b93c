"""Which file is meant: by a dialog, or by what is dragged onto the page."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.file_place import documents_folder

_PDF = ".pdf"  # is verified, by the window
_TABLE = ".csv"


def table(page: QWidget, desk: Desk) -> Path | None:
    """The table to take over, or None where the dialog was closed."""
    chosen, _ = QFileDialog.getOpenFileName(
        page,
        desk.say("results.import_dialog"),
        str(documents_folder()),
        desk.say("results.import_filter"),
    )
    return Path(chosen) if chosen else None


def template(page: QWidget, desk: Desk) -> Path | None:
    """Where the empty table is to be written, or None where the dialog was closed."""
    chosen, _ = QFileDialog.getSaveFileName(
        page,
        desk.say("results.template_dialog"),
        str(documents_folder() / desk.say("results.template_file")),
        desk.say("results.template_filter"),
        options=QFileDialog.Option.DontConfirmOverwrite,  # it is refused: nothing is replaced
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_name(f"{path.name}{_TABLE}")


def dropped(data: QMimeData) -> Path | None:
    """The one local file that is dragged, where it may be a table."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return None if path.suffix.casefold() == _PDF else path
