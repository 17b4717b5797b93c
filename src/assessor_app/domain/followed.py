"""What a follow-up visit asks: what was found before, and what an assessor adds to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.observation import WHOLE_UNIT

_KIND = "followed/"


@dataclass(frozen=True, slots=True)
class Followed:
    """One indicator that the visit asks, of one of its products or of the unit as a whole.

    What was found stands in the visit's own `started` event, so that it can be asked, told and
    printed on a device that never saw the visit before. `finding` (id), `document` (number),
    `gap_kind` (a FindingKind), `wording` and `advice` (in both languages, or plain where a person
    wrote it) are as they were then; `found_at` is the arrival of the visit that found it first.
    One that an assessor `added` was not found before: all of that is empty.
    """

    indicator: str
    product: str = WHOLE_UNIT
    finding: str | None = None
    document: str | None = None
    gap_kind: str = ""
    due_date: date | None = None
    due_set_by: str | None = None
    found_at: datetime | None = None
    wording: Json = None
    advice: Json = None

    @property
    def added(self) -> bool:
        """Whether nothing of it was found before."""
        return self.finding is None

    @property
    def entity(self) -> str:
        return followed_entity(self.indicator, self.product)


Place = tuple[str, str]
"""Of what is followed: the indicator (code), and the product or `WHOLE_UNIT`."""

FollowedItems = Mapping[Place, Followed]


def followed_entity(indicator: str, product: str = WHOLE_UNIT) -> str:
    """Its name in the record: `followed/<indicator>`, and behind it the product where it has one.

    Neither a code nor a product's id holds a slash.
    """
    return f"{_KIND}{indicator}" if product == WHOLE_UNIT else f"{_KIND}{indicator}/{product}"


def followed_place(entity: str) -> Place | None:
    """The inverse of `followed_entity`; None for another kind of entity."""
    if not entity.startswith(_KIND):
        return None
    indicator, _, product = entity.removeprefix(_KIND).partition("/")
    return indicator, product or WHOLE_UNIT


def read_followed(entities: Mapping[str, Mapping[str, Any]]) -> dict[Place, Followed]:
    """What the visit asks, out of the current fields of its entities; empty where it asks all.

    What was added and taken back again is followed no more.
    """
    found: dict[Place, Followed] = {}
    for entity, fields in sorted(entities.items()):
        place = followed_place(entity)
        if place is not None and (fields.get("finding") or fields.get("added")):
            found[place] = _read(place, fields)
    return found


def followed_values(item: Followed) -> dict[tuple[str, str], Json]:
    """What is recorded of an item: all that is known of it, and nothing of what is not."""
    if item.added:
        return {(item.entity, "added"): True}
    values: dict[str, Json] = {
        "finding": item.finding,
        "document": item.document,
        "gap_kind": item.gap_kind,
        "due_date": item.due_date.isoformat() if item.due_date else None,
        "due_set_by": item.due_set_by,
        "found_at": instant_text(item.found_at) if item.found_at else None,
        "wording": item.wording,
        "advice": item.advice,
    }
    return {(item.entity, field): value for field, value in values.items() if value is not None}


def _read(place: Place, fields: Mapping[str, Any]) -> Followed:
    due, found = fields.get("due_date"), fields.get("found_at")
    return Followed(
        *place,
        finding=fields.get("finding"),
        document=fields.get("document"),
        gap_kind=fields.get("gap_kind") or "",
        due_date=date.fromisoformat(due) if due else None,
        due_set_by=fields.get("due_set_by"),
        found_at=instant_from_text(found) if found else None,
        wording=fields.get("wording"),
        advice=fields.get("advice"),
    )
