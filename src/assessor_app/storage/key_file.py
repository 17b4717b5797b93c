"""The key file in two copies: what is in it, how it is read, changed and mended.

Both copies, `keys.json` and `keys.previous.json`, hold the same newest content. The second is
there for the day when the first cannot be read; it never holds what was before a change, because
a passphrase that was changed or taken away must not open it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.sealing.slots import (
    KeptSlot,
    PassphraseSlot,
    RecoverySlot,
    read_kept_slot,
    read_passphrase_slot,
    read_recovery_slot,
)
from assessor_app.storage.files import told_plainly, write_whole

_FIRST_VERSION = 1  # passphrase slots only, one copy; still read, written anew as the next one
_VERSION = 2
_PREVIOUS = ".previous"
ASSESSOR = "assessor"  # whose slot it is
SLOT = "slot"  # under which name a keyring keeps the key of a slot

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Who can open the store, and how. `generation` counts the changes, from 1.

    `mac` (hex) vouches for the whole under the data key; a file of the first version has none.
    """

    slots: tuple[PassphraseSlot, ...]
    recovery: tuple[RecoverySlot, ...] = ()
    keyring: tuple[KeptSlot, ...] = ()
    generation: int = 1
    mac: str | None = None

    def vouched(self) -> bytes:
        """The bytes that `mac` is over."""
        return canonical(
            {
                "v": _VERSION,
                "generation": self.generation,
                "slots": [slot.as_json() for slot in self.slots],
                "recovery": [slot.as_json() for slot in self.recovery],
                "keyring": [slot.as_json() for slot in self.keyring],
            }
        )


@dataclass(frozen=True, slots=True)
class FoundKeys:
    """The newest content, and what is wrong with its copies.

    `damaged` are copies that were there and unreadable, and `keys.json` where it is missing;
    `outdated` all copies that do not hold the newest content.
    """

    content: KeyFile
    damaged: tuple[Path, ...]
    outdated: tuple[Path, ...]


def second_copy(path: Path) -> Path:
    """Where the second copy of a key file lies: `keys.previous.json` beside `keys.json`."""
    return path.with_name(f"{path.stem}{_PREVIOUS}{path.suffix}")


def read_key_file(path: Path) -> FoundKeys:
    """The newest content that either copy holds.

    Raises StoreProblem `not_enrolled`, `keys_missing`, `keys_newer`, `keys_damaged`, or as the
    reading does.
    """
    copies = (path, second_copy(path))
    if not any(copy.exists() for copy in copies):
        if path.parent.is_dir() and any(path.parent.iterdir()):
            raise StoreProblem("keys_missing", path=path)
        raise StoreProblem("not_enrolled", home=path.parent.parent)
    read: dict[Path, KeyFile] = {}
    failed: list[StoreProblem] = []
    for copy in copies:
        try:
            read[copy] = _read(copy)
        except StoreProblem as problem:
            failed.append(problem)
    if not read or any(problem.code == "keys_newer" for problem in failed):
        raise min(failed, key=lambda problem: problem.code != "keys_newer")
    newest = max(read.values(), key=lambda content: content.generation)  # the first where equal
    return FoundKeys(
        newest,
        damaged=tuple(
            copy for copy in copies if copy not in read and (copy.exists() or copy == path)
        ),
        outdated=tuple(copy for copy in copies if read.get(copy) != newest),
    )


def write_key_file(path: Path, content: KeyFile) -> None:
    """Write both copies of a new key file. Raises StoreProblem as `write_whole` does."""
    data = _rendered(content)
    write_whole(path, data)
    write_whole(second_copy(path), data)


def change_key_file(path: Path, content: KeyFile, *, seen: int) -> None:
    """Put a new generation in the place of the one that was `seen` when it was made.

    At any moment one whole copy is there, and none of them is older than what `path` holds: the
    second copy goes before the first is changed, and comes again after. Where it cannot (a full
    disk), the next unlocking makes it. To be called where no other process changes the file.

    Raises StoreProblem `keys_moved_on` where another program was first, or as the writing does;
    then nothing has changed.
    """
    found = read_key_file(path)
    if found.content.generation != seen:
        raise StoreProblem("keys_moved_on")
    if path in found.outdated:  # the second copy may be the only one that is left
        write_whole(path, _rendered(found.content))
    with told_plainly(path):
        second_copy(path).unlink(missing_ok=True)
        sync_folder(path.parent)
    data = _rendered(content)
    write_whole(path, data)
    try:
        write_whole(second_copy(path), data)
    except StoreProblem:
        return  # the change is made and durable


def mend_key_file(path: Path, found: FoundKeys, vouched_for: KeyFile) -> None:
    """Write what was found where it is not, or not in its newest form.

    Nothing is written where the newest content is another one by now.
    Raises StoreProblem as `write_whole` does.
    """
    if read_key_file(path).content != found.content:
        return
    copies = (path, second_copy(path)) if found.content.mac is None else found.outdated
    for copy in copies:
        write_whole(copy, _rendered(vouched_for))


def _rendered(content: KeyFile) -> bytes:
    if content.mac is None:
        raise ValueError("a key file that nobody vouches for is not written")
    whole = {**json.loads(content.vouched()), "mac": content.mac}
    # Tells damage from a wrong passphrase; against a person only `mac` counts.
    whole["check"] = _checksum(whole)
    return json.dumps(whole, indent=1).encode()


def _read(path: Path) -> KeyFile:
    with told_plainly(path):
        raw = path.read_bytes()
    try:
        return _parsed(json.loads(raw), path)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreProblem("keys_damaged", path=path) from error


def _parsed(whole: Mapping[str, Json], path: Path) -> KeyFile:
    version = whole["v"]
    if version == _FIRST_VERSION and "check" not in whole:
        return KeyFile(_slots(whole, "slots", read_passphrase_slot, about={ASSESSOR}))
    if whole["check"] != _checksum(whole):
        raise ValueError("the checksum differs")
    if version != _VERSION:
        raise StoreProblem("keys_newer", path=path)
    generation, mac = whole["generation"], whole["mac"]
    if not isinstance(generation, int) or not isinstance(mac, str):
        raise TypeError("generation or mac is of another kind")
    return KeyFile(
        slots=_slots(whole, "slots", read_passphrase_slot, about={ASSESSOR}),
        recovery=_slots(whole, "recovery", read_recovery_slot),
        keyring=_slots(whole, "keyring", read_kept_slot, about={ASSESSOR, SLOT}),
        generation=generation,
        mac=mac,
    )


def _slots(
    whole: Mapping[str, Json],
    name: str,
    read: Callable[[Json], T],
    *,
    about: AbstractSet[str] = frozenset(),
) -> tuple[T, ...]:
    listed = whole[name]
    if not isinstance(listed, list) or (name == "slots" and not listed):
        raise ValueError("no list of slots")
    if not all(about <= slot.keys() for slot in listed):
        raise ValueError("a slot does not say whose it is")
    return tuple(read(slot) for slot in listed)


def _checksum(whole: Mapping[str, Json]) -> str:
    rest = {name: value for name, value in whole.items() if name != "check"}
    return hashlib.sha256(canonical(rest)).hexdigest()
