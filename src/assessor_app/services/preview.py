"""The document as it would be issued now, unsigned and marked so; and the pages of any PDF."""

from dataclasses import replace

from assessor_app.domain.documents import Addendum, DocumentKind, kind_for
from assessor_app.reporting.leafing import Leaves, leafing
from assessor_app.reporting.pictures import Picture, pictures
from assessor_app.reporting.render import render
from assessor_app.services.documents import issued_pdf
from assessor_app.services.enrolment import Workplace
from assessor_app.services.imprinting import imprint, why_again
from assessor_app.services.report.content import compose
from assessor_app.services.report.parties import alone
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.texts import Language

__all__ = ["Leaves", "Picture", "issued_pdf", "leafing", "pictures", "preview"]


def preview(
    session: Session,
    workplace: Workplace,
    language: Language,
    *,
    kind: DocumentKind | None = None,
    addendum: Addendum | None = None,
) -> bytes:
    """A PDF of the pages of a visit in any state; nothing is recorded or kept.

    Of its findings or minutes, as they are due, or of an `addendum`.

    It has no number, no embedded record and no signature, and the assessor of this device for a
    signer. Raises StoreProblem for a lost photo.
    """
    words = Words(language, workplace.profile.zone)
    seen = session.seen()
    who = alone(workplace.profile, legal_note=words("preview.legal_note"))
    made = DocumentKind.ADDENDUM if addendum else kind or kind_for(seen.snapshot.visit)
    mark = imprint(
        seen,
        who,
        words,
        kind=made,
        made_at=workplace.store.clock.now(),
        because=why_again(workplace.store, session.visit_id),
        addendum=addendum,
    )
    draft = replace(mark, number=words("preview.number"), signers=(), preview=True)
    composed = compose(seen, workplace, draft, words, parties=who)
    return render(composed.content, record=composed.record).pdf
