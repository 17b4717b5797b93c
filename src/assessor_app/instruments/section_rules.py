"""Whether the sections of a file above its indicators fit one another."""

from collections.abc import Iterator
from decimal import Decimal

from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath, shown, shown_list
from assessor_app.instruments.overview import Overview, as_text
from assessor_app.instruments.repeats import repeats


def section_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    yield from _years(document, seen)
    for section in (("object_types",), ("dimensions",), ("respondents", "roles")):
        yield from repeats(document, _codes(document, section))
    yield from _roll_up(document, seen)
    yield from _opinions(document, seen)
    yield from _composition(document, seen)


def _years(document: Document, seen: Overview) -> Iterator[Fault]:
    year, years = seen.tree.get("year"), seen.tree.get("years")
    if not isinstance(years, list) or not years:
        return
    if isinstance(year, int) and year not in years:
        yield document.fault(("years",), "instrument_years_without_year", year=year)
    yield from repeats(document, ((("years", index), str(one)) for index, one in enumerate(years)))


def _codes(document: Document, section: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The codes of one list of the file, also where its entries are broken."""
    items = document.tree
    for part in section:
        items = items.get(part) if isinstance(items, dict) else None
    for index, item in enumerate(items if isinstance(items, list) else []):
        code = as_text(item.get("code")) if isinstance(item, dict) else None
        if code is not None:
            yield (*section, index, "code"), code


def _roll_up(document: Document, seen: Overview) -> Iterator[Fault]:
    """A vertical agency's score belongs to a national body, never to the agency's own kind."""
    for index, kind in enumerate(seen.object_types):
        if kind is None or kind.rolls_up_to is None:
            continue
        itself = {one.casefold() for one in (kind.code, kind.name.id, kind.name.en)}
        if kind.rolls_up_to.casefold() in itself:
            path = ("object_types", index, "rolls_up_to")
            yield document.fault(path, "instrument_rolls_up_to_itself", name=shown(kind.code))


def _opinions(document: Document, seen: Overview) -> Iterator[Fault]:
    """A quality word stands for one opinion."""
    words = enumerate(seen.opinion.words if seen.opinion else ())
    path: KeyPath = ("opinion", "words")
    yield from repeats(
        document, (((*path, index, "quality"), word.quality.id) for index, word in words)
    )


def _composition(document: Document, seen: Overview) -> Iterator[Fault]:
    named: list[tuple[KeyPath, str]] = []
    known = shown_list(code for code in seen.dimensions if code)
    for index, part in enumerate(seen.composition):
        if part is None:
            continue
        path: KeyPath = ("composition", index)
        if part.points <= 0:
            yield document.fault((*path, "points"), "instrument_not_positive", value=part.points)
        for number, code in enumerate(part.dimensions):
            at = (*path, "dimensions", number)
            if seen.dimensions and code not in seen.dimensions:
                places = {"name": shown(code), "known": known}
                yield document.fault(at, "instrument_composition_unknown", **places)
            named.append((at, code))
    yield from repeats(document, named)
    yield from _whole(document, seen, frozenset(code for _, code in named))


def _whole(document: Document, seen: Overview, named: frozenset[str]) -> Iterator[Fault]:
    """Whether a composition names every dimension and makes the maximum."""
    if not seen.composition or None in seen.composition:
        return
    path: KeyPath = ("composition",)
    for code in seen.dimensions:
        if code is not None and code not in named:
            yield document.fault(path, "instrument_composition_incomplete", name=shown(code))
    total = sum((part.points for part in seen.composition if part), Decimal(0))
    if seen.maximum is not None and total != seen.maximum:
        yield document.fault(
            path,
            "instrument_composition_does_not_sum",
            total=total,
            maximum=seen.maximum,
            difference=abs(total - seen.maximum),
        )
