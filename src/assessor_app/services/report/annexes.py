"""Who received and who signed, and how to check that nothing was changed."""

from collections.abc import Iterable

from assessor_app.domain.visit import Declaration, Receiver, Snapshot
from assessor_app.reporting import content
from assessor_app.reporting.content import Fact
from assessor_app.services.enrolment import Profile
from assessor_app.services.report.record import DocumentKind, Imprint
from assessor_app.services.report.words import Words


def receiver(known: Receiver | None, words: Words) -> content.Receiver:
    if known is None:
        return content.Receiver(
            facts=(),
            declaration=words("receiver.not_recorded"),
            response=words("receiver.no_response"),
            signs=False,
        )
    capacity = words(f"capacity.{known.capacity.value}") if known.capacity else None
    facts = (
        ("name", known.name),
        ("nip", known.nip),
        ("position", known.position),
        ("capacity", capacity),
    )
    return content.Receiver(
        facts=tuple(Fact(words(f"fact.{name}"), text) for name, text in facts if text),
        declaration=words(f"receiver.{known.declared.value}"),
        response=known.response or words("receiver.no_response"),
        signs=known.declared is Declaration.RECEIVED,
    )


def legal_note(words: Words, *, issuer: str | None) -> str:
    """What the signature is in law; `issuer` is None for a trial identity."""
    return words("signature.issued", issuer=issuer) if issuer else words("signature.trial")


def signature(
    signer: Profile, imprint: Imprint, words: Words, *, legal_note: str
) -> content.Signature:
    """The assessor's part of the block that is signed."""
    minutes = imprint.kind is DocumentKind.MINUTES
    facts = (("name", signer.name), ("nip", signer.nip), ("position", signer.position))
    made = imprint.made_at.astimezone(words.zone).date()
    return content.Signature(
        statement=words("minutes.statement" if minutes else "signature.statement"),
        place_and_date=words("signature.place_and_date", office=signer.office, day=words.day(made)),
        facts=tuple(Fact(words(f"fact.{name}"), text) for name, text in facts if text),
        legal_note=legal_note,
    )


def integrity(
    snapshot: Snapshot,
    imprint: Imprint,
    words: Words,
    *,
    record_hash: str,
    head: str,
    weighted: bool,
) -> content.Integrity:
    """What locks a document of findings, in an annex of its own."""
    number, *hashes = (
        *_locks(imprint, words, record_hash=record_hash, head=head),
        *_replaced(imprint, words),
    )
    held = "record" if weighted else "record_unscored"
    return content.Integrity(
        paragraphs=tuple(words(f"integrity.{name}") for name in (held, "chain", "printout")),
        facts=(
            number,
            Fact(words("integrity.revision"), str(imprint.revision)),
            Fact(words("integrity.visit"), snapshot.visit.id, mono=True),
            *hashes,
        ),
        steps=tuple(
            words(f"integrity.{name}") for name in ("step_verify", "step_reader", "step_compare")
        ),
        qr=words("integrity.qr", number=imprint.number, hash=record_hash),
    )


def brief_integrity(
    imprint: Imprint, words: Words, *, record_hash: str, head: str
) -> content.Integrity:
    """The same in a few lines, for minutes that fit one page."""
    return content.Integrity(
        paragraphs=(words("minutes.record"), words("minutes.verify"), words("minutes.compare")),
        facts=(
            *_locks(imprint, words, record_hash=record_hash, head=head),
            *_replaced(imprint, words),
        ),
        steps=(),
        qr=words("integrity.qr", number=imprint.number, hash=record_hash),
    )


def _locks(imprint: Imprint, words: Words, *, record_hash: str, head: str) -> Iterable[Fact]:
    yield Fact(words("integrity.number"), imprint.number)
    yield Fact(words("integrity.record_hash"), record_hash, mono=True)
    yield Fact(words("integrity.head"), head, mono=True)
    short = imprint.kind is DocumentKind.MINUTES
    for one in imprint.signers:
        name = words("minutes.fingerprint" if short else "integrity.fingerprint")
        yield Fact(name, one.fingerprint, mono=True)


def _replaced(imprint: Imprint, words: Words) -> Iterable[Fact]:
    """The document that this one takes the place of, by number and hash."""
    if imprint.supersedes is not None:
        yield Fact(words("integrity.supersedes"), imprint.supersedes.number)
        yield Fact(words("integrity.superseded_hash"), imprint.supersedes.sha256, mono=True)
