"""What each action of the key table does at the checklist; buttons ask for the same by name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from assessor_app.domain.instrument import Side
from assessor_app.ui.models.outline_row import Show
from assessor_app.ui.pages.checklist.indicator_pane import IndicatorPane
from assessor_app.ui.pages.checklist.keys import Act
from assessor_app.ui.pages.checklist.photos import Goal

if TYPE_CHECKING:  # the page that they act upon
    from assessor_app.ui.pages.checklist.page import ChecklistPage


def acts(page: "ChecklistPage") -> dict[str, Act]:
    """Every action by its name in the table."""
    return {**_answering(page), **_moving(page), **_writing(page), **_looking(page), **_rest(page)}


def _answering(page: "ChecklistPage") -> dict[str, Act]:
    active = page.active
    return {
        "answer": active.answer,
        "both": lambda key: _answer_both(page, key.removeprefix("Ctrl+")),
        "nothing": lambda _: active.answer("X"),
        "not_assessed": lambda _: active.answer("T"),
        "not_applicable": lambda _: active.answer("B"),
        "same": lambda _: page.marking.same(page.spot),
        "paper": lambda _: active.go_to(Side.PAPERWORK),
        "practice": lambda _: active.go_to(Side.PRACTICE),
    }


def _moving(page: "ChecklistPage") -> dict[str, Act]:
    return {
        "next": lambda _: page.walking.step(page.code, 1),
        "down": lambda _: page.walking.step(page.code, 1),
        "up": lambda _: page.walking.step(page.code, -1),
        "next_open": lambda _: page.walking.next_open(page.code),
        "next_question": lambda _: page.introducing.next_question(),
        "next_respondent": lambda _: page.introducing.next_respondent(),
    }


def _writing(page: "ChecklistPage") -> dict[str, Act]:
    return {
        "note": lambda _: page.active.write_note(),
        "template": lambda _: _insert_template(page),
        "prove": lambda _: _prove(page, page.proving.choose),
        "paste": lambda _: _prove(page, page.proving.paste),
        "web": lambda _: _prove(page, page.proving.take_web),
        "no_evidence": lambda _: page.active.attest(),
        "document": lambda _: page.active.fold_document(),
        "time": lambda _: page.active.fold_time(),
        "mark": lambda _: page.marking.mark(page.code),
        "take": lambda _: page.marking.take(page.code),
        "leave": lambda _: page.leave(),
    }


def _looking(page: "ChecklistPage") -> dict[str, Act]:
    return {
        "guidance": lambda _: _fold(page, IndicatorPane.toggle_guidance),
        "history": lambda _: _look_back(page),
        "products": lambda _: _fold(page, IndicatorPane.toggle_products),
        "outline": lambda _: page.columns.toggle_outline(),
        "score": lambda _: page.columns.toggle_score(),
        "search": lambda _: _search(page),
        **{f"show_{show}": _filtering(page, show) for show in Show},
    }


def _rest(page: "ChecklistPage") -> dict[str, Act]:
    return {
        "undo": lambda _: page.turn_back(page.recording.undo),
        "redo": lambda _: page.turn_back(page.recording.redo),
        "pause": lambda _: page.pause(),
        "review": lambda _: page.review_wanted.emit(),
        "interviews": lambda _: page.interviews_wanted.emit(),
        "trials": lambda _: page.trials_wanted.emit(),
        "pictures": lambda _: page.pictures_wanted.emit(),
        "keys": lambda _: _show_keys(page),
    }


def _answer_both(page: "ChecklistPage", key: str) -> None:
    """Give both sides the answer of a key, and go on where nothing stands in the way."""
    given = page.active.answer_both(page.spot, key)
    if given and not page.outline.row(page.code).lacks_evidence:
        page.walking.step(page.code, 1)


def _insert_template(page: "ChecklistPage") -> None:
    """Let a template be chosen for the note of the active side."""
    pane = page.pane.panes.get(page.side) if page.pane is not None else None
    if pane is not None and page.session.snapshot.takes_answers:
        page.templates.ask(pane)


def _prove(page: "ChecklistPage", act: Callable[[Goal], None]) -> None:
    """Take evidence to the active side."""
    page.active.prove(page.spot, lambda goal: page.place.prove(goal, act))


def _fold(page: "ChecklistPage", fold: Callable[[IndicatorPane], None]) -> None:
    if page.pane is not None:
        fold(page.pane)


def _look_back(page: "ChecklistPage") -> None:
    """The history of the indicator."""
    page.settle()  # what was refused is no part of the record, and stays as it is
    page.looking.look_back(page.code)


def _filtering(page: "ChecklistPage", show: Show) -> Act:
    return lambda _: page.outline.filter_by(show)


def _show_keys(page: "ChecklistPage") -> None:
    """Imported here: it can be printed, and a visit is opened without what prints."""
    from assessor_app.ui.pages.checklist.key_help import KeyHelp

    KeyHelp(page.desk, page).open()


def _search(page: "ChecklistPage") -> None:
    page.columns.open_outline()
    page.outline.search()
