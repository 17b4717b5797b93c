"""Whether every indicator can be answered on some side, and counted by its rule."""

from collections.abc import Iterator

from assessor_app.domain.instrument import AnswerKind, Side, SideRule
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, shown
from assessor_app.instruments.overview import Entry, Overview
from assessor_app.instruments.schema import IndicatorForm

_BOTH = frozenset(Side)


def side_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    for entry in seen.indicators:
        if entry.form is not None:
            yield from _sides(document, entry, entry.form, seen=seen)


def _sides(
    document: Document, entry: Entry, indicator: IndicatorForm, *, seen: Overview
) -> Iterator[Fault]:
    at, sides = (*entry.path, "sides"), indicator.sides
    scale = seen.scales.get(indicator.scale)
    kind = scale.kind if scale else None
    # A note is read; everything else is answered somewhere, a photo by what is attached to a side.
    if not sides and kind is not None and kind is not AnswerKind.NOTE:
        yield document.fault(at, "instrument_sides_missing", indicator=shown(indicator.code))
    if len(set(sides)) < len(sides):
        yield document.fault(at, "instrument_side_twice", side=sides[0].value)
    if kind is AnswerKind.DURATION and set(sides) == {Side.PRACTICE}:
        yield document.fault(at, "instrument_duration_unpromised", indicator=shown(indicator.code))
    if sides and indicator.counts is not None and not _can_count(sides, indicator.counts):
        yield document.fault(
            (*entry.path, "counts"),
            "instrument_counts_unfit",
            rule=indicator.counts.value,
            sides=", ".join(sides),
        )


def _can_count(sides: tuple[Side, ...], rule: SideRule) -> bool:
    if rule in (SideRule.LOWER, SideRule.MEAN):
        return set(sides) == _BOTH
    return rule.value in sides
