"""What the record says of signing identities: whose, which file, how long; and how that changes.

No secret is in it, nor any key: certificates are public, and they are what a document shows.
"""

import base64
import binascii
import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor_app.domain.event import STORE, EventKind, Heads, Json, StreamHead
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.problem import StoreProblem, VisitRefused
from assessor_app.storage.identity_files import (
    IdentityFiles,
    files_of,
    put_in_place,
    settle,
    sha256_of,
    stage,
    sweep_staged,
    take_away,
)
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store

FIRST = "signing/identity"
"""The entity of the assessor whom the store was made for; another's is `signing/<assessor>`."""
FILE, REQUEST_FILE = "sha256_of_file", "request_file"
"""Where the SHA-256 (hex) of its file is told, and of the key that waits for its certificate."""
FORMER = "former_identity/"
"""The entity of an identity that is kept aside, by the SHA-256 (hex) of its file."""
_OTHERS = "signing/"
_REQUEST_KEY, _REQUESTED_AT = "request_key", "requested_at"
_CERTIFICATE, _CHAIN, _NOT_AFTER, _ASSESSOR = "certificate", "chain", "not_after", "assessor"

Values = dict[tuple[str, str], Json]


@dataclass(frozen=True, slots=True)
class Request:
    """A key that waits for its certificate: `key` is the SHA-256 (hex) of its public half."""

    file: str
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What the record says of one assessor's identity; `file` is its SHA-256 (hex).

    `certificate` and `chain` are DER. An older version recorded the file alone, or nothing: then
    there is no certificate here until the identity was opened once.
    """

    assessor: str
    entity: str
    files: IdentityFiles
    file: str | None = None
    certificate: bytes | None = None
    chain: tuple[bytes, ...] = ()
    not_after: datetime | None = None
    request: Request | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """An identity that another one took the place of; its file is kept aside."""

    assessor: str
    path: Path
    file: str


def first_assessor(store: Store, heads: Heads) -> str:
    """Whom the store was made for: theirs is the identity that was made with it."""
    told = _value(heads, FIRST, _ASSESSOR)
    if isinstance(told, str):
        return told
    for link in store.log.stored(STORE):  # of an older version; its first event is the enrolment
        return link.event.actor
    return store.assessor


def kept_of(store: Store, assessor: str) -> Kept:
    """What is recorded of an assessor's identity; nothing of one who never had any."""
    heads = store.log.heads(STORE)
    return _kept(store, assessor, heads, first=first_assessor(store, heads))


def _kept(store: Store, assessor: str, known: Heads, *, first: str) -> Kept:
    entity = FIRST if assessor == first else f"{_OTHERS}{assessor}"
    return Kept(
        assessor=assessor,
        entity=entity,
        files=files_of(store.folder, None if assessor == first else assessor),
        file=_text(_value(known, entity, FILE)),
        certificate=_bytes(_value(known, entity, _CERTIFICATE)),
        chain=_listed(_value(known, entity, _CHAIN)),
        not_after=_instant(_value(known, entity, _NOT_AFTER)),
        request=_request(known, entity),
    )


def all_kept(store: Store) -> tuple[Kept, ...]:
    """What is recorded of everybody who was enrolled here, in that order."""
    heads = store.log.heads(STORE)
    entities = sorted({entity for entity, field in heads if field == "nip"})
    known = [one.partition("/")[2] for one in entities if one.startswith("assessor/")]
    first = first_assessor(store, heads)
    return tuple(_kept(store, one, heads, first=first) for one in known)


def formers(store: Store, heads: Heads) -> tuple[Former, ...]:
    """All identities that are kept aside, by the store's fields."""
    first, found = first_assessor(store, heads), []
    for entity in sorted({one for one, _ in heads if one.startswith(FORMER)}):
        file, assessor = entity.removeprefix(FORMER), str(_value(heads, entity, _ASSESSOR))
        files = files_of(store.folder, None if assessor == first else assessor)
        found.append(Former(assessor, files.former(file), file))
    return tuple(found)


def identity_values(
    kept: Kept, *, file: str, certificate: bytes, chain: Iterable[bytes], not_after: datetime
) -> Values:
    """What is recorded where an identity signs from now on."""
    return {
        (kept.entity, FILE): file,
        (kept.entity, _ASSESSOR): kept.assessor,
        (kept.entity, _CERTIFICATE): _told(certificate),
        (kept.entity, _CHAIN): [_told(one) for one in chain],
        (kept.entity, _NOT_AFTER): instant_text(not_after),
    }


