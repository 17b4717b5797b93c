"""Who receives the document, as it stands in the fields: recorded, kept as a draft, or typed."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.visit import Capacity, Declaration, Receiver, ReceiverSigns
from assessor_app.services.session import Session


@dataclass(frozen=True, slots=True)
class ReceiverForm:
    """What stands in the fields; empty where nothing is told."""

    declared: Declaration | None = None
    name: str = ""
    nip: str = ""
    position: str = ""
    capacity: str = ""
    response: str = ""
    reason: str = ""
    signs: str = ""
    handwriting: str = ""
    said_by: str = ""
    said_at: str = ""  # an instant of the record; empty where the response was not dictated

    def receiver(self, declared: Declaration) -> Receiver:
        """What is recorded of it once it was declared whether the document is received."""
        return Receiver(
            declared=declared,
            name=self.name or None,
            nip=self.nip or None,
            position=self.position or None,
            capacity=Capacity(self.capacity) if self.capacity else None,
            response=self.response or None,
            reason=self.reason or None,
            signs=ReceiverSigns(self.signs) if self.signs else None,
            handwriting=self.handwriting or None,
            said_by=self.said_by or None,
            said_at=instant_from_text(self.said_at) if self.said_at else None,
        )


def draft_of(form: ReceiverForm) -> dict[str, str]:
    """The form as a draft keeps it."""
    return {name: str(value or "") for name, value in asdict(form).items()}


def form_of(kept: Mapping[str, str]) -> ReceiverForm:
    """The form out of a draft; what is no longer known is left out."""
    known = {name: kept.get(name, "") for name in asdict(ReceiverForm())}
    declared = known.pop("declared")
    declarations = {one.value: one for one in Declaration}
    return ReceiverForm(declared=declarations.get(declared), **known)


def known_form(session: Session) -> ReceiverForm:
    """What is recorded."""
    known = session.snapshot.receiver
    if known is None:
        return ReceiverForm()
    return ReceiverForm(
        declared=known.declared,
        name=known.name or "",
        nip=known.nip or "",
        position=known.position or "",
        capacity=known.capacity.value if known.capacity else "",
        response=known.response or "",
        reason=known.reason or "",
        signs=known.signs.value if known.signs else "",
        handwriting=known.handwriting or "",
        said_by=known.said_by or "",
        said_at=instant_text(known.said_at) if known.said_at else "",
    )


def clean(text: str) -> str:
    """As the record keeps it, so that what is the same does not look changed."""
    return unicodedata.normalize("NFC", text).strip()
