"""Where the texts and weights of a workbook come from: its own sources, or the workbook itself."""

from dataclasses import dataclass

from assessor_app.instruments.faults import key_text, shown
from assessor_app.instruments.xlsform.draft import Entry
from assessor_app.instruments.xlsform.findings import Findings
from assessor_app.instruments.xlsform.names import name_from
from assessor_app.instruments.xlsform.table import Row, Table
from assessor_app.texts import Language, say

_WORKBOOK = {True: "workbook-verified", False: "workbook"}


@dataclass(slots=True)
class Sources:
    """The section `sources`; the workbook becomes one where a row names none."""

    root: Entry
    findings: Findings
    book: str  # the file's name
    _own: dict[bool, str]

    def read(self, table: Table | None) -> None:
        for row in table.rows if table else ():
            name = row.text("name")
            if name is None:
                self.findings.fault(row.cell("name"), "row_nameless", name="name")
            elif name in self.root.tree:
                self.findings.fault(row.cell("name"), "source_twice", name=shown(name))
            else:
                entry = self.root.inner(name, row.cell("name"))
                entry.truth("verified", row)
                if "verified" not in entry.tree:
                    entry.put("verified", False, row.cell("verified"))
                entry.needed("note", row)

    def workbook(self, *, verified: bool = False) -> str:
        """The name of the workbook as a source; made with the first that asks for it."""
        if verified not in self._own:
            wanted = _WORKBOOK[verified]
            name = name_from(wanted, otherwise=wanted, taken=self.root.tree)
            key = "imported.source_verified" if verified else "imported.source"
            note = {one.value: say(one, key, file=self.book) for one in Language}
            self.root.tree[name] = {"verified": verified, "note": note}
            self._own[verified] = name
        return self._own[verified]

    def named(self, entry: Entry, row: Row, *, key: str, column: str, verified: bool) -> None:
        """Put the source that a row names, or else the workbook."""
        given = row.text(column)
        at = row.cell(column if given else "verified")
        if given is None:
            self.findings.supplied.add(key_text((*entry.path, key)))
        entry.put(key, given or self.workbook(verified=verified), at)
