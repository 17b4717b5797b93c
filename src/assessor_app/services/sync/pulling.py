"""Fetching what headquarters has written to this device: verified, acted upon, kept."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.sync.instruments_taken import take_instrument
from assessor_app.services.sync.joining import show_list
from assessor_app.services.sync.letters_taken import (
    Answered,
    Opened,
    kept_as,
    opened_letter,
    require_assignment,
    take_receipt,
    take_trust_letter,
)
from assessor_app.services.sync.trusted import require_joined
from assessor_app.storage.inbox import TakenLetter, keep_letter, taken_letters
from assessor_app.storage.store import Store
from assessor_app.syncing.letter import LetterKind, mailbox, read_letter, read_receipt
from assessor_app.syncing.shipment import PIECE_BYTES, piece_name
from assessor_app.syncing.transports.transport import Transport, TransportFailed

_MOST_BYTES = 16 * 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")
_TAKEN_AGAIN = frozenset({"letter_forged"})
"""Codes that a trust list that comes later may lift: a receipt key that was not known yet."""
_UNDONE = frozenset({"disk_full", "not_writable", "store_busy", "store_read_only"})
"""Codes that say that this store could not: the run ends, and the letter is read next time."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A letter that was not acted upon, and why; `sha256` is its name on the storage."""

    sha256: str
    problem: StoreProblem


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came: letters that were acted upon, parts they answered, and letters set aside."""

    letters: tuple[TakenLetter, ...]
    answered: tuple[Answered, ...]
    aside: tuple[SetAside, ...]


def pull(workplace: Workplace, transport: Transport, *, library: Library | None = None) -> Pulled:
    """Fetch new letters and act upon those that are headquarters' own.

    Trust lists first, then the others by number; what is forged, foreign or came before is set
    aside with its reason and stands in nobody's way. A letter is kept last: after a crash it is
    read once more. A `library` reads its folders again where an instrument came. Raises
    StoreProblem `sync_not_joined`, TransportFailed, or as this store's own writing does.
    """
    store = workplace.store
    require_joined(store)
    show_list(store)
    fetched, aside = _fetched(store, transport)
    opened, strange = _opened(store, fetched, trust=True)
    run = _Run(store, transport, library, [*aside, *strange])
    run.take(opened)
    left = {name: sealed for name, sealed in fetched.items() if name not in run.done}
    opened, strange = _opened(store, left, trust=False)
    run.aside += strange
    run.take(opened)
    for one in run.aside:
        _keep_aside(store, one)
    return Pulled(tuple(run.letters), tuple(run.answered), tuple(run.aside))


class _Run:
    """What one run has come to, letter by letter."""

    def __init__(
        self, store: Store, transport: Transport, library: Library | None, aside: Sequence[SetAside]
    ) -> None:
        self._store, self._transport, self._library = store, transport, library
        self.aside = list(aside)
        self.letters: list[TakenLetter] = []
        self.answered: list[Answered] = []
        self.done: set[str] = set()

    def take(self, opened: Sequence[Opened]) -> None:
        for one in sorted(opened, key=lambda one: one.letter.number):
            self.done.add(one.sha256)
            kept = kept_as(one, self._store)
            try:
                self._act(one)
            except StoreProblem as problem:
                if problem.code in _UNDONE:
                    raise
                self.aside.append(SetAside(one.sha256, problem))
                continue
            keep_letter(self._store, kept)
            self.letters.append(kept)

    def _act(self, opened: Opened) -> None:
        match opened.letter.kind:
            case LetterKind.TRUST_LIST:
                take_trust_letter(self._store, opened)
            case LetterKind.RECEIPT:
                newer = [
                    read_receipt(read_letter(one.line)[1].content)
                    for one in taken_letters(self._store, kind=LetterKind.RECEIPT.value)
                    if one.reason is None and one.number > opened.letter.number
                ]
                self.answered += take_receipt(
                    self._store, opened, newer=newer, lies_whole=self._lies_whole
                )
            case LetterKind.INSTRUMENT:
                take_instrument(self._store, opened.letter.content, library=self._library)
            case LetterKind.ASSIGNMENT:
                require_assignment(opened)

    def _lies_whole(self, piece: str) -> bool:
        """Raises TransportFailed where the storage fails as a whole."""
        name = piece_name(piece)
        try:
            size = self._transport.size(name)
            if size is None or size > PIECE_BYTES:
                return False
            return hashlib.sha256(self._transport.get(name)).hexdigest() == piece
        except TransportFailed as failed:
            if failed.retry:
                raise
            return False  # whoever may only write there sends it once more


def _fetched(store: Store, transport: Transport) -> tuple[dict[str, bytes], list[SetAside]]:
    """The letters that were not taken yet, by their names, which are their hashes."""
    folder = f"b/{mailbox(store.device.public_key)}/"
    known = {
        one.sha256
        for one in taken_letters(store)
        if one.reason is None or one.reason not in _TAKEN_AGAIN
    }
    found, aside = dict[str, bytes](), []
    for path in sorted(transport.list(folder)):
        name = path.removeprefix(folder)
        if not _HASH.fullmatch(name) or name in known:
            continue
        try:
            sealed = _letter(transport, path)
        except TransportFailed as failed:
            if failed.code != "storage_missing":
                raise
            continue  # it is there the next time, or was taken away
        if sealed is None or hashlib.sha256(sealed).hexdigest() != name:
            # Nothing is kept of it: the true one may lie there next time.
            aside.append(SetAside(name, StoreProblem("letter_altered")))
        else:
            found[name] = sealed
    return found, aside


def _letter(transport: Transport, path: str) -> bytes | None:
    size = transport.size(path)
    return None if size is None or size > _MOST_BYTES else transport.get(path)


def _opened(
    store: Store, fetched: dict[str, bytes], *, trust: bool
) -> tuple[list[Opened], list[SetAside]]:
    """The letters of headquarters among them; of the trust lists alone what is none is left."""
    by, known = require_joined(store), taken_letters(store)
    opened, aside = list[Opened](), list[SetAside]()
    for name, sealed in fetched.items():
        try:
            one = opened_letter(store, sealed, name, by=by, known=known)
        except StoreProblem as problem:
            if not trust:
                aside.append(SetAside(name, problem))
            continue
        if not trust or one.letter.kind is LetterKind.TRUST_LIST:
            opened.append(one)
    return opened, aside


def _keep_aside(store: Store, aside: SetAside) -> None:
    """Remember that it is nothing, so that it is not fetched for ever."""
    code = aside.problem.code
    if code != "letter_altered":
        now = store.clock.now()
        keep_letter(store, TakenLetter(aside.sha256, "", 0, now, b"", code))
