"""The fields of the record in words: what each is called, and what its value means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from assessor_app.domain.annotation import read_annotations
from assessor_app.domain.components import read_components
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.observation import WHOLE_UNIT, ObservationKey
from assessor_app.domain.redaction import read_layers
from assessor_app.domain.visit import Snapshot
from assessor_app.services.embedded_record import SHORT_HASH
from assessor_app.services.evidence.words import components_told, covered_parts, drawn_parts
from assessor_app.services.objections import told_entity
from assessor_app.services.report.cards import due_set_by_told
from assessor_app.services.report.words import NONE, Words
from assessor_app.services.tried_told import lasting

SHORT_DEVICE = 8
"""Hex digits from the end of a device's id that tell two devices apart."""

# In the order in which they are told; what is left out is of no use to a reader.
_TOLD = {
    "observation": (
        "answer",
        "not_assessed_reason",
        "not_applicable_reason",
        "note",
        "no_evidence_reason",
        "observed_at",
        "document_kind",
        "document_number",
        "document_date",
        "document_signatory",
        "document_where_seen",
    ),
    "evidence": (
        "attached_to",
        "caption",
        "url",
        "seen_at",
        "components",
        "page",
        "captured_at",
        "file_name",
        "sha256",
        "annotations",
        "layers",
    ),
    "finding": ("wording", "advice", "due_date", "due_set_by", "owner"),
    "receiver": (
        "declared",
        "reason",
        "name",
        "nip",
        "position",
        "capacity",
        "signs",
        "certificate",
        "response",
        "response_said_by",
        "response_said_at",
    ),
    "handwriting": ("sha256",),
    "product": ("name",),
    "mark": ("later", "mine"),
    "followed": ("added", "gap_kind", "document", "due_date", "due_set_by"),
    "respondent": ("pseudonym", "post", "is_substitute"),
    "trial": (
        "channel",
        "address",
        "way",
        "began_at",
        "result",
        "answered_after_s",
        "proof",
        "note",
    ),
    "timing": ("seconds", "started_at", "what", "note"),
    "visit": (
        "state",
        "institution",
        "unit",
        "address_visited",
        "kind",
        "assignment_letter",
        "team",
        "lead",
        "instrument_version",
        "arrival",
        "departure",
        "outcome",
        "account",
        "reopened",
    ),
    "session": ("from", "to", "why"),
    "document": ("number", "revision", "sha256"),
    "handover": ("to", "how", "when", "hash_shown"),
    "returned": ("kind", "from", "received_at", "sha256", "note"),
    "export": ("events", "files", "head"),
    "import": ("device", "events", "files", "head"),
}
_MOMENTS = frozenset(
    {
        "observed_at",
        "captured_at",
        "seen_at",
        "began_at",
        "started_at",
        "arrival",
        "departure",
        "reopened",
        "when",
        "received_at",
        "response_said_at",
    }
)
_TERMS = {  # fields whose values are terms with words of their own
    ("visit", "state"): "state",
    ("visit", "kind"): "visit_kind",
    ("visit", "outcome"): "outcome",
    ("observation", "document_where_seen"): "where_seen",
    ("receiver", "capacity"): "capacity",
    ("receiver", "declared"): "receiver",
    ("receiver", "signs"): "receiver_signs",
    ("handover", "how"): "handover",
    ("returned", "kind"): "returned",
    ("followed", "gap_kind"): "finding",
    ("trial", "channel"): "trial_channel",
    ("trial", "way"): "trial_way",
    ("trial", "result"): "trial_result",
}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """Tells the fields of one visit; `people` are the names of assessors by their id."""

    words: Words
    instrument: Instrument
    snapshot: Snapshot
    people: Mapping[str, str]

    def is_told(self, entity: str, field: str) -> bool:
        """Whether a reader has any use for a field."""
        return field in _TOLD.get(_kind(entity), ())

    def place_in_order(self, entity: str, field: str) -> tuple[str, int]:
        """Where a field stands among those of its entity."""
        told = _TOLD.get(_kind(entity), ())
        return entity, told.index(field) if field in told else len(told)

    def name(self, entity: str, field: str) -> str:
        """What a field is called."""
        return self.words(f"field.{_kind(entity)}.{field}")

    def part(self, entity: str) -> str:
        """What an entity is called: an observation by its indicator, subject and side."""
        if _kind(entity) != "observation":
            return told_entity(entity, self.words.language)
        key = ObservationKey.from_entity(entity)
        side = self.words(f"side_within.{key.side.value}")
        return self.words("part.observation", indicator=self._asked(key), side=side)

    def subject(self, key: ObservationKey) -> str:
        """The names of product and respondent; empty for the unit as a whole."""
        product = self.snapshot.products.get(key.product, key.product)
        respondent = self.snapshot.respondents.get(key.respondent)
        named = (
            "" if key.product == WHOLE_UNIT else product,
            "" if key.respondent == WHOLE_UNIT else respondent.pseudonym if respondent else NONE,
        )
        return ", ".join(name for name in named if name)

    def value(self, entity: str, field: str, given: Json) -> str:
        """A value in words, whole; a dash where there is none."""
        if given is None or given in ("", []):
            return NONE
        place = (_kind(entity), field)
        if place in _TERMS:
            return self.words(f"{_TERMS[place]}.{given}")
        if field in _MOMENTS or place in (("session", "from"), ("session", "to")):
            return self.words.moment(instant_from_text(str(given)))
        telling = self._tellings().get(place)
        return telling(entity, given) if telling else self._plain(given)

    def _tellings(self) -> Mapping[tuple[str, str], Callable[[str, Json], str]]:
        return {
            ("observation", "answer"): self._answer,
            ("observation", "document_date"): self._day,
            ("finding", "due_date"): self._day,
            ("followed", "due_date"): self._day,
            ("followed", "due_set_by"): self._due_set_by,
            ("followed", "added"): self._added,
            ("finding", "due_set_by"): self._due_set_by,
            ("evidence", "attached_to"): self._places,
            ("evidence", "sha256"): self._hash,
            ("evidence", "layers"): self._layers,
            ("evidence", "annotations"): self._annotations,
            ("evidence", "components"): self._components,
            ("document", "sha256"): self._hash,
            ("handwriting", "sha256"): self._hash,
            ("receiver", "certificate"): self._hash,
            ("handover", "hash_shown"): self._hash,
            ("returned", "sha256"): self._hash,
            ("export", "head"): self._hash,
            ("import", "head"): self._hash,
            ("import", "device"): self._device,
            ("visit", "lead"): self._person,
            ("mark", "mine"): self._person,
            ("mark", "later"): self._later,
            ("respondent", "post"): self._post,
            ("respondent", "is_substitute"): self._substitute,
            ("trial", "answered_after_s"): self._seconds,
            ("timing", "seconds"): self._seconds,
            ("trial", "proof"): self._count,
        }

    def _answer(self, entity: str, given: Json) -> str:
        """In words; as it was recorded where this version of the instrument does not ask it."""
        key = ObservationKey.from_entity(entity)
        for indicator in self.instrument.indicators():
            if indicator.code == key.indicator:
                return self.words.answer(indicator, str(given), side=key.side)
        return str(given)

    def _places(self, _: str, given: Json) -> str:
        places = given if isinstance(given, list | tuple) else [given]
        return "; ".join(self.part(str(place)) for place in places)

    def _layers(self, _: str, given: Json) -> str:
        return covered_parts(read_layers(given), self.words)

    def _annotations(self, _: str, given: Json) -> str:
        return drawn_parts(read_annotations(given), self.words)

    def _components(self, _: str, given: Json) -> str:
        return components_told(read_components(given) or (), self.words)

    def _day(self, _: str, given: Json) -> str:
        return self.words.day(date.fromisoformat(str(given)))

    def _due_set_by(self, _: str, given: Json) -> str:
        return due_set_by_told(str(given), self.words)

    def _hash(self, _: str, given: Json) -> str:
        return f"{str(given)[:SHORT_HASH]}…"

    def _device(self, _: str, given: Json) -> str:
        return str(given)[-SHORT_DEVICE:]

    def _person(self, _: str, given: Json) -> str:
        return self.people.get(str(given), self.words("people.unknown"))

    def _later(self, _: str, _given: Json) -> str:
        return self.words("mark.later")

    def _post(self, _: str, given: Json) -> str:
        posts = {role.code: self.words.of(role.name) for role in self.instrument.roles}
        return posts.get(str(given), str(given))

    def _substitute(self, _: str, given: Json) -> str:
        return self.words("history.is_substitute" if given else "history.is_holder")

    def _added(self, _: str, _given: Json) -> str:
        return self.words("followed.was_added")

    def _seconds(self, _: str, given: Json) -> str:
        return lasting(int(str(given)), self.words)

    def _count(self, _: str, given: Json) -> str:
        count = len(given) if isinstance(given, list | tuple) else 1
        return self.words("trial_told.proofs", count=count)

    def _plain(self, given: Json) -> str:
        """A text; one that was proposed in both languages in this one; names in a row."""
        if isinstance(given, Mapping):
            return str(given.get(self.words.language.value, NONE))
        if isinstance(given, list | tuple):
            return "; ".join(str(one) for one in given)
        return str(given)

    def _asked(self, key: ObservationKey) -> str:
        subject = self.subject(key)
        return f"{key.indicator} [{subject}]" if subject else key.indicator


def _kind(entity: str) -> str:
    return entity.partition("/")[0]
