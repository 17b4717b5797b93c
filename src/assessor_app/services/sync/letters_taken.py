"""A letter of headquarters on this device: from whom it is, and what follows from it."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assessor_app.domain.event import EventKind, Json, visit_head
from assessor_app.domain.outbox import Item, ItemState
from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.snapshot import read_visit
from assessor_app.domain.visit import VisitState
from assessor_app.services.sync.joining import take_trust_list
from assessor_app.services.sync.own_seal import own_seal
from assessor_app.services.sync.trusted import Joined
from assessor_app.storage import outbox
from assessor_app.storage.inbox import TakenLetter
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store
from assessor_app.syncing.assignment import read_assignment
from assessor_app.syncing.letter import (
    Letter,
    PartReceipt,
    PartState,
    Receipt,
    read_letter,
    read_receipt,
)
from assessor_app.syncing.reading import as_object, as_text
from assessor_app.syncing.sealed import unseal
from assessor_app.texts import Language, say

LiesWhole = Callable[[str], bool]
"""Whether the storage has a piece (SHA-256, hex) as it was sent; not, where it may not be read."""

_UNREADABLE = (ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter that is by headquarters and to this device; `sha256` is of its sealed form."""

    sha256: str
    line: bytes
    letter: Letter


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a part, as headquarters says; `item` is the one that it moved."""

    item: Item
    state: PartState
    problem: StoreProblem | None = None


def opened_letter(
    store: Store, sealed: bytes, sha256: str, *, by: Joined, known: Sequence[TakenLetter]
) -> Opened:
    """A letter out of its seal, if it is one for this device.

    Raises StoreProblem `seal_broken`, `letter_unreadable`, `letter_foreign` where it is for another
    device or of another headquarters, `letter_forged`, `letter_replayed` where the same letter came
    before under another seal.
    """
    line = unseal(sealed, own_seal(store).identity)
    try:
        signed, letter = read_letter(line)
    except _UNREADABLE as error:
        raise StoreProblem("letter_unreadable") from error
    if letter.device != store.device.id or letter.headquarters != by.fingerprint:
        raise StoreProblem("letter_foreign", name=by.name)
    if not any(signed.is_by(key) for key in by.listed.receipt_keys):
        raise StoreProblem("letter_forged", name=by.name)
    numbers = {one.number for one in known if one.reason is None and one.sha256 != sha256}
    if letter.number in numbers:
        raise StoreProblem("letter_replayed", number=letter.number)
    return Opened(sha256, line, letter)


def take_trust_letter(store: Store, opened: Opened) -> None:
    """Raises StoreProblem as `take_trust_list` does, and `letter_unreadable`."""
    try:
        content = as_object(opened.letter.content)
        listed = base64.b64decode(as_text(content["list"]), validate=True)
    except _UNREADABLE as error:
        raise StoreProblem("letter_unreadable") from error
    take_trust_list(store, listed)


def require_assignment(opened: Opened) -> None:
    """Raise StoreProblem `letter_unreadable` where it is no assignment."""
    try:
        read_assignment(opened.letter.content)
    except _UNREADABLE as error:
        raise StoreProblem("letter_unreadable") from error


def take_receipt(
    store: Store, opened: Opened, *, newer: Sequence[Receipt], lies_whole: LiesWhole
) -> tuple[Answered, ...]:
    """Move the items that a receipt is about; nothing else ends one.

    `newer` are receipts with greater numbers that were taken already. `lies_whole` is asked of
    pieces that are wanted while their item is still being sent: the letter may be older than what
    was put since. Raises StoreProblem `letter_unreadable`, `letter_stale`, or `letter_foreign`
    where it is about what this device has never sent.
    """
    try:
        receipt = read_receipt(opened.letter.content)
    except _UNREADABLE as error:
        raise StoreProblem("letter_unreadable") from error
    if any(one.manifest == receipt.manifest for one in newer):
        raise StoreProblem("letter_stale", number=opened.letter.number)
    items = {(one.kind, one.sha256): one for one in outbox.items(store, manifest=receipt.manifest)}
    own = [(items.get((part.kind.value, part.sha256)), part) for part in receipt.parts]
    if not own or any(item is None for item, _ in own):
        raise StoreProblem("letter_foreign", name=opened.letter.headquarters[:8])
    answered = [
        Answered(item, part.state, _refusal(part))
        for item, part in own
        if item is not None
        and _moved(store, item, part, letter=opened.sha256, lies_whole=lies_whole)
    ]
    settle_visit(store, receipt)
    return tuple(answered)


def settle_visit(store: Store, receipt: Receipt) -> None:
    """Let a visit be receipted whose newest record headquarters has signed for, as it stands.

    Only once it was handed over: until then its document may still be issued anew. Raises
    StoreProblem as reading and recording do.
    """
    visit, sent = receipt.visit, []
    if visit is not None:
        sent = [
            one for one in outbox.shipments(store, visit=visit) if one.device == store.device.id
        ]
    is_record = any(
        one.kind.value == "record" and one.state is PartState.RECEIPTED for one in receipt.parts
    )
    if visit is None or not sent or sent[-1].manifest != receipt.manifest or not is_record:
        return
    streams = store.log.stream_heads(visit)
    if visit_head(streams) != receipt.head:
        return
    if read_visit(visit, store.log.frame(visit)).state is not VisitState.HANDED_OVER:
        return
    values: dict[tuple[str, str], Json] = {("visit", "state"): VisitState.RECEIPTED.value}
    store.log.append(Draft(visit, EventKind.RECEIPTED, values, acted_upon=streams))


def _moved(
    store: Store, item: Item, part: PartReceipt, *, letter: str, lies_whole: LiesWhole
) -> bool:
    """Whether the item is another than before; one that has ended stays so."""
    match part.state:
        case PartState.RECEIPTED:
            return outbox.move(store, item.id, ItemState.RECEIPTED, receipt=letter)
        case PartState.WANTED:
            wanted = _wanted(store, item, part, lies_whole)
            return bool(wanted) and outbox.want_again(store, item.id, wanted)
        case PartState.REFUSED:
            why = _refusal(part) or StoreProblem("refused_otherwise", why="–")
            places = {name: str(told) for name, told in why.places.items()}
            return outbox.move(
                store, item.id, ItemState.QUARANTINED, reason=why.code, places=places
            )


def _refusal(part: PartReceipt) -> StoreProblem | None:
    """Why a part was refused, in words that there are here: headquarters may be newer."""
    if part.reason is None:
        return None
    places = dict(part.places)
    try:
        for language in Language:
            say(language, f"problems.{part.reason}", **places)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError):
        return StoreProblem("refused_otherwise", why=part.reason)
    return StoreProblem(part.reason, **places)


def _wanted(store: Store, item: Item, part: PartReceipt, lies_whole: LiesWhole) -> tuple[str, ...]:
    """The pieces to be sent once more: those that were sent, and are not there as they were sent.

    What is still to be sent is on its way. An item that was sent whole has them all put once more.
    """
    put = {one.sha256 for one in outbox.pieces(store, item.id) if one.is_put}
    listed = tuple(one for one in part.pieces if one in put)
    if item.state is ItemState.SENT:
        return listed
    return tuple(one for one in listed if not lies_whole(one))


def kept_as(opened: Opened, store: Store, *, reason: str | None = None) -> TakenLetter:
    """How a letter is kept in the inbox."""
    letter = opened.letter
    return TakenLetter(
        opened.sha256, letter.kind.value, letter.number, store.clock.now(), opened.line, reason
    )
