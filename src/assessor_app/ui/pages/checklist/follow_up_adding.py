"""Choosing one more indicator for a follow-up visit: found by a word, added by a tap."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor_app.domain.fulfilment import Applies
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row, RowRole
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet, title

if TYPE_CHECKING:  # which build it
    from assessor_app.ui.pages.checklist.page import ChecklistPage
    from assessor_app.ui.pages.checklist.score_panel import ScorePanel

_SHARE = 0.7  # of the window, in both directions


class Adding(QObject):
    """Asks which one, records it, and goes there."""

    def __init__(
        self, desk: Desk, session: Session, page: "ChecklistPage", *, panel: "ScorePanel"
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._session = session
        self._page = page
        panel.add_wanted.connect(self._ask)

    def _ask(self) -> None:
        if not self._page.settle():
            return
        dialog = AddingDialog(self._desk, self._session, self._page)
        dialog.chosen.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, code: str) -> None:
        """Record it, and go there once it is asked: at once, or when its reason is given."""
        session, page = self._session, self._page

        def act(reason: str | None) -> Done:
            return session.follow_also(code, reason=reason)

        what = self._desk.say("follow_up.adding", code=code)
        if page.recording.carry_out(("follow_up", code), act, what=what) is not None:
            page.show_indicator(code)


class AddingDialog(QDialog):
    """Lists what the visit does not ask yet; Esc leaves it as it is."""

    chosen = Signal(str)  # the code

    def __init__(self, desk: Desk, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("follow_up.adding")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        heading = desk.say("follow_up.add_title")
        self.setWindowTitle(heading)
        words = desk.words
        left_out = {
            one.indicator.code
            for one in session.compared()
            if one.applies is Applies.NOT_FOLLOWED and one.indicator.sides
        }
        self._all = [
            Row(words.of(one.text), target=one.code, code=one.code)
            for one in session.instrument.indicators()
            if one.code in left_out
        ]
        self._sought = line_edit("follow_up.adding.search")
        self._sought.textChanged.connect(self._on_sought)
        self._sought.returnPressed.connect(self._on_enter)
        self._list = RowView(
            "follow_up.adding.list", desk.tokens, spoken=desk.say("follow_up.add_list")
        )
        self._list.followed.connect(self._on_followed)
        leave = button(desk.say("follow_up.add_leave"), "follow_up.adding.leave")
        leave.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(heading))
        column.addWidget(quiet(desk.say("follow_up.add_hint")))
        column.addWidget(Field(desk.say("follow_up.add_search"), self._sought))
        column.addWidget(self._list, stretch=1)
        column.addWidget(leave, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(over.window().size() * _SHARE)
        self._on_sought("")
        self._sought.setFocus()

    def _on_sought(self, text: str) -> None:
        sought = text.strip().casefold()
        self._list.rows.show_rows(
            [row for row in self._all if sought in f"{row.code} {row.text}".casefold()]
        )
        self._list.choose_first()

    def _on_enter(self) -> None:
        """What is chosen in the list: the first that was found, or where the arrow keys went."""
        row = self._list.currentIndex().data(RowRole.ROW)
        if isinstance(row, Row) and row.target is not None:
            self._on_followed(row.target)

    def _on_followed(self, code: str) -> None:
        self.accept()
        self.chosen.emit(code)
