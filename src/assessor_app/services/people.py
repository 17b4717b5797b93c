"""Names and contacts of respondents: kept, read, and erased; the record holds pseudonyms only.

That something was kept or erased, by whom and when, is an event of the store's own stream; what was
kept is not (storage/people.py). UU 27/2022 gives the person the right to have it erased.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from assessor_app.domain.event import STORE, Event, EventKind, Heads, Json
from assessor_app.domain.problem import RecordRefused, StoreProblem, VisitRefused
from assessor_app.domain.pseudonyms import told_apart
from assessor_app.services.backup import in_reach
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.storage.layout import PEOPLE, REPLACED
from assessor_app.storage.log import Draft
from assessor_app.storage.people import People, sync_erased
from assessor_app.storage.store import Store

KEPT, ERASED = "kept", "erased"
RESTORED = "restored"
"""The reason of an erasing that an older backup did not know of yet."""
_ENTITY = "respondent/"
_DATA, _VISIT, _PSEUDONYM = "personal_data", "visit", "pseudonym"


@dataclass(frozen=True, slots=True)
class Person:
    """What may be kept of a respondent: to come back to somebody, and nothing more."""

    name: str
    contact: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Erased:
    """That a person was erased: `by` is the id of the assessor."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A respondent of whom personal data is or was kept here.

    `kept_at` is when that was said last. `data` is None where the files are gone or damaged though
    nobody erased them.
    """

    respondent: str
    visit: str
    pseudonym: str
    kept_at: datetime
    data: Person | Erased | None


def keep_person(workplace: Workplace, visit: str, *, pseudonym: str, person: Person) -> str:
    """Keep name and contact of a respondent of a visit; returns the respondent's id.

    What was kept before is replaced. Raises RecordRefused `respondent_unknown`,
    `person_name_missing` or as `clean_text`, and StoreProblem where it could not be made durable:
    all is as before then.
    """
    respondent = respondent_called(workplace, visit, pseudonym=pseudonym)
    checked = _checked(person)
    store, kept = workplace.store, people_of(workplace.store)
    entity = f"{_ENTITY}{respondent}"
    values: dict[tuple[str, str], Json] = {(entity, _DATA): KEPT, (entity, _VISIT): visit}
    with kept.keeping(respondent, asdict(checked)) as write:
        store.log.append(Draft(STORE, EventKind.KEPT, values, require=write))
    return respondent


def person(workplace: Workplace, respondent: str) -> Person | Erased | None:
    """What is kept of a respondent, that it was erased, or None where nothing was ever kept.

    Raises StoreProblem `person_damaged`.
    """
    heads = workplace.store.log.heads(STORE)
    found = heads.get((f"{_ENTITY}{respondent}", _DATA))
    if not found:
        return None
    if found[-1].value == ERASED:
        return _erasing(_events(workplace.store)[found[-1].event])
    return _person(people_of(workplace.store).read(respondent))


def people(workplace: Workplace, *, but: Container[str] = ()) -> tuple[KnownPerson, ...]:
    """All of whom personal data is or was kept here, the latest first; not of the visits `but`."""
    store = workplace.store
    heads = store.log.heads(STORE)
    asked = [
        (entity, str(heads[entity, _VISIT][-1].value), found[-1])
        for (entity, field), found in heads.items()
        if field == _DATA
    ]
    wanted = [one for one in asked if one[1] not in but]
    if not wanted:
        return ()
    events, kept = _events(store), people_of(store)
    names = {visit: _pseudonyms(store.log.heads(visit)) for visit in {one[1] for one in wanted}}
    listed = []
    for entity, visit, head in wanted:
        respondent, event = entity.removeprefix(_ENTITY), events[head.event]
        data = _erasing(event) if head.value == ERASED else _readable(kept, respondent)
        pseudonym = names[visit].get(respondent, respondent)  # taken out of the visit since
        listed.append(KnownPerson(respondent, visit, pseudonym, event.wall, data))
    return tuple(sorted(listed, key=lambda one: (one.kept_at, one.respondent), reverse=True))


def erase_person(workplace: Workplace, respondent: str, *, reason: str) -> tuple[Path, ...]:
    """Destroy what is kept of a respondent, here and in the backups; nobody can bring it back.

    Returns the places of backups that could not be reached: there it goes with the next backup.
    The event comes first: where the power goes between the two, `finish_erasing` does the rest at
    the next start. Raises RecordRefused `erasing_reason_missing`, and StoreProblem
    `person_not_kept`, or as the writing does.
    """
    told = clean_text(reason, "reason")
    if told is None:
        raise RecordRefused("erasing_reason_missing")
    store, kept = workplace.store, people_of(workplace.store)
    place = (f"{_ENTITY}{respondent}", _DATA)
    found = store.log.heads(STORE).get(place)
    if not found or found[-1].value != KEPT:
        raise StoreProblem("person_not_kept", respondent=respondent)
    marks: dict[str, str | None] = {}

    def look() -> None:
        marks[respondent] = kept.mark(respondent)

    store.log.append(Draft(STORE, EventKind.ERASED, {place: ERASED}, reason=told, require=look))
    _destroy(store, marks)
    return _erase_copies(workplace)


def finish_erasing(workplace: Workplace) -> tuple[str, ...]:
    """Bring files and record together after a crash or a restore; the ids of whom it concerned.

    What the record calls erased is destroyed, and so is what no event names: it was never said to
    be kept, or an older backup was restored, and the copy beside a newer one stays where it is.
    What an older backup calls kept though it was erased since is recorded as erased.
    """
    store, kept = workplace.store, people_of(workplace.store)
    looked_upon = store.log.stream_heads(STORE)
    marks = {one: kept.mark(one) for one in kept.kept()}
    marked = kept.erased()
    if not marks and not marked:
        return ()
    told = _told(store)  # after the files: what is being kept just now is recorded by then
    stray = {one: mark for one, mark in marks.items() if told.get(one) != KEPT}
    _destroy(store, stray)
    forgotten = [one for one in marked - marks.keys() if told.get(one) == KEPT]
    if forgotten:
        values: dict[tuple[str, str], Json] = {
            (f"{_ENTITY}{one}", _DATA): ERASED for one in forgotten
        }
        draft = Draft(STORE, EventKind.ERASED, values, reason=RESTORED, acted_upon=looked_upon)
        try:
            store.log.append(draft)
        except VisitRefused:  # who was kept again just now is not forgotten; the next start looks
            forgotten = []
    return tuple(sorted((*stray, *forgotten)))


def respondent_called(workplace: Workplace, visit: str, *, pseudonym: str) -> str:
    """The id of a visit's respondent, who may be called by the id as well.

    Somebody who was taken out of the visit has no pseudonym any more, but may have to be erased.
    Raises RecordRefused `respondent_unknown`.
    """
    known = _pseudonyms(workplace.store.log.heads(visit))
    if _of_visit(workplace.store, pseudonym) == visit:
        return pseudonym
    wanted = (clean_text(pseudonym, "respondent") or "").casefold()
    for respondent, name in known.items():
        if name.casefold() == wanted:
            return respondent
    names = ", ".join(sorted(known.values())) or "–"
    raise RecordRefused("respondent_unknown", pseudonym=pseudonym, known=names)


def people_of(store: Store) -> People:
    """The folder of what is kept of respondents, beside the store's database."""
    return People(store.folder / PEOPLE, store.unlocked.key)


