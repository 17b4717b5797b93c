"""What can be read of an instrument file, whole or broken, so that all its faults come at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import KeyPath
from assessor_app.instruments.schema import (
    BandsForm,
    Code,
    GroupForm,
    IndicatorForm,
    Points,
    ScaleForm,
)

_Read = TypeVar("_Read")
_POINTS: TypeAdapter[Decimal] = TypeAdapter(Points)
_CODES: TypeAdapter[list[str]] = TypeAdapter(list[Code])


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of the file: what stands there, and its form where that is sound."""

    path: KeyPath
    raw: dict[str, object]
    form: IndicatorForm | None

    def text(self, key: str) -> str | None:
        return as_text(self.raw.get(key))


@dataclass(frozen=True, slots=True)
class Overview:
    """The parts that the rules compare; None stands for one whose own form is broken.

    A rule looks only at parts that could be read, so a broken part is told once and hides no
    fault elsewhere.
    """

    maximum: Decimal | None
    sources: frozenset[str]
    scales: dict[str, ScaleForm | None]
    groups: dict[str, GroupForm | None]
    retired: frozenset[str]
    bands: BandsForm | None
    indicators: tuple[Entry, ...]

    def readable(self) -> Iterator[tuple[KeyPath, IndicatorForm]]:
        for entry in self.indicators:
            if entry.form is not None:
                yield entry.path, entry.form

    @property
    def whole(self) -> bool:
        """Whether every weight could be read, so that a sum means something."""
        forms = [entry.form for entry in self.indicators]
        return None not in forms and None not in self.groups.values()


def overview(document: Document) -> Overview:
    tree = _table(document.tree)
    return Overview(
        maximum=_readable(_POINTS, tree.get("maximum")),
        sources=frozenset(_table(tree.get("sources"))),
        scales=_all(TypeAdapter(ScaleForm), tree.get("scales")),
        groups=_all(TypeAdapter(GroupForm), tree.get("shared_weights")),
        retired=frozenset(_readable(_CODES, tree.get("retired_codes", [])) or ()),
        bands=_readable(TypeAdapter(BandsForm), tree.get("bands")),
        indicators=tuple(_indicators(tree)),
    )


def as_text(raw: object) -> str | None:
    """A name as the schema takes it: a whole number may stand for text, nothing else."""
    return str(raw) if isinstance(raw, int | str) and not isinstance(raw, bool) else None


def _indicators(tree: dict[str, object]) -> Iterator[Entry]:
    adapter = TypeAdapter(IndicatorForm)
    for first, dimension in enumerate(_items(tree, "dimensions")):
        for second, variable in enumerate(_items(dimension, "variables")):
            for third, raw in enumerate(_items(variable, "indicators")):
                path = ("dimensions", first, "variables", second, "indicators", third)
                yield Entry(path, _table(raw), _readable(adapter, raw))


def _items(raw: object, key: str) -> list[object]:
    items = _table(raw).get(key)
    return items if isinstance(items, list) else []


def _table(raw: object) -> dict[str, object]:
    return raw if isinstance(raw, dict) else {}


def _all(adapter: TypeAdapter[_Read], raw: object) -> dict[str, _Read | None]:
    return {name: _readable(adapter, part) for name, part in _table(raw).items()}


def _readable(adapter: TypeAdapter[_Read], raw: object) -> _Read | None:
    try:
        return adapter.validate_python(raw)
    except ValidationError:
        return None
