"""A visit as the office may read it: personal data in what was written is covered.

It is the snapshot that is changed, before any page is made of it: whatever a page or the embedded
record tells, it can only tell what is left here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from assessor_app.domain.event import Json
from assessor_app.domain.followed import Followed
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.observation import (
    WHOLE_UNIT,
    DocumentSeen,
    Evidence,
    Observation,
    ObservationKey,
)
from assessor_app.domain.outlook import Seen
from assessor_app.domain.personal_text import Part, personal_parts, without_braces
from assessor_app.domain.scale import AnswerKind
from assessor_app.domain.timings import Timing
from assessor_app.domain.trials import Trial
from assessor_app.domain.visit import FindingRecord, Receiver, Snapshot, Visit, VisitSession
from assessor_app.services.enrolment import Workplace
from assessor_app.services.people import Person, people
from assessor_app.services.report.record import Imprint
from assessor_app.services.report.words import Words

_WRITTEN = ("note", "not_assessed_reason", "not_applicable_reason", "no_evidence_reason")
_NAMING = frozenset(
    {
        ("observation", "document_kind"),
        ("observation", "document_number"),
        ("observation", "document_signatory"),
        ("product", "name"),
        ("receiver", "position"),
        ("receiver", "said_by"),
        ("visit", "address_visited"),
        ("visit", "assignment_letter"),
    }
)
"""What only says how something is called. A kept name is left there: who signed a paper is told
even where the same person was asked. Numbers and what was marked are covered."""

Cover = Callable[[str, str, str], str]
"""What is told in the place of a text, by its entity and field in the record."""

_Recorded = TypeVar(
    "_Recorded",
    Snapshot,
    Visit,
    VisitSession,
    Observation,
    DocumentSeen,
    Evidence,
    FindingRecord,
    Followed,
    Receiver,
    Timing,
    Trial,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A text in which personal data was found: the entity and field of the record, and what."""

    entity: str
    field: str
    text: str
    parts: tuple[Part, ...]


def for_office(seen: Seen, names: Iterable[str], words: Words) -> Seen:
    """The visit as it is handed out; scores, findings and streams are those of the whole visit.

    `names` are those of `kept_names`. What respondents were noted to say is left out altogether:
    their answers are told as a group.
    """
    listed = tuple(names)

    def cover(entity: str, field: str, text: str) -> str:
        return covered_text(text, _looked_for(entity, field, listed), words)

    return replace(seen, snapshot=_covered(seen.snapshot, seen.instrument, cover))


def imprint_for_office(imprint: Imprint, names: Iterable[str], words: Words) -> Imprint:
    """The imprint as it is handed out: why it was made anew, and an addendum's statement."""
    listed = tuple(names)
    return replace(
        imprint,
        because=covered_text(imprint.because, listed, words),
        statement=covered_text(imprint.statement, listed, words),
    )


def covered_text(text: str, names: Iterable[str], words: Words) -> str:
    """A text with a word in the place of everything personal: “hubungi ■■■ (nomor ditutup)”."""
    told, at = [], 0
    for start, end, what in personal_parts(text, names):
        told += [text[at:start], words(f"covered_text.{what.value}")]
        at = end
    return without_braces("".join([*told, text[at:]]))


def kept_names(workplace: Workplace, visit: str) -> tuple[str, ...]:
    """Names and contacts that are kept here of the respondents of a visit."""
    known = (one.data for one in people(workplace) if one.visit == visit)
    held = (text for one in known if isinstance(one, Person) for text in (one.name, one.contact))
    return tuple(text for text in held if text)


def personal_texts(snapshot: Snapshot, instrument: Instrument, names: Iterable[str]) -> list[Found]:
    """The texts of a visit that would be covered, to be looked at before it is closed."""
    listed, found = tuple(names), []

    def look(entity: str, field: str, text: str) -> str:
        parts = personal_parts(text, _looked_for(entity, field, listed))
        if parts:
            found.append(Found(entity, field, text, parts))
        return text

    _covered(snapshot, instrument, look)
    return found


def _looked_for(entity: str, field: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return () if (entity.partition("/")[0], field) in _NAMING else names


def _covered(snapshot: Snapshot, instrument: Instrument, cover: Cover) -> Snapshot:
    """The snapshot with every text in it as `cover` tells it."""
    in_words = {one.code for one in instrument.indicators() if one.kind is AnswerKind.TEXT}
    visit = snapshot.visit
    return replace(
        _each(snapshot, "visit", ("account",), cover),
        visit=_each(visit, "visit", ("address_visited", "assignment_letter"), cover),
        sessions=tuple(
            _each(one, f"session/{one.number}", ("why",), cover) for one in snapshot.sessions
        ),
        observations={
            key: _observation(key, one, cover, in_words=key.indicator in in_words)
            for key, one in sorted(snapshot.observations.items())
        },
        products={
            id_: cover(f"product/{id_}", "name", one) for id_, one in snapshot.products.items()
        },
        respondents={
            id_: replace(one, pseudonym=cover(f"respondent/{id_}", "pseudonym", one.pseudonym))
            for id_, one in snapshot.respondents.items()
        },
        evidence={id_: _evidence(id_, one, cover) for id_, one in snapshot.evidence.items()},
        findings={
            id_: _each(one, f"finding/{id_}", ("wording", "advice"), cover)
            for id_, one in snapshot.findings.items()
        },
        followed={
            place: _each(one, one.entity, ("wording", "advice"), cover)
            for place, one in snapshot.followed.items()
        },
        trials=tuple(_each(one, f"trial/{one.id}", ("note",), cover) for one in snapshot.trials),
        timings=tuple(
            _each(one, f"timing/{one.id}", ("what", "note"), cover) for one in snapshot.timings
        ),
        receiver=snapshot.receiver
        and _each(
            snapshot.receiver, "receiver", ("position", "response", "reason", "said_by"), cover
        ),
    )


def _evidence(id_: str, item: Evidence, cover: Cover) -> Evidence:
    """Its caption and address, and the words that are written over the picture itself."""
    entity = f"evidence/{id_}"
    told = _each(item, entity, ("caption", "url"), cover)
    drawn = tuple(
        one._replace(text=cover(entity, "annotations", one.text)) if one.text else one
        for one in item.annotations
    )
    return replace(told, annotations=drawn)


def _observation(
    key: ObservationKey, observation: Observation, cover: Cover, *, in_words: bool
) -> Observation:
    if key.respondent != WHOLE_UNIT:
        observation = replace(observation, note=None)
    fields = (*_WRITTEN, "answer") if in_words else _WRITTEN
    told = _each(observation, key.entity, fields, cover)
    paper = ("kind", "number", "signatory")
    document = _each(observation.document, key.entity, paper, cover, prefix="document_")
    return replace(told, document=document)


def _each(
    thing: _Recorded, entity: str, fields: Iterable[str], cover: Cover, *, prefix: str = ""
) -> _Recorded:
    """Something recorded, with what stands in these fields of it as `cover` tells it."""
    told: dict[str, Any] = {
        name: _said(getattr(thing, name), entity, f"{prefix}{name}", cover) for name in fields
    }
    return replace(thing, **told)


def _said(text: Json, entity: str, field: str, cover: Cover) -> Json:
    """A text in one language, or as it was proposed in both."""
    if isinstance(text, Mapping):
        return {language: _said(one, entity, field, cover) for language, one in text.items()}
    return cover(entity, field, text) if isinstance(text, str) else text
