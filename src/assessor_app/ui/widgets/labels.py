"""Labels in the steps of the type scale; their text is never taken for markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from assessor_app.ui.theme import dress

INDENT = 2  # pixels: a J reaches left of its place and would be cut off there


def title(text: str) -> QLabel:
    """The name of a page."""
    return _label(text, "title")


def heading(text: str) -> QLabel:
    """The name of a part of a page."""
    return _label(text, "heading")


def body(text: str) -> QLabel:
    """Running text."""
    return _label(text, "body")


def quiet(text: str) -> QLabel:
    """Small text that explains."""
    return _label(text, "quiet")


def strong(text: str) -> QLabel:
    """Running text that stands out."""
    return _label(text, "strong")


def _label(text: str, role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setIndent(INDENT)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    dress(label, role)
    return label
