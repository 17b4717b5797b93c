"""What the assessor does to the record from the checklist, told in words as it is done."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from assessor_app.domain.event import Event
from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import Problem, VisitRefused
from assessor_app.domain.visit import Snapshot, require_answerable, require_running
from assessor_app.services.change_reason import change_reason
from assessor_app.services.entries import entry_from
from assessor_app.services.history import told
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.reason_bar import ReasonBar


class Recording(QObject):
    """Each verb is one transaction; what could not be recorded changes nothing and says why.

    What lacks the reason that it needs now waits for it at the bar of `reasons`.
    """

    changed = Signal(object)  # Done
    refused = Signal(object)  # Problem
    said = Signal(str)

    def __init__(
        self, desk: Desk, session: Session, parent: QObject, *, reasons: ReasonBar
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._reasons = reasons
        self._told: tuple[Event, Snapshot, str] | None = None  # what was told last

    def takes_answers(self) -> bool:
        """Whether the visit takes answers now; where not, it is said why."""
        snapshot = self._session.snapshot
        try:
            require_answerable(snapshot.visit)
            require_running(snapshot)
        except VisitRefused as problem:
            self.refused.emit(problem)
            return False
        return True

    def record(
        self, place: Mapping[str, str], side: str, fields: Mapping[str, object]
    ) -> Done | None:
        """Record fields of one side of `place` (an indicator and its subject); None if refused."""
        if self._reasons.lacks:
            what = self._desk.say(
                "reason.answer",
                place=place["indicator"],
                side=self._desk.words(f"side_within.{side}"),
            )
            key = (tuple(sorted(place.items())), side, tuple(_names(fields)))
            self._reasons.wait_with(key, what, partial(self.record, place, side, fields))
            return None
        now = self._desk.application.clock.now()
        try:
            entry = entry_from(
                {**place, "side": side, **fields},
                zone=self._desk.workplace.profile.zone,
                now=now,
            )
            done = self._session.record(entry, reason=self._reason())
        except Problem as problem:
            self.refused.emit(problem)
            return None
        self.tell_saved(done)
        return done

    def record_alike(self, place: Mapping[str, str], answer: str) -> Done | None:
        """Record an answer of all sides of `place` in one action; None if refused."""

        def act(reason: str | None) -> Done:
            entry = entry_from(
                {**place, "side": Side.PRACTICE.value, "answer": answer},
                zone=self._desk.workplace.profile.zone,
                now=self._desk.application.clock.now(),
            )
            return self._session.record_alike(entry, reason=reason)

        side = self._desk.words("side_within.both")
        what = self._desk.say("reason.answer", place=place["indicator"], side=side)
        return self.carry_out((tuple(sorted(place.items())), "both"), act, what=what)

    def introduce(self, pseudonym: str, *, post: str | None, substitute: bool) -> Done | None:
        """Name a respondent, or correct whose post it is; None if refused."""

        def act(reason: str | None) -> Done:
            return self._session.introduce(
                pseudonym, post=post, substitute=substitute, reason=reason
            )

        what = self._desk.say("reason.respondent", name=pseudonym)
        return self.carry_out(("respondent", pseudonym), act, what=what)

    def carry_out(
        self, key: object, act: Callable[[str | None], Done], *, what: str
    ) -> Done | None:
        """Do anything else to the record: `act` is given the reason of the change. None if refused.

        Where the change needs a reason that is not given yet, it waits under `key`, in the place of
        what waited there, and `what` says in words what is waiting.
        """
        if self._reasons.lacks:
            self._reasons.wait_with(key, what, partial(self.carry_out, key, act, what=what))
            return None
        try:
            done = act(self._reason())
        except Problem as problem:
            self.refused.emit(problem)
            return None
        self.tell_saved(done)
        return done

    def put(self, act: Callable[[], Done]) -> Done | None:
        """Record what needs no reason at any time, such as a mark. None if refused."""
        try:
            done = act()
        except Problem as problem:
            self.refused.emit(problem)
            return None
        self.tell_saved(done)
        return done

    def tell_saved(self, done: Done) -> None:
        """Show what was done, and say when it was saved."""
        self.changed.emit(done)
        event = self._session.next_undo
        if done.event is not None and event is not None:
            self._say("checklist.saved", event)

    def undo(self) -> Done | None:
        return self._turn_back(self._session.undo, "undone")

    def redo(self) -> Done | None:
        return self._turn_back(self._session.redo, "redone")

    def next_actions(self) -> tuple[str | None, str | None]:
        """What the next undo and the next redo would do; None where there is nothing."""
        undo, redo = self._session.next_undo, self._session.next_redo
        return self._what(undo) if undo else None, self._what(redo) if redo else None

    def _reason(self) -> str | None:
        return change_reason(self._desk.workplace, self._session)

    def _turn_back(self, act: Callable[..., tuple[Done, Event]], name: str) -> Done | None:
        if self._reasons.lacks:
            what = self._desk.say(f"reason.{name}")
            self._reasons.wait_with("turned back", what, partial(self._turn_back, act, name))
            return None
        try:
            done, event = act(reason=self._reason())
        except Problem as problem:
            self.refused.emit(problem)
            return None
        self.changed.emit(done)
        self._say(f"checklist.{name}", event)
        return done

    def _say(self, sentence: str, event: Event) -> None:
        now = self._desk.application.clock.now()
        time = f"{now.astimezone(self._desk.workplace.profile.zone):%H.%M.%S}"
        self.said.emit(self._desk.say(sentence, time=time, what=self._what(event)))

    def _what(self, event: Event) -> str:
        """What an action did, in words: the same is told as saved and as what undo takes back."""
        session, snapshot = self._session, self._session.snapshot
        if self._told is None or self._told[0] is not event or self._told[1] is not snapshot:
            words = self._desk.words
            self._told = event, snapshot, told(event, session.instrument, words, snapshot=snapshot)
        return self._told[2]


def _names(fields: Mapping[str, object]) -> Iterator[str]:
    """Which fields an entry gives, those of a document by their own names."""
    for name, given in sorted(fields.items()):
        if isinstance(given, Mapping):
            yield from (f"{name}.{inner}" for inner in sorted(given))
        else:
            yield name
