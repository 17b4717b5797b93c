"""Notes that are written again and again: those the product brings, and those an assessor keeps.

One's own are settings of the store, kept as events: they go into backups, and everybody who works
with this store has them. Inserted into a note they are text like any other, to be gone on with.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assessor_app.domain.event import STORE, EventKind, Heads, Json
from assessor_app.domain.instrument import AnswerKind, Side
from assessor_app.domain.problem import RecordRefused
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.report.words import Words
from assessor_app.storage.log import Draft

ENTITY = "note_template"

# What the product brings, by side; for which kind of answer one is meant ("any" for all).
_SHIPPED = {
    Side.PAPERWORK: (
        ("any", "shown"),
        ("any", "not_shown"),
        ("any", "expired"),
        ("any", "unsigned"),
        ("parts", "incomplete"),
        ("duration", "no_time"),
    ),
    Side.PRACTICE: (
        ("any", "seen"),
        ("any", "not_seen"),
        ("any", "not_known"),
        ("any", "unreadable"),
        ("parts", "some_seen"),
        ("duration", "longer"),
        ("photo", "no_photo"),
    ),
}
_ANY = "any"


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    """A text to insert; `id` is None for one that the product brings."""

    text: str
    id: str | None = None


def templates_for(
    workplace: Workplace, words: Words, *, side: Side, kind: AnswerKind
) -> tuple[NoteTemplate, ...]:
    """What fits one side of a kind of indicator: one's own first, in the order they were kept."""
    own = _kept(workplace.store.log.heads(STORE))
    return (
        *(one for one, wanted in own if wanted in (None, side.value)),
        *(
            NoteTemplate(words(f"note_template.{side.value}.{name}"))
            for meant, name in _SHIPPED[side]
            if meant in (_ANY, kind.value)
        ),
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
