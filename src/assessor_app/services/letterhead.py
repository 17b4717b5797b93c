"""The letterhead of an office's documents: what is set in the store, and what is usual."""

from dataclasses import dataclass

from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.words import Words
from assessor_app.services.store_settings import settings


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the lines under the organisation's name, and a PNG or JPEG beside it."""

    organisation: str
    office: str
    address: tuple[str, ...]
    logo: bytes | None


def letterhead(workplace: Workplace, words: Words) -> Letterhead:
    """The letterhead as set; the Ombudsman and the assessor's own office where nothing is."""
    found = settings(workplace)
    address = (found.letterhead_address or "").split("\n")
    return Letterhead(
        organisation=found.letterhead_organisation or words("document.organisation"),
        office=found.letterhead_office or workplace.profile.office,
        address=tuple(line for line in (*address, found.letterhead_contact) if line),
        logo=found.letterhead_logo,
    )
