"""The frame of this page's dialogs: a heading, what is told, what is asked, and two buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, title
from assessor_app.ui.widgets.notice import Notice

_WIDE = 680  # pixels


def furnish(
    dialog: QDialog,
    desk: Desk,
    *parts: QWidget,
    heading: str,
    told: str,
    go: str,
    act: Callable[[], None],
    role: str = "primary",
) -> Notice:
    """Lay a dialog out, whose object name begins those of its parts; returns its notice."""
    name = dialog.objectName()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(heading)
    notice = Notice(desk.tokens, f"{name}.notice")
    leave = button(desk.say("step.cancel"), f"{name}.cancel")
    leave.clicked.connect(dialog.reject)
    pressed = button(go, f"{name}.go", role=role)
    pressed.clicked.connect(act)
    pressed.setDefault(role == "primary")
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(leave)
    row.addWidget(pressed)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(20, 20, 20, 20)
    column.setSpacing(12)
    column.addWidget(title(heading))
    column.addWidget(body(told))
    for part in parts:
        column.addWidget(part)
    column.addWidget(notice)
    column.addStretch(1)
    column.addLayout(row)
    over = dialog.parentWidget()
    most = over.window().width() if over is not None else grown(_WIDE)
    dialog.setMinimumWidth(min(grown(_WIDE), most))
    let_flow(dialog)
    return notice