def _destroy(store: Store, marks: Mapping[str, str | None]) -> None:
    """Destroy what is kept of these respondents, unless it was kept anew since it was marked."""
    if not marks:
        return
    kept, told = people_of(store), _told(store)
    with store.log.exclusively():  # nobody keeps anything between the looking and the destroying
        for respondent, mark in marks.items():
            if kept.mark(respondent) != mark:
                continue
            if told.get(respondent) == ERASED:
                kept.erase(respondent)
            else:
                kept.drop(respondent)


def _erase_copies(workplace: Workplace) -> tuple[Path, ...]:
    store, missed = workplace.store, []
    home = store.folder.parent
    for replaced in home.glob(f"{REPLACED}*/{PEOPLE}"):  # stores that a restore moved aside
        try:
            sync_erased(store.folder / PEOPLE, replaced)
        except StoreProblem:
            missed.append(replaced)

    def sync(folder: Path) -> None:
        if (folder / PEOPLE).is_dir():
            people_of(store).sync_to(folder / PEOPLE)

    return (*missed, *in_reach(workplace, sync))


def _checked(person: Person) -> Person:
    name = clean_text(person.name, "name")
    if name is None:
        raise RecordRefused("person_name_missing")
    contact, note = clean_text(person.contact, "contact"), clean_text(person.note, "note")
    return Person(name, contact, note)


def _readable(kept: People, respondent: str) -> Person | None:
    try:
        return _person(kept.read(respondent))
    except StoreProblem:
        return None


def _person(values: dict[str, Json] | None) -> Person | None:
    if values is None:
        return None
    name, contact, note = (values.get(field) for field in ("name", "contact", "note"))
    return Person(
        str(name),
        None if contact is None else str(contact),
        None if note is None else str(note),
    )


def _erasing(event: Event) -> Erased:
    return Erased(event.wall, event.actor, event.reason or "")


def _events(store: Store) -> dict[str, Event]:
    """The store's events that say of personal data that it was kept or erased, by id."""
    kinds = (EventKind.KEPT, EventKind.ERASED)
    stored: Iterable[Event] = (link.event for link in store.log.stored(STORE))
    return {event.id: event for event in stored if event.kind in kinds}


def _told(store: Store) -> dict[str, Json]:
    heads = store.log.heads(STORE)
    return {
        entity.removeprefix(_ENTITY): found[-1].value
        for (entity, field), found in heads.items()
        if field == _DATA
    }


def _of_visit(store: Store, respondent: str) -> Json:
    """The visit in which somebody was asked of whom personal data is or was kept."""
    found = store.log.heads(STORE).get((f"{_ENTITY}{respondent}", _VISIT))
    return found[-1].value if found else None


def _pseudonyms(heads: Heads) -> dict[str, str]:
    return told_apart(
        {
            entity.removeprefix(_ENTITY): str(found[-1].value)
            for (entity, field), found in heads.items()
            if field == _PSEUDONYM and found[-1].value is not None
        }
    )
