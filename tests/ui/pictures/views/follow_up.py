"""Follow-up and coaching: what was found at the indicator, beside the checklist, and in review."""

from PySide6.QtWidgets import QAbstractButton, QTabBar
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View, part
from tests.visiting import answer

from assessor_app.domain.visit import VisitKind
from assessor_app.services.finding_templates import Part, keep_template, own_templates
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, start_visit
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.parts.rows import RowView

_OWN_WORDS = "Pada saat kunjungan, {indicator} tidak ditemukan di ruang pelayanan {unit}."


def _after_issued(round_: Round, kind: VisitKind) -> Session:
    before = round_.issued.snapshot.visit
    new = NewVisit(
        institution=before.institution,
        unit=before.unit,
        object_type=before.object_type,
        kind=kind,
        arrival=round_.workplace.store.clock.now(),
        team=(round_.workplace.profile.name,),
        sample=before.sample,
        predecessor=before.id,
    )
    instrument = round_.issued.instrument
    visit = start_visit(round_.workplace.store, new, instrument, library=round_.library)
    return open_session(round_.workplace.store, visit, round_.library)


def _followed(round_: Round) -> Session:
    """Half looked at: the first repaired, the second still open, one added and newly broken."""
    session = _after_issued(round_, VisitKind.FOLLOW_UP)
    codes = [one.indicator.code for one in round_.issued.findings()]
    others = [one.code for one in session.instrument.indicators() if one.code not in codes]
    for code, practice in ((codes[0], "present"), (codes[1], "absent"), (others[0], "absent")):
        answer(session, code, "paperwork", "present")
        answer(session, code, "practice", practice)
    return session


def _coached(round_: Round) -> Session:
    return _after_issued(round_, VisitKind.COACHING)


def _first(round_: Round) -> str:
    return round_.issued.findings()[1].indicator.code


def _checklist(round_: Round) -> Where:
    session = round_.once("followed", _followed)
    return Where(PageName.CHECKLIST, visit=session.visit_id, indicator=_first(round_))


def _coaching(round_: Round) -> Where:
    session = round_.once("coached", _coached)
    return Where(PageName.CHECKLIST, visit=session.visit_id, indicator=_first(round_))


def _review(round_: Round) -> Where:
    return Where(PageName.REVIEW, visit=round_.once("followed", _followed).visit_id)


def _unfold(window: MainWindow, round_: Round) -> None:
    part(window, QAbstractButton, f"follow_up.{_first(round_)}.more").click()


def _carried(window: MainWindow, _: Round) -> None:
    part(window, QTabBar, "review.tabs").setCurrentIndex(3)


def _adding(window: MainWindow, _: Round) -> None:
    part(window, QAbstractButton, "checklist.follow_up.add").click()


def _listed(round_: Round) -> Where:
    """The list at a visit that is done: what may follow it stands beside."""
    assert round_.issued.snapshot.visit.state
    return Where(PageName.VISITS)


def _walked(round_: Round) -> Where:
    return Where(PageName.REVIEW, visit=round_.walked.visit_id)


def _findings(window: MainWindow, _: Round) -> None:
    part(window, QTabBar, "review.tabs").setCurrentIndex(1)


def _templates(window: MainWindow, round_: Round) -> None:
    _findings(window, round_)
    code = round_.walked.findings()[0].indicator.code
    part(window, QAbstractButton, f"review.wording.{code}.templates").click()


def _editing(window: MainWindow, round_: Round) -> None:
    """One's own among the templates, in the dialog that gives it other words."""
    if not own_templates(round_.workplace):
        keep_template(round_.workplace, _OWN_WORDS, Part.WORDING)
    _templates(window, round_)
    view = part(window, RowView, "finding_templates.list")
    place = next(at for at, row in enumerate(view.rows.rows) if row.sign == "person")
    view.setCurrentIndex(view.rows.index(place, 0))
    part(window, QAbstractButton, "finding_templates.edit").click()


def _due(window: MainWindow, round_: Round) -> None:
    _findings(window, round_)
    part(window, QAbstractButton, "review.due_all").click()


def _dictation(window: MainWindow, _: Round) -> None:
    part(window, QTabBar, "review.tabs").setCurrentIndex(2)
    part(window, QAbstractButton, "review.dictation").click()


VIEWS = (
    View("follow-up", _checklist, _unfold),
    View("follow-up-adding", _checklist, _adding),
    View("follow-up-coaching", _coaching),
    View("follow-up-review", _review, _carried),
    View("follow-up-from-list", _listed),
    View("finding-templates", _walked, _templates),
    View("finding-template-editing", _walked, _editing),
    View("finding-due-dates", _walked, _due),
    View("review-dictation", _walked, _dictation),
)
