"""The receiver, fixed before the document is made: who, what was declared, how they sign."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial

from assessor_app.domain.handwriting import Handwriting, handwriting_bytes, read_handwriting
from assessor_app.domain.problem import Problem, StoreProblem, VisitRefused
from assessor_app.domain.visit import Declaration, Receiver, ReceiverSigns
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.evidence.attaching import may_be_recorded
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.storage.vault import Form, Vault


def fix_receiver(
    session: Session,
    workplace: Workplace,
    receiver: Receiver,
    *,
    handwriting: Handwriting | None = None,
    amends: str | None = None,
) -> Done:
    """Record who receives the document, with the signature drawn on the screen where there is one.

    The strokes go to the vault before the event, as `handwriting/<id>`; without new ones those that
    are recorded stay, as long as the name does. `amends` is why a document that was issued is
    superseded. Raises VisitRefused `reason_of_refusal_missing` where the receiver refuses without a
    word why, `handwriting_missing`, `handwriting_of_other` for strokes that were drawn for another
    name, `handwriting_empty` or `handwriting_unreadable`, or as `Session.record_receiver`.
    """
    refuses = receiver.declared is Declaration.REFUSED
    if refuses and clean_text(receiver.reason, "reason") is None:
        raise VisitRefused("reason_of_refusal_missing")
    by_hand = receiver.signs is ReceiverSigns.HANDWRITING
    if not by_hand or receiver.declared is not Declaration.RECEIVED:
        return session.record_receiver(receiver, amends=amends)
    store, known = workplace.store, session.snapshot.receiver
    drawn = handwriting_bytes(handwriting) if handwriting else b""
    sha256 = hashlib.sha256(drawn).hexdigest()
    if not drawn or (known is not None and known.handwriting_sha256 == sha256):
        return session.record_receiver(
            replace(receiver, handwriting=_own_strokes(known, receiver)), amends=amends
        )
    read_handwriting(drawn)  # what cannot be read when the document is made is refused now
    kept_as = store.new_id()
    with _kept(store.vault, kept_as, drawn):
        return session.record_receiver(
            replace(receiver, handwriting=kept_as),
            besides={(f"handwriting/{kept_as}", "sha256"): sha256},
            require=partial(store.vault.require, kept_as, Form.HANDWRITING),
            amends=amends,
        )


def carried_over(known: Receiver | None, given: Receiver) -> Receiver:
    """A receiver of whom only what changed was given: None is not said again, "" takes it out.

    What the office answered stays. A post and a number are a person's, and so stay with the name;
    why, and the way to sign, stay with what was declared.
    """
    if known is None:
        return given
    found = replace(given, response=_or(given.response, known.response))
    if given.response is None:  # it is who spoke, and when, that stay with it
        found = replace(found, said_by=known.said_by, said_at=known.said_at)
    if given.name is not None and clean_text(given.name, "name") != known.name:
        return found
    found = replace(
        found,
        name=_or(given.name, known.name),
        nip=_or(given.nip, known.nip),
        position=_or(given.position, known.position),
        capacity=given.capacity or known.capacity,
    )
    if given.declared is not known.declared:
        return found
    return replace(found, reason=_or(given.reason, known.reason), signs=given.signs or known.signs)


def handwriting_of(receiver: Receiver | None, vault: Vault) -> Handwriting | None:
    """What a receiver drew, None where they do not sign so.

    Raises StoreProblem where the vault lost it, VisitRefused where it is no handwriting.
    """
    if receiver is None or receiver.signs is not ReceiverSigns.HANDWRITING:
        return None
    if receiver.handwriting is None:
        raise VisitRefused("handwriting_missing")
    return read_handwriting(vault.get(receiver.handwriting, Form.HANDWRITING))


def _or(given: str | None, known: str | None) -> str | None:
    return known if given is None else given


def _own_strokes(known: Receiver | None, receiver: Receiver) -> str | None:
    """The strokes that are recorded: nobody else is printed above them, not by a letter."""
    if known is None or known.handwriting is None:
        return None
    if known.name != clean_text(receiver.name, "name"):
        raise VisitRefused("handwriting_of_other", name=known.name or "–")
    return known.handwriting


@contextmanager
def _kept(vault: Vault, kept_as: str, drawn: bytes) -> Iterator[None]:
    """Have the strokes in the vault while their event is recorded; a Problem takes them out."""
    vault.put(kept_as, Form.HANDWRITING, drawn)
    try:
        with vault.claiming(kept_as, Form.HANDWRITING):
            yield
    except Problem as problem:
        if not may_be_recorded(problem):
            with suppress(StoreProblem):  # what cannot be removed now is swept later
                vault.drop(kept_as, Form.HANDWRITING)
        raise
