"""Review, the way to green, the signed document, and verifying it."""

from PySide6.QtWidgets import QTabBar
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import Act, View, part

from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow


def _tab(place: int) -> Act:
    def act(window: MainWindow, _: Round) -> None:
        part(window, QTabBar, "review.tabs").setCurrentIndex(place)

    return act


def _review(round_: Round) -> Where:
    return Where(PageName.REVIEW, visit=round_.walked.visit_id)


VIEWS = (
    View("review-missing", lambda round_: Where(PageName.REVIEW, visit=round_.begun.visit_id)),
    View("review-findings", _review, _tab(1)),
    View("review-receiver", _review, _tab(2)),
    View("improve", lambda round_: Where(PageName.IMPROVE, visit=round_.walked.visit_id)),
    View("issue-draft", lambda round_: Where(PageName.ISSUE, visit=round_.walked.visit_id)),
    View("issue", lambda round_: Where(PageName.ISSUE, visit=round_.issued.visit_id)),
    View("verify", lambda round_: Where(PageName.VERIFY, path=round_.pdf)),
    View("verify-empty", lambda _: Where(PageName.VERIFY)),
)
