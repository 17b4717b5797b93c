"""Every file of the vault against the hash that was recorded of it; what nobody named besides."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assessor_app.domain.chain import Link
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.checking.noticed import Noticed, Progress, Remedy, Stage, Weight
from assessor_app.storage.aside import KEPT_ASIDE, lies_since
from assessor_app.storage.vault import DERIVED, Form, Sealed, Vault, form_named

_WORKERS = 4  # hashing and AES release the interpreter; more only fight for the disk
_TOLD_EVERY = 50  # files
_FREED = "evidence_freed"
_CODES = frozenset({"evidence_missing", "evidence_damaged", "evidence_replaced"})


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file of the vault as the first event that names it does; `sha256` is hex."""

    id: str
    entity: str
    sha256: str
    link: Link

    @property
    def form(self) -> Form:
        return form_named(self.entity)


def named_files(links: Iterable[Link]) -> dict[str, NamedFile]:
    """The files that events name, told by the events themselves and no table."""
    found: dict[str, NamedFile] = {}
    for link in links:
        for change in link.event.changes:
            if change.field == "sha256" and change.after is not None:
                id_ = change.entity.partition("/")[2]
                one = NamedFile(id_, change.entity, str(change.after), link)
                found.setdefault(id_, one)
    return found


def check_files(
    vault: Vault,
    files: Sequence[NamedFile],
    *,
    awaited: frozenset[str],
    freed: frozenset[str],
    progress: Progress,
    cancelled: Callable[[], bool],
) -> list[Noticed]:
    """Open every file and compare it with its hash, a few at once.

    `awaited` are files that an import has left out: not here yet, and nothing is wrong with that.
    `freed` are originals that were let go of once headquarters had signed for them; they are told
    together. Ends early where it is `cancelled`, which the caller tells.
    """
    found: list[Noticed] = []
    excused = {**dict.fromkeys(freed, _FREED), **dict.fromkeys(awaited, "evidence_awaited")}
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="check") as pool:
        waiting: list[Future[list[Noticed]]] = [
            pool.submit(_checked, vault, one, excuse=excused.get(one.id)) for one in files
        ]
        for done, future in enumerate(as_completed(waiting), start=1):
            found += future.result()
            if done % _TOLD_EVERY == 0 or done == len(files):
                progress(Stage.EVIDENCE, done, len(files))
            if cancelled():
                pool.shutdown(cancel_futures=True)
                break
    order = {one.id: index for index, one in enumerate(files)}
    gone = sum(one.code == _FREED for one in found)
    told = [one for one in found if one.code != _FREED]
    told.sort(key=lambda one: (order[str(one.places["id"])], one.code))
    if gone:
        told.append(Noticed(_FREED, Weight.REMARK, places={"count": gone}))
    return told


def check_strangers(
    vault: Vault, named: Iterable[str], *, newest: datetime | None, events_gone: bool
) -> list[Noticed]:
    """What lies in the vault and no event names: the rest of a crash, or of events that are gone.

    `newest` is when the last event was recorded. A file of a later time may mean that the
    database was put back to an older one; and where `events_gone`, they may be all that is left.
    """
    known = frozenset(named)
    strangers = [one for one in vault.walk(besides=known) if one.id not in known or not one.form]
    whole = [one for one in strangers if one.form and one.form not in DERIVED]
    parts = [one for one in strangers if one.form is None]
    later = [one for one in whole if newest and (made := _made(one)) and made > newest]
    found: list[Noticed] = []
    if later:
        last = max(made for one in later if (made := _made(one)))
        places = {"count": len(later), "last": last, "newest": newest, "ids": _ids(later)}
        found.append(Noticed("files_ahead", Weight.REMARK, Remedy.BEHIND, places=places))
    if aside := [one for one in whole if one.aside and one not in later and not events_gone]:
        goes = min(lies_since(one) for one in aside) + KEPT_ASIDE
        places = {"count": len(aside), "ids": _ids(aside), "goes": goes}
        found.append(Noticed("files_aside", Weight.REMARK, places=places))
    if rest := [one for one in whole if one not in (*later, *aside)]:
        places = {"count": len(rest), "ids": _ids(rest)}
        found.append(
            Noticed("files_of_lost_events", Weight.REMARK, Remedy.BEHIND, places=places)
            if events_gone
            else Noticed("files_unnamed", Weight.REMARK, places=places)
        )
    if parts:
        found.append(Noticed("files_unfinished", Weight.REMARK, places={"count": len(parts)}))
    return found


def documents_in(vault: Vault) -> list[str]:
    """The ids of all documents in the vault, named or not: one that no event names any more may
    know more than the database does."""
    return sorted(one.id for one in vault.walk() if one.form is Form.DOCUMENT and _is_id(one.id))


def _checked(vault: Vault, one: NamedFile, *, excuse: str | None) -> list[Noticed]:
    visit, places = one.link.event.visit, {"id": one.id, "kind": one.form.value}
    if not _is_id(one.id):  # it would name a file elsewhere
        code = Noticed("evidence_id", Weight.BROKEN, Remedy.RECORD, visit, places)
        return [_about(code, one)]
    found = [_of_original(vault, one, visit, excuse=excuse)]
    damaged = [form.value for form in DERIVED if _is_damaged(vault, one.id, form)]
    if damaged:
        forms = {**places, "forms": ", ".join(damaged)}
        found.append(Noticed("derived_damaged", Weight.REMARK, visit=visit, places=forms))
    return [_about(noticed, one) for noticed in found if noticed]


def _of_original(vault: Vault, one: NamedFile, visit: str, *, excuse: str | None) -> Noticed | None:
    places = {"id": one.id, "kind": one.form.value}
    try:
        vault.check(one.id, one.form, one.sha256)
    except StoreProblem as problem:
        is_gone = problem.code in ("evidence_missing", _FREED)  # the mark by itself excuses nothing
        if is_gone and excuse is not None:
            return Noticed(excuse, Weight.REMARK, visit=visit, places=places)
        code = "evidence_missing" if is_gone else problem.code
        if code in _CODES:
            written = {**places, "written": _written(problem)}
            return Noticed(code, Weight.BROKEN, Remedy.EVIDENCE, visit, written)
        told = {**places, "problem": problem}
        return Noticed("evidence_unread", Weight.UNDETERMINED, Remedy.DATABASE, visit, told)
    return None


def _about(noticed: Noticed, one: NamedFile) -> Noticed:
    return Noticed(
        *(noticed.code, noticed.weight, noticed.remedy, noticed.visit, noticed.places),
        about=one.link,
    )


def _is_damaged(vault: Vault, id_: str, form: Form) -> bool:
    if not vault.has(id_, form):
        return False  # it is made when it is first wanted
    try:
        vault.get(id_, form)
    except StoreProblem:
        return True
    return False


def _written(problem: StoreProblem) -> datetime | None:
    """When the file was last written, as the file system says: a hint, which anybody can set."""
    try:
        written = Path(str(problem.places["path"])).stat().st_mtime
        return datetime.fromtimestamp(written, UTC)
    except (OSError, OverflowError, ValueError):
        return None


def _made(one: Sealed) -> datetime | None:
    """When a file was given its id, a UUIDv7; by the clock of the device that made it."""
    try:
        return datetime.fromtimestamp((uuid.UUID(one.id).int >> 80) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _ids(files: Iterable[Sealed]) -> str:
    return ", ".join(sorted(one.id for one in files))
