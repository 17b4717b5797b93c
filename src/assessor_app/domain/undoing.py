"""Which action an undo takes back, and what stands in its way."""

from collections.abc import Mapping, Sequence

from assessor_app.domain.event import UNDOABLE, Event, EventKind, current_heads
from assessor_app.domain.problem import VisitRefused

FieldName = tuple[str, str]  # entity, field


def undoable(events: Sequence[Event], *, device: str, actor: str) -> Event:
    """This actor's last action on this device that was not undone yet.

    `events` are all events of the visit, in order of arrival. Raises VisitRefused
    `nothing_to_undo`, or `undo_overtaken` where another event has since touched a field of it.
    """
    undone = {event.undoes for event in events}
    for event in reversed(events):
        mine = (event.device, event.actor) == (device, actor)
        if mine and event.kind in UNDOABLE and event.id not in undone:
            _require_untouched(event, events)
            return event
    raise VisitRefused("nothing_to_undo")


def _require_untouched(event: Event, events: Sequence[Event]) -> None:
    by_id = {one.id: one for one in events}
    heads = current_heads(events)
    for change in event.changes:
        field = (change.entity, change.field)
        setters = [_setter(by_id[head.event], field, by_id) for head in heads[field]]
        if setters != [event.id]:
            raise VisitRefused("undo_overtaken", entity=change.entity, field=change.field)


def _setter(event: Event, field: FieldName, by_id: Mapping[str, Event]) -> str | None:
    """The event whose value a field has: an undo gives a field back to who had set it before."""
    while event.kind is EventKind.UNDONE:
        undone = by_id[str(event.undoes)]
        parents = next(
            change.parents for change in undone.changes if (change.entity, change.field) == field
        )
        if len(parents) != 1:
            return None
        event = by_id[parents[0]]
    return event.id
