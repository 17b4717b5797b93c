"""Whether the steps of a number rise, and can be reached."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from assessor_app.domain.instrument import AnswerKind
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath
from assessor_app.instruments.schema import ScaleForm

_STEPPED = (AnswerKind.COUNT, AnswerKind.DURATION, AnswerKind.PARTS)
_KEPT_IN_FULL = Decimal(100)  # percent of a promised time


def step_faults(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    """The faults of a scale's `steps`; `path` is the scale's own."""
    if not scale.steps or scale.kind not in _STEPPED:
        return
    at = (*path, "steps")
    yield from _fulfilments(document, scale, at)
    yield from _order(document, scale, at)
    yield from _reach(document, scale, at)
    if scale.kind is AnswerKind.PARTS and all(part.share is None for part in scale.parts):
        yield document.fault(at, "instrument_steps_without_shares")


def _fulfilments(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    outside = False
    for index, step in enumerate(scale.steps):
        if not 0 <= step.fulfilment <= 1:
            outside = True
            at = (*path, index, "fulfilment")
            yield document.fault(at, "instrument_fulfilment_outside", value=step.fulfilment)
    last = scale.steps[-1].fulfilment
    if last != 1 and not outside:
        at = (*path, len(scale.steps) - 1, "fulfilment")
        yield document.fault(at, "instrument_steps_end_missing", value=last)


def _order(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    for index, (below, above) in enumerate(pairwise(scale.steps), start=1):
        if above.at_least <= below.at_least:
            places = {"value": above.at_least, "below": below.at_least}
            at = (*path, index, "at_least")
            yield document.fault(at, "instrument_steps_disordered", **places)
        if above.fulfilment < below.fulfilment:
            places = {"value": above.fulfilment, "below": below.fulfilment}
            at = (*path, index, "fulfilment")
            yield document.fault(at, "instrument_steps_fall", **places)


def _reach(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    highest = _highest(scale)
    for index, step in enumerate(scale.steps):
        if highest is not None and step.at_least > highest:
            places = {"value": step.at_least, "highest": highest}
            at = (*path, index, "at_least")
            yield document.fault(at, "instrument_step_unreachable", **places)


def _highest(scale: ScaleForm) -> Decimal | None:
    """The highest number that the steps of a scale can be held against."""
    match scale.kind:
        case AnswerKind.PARTS:
            return Decimal(len(scale.parts))
        case AnswerKind.DURATION:
            return _KEPT_IN_FULL
        case _:
            return scale.most
