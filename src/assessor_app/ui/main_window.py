"""The window: which page is shown, and the way from each to the next; nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.texts import Language
from assessor_app.ui import drafts
from assessor_app.ui.desk import Desk
from assessor_app.ui.preferences import Preferences, write_preferences
from assessor_app.ui.theme import Scheme, apply_theme, icon
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.status_line import StatusLine
from assessor_app.ui.widgets.top_bar import BarTexts, TopBar

if TYPE_CHECKING:
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.session import Session

SMALLEST = (1024, 700)  # pixels: a tablet's screen less its task bar


class PageName(StrEnum):
    ENROL = "enrol"
    UNLOCK = "unlock"
    VISITS = "visits"
    NEW_VISIT = "new_visit"
    REFUSED = "refused"
    CHECKLIST = "checklist"
    REVIEW = "review"
    ISSUE = "issue"
    VERIFY = "verify"


_LOCALES = {
    Language.INDONESIAN: QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia),
    Language.ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
_STEPS = (PageName.CHECKLIST, PageName.REVIEW, PageName.ISSUE)


@dataclass(frozen=True, slots=True)
class Where:
    """A page, and what it is open at."""

    page: PageName
    visit: str | None = None
    indicator: str | None = None
    path: Path | None = None


class MainWindow(QMainWindow):
    """Builds a page when it is gone to; what was in a page that is left is in the store."""

    moved = Signal(str)  # the name of the page that is shown now

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._desk = desk
        self._session: Session | None = None
        self._where = Where(PageName.UNLOCK if desk.enrolled else PageName.ENROL)
        self._back_to: Where | None = None
        self._furnish()
        self.go(self._where)

    @property
    def desk(self) -> Desk:
        return self._desk

    @property
    def where(self) -> Where:
        """Where the assessor is."""
        return self._where

    @property
    def session(self) -> "Session | None":
        """The open visit, if one is."""
        return self._session

    @property
    def page(self) -> QWidget:
        return self._pages.currentWidget() or self._pages

    def go(self, where: Where) -> None:
        """Show a page; what was typed in the one that is left is recorded first.

        Where it cannot be opened, the page that is shown stays and says why.
        """
        self._settle()
        try:
            page = self._build(where)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._where = where
        self._notice.clear()
        self._show(page)
        self._remember()

    def _show(self, page: QWidget) -> None:
        left = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if left is not None:
            self._pages.removeWidget(left)
            left.deleteLater()
        said = getattr(page, "said", None)
        if said is not None:
            said.connect(self._status.say)
        self._status.say(getattr(page, "hint", ""))
        self._tell_where()
        page.setFocus()
        self.moved.emit(self._where.page.value)

    # How the window is furnished

    def _furnish(self) -> None:
        """Bar, notice, pages and status line, in the language and colours of the desk."""
        QLocale.setDefault(_LOCALES[self._desk.language])
        self.setWindowTitle(self._desk.say("window.title"))
        self.setWindowIcon(icon("app", self._desk.tokens.accent, size=64))
        self._bar = TopBar(self._bar_texts(), self._desk.tokens)
        self._bar.back_pressed.connect(self._on_back)
        self._bar.step_chosen.connect(self._on_step)
        # What is being worked on is told to the page that asked for it, before that page is gone.
        rested = self._desk.tasks.when_rested
        self._bar.language_pressed.connect(lambda: rested(self._on_language))
        self._bar.scheme_pressed.connect(lambda: rested(self._on_scheme))
        self._bar.lock_pressed.connect(lambda: rested(self.lock))
        self._notice = Notice(self._desk.tokens, "window.notice")
        self._pages = QStackedWidget()
        self._status = StatusLine()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._notice)
        column.addWidget(self._pages, stretch=1)
        column.addWidget(self._status)
        self.setCentralWidget(whole)

    def _bar_texts(self) -> BarTexts:
        say = self._desk.say
        return BarTexts(
            product=say("window.title"),
            back=say("bar.back"),
            language=say("bar.other_language"),
            scheme=say(f"bar.scheme.{_other(self._desk.scheme).value}"),
            lock=say("bar.lock"),
            sample=say("bar.sample"),
            steps=tuple((step.value, say(f"bar.step.{step.value}")) for step in _STEPS),
            steps_name=say("bar.steps"),
        )

    def _refurnish(self) -> None:
        """The same page anew, in another language or other colours, with what is typed in it."""
        self._settle()
        before = self.page
        typed = drafts.kept(before)
        where = self._where
        page = self._build(where)
        take_over = getattr(page, "take_over", None)
        if take_over is not None:
            take_over(before)
        self._furnish()
        self._where = where
        self._show(page)
        drafts.put_back(page, typed)

    def _build(self, where: Where) -> QWidget:
        build: Callable[[Where], QWidget] = getattr(self, f"_build_{where.page.value}")
        return build(where)

    # One page each; those behind the unlock are imported when they are gone to

    def _build_enrol(self, _: Where) -> QWidget:
        from assessor_app.ui.pages.enrol import EnrolPage  # noqa: PLC0415 - of the first start only

        page = EnrolPage(self._desk)
        page.enrolled.connect(self._on_unlocked)
        page.verify_wanted.connect(self._on_verify)
        return page

    def _build_unlock(self, _: Where) -> QWidget:
        from assessor_app.ui.pages.unlock import UnlockPage  # noqa: PLC0415 - as above

        page = UnlockPage(self._desk)
        page.unlocked.connect(self._on_unlocked)
        page.verify_wanted.connect(self._on_verify)
        return page

    def _build_visits(self, _: Where) -> QWidget:
        from assessor_app.ui.pages.visits import VisitsPage  # noqa: PLC0415 - as above

        self._session = None
        page = VisitsPage(self._desk)
        page.visit_opened.connect(self._on_visit)
        page.new_wanted.connect(lambda: self.go(Where(PageName.NEW_VISIT)))
        page.refused_wanted.connect(lambda: self.go(Where(PageName.REFUSED)))
        page.verify_wanted.connect(self._on_verify)
        return page

    def _build_new_visit(self, _: Where) -> QWidget:
        from assessor_app.ui.pages.new_visit import NewVisitPage  # noqa: PLC0415 - as above

        page = NewVisitPage(self._desk)
        page.started.connect(self._on_visit)
        page.left.connect(self._on_back)
        return page

    def _build_refused(self, _: Where) -> QWidget:
        from assessor_app.ui.pages.refused import RefusedPage  # noqa: PLC0415 - as above

        page = RefusedPage(self._desk)
        page.closed.connect(lambda visit: self.go(Where(PageName.ISSUE, visit=visit)))
        page.left.connect(self._on_back)
        return page

    def _build_checklist(self, where: Where) -> QWidget:
        from assessor_app.ui.pages.checklist.page import ChecklistPage  # noqa: PLC0415 - as above

        page = ChecklistPage(self._desk, self._session_at(where), where.indicator)
        page.review_wanted.connect(lambda: self.go(replace(self._where, page=PageName.REVIEW)))
        page.indicator_shown.connect(self._on_indicator)
        return page

    def _build_review(self, where: Where) -> QWidget:
        from assessor_app.ui.pages.review import ReviewPage  # noqa: PLC0415 - as above

        page = ReviewPage(self._desk, self._session_at(where))
        page.indicator_wanted.connect(self._on_indicator_wanted)
        page.closed.connect(lambda: self._on_step(PageName.ISSUE.value))
        page.left.connect(lambda: self._on_step(PageName.CHECKLIST.value))
        return page

    def _build_issue(self, where: Where) -> QWidget:
        from assessor_app.ui.pages.issue import IssuePage  # noqa: PLC0415 - as above

        page = IssuePage(self._desk, self._session_at(where))
        page.verify_wanted.connect(self._on_verify)
        page.review_wanted.connect(lambda: self._on_step(PageName.REVIEW.value))
        page.left.connect(lambda: self.go(Where(PageName.VISITS)))
        return page

    def _build_verify(self, where: Where) -> QWidget:
        from assessor_app.ui.pages.verify import VerifyPage  # noqa: PLC0415 - as above

        page = VerifyPage(self._desk, where.path)
        page.left.connect(self._on_back)
        return page

    def _session_at(self, where: Where) -> "Session":
        if self._session is None or self._session.visit_id != where.visit:
            workplace = self._desk.workplace
            self._session = self._desk.application.open(workplace, str(where.visit))
        return self._session

    # The ways

    def _on_unlocked(self, workplace: "Workplace") -> None:
        """Go on where it was left: also after a crash, since the place is kept at every step."""
        from assessor_app.services.places import remembered  # noqa: PLC0415 - as above

        self._desk.open_with(workplace)
        place = remembered(workplace)
        self.go(Where(PageName.VISITS))
        if place is not None:
            self._open(place.visit, place.indicator)

    def _on_visit(self, visit: str) -> None:
        self._open(visit, None)

    def _open(self, visit: str, indicator: str | None) -> None:
        """A visit at what is next in it: its checklist, or its document once it is closed."""
        where = Where(PageName.CHECKLIST, visit=visit, indicator=indicator)
        try:
            answerable = self._session_at(where).snapshot.visit.answerable
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self.go(where if answerable else replace(where, page=PageName.ISSUE))

    def _on_indicator(self, code: str) -> None:
        self._where = replace(self._where, indicator=code)
        self._remember()

    def _on_indicator_wanted(self, code: str) -> None:
        self.go(replace(self._where, page=PageName.CHECKLIST, indicator=code))

    def _on_step(self, step: str) -> None:
        self.go(replace(self._where, page=PageName(step)))

    def _on_verify(self, path: Path | None = None) -> None:
        if self._where.page is not PageName.VERIFY:
            self._back_to = self._where
        self.go(Where(PageName.VERIFY, path=path))

    def _on_back(self) -> None:
        home = Where(PageName.VISITS) if self._desk.unlocked else self._door()
        verifying = self._where.page is PageName.VERIFY
        self.go(self._back_to if verifying and self._back_to else home)

    def _door(self) -> Where:
        return Where(PageName.UNLOCK if self._desk.enrolled else PageName.ENROL)

    def lock(self) -> None:
        """Close the store; the passphrase opens it at the same place again."""
        self._settle()
        self._session = None
        self._desk.lock()
        self.go(Where(PageName.UNLOCK))

    def tell_fault(self, name: str) -> None:
        """Say that the program made a mistake: what is recorded is not touched by it."""
        self._notice.tell(self._desk.say("window.fault", name=name), Tone.ERROR)

    def _on_language(self) -> None:
        others = {
            Language.INDONESIAN: Language.ENGLISH,
            Language.ENGLISH: Language.INDONESIAN,
        }
        self._desk.language = others[self._desk.language]
        self._keep_preferences()
        self._refurnish()

    def _on_scheme(self) -> None:
        self._desk.scheme = _other(self._desk.scheme)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, self._desk.scheme)
        self._keep_preferences()
        self._refurnish()

    def _keep_preferences(self) -> None:
        chosen = Preferences(self._desk.language, self._desk.scheme)
        write_preferences(self._desk.home, chosen)

    # What is typed is never lost

    def _settle(self) -> None:
        settle = getattr(self._pages.currentWidget(), "settle", None)
        if settle is not None:
            settle()

    def _remember(self) -> None:
        """Keep which visit and indicator is open, for the next start."""
        if not self._desk.unlocked or self._where.page is PageName.VERIFY:
            return
        from assessor_app.services.places import Place, remember  # noqa: PLC0415 - as above

        visit = self._where.visit
        place = Place(visit, self._where.indicator) if visit else None
        remember(self._desk.workplace, place)

    def _tell_where(self) -> None:
        """Let the bar say which visit is open and where one can go from here."""
        page, session = self._where.page, self._session
        doors = (PageName.ENROL, PageName.UNLOCK, PageName.VISITS)
        self._bar.show_ways(back=page not in doors, lock=self._desk.unlocked)
        if session is None or page not in _STEPS:
            self._bar.show_visit(None)
            return
        visit = session.snapshot.visit
        self._bar.show_visit(
            self._desk.say("bar.visit", unit=visit.unit, institution=visit.institution),
            sample=visit.sample,
            step=page.value,
            steps=[step.value for step in _STEPS],
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if _dropped_pdf(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        path = _dropped_pdf(event)
        if path is not None:
            event.acceptProposedAction()
            self._on_verify(path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._settle()
        self._desk.tasks.wait()
        self._desk.lock()
        super().closeEvent(event)


def _other(scheme: Scheme) -> Scheme:
    return Scheme.DARK if scheme is Scheme.LIGHT else Scheme.LIGHT


def _dropped_pdf(event: QDropEvent) -> Path | None:
    """The one local PDF that is dragged over the window, if it is one."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.casefold() == ".pdf" else None
