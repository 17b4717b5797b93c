"""The photos of a visit out of the vault, to look at."""

from assessor_app.services.enrolment import Workplace
from assessor_app.storage.vault import Form


def photo(workplace: Workplace, evidence_id: str) -> bytes:
    """The report's copy: an upright JPEG of at most 1280 pixels, without position.

    Raises StoreProblem `evidence_missing` or `evidence_damaged`.
    """
    return workplace.store.vault.get(evidence_id, Form.REPORT)
