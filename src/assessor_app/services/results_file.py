"""Published results from a CSV or XLSX file, taken over whole or not at all."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from assessor_app.domain.institutions import (
    ResultKey,
    institution_key,
    named,
    object_codes,
    objects_of,
    province_name,
    result_key,
)
from assessor_app.domain.instrument import Instrument, Wording
from assessor_app.domain.results import (
    InstitutionLevel,
    PublishedResult,
    instrument_of_year,
    read_result,
)
from assessor_app.domain.trend import NOT_HELD
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.library import Library
from assessor_app.services.destination import require_free
from assessor_app.services.enrolment import Workplace
from assessor_app.services.results import Registered, provinces_of, register_upon, upon
from assessor_app.services.table_file import (
    Columns,
    Row,
    RowFault,
    Table,
    read_table,
    refuse_faults,
)
from assessor_app.services.units_file import exact, score_fault
from assessor_app.services.year_rules import methods
from assessor_app.storage.files import write_whole

COLUMNS: Columns = {
    "institution": ("entity", "instansi", "nama instansi", "pemerintah daerah"),
    "unit": ("unit layanan", "opd", "nama unit"),
    "level": ("tingkat", "jenjang"),
    "province": ("provinsi",),
    "year": ("tahun", "tahun penilaian"),
    "score": ("nilai", "skor"),
    "category": ("kategori",),
    "zone": ("zona", "zonasi"),
    "opinion": ("opini",),
    "without_maladministration": ("tanpa maladministrasi",),
    "award_eligible": ("layak piagam", "layak penghargaan"),
    "award_note": ("catatan piagam", "catatan penghargaan"),
    "object": ("objek", "jenis objek", "object type"),
    "source": ("sumber",),
    "note": ("catatan", "keterangan"),
}
"""The columns of a table of results; the names in brackets are understood too."""

REQUIRED = ("institution", "year")
_TELLING = ("score", "category", "zone", "opinion", "award_eligible")
"""One of these must be there, for a row to be a result."""
_FIRST_YEAR = 2013
_LAST_YEAR = 2100
_YEAR = re.compile(r"[0-9]{4}(\.0+)?")
_ZONES: Mapping[str, ZoneColour] = {
    "merah": ZoneColour.RED,
    "red": ZoneColour.RED,
    "kuning": ZoneColour.YELLOW,
    "yellow": ZoneColour.YELLOW,
    "hijau": ZoneColour.GREEN,
    "green": ZoneColour.GREEN,
}
_FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("ya", "y", "yes", "true", "benar", "1"), True),
    **dict.fromkeys(("tidak", "t", "no", "n", "false", "salah", "0"), False),
}
_EVERY = 100  # rows between two words of how far it is
_NOTHING = ("-", "–", None)
"""What stands in tables where there is nothing."""


Progress = Callable[[int, int], None]


def _quiet(_done: int, _total: int) -> None:
    """Nobody hears how far it is."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is odd about a row that was taken over as it was printed."""

    row: int
    code: str
    result: PublishedResult


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: counts, columns that were not read, and what is odd in it."""

    registered: Registered
    ignored: tuple[str, ...]
    remarks: tuple[Remark, ...]


def import_results(
    workplace: Workplace,
    library: Library,
    path: Path,
    *,
    source: str | None = None,
    province: str | None = None,
    progress: Progress = _quiet,
) -> Imported:
    """Take the results of a file over, as one event.

    `source` stands where a row names none, else the file's own name. `province` is that of rows
    which name none, where what is kept of the institution does not tell it either. An empty cell
    says nothing and leaves what is known. Raises ResultsRefused with every fault of every row at
    once; nothing is kept then. `progress`
    hears of rows done, of how many; what it raises leaves everything as it was.
    """
    table = read_table(path, COLUMNS, required=REQUIRED)
    instruments = methods(library)
    elsewhere = province_name(province) if province else None
    found: list[tuple[Row, PublishedResult]] = []

    def told(kept: Sequence[PublishedResult]) -> Sequence[PublishedResult]:
        found[:] = _found(
            table,
            kept,
            instruments,
            file=path.name,
            source=source,
            elsewhere=elsewhere,
            progress=progress,
        )
        return [result for _, result in found]

    registered = register_upon(workplace.store, told, reason=path.name)
    return Imported(registered, table.ignored, tuple(_remarks(found, instruments)))


def _found(
    table: Table,
    kept: Sequence[PublishedResult],
    instruments: Sequence[Instrument],
    *,
    file: str,
    source: str | None,
    elsewhere: str | None,
    progress: Progress,
) -> list[tuple[Row, PublishedResult]]:
    """The results of a table upon those that are kept. Raises ResultsRefused with every fault."""
    known = {result_key(one): one for one in kept}
    provinces = provinces_of(kept)
    faults = list(table.faults)
    found: list[tuple[Row, PublishedResult]] = []
    seen: dict[ResultKey, int] = {}
    for place, row in enumerate(table.rows):
        if place % _EVERY == 0:
            progress(place, len(table.rows))
        wrong = _faults(table, row, instruments)
        if not wrong:
            result = _result(row, source=source or file)
            if result.province is None:
                told = provinces.get(institution_key(result.institution), elsewhere)
                result = replace(result, province=told)
            wrong = _twice(table, row, result, seen)
            sourced = "source" in row.cells or source is not None
            found.append((row, _upon(known.get(result_key(result)), result, sourced=sourced)))
        faults += wrong
    refuse_faults(faults, file)
    return found


def template() -> bytes:
    """An empty table for results as CSV, with every column that is understood."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(COLUMNS)
    # A byte order mark: without it a spreadsheet takes the text for another encoding.
    return out.getvalue().encode("utf-8-sig")


