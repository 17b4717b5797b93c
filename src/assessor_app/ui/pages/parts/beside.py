"""An editor and a small button at its right end, which are one field."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.moment import DatedLine
from assessor_app.ui.theme import icon, set_look
from assessor_app.ui.widgets.buttons import icon_button


class Beside(QWidget):
    """Is spoken of, and shows a fault, as its editor."""

    def __init__(self, editor: QWidget, beside: QWidget) -> None:
        super().__init__()
        self._editor = editor
        self.button = beside
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(editor, stretch=1)
        row.addWidget(beside)

    def setAccessibleName(self, name: str) -> None:
        """The editor is what is spoken of."""
        self._editor.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:
        self._editor.setAccessibleDescription(text)

    def setProperty(self, name: str, value: object) -> bool:
        """A fault is seen at the editor."""
        if name == "fault":
            set_look(self._editor, name, bool(value))
        return super().setProperty(name, value)


def with_calendar(desk: Desk, line: DatedLine) -> Beside:
    """A line for a day or moment, with a button that takes the day from a calendar."""
    button = icon_button(
        desk.say("form.calendar"),
        f"{line.objectName()}.calendar",
        icon("calendar", desk.tokens.ink),
    )
    button.clicked.connect(line.open_calendar)
    return Beside(line, button)
