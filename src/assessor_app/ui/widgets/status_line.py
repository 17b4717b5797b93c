"""The line at the foot of the window: what was just saved, and the keys that work here."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from assessor_app.ui.spoken import Role, announce, spoken_as
from assessor_app.ui.theme import dress
from assessor_app.ui.widgets.eliding import ElidingLabel


class StatusLine(QFrame):
    """What was said last stays until something else is said."""

    def __init__(self) -> None:
        super().__init__()
        spoken_as(self, Role.StatusBar)
        self.setObjectName("status")
        dress(self, "bar")
        self._said = ElidingLabel()
        self._said.setObjectName("status.said")
        dress(self._said, "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(self._said, stretch=1)

    def say(self, text: str) -> None:
        """Show a sentence, and have it read out."""
        self._said.set_whole_text(text)
        announce(self, text)
