"""What an assessor puts on an indicator for the work's sake: to come back to it, that it is theirs.

A mark is no part of the findings, of the document or of its attachment, and forbids nothing.
"""

from dataclasses import dataclass

from assessor_app.domain.event import Heads, Json

MARK = "mark"
LATER, MINE = "later", "mine"


@dataclass(frozen=True, slots=True)
class Marked:
    """`later` says that somebody wants to come back to it; `mine` whose it is, an assessor's id."""

    later: bool = False
    mine: str | None = None


UNMARKED = Marked()


def mark_entity(indicator: str) -> str:
    """What the record calls the mark of an indicator, by its code."""
    return f"{MARK}/{indicator}"


def marked_indicator(entity: str) -> str | None:
    """The code of the indicator whose mark an entity is; None for any other entity."""
    kind, _, code = entity.partition("/")
    return code if kind == MARK else None


def mark_values(
    indicator: str, *, later: bool | None = None, mine: str | None = None
) -> dict[tuple[str, str], Json]:
    """What is recorded of a mark: only what is named changes; an empty `mine` gives it up."""
    values: dict[tuple[str, str], Json] = {}
    if later is not None:
        values[mark_entity(indicator), LATER] = later or None
    if mine is not None:
        values[mark_entity(indicator), MINE] = mine or None
    return values


def read_marks(heads: Heads) -> dict[str, Marked]:
    """The marks of a visit, by the code of their indicator; of several heads the latest holds."""
    entities = {entity for entity, _ in heads if marked_indicator(entity) is not None}
    found = {entity.partition("/")[2]: read_mark(entity, heads) for entity in sorted(entities)}
    return {code: one for code, one in found.items() if one != UNMARKED}


def read_mark(entity: str, heads: Heads) -> Marked:
    """One mark alone: what changes at a keystroke."""
    later, mine = (heads.get((entity, field)) for field in (LATER, MINE))
    owner = mine[-1].value if mine else None
    return Marked(
        later=bool(later and later[-1].value), mine=owner if isinstance(owner, str) else None
    )
