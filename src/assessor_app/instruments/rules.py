"""What the parts of an instrument file owe each other, beyond the form of each."""

from collections.abc import Callable, Iterator
from itertools import chain

from assessor_app.instruments.band_rules import band_faults
from assessor_app.instruments.condition_rules import condition_faults
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath, shown, shown_list
from assessor_app.instruments.overview import Overview, as_text, overview
from assessor_app.instruments.respondent_rules import respondent_faults
from assessor_app.instruments.scale_rules import scale_faults
from assessor_app.instruments.section_rules import section_faults
from assessor_app.instruments.side_rules import side_faults
from assessor_app.instruments.weight_rules import weight_faults


def rule_faults(document: Document) -> Iterator[Fault]:
    """The faults between the parts of a file, as far as these can be read."""
    seen = overview(document)
    yield from chain.from_iterable(rule(document, seen) for rule in _RULES)


def _codes(document: Document, seen: Overview) -> Iterator[Fault]:
    first: dict[str, KeyPath] = {}
    for entry in seen.indicators:
        code = entry.text("code")
        if code is None:
            continue
        path = (*entry.path, "code")
        if code in first:
            places = {"indicator": shown(code), "first": document.place(first[code])}
            yield document.fault(path, "instrument_code_twice", **places)
        if code in seen.retired:
            yield document.fault(path, "instrument_code_retired", indicator=shown(code))
        first.setdefault(code, path)


def _names(document: Document, seen: Overview) -> Iterator[Fault]:
    """A source, scale or group that an indicator names must be there."""
    for entry in seen.indicators:
        for key in ("text_source", "weight_source", "legal_source"):
            yield from _source(document, seen, (*entry.path, key), entry.text(key))
        for key, known in (("scale", seen.scales), ("shares", seen.groups)):
            name = entry.text(key)
            if name is not None and name not in known:
                places = {"name": shown(name), "known": shown_list(known)}
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
        known = shown_list(sorted(seen.sources))
        yield document.fault(path, "instrument_source_unknown", name=shown(name), known=known)


def _legal(document: Document, seen: Overview) -> Iterator[Fault]:
    """A law that is named needs the source in which it was read."""
    for path, indicator in seen.readable():
        if indicator.legal_basis and indicator.legal_source is None:
            places = {"indicator": shown(indicator.code)}
            yield document.fault((*path, "legal_basis"), "instrument_legal_unsourced", **places)


_RULES: tuple[Callable[[Document, Overview], Iterator[Fault]], ...] = (
    section_faults,
    _names,
    _section_sources,
    scale_faults,
    respondent_faults,
    _codes,
    side_faults,
    _legal,
    weight_faults,
    condition_faults,
    band_faults,
)
