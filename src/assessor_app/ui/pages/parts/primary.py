"""The one button of a page or card that goes on with what it is for."""

from collections.abc import Callable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QPushButton

from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button


def primary(
    desk: Desk,
    name: str,
    *,
    text: str,
    sign: str,
    act: Callable[[], object] | SignalInstance,
    tip: str = "",
) -> QPushButton:
    """A filled button of that object name, with a sign; pressed, it calls or emits `act`."""
    made = button(text, name, role="primary", icon=icon(sign, desk.tokens.on_accent), tip=tip)
    made.clicked.connect(act)
    return made
