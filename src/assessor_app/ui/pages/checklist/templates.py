"""Note templates: chosen from a short list for the note of a side, one's own kept and changed."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.note_templates import (
    NoteTemplate,
    change_template,
    keep_template,
    templates_for,
)
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.side_pane import SidePane
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.answer_button import AnswerButton
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.fields import RestingLine
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.sign_face import SignFace

_WIDE = 560  # pixels
_DIGITS = "123456789"
_SIGN = 20  # pixels


class Templates(QObject):
    """Opens the list over the page; what is chosen is written into the note, and gone on with."""

    said = Signal(str)
    refused = Signal(object)  # Problem

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page

    def ask(self, pane: SidePane) -> None:
        """Let a template be chosen for the note of a side."""
        dialog = TemplateDialog(self._desk, pane, self._page)
        dialog.said.connect(self.said)
        dialog.open()


class TemplateDialog(QDialog):
    """A digit or a tap inserts; one's own can be written anew or taken away."""

    said = Signal(str)

    def __init__(self, desk: Desk, pane: SidePane, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("templates")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        side = desk.words(f"side_within.{pane.side.value}")
        self.setWindowTitle(desk.say("templates.title", side=side))
        self._desk, self._pane = desk, pane
        self._notice = Notice(desk.tokens, "templates.notice")
        self._content = QWidget()
        self._list = QVBoxLayout(self._content)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(6)
        self._shown: tuple[NoteTemplate, ...] = ()
        keep = button(
            desk.say("templates.keep"), "templates.keep", icon=icon("add", desk.tokens.accent)
        )
        keep.clicked.connect(self._on_keep)
        keep.setEnabled(bool(pane.note.strip()))
        close = button(desk.say("templates.close"), "templates.close")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(keep)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(title(desk.say("templates.title", side=side)))
        column.addWidget(quiet(desk.say("templates.told")))
        column.addWidget(self._notice)
        column.addWidget(scrolling(self._content, "templates.list"), stretch=1)
        column.addLayout(foot)
        room = over.window().size()
        self.resize(min(grown(_WIDE), room.width() - 24), round(room.height() * 0.8))
        for digit in _DIGITS:
            shortcut = QShortcut(QKeySequence(digit), self)
            shortcut.activated.connect(lambda digit=digit: self._on_digit(digit))
        self._show()

    def _show(self) -> None:
        """What there is now; the first has the focus."""
        while (item := self._list.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self._shown = templates_for(
            self._desk.workplace,
            self._desk.words,
            side=self._pane.side,
            kind=self._pane.kind,
            answered=self._pane.given,
        )
        for place, one in enumerate(self._shown):
            self._list.addWidget(self._line(place, one))
        self._list.addStretch(1)
        first = self.findChild(QPushButton, "templates.0")
        if first is not None:
            first.setFocus()

    def _line(self, place: int, one: NoteTemplate) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        key = _DIGITS[place] if place < len(_DIGITS) else ""
        insert = self._entry(one.text, key=key, name=f"templates.{place}")
        insert.clicked.connect(lambda: self._insert(one))
        row.addWidget(insert, stretch=1)
        if one.id is not None:
            field = RestingLine(f"templates.{place}.text")
            field.setText(one.text)
            field.hide()
            field.returnPressed.connect(lambda: self._change(one, field.text()))
            ink = self._desk.tokens.accent
            edit = icon_button(
                self._desk.say("templates.edit"), f"templates.{place}.edit", icon("edit", ink)
            )
            edit.clicked.connect(lambda: _write_anew(insert, field))
            remove = icon_button(
                self._desk.say("templates.remove"), f"templates.{place}.remove", icon("trash", ink)
            )
            remove.clicked.connect(lambda: self._change(one, ""))
            for made in (field, edit, remove):
                row.addWidget(made)
        return part

    def _entry(self, text: str, *, key: str, name: str) -> AnswerButton:
        """A text as a button, on as many lines as it needs."""
        sign = icon("template", self._desk.tokens.accent, size=_SIGN).pixmap(_SIGN, _SIGN)

        def draw(painter: QPainter, place: QRectF, _: bool) -> None:  # noqa: FBT001 - as a face calls it
            painter.drawPixmap(place.topLeft(), sign)

        face = SignFace(text, key, self._desk.tokens, sign=_SIGN, draw_sign=draw)
        made = AnswerButton(name, text, face, key=key, stays=False)
        made.setCheckable(False)
        made.speak_with("")
        return made

    def _insert(self, one: NoteTemplate) -> None:
        self.close()
        self._pane.insert_into_note(one.text)

    def _on_digit(self, digit: str) -> None:
        place = _DIGITS.index(digit)
        if place < len(self._shown):
            self._insert(self._shown[place])

    def _on_keep(self) -> None:
        try:
            keep_template(self._desk.workplace, self._pane.note, side=self._pane.side)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self.said.emit(self._desk.say("templates.kept"))
        self._show()

    def _change(self, one: NoteTemplate, text: str) -> None:
        try:
            change_template(self._desk.workplace, str(one.id), text=text)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._show()


def _write_anew(shown: QWidget, field: QWidget) -> None:
    """A field takes the place of what it changes."""
    shown.hide()
    field.show()
    field.setFocus()
