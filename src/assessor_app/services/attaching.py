"""A photo becomes evidence: in the vault first, and gone again where its event fails."""

import contextlib
from collections.abc import Iterator

from assessor_app.domain.event import Json
from assessor_app.domain.observation import Evidence, ObservationKey
from assessor_app.domain.problem import Problem, RecordRefused
from assessor_app.domain.visit import Snapshot
from assessor_app.services.intake import TakenIn
from assessor_app.storage.vault import Form, Vault


def same_photo(snapshot: Snapshot, photo: TakenIn) -> Evidence | None:
    """The evidence of the visit that is this very file."""
    return next((one for one in snapshot.evidence.values() if one.sha256 == photo.sha256), None)


def shared(known: Evidence, key: ObservationKey) -> dict[tuple[str, str], Json]:
    """Attach what the visit has already to one more side.

    Raises RecordRefused `evidence_already_there`.
    """
    if key in known.attached_to:
        raise RecordRefused("evidence_already_there", indicator=key.indicator)
    places = sorted(one.entity for one in (*known.attached_to, key))
    return {(f"evidence/{known.id}", "attached_to"): places}


@contextlib.contextmanager
def kept(vault: Vault, evidence_id: str, photo: TakenIn) -> Iterator[None]:
    """Have the photo in the vault while its event is recorded; a Problem takes it out again."""
    vault.put(evidence_id, Form.ORIGINAL, photo.original)
    try:
        vault.put(evidence_id, Form.REPORT, photo.report_copy)
        yield
    except Problem:
        for form in (Form.ORIGINAL, Form.REPORT):
            vault.drop(evidence_id, form)
        raise
