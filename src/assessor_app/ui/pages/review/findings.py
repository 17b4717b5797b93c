"""The findings, heaviest first: what each rests on, and its words, owner and due date to edit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.findings import Finding, FindingKind
from assessor_app.domain.instants import one_month_later
from assessor_app.services.findings import counted_weight
from assessor_app.services.report.cards import told_weight
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.review.due_dialog import DueDialog
from assessor_app.ui.pages.review.finding_editor import FindingEditor
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, heading, quiet
from assessor_app.ui.widgets.scrolling import scrolling

_LIST_PX = 320
_LIST_HIGH_PX = 260  # of the list where it stands above the editor
_UNBOUND = 16_777_215  # QWIDGETSIZE_MAX, which PySide does not name
_TONES = {
    FindingKind.PAPER_ONLY: ("gap", "red"),
    FindingKind.PAPER_AHEAD: ("gap", "yellow"),
    FindingKind.NEITHER: ("cross", "red"),
    FindingKind.SHORTFALL: ("half", "yellow"),
    FindingKind.PRACTICE_ONLY: ("gap", "teal"),
    FindingKind.PRACTICE_AHEAD: ("gap", "teal"),
}


class FindingsSection(QWidget):
    """The list at the left, the chosen finding's editor at the right."""

    said = Signal(str)
    refused = Signal(object)  # the Problem
    reason_wanted = Signal(str)  # the code of the indicator whose finding was edited

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._list = RowView(
            "review.findings", desk.tokens, spoken=desk.say("review.findings.spoken")
        )
        self._list.setFixedWidth(_LIST_PX)
        self._list.chosen.connect(self._on_chosen)
        self._editor: FindingEditor | None = None
        self._shown: QWidget | None = None
        self._room = QStackedWidget()
        self._none = self._nothing_found()
        self._room.addWidget(self._none)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(_note(desk, session), stretch=1)
        head.addWidget(self._due_button())
        whole.addLayout(head)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(16)
        row.addWidget(self._list)
        row.addWidget(self._room, stretch=1)
        self._row_of_both = row
        whole.addLayout(row, stretch=1)

    @property
    def chosen(self) -> str | None:
        """The id of the finding that is being edited."""
        return self._editor.finding.id if self._editor else None

    def refresh(self) -> int:
        """Show the findings as they are now; returns how many there are."""
        findings = self._session.findings()
        before = self.chosen
        self._list.rows.show_rows([self._row(one) for one in findings])
        self._list.setVisible(bool(findings))
        self._due_all.setVisible(bool(findings) and self._session.snapshot.takes_answers)
        if before in [one.id for one in findings]:
            self._list.choose(str(before))
        else:
            self._drop_editor()
            self._list.choose_first()
        return len(findings)

    def choose(self, finding: str | None) -> None:
        """Edit a finding, where it is still one."""
        if finding is not None:
            self._list.choose(finding)

    def set_narrow(self, *, narrow: bool) -> None:
        """The list above the editor where there is no room beside it."""
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row_of_both.setDirection(below if narrow else beside)
        self._list.setMinimumWidth(0 if narrow else _LIST_PX)
        self._list.setMaximumWidth(_UNBOUND if narrow else _LIST_PX)
        self._list.setMaximumHeight(_LIST_HIGH_PX if narrow else _UNBOUND)

    def settle(self) -> bool:
        """Record what was typed and is not recorded yet; False where some of it was refused."""
        return self._editor is None or self._editor.settle()

    def show_recorded(self) -> None:
        """Show the chosen finding as it is recorded; nothing that was typed stays."""
        chosen = self.chosen
        self._drop_editor()
        if chosen is not None:
            self._on_chosen(chosen)

    def _row(self, finding: Finding) -> Row:
        words = self._desk.words
        sign, tone = _TONES[finding.kind]
        product = self._session.snapshot.products.get(finding.product)
        text = words.of(finding.indicator.text)
        if product:
            text = self._desk.say("review.of_product", text=text, product=product)
        detail = words(f"finding.{finding.kind.value}")
        if finding.weight:  # without weights there are no points to tell
            weight = told_weight(
                finding.weight, words, counted=counted_weight(self._session, finding)
            )
            detail = self._desk.say("review.findings.kind_and_weight", kind=detail, weight=weight)
        return Row(
            text,
            target=finding.id,
            code=finding.indicator.code,
            detail=detail,
            sign=sign,
            tone=tone,
            stressed=True,
        )

    def _due_button(self) -> QPushButton:
        """Gives all findings the same due date."""
        made = button(
            self._desk.say("due_dates.open"),
            "review.due_all",
            role="flat",
            icon=icon("calendar", self._desk.tokens.accent),
        )
        made.clicked.connect(self._on_due_all)
        self._due_all = made
        return made

    def _on_due_all(self) -> None:
        """What is typed is recorded first, so that no date of it comes back afterwards."""
        if not self.settle():
            return
        zone = self._desk.workplace.profile.zone
        today = self._desk.application.clock.now().astimezone(zone).date()
        dialog = DueDialog(self._desk, self._session, self, proposed=one_month_later(today))
        dialog.recorded.connect(self._on_due_recorded)
        dialog.open()

    def _on_due_recorded(self, count: int) -> None:
        self.show_recorded()
        self.said.emit(self._desk.say("due_dates.done", count=count))

    def _nothing_found(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addWidget(heading(self._desk.say("review.findings.none")))
        column.addWidget(body(self._desk.say("review.findings.none_next")))
        column.addStretch()
        return page

    def _on_chosen(self, target: str) -> None:
        if target == self.chosen:
            return
        finding = next((one for one in self._session.findings() if one.id == target), None)
        if finding is None:
            return
        if not self.settle():  # what was refused stays before the eyes
            self._list.choose(str(self.chosen))
            return
        self._drop_editor()
        editor = FindingEditor(self._desk, self._session, finding)
        editor.said.connect(self.said)
        editor.refused.connect(self.refused)
        editor.reason_wanted.connect(self.reason_wanted)
        self._editor = editor
        self._shown = scrolling(editor, "review.finding")
        self._room.addWidget(self._shown)
        self._room.setCurrentWidget(self._shown)
        editor.follow(self._list)

    def _drop_editor(self) -> None:
        if self._editor is None or self._shown is None:
            return
        self._room.setCurrentWidget(self._none)
        self._room.removeWidget(self._shown)
        self._shown.deleteLater()
        self._editor = self._shown = None


def _note(desk: Desk, session: Session) -> QLabel:
    name = "order_note" if session.instrument.weighted else "order_by_kind_note"
    return quiet(desk.words(f"findings.{name}"))
