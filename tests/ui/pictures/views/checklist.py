"""The checklist: a visit walked, one begun, and other kinds of answers."""

from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View

from assessor_app.ui.directory import PageName, Where


def _walked(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=round_.walked.visit_id, indicator="P15-06")


def _gap(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=round_.begun.visit_id, indicator="P15-02")


def _parts(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=round_.interviewed.visit_id, indicator="I22-01")


def _agree(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=round_.interviewed.visit_id, indicator="O22-01")


def _time(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=round_.unscored.visit_id, indicator="PG-06")


VIEWS = (
    View("checklist", _walked),
    View("checklist-gap", _gap),
    View("checklist-parts", _parts),
    View("checklist-agree", _agree),
    View("checklist-time", _time),
)
