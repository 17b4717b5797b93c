"""An XLSForm workbook as an instrument form, or all that is wrong with it, each with its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Cell, Fault, KeyPath, shown
from assessor_app.instruments.reading import examine
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.xlsform import sections
from assessor_app.instruments.xlsform.book import Book, RawRow, RawSheet, read_book
from assessor_app.instruments.xlsform.columns import (
    CHOICES,
    OUR_SHEETS,
    READ_ME,
    SETTINGS,
    SHEETS,
    SURVEY,
)
from assessor_app.instruments.xlsform.draft import Entry
from assessor_app.instruments.xlsform.findings import Findings
from assessor_app.instruments.xlsform.foreign import REFUSED_SHEETS
from assessor_app.instruments.xlsform.groups import Groups
from assessor_app.instruments.xlsform.headings import language_of, meant
from assessor_app.instruments.xlsform.scales import Scales
from assessor_app.instruments.xlsform.sources import Sources
from assessor_app.instruments.xlsform.survey import Survey
from assessor_app.instruments.xlsform.table import Row, Table, table_of
from assessor_app.texts import Language

_WANTED = frozenset(sheet.name for sheet in SHEETS) | frozenset(REFUSED_SHEETS)
# Where rows were refused, what the others owe them is no fault of theirs.
_ECHOES = frozenset(
    {
        "instrument_condition_unknown",
        "instrument_group_empty",
        "instrument_nothing_scored",
        "instrument_weights_do_not_sum",
    }
)


_IN_COLUMNS: Mapping[str, str] = {
    "instrument_key_missing": "workbook_key_missing",
    "instrument_translation_missing": "workbook_translation_missing",
    "instrument_expects_truth": "workbook_truth_unfit",
}
_COLUMNS: Mapping[str, str] = {
    "evidence_asked": "evidence",
    "guidance": "hint",
    "rubric": "label",
    "text": "label",
    "value": "name",
    "id": "Indonesia (id)",
    "en": "English (en)",
}
"""How the columns are called that do not have the name of their key."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a workbook says, and what was decided or left out in reading it.

    Each of the `notes` is told like a fault, with its sheet, row and column.
    """

    form: InstrumentForm
    notes: tuple[Fault, ...]


def read_workbook(path: Path) -> Imported:
    """Read a workbook whole or not at all.

    Raises InstrumentFault: `workbook_broken` carries all `faults` of the cells, other codes of
    `workbook_…` say why the file could not be read as a workbook.
    """
    book = read_book(path, wanted=_WANTED)
    findings = Findings(str(path))
    document = _document(book, findings, path=path)
    form, faults = examine(document)
    if form is None or faults:
        told = _without_echoes(faults, findings) or faults
        raise InstrumentFault("workbook_broken", file=str(path), count=len(told), faults=told)
    return Imported(form, findings.all_notes())


def _document(book: Book, findings: Findings, *, path: Path) -> Document:
    tables = _tables(book, findings)
    cells: dict[KeyPath, Cell] = {(): _sheet(book, "survey").cell()}
    root = Entry((), cells, {"form": 1})
    settings = _settings(book, tables, findings)
    sections.read_identity(root, settings, findings, file=path)
    sources = Sources(
        root.inner("sources", _sheet(book, "sources").cell()), findings, path.name, {}
    )
    sources.read(tables.get("sources"))
    survey = _survey(book, tables, root, sources=sources)
    sections.read_rules(root, settings, sources)
    sections.read_lists(root, tables, settings, sources)
    sections.read_respondents(root, tables, settings, sources)
    sections.read_bands(root, tables, settings, sources)
    sections.read_opinion(root, tables, settings, sources)
    unscored = survey.questions > 0 and not survey.weights and not survey.shared
    sections.read_weighting(root, settings, findings, weights=survey.weights, unscored=unscored)
    faults = tuple(findings.faults)
    return Document(book.file, book.digest, root.tree, faults=faults, cells=cells)


def _tables(book: Book, findings: Findings) -> dict[str, Table]:
    """The sheets that we know, under their headings."""
    for name in REFUSED_SHEETS:
        if name in book.sheets and book.sheets[name].rows:
            findings.fault(book.sheets[name].cell(), "sheet_refused", name=name)
    for name in book.twice:
        findings.fault(Cell(name), "sheet_twice", name=shown(name))
    _unread_sheets(book, findings)
    settings = book.sheets.get(SETTINGS.name)
    default = _default_language(settings, findings)
    tables = {
        sheet.name: table_of(book.sheets[sheet.name], sheet, findings, default=default)
        for sheet in SHEETS
        if sheet.name in book.sheets
    }
    findings.translated = default is not None and _is_ours(tables)
    return tables


def _unread_sheets(book: Book, findings: Findings) -> None:
    """Tell of the sheets that are not read: refused where the name of ours was but mistyped."""
    for name in book.others:
        word = name.strip().casefold()
        if word == READ_ME or word[:1] == "_":
            continue
        cell = Cell(name, sheet_number=len(book.sheets))
        close = meant(word.replace(" ", "_"), (sheet.name for sheet in SHEETS))
        if close:
            findings.fault(cell, "sheet_misspelt", name=shown(name), close=close)
        else:
            findings.note(cell, "sheet_ignored", name=shown(name))


def _is_ours(tables: Mapping[str, Table]) -> bool:
    """Whether the workbook has any sheet or column that is ours; else it is a plain XLSForm."""
    return any(sheet.name in tables for sheet in OUR_SHEETS) or any(
        tables[sheet.name].has(column.name)
        for sheet in (SURVEY, CHOICES)
        if sheet.name in tables
        for column in sheet.columns[sheet.standard :]
    )


def _default_language(settings: RawSheet | None, findings: Findings) -> Language | None:
    """The language of the columns that name none; None where the settings do not say."""
    if settings is None:
        return None
    silent = Findings(findings.file)
    table = table_of(settings, SETTINGS, silent, default=None)
    return language_of(table.rows[0].text("default_language")) if table.rows else None


def _settings(book: Book, tables: Mapping[str, Table], findings: Findings) -> Row:
    """The one row of the settings; an empty one where there is none."""
    table = tables.get(SETTINGS.name)
    for row in table.rows[1:] if table else ():
        findings.fault(row.cell(), "settings_rows")
    if table and table.rows:
        return table.rows[0]
    return Row(RawRow(2, ()), _sheet(book, SETTINGS.name), {}, None, findings)


def _sheet(book: Book, name: str) -> RawSheet:
    """The sheet of that name; one that the workbook lacks stands for it in what is told."""
    return book.sheets.get(name) or RawSheet(name, len(book.sheets), ())


def _survey(book: Book, tables: Mapping[str, Table], root: Entry, *, sources: Sources) -> Survey:
    findings = sources.findings
    scales = Scales(root.inner("scales", _sheet(book, "choices").cell()), findings)
    scales.read(
        choices=tables.get("choices"), scales=tables.get("scales"), steps=tables.get("steps")
    )
    title = root.tree["title"]
    groups = Groups(root, sources, findings, title if isinstance(title, dict) else {})
    raw = _sheet(book, "survey")
    if "survey" not in tables:
        findings.fault(raw.cell(), "survey_missing", sheets=", ".join(sorted(book.sheets)) or "-")
    table = tables.get("survey") or Table(raw, {}, ())
    survey = Survey(table, groups, scales, sources, findings, ours=_is_ours(tables))
    survey.read()
    if "survey" in tables and not survey.questions and not _bounds_only(tables, findings):
        findings.fault(raw.cell(), "survey_empty")
    return survey


def _bounds_only(tables: Mapping[str, Table], findings: Findings) -> bool:
    """Whether the workbook holds a year's bounds without questions, as some files do."""
    return bool(findings.faults) or any(
        tables[name].rows for name in ("bands", "opinion", "composition") if name in tables
    )


