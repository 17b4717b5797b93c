"""The evidence of a visit out of the vault: to look at, to check, and to hand over as a copy."""

from collections.abc import Callable
from pathlib import Path

from assessor_app.domain.observation import Evidence
from assessor_app.domain.problem import RecordRefused, StoreProblem
from assessor_app.domain.visit import Snapshot
from assessor_app.services.destination import require_free
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.covering import mark_in, mark_of
from assessor_app.storage.files import writing_whole
from assessor_app.storage.vault import DERIVED, Form, Vault

_LOST = frozenset({"evidence_missing", "evidence_damaged"})


def photo(workplace: Workplace, item: Evidence) -> bytes:
    """The report's copy: an upright JPEG of at most 1280 pixels, without position, covered.

    Raises StoreProblem `evidence_missing` or `evidence_damaged`.
    """
    return report_copy(workplace.store.vault, item)


def thumbnail(workplace: Workplace, item: Evidence) -> bytes:
    """The picture of a list, a JPEG, covered; made anew where it is lost. Raises as `photo`."""
    vault = workplace.store.vault

    def anew() -> bytes:
        from assessor_app.services.evidence.derived import rebuild_thumbnail

        return rebuild_thumbnail(vault, item, report_copy(vault, item))

    return _kept_or(vault, item, Form.THUMBNAIL, anew=anew)


def report_copy(vault: Vault, item: Evidence) -> bytes:
    """The picture that goes into a report, with the layers of `item` burnt in.

    It is made anew of the original where it is lost or was made under other layers. Raises
    StoreProblem `evidence_missing` or `evidence_damaged` where the original is lost too.
    """

    def anew() -> bytes:
        from assessor_app.services.evidence.derived import rebuild_report_copy

        return rebuild_report_copy(vault, item)

    return _kept_or(vault, item, Form.REPORT, anew=anew)


def is_current(vault: Vault, item: Evidence) -> bool:
    """Whether the copies that lie in the vault were made under the layers as they are now."""
    try:
        kept = [vault.get(item.id, form) for form in DERIVED]
    except StoreProblem as problem:
        if problem.code not in _LOST:
            raise
        return False
    return all(mark_in(copy) == mark_of(item) for copy in kept)


def chosen(snapshot: Snapshot, told: str) -> Evidence:
    """The evidence of a visit, attached or not, by its id or the end of it that names only one.

    Raises RecordRefused `evidence_unknown`.
    """
    known = (*snapshot.evidence.values(), *snapshot.unattached.values())
    found = [one for one in known if told and one.id.endswith(told)]
    if len(found) != 1:
        raise RecordRefused("evidence_unknown", evidence=told, visit=snapshot.visit.id)
    return found[0]


def save_copy(workplace: Workplace, item: Evidence, out: Path) -> None:
    """Write the original as it was taken in; it is there whole and is what was recorded, or not.

    Raises IssueProblem `file_exists` or `folder_missing`, StoreProblem `evidence_missing`,
    `evidence_damaged`, `evidence_replaced`, or as the writing does.
    """
    require_free(out)
    vault = workplace.store.vault
    with writing_whole(out, mode=0o644) as target:
        copied = vault.stream_to(item.id, Form.ORIGINAL, target)
        if copied.sha256 != item.sha256:
            raise StoreProblem("evidence_replaced", path=out, file=item.id)


_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "image/heif": ".heif",
    "application/pdf": ".pdf",
    "audio/wav": ".wav",
    "audio/mpeg": ".mp3",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "audio/3gpp": ".3gp",
    "audio/webm": ".webm",
    "audio/x-matroska": ".mka",
    "audio/quicktime": ".mov",
    "video/ogg": ".ogv",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/3gpp": ".3gp",
    "video/webm": ".webm",
    "video/x-matroska": ".mkv",
}


def file_name(item: Evidence, word: str) -> str:
    """A name for a copy: `word` ("bukti"), the beginning of its hash, and its ending."""
    return f"{word}-{item.sha256[:16]}{_ENDINGS.get(item.media_type, '')}"


def _kept_or(vault: Vault, item: Evidence, form: Form, *, anew: Callable[[], bytes]) -> bytes:
    try:
        kept = vault.get(item.id, form)
    except StoreProblem as problem:
        if problem.code not in _LOST:
            raise
        return anew()
    return kept if mark_in(kept) == mark_of(item) else anew()
