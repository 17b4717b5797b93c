"""Which file is meant: by a dialog, or by what is dragged onto the page."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.file_place import documents_folder

_TABLE = ".csv"


def table(page: QWidget, desk: Desk) -> Path | None:
    """The table to take over, or None where the dialog was closed."""
    chosen, _ = QFileDialog.getOpenFileName(
        page,
        desk.say("register.import_dialog"),
        str(documents_folder()),
        desk.say("register.import_filter"),
    )
    return Path(chosen) if chosen else None


def place(page: QWidget, desk: Desk, *, heading: str, name: str) -> Path | None:
    """Where a table is to be written, or None where the dialog was closed."""
    chosen, _ = QFileDialog.getSaveFileName(
        page,
        heading,
        str(documents_folder() / name),
        desk.say("register.export_filter"),
        options=QFileDialog.Option.DontConfirmOverwrite,  # it is refused: nothing is replaced
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_name(f"{path.name}{_TABLE}")
