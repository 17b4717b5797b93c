"""Other words for a finding or its advice: chosen from a list, and one's own kept there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.findings import Finding
from assessor_app.domain.problem import Problem
from assessor_app.services.finding_templates import (
    Offered,
    Part,
    forget_template,
    keep_template,
    name_of,
    offered,
)
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.review.template_editing import TemplateEditing
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

_SHARE = 0.75  # of the window, in both directions


class FindingTemplates(QDialog):
    """A tap takes a text over; Esc leaves everything as it is."""

    chosen = Signal(str)  # the text, its places filled

    def __init__(
        self,
        desk: Desk,
        session: Session,
        finding: Finding,
        part: Part,
        *,
        text: str,
        over: QWidget,
    ) -> None:
        """`text` is what stands in the field now, and can be kept."""
        super().__init__(over)
        self.setObjectName("finding_templates")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._session, self._finding, self._part = desk, session, finding, part
        self._text = text.strip()
        self._offered: tuple[Offered, ...] = ()
        say = desk.say
        heading = say(f"finding_templates.{part.value}", code=finding.indicator.code)
        self.setWindowTitle(heading)
        self._notice = Notice(desk.tokens, "finding_templates.notice")
        self._list = RowView(
            "finding_templates.list", desk.tokens, spoken=say("finding_templates.spoken")
        )
        self._list.followed.connect(self._on_followed)
        self._list.chosen.connect(lambda _: self._show_removing())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(heading))
        column.addWidget(quiet(say("finding_templates.hint")))
        column.addWidget(self._notice)
        column.addWidget(self._list, stretch=1)
        column.addLayout(self._foot())
        self.resize(over.window().size() * _SHARE)
        self._show()
        self._list.setFocus()

    def _foot(self) -> QGridLayout:
        """Two buttons in a row: a narrow window has no room for more."""
        say, ink = self._desk.say, self._desk.tokens.accent
        code = self._finding.indicator.code
        keep = button(
            say("finding_templates.keep", code=code),
            "finding_templates.keep",
            icon=icon("add", ink),
        )
        keep.clicked.connect(lambda: self._on_keep(code))
        keep_all = button(
            say("finding_templates.keep_all"), "finding_templates.keep_all", icon=icon("add", ink)
        )
        keep_all.clicked.connect(lambda: self._on_keep(None))
        for one in (keep, keep_all):
            one.setEnabled(bool(self._text))
        self._remove = button(
            say("finding_templates.remove"), "finding_templates.remove", icon=icon("trash", ink)
        )
        self._remove.clicked.connect(self._on_remove)
        self._edit = button(
            say("finding_templates.edit"), "finding_templates.edit", icon=icon("edit", ink)
        )
        self._edit.clicked.connect(self._on_edit)
        leave = button(say("finding_templates.leave"), "finding_templates.leave")
        leave.clicked.connect(self.reject)
        grid = QGridLayout()
        grid.setSpacing(8)
        buttons: tuple[QPushButton, ...] = (keep, keep_all, self._edit, self._remove)
        for place, one in enumerate(buttons):
            grid.addWidget(one, place // 2, place % 2)
        grid.addWidget(leave, 2, 1)
        return grid

    def _show(self) -> None:
        """The indicator's own first, then one's own, then what fits any."""
        desk = self._desk
        self._offered = offered(
            desk.workplace,
            self._finding,
            self._session.snapshot,
            self._part,
            language=desk.language,
        )
        rows = [
            Row(
                one.text,
                target=str(place),
                detail=desk.say("finding_templates.own") if one.id else one.title,
                sign="person" if one.id else "template",
                tone="teal",
            )
            for place, one in enumerate(self._offered)
        ]
        self._list.rows.show_rows(rows)
        self._list.choose_first()
        self._show_removing()

    def _current(self) -> Offered | None:
        row = self._list.currentIndex().row()
        return self._offered[row] if 0 <= row < len(self._offered) else None

    def _show_removing(self) -> None:
        one = self._current()
        for act in (self._edit, self._remove):
            act.setEnabled(one is not None and one.id is not None)

    def _on_followed(self, target: str) -> None:
        text = self._offered[int(target)].text
        self.accept()
        self.chosen.emit(text)

    def _on_keep(self, indicator: str | None) -> None:
        try:
            keep_template(
                self._desk.workplace,
                self._text,
                self._part,
                indicator=indicator,
                gap=name_of(self._finding),
            )
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._notice.tell(self._desk.say("finding_templates.kept"), Tone.SUCCESS)
        self._show()

    def _on_edit(self) -> None:
        one = self._current()
        if one is None or one.id is None:
            return
        editing = TemplateEditing(self._desk, one, self)
        editing.changed.connect(self._on_changed)
        editing.open()

    def _on_changed(self) -> None:
        self._notice.tell(self._desk.say("finding_templates.kept"), Tone.SUCCESS)
        self._show()

    def _on_remove(self) -> None:
        one = self._current()
        if one is None or one.id is None:
            return
        try:
            forget_template(self._desk.workplace, one.id)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._notice.clear()
        self._show()
