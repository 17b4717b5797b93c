"""When the passphrase was typed last, and when a hint sheet was made: remembered, never what."""

import contextlib
from datetime import datetime

from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.storage.attempts import one_attempt
from assessor_app.storage.keys import open_keys
from assessor_app.storage.store import Store

_TYPED, _HINT = "passphrase_typed", "hint_sheet"


def note_typed(store: Store) -> None:
    """The passphrase was typed right now. Never fails: only a reminder is lost."""
    _note(store, _TYPED)


def note_hint_sheet(store: Store) -> None:
    """A hint sheet was made right now. Never fails."""
    _note(store, _HINT)


def typed_at(store: Store) -> datetime | None:
    """When the assessor at work typed the passphrase last here; None where nobody knows."""
    return _noted(store, _TYPED)


def hint_made_at(store: Store) -> datetime | None:
    """When the assessor at work had a hint sheet made last."""
    return _noted(store, _HINT)


def try_passphrase(workplace: Workplace, passphrase: str) -> None:
    """Show that one still knows the passphrase: it is tried as at the door, and opens nothing.

    Raises StoreProblem `passphrase_wrong`, also for a colleague's, and `passphrase_wait`.
    """
    store = workplace.store
    with one_attempt(store.folder, store.clock):
        if open_keys(store.keys_path, passphrase).assessor != store.assessor:
            raise StoreProblem("passphrase_wrong")
    note_typed(store)


def _note(store: Store, section: str) -> None:
    kept = store.memory.section(section)
    with contextlib.suppress(StoreProblem):
        at = instant_text(store.clock.now())
        store.memory.keep_section(section, {**kept, store.assessor: at})


def _noted(store: Store, section: str) -> datetime | None:
    kept = store.memory.section(section).get(store.assessor)
    with contextlib.suppress(ValueError):
        return instant_from_text(kept) if isinstance(kept, str) else None
    return None
