"""To which observation evidence is to go: the indicator, its side, and whom or what it is of."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.instrument import Asked, Indicator, Side
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.photos import Goal
from assessor_app.ui.theme import TOUCH_TARGET_PX, grown
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import heading

_WIDE, _HIGH = 620, 560  # pixels, at letters of normal size


@dataclass(frozen=True, slots=True)
class _Row:
    indicator: Indicator
    text: str  # as it is searched


class _Tall(QStyledItemDelegate):
    """Rows that a finger hits."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, TOUCH_TARGET_PX))


class PlaceDialog(QDialog):
    """A word or a code finds the indicator; Enter takes it."""

    chosen = Signal(object)  # Goal

    def __init__(
        self, desk: Desk, session: Session, over: QWidget, *, title: str, at: Goal | None = None
    ) -> None:
        """It begins at the indicator that is looked at, `at`."""
        super().__init__(over)
        self.setObjectName("place")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._desk, self._session = desk, session
        words = desk.words
        self._rows = [
            _Row(one, f"{one.code} {words.of(one.text)}")
            for one in session.instrument.indicators()
            if one.sides
        ]
        self._search = line_edit("place.search", placeholder=desk.say("place.search"))
        self._search.setAccessibleName(desk.say("place.search"))
        self._search.textChanged.connect(self._show_found)
        self._search.returnPressed.connect(self._on_taken)
        self._list = QListWidget()
        self._list.setObjectName("place.list")
        self._list.setAccessibleName(desk.say("place.indicator"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_Tall(self._list))
        self._list.currentRowChanged.connect(lambda _: self._show_indicator())
        self._list.itemActivated.connect(lambda _: self._on_taken())
        options = [
            Option(side.value, words.side(side), str(key), Mark.CHOSEN)
            for key, side in enumerate(Side, start=1)
        ]
        self._sides = Choices(
            "place.side", options, desk.tokens, columns=2, group=desk.say("place.side")
        )
        self._subject = combo("place.subject", [])
        self._subject_field = Field(desk.say("place.subject"), self._subject)
        self._take = button(desk.say("place.take"), "place.take", role="primary")
        self._leave = button(desk.say("place.leave"), "place.leave")
        self._take.clicked.connect(self._on_taken)
        self._leave.clicked.connect(self.reject)
        self._furnish(title)
        room = over.window().size()
        self.resize(min(grown(_WIDE), room.width()), min(grown(_HIGH), room.height()))
        self._side = at.side if at else Side.PRACTICE
        self._sides.show_value(self._side.value)
        self._sides.chosen.connect(self._on_side)
        self._show_found("", at=at.indicator if at else "")
        self._search.setFocus()

    def _furnish(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(heading(title))
        column.addWidget(self._search)
        column.addWidget(self._list, stretch=1)
        column.addWidget(self._sides)
        column.addWidget(self._subject_field)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(self._leave)
        acts.addWidget(self._take)
        column.addLayout(acts)

    def _show_found(self, told: str, *, at: str = "") -> None:
        """The indicators in which every word stands."""
        wanted = told.casefold().split()
        self._list.clear()
        for row in self._rows:
            if all(word in row.text.casefold() for word in wanted):
                item = QListWidgetItem(row.text)
                item.setData(Qt.ItemDataRole.UserRole, row.indicator.code)
                self._list.addItem(item)
                if row.indicator.code == at:
                    self._list.setCurrentItem(item)
        if self._list.currentRow() < 0 and self._list.count():
            self._list.setCurrentRow(0)
        self._take.setEnabled(self._list.count() > 0)

    def _show_indicator(self) -> None:
        """Only the sides and subjects that it has."""
        indicator = self._indicator()
        if indicator is None:
            self._take.setEnabled(False)
            return
        for side in Side:
            made = self._sides.findChild(QWidget, f"place.side.{side.value}")
            if made is not None:
                made.setEnabled(side in indicator.sides)
        if self._side not in indicator.sides:
            self._on_side(indicator.sides[0].value)
        subjects = self._subjects(indicator)
        self._subject.clear()
        for value, text in subjects.items():
            self._subject.addItem(text, value)
        self._subject_field.setVisible(bool(subjects))
        asked_of_somebody = indicator.asked is Asked.PER_RESPONDENT
        self._take.setEnabled(not asked_of_somebody or bool(subjects))

    def _subjects(self, indicator: Indicator) -> Mapping[str, str]:
        snapshot = self._session.snapshot
        match indicator.asked:
            case Asked.PER_PRODUCT:
                names = sorted(snapshot.products.values())
                whole = {"": self._desk.say("subject.whole")}
                return {**whole, **{name: name for name in names}} if names else {}
            case Asked.PER_RESPONDENT:
                people = sorted(one.pseudonym for one in snapshot.respondents.values())
                return {name: name for name in people}
            case Asked.ONCE:
                return {}

    def _indicator(self) -> Indicator | None:
        item = self._list.currentItem()
        code = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return next((row.indicator for row in self._rows if row.indicator.code == code), None)

    def _on_side(self, value: str) -> None:
        self._side = Side(value)
        self._sides.show_value(value)

    def _on_taken(self) -> None:
        indicator = self._indicator()
        if indicator is None or not self._take.isEnabled():
            return
        subject = value_of(self._subject) or None
        product = subject if indicator.asked is Asked.PER_PRODUCT else None
        respondent = subject if indicator.asked is Asked.PER_RESPONDENT else None
        goal = Goal(indicator.code, self._side, product, respondent)
        self.accept()
        self.chosen.emit(goal)
