"""What can be undone and redone in an open visit, kept up to date with every action."""

from collections.abc import Mapping, Sequence

from assessor_app.domain import undoing
from assessor_app.domain.event import Event, EventKind, StreamHead
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.undoing import Action, Actions, actions_of
from assessor_app.storage.log import EventLog


class TakingBack:
    """The visit's events as read once, and the two stacks of this actor on this device.

    `streams` are the stream heads that the session knows: where the log has gone beyond them,
    another program has written, and its events are read anew before anything is taken back.
    """

    def __init__(self, log: EventLog, visit_id: str) -> None:
        self._log = log
        self._visit_id = visit_id
        self._events: list[Event] | None = None
        self._actions: Actions | None = None
        self._recorders: dict[str, str] | None = None

    def stacks(self, streams: tuple[StreamHead, ...]) -> Actions:
        """What could be undone and redone now; read from the log when first asked for."""
        if self._actions is None:
            self._actions = actions_of(self._known(streams), **self._mine())
        return self._actions

    def undoable(self, streams: tuple[StreamHead, ...]) -> Action:
        """What an undo takes back. Raises VisitRefused as `domain.undoing.undoable` does."""
        return undoing.undoable(self._known(streams), **self._mine())

    def redoable(self, streams: tuple[StreamHead, ...]) -> Action:
        """What a redo gives back. Raises VisitRefused as `domain.undoing.redoable` does."""
        return undoing.redoable(self._known(streams), **self._mine())

    def recorders(self, streams: tuple[StreamHead, ...]) -> Mapping[str, str]:
        """Who recorded last at each indicator (code), by assessor's id."""
        if self._recorders is None:
            self._recorders = {}
            for event in self._known(streams):
                self._note_recorder(event)
        return self._recorders

    def take(self, event: Event) -> None:
        """Take in what this session just recorded."""
        self._note_recorder(event)
        if self._events is not None:
            self._events.append(event)
        if self._actions is not None:
            self._actions.take(event)

    def forget(self) -> None:
        """Read everything anew when it is next asked for."""
        self._events = self._actions = self._recorders = None

    def _note_recorder(self, event: Event) -> None:
        """What is taken back to nothing was recorded by nobody."""
        if self._recorders is None:
            return
        for change in event.changes:
            if not change.entity.startswith("observation/"):
                continue
            code = ObservationKey.from_entity(change.entity).indicator
            if change.after is not None:
                self._recorders[code] = event.actor
            elif event.kind is EventKind.UNDONE:
                self._recorders.pop(code, None)

    def _mine(self) -> dict[str, str]:
        return {"device": self._log.device.id, "actor": self._log.actor}

    def _known(self, streams: tuple[StreamHead, ...]) -> Sequence[Event]:
        if self._events is None or self._log.stream_heads(self._visit_id) != streams:
            self._events = [one.event for one in self._log.stored(self._visit_id)]
        return self._events
