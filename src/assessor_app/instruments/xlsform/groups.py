"""The groups of a survey as dimensions and variables."""

from dataclasses import dataclass, field
from typing import TypeAlias

from assessor_app.instruments.faults import Cell, shown
from assessor_app.instruments.xlsform.draft import Entry
from assessor_app.instruments.xlsform.findings import Findings
from assessor_app.instruments.xlsform.names import is_name, name_from
from assessor_app.instruments.xlsform.sources import Sources
from assessor_app.instruments.xlsform.table import Row, Wording

_DEEPEST = 2  # dimension and variable

Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An open group; `relevant` is the condition of its own row."""

    row: Row
    label: Wording | None
    relevant: str | None

    @property
    def key(self) -> int:
        return self.row.number


@dataclass(slots=True)
class Groups:
    """Sorts questions into dimensions and variables, by their groups or by their own columns."""

    root: Entry
    sources: Sources
    findings: Findings
    title: Wording
    open: list[Group] = field(default_factory=list)
    _dimensions: dict[Key, Entry] = field(default_factory=dict)
    _variables: dict[Key, Entry] = field(default_factory=dict)
    _asked: set[int] = field(default_factory=set)
    _codes: set[str] = field(default_factory=set)

    def begin(self, row: Row) -> None:
        self.open.append(Group(row, row.wording("label"), row.text("relevant")))
        if len(self.open) == _DEEPEST + 1:
            self.findings.note(row.cell(), "group_deep", name=shown(row.text("name") or "-"))

    def end(self, row: Row) -> None:
        if not self.open:
            self.findings.fault(row.cell("type"), "group_never_open")
            return
        group = self.open.pop()
        if group.key not in self._asked:
            name = shown(group.row.text("name") or "-")
            self.findings.note(group.row.cell("type"), "group_empty", name=name)
        elif self.open:
            self._asked.add(self.open[-1].key)

    def close(self) -> None:
        """Every group must have ended by the end of the survey."""
        for group in self.open:
            name = shown(group.row.text("name") or "-")
            self.findings.fault(group.row.cell("type"), "group_open", name=name)

    def conditions(self) -> list[str]:
        """The conditions under which the questions of the open groups are asked."""
        return [group.relevant for group in self.open if group.relevant]

    def variable(self, row: Row) -> Entry:
        """The variable that a question belongs to, made with its first question."""
        self._asked.update(group.key for group in self.open[-1:])
        inner = list(self.open)
        group: Group | None = None  # whose own row says by which means the variable is measured
        named = row.wording("dimension")
        if named is None and inner:
            group = inner.pop(0)
            dimension = self._of_group(group)
            key: Key = ("group", group.key)
            name = group.label or _both(group.row.text("name") or self.title["id"])
            at = group.row.cell("label")
        else:
            name = named or self.title
            at = row.cell("dimension")
            key = ("text", name.get("id", "").casefold())
            dimension = self._of_text(key, name, row, at)
        own = row.wording("variable")
        if own is not None:
            key, name, at = (*key, own.get("id", "").casefold()), own, row.cell("variable")
            group = None
        elif inner:
            group = inner[0]
            key = (*key, "group", group.key)
            name = group.label or _both(group.row.text("name") or name["id"])
            at = group.row.cell("label")
        return self._variable(dimension, key, name, at, row=row, group=group)

    def _of_group(self, group: Group) -> Entry:
        key: Key = ("group", group.key)
        if key not in self._dimensions:
            row = group.row
            given = row.text("code") or row.text("name")
            at = row.cell("code" if row.text("code") else "name")
            entry = self.root.item("dimensions", row.cell())
            code = given if given and (is_name(given) or row.text("code")) else None
            if code is None:
                code = self._code(given or (group.label or self.title).get("id", ""))
                self.findings.note(at, "code_made", name=shown(given or "-"), code=code)
            self._codes.add(code)
            entry.put("code", code, at)
            entry.wording("name", row, column="label")
            if "name" not in entry.tree:
                entry.put("name", _both(given or code), at)
            verified = row.truth("verified") is True
            self.sources.named(entry, row, key="source", column="text_source", verified=verified)
            self._dimensions[key] = entry
        return self._dimensions[key]

    def _of_text(self, key: Key, name: Wording, row: Row, at: Cell) -> Entry:
        if key not in self._dimensions:
            entry = self.root.item("dimensions", at)
            code = self._code(name.get("id", ""))
            self._codes.add(code)
            entry.put("code", code, at)
            entry.put("name", name, at)
            entry.put("source", self.sources.workbook(), row.cell())
            self._dimensions[key] = entry
        return self._dimensions[key]

    def _variable(
        self,
        dimension: Entry,
        key: Key,
        name: Wording,
        at: Cell,
        *,
        row: Row,
        group: Group | None,
    ) -> Entry:
        if key not in self._variables:
            entry = dimension.item("variables", at)
            entry.put("name", name, at)
            if group is not None:
                entry.names("means", group.row)
            self._variables[key] = entry
        entry = self._variables[key]
        known = entry.tree.setdefault("means", [])
        for means in row.names("means") or ():
            if isinstance(known, list) and means not in known:
                entry.cells[*entry.path, "means", len(known)] = row.cell("means")
                known.append(means)
        return entry

    def _code(self, text: str) -> str:
        return name_from(text, otherwise=f"dimension-{len(self._codes) + 1}", taken=self._codes)


def _both(text: str) -> Wording:
    return {"id": text, "en": text}
