"""A box to tick, with room for a finger."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox

from assessor_app.ui.theme import TOUCH_TARGET_PX


class _Tick(QCheckBox):
    """Is ticked anywhere in its row: what takes the focus takes the tap as well."""

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)


def tick(text: str, name: str, *, checked: bool = False) -> QCheckBox:
    """A check box of that object name; its text is also what is spoken."""
    box = _Tick(text)
    box.setObjectName(name)
    box.setAccessibleName(text)
    box.setChecked(checked)
    box.setMinimumHeight(TOUCH_TARGET_PX)
    return box
