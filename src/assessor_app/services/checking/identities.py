"""What is wrong with the signing identities: their files against what the record says of them.

Their content is sealed under passphrases of their own; only its hash can be compared.
"""

import contextlib
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from assessor_app.domain.acceptance import counting
from assessor_app.domain.event import Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.checking.noticed import Noticed, Remedy, Weight
from assessor_app.services.identity_record import FILE, FIRST, REQUEST_FILE, formers
from assessor_app.services.roots import pinned_roots, recorded_roots
from assessor_app.storage.differences import FIELD_HEAD, VisitRead
from assessor_app.storage.identity_files import files_of, identity_files_in, is_staged, sha256_of
from assessor_app.storage.store import Store

_ENTITIES = FIRST.partition("/")[0] + "/"
_Recorded = Mapping[tuple[str, str], list[Json]]


def check_identities(store: Store, read: VisitRead) -> list[Noticed]:
    """Whether each recorded file is here and is the one that was recorded, and none besides.

    Older stores have no hash of the first one: of them it is only told that it is gone.
    """
    recorded = _recorded(read)
    files = _files(store, recorded, read)
    found = [
        noticed
        for path, (hashes, kind) in sorted(files.items())
        if (noticed := _looked_at(path, hashes, kind)) is not None
    ]
    there = [path for path in identity_files_in(store.folder) if not is_staged(path)]
    strangers = [path for path in there if path not in files]
    if strangers:
        places: dict[str, object] = {"count": len(strangers), "first": strangers[0].name}
        found.append(Noticed("identities_unnamed", Weight.REMARK, Remedy.BEHIND, places=places))
    return found


def check_roots(store: Store, read: VisitRead) -> list[Noticed]:
    """Whether each root of the home was pinned by an assessor of this store."""
    recorded = recorded_roots(counting(read.events).heads)
    added = [one for one in pinned_roots(store.folder.parent) if not one.is_shipped]
    return [
        Noticed(
            "root_unrecorded",
            Weight.UNDETERMINED,
            Remedy.ROOT,
            places={"path": one.path, "fingerprint": one.path.stem},
        )
        for one in added
        if one.path.stem not in recorded
    ]


def _looked_at(path: Path, hashes: list[Json], kind: str) -> Noticed | None:
    places: dict[str, object] = {"path": path}
    try:
        content = sha256_of(path)
    except StoreProblem as problem:
        unread = {**places, "problem": problem}
        return Noticed("identity_unread", Weight.BROKEN, Remedy.IDENTITY, places=unread)
    if content is None:
        # What is kept aside signs nothing any more.
        harmless = not hashes or kind == "former"
        weight = Weight.REMARK if harmless else Weight.BROKEN
        return Noticed(f"{kind}_gone", weight, Remedy.IDENTITY, places=places)
    if hashes and content not in hashes:
        return Noticed("identity_changed", Weight.BROKEN, Remedy.IDENTITY, places=places)
    return None


def _files(
    store: Store, recorded: _Recorded, read: VisitRead
) -> dict[Path, tuple[list[Json], str]]:
    """Each file that ought to be here, with the hashes that it may have and what it is."""
    first = files_of(store.folder, None).current
    files = {first: (recorded.get((FIRST, FILE), []), "identity")}
    for (entity, field), hashes in recorded.items():
        name = entity.removeprefix(_ENTITIES)
        own = files_of(store.folder, None if entity == FIRST else Path(name).name)
        if field == FILE:
            files[own.current] = (hashes, "identity")
        elif field == REQUEST_FILE and any(hashes):
            files[own.request] = (hashes, "request")
    with contextlib.suppress(StoreProblem):  # the stream's own check tells of its first event
        for one in formers(store, counting(read.events).heads):
            files[one.path] = ([one.file], "former")
    return files


def _recorded(read: VisitRead) -> _Recorded:
    found: dict[tuple[str, str], list[Json]] = defaultdict(list)
    for row in read.rows[FIELD_HEAD.table].values():
        if row[1].startswith(_ENTITIES):
            found[row[1], row[2]].append(json.loads(row[4]))
    return found
