"""The editor that a kind of answer is given with.

Every editor shows an answer (`show_answer`), reports one (`answered`; an empty text takes the
answer back), reports what is typed when it is left (`settle`), keeps what was refused (`refuse`)
and takes the digit keys (`choose_by_key`).
"""

from collections.abc import Callable, Mapping

from assessor_app.domain.instrument import LEVELLED, AnswerKind, Indicator, Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.counted import count_editor
from assessor_app.ui.pages.checklist.editors.duration import time_editor
from assessor_app.ui.pages.checklist.editors.levels import LevelsEditor
from assessor_app.ui.pages.checklist.editors.numbers import NumberEditor
from assessor_app.ui.pages.checklist.editors.parts import PartsEditor
from assessor_app.ui.pages.checklist.editors.photographed import PhotoEditor
from assessor_app.ui.pages.checklist.editors.written import DateEditor, TextEditor

Editor = LevelsEditor | NumberEditor | PartsEditor | TextEditor | DateEditor | PhotoEditor

TYPED_IN_DIGITS = frozenset({AnswerKind.COUNT, AnswerKind.DURATION})
"""Kinds whose answer begins with a digit, so that no digit can stand for anything else."""


_EDITORS: Mapping[AnswerKind, Callable[..., Editor]] = {
    AnswerKind.COUNT: count_editor,
    AnswerKind.DURATION: time_editor,
    AnswerKind.PARTS: PartsEditor,
    AnswerKind.TEXT: TextEditor,
    AnswerKind.DATE: DateEditor,
    AnswerKind.PHOTO: PhotoEditor,
    AnswerKind.NOTE: PhotoEditor,  # it has no side to be answered on
}


def editor_for(desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> Editor:
    """The editor of one side; its parts are named after `prefix`."""
    made = LevelsEditor if indicator.kind in LEVELLED else _EDITORS[indicator.kind]
    return made(desk, indicator, side, prefix=prefix)
