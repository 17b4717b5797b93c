"""What was done to evidence, in words: attached, moved, described, drawn upon."""

from collections.abc import Iterator

from assessor_app.domain.components import COUNT
from assessor_app.domain.event import Change, Event, EventKind, Json
from assessor_app.domain.observation import OF_VISIT, Evidence, ObservationKey
from assessor_app.domain.visit import Snapshot
from assessor_app.services.report.words import Words

_EXCERPT = 60  # characters of a caption that are told


def attached_told(
    event: Event, words: Words, snapshot: Snapshot | None
) -> tuple[ObservationKey | None, str]:
    """Which observation a file proves since, None for the visit, and what was attached.

    Of a shared one it is the side that was added.
    """
    places = next(one for one in event.changes if one.field == "attached_to")
    before = _listed(places.before)
    added = [entity for entity in _listed(places.after) if entity not in before]
    kind = _after(event, places.entity, "kind") or _known_kind(places.entity, snapshot)
    told = words(f"history.{kind}_attached")
    if not added or added[0] == OF_VISIT:
        return None, words("history.of_visit", told=told)
    return ObservationKey.from_entity(added[0]), told


def edited_told(
    event: Event, words: Words, snapshot: Snapshot | None
) -> tuple[ObservationKey | None, str]:
    """What is said or shown otherwise of evidence, at the first place that it proves, if any."""
    changes = [one for one in event.changes if one.entity.startswith("evidence/")]
    if not changes:
        return None, words("history.evidence_edited")
    item = _known(changes[0].entity, snapshot)
    key = _first_place(changes, item)
    if event.kind is EventKind.ANNOTATED:
        way = "signs_drawn" if changes[0].after else "signs_removed"
        return key, words(f"history.{way}", kind=_kind(item, words))
    return key, "; ".join(_edits(changes, words)) or words("history.evidence_edited")


def _edits(changes: list[Change], words: Words) -> Iterator[str]:
    moves = [one for one in changes if one.field == "attached_to"]
    if moves:
        yield words(f"history.evidence_{_way(moves[0])}", count=len(moves))
    for one in changes:
        match one.field:
            case "caption" | "url":
                way = "cleared" if one.after is None else "given"
                yield words(f"history.evidence_{one.field}_{way}", after=_excerpt(one.after))
            case "components":
                seen = len(one.after) if isinstance(one.after, list | tuple) else 0
                yield words("history.evidence_components", seen=seen, count=COUNT)
            case "page":
                yield words("history.evidence_page", page=str(one.after or "–"))
            case _:
                continue


def _way(change: Change) -> str:
    before, after = set(_listed(change.before)), set(_listed(change.after))
    if not after:
        return "detached"
    if not before:
        return "attached_again"
    return "shared" if before < after else "taken_away" if after < before else "moved"


def _first_place(changes: list[Change], item: Evidence | None) -> ObservationKey | None:
    """Where it belongs now, or did before."""
    for one in changes:
        for places in (one.after, one.before) if one.field == "attached_to" else ():
            found = [place for place in _listed(places) if place != OF_VISIT]
            if found:
                return ObservationKey.from_entity(found[0])
    return item.attached_to[0] if item and item.attached_to else None


def _known(entity: str, snapshot: Snapshot | None) -> Evidence | None:
    id_ = entity.partition("/")[2]
    if snapshot is None:
        return None
    return snapshot.evidence.get(id_) or snapshot.unattached.get(id_)


def _known_kind(entity: str, snapshot: Snapshot | None) -> str:
    """What a file is that this event only shares."""
    known = _known(entity, snapshot)
    return known.kind.value if known else "file"


def _kind(item: Evidence | None, words: Words) -> str:
    return words(f"redacted_kind.{item.kind.value}" if item else "redacted_kind.file")


def _after(event: Event, entity: str, field: str) -> Json:
    named = (one for one in event.changes if (one.entity, one.field) == (entity, field))
    change = next(named, None)
    return change.after if change else None


def _listed(places: Json) -> list[str]:
    return [str(place) for place in places] if isinstance(places, list | tuple) else []


def _excerpt(text: Json) -> str:
    line = " ".join(str(text or "").split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1].rstrip() + "…"
