"""The window: which page is shown, and the way from each to the next; nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import BESIDE, DOORS, STEPS, PageName, Where, build_page
from assessor_app.ui.frame import Frame, other
from assessor_app.ui.preferences import Preferences, write_preferences
from assessor_app.ui.theme import apply_theme, icon, load_further_fonts

if TYPE_CHECKING:  # the first page is painted without them
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.session import Session
    from assessor_app.ui.pages.checklist.photos import Photos
    from assessor_app.ui.taps import Taps

SMALLEST = (1024, 700)  # pixels: a tablet's screen less its task bar
_LOCALES = {
    Language.INDONESIAN: QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia),
    Language.ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


@dataclass(frozen=True, slots=True)
class _Left:
    """A page that will be come back to: where it is, what is typed in it, and how it stands."""

    where: Where
    typed: Mapping[str, object]
    standing: object

    @classmethod
    def of(cls, where: Where, page: QWidget) -> "_Left":
        from assessor_app.ui import drafts  # noqa: PLC0415 - not for the first painted frame

        return cls(where, drafts.kept(page), getattr(page, "standing", None))

    def restore(self, page: QWidget) -> None:
        """Make a page that was built anew stand as the one that was left."""
        stand = getattr(page, "stand", None)
        if stand is not None and self.standing is not None:
            stand(self.standing)
        self.type_again(page)

    def type_again(self, page: QWidget) -> None:
        """Give the editors of a page what was typed in those of the same names."""
        from assessor_app.ui import drafts  # noqa: PLC0415 - as above

        drafts.put_back(page, self.typed)


class MainWindow(QMainWindow):
    """Builds a page when it is gone to; what was in a page that is left is in the store."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.desk = desk
        self.session: Session | None = None
        """The visit that is open, if one is."""
        self.where = self._door()
        """Where the assessor is."""
        self._photos: Photos | None = None
        self._verified_from: _Left | None = None
        self._warned = False
        self._taps: Taps | None = None
        self._painted = False
        self._furnish()

    @property
    def page(self) -> QWidget:
        """The page that is shown; the frame where none is."""
        return self._frame.page or self._frame

    @property
    def _taking_in(self) -> bool:
        """Whether photos of the open visit are still being taken in."""
        return self._photos is not None and self._photos.busy

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
            self.tell(problem)
            return
        self.where = where
        if where.page not in (*STEPS, *BESIDE, PageName.VERIFY) and not self._taking_in:
            self.session = None  # read anew when it is opened again
        self._frame.tell_nothing()
        self._show(page)
        self._remember()

    def go_back(self) -> None:
        """To the list of visits or the door; from the verifier to where a PDF was dropped."""
        if not _may_be_left(self.page):
            return
        before = self._verified_from if self.where.page is PageName.VERIFY else None
        if before is None or before.where.page in DOORS:
            self.go(Where(PageName.VISITS) if self.desk.unlocked else self._door())
            return
        self._verified_from = None
        self.go(before.where)
        before.restore(self.page)

    def enter(self, workplace: "Workplace") -> None:
        """Go on where it was left: also after a crash, since the place is kept at every step."""
        from assessor_app.services.places import remembered  # noqa: PLC0415 - not at the start

        self.desk.open_with(workplace)
        place = remembered(workplace)
        self.go(Where(PageName.VISITS))
        if place is not None:
            self.open_visit(place.visit, place.indicator)

    def open_visit(self, visit: str, indicator: str | None = None) -> None:
        """A visit at what is next in it: its checklist, or its document once it is closed."""
        where = Where(PageName.CHECKLIST, visit=visit, indicator=indicator)
        try:
            answerable = self.session_at(where).snapshot.visit.answerable
        except Problem as problem:
            self.tell(problem)
            return
        self.go(where if answerable else where.at(PageName.ISSUE))

    def open_anew(self, visit: str) -> None:
        """A visit that goes on under another instrument: nothing is kept of how it was read.

        It was moved while no photo was taken in; one that came since would find its way by the
        session that is let go of here, and be refused.
        """
        self.go(Where(PageName.VISITS))
        self.session = self._photos = None
        self.open_visit(visit)

    def verify(self, path: Path | None = None) -> None:
        """Verify a PDF; going back leads to this page, with what is typed in it."""
        if self.where.page is not PageName.VERIFY:
            self._verified_from = _Left.of(self.where, self.page)
        self.go(Where(PageName.VERIFY, path=path))

    def look_at(self, indicator: str) -> None:
        """Another indicator of the checklist is looked at."""
        self.where = Where(PageName.CHECKLIST, visit=self.where.visit, indicator=indicator)
        self._remember()

    def mend(self, indicator: str) -> None:
        """Go to an indicator of the open visit, to what is missing there."""
        self.go(Where(PageName.CHECKLIST, visit=self.where.visit, indicator=indicator))
        point_out = getattr(self.page, "point_out", None)
        if point_out is not None:
            point_out()

    def session_at(self, where: Where) -> "Session":
        """The session of a place's visit. Raises Problem where it cannot be opened."""
        if self.session is None or self.session.visit_id != where.visit:
            workplace = self.desk.workplace
            self.session = self.desk.application.open(workplace, str(where.visit))
        return self.session

    def photos_of(self, session: "Session") -> "Photos":
        """What takes photos in for a visit: it outlives the page they were given to."""
        from assessor_app.ui.pages.checklist.photos import Photos  # noqa: PLC0415 - as above

        if self._photos is None or self._photos.session is not session:
            self._photos = Photos(self.desk, session, self)
            self._photos.refused.connect(self.tell)
        return self._photos

    def lock(self) -> None:
        """Close the store; the passphrase opens it at the same place again."""
        if not self._leave():
            return
        self._forget_visit()
        self.desk.lock()
        self.go(self._door())

    def _door(self) -> Where:
        return Where(PageName.UNLOCK if self.desk.enrolled else PageName.ENROL)

    # What is said

    def tell(self, problem: Problem) -> None:
        """Say over the page what could not be done."""
        self._tell(self.desk.told(problem))

    def _tell(self, text: str) -> None:
        from assessor_app.ui.widgets.notice import Tone  # noqa: PLC0415 - when something is told

        self._frame.tell(text, Tone.ERROR)

    def tell_fault(self, name: str) -> None:
        """Say that the program made a mistake: what is recorded is not touched by it."""
        self._tell(self.desk.say("window.fault", name=name))

    # How the window is furnished

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The frame first: the page behind the door is built once the window can be seen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._open_door)

    def _open_door(self) -> None:
        from assessor_app.ui.taps import Taps  # noqa: PLC0415 - after the first painted frame

        load_further_fonts()
        self._taps = Taps(self)
        if self._frame.page is None:  # nobody went anywhere else meanwhile
            self.go(self.where)

    def _show(self, page: QWidget) -> None:
        self._frame.show_page(page)
        visit = self.session.snapshot.visit if self.session is not None else None
        self._frame.show_place(self.where.page, visit)

    def _furnish(self) -> None:
        """The frame in the language and the colours of the desk; it has no page yet."""
        QLocale.setDefault(_LOCALES[self.desk.language])
        self.setWindowTitle(self.desk.say("window.title"))
        self.setWindowIcon(icon("app", self.desk.tokens.accent, size=64))
        self._frame = Frame(self.desk)
        bar = self._frame.bar
        bar.back_pressed.connect(self.go_back)
        bar.step_chosen.connect(lambda step: self.go(self.where.at(PageName(step))))
        # What is being worked on is told to the page that asked for it, before that page is gone.
        bar.language_pressed.connect(lambda: self._when_rested(self._switch_language))
        bar.scheme_pressed.connect(lambda: self._when_rested(self._switch_scheme))
        bar.lock_pressed.connect(lambda: self._when_rested(self.lock))
        self.setCentralWidget(self._frame)

    def _when_rested(self, act: Callable[[], None]) -> None:
        self.desk.tasks.when_rested(act)

    def _switch_language(self) -> None:
        known = list(Language)
        self.desk.language = known[(known.index(self.desk.language) + 1) % len(known)]
        self._refurnish()

    def _switch_scheme(self) -> None:
        self.desk.scheme = other(self.desk.scheme)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self.desk.scheme)
        self._refurnish()

    def _refurnish(self) -> None:
        """The same page anew, in another language or other colours, with what is typed in it."""
        write_preferences(self.desk.home, Preferences(self.desk.language, self.desk.scheme))
        before = self.page
        _settled(before)
        left = _Left.of(self.where, before)
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
        if _settled(self.page) or self._warned:
            self._warned = False
            return True
        self._warned = True
        self._tell(self.desk.say("window.unrecorded"))
        return False

    def _forget_visit(self) -> None:
        """Take the page away while the store is still open: its last words are recorded."""
        self._frame.take_page_away()
        self.session = self._photos = self._verified_from = None

    def _remember(self) -> None:
        """Keep which visit and indicator is open, for the next start."""
        if not self.desk.unlocked or self.where.page is PageName.VERIFY:
            return
        from assessor_app.services.places import Place, remember  # noqa: PLC0415 - as above

        visit = self.where.visit
        remember(self.desk.workplace, Place(visit, self.where.indicator) if visit else None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if _dropped_pdf(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        path = _dropped_pdf(event)
        if path is not None:
            event.acceptProposedAction()
            self.verify(path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Record what is typed and let what was begun come to its end."""
        if not self._leave():
            event.ignore()
            return
        self.desk.tasks.wait()
        self._forget_visit()
        self.desk.lock()
        super().closeEvent(event)


def _settled(page: QWidget) -> bool:
    """Whether everything that is typed in a page is recorded now."""
    settle = getattr(page, "settle", None)
    return settle is None or settle() is not False


def _may_be_left(page: QWidget) -> bool:
    """Whether nothing in a page would be lost by leaving it; otherwise the page asks."""
    may_leave = getattr(page, "may_leave", None)
    return may_leave is None or bool(may_leave())


def _dropped_pdf(event: QDropEvent) -> Path | None:
    """The one local PDF that is dragged over the window, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.casefold() == ".pdf" else None
