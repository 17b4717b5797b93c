"""Content in the middle of a wide window, scrolled where the window is low."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.scrolling import scrolling

_ALL = 100  # of the stretch: the margins get what the widest content leaves


def centred(content: QWidget, name: str, *, widest: int, halfway: bool = False) -> QScrollArea:
    """An area of that object name, its `content` at most `widest` pixels (grown) wide.

    `halfway` puts it halfway down too, not to the top.
    """
    content.setMaximumWidth(grown(widest))
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(content, _ALL)
    row.addStretch()
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    if halfway:
        column.addStretch()
    column.addLayout(row)
    column.addStretch()
    let_flow(frame)
    return scrolling(frame, name)


def let_flow(content: QWidget) -> None:
    """Let wrapped words be as low as their width allows.

    A wrapped label counts the height of its narrowest form as its least one. A scrolled page,
    which asks for the height at its width, would be taller than what it shows.
    """
    for label in content.findChildren(QLabel):
        if label.wordWrap():
            label.setMinimumHeight(1)
