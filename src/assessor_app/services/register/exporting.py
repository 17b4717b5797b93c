"""The register as a table that can be taken over again, and an empty one to fill."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from assessor_app.domain.folding import folded
from assessor_app.domain.register import DatedName, Institution, Register, Unit
from assessor_app.services.destination import require_free
from assessor_app.services.register.columns import COLUMNS
from assessor_app.services.register.reading import read_register
from assessor_app.storage.files import write_whole
from assessor_app.storage.store import Store

_WORKBOOK = ".xlsx"
_WIDE = 24  # characters of a column

EXAMPLES: tuple[dict[str, str], ...] = (
    {
        "institution": "Kota Contoh",
        "level": "kota",
        "province": "Provinsi Contoh",
    },
    {
        "institution": "Kota Contoh",
        "unit": "Dinas Kependudukan dan Pencatatan Sipil",
        "code": "CTH-01",
        "object": "dinas",
        "address": "Jalan Contoh No. 1",
        "aliases": "Disdukcapil; Dukcapil",
        "valid_from": "2024-01-01",
    },
)
"""What stands in an empty table to show how it is filled."""


def export_register(store: Store, out: Path) -> int:
    """Write the whole register as CSV, or as a workbook where the name ends so; how many rows.

    Raises IssueProblem or StoreProblem where it cannot be written there.
    """
    rows = list(table_rows(read_register(store)))
    _write(out, rows)
    return len(rows)


def template(*, example: bool = False) -> bytes:
    """An empty table for the register as CSV, with every column that is understood."""
    return _csv(EXAMPLES if example else ())


def write_template(out: Path) -> None:
    """Write it where nothing is yet, as CSV or workbook. Raises IssueProblem or StoreProblem."""
    _write(out, ())


def table_rows(register: Register) -> Iterator[dict[str, str]]:
    """A row for each institution, and below it one for each of its units."""
    institutions = sorted(register.institutions.values(), key=lambda one: folded(one.name))
    for institution in institutions:
        yield _institution_row(institution, register)
        own = [one for one in register.units.values() if one.institution == institution.id]
        for unit in sorted(own, key=lambda one: folded(one.name)):
            yield _unit_row(unit, institution, register)


def _institution_row(one: Institution, register: Register) -> dict[str, str]:
    into = register.institutions.get(one.merged_into or "")
    return {
        **_names(one),
        "institution": one.name,
        "institution_code": one.code or "",
        "level": one.level.value if one.level else "",
        "province": one.province or "",
        "merged_into": (into.code or into.name) if into else "",
    }


def _unit_row(one: Unit, institution: Institution, register: Register) -> dict[str, str]:
    into = register.units.get(one.merged_into or "")
    return {
        **_names(one),
        "institution": institution.name,
        "unit": one.name,
        "code": one.code or "",
        "object": one.object_type or "",
        "address": one.address or "",
        "merged_into": (into.code or into.name) if into else "",
    }


def _names(one: Institution | Unit) -> dict[str, str]:
    since = one.names.current.since
    return {
        "aliases": "; ".join(one.names.aliases),
        "former_name": "; ".join(map(_former, one.names.former)),
        "valid_from": since.isoformat() if since else "",
        "valid_until": one.until.isoformat() if one.until else "",
    }


def _former(one: DatedName) -> str:
    return f"{one.name} ({one.since.isoformat()})" if one.since else one.name


def _write(out: Path, rows: Sequence[dict[str, str]]) -> None:
    require_free(out)
    made = _workbook(rows) if out.suffix.casefold() == _WORKBOOK else _csv(rows)
    write_whole(out, made, mode=0o644)


def _csv(rows: Sequence[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([row.get(name, "") for name in COLUMNS] for row in rows)
    # A byte order mark: without it a spreadsheet takes the text for another encoding.
    return out.getvalue().encode("utf-8-sig")


def _workbook(rows: Sequence[dict[str, str]]) -> bytes:
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("register")
    for place in range(1, len(COLUMNS) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE
    sheet.freeze_panes = "A2"
    sheet.append(list(COLUMNS))
    for row in rows:
        sheet.append([row.get(name, "") for name in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
