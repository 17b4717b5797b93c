"""The settings of a workbook and its own sheets, as the sections of an instrument file."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from assessor_app.instruments.faults import shown
from assessor_app.instruments.xlsform.draft import Entry
from assessor_app.instruments.xlsform.findings import Findings
from assessor_app.instruments.xlsform.names import is_name, name_from, version_from
from assessor_app.instruments.xlsform.sources import Sources
from assessor_app.instruments.xlsform.table import Row, Table, whole_number
from assessor_app.texts import Language, say

_YEAR = re.compile(r"20[0-9]{2}")
_USUAL_MAXIMUM = "100"


def said(key: str) -> dict[str, str]:
    """A sentence of ours in both languages, for what a workbook leaves open."""
    return {language.value: say(language, f"imported.{key}") for language in Language}


def read_identity(root: Entry, settings: Row, findings: Findings, *, file: Path) -> None:
    """What the instrument is called, its version and its year."""
    title = settings.text("form_title")
    form_id = settings.text("form_id")
    at = settings.cell("form_id")
    name = form_id or name_from(title or file.stem, otherwise="instrument")
    if not is_name(name):
        name = name_from(name, otherwise="instrument")
    if name != form_id:
        findings.note(at, "id_made", name=name)
    root.put("id", name, at)
    root.wording("title", settings, column="instrument_title")
    if "title" not in root.tree:
        plain = title or form_id or file.stem
        root.put("title", {"id": plain, "en": plain}, settings.cell("form_title"))
    _version(root, settings, findings)
    _year(root, settings, findings)
    root.text("legal_basis", settings)
    if "legal_basis" not in root.tree:
        findings.note(settings.cell("legal_basis"), "legal_basis_open")
        root.put("legal_basis", said("legal_basis")["id"], settings.cell("legal_basis"))


def _version(root: Entry, settings: Row, findings: Findings) -> None:
    given = settings.text("version")
    version = version_from(given or "")
    if version != given:
        findings.note(settings.cell("version"), "version_made", version=version)
    root.put("version", version, settings.cell("version"))


def _year(root: Entry, settings: Row, findings: Findings) -> None:
    root.whole("year", settings)
    if "year" not in root.tree:
        in_version = _YEAR.match(settings.text("version") or "")
        year = int(in_version[0]) if in_version else datetime.now(UTC).astimezone().year
        findings.note(settings.cell("year"), "year_assumed", year=str(year))
        root.put("year", year, settings.cell("year"))
    years = [whole_number(one) for one in settings.names("years") or []]
    root.put("years", years, settings.cell("years"))


def read_rules(root: Entry, settings: Row, sources: Sources) -> None:
    """How sides count and units aggregate, and what becomes of points without an answer."""
    _rule(root, settings, sources, key="counts", otherwise="practice")
    _rule(root, settings, sources, key="aggregation", otherwise=None)
    for key in ("denominator", "not_assessable"):
        if settings.text(key) or settings.text(f"{key}_source"):
            _rule(root, settings, sources, key=key, otherwise=None)


def _rule(root: Entry, settings: Row, sources: Sources, *, key: str, otherwise: str | None) -> None:
    at = settings.cell(key)
    entry = root.inner(key, at)
    entry.put("rule", settings.text(key) or otherwise, at)
    sources.named(entry, settings, key="source", column=f"{key}_source", verified=False)


def read_lists(root: Entry, tables: Mapping[str, Table], settings: Row, sources: Sources) -> None:
    """The sheets that are lists of their own."""
    for row in _rows(tables, "object_types"):
        item = root.item("object_types", row.cell())
        item.text("code", row)
        item.needed("name", row)
        item.text("rolls_up_to", row)
    if "object_types" not in root.tree:
        item = root.item("object_types", settings.cell())
        item.put("code", "unit", settings.cell())
        item.put("name", said("object_type"), settings.cell())
    groups = _rows(tables, "shared_weights")
    section = root.inner("shared_weights", groups[0].cell()) if groups else root
    for row in groups:
        _group(section, row, sources)
    for row in _rows(tables, "composition"):
        item = root.item("composition", row.cell())
        item.names("dimensions", row)
        item.text("points", row)
        sources.named(item, row, key="source", column="source", verified=False)
    codes = [row.text("code") for row in _rows(tables, "retired_codes")]
    root.put("retired_codes", [code for code in codes if code], settings.cell())
    for index, row in enumerate(_rows(tables, "retired_codes")):
        root.cells["retired_codes", index] = row.cell("code")


def _rows(tables: Mapping[str, Table], name: str) -> list[Row]:
    table = tables.get(name)
    return [row for row in table.rows if any(row.filled())] if table else []


def _group(section: Entry, row: Row, sources: Sources) -> None:
    name = row.text("name")
    if name is None:
        sources.findings.fault(row.cell("name"), "row_nameless", name="name")
    elif name in section.tree:
        sources.findings.fault(row.cell("name"), "group_twice", name=shown(name))
    else:
        entry = section.inner(name, row.cell("name"))
        entry.text("points", row)
        sources.named(entry, row, key="source", column="source", verified=False)


def read_respondents(
    root: Entry, tables: Mapping[str, Table], settings: Row, sources: Sources
) -> None:
    rows = _rows(tables, "respondents")
    if not rows and settings.text("respondents_source") is None:
        return
    section = root.inner("respondents", rows[0].cell() if rows else settings.cell())
    sources.named(section, settings, key="source", column="respondents_source", verified=False)
    for row in rows:
        item = section.item("roles", row.cell())
        item.text("code", row)
        item.needed("name", row)
        item.text("kind", row)
        item.whole("posts", row)
        item.whole("at_least", row)
        item.text("share", row)
        item.text("substitute_share", row)


def read_bands(root: Entry, tables: Mapping[str, Table], settings: Row, sources: Sources) -> None:
    """The zones with their bounds; without any, the bounds are not published."""
    rows = _rows(tables, "bands")
    section = root.inner("bands", rows[0].cell() if rows else settings.cell("bands_source"))
    sources.named(section, settings, key="source", column="bands_source", verified=False)
    section.text("step", settings, column="bands_step")
    if settings.text("between") is not None:
        between = section.inner("between", settings.cell("between"))
        between.text("rule", settings, column="between")
        sources.named(between, settings, key="source", column="between_source", verified=False)
    for row in rows:
        item = section.item("zones", row.cell())
        for key in ("category", "lower", "upper", "zone"):
            item.text(key, row)
        item.needed("name", row)
        item.wording("opinion", row)
        item.truth("dark", row)
        if row.text("source") is not None:
            sources.named(item, row, key="source", column="source", verified=False)


def read_opinion(root: Entry, tables: Mapping[str, Table], settings: Row, sources: Sources) -> None:
    rows = _rows(tables, "opinion")
    without = settings.wording("without")
    if not rows and without is None:
        return
    section = root.inner("opinion", rows[0].cell() if rows else settings.cell("without"))
    section.wording("without", settings)
    for row in rows:
        item = section.item("words", row.cell())
        item.needed("quality", row)
        item.needed("opinion", row)
        sources.named(item, row, key="source", column="source", verified=False)


def read_weighting(
    root: Entry, settings: Row, findings: Findings, *, weights: list[str], unscored: bool
) -> None:
    """The maximum, and the sentence that stands where there is no score.

    `weights` are those of the survey; it is `unscored` where it asks something and has none.
    """
    because = settings.wording("unweighted")
    if because is None and unscored:
        findings.note(settings.cell("unweighted"), "unscored")
        because = said("unweighted")
    if because is not None:
        at = settings.cell("unweighted")
        root.inner("unweighted", at).put("because", because, at)
    root.text("maximum", settings)
    if "maximum" not in root.tree:
        findings.supplied.add("maximum")
        total = _total(root, weights)
        if total is not None:
            findings.note(settings.cell("maximum"), "maximum_made", total=total)
        root.put("maximum", total or _USUAL_MAXIMUM, settings.cell("maximum"))


def _total(root: Entry, weights: list[str]) -> str | None:
    """The sum of all points; None where there are none, or one of them is no number."""
    groups = root.tree.get("shared_weights")
    shared = [str(one.get("points")) for one in groups.values()] if isinstance(groups, dict) else []
    try:
        total = sum((Decimal(one) for one in (*weights, *shared)), Decimal(0))
    except InvalidOperation:
        return None
    return f"{total.normalize():f}" if total.is_finite() and 0 < total < 10**9 else None
