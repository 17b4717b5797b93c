"""What an action did, told in one plain sentence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from assessor_app.domain.event import Change, Event, EventKind, Json
from assessor_app.domain.findings import finding_id
from assessor_app.domain.followed import followed_place
from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.marks import marked_indicator
from assessor_app.domain.observation import WHOLE_UNIT, ObservationKey
from assessor_app.domain.redaction import read_layers
from assessor_app.domain.visit import Snapshot
from assessor_app.services.evidence.telling import attached_told, edited_told
from assessor_app.services.evidence.words import covered_parts
from assessor_app.services.report.words import NONE, Words
from assessor_app.services.tried_told import told_timing, told_trial

EXCERPT = 60
"""Characters of a note that are told: enough to know it again."""

_TOLD_OF_OBSERVATION = (
    "answer",
    "not_assessed_reason",
    "not_applicable_reason",
    "note",
    "no_evidence_reason",
    "observed_at",
)
_SETTLING = ("answer", "not_assessed_reason", "not_applicable_reason")
_TOLD_OF_FINDING = ("wording", "advice", "due_date", "owner")


def told(
    event: Event, instrument: Instrument, words: Words, *, snapshot: Snapshot | None = None
) -> str:
    """What an action did: “P15-06, dalam praktik: jawaban “Ada” menjadi “Tidak ada””.

    `snapshot` gives products and respondents that the event does not name itself their names.
    """
    telling = _Telling(event, instrument, words, snapshot)
    ways = {
        EventKind.RECORDED: telling.recorded,
        EventKind.ATTACHED: telling.attached,
        EventKind.EVIDENCE_EDITED: telling.edited,
        EventKind.ANNOTATED: telling.edited,
        EventKind.REDACTED: telling.redacted,
        EventKind.MARKED: telling.marked,
        EventKind.FINDING_EDITED: telling.finding_edited,
        EventKind.RESOLVED: telling.resolved,
        EventKind.RECEIVER_RECORDED: telling.received,
    }
    if event.kind in ways:
        return ways[event.kind]()
    return words(f"history.{event.kind.value}", reason=_excerpt(event.reason or NONE))


@dataclass(frozen=True, slots=True)
class _Telling:
    event: Event
    instrument: Instrument
    words: Words
    snapshot: Snapshot | None

    def recorded(self) -> str:
        """The observation of the entry; a product or respondent that it made known is its place."""
        changes = [one for one in self.event.changes if one.entity.startswith("observation/")]
        if not changes:
            return self._beside()
        key = ObservationKey.from_entity(changes[0].entity)
        count = len({one.entity for one in changes})
        answers = [one for one in changes if one.field == "answer" and one.after is not None]
        if count > 1 and answers:
            return self._alike(answers[0])
        if count > 1:  # an interview that was broken off, in one action
            name = self._name(key.respondent, "respondent") or NONE
            return self.words("history.broken_off", respondent=name, count=count)
        return self._observation(key, list(self._observed(key, changes)))

    def _alike(self, change: Change) -> str:
        """Both sides of one place, answered alike in one action, whatever each had before."""
        key = ObservationKey.from_entity(change.entity)
        after = self._answer(key, str(change.after))
        said = self.words("history.answer_given", before=NONE, after=after)
        return self._observation(key, [said], side="both")

    def attached(self) -> str:
        """The side that a file proves since; of a shared one the side that was added."""
        key, said = attached_told(self.event, self.words, self.snapshot)
        return self._observation(key, [said]) if key else said

    def edited(self) -> str:
        """What is said of evidence since, where it belongs, or what is drawn over it."""
        key, said = edited_told(self.event, self.words, self.snapshot)
        return self._observation(key, [said]) if key else said

    def received(self) -> str:
        """What the receiver declared."""
        return self.words(f"history.receiver_{self.after('receiver', 'declared')}")

    def redacted(self) -> str:
        """What of which file is covered since, told at the first place that it proves."""
        layers = next(one for one in self.event.changes if one.field == "layers")
        evidence = self.snapshot.evidence if self.snapshot else {}
        item = evidence.get(layers.entity.partition("/")[2])
        if item is None:
            return self.words("history.redacted")
        covered = covered_parts(read_layers(layers.after), self.words)
        kind = self.words(f"redacted_kind.{item.kind.value}")
        way = "covered" if covered else "uncovered" if layers.before else "examined"
        said = self.words(f"history.{way}", kind=kind, covered=covered)
        return self._observation(item.attached_to[0], [said]) if item.attached_to else said

    def marked(self) -> str:
        """That an indicator was marked for later, or taken as one's own; or no more."""
        if not self.event.changes:
            return self.words("history.marked")
        change = self.event.changes[0]
        way = "given" if change.after is not None else "ended"
        code = marked_indicator(change.entity) or NONE
        return self.words(f"history.mark_{change.field}_{way}", indicator=code)

    def resolved(self) -> str:
        """Which of the values holds that devices had set against each other."""
        changes = [one for one in self.event.changes if one.entity.startswith("observation/")]
        if not changes:
            return self.words("history.resolved")
        key = ObservationKey.from_entity(changes[0].entity)
        told = self.words("history.conflict_settled")
        return self._observation(key, [told, *self._observed(key, changes)])

    def finding_edited(self) -> str:
        entity = self.event.changes[0].entity
        count = len({one.entity for one in self.event.changes})
        if count > 1:  # a due date for all of them
            given = (one.after for one in self.event.changes if one.field == "due_date")
            due = self._finding_value("due_date", next(given, ""))
            return self.words("history.findings_due", count=count, due=due)
        parts: list[str] = []
        for field in _TOLD_OF_FINDING:
            parts += self._changed(self._change(entity, field), field, self._finding_value)
        changes = "; ".join(parts) or self.words("history.unchanged")
        code = self._indicator_of(entity.removeprefix("finding/"))
        if code is None:
            return self.words("history.finding", changes=changes)
        return self.words("history.finding_of", indicator=code, changes=changes)

    def after(self, entity: str, field: str) -> Json:
        change = self._change(entity, field)
        return change.after if change else None

    def _observation(self, key: ObservationKey, parts: list[str], *, side: str = "") -> str:
        """What was done at a place; `side` names another word for it than the key's own side."""
        names = [self._name(key.product, "product"), self._name(key.respondent, "respondent")]
        known = ", ".join(name for name in names if name)
        return self.words(
            "history.observation",
            indicator=f"{key.indicator} [{known}]" if known else key.indicator,
            side=self.words(f"side_within.{side or key.side.value}"),
            changes="; ".join(parts) or self.words("history.unchanged"),
        )

    def _beside(self) -> str:
        """What is no answer: a channel tried, a time measured, or somebody who was named."""
        change = self.event.changes[0]
        match change.entity.partition("/")[0]:
            case "trial":
                return told_trial(self.event, self.words, self.snapshot)
            case "timing":
                return told_timing(self.event, self.words, self.snapshot)
            case "followed":
                return self._followed(change)
            case _:
                return self._introduced()

    def _followed(self, change: Change) -> str:
        """That a follow-up visit asks one more, or asks it no more."""
        way = "followed_dropped" if change.after is None else "followed_added"
        code = (followed_place(change.entity) or (NONE,))[0]
        return self.words(f"history.{way}", indicator=code)

    def _introduced(self) -> str:
        """A respondent who was named or placed before any answer."""
        entity = self.event.changes[0].entity
        if entity.startswith("product/"):
            return self._product_named(self.event.changes[0])
        posts = {role.code: self.words.of(role.name) for role in self.instrument.roles}
        parts = list(
            self._changed(
                self._change(entity, "post"),
                "post",
                lambda _, code: posts.get(str(code), str(code)),
            )
        )
        spoke = self._change(entity, "is_substitute")
        if spoke is not None and spoke.after is not None:
            parts.append(
                self.words("history.is_substitute" if spoke.after else "history.is_holder")
            )
        return self.words(
            "history.respondent",
            respondent=self._name(entity.partition("/")[2], "respondent") or NONE,
            changes="; ".join(parts) or self.words("history.respondent_named"),
        )

    def _product_named(self, change: Change) -> str:
        """A service product that was named before any answer, or renamed."""
        before, after = (NONE if one is None else str(one) for one in (change.before, change.after))
        return self.words(f"history.product_{_way(change)}", before=before, after=after)

    def _observed(self, key: ObservationKey, changes: list[Change]) -> Iterator[str]:
        def value(field: str, given: Json) -> str:
            if field == "answer":
                return self._answer(key, str(given))
            if field == "observed_at":
                return self.words.moment(instant_from_text(str(given)))
            return _excerpt(str(given))

        # Whoever says why a side could not be assessed has not deleted an answer as well.
        settled = any(self.after(key.entity, field) is not None for field in _SETTLING)
        for field in _TOLD_OF_OBSERVATION:
            swapped = settled and field in _SETTLING and self.after(key.entity, field) is None
            if not swapped:
                yield from self._changed(self._change(key.entity, field), field, value)
        document = [one for one in changes if one.field.startswith("document_")]
        if document:
            yield self.words(f"history.document_{_way_of_document(document)}")

    def _answer(self, key: ObservationKey, given: str) -> str:
        """In words; as it was recorded where this version of the instrument does not ask it."""
        indicator = self.instrument.by_code.get(key.indicator)
        told = self.words.answer(indicator, given, side=key.side) if indicator else given
        return _excerpt(told)

    def _changed(
        self, change: Change | None, field: str, value: Callable[[str, Json], str]
    ) -> Iterator[str]:
        if change is None or (change.before is None and change.after is None):
            return
        before, after = (
            NONE if one is None else value(field, one) for one in (change.before, change.after)
        )
        yield self.words(f"history.{field}_{_way(change)}", before=before, after=after)

    def _finding_value(self, field: str, given: Json) -> str:
        if field == "due_date":
            if not given:
                return NONE
            return self.words.day(date.fromisoformat(str(given)))
        if isinstance(given, dict):  # as the product proposed it, in both languages
            given = given[self.words.language.value]
        return _excerpt(str(given))

    def _change(self, entity: str, field: str) -> Change | None:
        named = (one for one in self.event.changes if (one.entity, one.field) == (entity, field))
        return next(named, None)

    def _name(self, id_: str, kind: str) -> str | None:
        if id_ == WHOLE_UNIT:
            return None
        own = self.after(f"{kind}/{id_}", "name" if kind == "product" else "pseudonym")
        if own is not None or self.snapshot is None:
            return None if own is None else str(own)
        if kind == "product":
            return self.snapshot.products.get(id_)
        respondent = self.snapshot.respondents.get(id_)
        return respondent.pseudonym if respondent else None

    def _indicator_of(self, finding: str) -> str | None:
        products = (WHOLE_UNIT, *(self.snapshot.products if self.snapshot else ()))
        for indicator in self.instrument.indicators():
            for product in products:
                if finding_id(self.event.visit, indicator.code, product) == finding:
                    return indicator.code
        return None


def _way(change: Change) -> str:
    if change.after is None:
        return "cleared"
    return "given" if change.before in (None, change.after) else "changed"


def _way_of_document(changes: list[Change]) -> str:
    if all(one.after is None for one in changes):
        return "cleared"
    return "given" if all(one.before is None for one in changes) else "changed"


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"
