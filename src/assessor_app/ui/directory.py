"""Which page stands where, and the ways that lead on from it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from assessor_app.ui.desk import Desk

if TYPE_CHECKING:  # imported when they are wanted: the first page is painted without them
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.session import Session
    from assessor_app.ui.pages.checklist.photos import Photos


class PageName(StrEnum):
    ENROL = "enrol"
    UNLOCK = "unlock"
    VISITS = "visits"
    NEW_VISIT = "new_visit"
    REFUSED = "refused"
    CHECKLIST = "checklist"
    REVIEW = "review"
    IMPROVE = "improve"
    ISSUE = "issue"
    RESULTS = "results"
    VERIFY = "verify"
    DEVICE = "device"


DOORS = (PageName.ENROL, PageName.UNLOCK)
STEPS = (PageName.CHECKLIST, PageName.REVIEW, PageName.ISSUE)
"""The pages of an open visit, in the order of the day."""
BESIDE = {PageName.IMPROVE: PageName.REVIEW}
"""The pages of an open visit that are no step of it, and the step that they are gone to from."""

ASIDE = (PageName.VERIFY, PageName.DEVICE)
"""The pages that are gone to from anywhere, and lead back there."""


@dataclass(frozen=True, slots=True)
class Where:
    """A page, and what it is open at."""

    page: PageName
    visit: str | None = None
    indicator: str | None = None
    path: Path | None = None

    def at(self, page: PageName) -> "Where":
        """Another page of the same visit."""
        return replace(self, page=page)


def door(desk: Desk) -> Where:
    """Where the store is unlocked, or made where there is none."""
    return Where(PageName.UNLOCK if desk.enrolled else PageName.ENROL)


class Keeper(Protocol):
    """Who minds the store: what a page has to tell them."""

    def enter(self, workplace: "Workplace") -> None: ...
    def back_up(self) -> None: ...
    def obey_settings(self) -> None: ...
    def leave_wiped(self, left: tuple[Path, ...]) -> None: ...


class Ways(Protocol):
    """Where a page can lead; the window goes there."""

    @property
    def where(self) -> Where: ...
    @property
    def keeper(self) -> Keeper: ...
    def go(self, where: Where) -> None: ...
    def go_back(self) -> None: ...
    def open_visit(self, visit: str, indicator: str | None = None) -> None: ...
    def open_anew(self, visit: str) -> None: ...
    def verify(self, path: Path | None = None) -> None: ...
    def look_at(self, indicator: str) -> None: ...
    def mend(self, indicator: str) -> None: ...
    def session_at(self, where: Where) -> "Session": ...
    def photos_of(self, session: "Session") -> "Photos": ...


def build_page(where: Where, desk: Desk, ways: Ways) -> QWidget:
    """The page of a place, with its ways. Raises Problem where its visit cannot be opened."""
    return _BUILDERS[where.page](where, desk, ways)


# Each imports its page when it is gone to. The doors name no keeper before somebody comes in: they
# are painted before it is imported.


def _enrol(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.enrolment.page import EnrolPage

    page = EnrolPage(desk)
    page.enrolled.connect(partial(_enter, ways))
    page.verify_wanted.connect(ways.verify)
    return page


def _unlock(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.unlock import UnlockPage

    page = UnlockPage(desk)
    page.unlocked.connect(partial(_enter, ways))
    page.verify_wanted.connect(ways.verify)
    return page


def _enter(ways: Ways, workplace: "Workplace") -> None:
    ways.keeper.enter(workplace)


def _visits(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.visits.page import VisitsPage

    page = VisitsPage(desk)
    page.visit_opened.connect(ways.open_visit)
    page.new_wanted.connect(lambda: ways.go(Where(PageName.NEW_VISIT)))
    page.refused_wanted.connect(lambda: ways.go(Where(PageName.REFUSED)))
    page.results_wanted.connect(lambda: ways.go(Where(PageName.RESULTS)))
    page.verify_wanted.connect(ways.verify)
    return page


def _new_visit(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.starting.new_visit import NewVisitPage

    page = NewVisitPage(desk)
    page.started.connect(ways.open_visit)
    page.left.connect(ways.go_back)
    return page


def _refused(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.starting.refused import RefusedPage

    page = RefusedPage(desk)
    page.closed.connect(lambda visit: ways.go(Where(PageName.ISSUE, visit=visit)))
    page.closed.connect(ways.keeper.back_up)
    page.left.connect(ways.go_back)
    return page


def _checklist(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.checklist.page import ChecklistPage

    session = ways.session_at(where)
    page = ChecklistPage(desk, session, where.indicator, photos=ways.photos_of(session))
    page.review_wanted.connect(lambda: ways.go(ways.where.at(PageName.REVIEW)))
    page.indicator_shown.connect(ways.look_at)
    return page


def _review(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.review.page import ReviewPage

    page = ReviewPage(desk, ways.session_at(where))
    page.indicator_wanted.connect(ways.mend)
    page.closed.connect(lambda: ways.go(ways.where.at(PageName.ISSUE)))
    page.closed.connect(ways.keeper.back_up)
    page.moved.connect(lambda: ways.open_anew(str(ways.where.visit)))
    page.reopened.connect(lambda: ways.go(ways.where.at(PageName.CHECKLIST)))
    page.way_wanted.connect(lambda: ways.go(ways.where.at(PageName.IMPROVE)))
    page.left.connect(lambda: ways.go(ways.where.at(PageName.CHECKLIST)))
    return page


def _improve(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.improve.page import ImprovePage

    page = ImprovePage(desk, ways.session_at(where))
    page.left.connect(lambda: ways.go(ways.where.at(PageName.REVIEW)))
    return page


def _issue(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.issue.page import IssuePage

    page = IssuePage(desk, ways.session_at(where))
    page.verify_wanted.connect(ways.verify)
    page.review_wanted.connect(lambda: ways.go(ways.where.at(PageName.REVIEW)))
    page.reopened.connect(lambda: ways.go(ways.where.at(PageName.CHECKLIST)))
    page.left.connect(lambda: ways.go(Where(PageName.VISITS)))
    return page


def _results(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.results.page import ResultsPage

    page = ResultsPage(desk)
    page.left.connect(ways.go_back)
    return page


def _verify(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.verify.page import VerifyPage

    page = VerifyPage(desk, where.path)
    page.left.connect(ways.go_back)
    return page


def _device(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.device.page import DevicePage

    page = DevicePage(desk)
    page.rules_changed.connect(ways.keeper.obey_settings)
    page.wiped.connect(ways.keeper.leave_wiped)
    return page


_BUILDERS: dict[PageName, Callable[[Where, Desk, Ways], QWidget]] = {
    PageName.ENROL: _enrol,
    PageName.UNLOCK: _unlock,
    PageName.VISITS: _visits,
    PageName.NEW_VISIT: _new_visit,
    PageName.REFUSED: _refused,
    PageName.CHECKLIST: _checklist,
    PageName.REVIEW: _review,
    PageName.IMPROVE: _improve,
    PageName.ISSUE: _issue,
    PageName.RESULTS: _results,
    PageName.VERIFY: _verify,
    PageName.DEVICE: _device,
}
