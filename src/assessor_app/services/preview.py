"""The document as it would be issued now, unsigned and marked so; and the pages of any PDF."""

from assessor_app.reporting.pictures import Picture, pictures
from assessor_app.reporting.render import render
from assessor_app.services.documents import issued_pdf
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.content import compose
from assessor_app.services.report.record import Imprint, kind_for, superseded
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.texts import Language

__all__ = ["Picture", "issued_pdf", "pictures", "preview"]


def preview(session: Session, workplace: Workplace, language: Language) -> bytes:
    """A PDF of the pages of a visit in any state; nothing is recorded or kept.

    It has no number, no embedded record and no signature, and the assessor of this device for a
    signer. Raises StoreProblem for a lost photo.
    """
    words = Words(language, workplace.profile.zone)
    seen = session.seen()
    imprint = Imprint(
        number=words("preview.number"),
        revision=1 + len(seen.snapshot.documents),
        kind=kind_for(seen.snapshot.visit),
        language=language.value,
        made_at=workplace.store.clock.now(),
        signers=(),
        preview=True,
        supersedes=superseded(seen.snapshot),
    )
    composed = compose(
        seen,
        workplace,
        imprint,
        words,
        signer=workplace.profile,
        legal_note=words("preview.legal_note"),
    )
    return render(composed.content, record=composed.record).pdf
