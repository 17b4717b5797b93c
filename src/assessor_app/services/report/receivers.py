"""The receiver's part of a document: what was declared, and how it is signed or why not."""

from assessor_app.domain.handwriting import Handwriting
from assessor_app.domain.visit import Declaration, Receiver, Snapshot, VisitKind
from assessor_app.reporting import content
from assessor_app.reporting.content import Fact
from assessor_app.services.receiving import handwriting_of
from assessor_app.services.report.annexes import signature_box
from assessor_app.services.report.parties import Parties, Role
from assessor_app.services.report.words import Words
from assessor_app.storage.vault import Vault


def receiver(snapshot: Snapshot, parties: Parties, words: Words, vault: Vault) -> content.Receiver:
    """What is said of the receiver, and what stands in their box.

    A mystery visit has none while it is made: nobody there knows of it. Raises StoreProblem where
    the vault lost what they drew.
    """
    known = snapshot.receiver
    if known is None:
        in_secret = snapshot.visit.kind is VisitKind.MYSTERY
        return content.Receiver(
            facts=(),
            declaration=words("signing.mystery" if in_secret else "receiver.not_recorded"),
            response=words("receiver.no_response"),
            signs=False,
        )
    boxes = [signature_box(one, words) for one in parties.signers if one.role is Role.RECEIVER]
    drawn = handwriting_of(known, vault)
    return content.Receiver(
        facts=_facts(known, words),
        declaration=_declaration(known, words),
        response=_response(known, words),
        signs=known.declared is Declaration.RECEIVED and drawn is None and not boxes,
        hint=_hint(known, words, drawn=drawn),
        handwriting=drawn,
        box=boxes[0] if boxes else None,
    )


def _response(known: Receiver, words: Words) -> str:
    """What the office answers; under it, where it was spoken, who said so and when."""
    if not known.response:
        return words("receiver.no_response")
    if known.said_at is None:
        return known.response
    when = words.moment(known.said_at)
    if known.said_by:
        told = words("dictated.by", who=known.said_by, when=when)
    else:
        told = words("dictated.at", when=when)
    return f"{known.response}\n{told}"


def _facts(known: Receiver, words: Words) -> tuple[Fact, ...]:
    capacity = words(f"capacity.{known.capacity.value}") if known.capacity else None
    facts = (
        ("name", known.name),
        ("nip", known.nip),
        ("position", known.position),
        ("capacity", capacity),
    )
    return tuple(Fact(words(f"fact.{name}"), text) for name, text in facts if text)


def _declaration(known: Receiver, words: Words) -> str:
    """What was declared, with the reason of who refused, or why nobody was there."""
    declared = words(f"receiver.{known.declared.value}")
    reason = known.reason if known.declared is not Declaration.RECEIVED else None
    return words("signing.with_reason", declared=declared, reason=reason) if reason else declared


def _hint(known: Receiver, words: Words, *, drawn: Handwriting | None) -> str:
    """What the receiver's box holds, or why it is empty; nothing where that was not recorded."""
    if known.declared is not Declaration.RECEIVED:
        return words(f"signing.hint_{known.declared.value}")
    if drawn is not None:
        return words("signing.hint_handwriting")
    return words(f"signing.hint_{known.signs.value}") if known.signs else ""
