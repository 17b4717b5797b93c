"""What the parts of an instrument file owe each other, beyond the form of each."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import chain

from assessor_app.domain.instrument import Side, SideRule
from assessor_app.instruments.band_rules import band_faults
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath, shown
from assessor_app.instruments.overview import Overview, as_text, overview
from assessor_app.instruments.scale_rules import scale_faults
from assessor_app.instruments.schema import IndicatorForm


def rule_faults(document: Document) -> Iterator[Fault]:
    """The faults between the parts of a file, as far as these can be read."""
    seen = overview(document)
    yield from chain.from_iterable(rule(document, seen) for rule in _RULES)


def _codes(document: Document, seen: Overview) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for entry in seen.indicators:
        code = entry.text("code")
        if code is None:
            continue
        path = (*entry.path, "code")
        if code in first:
            yield document.fault(path, "instrument_code_twice", indicator=code, first=first[code])
        if code in seen.retired:
            yield document.fault(path, "instrument_code_retired", indicator=code)
        first.setdefault(code, document.line(path))


def _names(document: Document, seen: Overview) -> Iterator[Fault]:
    """A source, scale or group that an indicator names must be there."""
    for entry in seen.indicators:
        for key in ("text_source", "weight_source", "legal_source"):
            yield from _source(document, seen, (*entry.path, key), entry.text(key))
        for key, known in (("scale", seen.scales), ("shares", seen.groups)):
            name = entry.text(key)
            if name is not None and name not in known:
                places = {"name": shown(name), "known": ", ".join(known)}
                yield document.fault((*entry.path, key), f"instrument_{key}_unknown", **places)


def _section_sources(document: Document, seen: Overview) -> Iterator[Fault]:
    """The sources that the sections above and beside the indicators name."""
    for path, value in _source_names(document.tree, ()):
        if "indicators" not in path:
            yield from _source(document, seen, path, as_text(value))


def _source_names(raw: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    pairs = raw.items() if isinstance(raw, dict) else ()
    items = enumerate(raw) if isinstance(raw, list) else ()
    for key, value in chain(pairs, items):
        if key == "source":
            yield (*path, key), value
        yield from _source_names(value, (*path, key))


def _source(document: Document, seen: Overview, path: KeyPath, name: str | None) -> Iterator[Fault]:
    if name is not None and name not in seen.sources:
        known = ", ".join(sorted(seen.sources))
        yield document.fault(path, "instrument_source_unknown", name=shown(name), known=known)


def _weights(document: Document, seen: Overview) -> Iterator[Fault]:
    for entry in seen.indicators:
        path, indicator = entry.path, shown(entry.raw.get("code"))
        given = [entry.raw.get(key) for key in ("weight", "shares", "weight_source")]
        own, shared, sourced = (value is not None for value in given)
        if own == shared:
            code = "instrument_weight_double" if own else "instrument_weight_missing"
            yield document.fault(path, code, indicator=indicator)
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
    if seen.maximum is not None and seen.maximum <= 0:
        yield document.fault(("maximum",), "instrument_not_positive", value=seen.maximum)
    if not seen.indicators or not seen.whole or seen.maximum is None:
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


def _sides(document: Document, seen: Overview) -> Iterator[Fault]:
    for path, indicator in seen.readable():
        if len(set(indicator.sides)) < len(indicator.sides):
            at = (*path, "sides")
            yield document.fault(at, "instrument_side_twice", side=indicator.sides[0].value)
        if indicator.counts is not None and not _can_count(indicator, indicator.counts):
            yield document.fault(
                (*path, "counts"),
                "instrument_counts_unfit",
                rule=indicator.counts.value,
                sides=", ".join(indicator.sides),
            )


def _can_count(indicator: IndicatorForm, rule: SideRule) -> bool:
    if rule in (SideRule.LOWER, SideRule.MEAN):
        return set(indicator.sides) == set(Side)
    return rule.value in indicator.sides


def _entries(document: Document, _: Overview) -> Iterator[Fault]:
    yield from _twice(document, "object_types")
    yield from _twice(document, "dimensions")


def _twice(document: Document, section: str) -> Iterator[Fault]:
    """Codes that stand twice in one list of the file."""
    tree = document.tree if isinstance(document.tree, dict) else {}
    items = tree.get(section)
    first: dict[str, int] = {}
    for index, item in enumerate(items if isinstance(items, list) else []):
        code = as_text(item.get("code")) if isinstance(item, dict) else None
        if code is None:
            continue
        path = (section, index, "code")
        if code in first:
            yield document.fault(path, "instrument_entry_twice", name=code, first=first[code])
        first.setdefault(code, document.line(path))


_RULES: tuple[Callable[[Document, Overview], Iterator[Fault]], ...] = (
    _entries,
    _names,
    _section_sources,
    scale_faults,
    _codes,
    _sides,
    _weights,
    _groups,
    _sum,
    band_faults,
)
