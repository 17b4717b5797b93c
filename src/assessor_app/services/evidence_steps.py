"""What is done with the evidence of the open visit: taken in, placed, described, drawn upon."""

from collections.abc import Collection, Iterable, Mapping
from typing import Literal

from assessor_app.domain.annotation import Annotation
from assessor_app.domain.event import ANSWERING, EventKind, Json
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import (
    OF_VISIT,
    EvidenceKind,
    EvidenceSource,
    ObservationKey,
)
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.redaction import Layer
from assessor_app.domain.visit import VisitState
from assessor_app.services.entries import Entry, clean_text
from assessor_app.services.evidence.attaching import kept, same_photo, shared
from assessor_app.services.evidence.editing import (
    NOTHING_TOLD,
    About,
    annotation_values,
    edited_values,
    known_evidence,
    moved,
    placed_values,
    places_of,
)
from assessor_app.services.evidence.redacting import redaction
from assessor_app.services.evidence.taken import TakenIn, evidence_values
from assessor_app.services.following import also_followed
from assessor_app.services.placing import place
from assessor_app.services.standing import NOTHING, Done
from assessor_app.services.visit_steps import VisitSteps

_Values = dict[tuple[str, str], Json]


class EvidenceSteps(VisitSteps):
    """Nothing is ever deleted: what is taken away from everywhere is listed as unattached."""

    def attach(
        self,
        indicator_code: str,
        side: Side,
        photo: TakenIn,
        *,
        source: EvidenceSource,
        product: str | None = None,
        respondent: str | None = None,
        caption: str | None = None,
        about: About = NOTHING_TOLD,
        reason: str | None = None,
    ) -> Done:
        """Keep a photo as evidence of one side. The original goes to the vault before the event.

        A photo that the visit already has is shared, not kept twice, and keeps its caption. Raises
        as `record` does, and RecordRefused `evidence_already_there`.
        """
        told = self._require_answers(reason)
        values, key = self._place(indicator_code, side, product=product, respondent=respondent)
        return self._attach(
            photo, key.entity, values, source=source, caption=caption, about=about, reason=told
        )

    def attach_to_visit(
        self,
        photo: TakenIn,
        *,
        source: EvidenceSource,
        caption: str | None = None,
        about: About = NOTHING_TOLD,
        reason: str | None = None,
    ) -> Done:
        """Keep a photo as evidence of the visit itself: the door that stayed shut. Raises as
        `attach`."""
        told = self._require_answers(reason)
        return self._attach(
            photo, OF_VISIT, {}, source=source, caption=caption, about=about, reason=told
        )

    def edit_evidence(self, evidence: str, *, reason: str | None = None, **values: object) -> Done:
        """Say something else of evidence: `caption`, `url`, `components` (codes), `page`.

        None takes away what was said. Raises as `record` does, RecordRefused `evidence_unknown`, or
        as `services.evidence.editing.edited_values`.
        """
        told = self._require_answers(reason)
        item = known_evidence(self.snapshot, evidence)
        edited = edited_values(item, **values)
        about = {f"evidence/{item.id}"}
        return self._do_what_differs(EventKind.EVIDENCE_EDITED, edited, about=about, reason=told)

    def move_evidence(
        self,
        evidence: Iterable[str],
        indicator_code: str,
        side: Side,
        *,
        product: str | None = None,
        respondent: str | None = None,
        away_from: ObservationKey | None = None,
        reason: str | None = None,
    ) -> Done:
        """Take evidence to another observation, in one action; it is kept once.

        It is not of `away_from` any more, or of nothing else where that is not said. Raises as
        `attach`, and RecordRefused `evidence_unknown`.
        """
        told = self._require_answers(reason)
        values, key = self._place(indicator_code, side, product=product, respondent=respondent)
        items = [known_evidence(self.snapshot, one) for one in evidence]
        places = {one.id: moved(one, key, away_from=away_from) for one in items}
        values |= placed_values(items, places)
        about = {f"evidence/{one.id}" for one in items}
        return self._do_what_differs(EventKind.EVIDENCE_EDITED, values, about=about, reason=told)

    def share_evidence(
        self,
        evidence: str,
        indicator_code: str,
        side: Side,
        *,
        product: str | None = None,
        respondent: str | None = None,
        reason: str | None = None,
    ) -> Done:
        """Let evidence prove one more side. Raises as `move_evidence`, and RecordRefused
        `evidence_already_there`."""
        told = self._require_answers(reason)
        values, key = self._place(indicator_code, side, product=product, respondent=respondent)
        values |= shared(known_evidence(self.snapshot, evidence), key.entity)
        return self._standing.do(EventKind.EVIDENCE_EDITED, values, reason=told)

    def detach_evidence(
        self,
        evidence: Iterable[str],
        *,
        away_from: ObservationKey | Literal["visit"] | None = None,
        reason: str | None = None,
    ) -> Done:
        """Let evidence be of an observation no more, or of none at all; it stays in the record.

        Raises as `record` does, and RecordRefused `evidence_unknown`.
        """
        told = self._require_answers(reason)
        items = [known_evidence(self.snapshot, one) for one in evidence]
        leave = away_from.entity if isinstance(away_from, ObservationKey) else away_from
        places = {
            one.id: [] if leave is None else [at for at in places_of(one) if at != leave]
            for one in items
        }
        about = {f"evidence/{one.id}" for one in items}
        values = placed_values(items, places)
        return self._do_what_differs(EventKind.EVIDENCE_EDITED, values, about=about, reason=told)

    def annotate(
        self, evidence: str, annotations: Iterable[Annotation], *, reason: str | None = None
    ) -> Done:
        """Draw just these signs over a photo or a document's pages; the original stays as it is.

        The copies follow (services/evidence/redacting.py). Raises as `record` does, RecordRefused
        `evidence_unknown`, or as `services.evidence.editing.annotation_values`.
        """
        told = self._require_answers(reason)
        item = known_evidence(self.snapshot, evidence)
        values = annotation_values(item, annotations)
        about = {f"evidence/{item.id}"}
        return self._do_what_differs(EventKind.ANNOTATED, values, about=about, reason=told)

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

    # How it is done

    def _place(
        self, code: str, side: Side, *, product: str | None, respondent: str | None
    ) -> tuple[_Values, ObservationKey]:
        indicator = self.instrument.indicator(code)
        indicator.accepts_side(side)
        entry = Entry(code, side, {}, product, respondent)
        values, key = place(self.snapshot, self.instrument, entry, new_id=self._store.new_id)
        return values | also_followed(self.snapshot, key), key

    def _attach(
        self,
        photo: TakenIn,
        entity: str,
        values: _Values,
        *,
        source: EvidenceSource,
        caption: str | None,
        about: About,
        reason: str | None,
    ) -> Done:
        if about.components is not None and photo.kind is not EvidenceKind.PHOTO:
            raise RecordRefused("components_need_picture")
        known = same_photo(self.snapshot, photo)
        if known is not None:
            values |= shared(known, entity, caption=caption, about=about)
            return self._standing.do(EventKind.ATTACHED, values, reason=reason)
        evidence_id = self._store.new_id()
        values |= evidence_values(
            evidence_id, photo, entity, source=source, caption=caption, about=about
        )
        with kept(self._store.vault, evidence_id, photo) as still_there:
            return self._standing.do(EventKind.ATTACHED, values, reason=reason, require=still_there)

    def _require_answers(self, reason: str | None) -> str | None:
        """Raise unless a change is taken now; returns its reason, cleaned."""
        self._require_open()
        return self._why(reason, of=EventKind.RECORDED)

    def _why(self, reason: str | None, *, of: EventKind) -> str | None:
        told = clean_text(reason, "reason")
        if told is None and of in ANSWERING and self.snapshot.reason_needed:
            raise VisitRefused("reason_after_exit_talk", visit=self.visit_id)
        return told

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
