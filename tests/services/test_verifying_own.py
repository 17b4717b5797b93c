"""The product's own document of three signatures: what is valid, and what is made of it."""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String
from tests.services.judging import decisive, judge, refused_as
from tests.signing import attacks
from tests.signing.own_document import (
    FIELDS,
    OwnDocument,
    lead,
    receiver,
    second,
    signed_anew,
)
from tests.signing.paper import document_by
from tests.signing.people import (
    NOW,
    PASSPHRASE,
    YEAR,
    Authority,
    assessor,
    headquarters,
)

from assessor_app.reporting.reading import read_back
from assessor_app.services.verifier.grounds import in_the_file
from assessor_app.services.verifier.verdict import FileRead
from assessor_app.services.verifying import Part, Standing
from assessor_app.signing import identity, pades
from assessor_app.signing.verification import check_signatures

AFTERWARDS: Mapping[str, tuple[attacks.Attack, str]] = {
    "page": (attacks.with_page_replaced, "appended_after_signing"),
    "note": (attacks.with_note_over_page, "appended_after_signing"),
    "record swapped": (
        lambda pdf: attacks.with_record_swapped(pdf, b"{}"),
        "appended_after_signing",
    ),
    "record removed": (attacks.with_record_removed, "appended_after_signing"),
    "stamp": (attacks.with_stamp_swapped, "appended_after_signing"),
    "locked field": (
        lambda pdf: attacks.with_field_filled(pdf, "Segel_BSrE"),
        "changed_since_signing",
    ),
    "pages turned": (attacks.with_pages_turned_round, "appended_after_signing"),
    "hidden layer": (attacks.with_hidden_layer, "active_content"),
    "script": (attacks.with_javascript, "active_content"),
    "junk": (lambda pdf: pdf + b"x" * 500, "appended_after_signing"),
    "saved again": (attacks.saved_again, "changed_since_signing"),
    "stripped": (attacks.saved_without_signature, "signature_stripped"),
    "encrypted": (lambda pdf: attacks.encrypted(pdf, ""), "encrypted"),
    "signature of another": (
        lambda pdf: attacks.with_signature_of(pdf, document_by(assessor())),
        "changed_since_signing",
    ),
    "truncated": (lambda pdf: pdf[: len(pdf) // 2], "damaged"),
}


def test_document_signed_by_all_three_is_valid(own: OwnDocument) -> None:
    verdict = judge(own.pdf)

    assert decisive(verdict) == (Standing.VALID, "valid")
    assert verdict.parts == (Part.LEAD, Part.ASSESSOR, Part.RECEIVER)
    assert [why.code for why in verdict.reasons[1:]] == [
        "signed_by_employee",
        "signed_by_employee",
        "signed_by_employee",
        "receiver_by_record",
        "whole",
        "record_belongs",
        "revocation_unknown",
    ]


@pytest.mark.parametrize("name", AFTERWARDS)
def test_what_was_done_after_the_last_signature_is_refused(own: OwnDocument, name: str) -> None:
    attack, code = AFTERWARDS[name]

    assert refused_as(attack(own.pdf)) == code


def test_twenty_flipped_bytes_all_over_the_file_are_refused(own: OwnDocument) -> None:
    for count in range(20):
        at = (2 * count + 1) * len(own.pdf) // 40
        assert refused_as(attacks.flip(own.pdf, at)) in {
            "changed_since_signing",
            "damaged",
            "active_content",
            "too_heavy",
        }, at


@pytest.mark.parametrize("kept", [1, 2])
def test_rollback_to_fewer_signatures_is_never_valid(own: OwnDocument, kept: int) -> None:
    verdict = judge(own.after[kept - 1], trust_trial=True)

    assert decisive(verdict) == (Standing.UNDETERMINED, "signer_missing")
    missing = [why.places["field"] for why in verdict.reasons if why.code == "signer_missing"]
    assert missing == list(FIELDS[kept:])


def test_document_from_before_the_first_signature_was_never_signed(own: OwnDocument) -> None:
    assert refused_as(own.unsigned) == "signature_stripped"


def test_update_between_two_signatures_is_refused(own: OwnDocument) -> None:
    for attack in (attacks.with_page_replaced, attacks.with_stamp_swapped):
        forged = signed_anew(attack(own.after[1]), by=[receiver()], fields=FIELDS[2:])

        assert refused_as(forged) == "changed_between_signatures"


def test_signature_after_the_lock_is_refused(own: OwnDocument) -> None:
    """The last signer's field locks all but the places for seal and timestamps."""
    locked_first = signed_anew(
        own.after[0], by=[receiver(), second()], fields=[FIELDS[2], FIELDS[1]]
    )

    assert refused_as(locked_first) == "changed_between_signatures"


def test_certificate_of_another_root_is_never_valid_though_the_names_are_the_same(
    own: OwnDocument,
) -> None:
    namesakes = [
        Authority(headquarters().name).identity(one.common_name) for one in (lead(), second())
    ]

    forged = signed_anew(own.unsigned, by=[*namesakes, receiver()])

    assert refused_as(forged) == "signer_unexpected"


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (NOW - 2 * YEAR, NOW - YEAR, "certificate_expired"),
        (NOW + YEAR, NOW + 2 * YEAR, "certificate_not_yet_valid"),
    ],
)
def test_certificate_out_of_its_time_is_refused(
    own: OwnDocument, monkeypatch: pytest.MonkeyPatch, start: object, end: object, code: str
) -> None:
    for module in (identity, pades):  # a signer's own tool, which does not ask
        monkeypatch.setattr(module, "require_fit", lambda *_: None)
    p12 = headquarters().p12(lead().common_name, start=start, end=end)  # type: ignore[arg-type]  # datetimes
    signer = identity.load_identity(p12, PASSPHRASE, now=NOW)

    assert refused_as(signed_anew(own.unsigned, by=[signer])) == code


