"""What is there after a crash: what was recorded last, what was only typed, what was cut off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.event import STORE, Event
from assessor_app.domain.snapshot import read_visit
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.words import Words
from assessor_app.storage.running import Running
from assessor_app.texts import say

__all__ = ["Recovered", "Running", "recovered", "running", "told"]  # Running: what a window holds


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a window finds that was killed before.

    `indicator` is None where something else than an answer was recorded last, and all of it where
    nothing ever was; `drafts` counts the parts of reviews that were typed and not recorded yet,
    `photos` the files that were being taken in and belong to nothing.
    """

    unit: str | None = None
    indicator: str | None = None
    recorded_at: datetime | None = None
    drafts: int = 0
    photos: int = 0


def running(workplace: Workplace) -> Running:
    """The mark of an open window over this store."""
    return Running(workplace.store.folder)


def recovered(workplace: Workplace) -> Recovered:
    """What there is. Raises StoreProblem where the store cannot be read."""
    store = workplace.store
    last = store.log.latest(of_visits=True)
    drafts, photos = _drafts(workplace), _photos(workplace)
    if last is None:
        return Recovered(drafts=drafts, photos=photos)
    visit = read_visit(last.visit, store.log.heads(last.visit))
    return Recovered(visit.unit, _indicator(last), last.wall, drafts, photos)


def told(found: Recovered, words: Words) -> str:
    """The same in whole sentences."""
    language, lines = words.language, [say(words.language, "recovery.stopped")]
    if found.recorded_at is not None:
        at = words.moment(found.recorded_at)
        name = "last_answer" if found.indicator else "last"
        lines.append(
            say(language, f"recovery.{name}", indicator=found.indicator, unit=found.unit, at=at)
        )
    if found.drafts:
        lines.append(say(language, "recovery.drafts", count=found.drafts))
    if found.photos:
        lines.append(say(language, "recovery.photos", count=found.photos))
    return " ".join(lines)


def _indicator(event: Event) -> str | None:
    """The indicator that an answer or a piece of evidence was recorded of."""
    for change in event.changes:
        kind, _, rest = change.entity.partition("/")
        if kind == "observation":
            return rest.partition("/")[0]
        if change.field == "attached_to" and isinstance(change.after, list) and change.after:
            return str(change.after[0]).split("/")[1]
    return None


def _drafts(workplace: Workplace) -> int:
    """Parts of visits that are typed and not recorded (services/drafts.py)."""
    kept = workplace.store.memory.section("drafts")
    parts = (one for visit, one in kept.items() if visit != STORE and isinstance(one, Mapping))
    return sum(len(one) for one in parts)


def _photos(workplace: Workplace) -> int:
    """Files that lie in the vault and no event names: the next sweep tidies them.

    Where a photo came whole, but its event did not, the rests of its copies are not counted again.
    """
    store = workplace.store
    named = store.log.named_files()
    found = [one for one in store.vault.walk(besides=named) if not one.aside]
    whole = {one.id for one in found if one.form is not None}
    return len(whole) or len(found)
