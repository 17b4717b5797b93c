"""A step that is done for a reason: what it means, the reason, and the step itself."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.fitted import fit_height
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body, title
from assessor_app.ui.widgets.notice import Notice, Tone

_SHARE = 0.6  # of the window's width
_NARROWEST = 560  # pixels


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked before it is done, in final words; `name` begins the names of its parts."""

    name: str
    heading: str
    told: str
    example: str
    go: str


class ReasonDialog(QDialog):
    """Nothing happens before a reason is given; Esc leaves everything as it is."""

    done_so = Signal()

    def __init__(
        self, desk: Desk, over: QWidget, step: Step, *, act: Callable[[str], object]
    ) -> None:
        """`act` does the step for the reason; what it refuses is said, and the dialog stays."""
        super().__init__(over)
        self.setObjectName(step.name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(step.heading)
        self._desk = desk
        self._act = act
        self._reason = line_edit(f"{step.name}.reason", placeholder=step.example)
        self._field = Field(desk.say("step.reason"), self._reason)
        self._notice = Notice(desk.tokens, f"{step.name}.notice")
        leave = button(desk.say("step.cancel"), f"{step.name}.cancel")
        leave.clicked.connect(self.reject)
        go = button(step.go, f"{step.name}.go", role="primary")
        go.clicked.connect(self._on_go)
        go.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(step.heading))
        column.addWidget(body(step.told))
        column.addWidget(self._field)
        column.addWidget(self._notice)
        column.addLayout(row)
        fit_height(self, width=max(_NARROWEST, round(over.window().width() * _SHARE)))
        self._reason.setFocus()

    def _on_go(self) -> None:
        self._notice.clear()
        reason = self._reason.text().strip()
        if not reason:
            self._field.show_fault(self._desk.say("step.reason_missing"))
            fit_height(self, width=self.width())
            self._reason.setFocus()
            return
        try:
            self._act(reason)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            fit_height(self, width=self.width())
            return
        self.accept()
        self.done_so.emit()
