"""The window: which page is shown, and the way from each to the next; nothing else."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import (
    ASIDE,
    BESIDE,
    DOORS,
    STEPS,
    PageName,
    Where,
    build_page,
    door,
)
from assessor_app.ui.dropping import Dropping
from assessor_app.ui.frame import Frame
from assessor_app.ui.leaving import Left, may_be_left, settled
from assessor_app.ui.look_keys import LookKeys
from assessor_app.ui.looks import put_on, speak, switch_language, switch_scheme
from assessor_app.ui.manual_key import ManualKey
from assessor_app.ui.opened import Opened
from assessor_app.ui.preferences import Look
from assessor_app.ui.theme import icon, load_further_fonts

if TYPE_CHECKING:  # the first page is painted without them
    from assessor_app.services.session import Session
    from assessor_app.ui.doorkeeper import Doorkeeper
    from assessor_app.ui.taps import TapGuard

SMALLEST = (600, 600)  # pixels: half of a tablet's screen held upright


class MainWindow(QMainWindow):
    """Builds a page when it is gone to; what was in a page that is left is in the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(*SMALLEST)
        self.desk = desk
        self._opened = Opened(desk, self, refused=self._tell_of_photo)
        self._opened.news.connect(self._on_photos)
        self.session_at, self.photos_of = self._opened.session_at, self._opened.photos_of
        self.where = door(self.desk)
        """Where the assessor is."""
        self._came_from: Left | None = None
        self._warned = False
        self._taps: TapGuard | None = None
        self._keeper: Doorkeeper | None = None
        self._painted = False
        QShortcut(QKeySequence("Ctrl+L"), self, self._on_lock_wanted)
        LookKeys(desk, self).wanted.connect(self._change_look)
        ManualKey(self).wanted.connect(self.show_manual)
        desk.watches.changed.connect(self._show_watch)
        dropping = Dropping(self)
        dropping.document_dropped.connect(self.verify)
        dropping.bundle_dropped.connect(self.import_file)
        self._furnish()

    @property
    def frame(self) -> Frame:
        """What stands around the page; another one in each language and scheme of colours."""
        return self._frame

    @property
    def page(self) -> QWidget:
        """The page that is shown; the frame where none is."""
        return self._frame.page or self._frame

    @property
    def ground(self) -> QWidget:
        """What a page that takes long to style is built within from the start."""
        return self._frame.ground

    @property
    def session(self) -> "Session | None":
        """The visit that is open, if one is."""
        return self._opened.session

    @property
    def left_aside(self) -> Left | None:
        """The page that the one aside was gone to from, where that is one."""
        return self._came_from if self.where.page in ASIDE else None

    @property
    def keeper(self) -> "Doorkeeper":
        """Who minds the open store; made when one is opened."""
        if self._keeper is None:
            from assessor_app.ui.doorkeeper import Doorkeeper

            self._keeper = Doorkeeper(self.desk, self, window=self)
        return self._keeper

    # The ways

    def go(self, where: Where) -> None:
        """Show a page; what was typed in the one that is left is recorded first.

        Where that is refused, or the page cannot be opened, this one stays and it is said why.
        """
        if not self._leave():
            return
        try:
            page = build_page(where, self.desk, self)
        except Problem as problem:
            self._stay(problem)
            return
        self.where = where
        if where.page not in (*STEPS, *BESIDE, *ASIDE):
            self._opened.read_anew()
        self._frame.tell_nothing()
        self._show(page)
        self._remember()

    def _stay(self, problem: Problem) -> None:
        """Say why it goes no further; who has just opened the store stands before the list then."""
        if self.desk.unlocked and self.where.page in DOORS:
            self.go(Where(PageName.VISITS))
        self.tell(problem)

    def go_back(self) -> None:
        """To the list of visits or the door; from a page aside to where it was gone to from."""
        if not may_be_left(self.page):
            return
        before = self.left_aside
        if before is None or before.where.page in DOORS:
            self.go(Where(PageName.VISITS) if self.desk.unlocked else door(self.desk))
            return
        self._came_from = None
        self.go(before.where)
        before.restore(self.page)

    def open_visit(self, visit: str, indicator: str | None = None) -> None:
        """A visit at what is next in it: its checklist, or its document once it is closed."""
        where = Where(PageName.CHECKLIST, visit=visit, indicator=indicator)
        try:
            answerable = self.session_at(where).snapshot.visit.answerable
        except Problem as problem:
            self._stay(problem)
            return
        self.go(where if answerable else where.at(PageName.ISSUE))

    def open_anew(self, visit: str) -> None:
        """A visit that goes on under another instrument: nothing is kept of how it was read.

        It was moved while no photo was taken in; one that came since would find its way by the
        session that is let go of here, and be refused.
        """
        self.go(Where(PageName.VISITS))
        self._opened.let_go()
        self.open_visit(visit)

    def verify(self, path: Path | None = None) -> None:
        """Verify a PDF; going back leads to this page, with what is typed in it."""
        self._go_aside(Where(PageName.VERIFY, path=path))

    def look_after_device(self, section: str | None = None) -> None:
        """The settings, at a part of them; back leads to this page.

        Before a locked store: how the window looks.
        """
        if self.where.page is not PageName.DEVICE:
            self._go_aside(Where(PageName.DEVICE))
        stand = getattr(self.page, "stand", None)
        if section is not None and stand is not None:
            stand(section)

    def _go_aside(self, where: Where) -> None:
        if self.where.page not in ASIDE:
            self._came_from = Left.of(self.where, self.page)
        self.go(where)

    def show_manual(self, over: QWidget | None = None) -> None:
        """The page of the manual that fits where the assessor is; nothing here is left for it.

        `over` is the dialog that it stands over; without one, the window.
        """
        from assessor_app.ui.manual_topics import topic_at
        from assessor_app.ui.pages.manual.dialog import ManualDialog

        session = self._opened.session
        visit = session.snapshot.visit if session is not None else None
        topic = topic_at(self.where.page, self.page, over or self, visit)
        ManualDialog(self.desk, topic, over or self).open()

    def import_file(self, path: Path) -> None:
        """Take a visit in from a colleague's file; a store that is locked is to be opened first."""
        if not self.desk.unlocked:
            self._frame.telling.refuse(self.desk.say("lock.import_locked"))
            return
        self.go(Where(PageName.VISITS))
        take_in = getattr(self.page, "import_file", None)
        if take_in is not None:
            take_in(path)

    def look_at(self, indicator: str) -> None:
        """Another indicator of the checklist is looked at."""
        self.where = Where(PageName.CHECKLIST, visit=self.where.visit, indicator=indicator)
        QTimer.singleShot(0, self, self._remember)  # a file is written: first it is looked at

    def mend(self, indicator: str) -> None:
        """Go to an indicator of the open visit, to what is missing there."""
        self.go(Where(PageName.CHECKLIST, visit=self.where.visit, indicator=indicator))
        point_out = getattr(self.page, "point_out", None)
        if point_out is not None:
            point_out()

    # What is said

    def tell(self, problem: Problem) -> None:
        """Say over the page what could not be done."""
        self._frame.telling.refuse(self.desk.told(problem))

    def _tell_of_photo(self, problem: Problem) -> None:
        """What became of a file is told here where the page does not tell it itself."""
        if self.where.page not in (PageName.CHECKLIST, PageName.TRIALS):
            self.tell(problem)

    def _on_photos(self) -> None:
        """Photos that came while another page is shown wait for the checklist, and it is said."""
        count = self._opened.photos_waiting
        if count and self.where.page is not PageName.CHECKLIST:
            self._frame.telling.inform(self.desk.say("landing.waits_elsewhere", count=count))

    def tell_fault(self, name: str) -> None:
        """Say that the program made a mistake: what is recorded is not touched by it."""
        self._frame.telling.refuse(self.desk.say("window.fault", name=name))

    def _mind_watch(self) -> None:
        """A watch is shown: what it measures is recorded, and the page shows it."""
        strip = self._frame.watch
        strip.wanted.connect(self.mend)
        strip.refused.connect(self.tell)
        strip.measured.connect(self._on_measured)

    def _on_measured(self, done: object) -> None:
        show = getattr(self.page, "show_done", None)
        if show is not None:
            show(done)

    # How the window is furnished

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame first: the page behind the door is built once the window can be seen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._open_door)

    def _open_door(self) -> None:
        from assessor_app.ui.taps import TapGuard

        load_further_fonts()
        self._taps = TapGuard(self)
        if self._frame.page is None:  # nobody went anywhere else meanwhile
            self.go(self.where)

    def _show(self, page: QWidget) -> None:
        self._frame.show_page(page)
        session = self._opened.session
        visit = session.snapshot.visit if session is not None else None
        self._frame.show_place(self.where.page, visit)
        self._show_watch()

    def _show_watch(self) -> None:
        """The stopwatch of the open visit, over whatever page is shown."""
        session = self._opened.session
        if session is None and not self._frame.watching:
            return  # the first pages are painted without it
        strip = self._frame.watch
        strip.show_of(session if self.desk.unlocked else None)

    def _furnish(self) -> None:
        """The frame in the language and the colours of the desk; it has no page yet."""
        speak(self.desk.language)
        self.setWindowTitle(self.desk.say("window.title"))
        self.setWindowIcon(icon("app", self.desk.tokens.accent, size=64))
        self._frame = Frame(self.desk)
        bar = self._frame.bar
        bar.back_pressed.connect(self.go_back)
        bar.step_chosen.connect(lambda step: self.go(self.where.at(PageName(step))))
        # What is being worked on is told to the page that asked for it, before that page is gone.
        bar.language_pressed.connect(lambda: self._change_look(switch_language))
        bar.scheme_pressed.connect(lambda: self._change_look(switch_scheme))
        bar.lock_pressed.connect(self._on_lock_wanted)
        bar.device_pressed.connect(lambda: self._when_rested(self.look_after_device))
        bar.help_pressed.connect(self.show_manual)
        self._frame.acted.connect(lambda: self._when_rested(self.look_after_device))
        self._frame.watch_made.connect(self._mind_watch)
        self.setCentralWidget(self._frame)

    def _on_lock_wanted(self) -> None:
        stop = getattr(self.page, "stop", None)
        if stop is not None:
            stop()  # what nobody needs the end of
        if self.desk.unlocked:
            self.keeper.lock_when_free()

    def _when_rested(self, act: Callable[..., None], *given: object) -> None:
        """What is being worked on comes to its end first; who waits for it is told so."""
        if self.desk.tasks.running:
            self._frame.say(self.desk.say("window.waiting"))
        self.desk.tasks.when_rested(lambda: act(*given))

    def wear(self, look: Look) -> None:
        """Look like this from now on."""
        self._change_look(partial(put_on, look=look))

    def _change_look(self, change: Callable[[Desk], None]) -> None:
        self._when_rested(self._refurnish, change)

    def _refurnish(self, change: Callable[[Desk], None]) -> None:
        """The same page anew in another language or look, with what is typed in it."""
        change(self.desk)
        before = self.page
        settled(before)
        left = Left.of(self.where, before)
        page = build_page(self.where, self.desk, self)
        take_over = getattr(page, "take_over", None)
        if take_over is not None:
            take_over(before)
        self._furnish()
        self._show(page)
        left.type_again(page)

    # What is typed is never lost

    def _leave(self) -> bool:
        """Record what is typed in the page; False keeps the assessor with what was refused.

        Who insists leaves it: a text that cannot be recorded must not lock anybody in.
        """
        if settled(self.page) or self._warned:
            self._warned = False
            return True
        self._warned = True
        self._frame.telling.refuse(self.desk.say("window.unrecorded"))
        return False

    def forget_visit(self) -> None:
        """Take the page away while the store is still open: its last words are recorded."""
        self._frame.take_page_away()
        self._opened.forget()
        self._came_from = None

    def _remember(self) -> None:
        """Keep which visit and indicator is open, for the next start."""
        if not self.desk.unlocked or self.where.page in ASIDE:
            return
        from assessor_app.services.places import Place, remember

        where = self.where
        page = None if where.page is PageName.CHECKLIST else where.page.value
        place = Place(where.visit, where.indicator, page) if where.visit else None
        remember(self.desk.workplace, place)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Record what is typed and let what was begun come to its end."""
        if not self._leave():
            event.ignore()
            return
        self.desk.tasks.wait()
        if self._keeper is not None:
            self._keeper.end()
        self.desk.background.wait()  # what is fetched ahead at the door
        self.forget_visit()
        self._opened.stop_watching()
        self.desk.lock()
        super().closeEvent(event)
