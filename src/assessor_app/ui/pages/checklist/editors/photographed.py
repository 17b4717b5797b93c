"""A question that a photo or another file answers: the evidence of the side is the answer."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import spoken_group
from assessor_app.ui.widgets.labels import strong


class PhotoEditor(QWidget):
    """Says how many files there are; they are added and looked at in the strip below."""

    answered = Signal(str)  # never: evidence is attached, not typed

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

    def show_count(self, count: int, *, of_other_kinds: bool = False) -> None:
        """Show how many photos answer it, or files where they are not all photos."""
        say = self._desk.say
        if not count:
            self._told.setText(say("answering.photo"))
        else:
            name = "answering.files" if of_other_kinds else "answering.photos"
            self._told.setText(say(name, count=count))

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:
        """What answers it is shown where the evidence is."""

    def settle(self) -> bool:
        return True

    def refuse(self) -> None:
        """A file that could not be taken in is told where it came from."""

    def choose_by_key(self, key: str) -> bool:  # noqa: ARG002 - no digit stands for a photo
        return False
