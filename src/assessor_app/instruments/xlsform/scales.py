"""Answer scales out of lists of choices, the sheets of scales and steps, and survey rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from assessor_app.domain.instrument import LEVELLED, AnswerKind
from assessor_app.domain.scale import NONE
from assessor_app.instruments.faults import shown, shown_list
from assessor_app.instruments.xlsform.columns import QUESTION_TYPES, SELECT_MULTIPLE, SELECT_ONE
from assessor_app.instruments.xlsform.draft import Entry
from assessor_app.instruments.xlsform.findings import Findings
from assessor_app.instruments.xlsform.names import is_name, name_from
from assessor_app.instruments.xlsform.table import Row, Table

_STEP = re.compile(r"\s*([0-9.]+)\s*=\s*([0-9.]+)\s*")
_PRESENCE: Mapping[AnswerKind, Mapping[str, str]] = {
    AnswerKind.PRESENCE: {"present": "1", "absent": "0"},
    AnswerKind.PARTIAL: {"present": "1", "partial": "0.5", "absent": "0"},
}
_KINDS: Mapping[str, tuple[AnswerKind, ...]] = {
    SELECT_ONE: tuple(kind for kind in AnswerKind if kind in LEVELLED),
    SELECT_MULTIPLE: (AnswerKind.PARTS,),
    "integer": (AnswerKind.COUNT, AnswerKind.DURATION),
    "decimal": (AnswerKind.COUNT, AnswerKind.DURATION),
    "text": (AnswerKind.TEXT,),
    "date": (AnswerKind.DATE,),
    "image": (AnswerKind.PHOTO,),
    "note": (AnswerKind.NOTE,),
}
"""The kinds that a type of row may have, the first where nothing says otherwise."""


@dataclass(slots=True)
class Scales:
    """The scales of one workbook: those that it names, and those that its questions imply."""

    root: Entry
    findings: Findings
    lists: dict[str, list[Row]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # of the scales that the workbook names
    used: set[str] = field(default_factory=set)
    _steps: dict[str, list[Row]] = field(default_factory=dict)
    _implied: dict[tuple[str | None, ...], str] = field(default_factory=dict)

    def read(self, *, choices: Table | None, scales: Table | None, steps: Table | None) -> None:
        self.lists = self._by_name(choices, "list_name")
        self._steps = self._by_name(steps, "scale")
        for row in scales.rows if scales else ():
            name = row.text("name")
            if name is None:
                self.findings.fault(row.cell("name"), "scale_nameless")
            elif name in self.kinds:
                self.findings.fault(row.cell("name"), "scale_twice", name=shown(name))
            else:
                self._named(name, row)
        for name, rows in self._steps.items():
            if name not in self.kinds:
                self.findings.fault(rows[0].cell("scale"), "steps_astray", name=shown(name))

    def of(self, row: Row, kind: str, listed: str | None, *, weighted: bool) -> str | None:
        """The name of the scale of a question; None where a fault says why it has none.

        `kind` is the type of the row, `listed` the list of choices that it names.
        """
        self.used.update({listed} if listed else ())
        declared = row.text("scale")
        name = declared or listed
        if name in self.kinds and name is not None:
            self._fits(row, kind, name, listed=listed)
            return name
        if listed is not None and listed not in self.lists:
            places = {"name": shown(listed), "known": shown_list(self.lists)}
            self.findings.fault(row.cell("type"), "list_unknown", **places)
            return None
        if declared and not is_name(declared):
            self.findings.fault(row.cell("scale"), "name_unfit", name=shown(declared))
            return None
        return self._imply(row, kind, listed, weighted=weighted)

    def unused(self) -> None:
        """Note the lists of choices that nothing asks for."""
        for name, rows in self.lists.items():
            if name not in self.used and name not in self.kinds:
                self.findings.note(rows[0].cell("list_name"), "list_unused", name=shown(name))

    def _by_name(self, table: Table | None, column: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in table.rows if table else ():
            if not any(row.filled()):
                continue
            name = row.text(column)
            if name is None:
                self.findings.fault(row.cell(column), "row_nameless", name=column)
            else:
                found.setdefault(name, []).append(row)
        return found

    def _named(self, name: str, row: Row) -> None:
        entry = self.root.inner(name, row.cell("name"))
        kind = row.text("kind") or ""
        self.kinds[name] = kind
        entry.text("kind", row)
        _numbers(entry, row)
        if kind == AnswerKind.PARTS:
            self._parts(entry, self.lists.get(name, []))
        elif kind in LEVELLED:
            self._levels(entry, self.lists.get(name, []))
        for step in self._steps.get(name, []):
            item = entry.item("steps", step.cell("scale"))
            item.text("at_least", step)
            item.text("fulfilment", step)
            item.wording("rubric", step)

    def _fits(self, row: Row, kind: str, name: str, *, listed: str | None) -> None:
        """The type of a row must be the one that its scale's kind is answered by."""
        if listed not in (None, name):
            places = {"name": shown(name), "list": shown(listed)}
            self.findings.fault(row.cell("scale"), "scale_beside_list", **places)
            return
        of_scale = self.kinds[name]
        if of_scale in {*AnswerKind} and AnswerKind(of_scale) not in _KINDS[kind]:
            expected = QUESTION_TYPES[AnswerKind(of_scale)]
            places = {"type": kind, "name": shown(name), "kind": of_scale, "expected": expected}
            self.findings.fault(row.cell("type"), "type_unfit", **places)

    def _imply(self, row: Row, kind: str, listed: str | None, *, weighted: bool) -> str:
        rows = self.lists.get(listed, []) if listed else []
        chosen = self._kind(row, kind, rows)
        columns = ("target", "unit", "least", "most", "whole", "steps")
        says = tuple(row.text(column) for column in columns)
        key = (listed, kind, chosen, row.text("scale"), str(weighted), *says)
        own = chosen in (AnswerKind.COUNT, AnswerKind.DURATION)
        if own:
            key = (*key, row.text("name"))
        if key not in self._implied:
            wanted = row.text("scale") or listed or (row.text("name") if own else chosen) or chosen
            name = name_from(wanted, otherwise=chosen, taken=self.root.tree)
            self._implied[key] = name
            entry = self.root.inner(name, row.cell("type"))
            self._fill(entry, row, chosen, rows, kind=kind, weighted=weighted)
        return self._implied[key]

    def _kind(self, row: Row, kind: str, rows: list[Row]) -> str:
        said = row.text("scale_kind")
        if said is not None:
            if said in {*AnswerKind} and AnswerKind(said) not in _KINDS[kind]:
                places = {"type": kind, "kind": said, "expected": QUESTION_TYPES[AnswerKind(said)]}
                self.findings.fault(row.cell("scale_kind"), "kind_unfit", **places)
                return _KINDS[kind][0]
            return said
        return _kind_of_levels(rows) if kind == SELECT_ONE else _KINDS[kind][0]

    def _fill(
        self, entry: Entry, row: Row, chosen: str, rows: list[Row], *, kind: str, weighted: bool
    ) -> None:
        entry.put("kind", chosen, row.cell("scale_kind"))
        if kind == SELECT_ONE:
            self._levels(entry, _in_order(chosen, rows), chosen)
        elif kind == SELECT_MULTIPLE:
            self._parts(entry, rows, weighted=weighted)
            self._compact_steps(entry, row)
        else:
            _numbers(entry, row)
            if kind == "decimal" and "whole" not in entry.tree:
                entry.put("whole", False, row.cell("type"))
            self._compact_steps(entry, row)

    def _levels(self, entry: Entry, rows: list[Row], kind: str = "") -> None:
        usual = _PRESENCE[AnswerKind(kind)] if kind in {*_PRESENCE} else {}
        given = any(row.text("fulfilment") is not None for row in rows)
        for row in rows:
            item = entry.item("levels", row.cell())
            item.text("value", row, column="name")
            item.text("fulfilment", row)
            if not given:
                item.put("fulfilment", usual.get(row.text("name") or ""), row.cell("name"))
            item.needed("rubric", row, column="label")

    def _parts(self, entry: Entry, rows: list[Row], *, weighted: bool = False) -> None:
        equal = weighted and all(row.text("share") is None for row in rows)
        if equal and rows:
            name = shown(rows[0].text("list_name"))
            self.findings.note(rows[0].cell("list_name"), "parts_equal", name=name)
        for row in rows:
            if row.text("name") == NONE and len(rows) > 1:
                self.findings.note(row.cell("name"), "part_none", name=NONE)
                continue
            item = entry.item("parts", row.cell())
            item.text("value", row, column="name")
            item.needed("name", row, column="label")
            item.text("share", row)
            if equal:
                item.put("share", "1", row.cell("name"))

    def _compact_steps(self, entry: Entry, row: Row) -> None:
        text = row.text("steps")
        for part in re.split(r"[;\n]", text) if text else ():
            if not part.strip():
                continue
            found = _STEP.fullmatch(part)
            if found is None:
                self.findings.fault(row.cell("steps"), "steps_unreadable", value=shown(part))
                return
            item = entry.item("steps", row.cell("steps"))
            item.put("at_least", found[1], row.cell("steps"))
            item.put("fulfilment", found[2], row.cell("steps"))


