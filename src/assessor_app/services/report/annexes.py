"""Who received and who signed, and how to check that nothing was changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import shorten

from assessor_app.domain.visit import Snapshot
from assessor_app.reporting import content
from assessor_app.reporting.content import Fact, SignatureBox
from assessor_app.reporting.signature_fields import SEAL_FIELD
from assessor_app.services.report.parties import Parties, Party, Role
from assessor_app.services.report.record import DocumentKind, Imprint
from assessor_app.services.report.words import Words

_NAME_SHOWN = 48  # characters of a signer's name beside their fingerprint


@dataclass(frozen=True, slots=True)
class Locks:
    """What a document prints to be checked by, in hex: SHA-256 of the embedded and of the full
    record, and the head of the visit."""

    record: str
    full_record: str
    head: str


def legal_note(words: Words, *, issuers: Iterable[str | None]) -> str:
    """What the assessors' signatures are in law, for each kind of certificate once.

    An issuer is None for a trial identity. None of them is certified (PP 71/2019 art. 60): that
    takes a certificate of a provider accredited in Indonesia.
    """
    return " ".join(
        words("signature.issued", issuer=one) if one else words("signature.trial")
        for one in dict.fromkeys(issuers)
    )


def signature(parties: Parties, imprint: Imprint, words: Words) -> content.Signature:
    """The assessors' part of the block that is signed, and the room for the seal."""
    made = imprint.made_at.astimezone(words.zone).date()
    office = parties.lead.office
    assessors = [one for one in parties.signers if one.role is not Role.RECEIVER]
    return content.Signature(
        statement=words(_statement(imprint, several=len(assessors) > 1)),
        place_and_date=words("signature.place_and_date", office=office, day=words.day(made)),
        signers=tuple(signature_box(one, words) for one in assessors),
        seal=SignatureBox(SEAL_FIELD, words("signing.seal_label"), words("signing.seal_title")),
        seal_hint=words("signing.seal_hint"),
        legal_note=parties.legal_note,
    )


def _statement(imprint: Imprint, *, several: bool) -> str:
    if imprint.kind is DocumentKind.ADDENDUM:
        return "addendum.statement_we" if several else "addendum.statement"
    if imprint.kind is DocumentKind.MINUTES:
        return "signing.minutes_we" if several else "minutes.statement"
    return "signing.findings_we" if several else "signature.statement"


def signature_box(party: Party, words: Words) -> SignatureBox:
    """The box of one who signs, with who that is."""
    person = party.profile
    facts = (("name", person.name), ("nip", person.nip), ("position", person.position))
    return SignatureBox(
        field=party.field,
        label=words(f"signing.label_{party.role.value}", name=person.name),
        title=words(f"signing.title_{party.role.value}"),
        facts=tuple(Fact(words(f"fact.{name}"), text) for name, text in facts if text),
    )


def integrity(
    snapshot: Snapshot,
    imprint: Imprint,
    words: Words,
    *,
    locks: Locks,
    weighted: bool,
) -> content.Integrity:
    """What locks a document of findings, in an annex of its own."""
    number, *hashes = (
        *_locks(imprint, words, locks=locks),
        *_replaced(imprint, words),
    )
    held = "record" if weighted else "record_unscored"
    return content.Integrity(
        paragraphs=tuple(
            words(f"integrity.{name}") for name in (held, "left_out", "chain", "printout")
        ),
        facts=(
            number,
            Fact(words("integrity.revision"), str(imprint.revision)),
            Fact(words("integrity.visit"), snapshot.visit.id, mono=True),
            *hashes,
        ),
        steps=tuple(
            words(f"integrity.{name}") for name in ("step_verify", "step_reader", "step_compare")
        ),
        qr=words("integrity.qr", number=imprint.number, hash=locks.record),
    )


def brief_integrity(imprint: Imprint, words: Words, *, locks: Locks) -> content.Integrity:
    """The same in a few lines, for minutes that fit one page: their number heads it already."""
    _, *hashes = _locks(imprint, words, locks=locks)
    return content.Integrity(
        paragraphs=(words("minutes.record"), words("minutes.verify")),
        facts=(*hashes, *_replaced(imprint, words)),
        steps=(),
        qr=words("integrity.qr", number=imprint.number, hash=locks.record),
    )


def _locks(imprint: Imprint, words: Words, *, locks: Locks) -> Iterable[Fact]:
    yield Fact(words("integrity.number"), imprint.number)
    yield Fact(words("integrity.record_hash"), locks.record, mono=True)
    short = imprint.kind is not DocumentKind.FINDINGS
    full = words("minutes.full_record" if short else "integrity.full_record_hash")
    yield Fact(full, locks.full_record, mono=True)
    yield Fact(words("integrity.head"), locks.head, mono=True)
    for one in imprint.signers:
        if short and len(imprint.signers) == 1:  # one page holds a label of one line
            yield Fact(words("minutes.fingerprint"), one.fingerprint, mono=True)
            continue
        name = shorten(one.name, _NAME_SHOWN, placeholder="…")
        told = words("signing.brief_fingerprint" if short else "signing.fingerprint_of", name=name)
        yield Fact(told, one.fingerprint, mono=True)


def _replaced(imprint: Imprint, words: Words) -> Iterable[Fact]:
    """The document that this one takes the place of, by number and hash, and why."""
    if imprint.supersedes is not None:
        yield Fact(words("integrity.supersedes"), imprint.supersedes.number)
        yield Fact(words("integrity.superseded_hash"), imprint.supersedes.sha256, mono=True)
    if imprint.because:
        yield Fact(words("addendum.because"), imprint.because)
