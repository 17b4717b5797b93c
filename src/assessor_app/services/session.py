"""The open visit: every answer goes through here, each in one durable transaction."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo

from assessor_app.domain.conflicts import settled
from assessor_app.domain.event import (
    Event,
    EventKind,
    Json,
)
from assessor_app.domain.marks import mark_entity, mark_values
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.snapshot import read_visit
from assessor_app.domain.undoing import Action
from assessor_app.instruments.library import Library
from assessor_app.services.breaking_off import broken_off
from assessor_app.services.entries import Entry, clean_text
from assessor_app.services.evidence_steps import EvidenceSteps
from assessor_app.services.following import added, also_followed, taken_off
from assessor_app.services.instruments import instrument_of
from assessor_app.services.placing import entered, introduced, named_product
from assessor_app.services.standing import NOTHING, Done
from assessor_app.services.trials import timing_values, trial_values
from assessor_app.storage.store import Store


class Session(EvidenceSteps):
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
        values |= also_followed(self.snapshot, key)
        about = {key.entity}
        if entry.post is not None or entry.substitute is not None:
            about.add(f"respondent/{key.respondent}")
        return self._do_what_differs(EventKind.RECORDED, values, about=about, reason=told)

    def record_alike(self, entry: Entry, *, reason: str | None = None) -> Done:
        """Record the same of every side that is asked, in one action; the side of `entry` is not
        looked at. Raises as `record`, and then no side was recorded.
        """
        told = self._require_answers(reason)
        known = self._store.new_id()  # whoever is named first in it is one and the same
        values: dict[tuple[str, str], Json] = {}
        about = set()
        for side in self.instrument.indicator(entry.indicator).sides:
            given, key = entered(
                self.snapshot, self.instrument, replace(entry, side=side), new_id=lambda: known
            )
            values |= {**given, **also_followed(self.snapshot, key)}
            about.add(key.entity)
        return self._do_what_differs(EventKind.RECORDED, values, about=about, reason=told)

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

    def record_trial(
        self,
        given: Mapping[str, object],
        *,
        zone: tzinfo,
        trial: str | None = None,
        reason: str | None = None,
    ) -> Done:
        """Record a channel for complaints and how it was tried, or change what is known of one.

        A `channel` of None takes the entry back. Raises as `record`, and as `trial_values` does.
        """
        why = self._require_answers(reason)
        values, entity = trial_values(
            self.snapshot,
            self.instrument,
            given,
            trial=trial,
            new_id=self._store.new_id,
            zone=zone,
            now=self._store.clock.now(),
        )
        return self._do_what_differs(EventKind.RECORDED, values, about={entity}, reason=why)

    def record_timing(
        self,
        given: Mapping[str, object],
        *,
        zone: tzinfo,
        timing: str | None = None,
        reason: str | None = None,
    ) -> Done:
        """Record how long a service took one customer; `seconds` of None takes it back.

        Raises as `record`, and as `timing_values` does.
        """
        why = self._require_answers(reason)
        values, entity = timing_values(
            self.snapshot,
            self.instrument,
            given,
            timing=timing,
            new_id=self._store.new_id,
            zone=zone,
            now=self._store.clock.now(),
        )
        return self._do_what_differs(EventKind.RECORDED, values, about={entity}, reason=why)

    def break_off(self, respondent: str, *, why: str, reason: str | None = None) -> Done:
        """Say of all that a respondent (id) was not asked yet why not, in one action.

        Raises as `record`, and RecordRefused `nothing_broken_off`.
        """
        told = self._require_answers(reason)
        asked = frozenset(one.indicator.code for one in self.compared() if one.asked)
        values = broken_off(self.snapshot, self.instrument, respondent, asked=asked, why=why)
        about = {entity for entity, _ in values}
        return self._do_what_differs(EventKind.RECORDED, values, about=about, reason=told)

    def follow_also(self, indicator_code: str, *, reason: str | None = None) -> Done:
        """Ask one more indicator at a follow-up visit; nothing where it is asked already.

        Raises RecordRefused `indicator_unknown`, VisitRefused `not_a_follow_up`, or as `record`.
        """
        told = self._require_answers(reason)
        values = added(self.snapshot, self.instrument.indicator(indicator_code))
        if not values:
            return NOTHING
        return self._standing.do(EventKind.RECORDED, values, reason=told)

    def follow_no_more(self, indicator_code: str, *, reason: str | None = None) -> Done:
        """Ask an indicator no more that was added here; what was found before stays asked.

        What was recorded of it is kept, and counts no more. Raises VisitRefused `not_added`, or as
        `record` does.
        """
        told = self._require_answers(reason)
        values = taken_off(self.snapshot, self.instrument.indicator(indicator_code))
        return self._standing.do(EventKind.RECORDED, values, reason=told)

    def name_product(
        self, name: str, *, product: str | None = None, reason: str | None = None
    ) -> Done:
        """Name a service product before its first answer, or give one (by id) another name.

        Raises RecordRefused `field_missing`, `product_gone`, `product_there`, and as `record`.
        """
        why = self._require_answers(reason)
        values, id_ = named_product(self.snapshot, name, product=product)
        return self._do_what_differs(
            EventKind.RECORDED, values, about={f"product/{id_}"}, reason=why
        )

    def edit_finding(
        self, finding: str, values: Mapping[str, Json], *, reason: str | None = None
    ) -> Done:
        """Change what is recorded of a finding: wording, advice, due date, who set it, owner."""
        return self.edit_findings({finding: values}, reason=reason)

    def edit_findings(
        self, findings: Mapping[str, Mapping[str, Json]], *, reason: str | None = None
    ) -> Done:
        """Change several findings (by id) in one action. Raises as `record`."""
        told = self._require_answers(reason)
        edited = {
            (f"finding/{finding}", field): value
            for finding, values in findings.items()
            for field, value in values.items()
        }
        about = {f"finding/{finding}" for finding in findings}
        return self._do_what_differs(EventKind.FINDING_EDITED, edited, about=about, reason=told)

    def mark(self, indicator: str, *, later: bool) -> Done:
        """Mark an indicator to come back to it, or take that back.

        It is no answer and needs no reason. Raises RecordRefused `indicator_unknown`, VisitRefused
        where the visit takes no answers.
        """
        return self._mark(indicator, mark_values(indicator, later=later))

    def take(self, indicator: str, *, taken: bool) -> Done:
        """Say that an indicator is one's own to record, among several assessors; or give it up.

        Raises as `mark` does.
        """
        return self._mark(indicator, mark_values(indicator, mine=self.me if taken else ""))

    @property
    def me(self) -> str:
        """Who works here: an assessor's id."""
        return self._store.assessor

    def recorders(self) -> Mapping[str, str]:
        """Who recorded last at each indicator (code): an assessor's id."""
        return self._standing.taking_back.recorders(self._standing.streams)

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

    def _mark(self, indicator: str, values: Mapping[tuple[str, str], Json]) -> Done:
        self._require_open()
        self.instrument.indicator(indicator)
        about = {mark_entity(indicator)}
        return self._do_what_differs(EventKind.MARKED, values, about=about, reason=None)

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


def open_session(store: Store, visit_id: str, library: Library) -> Session:
    """Open a visit with the very version of the instrument that it was begun with.

    Raises InstrumentFault as `instrument_of` does.
    """
    visit = read_visit(visit_id, store.log.frame(visit_id))
    return Session(store, visit_id, instrument_of(visit, library))
