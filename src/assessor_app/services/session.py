"""The open visit: every answer goes through here, each in one durable transaction."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from assessor_app.domain.conflicts import settled
from assessor_app.domain.event import (
    ANSWERING,
    Event,
    EventKind,
    Json,
)
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.redaction import Layer
from assessor_app.domain.snapshot import read_visit
from assessor_app.domain.undoing import Action
from assessor_app.domain.visit import VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.entries import Entry, clean_text
from assessor_app.services.evidence.attaching import kept, same_photo, shared
from assessor_app.services.evidence.redacting import redaction
from assessor_app.services.instruments import instrument_of
from assessor_app.services.placing import entered, introduced, place
from assessor_app.services.standing import NOTHING, Done
from assessor_app.services.visit_steps import VisitSteps
from assessor_app.storage.store import Store

if TYPE_CHECKING:  # decoders of pictures
    from assessor_app.services.evidence.intake import TakenIn


class Session(VisitSteps):
    """One visit and its instrument, and what the assessor records in it."""

    def record(self, entry: Entry, *, reason: str | None = None) -> Done:
        """Record one side of one indicator: what differs from what holds already.

        `reason` is asked for once the office has been told what was found, here and in the other
        verbs that take one. Raises RecordRefused where it does not fit the instrument, VisitRefused
        where the visit takes no answers or `reason_after_exit_talk`, StoreProblem where it could
        not be made durable. Nothing changed then.
        """
        told = self._require_answers(reason)
        values, key = entered(self.snapshot, self.instrument, entry, new_id=self._store.new_id)
        about = {key.entity}
        if entry.post is not None or entry.substitute is not None:
            about.add(f"respondent/{key.respondent}")
        return self._do_what_differs(EventKind.RECORDED, values, about=about, reason=told)

    def attach(
        self,
        indicator_code: str,
        side: Side,
        photo: "TakenIn",
        *,
        source: EvidenceSource,
        product: str | None = None,
        respondent: str | None = None,
        caption: str | None = None,
        reason: str | None = None,
    ) -> Done:
        """Keep a photo as evidence of one side. The original goes to the vault before the event.

        A photo that the visit already has is shared, not kept twice, and keeps its caption. Raises
        as `record` does, and RecordRefused `evidence_already_there`.
        """
        from assessor_app.services.evidence.intake import evidence_values

        told = self._require_answers(reason)
        indicator = self.instrument.indicator(indicator_code)
        indicator.accepts_side(side)
        values, key = place(
            self.snapshot,
            self.instrument,
            Entry(indicator_code, side, {}, product, respondent),
            new_id=self._store.new_id,
        )
        known = same_photo(self.snapshot, photo)
        if known is not None:
            values |= shared(known, key, caption=caption)
            return self._standing.do(EventKind.ATTACHED, values, reason=told)
        evidence_id = self._store.new_id()
        values |= evidence_values(evidence_id, photo, key, source=source, caption=caption)
        with kept(self._store.vault, evidence_id, photo) as still_there:
            return self._standing.do(EventKind.ATTACHED, values, reason=told, require=still_there)

    def redact(self, evidence: str, layers: Iterable[Layer], *, reason: str | None = None) -> Done:
        """Cover a photo or a document's page by just these layers, in whatever the office is given.

        The original stays as it is. It is no answer, so that it goes on until a document is
        issued, and needs no reason. The copies follow (services/evidence/redacting.py). Raises as
        `redaction` there, and VisitRefused `visit_moved_on` where anything was recorded elsewhere
        since: nobody uncovers what somebody else has just covered.
        """
        values = redaction(self.snapshot, evidence, layers)
        (place,) = values
        with self._standing.turn:
            if not self._standing.differing(values, about={place[0]}):
                return NOTHING
            state = self.snapshot.visit.state
            if state is VisitState.CLOSED:
                # As a receiver that is fixed then: it follows from the closing, and is not late.
                values["visit", "state"] = state.value
            return self._standing.do(
                EventKind.REDACTED,
                values,
                reason=clean_text(reason, "reason"),
                acted_upon=self._standing.streams,
            )

    def introduce(
        self,
        pseudonym: str,
        *,
        post: str | None = None,
        substitute: bool | None = None,
        reason: str | None = None,
    ) -> Done:
        """Name a respondent before the first answer, or correct whose post it is.

        Only a pseudonym is kept. Raises RecordRefused `post_unknown`, `field_missing`.
        """
        why = self._require_answers(reason)
        told = clean_text(pseudonym, "respondent")
        if told is None:
            raise RecordRefused("field_missing", field="respondent")
        values, id_ = introduced(
            self.snapshot,
            self.instrument,
            told,
            post=post,
            substitute=substitute,
            new_id=self._store.new_id,
        )
        about = {f"respondent/{id_}"}
        return self._do_what_differs(EventKind.RECORDED, values, about=about, reason=why)

    def edit_finding(
        self, finding: str, values: Mapping[str, Json], *, reason: str | None = None
    ) -> Done:
        """Change what is recorded of a finding: wording, advice, due date, who set it, owner."""
        told = self._require_answers(reason)
        entity = f"finding/{finding}"
        edited = {(entity, field): value for field, value in values.items()}
        return self._do_what_differs(EventKind.FINDING_EDITED, edited, about={entity}, reason=told)

    def resolve(
        self, entity: str, event: str, *, field: str | None = None, reason: str | None = None
    ) -> Done:
        """Settle what two devices said differently of an entity: what this event said holds.

        All fields of the entity in which the event stands against others, or one `field`; of a
        receiver always all, because nobody signed under half of another's name. Raises VisitRefused
        `contender_unknown` where there is none, and as `record` does.
        """
        if entity == "receiver":
            field = None
        told = self._require_answers(reason)
        values: dict[tuple[str, str], Json] = {}
        for one in self.snapshot.conflicts:
            contends = any(each.event == event for each in one.contenders)
            if one.entity == entity and contends and field in (None, one.field):
                values |= settled(one, event)
        if not values:
            raise VisitRefused("contender_unknown", event=event)
        return self._standing.do(
            EventKind.RESOLVED, values, reason=told, acted_upon=self._standing.streams
        )

    def undo(self, *, reason: str | None = None) -> tuple[Done, Event]:
        """Take back this actor's last action on this device by a new event.

        Returns what was done and the action that was taken back. Raises VisitRefused
        `nothing_to_undo`, `undo_of_resolution`, `undo_overtaken`, `undo_of_choice`, or where
        answers are refused.
        """
        self._require_open()
        found = self._standing.taking_back.undoable(self._standing.streams)
        return self._turn_back(found, reason=self._why(reason, of=found.original.kind))

    def redo(self, *, reason: str | None = None) -> tuple[Done, Event]:
        """Do again what this actor undid last: the undo itself is taken back by a new event.

        Returns what was done and the action that holds again. Raises VisitRefused
        `nothing_to_redo`, or where answers are refused.
        """
        self._require_open()
        found = self._standing.taking_back.redoable(self._standing.streams)
        return self._turn_back(found, reason=self._why(reason, of=found.original.kind))

    # How it is done

    def _require_answers(self, reason: str | None) -> str | None:
        """Raise unless a change is taken now; returns its reason, cleaned."""
        self._require_open()
        return self._why(reason, of=EventKind.RECORDED)

    def _why(self, reason: str | None, *, of: EventKind) -> str | None:
        told = clean_text(reason, "reason")
        if told is None and of in ANSWERING and self.snapshot.reason_needed:
            raise VisitRefused("reason_after_exit_talk", visit=self.visit_id)
        return told

    def _turn_back(self, action: Action, *, reason: str | None) -> tuple[Done, Event]:
        values = {(change.entity, change.field): change.before for change in action.event.changes}
        done = self._standing.do(
            EventKind.UNDONE,
            values,
            reason=reason,
            undoes=action.event.id,
            acted_upon=self._standing.streams,
        )
        return done, action.original

    def _do_what_differs(
        self,
        kind: EventKind,
        values: Mapping[tuple[str, str], Json],
        *,
        about: Collection[str],
        reason: str | None,
    ) -> Done:
        """Record what differs; nothing where nothing of the entities `about` does."""
        differing = self._standing.differing(values, about=about)
        if not differing:
            return NOTHING
        held = values.keys() - differing.keys()
        return self._standing.do(kind, values, reason=reason, held=held)


def open_session(store: Store, visit_id: str, library: Library) -> Session:
    """Open a visit with the very version of the instrument that it was begun with.

    Raises InstrumentFault as `instrument_of` does.
    """
    visit = read_visit(visit_id, store.log.heads(visit_id))
    return Session(store, visit_id, instrument_of(visit, library))
