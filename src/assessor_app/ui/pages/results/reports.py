"""What is reported of a table: what was taken over, what is wrong in it, what its columns mean."""

from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.problem import Problem
from assessor_app.services.results_file import COLUMNS, REQUIRED
from assessor_app.services.table_file import RowFault
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.results.working import Taken
from assessor_app.ui.widgets.notice import Tone


@dataclass(frozen=True, slots=True)
class Report:
    """A heading, what happened in one sentence, and the lines that belong to it."""

    heading: str
    told: str
    lines: tuple[str, ...]
    tone: Tone


def taken(desk: Desk, result: Taken) -> Report:
    """How many results are new; row by row what is odd, and which columns were not read."""
    counts = result.imported.registered
    told = desk.say(
        "results.imported",
        file=result.file,
        added=counts.added,
        corrected=counts.corrected,
        unchanged=counts.unchanged,
    )
    lines = [
        desk.say(f"results.remark.{one.code}", row=one.row, institution=one.result.institution)
        for one in result.imported.remarks
    ]
    if result.imported.ignored:
        columns = ", ".join(result.imported.ignored)
        lines.append(desk.say("results.ignored", columns=columns))
    return Report(desk.say("results.imported_title"), told, tuple(lines), Tone.SUCCESS)


def refused(desk: Desk, problem: Problem) -> Report:
    """Every fault of every row; nothing was taken over."""
    faults = problem.places.get("faults")
    rows = faults if isinstance(faults, tuple) else ()
    lines = tuple(fault.told(desk.language) for fault in rows if isinstance(fault, RowFault))
    return Report(desk.say("results.refused_title"), desk.told(problem), lines, Tone.ERROR)


def template_written(desk: Desk, path: Path) -> Report:
    """Where the empty table lies, and what its columns mean."""
    lines = [
        desk.say(
            "results.column_required" if name in REQUIRED else "results.column_line",
            column=name,
            meaning=desk.say(f"results.column.{name}"),
        )
        for name in COLUMNS
    ]
    told = desk.say("results.template_written", path=path)
    return Report(desk.say("results.template_title"), told, tuple(lines), Tone.SUCCESS)