def request_values(kept: Kept, request: Request | None) -> Values:
    """What is recorded where a key waits for its certificate, or does no more."""
    return {
        (kept.entity, REQUEST_FILE): request.file if request else None,
        (kept.entity, _REQUEST_KEY): request.key if request else None,
        (kept.entity, _REQUESTED_AT): instant_text(request.at) if request else None,
    }


def former_values(kept: Kept, file: str) -> Values:
    """What is recorded where an identity is kept aside."""
    return {(f"{FORMER}{file}", _ASSESSOR): kept.assessor}


def seen_now(store: Store) -> tuple[StreamHead, ...]:
    """How far the store's own stream goes, to be given to `change` after all was looked at."""
    return store.log.stream_heads(STORE)


def change(
    store: Store,
    writes: Mapping[Path, bytes],
    values: Values,
    *,
    seen: tuple[StreamHead, ...],
    gone: Iterable[Path] = (),
) -> None:
    """Write new files and record them in one event; the old ones hold until it is recorded.

    Raises StoreProblem `keys_moved_on` where another program recorded something meanwhile, or as
    the writing does: all is as before then.
    """
    with taking_place(store, writes, values, gone=gone) as still_there:
        draft = Draft(STORE, EventKind.KEYS_CHANGED, values, acted_upon=seen, require=still_there)
        try:
            store.log.append(draft)
        except VisitRefused as moved_on:
            raise StoreProblem("keys_moved_on") from moved_on


@contextlib.contextmanager
def taking_place(
    store: Store, writes: Mapping[Path, bytes], values: Values, *, gone: Iterable[Path] = ()
) -> Iterator[Callable[[], None]]:
    """Files beside their places, which they take where the block records the values, or go again.

    What is yielded has to hold when that is recorded; it raises StoreProblem where it does not.
    What is `gone` by then is taken away.
    """
    staged: dict[Path, Path] = {}

    def still_there() -> None:
        if any(sha256_of(one) is None for one in staged.values()):
            raise StoreProblem("keys_moved_on")

    try:
        for path, content in writes.items():
            staged[path] = stage(path, content)
        yield still_there
    except BaseException:
        # What interrupted us may have come after the commit: what is recorded then is settled.
        with contextlib.suppress(StoreProblem):
            if not _is_recorded(store, values):
                take_away(staged.values())
        raise
    for path, one in staged.items():
        put_in_place(one, path)
    take_away(gone)


def settle_identities(store: Store) -> None:
    """End what a crash cut off, for all identities. Raises StoreProblem as the reading does."""
    listed = all_kept(store)
    recorded = {one.path: one.file for one in formers(store, store.log.heads(STORE))}
    recorded |= {one.files.current: one.file for one in listed if one.file}
    recorded |= {one.files.request: one.request.file for one in listed if one.request}
    for path, file in recorded.items():
        settle(path, file)
    for kept in listed:
        _take_away_answered(store, kept)
    sweep_staged(store.folder, recorded=set(recorded.values()))


def _take_away_answered(store: Store, kept: Kept) -> None:
    """The waiting key whose answer was imported just before a crash: by now it signs."""
    if kept.request is not None or not kept.files.request.exists():
        return
    with contextlib.suppress(StoreProblem):
        # By the whole log: a field head that was lost must not cost a key.
        told = [
            one.after
            for link in store.log.stored(STORE)
            for one in link.event.changes
            if (one.entity, one.field) == (kept.entity, REQUEST_FILE)
        ]
        if told[-1:] == [None] and sha256_of(kept.files.request) in told:
            take_away([kept.files.request])


def _is_recorded(store: Store, values: Values) -> bool:
    heads = store.log.heads(STORE)
    return all(_value(heads, *place) == value for place, value in values.items())


def _request(heads: Heads, entity: str) -> Request | None:
    file, key = (_text(_value(heads, entity, one)) for one in (REQUEST_FILE, _REQUEST_KEY))
    at = _instant(_value(heads, entity, _REQUESTED_AT))
    return Request(file, key, at) if file and key and at else None


def _value(heads: Heads, entity: str, field: str) -> Json:
    found = heads.get((entity, field), ())
    return found[-1].value if found else None


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None


def _instant(value: Json) -> datetime | None:
    try:
        return instant_from_text(str(value))
    except ValueError:
        return None


def _told(der: bytes) -> str:
    return base64.b64encode(der).decode()


def _bytes(value: Json) -> bytes | None:
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else None
    except (ValueError, binascii.Error):
        return None


def _listed(value: Json) -> tuple[bytes, ...]:
    listed = value if isinstance(value, list | tuple) else ()
    return tuple(der for der in map(_bytes, listed) if der is not None)
