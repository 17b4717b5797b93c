"""Which headquarters this device belongs to: joined by its card, kept up by its trust lists."""

from pathlib import Path

from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.given_file import content_of
from assessor_app.services.revocations import MOST_BYTES, revocations, write_list
from assessor_app.services.sync.trusted import (
    Joined,
    joined,
    keep_joined,
    kept_list,
    read_joined,
    require_joined,
)
from assessor_app.storage.store import Store


def read_card(card: Path) -> Joined:
    """What a card says, to be shown before it is joined. Raises StoreProblem `card_unreadable`."""
    content = content_of(card, most=MOST_BYTES + 1)
    try:
        return read_joined(content)
    except ValueError as error:
        raise StoreProblem("card_unreadable", path=card) from error


def join(workplace: Workplace, card: Path, *, fingerprint: str) -> Joined:
    """Belong to the headquarters of a card, whose root's fingerprint was typed from paper.

    The root is pinned, as documents are verified against it. A newer card of the same headquarters
    is taken like a trust list. Raises StoreProblem `card_unreadable`, `joined_elsewhere`,
    `trust_list_older`, IdentityProblem as `require_fingerprint` and `read_root` do: nothing has
    changed then.
    """
    from assessor_app.services.pinning import require_fingerprint, take_root
    from assessor_app.signing.issuers import read_root

    store, found = workplace.store, read_card(card)
    require_fingerprint(found.listed.root, fingerprint)
    read_root(found.listed.root, at=store.clock.now())
    known = joined(store)
    if known is not None and known.fingerprint != found.fingerprint:
        raise StoreProblem("joined_elsewhere", name=known.name, fingerprint=known.fingerprint)
    _require_newer(known, found)
    take_root(workplace, found.listed.root)
    _keep(store, content_of(card, most=MOST_BYTES + 1))
    return found


def take_trust_list(store: Store, content: bytes) -> Joined:
    """A newer list of the headquarters that was joined.

    Raises StoreProblem `sync_not_joined`, `trust_list_foreign` where it is by another root or
    altered, `trust_list_older`; nothing has changed then.
    """
    known = require_joined(store)
    try:
        found = read_joined(content)
    except ValueError as error:
        raise StoreProblem("trust_list_foreign", name=known.name) from error
    if found.fingerprint != known.fingerprint:
        raise StoreProblem("trust_list_foreign", name=known.name)
    _require_newer(known, found)
    _keep(store, content)
    return found


def show_list(store: Store) -> None:
    """Let the verifier have the list that counts: a restored store comes to a home without it, and
    anybody may have changed the home's. Raises StoreProblem as writing does."""
    kept, shown = kept_list(store), revocations(store.folder.parent).lists
    if kept is not None and read_joined(kept).listed not in shown:
        write_list(store.folder.parent, kept)


def _keep(store: Store, content: bytes) -> None:
    """The encrypted store has the list that counts; the home's is for the verifier."""
    keep_joined(store, content)
    write_list(store.folder.parent, content)


def _require_newer(known: Joined | None, found: Joined) -> None:
    if known is not None and found.listed.number < known.listed.number:
        raise StoreProblem(
            "trust_list_older", name=found.name, number=found.listed.number, had=known.listed.number
        )
