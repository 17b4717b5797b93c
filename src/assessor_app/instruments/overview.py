"""What can be read of an instrument file, whole or broken, so that all its faults come at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar, assert_never

from pydantic import BaseModel, TypeAdapter, ValidationError

from assessor_app.domain.instrument import AnswerKind
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import KeyPath
from assessor_app.instruments.partly import form_of
from assessor_app.instruments.schema import (
    BandsForm,
    GroupForm,
    IndicatorForm,
    ObjectTypeForm,
    OpinionForm,
    PartOfWholeForm,
    Points,
    RoleForm,
    ScaleForm,
)

_Form = TypeVar("_Form", bound=BaseModel)
_POINTS: TypeAdapter[Decimal] = TypeAdapter(Points)


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
    fault elsewhere. `dimensions` and `role_codes` are the codes as they stand in the file.
    """

    tree: dict[str, object]
    maximum: Decimal | None
    sources: frozenset[str]
    scales: dict[str, ScaleForm | None]
    groups: dict[str, GroupForm | None]
    retired: frozenset[str]
    bands: BandsForm | None
    object_types: tuple[ObjectTypeForm | None, ...]
    roles: tuple[RoleForm | None, ...]
    role_codes: frozenset[str]
    opinion: OpinionForm | None
    composition: tuple[PartOfWholeForm | None, ...]
    dimensions: tuple[str | None, ...]
    indicators: tuple[Entry, ...]

    def readable(self) -> Iterator[tuple[KeyPath, IndicatorForm]]:
        for entry in self.indicators:
            if entry.form is not None:
                yield entry.path, entry.form

    @property
    def unweighted(self) -> bool:
        return self.tree.get("unweighted") is not None

    def scored(self, entry: Entry) -> bool | None:
        """Whether the indicator's scale is scored; None where that cannot be read."""
        scale = self.scales.get(entry.text("scale") or "")
        return None if scale is None else is_scored(scale)

    @property
    def whole(self) -> bool:
        """Whether every weight could be read, so that a sum means something."""
        forms = [entry.form for entry in self.indicators]
        unread = not isinstance(self.tree.get("dimensions", []), list)
        if unread or None in forms or None in self.groups.values():
            return False
        return all(
            self.scored(entry) is not None or entry.raw.get("weight") or entry.raw.get("shares")
            for entry in self.indicators
        )


def overview(document: Document) -> Overview:
    tree = _table(document.tree)
    roles = _items(tree.get("respondents"), "roles")
    return Overview(
        tree=tree,
        maximum=_points(tree.get("maximum")),
        sources=frozenset(_table(tree.get("sources"))),
        scales=_all(ScaleForm, tree.get("scales")),
        groups=_all(GroupForm, tree.get("shared_weights")),
        retired=_texts(_items(tree, "retired_codes")),
        bands=form_of(BandsForm, tree.get("bands")),
        object_types=_each(ObjectTypeForm, _items(tree, "object_types")),
        roles=_each(RoleForm, roles),
        role_codes=_texts([_table(role).get("code") for role in roles]),
        opinion=form_of(OpinionForm, tree.get("opinion")),
        composition=_each(PartOfWholeForm, _items(tree, "composition")),
        dimensions=tuple(as_text(_table(one).get("code")) for one in _items(tree, "dimensions")),
        indicators=tuple(_indicators(tree)),
    )


def as_text(raw: object) -> str | None:
    """A name as the schema takes it: a whole number may stand for text, nothing else."""
    return str(raw) if isinstance(raw, int | str) and not isinstance(raw, bool) else None


def is_scored(scale: ScaleForm) -> bool | None:
    """Whether answers on a scale are more or less fulfilled; None where only some of them are."""
    match scale.kind:
        case AnswerKind.TEXT | AnswerKind.DATE | AnswerKind.PHOTO | AnswerKind.NOTE:
            return False
        case AnswerKind.COUNT:
            return bool(scale.steps) or scale.target is not None
        case AnswerKind.DURATION:
            return True
        case AnswerKind.PARTS:
            given = {part.share is not None for part in scale.parts}
        case (
            AnswerKind.PRESENCE
            | AnswerKind.PARTIAL
            | AnswerKind.ORDINAL
            | AnswerKind.LIKERT
            | AnswerKind.FREQUENCY
            | AnswerKind.CHOICE
        ):
            given = {level.fulfilment is not None for level in scale.levels}
        case _:
            assert_never(scale.kind)
    return given.pop() if len(given) == 1 else None


def _indicators(tree: dict[str, object]) -> Iterator[Entry]:
    for first, dimension in enumerate(_items(tree, "dimensions")):
        for second, variable in enumerate(_items(dimension, "variables")):
            for third, raw in enumerate(_items(variable, "indicators")):
                path = ("dimensions", first, "variables", second, "indicators", third)
                yield Entry(path, _table(raw), form_of(IndicatorForm, raw))


def _texts(items: list[object]) -> frozenset[str]:
    return frozenset(text for item in items if (text := as_text(item)) is not None)


def _items(raw: object, key: str) -> list[object]:
    items = _table(raw).get(key)
    return items if isinstance(items, list) else []


def _table(raw: object) -> dict[str, object]:
    return raw if isinstance(raw, dict) else {}


def _all(form: type[_Form], raw: object) -> dict[str, _Form | None]:
    return {name: form_of(form, part) for name, part in _table(raw).items()}


def _each(form: type[_Form], items: list[object]) -> tuple[_Form | None, ...]:
    return tuple(form_of(form, item) for item in items)


def _points(raw: object) -> Decimal | None:
    try:
        return _POINTS.validate_python(raw)
    except ValidationError:
        return None
