"""Offices, steps and lines of a table in the words of the window."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assessor_app.domain.folding import folded
from assessor_app.domain.institutions import OBJECT_NAMES
from assessor_app.domain.register import Institution, Register, Unit
from assessor_app.services.register.history import Did, RegisterStep
from assessor_app.services.register.planned import Become, Line
from assessor_app.services.register.reading import Kept
from assessor_app.services.report.words import NONE
from assessor_app.ui.desk import Desk

_MOST = 2000
"""Offices that a search shows; who looks for one types more letters before that."""


class Column(IntEnum):
    NAME = 0
    KIND = 1
    CODE = 2


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An institution, or one of its units, as the list shows it."""

    target: str
    name: str
    below: str
    kind: str
    code: str
    badge: str
    is_unit: bool

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.name, self.badge, self.below) if part)

    @property
    def tip(self) -> str:
        return self.spoken

    def shown(self, column: int) -> str:
        return {Column.NAME: self.name, Column.KIND: self.kind, Column.CODE: self.code}[
            Column(column)
        ]


@dataclass(frozen=True, slots=True)
class LineRow:
    """What a row of a table would make, as the preview shows it."""

    target: str
    name: str
    below: str
    become: str
    row: str
    doubtful: bool

    @property
    def spoken(self) -> str:
        return f"{self.name}. {self.become}. {self.below}"

    @property
    def tip(self) -> str:
        return self.spoken

    def shown(self, column: int) -> str:
        return (self.name, self.become, self.row)[column]


def object_name(desk: Desk, code: str | None) -> str:
    """A kind of office in words; one that only an instrument knows as that one names it."""
    if code is None:
        return NONE
    if code in OBJECT_NAMES:
        return desk.words(f"office_kind.{code}")
    for one in desk.application.library.all():
        kind = one.object_type(code)
        if kind is not None:
            return desk.words.of(kind.name)
    return code


def object_choices(desk: Desk) -> list[tuple[str, str]]:
    """Every kind of office that can be told, by its code and in words, in the order of words."""
    codes = dict.fromkeys(OBJECT_NAMES)
    for one in desk.application.library.all():
        codes |= dict.fromkeys(kind.code for kind in one.object_types)
    return sorted(((code, object_name(desk, code)) for code in codes), key=lambda one: one[1])


def office_rows(desk: Desk, now: Kept, typed: str, *, everything: bool) -> list[OfficeRow]:
    """The units that fit what is typed; where nothing is, institutions with theirs below."""
    if typed.strip():
        found = now.index.search(typed, most=_MOST, standing_only=not everything)
        fitting = now.index.search_institutions(typed, standing_only=not everything)
        rows = [_institution_row(desk, one) for one in fitting]
        return rows + [_unit_row(desk, one, now.register, alone=True) for one in found]
    return list(_tree(desk, now.register, everything=everything))


def _tree(desk: Desk, register: Register, *, everything: bool) -> Iterator[OfficeRow]:
    units: dict[str, list[Unit]] = {}
    for unit in register.units.values():
        institution = register.institution_of(unit)
        if institution is not None and (unit.stands or everything):
            units.setdefault(institution.id, []).append(unit)
    for one in _by_name(register.institutions.values()):
        if not one.stands and not everything:
            continue
        yield _institution_row(desk, one)
        for unit in sorted(units.get(one.id, ()), key=lambda each: folded(each.name)):
            yield _unit_row(desk, unit, register, alone=False)


def _by_name(found: Iterable[Institution]) -> list[Institution]:
    return sorted(found, key=lambda one: folded(one.name))


def _institution_row(desk: Desk, one: Institution) -> OfficeRow:
    level = desk.words(f"institution_level.{one.level.value}") if one.level else ""
    parts = (formerly(desk, one), level, one.province or "")
    return OfficeRow(
        target=one.id,
        name=one.name,
        below=" · ".join(part for part in parts if part) or desk.say("register.institution"),
        kind=desk.say("register.institution"),
        code=one.code or NONE,
        badge=badge(desk, one),
        is_unit=False,
    )


def _unit_row(desk: Desk, unit: Unit, register: Register, *, alone: bool) -> OfficeRow:
    institution = register.institution_of(unit)
    parts = [
        institution.name if institution and alone else "",
        formerly(desk, unit),
        unit.address or "",
    ]
    return OfficeRow(
        target=unit.id,
        name=unit.name,
        below=" · ".join(part for part in parts if part),
        kind=object_name(desk, unit.object_type),
        code=unit.code or NONE,
        badge=badge(desk, unit),
        is_unit=not alone,
    )


def formerly(desk: Desk, one: Institution | Unit) -> str:
    """ "dahulu: …"; empty where it was never called otherwise."""
    before = one.names.before
    return desk.say("register.formerly", name=before) if before else ""


def badge(desk: Desk, one: Institution | Unit) -> str:
    """That an office is no more, in a word; empty where it stands."""
    if one.merged_into is not None:
        return desk.say("register.badge_merged")
    return desk.say("register.badge_retired") if one.retired else ""


def line_rows(desk: Desk, lines: Sequence[Line]) -> list[LineRow]:
    """What a table would change, the doubtful first; what stays as it is only counts."""
    order = {one: place for place, one in enumerate(Become)}
    shown = [one for one in lines if one.become is not Become.UNCHANGED]
    return [_line_row(desk, one) for one in sorted(shown, key=lambda one: order[one.become])]


def _line_row(desk: Desk, line: Line) -> LineRow:
    below = line.institution if line.is_unit else desk.say("register.institution")
    if line.close:
        close = "; ".join(line.close)
        below = desk.say("register.preview_close", names=close, institution=line.institution)
    elif line.before is not None:
        name = f"register.preview_{line.become.value}"
        below = desk.say(name, before=line.before, institution=line.institution)
    decided = line.decided.value if line.decided else None
    become = desk.say(f"register.become.{line.become.value}")
    if decided is not None and line.become is not Become.DOUBTFUL:
        become = desk.say(f"register.decided.{decided}")
    return LineRow(
        target=line.key,
        name=line.name,
        below=below,
        become=become,
        row=str(line.row),
        doubtful=bool(line.close),
    )


def step_text(desk: Desk, step: RegisterStep) -> str:
    """What was done with an office, in a sentence."""
    words = desk.words
    places = {
        "before": step.before,
        "after": step.after,
        "day": words.day(step.since) if step.since else NONE,
    }
    dated = "_since" if step.since and step.did in (Did.RENAMED, Did.MERGED, Did.RETIRED) else ""
    told = desk.say(f"register.did.{step.did.value}{dated}", **places)
    return desk.say("register.did_undone", told=told) if step.undone else told


def taken(desk: Desk, lines: Iterable[Line]) -> str:
    """How many offices a table that was taken over made new, and changed in which way."""
    counts = Counter(one.become for one in lines)
    return desk.say(
        "taking.done",
        new=counts[Become.NEW],
        renamed=counts[Become.RENAMED],
        merged=counts[Become.MERGED],
        changed=counts[Become.CHANGED],
    )
