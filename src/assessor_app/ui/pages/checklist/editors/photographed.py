"""A question that a photo answers: the evidence of the side is the answer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import spoken_group
from assessor_app.ui.widgets.labels import strong


class PhotoEditor(QWidget):
    """Says how many photos there are; they are added and looked at in the strip below."""

    answered = Signal(str)  # never: a photo is attached, not typed

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._told = strong("")
        self.setObjectName(f"{prefix}.photos")
        self.setAccessibleName(spoken_group(desk, indicator, side))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._told)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show how many photos answer it."""
        say = self._desk.say
        self._told.setText(
            say("answering.photos", count=count) if count else say("answering.photo")
        )

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:
        """The photos are shown where the evidence is."""

    def settle(self) -> bool:
        return True

    def refuse(self) -> None:
        """A photo that could not be taken in is told where it came from."""

    def choose_by_key(self, key: str) -> bool:  # noqa: ARG002 - no digit stands for a photo
        return False
