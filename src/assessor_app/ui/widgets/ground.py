"""What a button that paints itself stands on; light, since the first painted frame needs it."""

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter


def on_ground(button: QPushButton) -> QStylePainter:
    """A painter over the ground that the style sheet gives a button."""
    painter = QStylePainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    option = QStyleOptionButton()
    button.initStyleOption(option)
    painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
    return painter
