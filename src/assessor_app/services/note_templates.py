"""Notes that are written again and again: those the product brings, and those an assessor keeps.

One's own are settings of the store, kept as events: they go into backups, and everybody who works
with this store has them. Inserted into a note they are text like any other, to be gone on with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.event import STORE, EventKind, Heads, Json
from assessor_app.domain.instrument import AnswerKind, Indicator, Side
from assessor_app.domain.observation import Observation
from assessor_app.domain.problem import RecordRefused
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.report.words import Words
from assessor_app.storage.log import Draft

ENTITY = "note_template"


class Given(StrEnum):
    """What was answered, as far as the note that goes with it depends on it."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    NOTHING_SAID = "nothing_said"  # could not be assessed, or does not apply


_ANY = "any"
_ALL, _SOME = frozenset({Given.ALL}), frozenset({Given.SOME})
_NONE, _SHORT = frozenset({Given.NONE}), frozenset({Given.SOME, Given.NONE})
_HINDERED = frozenset({Given.NONE, Given.NOTHING_SAID})

# What the product brings, by side: for which kind of answer one is meant ("any" for all), its name,
# and the answers that it mostly goes with.
_SHIPPED = {
    Side.PAPERWORK: (
        (_ANY, "shown", _ALL),
        (_ANY, "not_shown", _HINDERED),
        (_ANY, "expired", _SHORT),
        (_ANY, "unsigned", _SHORT),
        ("parts", "incomplete", _SOME),
        ("duration", "no_time", _NONE),
    ),
    Side.PRACTICE: (
        (_ANY, "seen", _ALL),
        (_ANY, "not_seen", _NONE),
        (_ANY, "not_known", _SHORT),
        (_ANY, "unreadable", _SHORT),
        ("parts", "some_seen", _SOME),
        ("duration", "longer", _SHORT),
        ("photo", "no_photo", _HINDERED),
    ),
}


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    """A text to insert; `id` is None for one that the product brings."""

    text: str
    id: str | None = None


def given(
    indicator: Indicator, side: Side, seen: Observation, *, promised: str | None = None
) -> Given | None:
    """What was answered on a side; None where nothing was, or where it says nothing of how far."""
    if seen.not_assessed_reason or seen.not_applicable_reason:
        return Given.NOTHING_SAID
    if seen.answer is None:
        return None
    reached = indicator.fulfilment(side, seen.answer, promised=promised)
    if reached is None:
        return None
    return Given.ALL if reached == 1 else Given.SOME if reached else Given.NONE


def templates_for(
    workplace: Workplace,
    words: Words,
    *,
    side: Side,
    kind: AnswerKind,
    answered: Given | None = None,
) -> tuple[NoteTemplate, ...]:
    """What fits one side of a kind of indicator: one's own first, in the order they were kept.

    Of the product's, those that go with what was answered come before the others.
    """
    own = _kept(workplace.store.log.heads(STORE))
    fitting = [one for one in _SHIPPED[side] if one[0] in (_ANY, kind.value)]
    fitting.sort(key=lambda one: answered not in one[2])
    return (
        *(one for one, wanted in own if wanted in (None, side.value)),
        *(NoteTemplate(words(f"note_template.{side.value}.{name}")) for _, name, _ in fitting),
    )


def keep_template(workplace: Workplace, text: str, *, side: Side | None) -> NoteTemplate:
    """Keep a text as one's own, for one side or for both (None).

    Raises RecordRefused `template_empty`, `template_there`, or for a text that cannot be recorded.
    """
    told = _told(text)
    if any(one.text == told for one, _ in _kept(workplace.store.log.heads(STORE))):
        raise RecordRefused("template_there")
    made = NoteTemplate(told, workplace.store.new_id())
    values: dict[str, Json] = {"text": told, "side": side.value if side else None}
    _record(workplace, f"{ENTITY}/{made.id}", values)
    return made


def change_template(workplace: Workplace, template: str, *, text: str) -> None:
    """Give one's own another text; an empty one takes it away. Raises as `keep_template`.

    Also RecordRefused `template_unknown`.
    """
    if all(one.id != template for one, _ in _kept(workplace.store.log.heads(STORE))):
        raise RecordRefused("template_unknown")
    told = clean_text(text, "note")
    _record(workplace, f"{ENTITY}/{template}", {"text": told})


def _told(text: str) -> str:
    told = clean_text(text, "note")
    if told is None:
        raise RecordRefused("template_empty")
    return told


def _record(workplace: Workplace, entity: str, values: dict[str, Json]) -> None:
    changed = {(entity, field): value for field, value in values.items()}
    workplace.store.log.append(Draft(STORE, EventKind.SETTING_CHANGED, changed))


def _kept(heads: Heads) -> tuple[tuple[NoteTemplate, str | None], ...]:
    return tuple(_read(heads))


def _read(heads: Heads) -> Iterator[tuple[NoteTemplate, str | None]]:
    """One's own templates with the side that each is for, by the ids that time has ordered."""
    for entity, field in sorted(heads):
        kind, _, id_ = entity.partition("/")
        if kind != ENTITY or field != "text":
            continue
        text = heads[entity, field][-1].value
        side = heads.get((entity, "side"))
        if isinstance(text, str) and text:
            wanted = side[-1].value if side else None
            yield NoteTemplate(text, id_), wanted if isinstance(wanted, str) else None
