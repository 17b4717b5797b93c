"""What is typed in a visit and not recorded yet, and where its document was written: sealed."""

from collections.abc import Mapping

from assessor_app.domain.event import Json
from assessor_app.services.enrolment import Workplace

_SECTION = "drafts"


def keep_draft(
    workplace: Workplace,
    visit: str,
    *,
    name: str,
    value: Mapping[str, str],
    synced: bool = False,
) -> None:
    """Keep what is typed in the part `name` of a visit; no value forgets it.

    It survives lock, close and crash, and where it is `synced` a power cut too; it is no part of
    the record. Raises StoreProblem where it cannot be written.
    """
    if draft(workplace, visit, name=name) == value:
        return
    drafts = workplace.store.memory.section(_SECTION)
    of_visit = {**_table(drafts.get(visit)), name: dict(value)}
    left: dict[str, Json] = {part: typed for part, typed in of_visit.items() if typed}
    others = {key: kept for key, kept in drafts.items() if key != visit}
    kept: dict[str, Json] = {**others, visit: left} if left else others
    workplace.store.memory.keep_section(_SECTION, kept, synced=synced)


def draft(workplace: Workplace, visit: str, *, name: str) -> Mapping[str, str]:
    """What was kept last of that part of the visit; nothing where there is none."""
    of_visit = _table(workplace.store.memory.section(_SECTION).get(visit))
    kept = _table(of_visit.get(name))
    return {field: text for field, text in kept.items() if isinstance(text, str)}


def _table(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}
