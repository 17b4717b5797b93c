"""Pictures made of an original: a document's pages, and lost copies made anew."""

import contextlib
from datetime import UTC

from assessor_app.domain.problem import EvidenceRefused, StoreProblem
from assessor_app.reporting.pictures import Picture, pictures
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.evidence.pictures import thumbnail_of
from assessor_app.storage.vault import Form, Vault

MOST_PAGES_SHOWN = 40
"""Pages of a document that are drawn to look at: each takes some megabytes of memory."""


def document_pages(vault: Vault, evidence_id: str, *, width: int) -> tuple[Picture, ...]:
    """The first `MOST_PAGES_SHOWN` pages of a document, `width` pixels wide.

    Raises StoreProblem `evidence_missing` or `evidence_damaged`, IssueProblem `pdf_unreadable`.
    """
    pdf = vault.get(evidence_id, Form.ORIGINAL)
    return pictures(pdf, width=width, most=MOST_PAGES_SHOWN)


def rebuild_report_copy(vault: Vault, evidence_id: str) -> bytes:
    """The report's copy anew, kept again; empty for a recording, which has none.

    Raises StoreProblem `evidence_missing` or `evidence_damaged` where the original is lost too, or
    is not the picture any more that was taken in.
    """
    original = vault.get(evidence_id, Form.ORIGINAL)
    try:
        taken = take_in_bytes(original, name=evidence_id, zone=UTC)
    except EvidenceRefused as refused:
        raise StoreProblem("evidence_damaged", path=vault.folder / evidence_id) from refused
    _keep(vault, evidence_id, Form.REPORT, taken.report_copy)
    return taken.report_copy


def rebuild_thumbnail(vault: Vault, evidence_id: str, report_copy: bytes) -> bytes:
    """The thumbnail anew, kept again, of the report's copy."""
    made = thumbnail_of(report_copy) if report_copy else b""
    _keep(vault, evidence_id, Form.THUMBNAIL, made)
    return made


def _keep(vault: Vault, evidence_id: str, form: Form, copy: bytes) -> None:
    """A full or read-only disk must not hide a picture that can be made."""
    if copy:
        with contextlib.suppress(StoreProblem):
            vault.put(evidence_id, form, copy)
