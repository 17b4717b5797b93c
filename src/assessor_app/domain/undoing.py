"""Undo and redo: which action is taken back or given back, and what stands in its way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessor_app.domain.event import UNDOABLE, Event, EventKind, current_heads, normalised
from assessor_app.domain.problem import VisitRefused

FieldName = tuple[str, str]  # entity, field


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be taken back.

    `event` is the event to name in `undoes`: the user's `original` action, its redo, or its undo.
    """

    event: Event
    original: Event


class Actions:
    """Two stacks of one actor on one device, as that actor's events in their order make them.

    A redo is the undo of an undo: an event that names the last of either stack moves it to the
    other one, and a new action empties what could be redone.
    """

    def __init__(self, *, device: str, actor: str) -> None:
        self._mine = (device, actor)
        self._done: list[Action] = []
        self._undone: list[Action] = []

    @property
    def next_undo(self) -> Action | None:
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Action | None:
        return self._undone[-1] if self._undone else None

    def take(self, event: Event) -> None:
        """Take in the next event of the visit; what others did moves nothing here.

        A resolution stands in the way of what was done before it, since it may rest on that. A move
        to another instrument or a reopening, whoever made it, ends what could be undone and
        redone: what is taken back then belonged to the former instrument, or was signed already.
        """
        if event.kind in (EventKind.MOVED, EventKind.REOPENED):
            self._done.clear()
            self._undone.clear()
            return
        if (event.device, event.actor) != self._mine:
            return
        if event.kind in UNDOABLE or event.kind is EventKind.RESOLVED:
            self._done.append(Action(event, event))
            self._undone.clear()
        elif event.kind is EventKind.UNDONE:
            self._turn(event)

    def _turn(self, event: Event) -> None:
        for source, target in ((self._done, self._undone), (self._undone, self._done)):
            if source and source[-1].event.id == event.undoes:
                target.append(Action(event, source.pop().original))
                return


def actions_of(events: Iterable[Event], *, device: str, actor: str) -> Actions:
    """The stacks of an actor on a device, from a visit's events in order of arrival."""
    actions = Actions(device=device, actor=actor)
    for event in events:
        actions.take(event)
    return actions


def undoable(events: Sequence[Event], *, device: str, actor: str) -> Action:
    """This actor's last action on this device that is not undone.

    `events` are all events of the visit, in order of arrival. Raises VisitRefused
    `nothing_to_undo`, `undo_of_resolution` where it settled a conflict, `undo_overtaken` where
    another event has since touched a field of it, or `undo_of_choice` where it chose between two
    values, which no undo could set against each other again.
    """
    found = actions_of(events, device=device, actor=actor).next_undo
    if found is None:
        raise VisitRefused("nothing_to_undo")
    if found.event.kind is EventKind.RESOLVED:
        raise VisitRefused("undo_of_resolution")
    _require_untouched(found.event, events)
    _require_undivided(found.event, events)
    return found


def redoable(events: Sequence[Event], *, device: str, actor: str) -> Action:
    """This actor's last undo on this device that nothing was done after.

    Raises VisitRefused `nothing_to_redo`, also where another event has since touched a field.
    """
    found = actions_of(events, device=device, actor=actor).next_redo
    if found is None or _touched(found.event, events) is not None:
        raise VisitRefused("nothing_to_redo")
    return found


def _require_untouched(event: Event, events: Sequence[Event]) -> None:
    touched = _touched(event, events)
    if touched is not None:
        entity, field = touched
        raise VisitRefused("undo_overtaken", entity=entity, field=field)


def _require_undivided(event: Event, events: Sequence[Event]) -> None:
    by_id = {one.id: one for one in events}
    for change in event.changes:
        values = {
            str(normalised(before.after))
            for parent in change.parents
            for before in by_id[parent].changes
            if (before.entity, before.field) == (change.entity, change.field)
        }
        if len(values) > 1:
            raise VisitRefused("undo_of_choice", entity=change.entity, field=change.field)


def _touched(event: Event, events: Sequence[Event]) -> FieldName | None:
    """The first field of an event that holds a value other than the event left there."""
    places = {(change.entity, change.field) for change in event.changes}
    # Only what changed the same fields can matter: a long visit has a thousand other events.
    near = [
        one for one in events if any((each.entity, each.field) in places for each in one.changes)
    ]
    by_id, heads = {one.id: one for one in near}, current_heads(near)
    for change in event.changes:
        field = (change.entity, change.field)
        setters = [_setter(by_id[head.event], field, by_id) for head in heads[field]]
        if setters != [_setter(event, field, by_id)]:
            return field
    return None


def _setter(event: Event, field: FieldName, by_id: Mapping[str, Event]) -> str:
    """Whose value a field has after an event: an undo gives it back to who had set it before.

    Where nobody had, or several in conflict, their ids joined: no event has such an id.
    """
    while event.kind is EventKind.UNDONE:
        taken_back = by_id[str(event.undoes)]
        parents = next(
            change.parents
            for change in taken_back.changes
            if (change.entity, change.field) == field
        )
        if len(parents) != 1:
            return " ".join(sorted(parents))
        event = by_id[parents[0]]
    return event.id