def test_signers_who_exchanged_their_fields_are_refused(own: OwnDocument) -> None:
    assert refused_as(signed_anew(own.unsigned, by=[second(), lead()])) == "signer_unexpected"


def test_who_signed_before_their_turn_is_refused(own: OwnDocument) -> None:
    early = signed_anew(own.unsigned, by=[second(), lead()], fields=[FIELDS[1], FIELDS[0]])

    assert refused_as(early) == "order_unexpected"


def test_a_document_that_is_certified_twice_is_refused(own: OwnDocument) -> None:
    """No tool at hand writes a second certification: what was read of a true file is changed."""
    report = check_signatures(own.pdf, roots=[headquarters().root()])
    first, another, *others = report.signatures
    twice = (first, replace(another, certifies=True), *others)

    found = in_the_file(FileRead(replace(report, signatures=twice), read_back(own.pdf)))

    assert [(why.code, why.places["field"]) for why in found] == [("certified_twice", FIELDS[1])]


def turned_round(document: Pdf) -> None:
    document.Root.Pages.Kids = Array(list(reversed(list(document.Root.Pages.Kids))))


def hidden_note(document: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([0, 0, 9, 9]), F=2)
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def hidden_layer(document: Pdf) -> None:
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("lapisan")))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def kept_back_page(document: Pdf) -> None:
    spare = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 595, 842]))
    document.Root.PieceInfo = Dictionary(Spare=document.make_indirect(spare))


def other_record(document: Pdf) -> None:
    """The record of another visit, attached as this one's."""
    document.attachments["temuan.json"].obj.EF.F.write(b'{"v":2}')


def unrelated_record(document: Pdf) -> None:
    document.attachments["temuan.json"].obj.AFRelationship = Name.Supplement


def field_to_write_into(document: Pdf) -> None:
    entry = Dictionary(FT=Name.Tx, T=String("zona"), V=String("HIJAU"))
    document.Root.AcroForm.Fields.append(document.make_indirect(entry))


@pytest.mark.parametrize(
    ("prepared", "code"),
    [
        (turned_round, "record_not_of_these_pages"),
        (hidden_note, "foreign_parts"),
        (hidden_layer, "active_content"),
        (kept_back_page, "hidden_pages"),
        (other_record, "record_unreadable"),
        (unrelated_record, "record_not_of_these_pages"),
        (field_to_write_into, "foreign_parts"),
    ],
)
def test_what_was_prepared_before_signing_is_refused(
    own: OwnDocument, prepared: Callable[[Pdf], None], code: str
) -> None:
    """Shadow attacks: true signers sign a file that somebody had his hands in."""
    forged = signed_anew(attacks.rebuilt(own.unsigned, prepared))

    assert refused_as(forged) == code


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils are not installed")
def test_pdfsig_calls_at_least_four_of_the_attacks_valid(own: OwnDocument, tmp_path: Path) -> None:
    """The attacks are real: a free tool that looks at the signed bytes alone accepts them."""
    accepted = []
    for name in ("page", "note", "record swapped", "stamp", "junk"):
        forged = AFTERWARDS[name][0](own.pdf)
        path = tmp_path / "diserang.pdf"
        path.write_bytes(forged)
        said = subprocess.run(
            ["pdfsig", "-nocert", str(path)],
            capture_output=True,
            check=False,
            text=True,
        ).stdout
        if said.count("Signature is Valid") == len(FIELDS):
            accepted.append(name)
            assert judge(forged).standing is Standing.REFUSED
    assert len(accepted) >= 4, accepted


Change = tuple[int, int, bytes]
CHANGES = st.lists(
    st.tuples(st.integers(0, 10**9), st.integers(0, 40), st.binary(max_size=12)),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES)
def test_no_random_change_is_ever_accepted_or_crashes(
    own: OwnDocument, changes: list[Change]
) -> None:
    """Cut out and put in anywhere: bytes flipped, dropped, doubled, added."""
    pdf = own.pdf
    for where, dropped, added in changes:
        at = where % (len(pdf) + 1)
        pdf = pdf[:at] + added + pdf[at + dropped :]

    verdict = judge(pdf, trust_trial=True)

    assert (verdict.standing is Standing.REFUSED) is (pdf != own.pdf)
