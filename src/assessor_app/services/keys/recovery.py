"""What headquarters does: make its recovery key, and open a store whose passphrase is lost."""

from dataclasses import dataclass, replace
from pathlib import Path

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import Json
from assessor_app.domain.passphrase import is_blank
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.recovery_key import fingerprint, new_key_pair
from assessor_app.services.backup import refresh_keys
from assessor_app.services.enrolment import Workplace, entered
from assessor_app.services.keys.access import Assessor, find_assessor, listed, lock
from assessor_app.services.keys.record import change, current_keys
from assessor_app.services.keys.recovery_key import read_private
from assessor_app.storage.attempts import forget_failures
from assessor_app.storage.files import write_whole
from assessor_app.storage.keys import (
    Unlocked,
    cost_of,
    open_keys_by_recovery,
    with_passphrase,
)
from assessor_app.storage.store import keys_path, open_unlocked

_READABLE = 0o644


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new recovery key: its two files, and the fingerprint to make known."""

    private: Path
    public: Path
    fingerprint: str


def new_recovery_key(out: Path, passphrase: str) -> MadeKey:
    """Make headquarters' key: `out` is the private half under its passphrase, `out.pub` the public.

    Raises StoreProblem `passphrase_empty`, `file_exists`, or as the writing does.
    """
    if is_blank(passphrase):
        raise StoreProblem("passphrase_empty")
    made = MadeKey(out, out.with_name(f"{out.name}.pub"), "")
    for path in (made.private, made.public):
        if path.exists():
            raise StoreProblem("file_exists", path=path)
    pair = new_key_pair(passphrase)
    write_whole(made.private, pair.private)
    try:
        write_whole(made.public, pair.public, mode=_READABLE)
    except StoreProblem:
        made.private.unlink(missing_ok=True)  # of no use without the other, and in its way
        raise
    return replace(made, fingerprint=pair.fingerprint)


def recover(
    home: Path,
    private: Path,
    *,
    private_passphrase: str,
    new_passphrase: str,
    clock: Clock,
    new_id: NewId,
    assessor: str | None = None,
    reason: str | None = None,
) -> Workplace:
    """Open a store with headquarters' private key and give an assessor a new passphrase.

    `assessor` (a name, or a part of the id) may be left out where there is one only. The event
    says that the recovery key opened it, and which. Raises StoreProblem `recovery_file_missing`,
    `recovery_private_unreadable`, `recovery_passphrase_wrong`, `recovery_slot_missing`,
    `assessor_needed`, `assessor_unknown`, `passphrase_empty`, `passphrase_taken`, …
    """
    key = read_private(private, private_passphrase)
    opened = open_keys_by_recovery(keys_path(home), key, assessor="")
    person = _person(home, opened, assessor, clock=clock, new_id=new_id)
    unlocked = replace(opened, assessor=person.id)
    workplace = entered(open_unlocked(home, unlocked, clock=clock, new_id=new_id))
    store = workplace.store
    values: dict[tuple[str, str], Json] = {
        (f"assessor/{person.id}", "access"): "recovered",
        ("keys", "opened_by"): fingerprint(key.public_key().public_bytes_raw()),
    }
    try:
        keys = current_keys(store)
        made = with_passphrase(
            keys,
            opened.key,
            assessor=person.id,
            passphrase=new_passphrase,
            cost=cost_of(keys, person.id),
        )
        change(store, made, values, seen=keys.generation, reason=reason)
    except StoreProblem:
        lock(workplace)
        raise
    forget_failures(store.folder)
    refresh_keys(workplace)
    return workplace


def _person(
    home: Path, opened: Unlocked, part: str | None, *, clock: Clock, new_id: NewId
) -> Assessor:
    """Who is meant: names stand in the store, which the key has opened."""
    store = open_unlocked(home, opened, clock=clock, new_id=new_id)
    try:
        people = listed(store)
    finally:
        store.close()
    if part is not None:
        return find_assessor(people, part)
    if len(people) != 1:
        names = ", ".join(f"{one.name} ({one.id})" for one in people)
        raise StoreProblem("assessor_needed", names=names)
    return people[0]
