"""Pictures made of an original: a document's pages, the whole picture, and copies made anew."""

import contextlib
import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from assessor_app.domain.observation import Evidence, EvidenceKind
from assessor_app.domain.problem import EvidenceRefused, StoreProblem
from assessor_app.reporting.pictures import Picture, page_picture, pictures
from assessor_app.services.evidence.covering import covering_of, mark_of
from assessor_app.services.evidence.intake import covered_copies
from assessor_app.services.evidence.pictures import UNREADABLE, thumbnail_of, upright
from assessor_app.storage.vault import Form, Vault

if TYPE_CHECKING:
    from PIL import Image

MOST_PAGES_SHOWN = 40
"""Pages of a document that are drawn to look at: each takes some megabytes of memory."""


def document_pages(vault: Vault, evidence_id: str, *, width: int) -> tuple[Picture, ...]:
    """The first `MOST_PAGES_SHOWN` pages of a document, `width` pixels wide.

    Raises StoreProblem `evidence_missing` or `evidence_damaged`, IssueProblem `pdf_unreadable`.
    """
    pdf = vault.get(evidence_id, Form.ORIGINAL)
    return pictures(pdf, width=width, most=MOST_PAGES_SHOWN)


def whole_picture(vault: Vault, item: Evidence, *, side: int) -> "Image.Image":
    """A photo as it was taken, nothing covered: for the assessor to look at, never for a hand-out.

    Upright, at most `side` pixels long, RGB. Raises StoreProblem as `rebuild_copies`.
    """
    original = _original(vault, item)
    try:
        return upright(original, side=side)
    except UNREADABLE as error:
        raise StoreProblem("evidence_damaged", path=vault.folder / item.id) from error


def shown_picture(vault: Vault, item: Evidence, *, side: int) -> "Image.Image":
    """A photo as the office sees it, but larger: covered, with what is drawn over it.

    At most `side` pixels long, RGB. Raises StoreProblem as `rebuild_copies`.
    """
    original = _original(vault, item)
    try:
        return upright(original, side=side, covering=covering_of(item))
    except UNREADABLE as error:
        raise StoreProblem("evidence_damaged", path=vault.folder / item.id) from error


def some_pages(
    vault: Vault, item: Evidence, pages: Iterable[int], *, width: int
) -> dict[int, Picture]:
    """Pages of a document by their numbers (from 1), nothing burnt in, `width` pixels wide.

    Raises StoreProblem as `rebuild_copies`, IssueProblem `pdf_unreadable`.
    """
    pdf = _original(vault, item)
    return {page: page_picture(pdf, page, width=width) for page in pages}


def rebuild_report_copy(vault: Vault, item: Evidence) -> bytes:
    """The report's copy anew, covered as the layers say; empty for a recording, which has none.

    It is kept again, and a thumbnail with it. Raises StoreProblem `evidence_missing` or
    `evidence_damaged` where the original is lost too, or is not the picture any more that was
    taken in.
    """
    if item.kind not in (EvidenceKind.PHOTO, EvidenceKind.DOCUMENT):
        return b""
    original = _original(vault, item)
    try:
        copies = covered_copies(original, item.kind, covering_of(item), name=item.id)
    except EvidenceRefused as refused:
        raise StoreProblem("evidence_damaged", path=vault.folder / item.id) from refused
    _keep(vault, item.id, Form.REPORT, copies.report)
    _keep(vault, item.id, Form.THUMBNAIL, copies.thumbnail)
    return copies.report


def rebuild_thumbnail(vault: Vault, item: Evidence, report_copy: bytes) -> bytes:
    """The thumbnail anew, kept again, of the report's copy as it is covered now."""
    made = thumbnail_of(report_copy, mark=mark_of(item)) if report_copy else b""
    _keep(vault, item.id, Form.THUMBNAIL, made)
    return made


def _original(vault: Vault, item: Evidence) -> bytes:
    original = vault.get(item.id, Form.ORIGINAL)
    if hashlib.sha256(original).hexdigest() != item.sha256:
        raise StoreProblem("evidence_damaged", path=vault.folder / item.id)
    return original


def _keep(vault: Vault, evidence_id: str, form: Form, copy: bytes) -> None:
    """A full or read-only disk must not hide a picture that can be made."""
    if copy:
        with contextlib.suppress(StoreProblem):
            vault.put(evidence_id, form, copy)