def write_template(out: Path) -> None:
    """Write it where nothing is yet. Raises IssueProblem or StoreProblem."""
    require_free(out)
    write_whole(out, template(), mode=0o644)


def _faults(table: Table, row: Row, instruments: Sequence[Instrument]) -> Sequence[RowFault]:
    cells = row.cells
    missing = [name for name in REQUIRED if name not in cells]
    wrong = [table.fault(row, name, "cell_missing") for name in missing]
    wrong += [*_year_faults(table, row), *_word_faults(table, row)]
    score = _said(cells, "score")
    if not any(_said(cells, name) for name in _TELLING):
        wrong.append(table.fault(row, "score", "cell_says_nothing"))
    if score is not None:
        # Only a row that is right otherwise tells its year and kind of office.
        maximum = None if wrong else _maximum(_result(row, source=""), instruments)
        fault = score_fault(score, maximum)
        wrong += [table.fault(row, "score", fault[0], **fault[1])] if fault else []
    return wrong


def _year_faults(table: Table, row: Row) -> Iterator[RowFault]:
    text = row.cells.get("year")
    if text is None:
        return
    if not _YEAR.fullmatch(text) or not _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR:
        bounds = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
        yield table.fault(row, "year", "cell_no_year", value=text, **bounds)
    elif int(text[:4]) in NOT_HELD:
        yield table.fault(row, "year", "cell_year_not_held", value=text)


def _word_faults(table: Table, row: Row) -> Iterator[RowFault]:
    levels = {level.value: level for level in InstitutionLevel}
    words: Sequence[tuple[str, Mapping[str, object]]] = (
        ("zone", _ZONES),
        ("level", levels),
        ("without_maladministration", _FLAGS),
        ("award_eligible", _FLAGS),
    )
    for name, known in words:
        text = _said(row.cells, name)
        if text is not None and _word(text) not in known:
            listed = ", ".join(known)
            yield table.fault(row, name, "cell_word_unknown", value=text, known=listed)


def _twice(
    table: Table, row: Row, result: PublishedResult, seen: dict[ResultKey, int]
) -> Sequence[RowFault]:
    first = seen.setdefault(result_key(result), row.number)
    if first == row.number:
        return ()
    places = {"value": row.cells["institution"], "first": first, "year": result.year}
    return (table.fault(row, "institution", "cell_result_twice", **places),)


def _result(row: Row, *, source: str) -> PublishedResult:
    cells = row.cells
    institution = named(cells["institution"])
    level = _said(cells, "level")
    zone = _said(cells, "zone")
    kind = _said(cells, "object")
    return PublishedResult(
        institution=institution.name,
        unit=_said(cells, "unit"),
        province=_province(cells, institution.name, institution.level),
        year=int(cells["year"][:4]),
        score=exact(score) if (score := _said(cells, "score")) else None,
        category=_said(cells, "category"),
        zone=_ZONES[_word(zone)] if zone else None,
        source=cells.get("source", source),
        level=InstitutionLevel(_word(level)) if level else institution.level,
        note=_both(_said(cells, "note")),
        opinion=_said(cells, "opinion"),
        without_maladministration=_flag(cells, "without_maladministration"),
        award_eligible=_flag(cells, "award_eligible"),
        award_note=_both(_said(cells, "award_note")),
        object_type=object_codes(kind)[0] if kind else None,
    )


def _province(cells: Mapping[str, str], name: str, level: InstitutionLevel | None) -> str | None:
    """The province as given; a provincial government tells its own."""
    given = _said(cells, "province")
    if given is not None:
        return province_name(given)
    return province_name(name) if level is InstitutionLevel.PROVINCE else None


def _maximum(result: PublishedResult, instruments: Sequence[Instrument]) -> Decimal | None:
    """The highest score of its year and kind of office, where that is known."""
    found = instrument_of_year(instruments, result.year, objects=objects_of(result))
    return found.maximum if found else None


def _upon(
    before: PublishedResult | None, result: PublishedResult, *, sourced: bool
) -> PublishedResult:
    """What is kept from now on. The name of a file is no better a source for the same figures."""
    merged = upon(before, result)
    if before is not None and not sourced and replace(merged, source=before.source) == before:
        return before
    return merged


def _remarks(
    found: Sequence[tuple[Row, PublishedResult]], instruments: Sequence[Instrument]
) -> Iterator[Remark]:
    for row, result in found:
        if read_result(result, instruments, objects=objects_of(result)).disagrees:
            yield Remark(row.number, "disagrees", result)


def _said(cells: Mapping[str, str], name: str) -> str | None:
    """A cell's text; None where it is empty, or holds the dash of tables for nothing."""
    text = cells.get(name)
    return None if text in _NOTHING else text


def _word(text: str) -> str:
    """A word as it is compared: "Zona Hijau" is hijau."""
    return text.casefold().removeprefix("zona ").removesuffix(" zone").strip()


def _flag(cells: Mapping[str, str], name: str) -> bool | None:
    text = _said(cells, name)
    return None if text is None else _FLAGS[_word(text)]


def _both(text: str | None) -> Wording | None:
    """A note of a table has one language; it is shown as it stands in both."""
    return None if text is None else Wording(text, text)
