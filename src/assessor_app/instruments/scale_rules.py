"""Whether the levels of an answer scale fit its kind."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from assessor_app.domain.instrument import AnswerKind
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath
from assessor_app.instruments.overview import Overview
from assessor_app.instruments.schema import ScaleForm


def scale_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    for name, scale in seen.scales.items():
        if scale is None:
            continue
        path: KeyPath = ("scales", name, "levels")
        yield from _values(document, scale, path)
        yield from _fulfilments(document, scale, path)


def _values(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    expected = _expected(scale)
    found = tuple(level.value for level in scale.levels)
    if found != expected:
        yield document.fault(
            path,
            "instrument_levels_unfit",
            kind=scale.kind.value,
            expected=", ".join(expected),
            found=", ".join(found),
        )


def _expected(scale: ScaleForm) -> tuple[str, ...]:
    match scale.kind:
        case AnswerKind.PRESENCE:
            return ("present", "absent")
        case AnswerKind.PARTIAL:
            return ("present", "partial", "absent")
        case AnswerKind.ORDINAL:
            return tuple(str(number) for number in range(len(scale.levels)))


def _fulfilments(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    fulfilments = [level.fulfilment for level in scale.levels]
    for index, fulfilment in enumerate(fulfilments):
        if not 0 <= fulfilment <= 1:
            at = (*path, index, "fulfilment")
            yield document.fault(at, "instrument_fulfilment_outside", value=fulfilment)
    if not {Decimal(0), Decimal(1)} <= set(fulfilments):
        yield document.fault(path, "instrument_fulfilment_ends_missing")
    # Presence and partial are written from the best answer down, ordinal from 0 up.
    rising = fulfilments if scale.kind is AnswerKind.ORDINAL else fulfilments[::-1]
    if any(lower >= upper for lower, upper in pairwise(rising)):
        yield document.fault(path, "instrument_fulfilment_disordered")