def _numbers(entry: Entry, row: Row) -> None:
    entry.text("target", row)
    entry.wording("unit", row)
    entry.text("least", row)
    entry.text("most", row)
    entry.truth("whole", row)


def _kind_of_levels(rows: list[Row]) -> AnswerKind:
    """Which kind of levels a list is, by the names of its choices."""
    values = [row.text("name") or "" for row in rows]
    for kind, usual in _PRESENCE.items():
        if sorted(values) == sorted(usual):
            return kind
    numbered = {str(number) for number in range(len(values))}
    if set(values) == numbered and len(values) == len(numbered) and _rising(rows):
        return AnswerKind.ORDINAL
    return AnswerKind.CHOICE


def _rising(rows: list[Row]) -> bool:
    """Whether the levels are scored, and each higher number fulfils more."""
    ordered = sorted(rows, key=_number)
    try:
        fulfilments = [Decimal(row.text("fulfilment") or "") for row in ordered]
        return len(rows) > 1 and all(lower < upper for lower, upper in pairwise(fulfilments))
    except InvalidOperation:
        return False


def _in_order(kind: str, rows: list[Row]) -> list[Row]:
    """The order that the kind has, whatever the order of the rows."""
    if kind in {*_PRESENCE}:
        order = [*_PRESENCE[AnswerKind(kind)]]
        known = [row for row in rows if row.text("name") in order]
        rest = [row for row in rows if row not in known]
        return sorted(known, key=lambda row: order.index(row.text("name") or "")) + rest
    if kind in (AnswerKind.ORDINAL, AnswerKind.LIKERT):
        numbered = all((row.text("name") or "").isdecimal() for row in rows)
        return sorted(rows, key=_number) if numbered else rows
    return rows


def _number(row: Row) -> tuple[int, str]:
    """Orders numbers in digits without reading them: a name may be thousands of digits long."""
    name = row.text("name") or ""
    return (len(name), name)
