"""What is to be told of a table in many lines: they can be scrolled, selected and copied."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import TOUCH_TARGET_PX, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import title
from assessor_app.ui.widgets.notice import Notice, Tone


class ReportView(QWidget):
    """A headline and its lines; going back leads to the page's list.

    `prefix` is the page's name, which begins the names of its parts and of its sentences.
    """

    left = Signal()

    def __init__(self, desk: Desk, prefix: str = "results") -> None:
        super().__init__()
        self._desk = desk
        self._title = title("")
        self._notice = Notice(desk.tokens, f"{prefix}.report.notice")
        self._lines = QTextEdit()
        self._lines.setObjectName(f"{prefix}.report.lines")
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setMinimumHeight(TOUCH_TARGET_PX)
        self._copied = button(
            desk.say(f"{prefix}.copy"), f"{prefix}.report.copy", icon=icon("paste", desk.tokens.ink)
        )
        self._copied.clicked.connect(self._on_copy_wanted)
        back = button(
            desk.say(f"{prefix}.back"),
            f"{prefix}.report.back",
            role="flat",
            icon=icon("back", desk.tokens.accent),
        )
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._copied)
        head.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self._lines, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def take_focus(self) -> None:
        self._lines.setFocus()

    def show_lines(self, heading: str, told: str, lines: Sequence[str], *, tone: Tone) -> None:
        """Show what happened in a sentence, and below it line by line."""
        self._title.setText(heading)
        self._notice.tell(told, tone)
        self._lines.setAccessibleName(heading)
        self._lines.setPlainText("\n".join(lines))

    def _on_copy_wanted(self) -> None:
        QApplication.clipboard().setText(self._lines.toPlainText())
