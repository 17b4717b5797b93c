"""Whether an answer scale has what its kind needs, and nothing that its kind cannot use."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from assessor_app.domain.instrument import LEVELLED, AnswerKind
from assessor_app.domain.scale import NONE
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath, shown_list
from assessor_app.instruments.overview import Overview, is_scored
from assessor_app.instruments.repeats import repeats
from assessor_app.instruments.schema import LevelForm, ScaleForm
from assessor_app.instruments.step_rules import step_faults

_NUMBER = frozenset({"steps", "unit", "least", "most", "whole"})
_KEYS: Mapping[AnswerKind, frozenset[str]] = {
    **dict.fromkeys(LEVELLED, frozenset({"levels"})),
    AnswerKind.COUNT: _NUMBER | {"target"},
    AnswerKind.DURATION: _NUMBER,
    AnswerKind.PARTS: frozenset({"parts", "steps"}),
}
_NEEDED: Mapping[AnswerKind, str] = {
    **dict.fromkeys(LEVELLED, "levels"),
    AnswerKind.DURATION: "unit",
    AnswerKind.PARTS: "parts",
}
_ORDERED = frozenset(
    {AnswerKind.PRESENCE, AnswerKind.PARTIAL, AnswerKind.ORDINAL, AnswerKind.LIKERT}
)


def scale_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    for name, scale in seen.scales.items():
        if scale is None:
            continue
        path: KeyPath = ("scales", name)
        yield from _keys(document, scale, path)
        yield from _levels(document, scale, path)
        yield from _parts(document, scale, path)
        yield from _bounds(document, scale, path)
        yield from step_faults(document, scale, path)


def _keys(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    kind = scale.kind.value
    known = _KEYS.get(scale.kind, frozenset())
    # In the order of the form's own keys, so that the same file is always told in the same words.
    for key in (key for key in type(scale).model_fields if key in scale.model_fields_set):
        if key not in known and key != "kind":
            allowed = shown_list(one for one in type(scale).model_fields if one in known)
            places = {"name": key, "kind": kind, "allowed": allowed}
            yield document.fault((*path, key), "instrument_scale_key_unfit", **places)
    needed = _NEEDED.get(scale.kind)
    if needed and not getattr(scale, needed):
        yield document.fault(path, "instrument_scale_key_missing", name=needed, kind=kind)


def _levels(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    if scale.kind not in LEVELLED or not scale.levels:
        return
    at = (*path, "levels")
    expected, found = _expected(scale), tuple(level.value for level in scale.levels)
    if found != expected:
        yield document.fault(
            at,
            "instrument_levels_unfit",
            kind=scale.kind.value,
            expected=shown_list(expected),
            found=shown_list(found),
        )
    yield from repeats(document, (((*at, index, "value"), one) for index, one in enumerate(found)))
    yield from _fulfilments(document, scale, at)


def _expected(scale: ScaleForm) -> tuple[str, ...]:
    """The values that a kind prescribes; those of a frequency or choice are its author's own."""
    count = max(len(scale.levels), 2)
    match scale.kind:
        case AnswerKind.PRESENCE:
            return ("present", "absent")
        case AnswerKind.PARTIAL:
            return ("present", "partial", "absent")
        case AnswerKind.ORDINAL:
            return tuple(str(number) for number in range(count))
        case AnswerKind.LIKERT:
            return tuple(str(number) for number in range(1, count + 1))
        case _:
            return tuple(level.value for level in scale.levels)


def _fulfilments(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    for index, level in enumerate(scale.levels):
        if level.fulfilment is not None and not 0 <= level.fulfilment <= 1:
            at = (*path, index, "fulfilment")
            yield document.fault(at, "instrument_fulfilment_outside", value=level.fulfilment)
    scored = is_scored(scale)
    if scored is None:
        yield from _half_scored(document, path, scale.levels)
    if not scored:
        return
    fulfilments = [level.fulfilment for level in scale.levels if level.fulfilment is not None]
    if not {Decimal(0), Decimal(1)} <= set(fulfilments):
        yield document.fault(path, "instrument_fulfilment_ends_missing")
    if scale.kind in _ORDERED and not _in_order(scale.kind, fulfilments):
        yield document.fault(path, "instrument_fulfilment_disordered")


def _half_scored(
    document: Document, path: KeyPath, levels: tuple[LevelForm, ...]
) -> Iterator[Fault]:
    for index, level in enumerate(levels):
        if level.fulfilment is None:
            places = {"name": "fulfilment", "value": level.value}
            yield document.fault((*path, index), "instrument_scale_half_scored", **places)


def _in_order(kind: AnswerKind, fulfilments: list[Decimal]) -> bool:
    """Whether fulfilment changes from level to level in the direction that the kind has.

    Presence and partial are written from the best answer down, ordinal from 0 up. To agree may be
    good or bad, so a Likert scale may go either way.
    """
    up = all(lower < upper for lower, upper in pairwise(fulfilments))
    down = all(lower > upper for lower, upper in pairwise(fulfilments))
    match kind:
        case AnswerKind.ORDINAL:
            return up
        case AnswerKind.LIKERT:
            return up or down
        case _:
            return down


def _parts(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    if scale.kind is not AnswerKind.PARTS or not scale.parts:
        return
    at = (*path, "parts")
    values = enumerate(part.value for part in scale.parts)
    yield from repeats(document, (((*at, index, "value"), value) for index, value in values))
    half = is_scored(scale) is None
    for index, part in enumerate(scale.parts):
        if part.value == NONE:
            yield document.fault((*at, index, "value"), "instrument_part_reserved", value=NONE)
        if half and part.share is None:
            places = {"name": "share", "value": part.value}
            yield document.fault((*at, index), "instrument_scale_half_scored", **places)
        if part.share is not None and part.share <= 0:
            share = (*at, index, "share")
            yield document.fault(share, "instrument_not_positive", value=part.share)


def _bounds(document: Document, scale: ScaleForm, path: KeyPath) -> Iterator[Fault]:
    """Whether there is a number at all that may be answered, and one that fulfils the target."""
    least, most, target = scale.least, scale.most, scale.target
    if target is not None and target <= 0:
        yield document.fault((*path, "target"), "instrument_not_positive", value=target)
    if target is not None and most is not None and target > most:
        places = {"target": target, "most": most}
        yield document.fault((*path, "target"), "instrument_target_beyond", **places)
    if scale.kind is AnswerKind.DURATION and most is not None and most <= 0:
        yield document.fault((*path, "most"), "instrument_not_positive", value=most)
    if least is None or most is None:
        return
    if scale.whole:
        least = least.to_integral_value(ROUND_CEILING)
        most = most.to_integral_value(ROUND_FLOOR)
    if least > most:
        ends = {"least": scale.least, "most": scale.most}
        yield document.fault((*path, "most"), "instrument_no_number_fits", **ends)
