"""The editor that a kind of answer is given with.

Every editor shows an answer (`show_answer`), reports one (`answered`; an empty text takes the
answer back), reports what is typed when it is left (`settle`), keeps what was refused (`refuse`)
and takes the digit keys (`choose_by_key`).
"""

from collections.abc import Mapping

from assessor_app.domain.instrument import LEVELLED, AnswerKind, Indicator, Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.counted import CountEditor
from assessor_app.ui.pages.checklist.editors.duration import PromiseEditor, TimeTakenEditor
from assessor_app.ui.pages.checklist.editors.levels import LevelsEditor
from assessor_app.ui.pages.checklist.editors.parts import PartsEditor
from assessor_app.ui.pages.checklist.editors.photographed import PhotoEditor
from assessor_app.ui.pages.checklist.editors.written import DateEditor, TextEditor

Editor = (
    LevelsEditor
    | CountEditor
    | PromiseEditor
    | TimeTakenEditor
    | PartsEditor
    | TextEditor
    | DateEditor
    | PhotoEditor
)

TYPED_IN_DIGITS = frozenset({AnswerKind.COUNT, AnswerKind.DURATION})
"""Kinds whose answer begins with a digit, so that no digit can stand for anything else."""


_EDITORS: Mapping[AnswerKind, type[Editor]] = {
    AnswerKind.COUNT: CountEditor,
    AnswerKind.PARTS: PartsEditor,
    AnswerKind.TEXT: TextEditor,
    AnswerKind.DATE: DateEditor,
    AnswerKind.PHOTO: PhotoEditor,
    AnswerKind.NOTE: PhotoEditor,  # it has no side to be answered on
}


def editor_for(desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> Editor:
    """The editor of one side; its parts are named after `prefix`."""
    if indicator.kind in LEVELLED:
        return LevelsEditor(desk, indicator, side, prefix=prefix)
    if indicator.kind is AnswerKind.DURATION:
        timed = PromiseEditor if side is Side.PAPERWORK else TimeTakenEditor
        return timed(desk, indicator, side, prefix=prefix)
    return _EDITORS[indicator.kind](desk, indicator, side, prefix=prefix)
