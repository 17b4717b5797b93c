"""What can be seen, reached and heard of a window, as plain facts for tests to judge."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from tests.ui.hearing import Heard, hear
from tests.ui.inks import faint

from assessor_app.texts import Language
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.widgets.answer_cell import AnswerCell
from assessor_app.ui.widgets.eliding import ElidingLabel

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)
_WITHIN = (QComboBox, QAbstractSpinBox, QLineEdit, QTabBar, QAbstractItemView, QCalendarWidget)
_STOPS = 400  # more presses of Tab than any page has places
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be acted upon; `height` is of its lowest target, in pixels."""

    name: str
    spoken: str
    height: int
    reached: bool  # by the tab key


@dataclass(frozen=True, slots=True)
class Seen:
    """One page of one window."""

    page: str
    language: Language
    size: tuple[int, int]
    controls: tuple[Control, ...]
    cramped: tuple[str, ...]  # what has less room than its words need
    texts: tuple[str, ...]  # all that is seen, shown as a tip, or spoken
    heard: tuple[Heard, ...]  # all that a screen reader is told of
    faint: tuple[str, ...]  # words that are drawn too much like their ground


def on_top(window: QWidget) -> QWidget:
    """The dialog that stands over the window and takes the keys, or the window itself."""
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    return dialogs[-1] if dialogs else window


def survey(window: MainWindow, page: str) -> Seen:
    """Look at all that is visible, and walk through it with the tab key."""
    top = on_top(window)
    QTest.qWaitForWindowActive(top)
    reached = _walked(top)
    visible = [one for one in top.findChildren(QWidget) if one.isVisible()]
    controls = [one for one in visible if isinstance(one, _CONTROLS) and not _is_inner(one)]
    return Seen(
        page,
        window.desk.language,
        (window.width(), window.height()),
        tuple(_control(one, reached) for one in controls),
        tuple(cramped for one in visible for cramped in _cramped(one)),
        tuple(text for one in (window, top, *visible) for text in _texts(one) if text),
        hear(top),
        tuple(faint(top)),
    )


def _is_inner(widget: QWidget) -> bool:
    """Part of another control: the field of a combo box, the head of a table."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, _WITHIN):
            return True
        above = above.parentWidget()
    return isinstance(widget, QHeaderView)


def _walked(window: QWidget) -> set[int]:
    """The ids of all widgets that the tab key comes to from the window's first control on."""
    first = window.nextInFocusChain()
    while first and not (first.isVisible() and first.focusPolicy() & Qt.FocusPolicy.TabFocus):
        first = first.nextInFocusChain()
    assert first is not None
    first.setFocus(Qt.FocusReason.TabFocusReason)
    reached: set[int] = set()
    before: QWidget | None = None
    for _ in range(_STOPS):
        now = QApplication.focusWidget()
        if now is None or (id(now) in reached and now is not before):
            break
        reached.add(id(now))
        before = now
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return reached


def _control(widget: QWidget, reached: set[int]) -> Control:
    spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return Control(
        widget.objectName() or type(widget).__name__,
        spoken,
        _height(widget),
        not widget.isEnabled()
        or id(widget) in reached
        or _is_answered_by(widget, reached)
        or _has_reached_brother(widget, reached),
    )


def _is_answered_by(widget: QWidget, reached: set[int]) -> bool:
    """Part of a cell that has the focus as a whole, and keys of its own for what is in it."""
    above = widget.parentWidget()
    held = widget.focusPolicy() is Qt.FocusPolicy.NoFocus and isinstance(above, AnswerCell)
    return held and id(above) in reached


def _has_reached_brother(widget: QWidget, reached: set[int]) -> bool:
    """Of buttons that exclude each other the tab key comes to one, and the arrows to the others."""
    above = widget.parentWidget()
    if not isinstance(widget, QAbstractButton) or above is None:
        return False
    group = widget.group()
    if group is not None and group.exclusive():
        return any(id(one) in reached for one in group.buttons())
    brothers = above.findChildren(QRadioButton) if isinstance(widget, QRadioButton) else ()
    return any(id(one) in reached for one in brothers)


def _height(widget: QWidget) -> int:
    if isinstance(widget, QAbstractItemView):
        places = [widget.visualRect(index) for index in _indexes(widget) if _is_target(index)]
        heights = [one.height() for one in places if not one.isEmpty()]  # a hidden column has none
        return min(heights, default=widget.height())
    if isinstance(widget, QComboBox):
        rows_high = [widget.view().sizeHintForRow(row) for row in range(widget.count())]
        return min([widget.height(), *rows_high])
    return widget.height()


def _is_target(index: QModelIndex) -> bool:
    return bool(index.flags() & Qt.ItemFlag.ItemIsSelectable)


def _indexes(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    waiting = [QModelIndex()]
    while waiting and model is not None:
        parent = waiting.pop()
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for row in range(model.rowCount(parent)):
            for column in range(columns):
                yield (index := model.index(row, column, parent))
                waiting.append(index)


def _cramped(widget: QWidget) -> Iterator[str]:
    match widget:
        case ElidingLabel():
            return  # the whole stands in its tip
        case QLabel() if widget.text() and widget.pixmap().isNull():
            yield from _cramped_label(widget)
        case QPushButton() if widget.text() and widget.sizeHint().width() > widget.width():
            yield f"{widget.objectName()}: {widget.text()}"
        case QLineEdit() if widget.placeholderText() and not widget.text():
            needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if needed > widget.width() - 16:
                yield f"{widget.objectName()}: {widget.placeholderText()}"
        case QTabBar():
            for place in range(widget.count()):
                needed = widget.fontMetrics().horizontalAdvance(widget.tabText(place))
                if needed > widget.tabRect(place).width():
                    yield f"{widget.objectName()}: {widget.tabText(place)}"
        case QScrollArea() if widget.horizontalScrollBar().maximum() and not _is_strip(widget):
            yield f"{widget.objectName()} scrolls sideways"


def _is_strip(area: QScrollArea) -> bool:
    """A row of photos, which is meant to be pushed sideways."""
    return area.objectName().endswith(".row")


def _cramped_label(label: QLabel) -> Iterator[str]:
    inner = label.contentsRect()
    if label.wordWrap():
        short = label.heightForWidth(label.width()) > label.height() + 1
    else:
        needed = max(map(label.fontMetrics().horizontalAdvance, label.text().split("\n")))
        short = needed > inner.width() + 1
    if short:
        yield f"label: {label.text()}"


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(place) for place in range(widget.count()))
        case QHeaderView():
            model = widget.model()
            columns = (
                model.columnCount() if widget.orientation() is Qt.Orientation.Horizontal else 0
            )
            for column in range(columns):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        case QAbstractItemView():
            found = (index.data(role) for index in _indexes(widget) for role in _ROLES)
            yield from (text for text in found if isinstance(text, str))
        case MainWindow() | QDialog():
            yield widget.windowTitle()
