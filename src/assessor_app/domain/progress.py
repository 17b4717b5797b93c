"""How far a visit has come: sides asked, sides settled."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import AnswerKind, Side
from assessor_app.domain.visit import Snapshot


@dataclass(frozen=True, slots=True)
class Progress:
    """Sides of indicators, for each product where they are asked so.

    `answered` counts those with an answer, or a reason why they could not be assessed. What does
    not apply or is not relevant is not asked.
    """

    answered: int
    asked: int


def progress(snapshot: Snapshot, compared: Iterable[Compared]) -> Progress:
    """The progress of a visit: what closing as completed would still ask for is the difference."""
    answered = asked = 0
    for one in compared:
        if not one.asked:
            continue
        for side in one.indicator.sides:
            asked += 1
            answered += side_settled(snapshot, one, side)
    return Progress(answered, asked)


def side_settled(snapshot: Snapshot, one: Compared, side: Side) -> bool:
    """Whether a side was answered, or said why not; by every respondent where they are asked.

    A question for a photo is answered by the evidence attached to it.
    """
    keys = [key for key in one.keys if key.side is side]
    if one.indicator.kind is AnswerKind.PHOTO and snapshot.evidence_for(*keys):
        return True
    return bool(keys) and all(snapshot.observation(key).settled for key in keys)
