"""Dialogs that are as high as what they say, whose lines wrap."""

from PySide6.QtWidgets import QDialog


def fit_height(dialog: QDialog, *, width: int) -> None:
    """Give a dialog this width (pixels) and the height that its wrapped words need in it."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    needed = max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
    above = dialog.parentWidget()
    most = above.window().height() if above is not None else needed
    dialog.resize(width, min(needed, most))
