"""One visit out of this device into a sealed file."""

from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.event import STORE, EventKind, Json
from assessor_app.domain.passphrase import is_blank
from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.sealing.cost import Cost
from assessor_app.services.destination import require_free
from assessor_app.services.enrolment import Workplace
from assessor_app.services.exchange.contents import Contents, gathered, sha256_of
from assessor_app.services.keys.recovery_key import recorded_keys
from assessor_app.storage.files import writing_whole
from assessor_app.storage.log import Draft
from assessor_app.syncing.bundle import Locks, PartDiffers, Progress, write_bundle


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written. `left_out` are the ids of evidence that it does not bring."""

    path: Path
    visit: str
    head: str
    sha256: str
    size: int  # bytes
    events: int
    files: int
    left_out: tuple[str, ...]


def export_visit(
    workplace: Workplace,
    visit: str,
    out: Path,
    *,
    library: Library,
    passphrase: str,
    cost: Cost | None = None,
    evidence: bool = True,
    progress: Progress | None = None,
) -> Exported:
    """Write all that this store knows of a visit into one file, whole or not at all.

    The file opens with the passphrase, and with headquarters' recovery key where this store is
    sealed to one. The visit's streams are signed as they are. `progress` hears of the bytes that
    are sealed; what it raises ends the export. Raises StoreProblem `bundle_passphrase_empty`,
    `evidence_damaged`, `evidence_replaced`, `disk_full`, …, or IssueProblem for the path.
    """
    if is_blank(passphrase):
        raise StoreProblem("bundle_passphrase_empty")
    require_free(out)
    store = workplace.store
    contents = gathered(workplace, visit, library=library, evidence=evidence)
    locks = Locks(passphrase, cost or Cost(), recorded_keys(store))
    with writing_whole(out) as target:
        try:
            write_bundle(target, contents.manifest, contents.open, locks=locks, progress=progress)
        except PartDiffers as differs:
            # It opened, so that it was sealed here: it is another file under this name.
            raise StoreProblem(
                "evidence_replaced", path=store.vault.folder, file=differs.part.id
            ) from differs
    try:
        exported = _exported(out, contents)
        store.log.append(Draft(STORE, EventKind.EXPORTED, _told_of(exported, store.new_id())))
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return exported


def _exported(out: Path, contents: Contents) -> Exported:
    manifest = contents.manifest
    return Exported(
        path=out,
        visit=manifest.visit,
        head=contents.head,
        sha256=sha256_of(out),
        size=out.stat().st_size,
        events=contents.events,
        files=len(contents.forms),
        left_out=manifest.left_out,
    )


def _told_of(exported: Exported, id_: str) -> dict[tuple[str, str], Json]:
    entity = f"export/{id_}"
    return {
        (entity, "visit"): exported.visit,
        (entity, "head"): exported.head,
        (entity, "events"): exported.events,
        (entity, "files"): exported.files,
        (entity, "left_out"): len(exported.left_out),
        (entity, "sha256_of_file"): exported.sha256,
    }
