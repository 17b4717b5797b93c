"""The survey of a workbook: every row a question, the beginning of a group, or its end."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from assessor_app.domain.instrument import AnswerKind, Asked, Side
from assessor_app.instruments.expressions import renamed
from assessor_app.instruments.faults import Cell, shown
from assessor_app.instruments.xlsform.columns import SELECT_ONE
from assessor_app.instruments.xlsform.draft import Entry
from assessor_app.instruments.xlsform.findings import Findings
from assessor_app.instruments.xlsform.groups import Groups
from assessor_app.instruments.xlsform.names import is_xml_name
from assessor_app.instruments.xlsform.scales import Scales
from assessor_app.instruments.xlsform.sources import Sources
from assessor_app.instruments.xlsform.table import Row, Table
from assessor_app.instruments.xlsform.types import KNOWN, Fate, RowType, row_type

_BOTH = [Side.PAPERWORK.value, Side.PRACTICE.value]
_ONE_SIDED = {AnswerKind.TEXT, AnswerKind.DATE, AnswerKind.PHOTO}
_SIMILAR = 0.6
_ALWAYS = ("yes", "true")  # a condition of XLSForm that is none
_OF_GROUPS = frozenset(
    {"type", "name", "label", "relevant", "code", "means", "text_source", "verified"}
)


@dataclass(slots=True)
class Survey:
    """Reads the rows of the survey into dimensions, variables and indicators.

    `ours` says whether the workbook has any of our columns: without them it is a checklist of
    which nobody knows what is on paper, and what is required only where it says so.
    """

    table: Table
    groups: Groups
    scales: Scales
    sources: Sources
    findings: Findings
    ours: bool
    weights: list[str] = field(default_factory=list)
    questions: int = 0
    shared: bool = False
    _codes: dict[str, str] = field(default_factory=dict)  # of the names that are no codes
    _names: dict[str, Cell] = field(default_factory=dict)
    _conditions: list[tuple[Entry, str]] = field(default_factory=list)

    def read(self) -> None:
        for row in self.table.rows:
            filled = [one.column.name for one in row.filled() if one.column]
            if not filled:
                continue
            text = row.text("type")
            if text is None:
                self.findings.fault(row.cell("type"), "type_missing", known=KNOWN)
            else:
                self._row(row, row_type(text), filled=filled)
        self.groups.close()
        self.scales.unused()
        for entry, key in self._conditions:
            entry.tree[key] = renamed(str(entry.tree[key]), self._codes)

    def _row(self, row: Row, kind: RowType, *, filled: list[str]) -> None:
        match kind.fate:
            case Fate.BEGIN:
                self.groups.begin(row)
                for name in filled:
                    if name not in _OF_GROUPS:
                        self.findings.note(row.cell(name), "group_column", name=name)
            case Fate.END:
                self.groups.end(row)
            case Fate.QUESTION:
                self._question(row, kind)
            case Fate.IGNORED:
                self.findings.note(row.cell("type"), "type_ignored", type=kind.word)
            case Fate.REFUSED:
                word = kind.word.replace(" ", "_")
                code = _REFUSALS.get(word, "type_refused")
                self.findings.fault(row.cell("type"), code, type=kind.word, known=KNOWN)
            case Fate.UNKNOWN:
                self._unknown(row, kind.word)

    def _unknown(self, row: Row, word: str) -> None:
        close = get_close_matches(word, KNOWN.split(", "), n=1, cutoff=_SIMILAR)
        places = {"type": shown(word), "known": KNOWN, "close": close[0] if close else SELECT_ONE}
        self.findings.fault(row.cell("type"), "type_unknown", **places)

    def _question(self, row: Row, kind: RowType) -> None:
        name = self._name(row, kind)
        if name is None:
            return
        weighted = row.text("weight") is not None or row.text("shares") is not None
        scale = self.scales.of(row, kind.word, kind.listed, weighted=weighted)
        if scale is None:
            return
        self.questions += 1
        entry = self.groups.variable(row).item("indicators", row.cell())
        code = row.text("code")
        entry.put("code", code or name, row.cell("code" if code else "name"))
        if code and code != name:
            self._codes[name] = code
        self._text(entry, row, name=name)
        entry.put("scale", scale, row.cell("scale" if row.text("scale") else "type"))
        self._asked(entry, row, kind=self._kind(scale))
        self._weight(entry, row)
        self._sources(entry, row)
        self._advice(entry, row)
        self._conditions_of(entry, row)

    def _name(self, row: Row, kind: RowType) -> str | None:
        name = row.text("name")
        if name is None and kind.word == "note":
            name = f"note-{row.number}"
            self.findings.note(row.cell("name"), "note_named", name=name)
        if name is None:
            self.findings.fault(row.cell("name"), "name_missing")
        elif not is_xml_name(name):
            self.findings.fault(row.cell("name"), "name_unfit_xml", name=shown(name))
        elif name in self._names:
            places = {"name": shown(name), "first": self._names[name]}
            self.findings.fault(row.cell("name"), "name_twice", **places)
        else:
            self._names[name] = row.cell("name")
            return name
        return None

    def _text(self, entry: Entry, row: Row, *, name: str) -> None:
        entry.wording("text", row, column="label")
        if "text" not in entry.tree and not row.has("label"):
            self.findings.fault(row.cell("label"), "label_missing", name=shown(name))
        elif "${" in str(entry.tree.get("text")):
            self.findings.note(row.cell("label"), "label_reference", name=shown(name))
        entry.wording("guidance", row, column="hint")

    def _kind(self, scale: str) -> object:
        form = self.scales.root.tree.get(scale)
        return form.get("kind") if isinstance(form, dict) else None

    def _asked(self, entry: Entry, row: Row, *, kind: object) -> None:
        sides = row.names("sides") or self._usual_sides(kind)
        entry.tree["sides"] = sides
        entry.cells[*entry.path, "sides"] = row.cell("sides")
        entry.names("roles", row)
        usual = Asked.PER_RESPONDENT if "roles" in entry.tree else Asked.ONCE
        entry.put("asked", row.text("asked") or usual.value, row.cell("asked"))
        entry.text("counts", row)
        entry.truth("required", row)
        if "required" not in entry.tree and (self.table.has("required") or not self.ours):
            entry.put("required", False, row.cell("required"))
        entry.truth("may_not_apply", row)

    def _usual_sides(self, kind: object) -> list[str]:
        if kind == AnswerKind.NOTE:
            return []
        if kind == AnswerKind.DURATION or (self.ours and kind not in _ONE_SIDED):
            return [*_BOTH]
        return [Side.PRACTICE.value]

    def _weight(self, entry: Entry, row: Row) -> None:
        entry.text("weight", row)
        entry.text("shares", row)
        weight = row.text("weight")
        if weight is not None:
            self.weights.append(weight)
        self.shared |= "shares" in entry.tree

    def _sources(self, entry: Entry, row: Row) -> None:
        """Each source that the row names, or the workbook for those that it does not."""
        said = row.truth("verified")
        if isinstance(said, str):
            self.findings.fault(row.cell("verified"), "truth_unfit", value=shown(said))
        verified = said is True
        wanted = ["text_source"]
        entry.lines("legal_basis", row)
        if "weight" in entry.tree or row.text("weight_source"):
            wanted.append("weight_source")
        if "legal_basis" in entry.tree or row.text("legal_source"):
            wanted.append("legal_source")
        for key in wanted:
            self.sources.named(entry, row, key=key, column=key, verified=verified)
        if said is not None and all(row.text(key) for key in wanted):
            self.findings.note(row.cell("verified"), "verified_unused")

    def _advice(self, entry: Entry, row: Row) -> None:
        entry.wording("evidence_asked", row, column="evidence")
        entry.wordings("evidence_items", row)
        entry.wording("advice", row)

    def _conditions_of(self, entry: Entry, row: Row) -> None:
        own = row.text("relevant")
        if own is not None and own.casefold() in _ALWAYS:
            own = None
        clauses = [*self.groups.conditions(), *([own] if own else [])]
        joined = clauses[0] if len(clauses) == 1 else " and ".join(f"({one})" for one in clauses)
        if joined:
            entry.put("relevant", joined, row.cell("relevant"))
            self._conditions.append((entry, "relevant"))
        entry.text("constraint", row)
        if "constraint" in entry.tree:
            self._conditions.append((entry, "constraint"))
        entry.wording("constraint_message", row)


_REFUSALS = {
    "begin_repeat": "repeat_refused",
    "end_repeat": "repeat_refused",
    "begin_loop": "repeat_refused",
    "end_loop": "repeat_refused",
    "calculate": "calculate_refused",
    "or_other": "or_other_refused",
}
