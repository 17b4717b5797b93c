"""Interviews at the checklist: somebody new is asked, and the next question of the same person."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:  # the page that it is a part of
    from assessor_app.ui.pages.checklist.page import ChecklistPage


class Introducing(QObject):
    """A part of the page: what respondents lead to."""

    def __init__(self, page: "ChecklistPage") -> None:
        super().__init__(page)
        self._page = page

    def introduce(self, name: str, post: str, substitute: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Somebody new is asked from the first question on, once the last one was asked all."""
        page, spot = self._page, self._page.spot
        if not page.settle():
            return
        walked = name not in spot.names() and page.walking.walked(spot)
        done = page.recording.introduce(name, post=post or None, substitute=substitute)
        if done is None:
            return
        spot.choose(name)
        questions = spot.questions()
        if walked and questions and questions[0] != page.code:
            page.show_indicator(questions[0])
        else:
            page.subjects.show()

    def next_question(self) -> None:
        self._page.walking.next_question(self._page.spot)

    def next_respondent(self) -> None:
        pane = self._page.pane
        if pane is not None and pane.respondents is not None:
            pane.respondents.add_next()