def _without_echoes(faults: tuple[Fault, ...], findings: Findings) -> tuple[Fault, ...]:
    """The faults without those that follow from others, or from what the author never wrote."""
    told = {(fault.cell, fault.code) for fault in faults if fault.key.endswith(".id")}
    faults = tuple(
        fault
        for fault in faults
        if fault.key not in findings.supplied
        # A text that stands for both languages is wrong in both, and mended once.
        and not (fault.key.endswith(".en") and (fault.cell, fault.code) in told)
    )
    own = findings.faults
    if not own:
        return tuple(_in_columns(fault) for fault in faults)
    rows = {(fault.cell.sheet, fault.cell.row) for fault in own if fault.cell and fault.cell.row}
    return tuple(
        _in_columns(fault)
        for fault in faults
        if fault in own or (fault.code not in _ECHOES and _row(fault) not in rows)
    )


def _in_columns(fault: Fault) -> Fault:
    """A fault in the words of somebody who sees columns and not keys."""
    code = _IN_COLUMNS.get(fault.code, fault.code)
    name = fault.places.get("name")
    places = {**fault.places, "name": _COLUMNS.get(str(name), name)}
    return fault if code == fault.code else replace(fault, code=code, places=places)


def _row(fault: Fault) -> tuple[str, int | None] | None:
    return (fault.cell.sheet, fault.cell.row) if fault.cell else None
