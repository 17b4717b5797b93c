"""Practice is the same as paperwork: which answer that is, or why it cannot be said so shortly."""

from assessor_app.domain.instrument import Indicator
from assessor_app.domain.observation import Observation
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scale import LEVELLED, AnswerKind

_TOLD = LEVELLED | {AnswerKind.PARTS, AnswerKind.COUNT}
"""Kinds whose answers mean the same on both sides.

A duration is the promise on one side and the time it took on the other; a text, a day and a photo
say what was seen, which nobody has seen on paper.
"""


def same_as_paperwork(
    indicator: Indicator, paper: Observation | None, practice: Observation | None
) -> str:
    """The answer of the practice side that is the same as on paper: the answer alone.

    Notes, evidence and reasons are never copied: what stands on paper proves nothing of practice.
    `paper` and `practice` are None on a side that is not asked. Raises RecordRefused
    `same_one_side`, `same_kind_…`, `same_nothing_on_paper`, or `same_answered_otherwise` where
    practice has another answer or a reason, which is not written over.
    """
    code = indicator.code
    if paper is None or practice is None:
        raise RecordRefused("same_one_side", indicator=code)
    if indicator.kind not in _TOLD:
        raise RecordRefused(f"same_kind_{indicator.kind.value}", indicator=code)
    if paper.answer is None:
        raise RecordRefused("same_nothing_on_paper", indicator=code)
    answered = practice.answer or practice.not_assessed_reason or practice.not_applicable_reason
    if answered is not None and practice.answer != paper.answer:
        raise RecordRefused("same_answered_otherwise", indicator=code)
    return paper.answer
