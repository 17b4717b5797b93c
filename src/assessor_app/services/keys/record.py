"""The key file and the store's own stream side by side: every change of keys is an event."""

import contextlib
from collections.abc import Mapping
from dataclasses import replace

from assessor_app.domain.event import STORE, EventKind, Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.key_file import KeyFile, change_key_file, read_key_file
from assessor_app.storage.keys import change_keys, holders, mend_keys, without_assessor
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store

GENERATION = ("keys", "generation")
"""Where the record counts the changes of the key file."""


def current_keys(store: Store) -> KeyFile:
    """Who can open the store now. Raises StoreProblem as `read_key_file` does."""
    return read_key_file(store.keys_path).content


def change(
    store: Store,
    content: KeyFile,
    values: Mapping[tuple[str, str], Json],
    *,
    seen: int,
    reason: str | None = None,
) -> None:
    """Write a new key file and record what was changed; no secret is in the event.

    The file is written within the event's own transaction: two programs cannot change it at once,
    and nothing is recorded that was not written. `seen` is the generation that the content was made
    from. Raises StoreProblem `keys_moved_on`, or as the writing does: the keys are as before then.
    """
    generation = max(seen, recorded_generation(store)) + 1
    made = replace(content, generation=generation)
    before: list[KeyFile] = []

    def write() -> None:
        found = current_keys(store)
        change_keys(store.keys_path, made, key=store.unlocked.key, seen=seen)
        before.append(found)

    told = {**values, GENERATION: generation}
    draft = Draft(STORE, EventKind.KEYS_CHANGED, told, reason=reason, require=write)
    try:
        store.log.append(draft)
    except StoreProblem:
        # As where the disk is full for the event: who is told so goes on with the old passphrase.
        # Where it is full for this too, the change holds, and the next unlocking records it.
        for found in before:
            with contextlib.suppress(StoreProblem), store.log.exclusively():
                change_key_file(store.keys_path, found, seen=generation)
        raise


def recorded_generation(store: Store) -> int:
    """The newest generation of the key file that an event tells of; a new store has the first."""
    heads = store.log.heads(STORE).get(GENERATION, ())
    return max([1, *(head.value for head in heads if isinstance(head.value, int))])


def settle(store: Store) -> tuple[StoreProblem, ...]:
    """Mend the key file and bring the record level with it; what has to be told of it.

    `keys_mended` for each copy that could not be read, `keys_altered` where somebody without the
    data key has changed the file, `keys_rolled_back` where an older one was put in its place,
    and what hindered the mending. None of it stops an assessor from working.
    """
    found = store.unlocked.found
    told = [StoreProblem("keys_mended", path=path) for path in found.damaged]
    try:
        if store.unlocked.altered:
            told.append(StoreProblem("keys_altered", path=store.keys_path))
        if found.outdated or found.content.mac is None:
            with store.log.exclusively():  # or it might bring back what is being changed
                mend_keys(store.keys_path, store.unlocked)
        if not store.unlocked.altered:
            told += _level(store, found.content)
    except StoreProblem as problem:
        told.append(problem)
    return tuple(told)


def _level(store: Store, content: KeyFile) -> list[StoreProblem]:
    recorded = recorded_generation(store)
    if content.generation < recorded:
        return [StoreProblem("keys_rolled_back", path=store.keys_path)]
    if content.generation > recorded:
        # The power went between the file and its event: the change holds, and is recorded now.
        whole = _of_the_named(store, content)
        if whole != content:
            change(store, whole, {}, seen=content.generation)
            return []
        values: dict[tuple[str, str], Json] = {GENERATION: content.generation}
        store.log.append(Draft(STORE, EventKind.KEYS_CHANGED, values))
    return []


def _of_the_named(store: Store, content: KeyFile) -> KeyFile:
    """The content without whom the record does not name: their name went with the lost event."""
    heads = store.log.heads(STORE)
    for one in holders(content):
        if (f"assessor/{one}", "name") not in heads:
            content = without_assessor(content, one)
    return content
