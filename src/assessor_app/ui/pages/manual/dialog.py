"""The manual over the page that one works on: what is typed there stays as it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.services.manual import manual_pages, page_about, pages_with
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.manual.view import ManualView
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.theme import Space, grown, icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.fields import line_edit
from assessor_app.ui.widgets.labels import quiet, title

_SHARE = 0.92  # of the window's size
_LIST_PX = 280  # that the list of pages is wide, beside the page
_BESIDE_PX = 600  # of a dialog that has room for list and page beside each other
_ANY = 16_777_215  # Qt's own largest width
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class ManualDialog(QDialog):
    """All pages at the left, the one that fits at the right; words are sought in all of them."""

    def __init__(self, desk: Desk, topic: str, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("manual")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("manual.title"))
        self._desk = desk
        self._pages = manual_pages(desk.language)
        self._topic: str | None = None
        self._left: list[str] = []
        """Topics that were left by a link, the last one last."""
        self._sought = line_edit("manual.search", placeholder=desk.say("manual.search"))
        self._sought.setAccessibleName(desk.say("manual.search"))
        self._sought.setClearButtonEnabled(True)
        self._sought.textChanged.connect(self._show_found)
        self._none = quiet(desk.say("manual.none"))
        self._none.setObjectName("manual.none")
        self._list = RowView("manual.pages", desk.tokens, spoken=desk.say("manual.pages"))
        self._list.chosen.connect(self._show)
        self._view = ManualView(desk.tokens)
        self._view.followed.connect(self._on_followed)
        self._both = QBoxLayout(_BESIDE)
        self._furnish()
        self.resize(over.window().size() * _SHARE)
        self._show_found("")
        self.show_topic(topic)
        self._view.setFocus()

    @property
    def topic(self) -> str | None:
        """What the page that is shown is about; None where the manual is not installed."""
        return self._topic

    def show_topic(self, topic: str) -> None:
        """Show the page about that; where there is none, the first."""
        page = page_about(self._pages, topic) or next(iter(self._pages), None)
        if page is None:
            return
        if not self._list.rows.place_of(page.topic).isValid():
            self._sought.clear()
        self._list.choose(page.topic)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= max(grown(_BESIDE_PX), self.height())
        self._both.setDirection(_BESIDE if beside else _BELOW)
        self._side.setMaximumWidth(grown(_LIST_PX) if beside else _ANY)
        self._side.setMaximumHeight(_ANY if beside else self.height() // 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads from the search to what was found, and closes nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._sought.hasFocus():
            self._list.setFocus()
            return
        super().keyPressEvent(event)

    def _furnish(self) -> None:
        say = self._desk.say
        left = QVBoxLayout()
        left.setSpacing(Space.SMALL)
        left.setContentsMargins(0, 0, 0, 0)
        for part in (self._sought, self._none, self._list):
            left.addWidget(part)
        self._side = QWidget()
        self._side.setLayout(left)
        self._both.setSpacing(Space.MEDIUM)
        self._both.addWidget(self._side)
        self._both.addWidget(self._view, stretch=1)
        close = button(say("manual.close"), "manual.close", role="primary")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addLayout(self._both, stretch=1)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)

    def _head(self) -> QHBoxLayout:
        say, ink = self._desk.say, self._desk.tokens.ink
        self._back = icon_button(say("manual.back"), "manual.back", icon("back", ink))
        self._back.clicked.connect(self._on_back)
        self._back.setEnabled(False)
        printing = icon_button(say("manual.print"), "manual.print", icon("print", ink))
        printing.clicked.connect(self._on_print)
        for keys, act in (
            ("Alt+Left", self._on_back),
            ("Ctrl+P", self._on_print),
            ("Ctrl+F", self._on_search_wanted),
        ):
            QShortcut(QKeySequence(keys), self, act)
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        head.addWidget(self._back)
        head.addWidget(title(say("manual.title")), stretch=1)
        head.addWidget(printing)
        return head

    def _show_found(self, sought: str) -> None:
        """List what holds the words; the page that is read stays while others are sought."""
        found = pages_with(self._pages, sought)
        self._list.rows.show_rows([Row(page.title, target=page.topic) for page in found])
        self._none.setVisible(not found)
        self._view.mark(sought)
        if self._topic is not None:
            self._list.choose(self._topic)

    def _show(self, topic: str) -> None:
        page = page_about(self._pages, topic)
        if page is None or topic == self._topic:
            return
        self._topic = topic
        self._view.setAccessibleName(page.title)
        self._view.show_page(page, self._sought.text())

    def _on_followed(self, topic: str) -> None:
        if self._topic is not None and page_about(self._pages, topic) is not None:
            self._left.append(self._topic)
            self._back.setEnabled(True)
            self.show_topic(topic)

    def _on_back(self) -> None:
        if self._left:
            self.show_topic(self._left.pop())
            self._back.setEnabled(bool(self._left))

    def _on_print(self) -> None:
        from assessor_app.ui.pages.manual.paper import print_page

        page = page_about(self._pages, self._topic or "")
        if page is not None:
            print_page(self._desk, self, page)

    def _on_search_wanted(self) -> None:
        self._sought.setFocus()
        self._sought.selectAll()
