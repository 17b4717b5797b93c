"""The photos of a visit out of the vault: the report's copy to look at, the original to hand on."""

from assessor_app.services.enrolment import Workplace
from assessor_app.storage.vault import Form


def photo(workplace: Workplace, evidence_id: str) -> bytes:
    """The report's copy: an upright JPEG of at most 1280 pixels, without position.

    Raises StoreProblem `evidence_missing` or `evidence_damaged`.
    """
    return workplace.store.vault.get(evidence_id, Form.REPORT)


def original(workplace: Workplace, evidence_id: str) -> bytes:
    """The untouched bytes as they were taken in. Raises as `photo` does."""
    return workplace.store.vault.get(evidence_id, Form.ORIGINAL)
