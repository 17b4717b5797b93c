"""Whether every scored indicator has its weight, and the weights make the maximum."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath, shown
from assessor_app.instruments.overview import Entry, Overview

_KEYS = ("weight", "weight_source", "shares")


def weight_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    if seen.maximum is not None and seen.maximum <= 0:
        yield document.fault(("maximum",), "instrument_not_positive", value=seen.maximum)
    if seen.unweighted:
        yield from _none_at_all(document, seen)
        return
    for entry in seen.indicators:
        if seen.scored(entry) is False:
            yield from _refused(document, entry, "instrument_weight_unscored")
        else:
            yield from _own(document, seen, entry)
    yield from _groups(document, seen)
    yield from _sum(document, seen)
    yield from _composition(document, seen)


def _none_at_all(document: Document, seen: Overview) -> Iterator[Fault]:
    """`unweighted` says that nobody knows the weights: then none may stand anywhere."""
    if seen.groups:
        path: KeyPath = ("shared_weights",)
        yield document.fault(path, "instrument_weight_in_unweighted", name="shared_weights")
    for entry in seen.indicators:
        yield from _refused(document, entry, "instrument_weight_in_unweighted")


def _refused(document: Document, entry: Entry, code: str) -> Iterator[Fault]:
    for key in _KEYS:
        if entry.raw.get(key) is not None:
            yield document.fault((*entry.path, key), code, name=key)


def _own(document: Document, seen: Overview, entry: Entry) -> Iterator[Fault]:
    path, indicator = entry.path, shown(entry.raw.get("code"))
    own, sourced, shared = (entry.raw.get(key) is not None for key in _KEYS)
    if own and shared:
        yield document.fault(path, "instrument_weight_double", indicator=indicator)
    if not own and not shared and seen.scored(entry):
        yield document.fault(path, "instrument_weight_missing", indicator=indicator)
    if own and not sourced:
        yield document.fault(path, "instrument_weight_unsourced", indicator=indicator)
    if shared and sourced:
        at = (*path, "weight_source")
        yield document.fault(at, "instrument_weight_source_shared", indicator=indicator)
    weight = entry.form.weight if entry.form else None
    if weight is not None and weight <= 0:
        yield document.fault((*path, "weight"), "instrument_not_positive", value=weight)


def _groups(document: Document, seen: Overview) -> Iterator[Fault]:
    members = Counter(indicator.shares for _, indicator in seen.readable())
    for name, group in seen.groups.items():
        path: KeyPath = ("shared_weights", name)
        if not members[name] and seen.whole:
            yield document.fault(path, "instrument_group_empty", name=name)
        if group is not None and group.points <= 0:
            yield document.fault((*path, "points"), "instrument_not_positive", value=group.points)


def _sum(document: Document, seen: Overview) -> Iterator[Fault]:
    if not seen.indicators or not seen.whole or seen.maximum is None:
        return
    if all(seen.scored(entry) is False for entry in seen.indicators):
        yield document.fault(("maximum",), "instrument_nothing_scored")
        return
    own = sum((one.weight or Decimal(0) for _, one in seen.readable()), Decimal(0))
    shared = sum((group.points for group in seen.groups.values() if group), Decimal(0))
    if own + shared != seen.maximum:
        yield document.fault(
            ("maximum",),
            "instrument_weights_do_not_sum",
            total=own + shared,
            maximum=seen.maximum,
            difference=abs(own + shared - seen.maximum),
        )


def _composition(document: Document, seen: Overview) -> Iterator[Fault]:
    """Whether the weights of some dimensions make the points that stand for them together."""
    if not seen.whole or not seen.indicators:
        return
    weights = _by_dimension(seen)
    for index, part in enumerate(seen.composition):
        if part is None or not set(part.dimensions) <= set(seen.dimensions):
            continue
        total = sum((weights[code] for code in set(part.dimensions)), Fraction(0))
        if total != Fraction(part.points):
            places = {"points": part.points, "total": round(float(total), 6)}
            path: KeyPath = ("composition", index, "points")
            yield document.fault(path, "instrument_composition_contradicted", **places)


def _by_dimension(seen: Overview) -> Mapping[str | None, Fraction]:
    """What the indicators of each dimension weigh, their shares of a group's points included."""
    members = Counter(indicator.shares for _, indicator in seen.readable())
    weights: dict[str | None, Fraction] = defaultdict(Fraction)
    for entry in seen.indicators:
        code = seen.dimensions[int(entry.path[1])]
        group = seen.groups.get(entry.text("shares") or "")
        own = entry.form.weight if entry.form else None
        if own is not None:
            weights[code] += Fraction(own)
        elif group is not None:
            weights[code] += Fraction(group.points) / members[entry.text("shares")]
    return weights
