"""The tables of docs/method.md, made from the instrument files (`-m`, from the checkout's root).

What stands between `<!-- made: NAME -->` and `<!-- end -->` is made; all else is written by hand.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from tests.instruments.method_examples import Walked, example_2015, example_2023

from assessor_app.domain.instrument import Indicator, Instrument
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.scoring import published
from assessor_app.instruments.building import build
from assessor_app.instruments.document import read_document
from assessor_app.instruments.reading import examine
from assessor_app.instruments.schema import IndicatorForm, InstrumentForm, RoleForm
from assessor_app.paths import resources_dir

DOCUMENT = Path("docs/method.md")
ORDER = (
    *("2013", "2014", "2015-kl", "2015-pemda", "2015-lain", "2016-2019", "2021"),
    *("2022", "2023-2024", "2025", "2026"),
)
_MADE = re.compile(r"(<!-- made: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
_OPENINGS = {"Inference:": "C", "Well known:": "B", "Not found:": "–"}
_SAID_BY_MARK = ("A:", "Inference:", "Well known:")
# This file was shipped before its notes opened with how sure they are; visits are pinned to it.
_PINNED = {"teks-penunjang": "B", "kategori-penunjang": "B", "pasal-lain": "B"}
_SAME_SCORES = ("50.99", "51.00", "53.99", "54.00", "73.14", "78.00", "79.20", "81.00", "88.00")
_SAME_UNDER = ("2016-2019", "2021", "2022", "2023-2024")


@dataclass(frozen=True, slots=True)
class Shipped:
    """One instrument file, as its author wrote it and as the product uses it."""

    form: InstrumentForm
    instrument: Instrument

    def mark(self, name: str | None) -> str:
        """How sure a source of the file is: A, B, C, or – where nothing was found."""
        if name is None:
            return ""
        source = self.form.sources[name]
        if source.verified:
            return "A"
        opened = next((m for o, m in _OPENINGS.items() if source.note.en.startswith(o)), "C")
        return _PINNED.get(name, "C") if self.form.id == "2015-pemda" else opened


def main() -> None:
    """Write the document anew."""
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(made(text), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT}\n")


def made(text: str) -> str:
    """The document with every table made anew; a table of an unknown name is a KeyError."""
    shipped = {name: _shipped(name) for name in ORDER}
    tables: dict[str, Callable[[], Iterable[str]]] = {
        "overview": lambda: _overview(shipped.values()),
        "bounds": lambda: _bounds(shipped.values()),
        "same-score": lambda: _same_score(shipped),
        "example-2015": lambda: _example(example_2015(shipped["2015-pemda"].instrument)),
        "example-2023": lambda: _example(example_2023(shipped["2023-2024"].instrument)),
        **{name: partial(_year, one) for name, one in shipped.items()},
    }
    return _MADE.sub(lambda found: found[1] + "\n".join(tables[found[2]]()) + "\n" + found[3], text)


def _shipped(name: str) -> Shipped:
    document = read_document(resources_dir() / "instruments" / f"{name}.yaml")
    form, faults = examine(document)
    if form is None or faults:
        raise ValueError(f"{document.file}: {faults}")
    return Shipped(form, build(form, digest=document.digest))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    yield from (_row(row) for row in rows)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _overview(shipped: Iterable[Shipped]) -> Iterator[str]:
    head = ("Instrument", "Years", "Maximum", "Bounds", "Indicators", "Weights", "Institution")
    yield from _table((*head, "The product answers"), (_summary(one) for one in shipped))


def _summary(one: Shipped) -> tuple[str, ...]:
    instrument, form = one.instrument, one.form
    years = [str(year) for year in instrument.years]
    bounds = f"{len(instrument.bands)} bands ({one.mark(form.bands.source)})"
    rule = instrument.aggregation
    return (
        f"`{instrument.pin}`",
        years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}",
        exact_text(instrument.maximum) if instrument.bands or form.composition else "not published",
        bounds if instrument.bands else "not published",
        str(len(tuple(instrument.indicators()))) if instrument.visitable else "not sourced",
        _weights(one),
        f"`{rule}` ({one.mark(form.aggregation.source)})" if rule else "not sourced",
        _answers(instrument),
    )


def _weights(one: Shipped) -> str:
    if not one.instrument.visitable:
        return "not sourced"
    if not one.instrument.weighted:
        parts = [f"{exact_text(part.points)} %" for part in one.instrument.composition]
        return f"{' and '.join(parts)} (A), inside open" if parts else "none"
    sure = sum((each.weight for each in one.instrument.indicators() if each.verified), Decimal(0))
    if sure:
        return f"{exact_text(sure)} of {exact_text(one.instrument.maximum)} points A"
    return "of dimensions A, of indicators C"


def _answers(instrument: Instrument) -> str:
    if not instrument.visitable:
        return "zone of a score; no visit"
    return "score (simulation)" if instrument.weighted else "gap, completeness, findings; no score"


def _bounds(shipped: Iterable[Shipped]) -> Iterator[str]:
    rows = [
        (
            f"`{one.form.id}`",
            f"{band.lower}–{band.upper}",
            f"dark {band.zone}" if band.dark else str(band.zone),
            band.category or "",
            f"{band.name.id} ({band.name.en})",
            one.mark(band.source or one.form.bands.source),
        )
        for one in shipped
        for band in one.form.bands.zones
    ]
    yield from _table(("Instrument", "Points", "Zone", "Category", "Words", ""), rows)


def _same_score(shipped: Mapping[str, Shipped]) -> Iterator[str]:
    rows = [
        (score, *(_read(shipped[name].instrument, Decimal(score)) for name in _SAME_UNDER))
        for score in _SAME_SCORES
    ]
    yield from _table(("Score", *(f"`{name}`" for name in _SAME_UNDER)), rows)


def _read(instrument: Instrument, score: Decimal) -> str:
    band = instrument.band(score)
    if band is None:
        return "not published"
    return f"{band.zone}, {band.category}" if band.category else str(band.zone)


def _example(walked: Walked) -> Iterator[str]:
    found = walked.score()
    changed = [
        line for line in found.lines if line.fulfilment != 1 or line.weight != line.indicator.weight
    ]
    rows = [
        (
            line.indicator.code,
            line.indicator.text.en,
            exact_text(line.weight),
            exact_text(line.fulfilment or Decimal(0)),
            exact_text(line.points),
        )
        for line in changed
    ]
    yield from _table(("Code", "Indicator", "Weighs", "Fulfilled", "Points"), rows)
    yield ""
    for dimension in walked.instrument.dimensions:
        codes = {one.code for one in dimension.indicators()}
        points = sum((one.points for one in found.lines if one.indicator.code in codes), Decimal(0))
        told = f"{exact_text(points)}, published as {published(points)}"
        yield f"- {dimension.name.en}: {told}"
    zone = f"{found.band.zone}, {found.band.name.en}" if found.band else "open"
    told = f"{exact_text(found.points)}, published as {published(found.points)}: {zone}"
    yield f"- **The unit: {told}**"


def _year(one: Shipped) -> Iterator[str]:
    form, instrument = one.form, one.instrument
    yield f"File `resources/instruments/{form.id}.yaml`, `{instrument.pin}`: {form.title.en}"
    yield f"(*{form.title.id}*). Legal basis: {form.legal_basis}."
    offices = ", ".join(f"`{kind.code}`" for kind in instrument.object_types)
    yield f"Offices: {offices}."
    yield ""
    yield from _table(("What", "Rule", "", "Source"), _rules(one))
    if instrument.visitable:
        yield ""
        yield from _indicators(one)
    ruled = {name for _, _, name in _named(one)}
    rest = [name for name in form.sources if name not in ruled]
    if rest:
        yield ""
    for name in rest:
        yield f"- {one.mark(name)} `{name}`: {_note(form.sources[name].note.en)}"


def _rules(one: Shipped) -> Iterator[tuple[str, str, str, str]]:
    for what, rule, name in _named(one):
        yield what, rule, one.mark(name), _note(one.form.sources[name].note.en)


def _note(text: str) -> str:
    """A note without the opening that its mark repeats."""
    opening = next((one for one in _SAID_BY_MARK if text.startswith(one)), "")
    rest = text.removeprefix(opening).strip()
    return rest[:1].upper() + rest[1:]


def _named_bounds(one: Shipped) -> Iterator[tuple[str, str, str]]:
    bands = one.form.bands
    listed = ", ".join(f"{zone.lower}–{zone.upper}" for zone in bands.zones)
    yield "Bounds", listed or "not published", bands.source
    for zone in bands.zones:
        if zone.source:
            yield f"Bounds of {zone.category}", f"{zone.lower}–{zone.upper}", zone.source


def _named(one: Shipped) -> Iterator[tuple[str, str, str]]:
    """What the file rules, how, and by which of its sources."""
    form = one.form
    yield from _named_bounds(one)
    if form.bands.between:
        yield "Between two bounds", "the lower band", form.bands.between.source
    yield "The side that counts", form.counts.rule, form.counts.source
    yield "Units to institution", form.aggregation.rule or "no rule", form.aggregation.source
    if form.denominator:
        stays = f"stay in the {form.denominator.rule}"
        yield "Points of what does not apply", stays, form.denominator.source
    if form.not_assessable:
        yield "Could not be assessed", form.not_assessable.rule, form.not_assessable.source
    if form.respondents:
        asked = (_role(each) for each in form.respondents.roles)
        yield "Respondents", ", ".join(asked), form.respondents.source
    for name in dict.fromkeys(part.source for part in form.composition):
        parts = (part for part in form.composition if part.source == name)
        told = (f"{', '.join(part.dimensions)} {exact_text(part.points)} %" for part in parts)
        yield "Of the whole", "; ".join(told), name
    words = form.opinion.words if form.opinion else ()
    for name in dict.fromkeys(word.source for word in words):
        said = (f"{one.quality.id} = {one.opinion.id}" for one in words if one.source == name)
        yield "Words", "; ".join(said), name
    for name in dict.fromkeys(dimension.source for dimension in form.dimensions):
        weighed = (_weighed(one, each.code) for each in form.dimensions if each.source == name)
        yield "Dimensions", ", ".join(weighed), name


def _role(role: RoleForm) -> str:
    if role.posts is not None:
        return f"`{role.code}` {role.posts}"
    return f"`{role.code}` at least {role.at_least}" if role.at_least else f"`{role.code}`"


def _weighed(one: Shipped, code: str) -> str:
    dimension = next(each for each in one.instrument.dimensions if each.code == code)
    points = sum((each.weight for each in dimension.indicators()), Decimal(0))
    return f"{dimension.name.id} {exact_text(points)}" if points else dimension.name.id


def _indicators(one: Shipped) -> Iterator[str]:
    head = ("Code", "Indicator", "", "Weight", "", "Answered", "Asked", "Sides", "Counts", "Means")
    written = {
        each.code: each
        for dimension in one.form.dimensions
        for variable in dimension.variables
        for each in variable.indicators
    }
    rows = [
        _line(one, each, written[each.code], ", ".join(variable.means).replace("_", " "))
        for dimension in one.instrument.dimensions
        for variable in dimension.variables
        for each in variable.indicators
    ]
    yield from _table(head, rows)


def _line(one: Shipped, indicator: Indicator, form: IndicatorForm, means: str) -> tuple[str, ...]:
    weighed_by = one.form.shared_weights[form.shares].source if form.shares else form.weight_source
    return (
        indicator.code,
        _told(indicator),
        one.mark(form.text_source),
        exact_text(indicator.weight) if indicator.weight else "",
        one.mark(weighed_by),
        f"{indicator.kind}" if indicator.scored else f"{indicator.kind}, not judged",
        str(indicator.asked).replace("_", " "),
        " + ".join(indicator.sides),
        str(indicator.counts),
        means,
    )


def _told(indicator: Indicator) -> str:
    count = len(indicator.evidence_items)
    items = f"<br>({count} evidence item{'s' if count > 1 else ''})" if count else ""
    return f"{indicator.text.id}<br>*{indicator.text.en}*{items}"


if __name__ == "__main__":
    main()
