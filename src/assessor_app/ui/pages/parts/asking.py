"""A dialog that asks, works, and tells what came of it in the place of what it asked."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.parts.fitted import fit_height
from assessor_app.ui.pages.parts.waiting import Waiting
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from assessor_app.ui.tasks import Tell

Result = TypeVar("Result")

_WIDE = 680  # pixels


class AskingDialog(QDialog):
    """Esc drops nothing that is being worked on; `name` begins the names of its parts."""

    def __init__(
        self, desk: Desk, over: QWidget, *, name: str, heading: str, about: str = ""
    ) -> None:
        super().__init__(over)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self._desk = desk
        self._notice = Notice(desk.tokens, f"{name}.notice")
        self._asking, self._asked = _column(spacing=12)
        self._told, self._result = _column(spacing=8)
        self._told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(title(heading))
        if about:
            column.addWidget(quiet(about))
        for part in (self._notice, self._asking, self._told):
            column.addWidget(part)
        column.addStretch(1)
        self._busy = Busy(self, desk.tokens)
        self._waiting = Waiting(
            desk, self._busy, owner=self, stopped=lambda told: self._notice.tell(told, Tone.INFO)
        )

    def reject(self) -> None:
        """Esc does not leave what is being worked on."""
        if not self._busy.isVisible():
            super().reject()

    def _ask(self, *parts: QWidget, cancel: str, go: QPushButton) -> None:
        """Lay out what is asked, with the two buttons below it."""
        leave = button(cancel, f"{self.objectName()}.cancel")
        leave.clicked.connect(self.reject)
        _fill(self._asked, parts, (leave, go))
        self._fit()

    def _fit(self) -> None:
        """As high as what is said in it now."""
        let_flow(self)
        fit_height(self, width=_WIDE)

    def _work(
        self,
        work: "Callable[[Tell], Result]",
        *,
        working: Callable[[str], str],
        done: Callable[[Result], None],
        failed: Callable[[Problem], None],
    ) -> None:
        """Do a work behind the veil; `working` says how far it is, at first of nothing."""

        self._notice.clear()
        self._waiting.begin(work, working(""), done=done, failed=failed, worded=working)

    def _tell_result(self, lines: Iterable[QWidget], *ways: QPushButton) -> None:
        """Say what came of it; the last of the buttons is the way on."""
        _fill(self._result, lines, ways)
        self._asking.hide()
        self._told.show()
        self._fit()
        ways[-1].setFocus()


def show_fault(field: Field, editor: QLineEdit, text: str) -> None:
    """Say what is wrong at a field, and let it be typed anew."""
    field.show_fault(text)
    editor.setFocus()
    editor.selectAll()


def percents(tell: "Tell") -> Callable[[int, int], None]:
    """Hears of bytes and tells of whole percents, each once."""
    told = -1

    def hear(done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // total if total else 100
        if percent != told:
            told = percent
            tell(str(percent))

    return hear


def _column(*, spacing: int) -> tuple[QWidget, QVBoxLayout]:
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return room, column


def _fill(column: QVBoxLayout, parts: Iterable[QWidget], buttons: Iterable[QPushButton]) -> None:
    for part in parts:
        column.addWidget(part)
    column.addSpacing(8)
    row = QHBoxLayout()
    row.addStretch(1)
    for one in buttons:
        row.addWidget(one)
    column.addLayout(row)
