"""What was done to a document after it was signed is refused; hostile bytes get a verdict too."""

import random

import pytest
from tests.services.judging import judge, refused_as
from tests.signing import attacks
from tests.signing.paper import (
    SECOND_FIELD,
    document_by,
    paper,
    record_for,
    signed,
    with_second_field,
)
from tests.signing.people import (
    assessor,
    colleague,
    headquarters,
)

from assessor_app.reporting import weighing
from assessor_app.services.verifying import Standing


@pytest.mark.parametrize("where", [b"Kepatuhan", b"73.50", b"/ByteRange", b"/Contents <"])
def test_flipped_byte_in_page_record_or_signature_is_refused(where: bytes) -> None:
    document = signed(paper(record_for(assessor())), assessor())
    at = document.rindex(where) + len(where) + 40 * where.startswith(b"/Contents")

    assert refused_as(attacks.flip(document, at)) == "changed_since_signing"


def test_any_change_within_the_signature_itself_is_refused() -> None:
    document = document_by(assessor())
    chance = random.Random(7)
    length = len(attacks.signature_message(document))

    for _ in range(120):
        at, mask = chance.randrange(length), chance.randrange(1, 256)
        changed = attacks.with_signature_changed(document, at, mask=mask)
        assert judge(changed).standing is Standing.REFUSED, (at, mask)


def test_letter_case_of_the_issuer_within_the_signature_matters() -> None:
    document = document_by(assessor())
    at = attacks.signature_message(document).rindex(headquarters().name.encode())

    changed = attacks.with_signature_changed(document, at, mask=0x20)

    assert refused_as(changed) == "changed_since_signing"


@pytest.mark.parametrize(
    "attack", [attacks.with_page_replaced, attacks.with_note_over_page], ids=["page", "note"]
)
def test_appended_update_is_refused(attack: attacks.Attack) -> None:
    assert refused_as(attack(document_by(assessor()))) == "appended_after_signing"


def test_swapped_record_is_refused_even_when_it_is_a_true_record() -> None:
    other = record_for(assessor(), number="T-2026-AMBON-R2")

    swapped = attacks.with_record_swapped(document_by(assessor()), other)

    assert refused_as(swapped) == "appended_after_signing"


def test_junk_after_the_end_is_refused() -> None:
    assert refused_as(document_by(assessor()) + b"x" * 500) == "appended_after_signing"


def test_script_is_refused() -> None:
    assert refused_as(attacks.with_javascript(document_by(assessor()))) == "active_content"


def test_update_between_two_signatures_is_refused() -> None:
    unsigned = with_second_field(paper(record_for(assessor(), colleague())))
    forged = attacks.with_page_replaced(signed(unsigned, assessor()))

    both = signed(forged, colleague(), field=SECOND_FIELD)

    assert refused_as(both) == "changed_between_signatures"


def test_signature_copied_from_another_document_is_refused() -> None:
    document, other = document_by(assessor()), document_by(assessor(), colleague())

    forged = attacks.with_signature_of(document, other)

    assert refused_as(forged) == "changed_since_signing"


def test_stripped_signature_is_told_from_a_document_that_never_had_one() -> None:
    document = document_by(assessor())
    other = paper(record_for(assessor()), attached=())

    assert refused_as(attacks.cut_back(document, revisions=1)) == "signature_stripped"
    assert refused_as(attacks.saved_without_signature(document)) == "signature_stripped"
    assert refused_as(other) == "no_signature"


def test_document_that_was_saved_again_is_refused() -> None:
    assert refused_as(attacks.saved_again(document_by(assessor()))) == "changed_since_signing"


@pytest.mark.parametrize("pdf", [b"", b"bukan PDF", b"\x00" * 4096, b"PK\x03\x04 docx"])
def test_what_is_no_pdf_is_refused(pdf: bytes) -> None:
    assert refused_as(pdf) == "not_a_pdf"


@pytest.mark.parametrize(
    ("kept", "code"),
    [
        (9, "damaged"),
        (400, "damaged"),
        (3200, "signature_stripped"),  # within the update that brought the signature
        (-300, "damaged"),
        (-1, "changed_since_signing"),
    ],
)
def test_truncated_document_is_refused(kept: int, code: str) -> None:
    assert refused_as(document_by(assessor())[:kept]) == code


def test_encrypted_document_is_refused() -> None:
    for password in ("", "rahasia"):
        assert refused_as(attacks.encrypted(document_by(assessor()), password)) == "encrypted"


def test_document_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    document = document_by(assessor())
    monkeypatch.setattr(weighing, "LARGEST_PDF", len(document) - 1)

    assert refused_as(document) == "too_large"


def test_signed_document_of_somebody_else_is_not_ours() -> None:
    letter = signed(paper(b"{}", attached=()), assessor(), field="Signature1")

    assert refused_as(letter) == "not_ours"


def test_random_damage_never_raises_and_is_never_valid() -> None:
    document = document_by(assessor())
    chance = random.Random(20261122)

    for _ in range(60):
        damaged = bytearray(document)
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        cut = chance.choice((None, chance.randrange(len(damaged))))
        if bytes(damaged[:cut]) != document:
            assert judge(bytes(damaged[:cut])).standing is Standing.REFUSED
