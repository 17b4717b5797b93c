"""Other words for one of one's own templates, with its places as they were typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.finding_templates import Offered, change_template
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field
from assessor_app.ui.widgets.labels import title


class TemplateEditing(QDialog):
    """Esc leaves the template as it is; what is refused stays typed."""

    changed = Signal()

    def __init__(self, desk: Desk, template: Offered, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("finding_template.editing")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._template = template
        say = desk.say
        heading = say("finding_templates.edit")
        self.setWindowTitle(heading)
        self._text = QPlainTextEdit(template.title)
        self._text.setObjectName("finding_template.text")
        self._text.setTabChangesFocus(True)
        hint = say("finding_templates.places")
        self._field = Field(say("finding_templates.text"), self._text, hint=hint)
        leave = button(say("finding_templates.leave"), "finding_template.leave")
        leave.clicked.connect(self.reject)
        keep = button(say("finding_templates.save"), "finding_template.save", role="primary")
        keep.clicked.connect(self._on_save)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(heading))
        column.addWidget(self._field, stretch=1)
        column.addLayout(row)
        self.resize(over.window().size())  # the list that it is changed from
        self._text.setFocus()

    def _on_save(self) -> None:
        try:
            change_template(
                self._desk.workplace, str(self._template.id), self._text.toPlainText().strip()
            )
        except Problem as problem:
            self._field.show_fault(self._desk.told(problem))
            self._text.setFocus()
            return
        self.accept()
        self.changed.emit()
