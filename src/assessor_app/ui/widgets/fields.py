"""Fields of a form: a label above, the editor, and what is wrong with it below."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from assessor_app.ui.theme import dress, set_look
from assessor_app.ui.widgets.choices import Choices
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.note_edit import NoteEdit
from assessor_app.ui.widgets.painting import draw_warning
from assessor_app.ui.widgets.resting import Resting

__all__ = ["Field", "NoteEdit", "RestingLine", "choose", "combo", "line_edit", "value_of"]

_SIGN = 18
_FEWEST_LETTERS = 12  # that a closed combo box has room for
_BESIDE = 4  # pixels around the text in it


class Field(QWidget):
    """An editor with its label; the label names it to screen readers too."""

    def __init__(self, label: str, editor: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self._editor = editor
        self._hint = hint
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(_name_of(editor, label))
        grows = editor.sizePolicy().expandingDirections() & Qt.Orientation.Vertical
        layout.addWidget(editor, stretch=1 if grows else 0)
        if hint:
            layout.addWidget(quiet(hint))
            editor.setAccessibleDescription(hint)
        self._fault = QWidget()
        self._fault_text = quiet("")
        dress(self._fault_text, "fault")
        layout.addWidget(self._fault)
        layout.addStretch(0)  # room to spare goes below, never between label and editor
        self._fill_fault()
        for changed in _changes_of(editor):
            changed.connect(self.clear_fault)

    def show_fault(self, text: str) -> None:
        """Say in red, with a sign, what is wrong with what was entered."""
        self._fault_text.setText(text)
        self._fault.setVisible(True)
        self._editor.setAccessibleDescription(text)
        set_look(self._editor, "fault", True)

    def clear_fault(self) -> None:
        """Nothing is wrong (any more); what is typed anew has not been judged yet."""
        if not self._fault_text.text():
            return
        self._fault_text.clear()
        self._fault.setVisible(False)
        self._editor.setAccessibleDescription(self._hint)
        set_look(self._editor, "fault", False)

    def _fill_fault(self) -> None:
        row = QHBoxLayout(self._fault)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_FaultSign(), alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._fault_text, stretch=1)
        self._fault.setVisible(False)


def line_edit(name: str, *, secret: bool = False, placeholder: str = "") -> QLineEdit:
    """One line of text; a secret one shows dots."""
    editor = QLineEdit()
    editor.setObjectName(name)
    editor.setPlaceholderText(placeholder)
    if secret:
        editor.setEchoMode(QLineEdit.EchoMode.Password)
        editor.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
    return editor


class _FaultSign(QWidget):
    """An octagon with an exclamation mark, in the palette's colour for what must be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_SIGN, _SIGN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 2, -1, 0)
        draw_warning(painter, place, colour=self.palette().brightText().color())


class RestingLine(QLineEdit):
    """One line of text that reports itself when typing rests or the line is left, if changed."""

    settled = Signal(str)

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(placeholder)
        self.typed = Resting(self, read=self.text, write=self._write)
        self.typed.settled.connect(self.settled)
        self.textChanged.connect(self.typed.on_typed)
        self.editingFinished.connect(self.typed.settle)

    def _write(self, text: str) -> None:
        """Show a text from its beginning, where it is longer than its field."""
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)


class _Combo(QComboBox):
    """A combo box that a scrolling page may pass under the wheel without being changed.

    What has no room in it ends with an ellipsis, and is told whole where it is pointed at.
    """

    def enterEvent(self, event: QEnterEvent) -> None:
        self.setToolTip(self.currentText())
        super().enterEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        elided = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - _BESIDE
        )
        option.currentText = elided
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def combo(name: str, rows: Sequence[tuple[str, str]]) -> QComboBox:
    """A choice out of rows of (value, text); read it with `value_of`, set it with `choose`."""
    made = _Combo()
    made.setObjectName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(_FEWEST_LETTERS)
    made.setItemDelegate(QStyledItemDelegate(made))  # the only one that obeys the style sheet
    for value, text in rows:
        made.addItem(text, value)
        made.setItemData(made.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
    return made


def value_of(combo: QComboBox) -> str:
    """The value of the chosen row; empty where none is chosen."""
    value = combo.currentData()
    return value if isinstance(value, str) else ""


def choose(combo: QComboBox, value: str) -> None:
    """Choose the row with a value; none where no row has it."""
    combo.setCurrentIndex(combo.findData(value))


def _changes_of(editor: QWidget) -> Iterator[SignalInstance]:
    """What tells that something else is typed or chosen in an editor, or in the one within it."""
    for one in (editor, *editor.findChildren(QWidget)):
        match one:
            case QLineEdit() | QPlainTextEdit():
                yield one.textChanged
            case QComboBox():
                yield one.currentIndexChanged
            case Choices():
                yield one.chosen


def _name_of(editor: QWidget, text: str) -> QLabel:
    """The label above an editor, which it names."""
    label = quiet(text)
    dress(label, "label")
    label.setBuddy(editor)
    editor.setAccessibleName(text)
    return label
