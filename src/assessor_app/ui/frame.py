"""What stands around every page: the bar above, what is told, and the status line below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import BESIDE, DOORS, STEPS, PageName
from assessor_app.ui.widgets.status_line import StatusLine
from assessor_app.ui.widgets.top_bar import BarTexts, TopBar

if TYPE_CHECKING:  # the first frame is painted without it
    from assessor_app.domain.visit import Visit
    from assessor_app.ui.pages.timing.strip import WatchStrip
    from assessor_app.ui.telling import Telling


class Frame(QWidget):
    """Made anew with the language and the colours; shows one page at a time."""

    acted = Signal()  # on what is told over the page
    watch_made = Signal()  # the strip of a stopwatch

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.bar = TopBar(_texts(desk), desk.tokens)
        self._telling: Telling | None = None
        self._watch: WatchStrip | None = None
        self._pages = QStackedWidget()
        self._status = StatusLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._pages, stretch=1)
        column.addWidget(self._status)
        self._column = column

    @property
    def page(self) -> QWidget | None:
        """The page that is shown; None before the first and after the last."""
        return self._pages.currentWidget()

    @property
    def ground(self) -> QWidget:
        """What pages stand in."""
        return self._pages

    def show_page(self, page: QWidget) -> None:
        """Show a page in the place of the last one, which is gone."""
        left = self.page
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if left is not None:
            self._remove(left)
        said = getattr(page, "said", None)
        if said is not None:
            said.connect(self._status.say)
        self._status.say(getattr(page, "hint", ""))
        page.setFocus()

    def say(self, text: str) -> None:
        """Say something in the line below the page."""
        self._status.say(text)

    def take_page_away(self) -> None:
        """Show none."""
        if self.page is not None:
            self._remove(self.page)

    @property
    def telling(self) -> "Telling":
        """What is told over the page."""
        if self._telling is None:
            from assessor_app.ui.telling import Telling

            self._telling = Telling(self._desk)
            self._telling.acted.connect(self.acted)
            self._column.insertWidget(1, self._telling)
        return self._telling

    @property
    def watching(self) -> bool:
        """Whether the strip of a stopwatch was made."""
        return self._watch is not None

    @property
    def watch(self) -> "WatchStrip":
        """The stopwatch over the page; made when a visit is first opened."""
        if self._watch is None:
            from assessor_app.ui.pages.timing.strip import WatchStrip

            self._watch = WatchStrip(self._desk)
            self._column.insertWidget(1, self._watch)
            self.watch_made.emit()
        return self._watch

    def tell_nothing(self) -> None:
        if self._telling is not None:
            self._telling.clear()

    def show_place(self, page: PageName, visit: "Visit | None") -> None:
        """Let the bar say which visit is open, and where one can go from here."""
        homes = (*DOORS, PageName.VISITS)
        unlocked = self._desk.unlocked
        self.bar.show_ways(
            back=page not in homes,
            lock=unlocked,
            device=page is not PageName.DEVICE,
        )
        page = BESIDE.get(page, page)
        if visit is None or page not in STEPS:
            self.bar.show_visit(None)
            return
        self.bar.show_visit(
            self._desk.say("bar.visit", unit=visit.unit, institution=visit.institution),
            sample=visit.sample,
            step=page.value,
            steps=[step.value for step in STEPS],
        )

    def _remove(self, page: QWidget) -> None:
        self._pages.removeWidget(page)
        page.resize(0, 0)  # at its end Qt has its place painted once more, though it is hidden
        page.deleteLater()  # not at once: what led on may be a signal of its own


def _texts(desk: Desk) -> BarTexts:
    say = desk.say
    return BarTexts(
        product=say("window.title"),
        back=say("bar.back"),
        language=say("bar.other_language"),
        scheme=say(f"bar.scheme.{'light' if desk.scheme.is_dark else 'dark'}"),
        lock=say("bar.lock"),
        device=say("bar.device"),
        help=say("bar.help"),
        sample=say("bar.sample"),
        steps=tuple((step.value, say(f"bar.step.{step.value}")) for step in STEPS),
        steps_name=say("bar.steps"),
    )
