"""Finding in the register: by a few letters, a code, or the names that were once recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assessor_app.domain.folding import folded
from assessor_app.domain.register import Institution, Register, Unit, folded_institution, standing
from assessor_app.domain.short_names import ShortNames

_SHORTEST_CLOSE = 5  # letters: shorter names are near to too many others
_NO_SHORT = ShortNames()


@dataclass(frozen=True, slots=True)
class _Line:
    """A unit as it is searched, folded: its name, what it is called, and all it is found by."""

    unit: Unit
    name: str
    own: str  # each word begins after a blank, here and in `words`
    words: str


class RegisterIndex:
    """Made once of a register; searching ten thousand units takes some milliseconds.

    `short` are names that offices are searched by too, and never called.
    """

    def __init__(self, register: Register, *, short: ShortNames = _NO_SHORT) -> None:
        self.register = register
        self._short = short
        self._institutions: dict[str, list[str]] = {}
        self._institution_codes: dict[str, str] = {}
        for institution in register.institutions.values():
            for name in institution.names.all:
                self._institutions.setdefault(folded_institution(name), []).append(institution.id)
            if institution.code:
                self._institution_codes.setdefault(folded(institution.code), institution.id)
        self._units: dict[str, list[str]] = {}
        self._unit_codes: dict[str, str] = {}
        for unit in register.units.values():
            for name in unit.names.all:
                self._units.setdefault(folded(name), []).append(unit.id)
            if unit.code:
                self._unit_codes.setdefault(folded(unit.code), unit.id)
        self._institution_words = {
            one.id: self._called(one) for one in register.institutions.values()
        }
        self._lines = tuple(self._line(one) for one in register.units.values())
        self._of: dict[str, list[Unit]] = {}
        for unit in register.units.values():
            self._of.setdefault(self._institution_id(unit), []).append(unit)

    def _line(self, unit: Unit) -> _Line:
        of = self.register.institution_of(unit)
        own = self._called(unit)
        words = own + (self._institution_words[of.id] if of else "")
        return _Line(unit, folded(unit.name), own, words)

    def _called(self, entry: Institution | Unit) -> str:
        names = entry.names.all
        texts = (*names, *self._short.of(*names), entry.code or "")
        return "".join(f" {folded(text)}" for text in texts)

    # By what is typed

    def search(self, typed: str, *, most: int = 50, standing_only: bool = True) -> list[Unit]:
        """The units that fit what is typed, the nearest first; all where nothing is typed.

        Each typed word begins a word of the unit's names, its institution's, or its code; what
        fits the unit's own name goes before what fits its institution's.
        """
        words = _begun(typed)
        beginning = folded(typed)
        found = [
            (self._rank(line, beginning, words), line.name, line.unit.id, line.unit)
            for line in self._lines
            if (line.unit.stands or not standing_only) and all(word in line.words for word in words)
        ]
        found.sort(key=lambda one: one[:3])
        return [one[3] for one in found[:most]]

    @staticmethod
    def _rank(line: _Line, beginning: str, words: Sequence[str]) -> int:
        if line.name.startswith(beginning):
            return 0
        return 1 if all(word in line.own for word in words) else 2

    def search_institutions(self, typed: str, *, standing_only: bool = True) -> list[Institution]:
        """The institutions that fit what is typed, by name; all where nothing is typed."""
        words = _begun(typed)
        found = [
            one
            for one in self.register.institutions.values()
            if (one.stands or not standing_only)
            and all(word in self._institution_words[one.id] for word in words)
        ]
        return sorted(found, key=lambda one: (folded(one.name), one.id))

    # By code and name

    def institution_by_code(self, code: str) -> Institution | None:
        id_ = self._institution_codes.get(folded(code))
        return self.register.institutions[id_] if id_ else None

    def unit_by_code(self, code: str) -> Unit | None:
        id_ = self._unit_codes.get(folded(code))
        return self.register.units[id_] if id_ else None

    def institutions_named(self, name: str) -> tuple[Institution, ...]:
        """Those that are or were called so, standing ones first."""
        ids = self._institutions.get(folded_institution(name), ())
        found = [self.register.institutions[id_] for id_ in dict.fromkeys(ids)]
        return tuple(sorted(found, key=lambda one: (not one.stands, one.id)))

    def units_named(self, name: str, *, institution: str | None = None) -> tuple[Unit, ...]:
        """The units that are or were called so, of an institution (name) where one is given."""
        ids = dict.fromkeys(self._units.get(folded(name), ()))
        found = [self.register.units[id_] for id_ in ids]
        if institution is not None:
            family = self._standing_ids(institution)
            found = [one for one in found if self._institution_id(one) in family]
        return tuple(sorted(found, key=lambda one: (not one.stands, one.id)))

    # Where a visit or a published result belongs

    def unit_of(
        self,
        institution: str,
        unit: str,
        *,
        ref: str | None = None,
        on: date | None = None,
    ) -> Unit | None:
        """The unit that stands now for names as they were recorded once; None where none does.

        `ref` is the unit's id where it was recorded too. Where several had that name, the one that
        bore it `on` that day goes first.
        """
        own = self.register.units.get(ref or "")
        if own is None:
            named = self.units_named(unit, institution=institution)
            if on is not None:
                named = tuple(
                    sorted(named, key=lambda one: folded(one.names.on(on)) != folded(unit))
                )
            own = named[0] if named else None
        return standing(own, self.register.units) if own is not None else None

    def institution_of(self, name: str, *, ref: str | None = None) -> Institution | None:
        """The institution that stands now for a name as it was recorded once."""
        own = self.register.institutions.get(ref or "")
        if own is None:
            named = self.institutions_named(name)
            own = named[0] if named else None
        return standing(own, self.register.institutions) if own is not None else None

    # What is nearly the same

    def close_units(self, name: str, *, institution: str) -> tuple[Unit, ...]:
        """Units of the same institution (name) that may be meant by a name that is not theirs."""
        wanted = folded(name)
        of = (one for id_ in self._standing_ids(institution) for one in self._of.get(id_, ()))
        return tuple(one for one in of if one.stands and _close(wanted, map(folded, one.names.all)))

    def close_institutions(self, name: str) -> tuple[Institution, ...]:
        """Institutions that may be meant by a name that is not theirs."""
        wanted = folded_institution(name)
        return tuple(
            one
            for one in self.register.institutions.values()
            if one.stands and _close(wanted, map(folded_institution, one.names.all))
        )

    def _standing_ids(self, institution: str) -> frozenset[str]:
        all_ = self.register.institutions
        return frozenset(standing(one, all_).id for one in self.institutions_named(institution))

    def _institution_id(self, unit: Unit) -> str:
        of = self.register.institution_of(unit)
        return of.id if of is not None else unit.institution


def _begun(typed: str) -> list[str]:
    """Each typed word as it stands at the beginning of a word that fits."""
    return [f" {word}" for word in folded(typed).split()]


def _close(wanted: str, names: Iterable[str]) -> bool:
    return any(wanted != name and _near(wanted, name) for name in names)


def _near(one: str, other: str) -> bool:
    """Nearly the same letters, or the same words in another order or but for one of several."""
    first, second = set(one.split()), set(other.split())
    if first == second:
        return True
    if any(sign.isdigit() for sign in one + other) and _numbers(one) != _numbers(other):
        return False  # Puskesmas 1 and Puskesmas 2 are two
    if min(len(one), len(other)) < _SHORTEST_CLOSE:
        return False
    return _mistyped(one, other)


def _numbers(name: str) -> tuple[str, ...]:
    return tuple(word for word in name.split() if word.isdigit())


def _mistyped(one: str, other: str) -> bool:
    """Whether one letter in ten, or fewer, was typed otherwise (and one at least)."""
    most = max(1, min(len(one), len(other)) // 10)
    if abs(len(one) - len(other)) > most:
        return False
    return _distance(one, other, most=most) <= most


def _distance(one: str, other: str, *, most: int) -> int:
    """How many letters were added, left out or changed; anything above `most` is one more."""
    row: list[int] = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, row = row, [place]
        for at, sign in enumerate(other, start=1):
            row.append(min(before[at] + 1, row[-1] + 1, before[at - 1] + (letter != sign)))
        if min(row) > most:
            return most + 1
    return row[-1]
