"""A box to tick, with room for a finger."""

from PySide6.QtWidgets import QCheckBox

from assessor_app.ui.theme import TOUCH_TARGET_PX


def tick(text: str, name: str, *, checked: bool = False) -> QCheckBox:
    """A check box of that object name; its text is also what is spoken."""
    box = QCheckBox(text)
    box.setObjectName(name)
    box.setAccessibleName(text)
    box.setChecked(checked)
    box.setMinimumHeight(TOUCH_TARGET_PX)
    return box
