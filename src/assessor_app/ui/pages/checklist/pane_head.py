"""The head of an indicator: its code and question, where it stands, and what is one tap away."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from assessor_app.domain.instrument import Asked, Indicator, Side
from assessor_app.domain.marks import Marked
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.key_table import with_key
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import icon_button
from assessor_app.ui.widgets.eliding import ElidingLabel
from assessor_app.ui.widgets.labels import heading


class PaneHead(QWidget):
    """Two lines beside its buttons; reports which action of the key table was pressed."""

    acted = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, *, variable: str, place: str) -> None:
        super().__init__()
        self._desk, self._indicator = desk, indicator
        code = QLabel(indicator.code)
        dress(code, "badge")
        code.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        about = ElidingLabel(" · ".join((place, *self._weight(), variable)))
        dress(about, "quiet")
        above = QHBoxLayout()
        above.setSpacing(10)
        above.addWidget(code)
        above.addWidget(about, stretch=1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(above)
        words.addWidget(heading(desk.words.of(indicator.text)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addLayout(words, stretch=1)
        self._buttons = {name: self._button(name, sign) for name, sign in self._offered()}
        for made in self._buttons.values():
            row.addWidget(made, alignment=Qt.AlignmentFlag.AlignTop)

    def show_mark(self, mark: Marked, *, me: str, owner: Callable[[str], str]) -> None:
        """Show what is marked; `owner` names an assessor by id."""
        self._buttons["mark"].setChecked(mark.later)
        take = self._buttons["take"]
        take.setChecked(mark.mine == me)
        told = self._desk.say("marks.take")
        if mark.mine not in (None, me):
            told = self._desk.say("marks.taken_by", name=owner(str(mark.mine)))
        take.setToolTip(with_key(self._desk, told, "take"))
        take.setAccessibleName(told)

    def set_editable(self, *, editable: bool) -> None:
        for name in ("mark", "take", "same"):
            if name in self._buttons:
                self._buttons[name].setEnabled(editable)

    def show_open(self, name: str, *, shown: bool) -> None:
        """Show whether what a button folds is unfolded."""
        if name in self._buttons:
            self._buttons[name].setChecked(shown)

    def _offered(self) -> list[tuple[str, str]]:
        """The actions of this indicator with their signs."""
        two_sided = {Side.PAPERWORK, Side.PRACTICE} <= set(self._indicator.sides)
        offered = [("same", "same")] if two_sided else []
        if self._indicator.asked is Asked.PER_PRODUCT:
            offered.append(("products", "list"))
        marks = [("mark", "flag"), ("take", "person")]
        return [*offered, *marks, ("history", "history"), ("guidance", "info")]

    def _button(self, name: str, sign: str) -> QToolButton:
        told = self._desk.say(f"marks.{name}")
        code = self._indicator.code
        made = icon_button(told, f"indicator.{code}.{name}", icon(sign, self._desk.tokens.accent))
        made.setToolTip(with_key(self._desk, told, name))
        made.setCheckable(name in ("mark", "take", "products", "guidance"))
        made.clicked.connect(lambda: self.acted.emit(name))
        return made

    def _weight(self) -> tuple[str, ...]:
        """A question without a score has none."""
        indicator = self._indicator
        if not indicator.weight:
            return ()
        sourced = "checklist.weight" if indicator.verified else "checklist.weight_unverified"
        return (self._desk.say(sourced, weight=self._desk.words.weight(indicator.weight)),)
