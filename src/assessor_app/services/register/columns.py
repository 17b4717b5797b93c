"""The columns of a table of the register, and what each row of one says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assessor_app.domain.institutions import OBJECT_NAMES, named, object_codes, province_name
from assessor_app.domain.register import DatedName
from assessor_app.domain.results import InstitutionLevel
from assessor_app.services.table_file import Columns, Row, RowFault, Table

COLUMNS: Columns = {
    "institution": ("instansi", "nama instansi", "instansi induk", "pemerintah daerah"),
    "institution_code": ("kode instansi",),
    "level": ("tingkat", "tingkat instansi", "jenjang"),
    "province": ("provinsi",),
    "unit": ("unit layanan", "nama unit", "unit pelayanan", "opd", "nama opd"),
    "code": ("kode", "kode unit", "unit code"),
    "object": ("objek", "jenis objek", "jenis unit", "object type", "kind"),
    "address": ("alamat",),
    "aliases": ("nama lain", "singkatan", "alias"),
    "former_name": ("nama lama", "dahulu", "nama sebelumnya"),
    "valid_from": ("berlaku sejak", "sejak", "tanggal berlaku"),
    "valid_until": ("berlaku sampai", "tidak aktif sejak", "ditutup sejak"),
    "merged_into": ("digabung ke", "bergabung ke", "merger"),
}
"""The columns of a table of the register; the names in brackets are understood too."""

REQUIRED = ("institution",)

_EARLIEST, _LATEST = 1945, 2100
"""Years from which an office can bear a name; before them a spreadsheet's empty date is meant."""
_FORMULA = re.compile(r"[=@]|[+][A-Za-z(]|-[A-Za-z0-9(]")
_FAILED = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
_DATED = re.compile(r"(.+?)\s*\((\d{4}-\d{2}-\d{2})\)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_LOCAL = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NOTHING = ("-", "–")
_LEVELS: Mapping[str, InstitutionLevel] = {
    **{level.value: level for level in InstitutionLevel},
    "ministry": InstitutionLevel.MINISTRY,
    "agency": InstitutionLevel.AGENCY,
    "province": InstitutionLevel.PROVINCE,
    "prov": InstitutionLevel.PROVINCE,
    "regency": InstitutionLevel.REGENCY,
    "kab": InstitutionLevel.REGENCY,
    "city": InstitutionLevel.CITY,
    "vertical": InstitutionLevel.VERTICAL,
    "instansi vertikal": InstitutionLevel.VERTICAL,
}


@dataclass(frozen=True, slots=True)
class Told:
    """One row: an institution, or one of its units. None where the row says nothing."""

    row: Row
    institution: str
    institution_code: str | None
    level: InstitutionLevel | None
    province: str | None
    unit: str | None
    code: str | None
    object_type: str | None
    address: str | None
    aliases: tuple[str, ...]
    former_names: tuple[DatedName, ...]
    valid_from: date | None
    valid_until: date | None
    merged_into: str | None

    @property
    def name(self) -> str:
        """Of the unit, or of the institution where the row is about it."""
        return self.unit or self.institution


def told_of(table: Table, row: Row, objects: Sequence[str]) -> tuple[Told | None, list[RowFault]]:
    """What a row says, or all that is wrong with it; `objects` are codes that instruments know."""
    cells = {name: text for name, text in row.cells.items() if text not in _NOTHING}
    faults = [
        table.fault(row, name, "cell_formula", value=text)
        for name, text in cells.items()
        if _FORMULA.match(text)
    ]
    faults += [
        table.fault(row, name, "cell_failed", value=text)
        for name, text in cells.items()
        if _FAILED.fullmatch(text)
    ]
    if "institution" not in cells:
        lone = "unit" in cells
        code = "cell_unit_without_institution" if lone else "cell_missing"
        places = {"unit": cells["unit"]} if lone else {}
        faults.append(table.fault(row, "institution", code, **places))
    level, wrong = _level(table, row, cells.get("level"))
    faults += wrong
    object_type, wrong = _object(table, row, cells.get("object"), objects)
    faults += wrong
    since, wrong = _day(table, row, "valid_from", cells)
    faults += wrong
    until, wrong = _day(table, row, "valid_until", cells)
    faults += wrong
    if faults:
        return None, faults
    institution = named(cells["institution"])
    level = level or institution.level
    province = cells.get("province")
    own = province is None and level is InstitutionLevel.PROVINCE
    told = Told(
        row=row,
        institution=institution.name,
        institution_code=cells.get("institution_code") or _own_code(cells),
        level=level,
        province=province_name(institution.name if own else province or "") or None,
        unit=cells.get("unit"),
        code=cells.get("code") if "unit" in cells else None,
        object_type=object_type,
        address=cells.get("address"),
        aliases=_listed(cells.get("aliases")),
        former_names=former_names(cells.get("former_name")),
        valid_from=since,
        valid_until=until,
        merged_into=cells.get("merged_into"),
    )
    return told, []


def _own_code(cells: Mapping[str, str]) -> str | None:
    """A row about an institution may have its code under `code`."""
    return None if "unit" in cells else cells.get("code")


def former_names(text: str | None) -> tuple[DatedName, ...]:
    """The names of a cell, the oldest first: `Kantor A; Dinas B (2019-01-31)`, the day it began."""
    return tuple(_former_name(one) for one in _parts(text))  # a name may have come back


def _former_name(text: str) -> DatedName:
    found = _DATED.fullmatch(text)
    day = day_from(found[2]) if found else None
    return DatedName(found[1], day) if found and day else DatedName(text)


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parts(text)))


def _parts(text: str | None) -> list[str]:
    parts = re.split(r"[;|\n]", text or "")
    return [" ".join(part.split()) for part in parts if part.strip()]


def _level(
    table: Table, row: Row, text: str | None
) -> tuple[InstitutionLevel | None, list[RowFault]]:
    if text is None:
        return None, []
    found = _LEVELS.get(" ".join(text.casefold().split()).rstrip("."))
    if found is not None:
        return found, []
    known = ", ".join(level.value for level in InstitutionLevel)
    return None, [table.fault(row, "level", "cell_level_unknown", value=text, known=known)]


def _object(
    table: Table, row: Row, text: str | None, objects: Sequence[str]
) -> tuple[str | None, list[RowFault]]:
    if text is None:
        return None, []
    code = object_codes(text)[0]
    if code in OBJECT_NAMES or code in objects:
        return code, []
    known = ", ".join(dict.fromkeys((*objects, *OBJECT_NAMES)))
    return None, [table.fault(row, "object", "cell_object_unknown", value=text, known=known)]


def _day(
    table: Table, row: Row, column: str, cells: Mapping[str, str]
) -> tuple[date | None, list[RowFault]]:
    """A day as a spreadsheet or a person writes it; what a spreadsheet makes of nothing is not."""
    text = cells.get(column)
    if text is None:
        return None, []
    day = day_from(text)
    if day is None:
        return None, [table.fault(row, column, "cell_no_day", value=text)]
    if not _EARLIEST <= day.year <= _LATEST:
        places = {"value": day.isoformat(), "first": _EARLIEST}
        return None, [table.fault(row, column, "cell_day_unlikely", **places)]
    return day, []


def day_from(text: str) -> date | None:
    """`2025-01-31` or `31/1/2025`, the day first; None for anything else."""
    plain = text.strip()
    if found := _ISO.fullmatch(plain):
        year, month, day = map(int, found.groups())
    elif found := _LOCAL.fullmatch(plain):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
