"""Which page stands where, and the ways that lead on from it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.preferences import Look

if TYPE_CHECKING:  # imported when they are wanted: the first page is painted without them
    from assessor_app.domain.visit import VisitKind
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.session import Session
    from assessor_app.services.starting import NewVisitFrom
    from assessor_app.ui.pages.checklist.photos import Photos
    from assessor_app.ui.sending import Sender


class PageName(StrEnum):
    ENROL = "enrol"
    UNLOCK = "unlock"
    VISITS = "visits"
    NEW_VISIT = "new_visit"
    REFUSED = "refused"
    CHECKLIST = "checklist"
    INTERVIEWS = "interviews"
    TRIALS = "trials"
    PICTURES = "pictures"
    REVIEW = "review"
    IMPROVE = "improve"
    ISSUE = "issue"
    RESULTS = "results"
    REGISTER = "register"
    PREFLIGHT = "preflight"
    SENDING = "sending"
    VERIFY = "verify"
    DEVICE = "device"


DOORS = (PageName.ENROL, PageName.UNLOCK)
STEPS = (PageName.CHECKLIST, PageName.REVIEW, PageName.ISSUE)
"""The pages of an open visit, in the order of the day."""
BESIDE = {
    PageName.IMPROVE: PageName.REVIEW,
    PageName.INTERVIEWS: PageName.CHECKLIST,
    PageName.TRIALS: PageName.CHECKLIST,
    PageName.PICTURES: PageName.CHECKLIST,
}
"""The pages of an open visit that are no step of it, and the step that they are gone to from."""

ASIDE = (PageName.VERIFY, PageName.DEVICE)
"""The pages that are gone to from anywhere, and lead back there."""


@dataclass(frozen=True, slots=True)
class Where:
    """A page, and what it is open at; `new` is what a new visit is begun with."""

    page: PageName
    visit: str | None = None
    indicator: str | None = None
    path: Path | None = None
    new: "NewVisitFrom | None" = None
    back: PageName | None = None  # where a page beside another was gone to from

    def at(self, page: PageName) -> "Where":
        """Another page of the same visit."""
        return replace(self, page=page)


def door(desk: Desk) -> Where:
    """Where the store is unlocked, or made where there is none."""
    return Where(PageName.UNLOCK if desk.enrolled else PageName.ENROL)


class Keeper(Protocol):
    """Who minds the store: what a page has to tell them."""

    @property
    def sending(self) -> "Sender": ...
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
    @property
    def ground(self) -> QWidget: ...
    def go(self, where: Where) -> None: ...
    def go_back(self) -> None: ...
    def open_visit(self, visit: str, indicator: str | None = None) -> None: ...
    def open_anew(self, visit: str) -> None: ...
    def verify(self, path: Path | None = None) -> None: ...
    def look_after_device(self, section: str | None = None) -> None: ...
    def look_at(self, indicator: str) -> None: ...
    def mend(self, indicator: str) -> None: ...
    def wear(self, look: Look) -> None: ...
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
    page.new_from_wanted.connect(lambda new: ways.go(Where(PageName.NEW_VISIT, new=new)))
    page.refused_wanted.connect(lambda: ways.go(Where(PageName.REFUSED)))
    page.results_wanted.connect(lambda: ways.go(Where(PageName.RESULTS)))
    page.register_wanted.connect(lambda: ways.go(Where(PageName.REGISTER)))
    page.verify_wanted.connect(ways.verify)
    page.preflight_wanted.connect(lambda: ways.go(Where(PageName.PREFLIGHT)))
    page.sending_wanted.connect(lambda visit: ways.go(Where(PageName.SENDING, visit=visit or None)))
    return page


def _sending(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.sending.page import SendingPage

    page = SendingPage(desk, ways.keeper.sending, visit=where.visit)
    page.section_wanted.connect(ways.look_after_device)
    page.visit_opened.connect(ways.open_visit)
    page.left.connect(ways.go_back)
    return page


def _preflight(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.preflight.page import PreflightPage
    from assessor_app.ui.pages.visits.page import show_at_next

    def show(sieve: object) -> None:
        show_at_next(desk, sieve)
        ways.go(Where(PageName.VISITS))

    page = PreflightPage(desk)
    page.section_wanted.connect(ways.look_after_device)
    page.list_wanted.connect(show)
    page.new_visit_wanted.connect(lambda: ways.go(Where(PageName.NEW_VISIT)))
    page.left.connect(ways.go_back)
    return page


def _new_visit(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.starting.new_visit import NewVisitPage

    page = NewVisitPage(desk, where.new)
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
    photos = ways.photos_of(session)
    page = ChecklistPage(desk, session, where.indicator, photos=photos, parent=ways.ground)
    page.review_wanted.connect(lambda: ways.go(ways.where.at(PageName.REVIEW)))
    page.indicator_shown.connect(ways.look_at)
    for wanted, beside in (
        (page.interviews_wanted, PageName.INTERVIEWS),
        (page.trials_wanted, PageName.TRIALS),
        (page.pictures_wanted, PageName.PICTURES),
    ):
        wanted.connect(lambda beside=beside: _go_beside(ways, beside, indicator=page.code))
    return page


def _go_beside(ways: Ways, page: PageName, *, indicator: str | None = None) -> None:
    """To a page beside the one that is shown, which it leads back to."""
    here = ways.where
    ways.go(replace(here, page=page, back=here.page, indicator=indicator or here.indicator))


def _go_from_beside(ways: Ways) -> None:
    if ways.where.back is PageName.RESULTS:  # which is of no visit
        ways.go(Where(PageName.RESULTS))
        return
    back = ways.where.back or BESIDE[ways.where.page]
    ways.go(replace(ways.where, page=back, back=None))


def _interviews(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.interviews.page import InterviewsPage

    page = InterviewsPage(desk, ways.session_at(where))
    page.left.connect(partial(_go_from_beside, ways))
    return page


def _trials(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.trials.page import TrialsPage

    session = ways.session_at(where)
    page = TrialsPage(desk, session, ways.photos_of(session), indicator=where.indicator)
    page.left.connect(partial(_go_from_beside, ways))
    return page


def _pictures(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.pictures.page import PicturesPage

    page = PicturesPage(desk, ways.session_at(where))
    page.left.connect(partial(_go_from_beside, ways))
    page.way_wanted.connect(partial(_go_beside, ways, PageName.IMPROVE))
    return page


def _review(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.review.page import ReviewPage

    page = ReviewPage(desk, ways.session_at(where))
    page.indicator_wanted.connect(ways.mend)
    page.closed.connect(lambda: ways.go(ways.where.at(PageName.ISSUE)))
    page.closed.connect(ways.keeper.back_up)
    page.moved.connect(lambda: ways.open_anew(str(ways.where.visit)))
    page.reopened.connect(lambda: ways.go(ways.where.at(PageName.CHECKLIST)))
    page.way_wanted.connect(partial(_go_beside, ways, PageName.IMPROVE))
    page.interviews_wanted.connect(partial(_go_beside, ways, PageName.INTERVIEWS))
    page.trials_wanted.connect(partial(_go_beside, ways, PageName.TRIALS))
    page.left.connect(lambda: ways.go(ways.where.at(PageName.CHECKLIST)))
    return page


def _improve(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.improve.page import ImprovePage

    page = ImprovePage(desk, ways.session_at(where))
    page.left.connect(partial(_go_from_beside, ways))
    return page


def _issue(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.issue.page import IssuePage

    page = IssuePage(desk, ways.session_at(where))
    page.verify_wanted.connect(ways.verify)
    page.review_wanted.connect(lambda: ways.go(ways.where.at(PageName.REVIEW)))
    page.reopened.connect(lambda: ways.go(ways.where.at(PageName.CHECKLIST)))
    page.next_office_wanted.connect(lambda: _begin_next(where, desk, ways))
    page.following_wanted.connect(lambda kind: _begin_after(where, desk, ways, kind=kind))
    page.left.connect(lambda: ways.go(Where(PageName.VISITS)))
    return page


def _begin_next(where: Where, desk: Desk, ways: Ways) -> None:
    """The next office of the day, with the frame of the visit that is done."""
    from assessor_app.services.starting import office_after

    visit = ways.session_at(where).snapshot.visit
    new = office_after(visit, own_name=desk.workplace.profile.name)
    ways.go(Where(PageName.NEW_VISIT, new=new))


def _begin_after(where: Where, desk: Desk, ways: Ways, *, kind: "VisitKind") -> None:
    """The visit that looks what became of one that is done, or coaches because of it."""
    from assessor_app.services.starting import following_up

    visit = ways.session_at(where).snapshot.visit
    new = following_up(visit, own_name=desk.workplace.profile.name, kind=kind)
    ways.go(Where(PageName.NEW_VISIT, new=new))


def _results(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.results.page import ResultsPage

    page = ResultsPage(desk)
    page.left.connect(ways.go_back)
    page.way_wanted.connect(
        lambda visit: ways.go(Where(PageName.IMPROVE, visit=visit, back=PageName.RESULTS))
    )
    return page


def _register(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.register.page import RegisterPage

    page = RegisterPage(desk)
    page.left.connect(ways.go_back)
    page.visit_opened.connect(ways.open_visit)
    page.new_visit_wanted.connect(lambda new: ways.go(Where(PageName.NEW_VISIT, new=new)))
    return page


def _verify(where: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.verify.page import VerifyPage

    page = VerifyPage(desk, where.path)
    page.left.connect(ways.go_back)
    return page


def _device(_: Where, desk: Desk, ways: Ways) -> QWidget:
    from assessor_app.ui.pages.device.page import DevicePage

    page = DevicePage(desk)
    page.look_chosen.connect(ways.wear)
    page.preflight_wanted.connect(lambda: ways.go(Where(PageName.PREFLIGHT)))
    if desk.unlocked:  # the door names no keeper
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
    PageName.INTERVIEWS: _interviews,
    PageName.TRIALS: _trials,
    PageName.PICTURES: _pictures,
    PageName.REVIEW: _review,
    PageName.IMPROVE: _improve,
    PageName.ISSUE: _issue,
    PageName.RESULTS: _results,
    PageName.REGISTER: _register,
    PageName.PREFLIGHT: _preflight,
    PageName.SENDING: _sending,
    PageName.VERIFY: _verify,
    PageName.DEVICE: _device,
}
