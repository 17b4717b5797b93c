"""Dialogs that are as high as what they say, whose lines wrap."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from assessor_app.ui.theme import grown

_ANY = 10_000  # pixels: no dialog is higher


def fit_height(dialog: QDialog, *, width: int) -> None:
    """Give a dialog this width (pixels, as letters are drawn) and the height its words need."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    above = dialog.parentWidget()
    room = above.window().size() if above is not None else QSize(grown(width), _ANY)
    wide = min(grown(width), room.width())
    needed = max(layout.totalHeightForWidth(wide), layout.totalMinimumSize().height())
    dialog.resize(wide, min(needed, room.height()))
