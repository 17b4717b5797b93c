"""The receiver changed their mind after the document was issued: why, and what holds now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.review.receiver import ReceiverSection
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body, title

_SHARE = 0.9  # of the window's size


class AmendDialog(QDialog):
    """Nothing changes before a reason is given; Esc leaves everything as it is."""

    done_so = Signal()

    def __init__(self, desk: Desk, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("amend")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("documents.amend_title"))
        self._desk = desk
        example = desk.say("documents.amend_example")
        self._reason = line_edit("amend.reason", placeholder=example)
        self._reason_field = Field(desk.say("step.reason"), self._reason)
        self._receiver = ReceiverSection(desk, session, amends=self._told_reason)
        self._receiver.recorded.connect(self._on_recorded)
        leave = button(desk.say("step.cancel"), "amend.cancel")
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(desk.say("documents.amend_title")))
        column.addWidget(body(desk.say("documents.amend_told")))
        column.addWidget(self._reason_field)
        column.addWidget(self._receiver, stretch=1)
        column.addLayout(row)
        self.resize(over.window().size() * _SHARE)
        self._reason.setFocus()

    def _told_reason(self) -> str | None:
        """The reason, None where it is missing, which is said at its field."""
        reason = self._reason.text().strip()
        if reason:
            self._reason_field.clear_fault()
            return reason
        self._reason_field.show_fault(self._desk.say("step.reason_missing"))
        self._reason.setFocus()
        return None

    def _on_recorded(self) -> None:
        self.accept()
        self.done_so.emit()
