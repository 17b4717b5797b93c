"""Whether a file is an earlier one with later signatures; a seal and a timestamp come later."""

from functools import cache

import pytest
from tests.services.judging import decisive, judge
from tests.signing import attacks
from tests.signing.own_document import OwnDocument, signed_anew
from tests.signing.paper import document_by
from tests.signing.people import Authority, assessor, headquarters
from tests.signing.stamping import timestamped

from assessor_app.services.verifying import Part, Standing, Verdict, verify_continuation


def continuing(pdf: bytes, earlier: bytes) -> Verdict:
    return verify_continuation(pdf, earlier, roots=[headquarters().root()], trust_trial=False)


@cache
def sealed(pdf: bytes, by: str = "headquarters") -> bytes:
    """The document with a seal in the place prepared for it."""
    authority = headquarters() if by == "headquarters" else Authority(by)
    return signed_anew(pdf, by=[authority.identity("Ombudsman RI")], fields=["Segel_BSrE"])


def test_the_complete_document_continues_the_one_that_the_lead_had_signed(
    own: OwnDocument,
) -> None:
    verdict = continuing(own.pdf, own.after[0])

    assert decisive(verdict) == (Standing.VALID, "valid")
    assert verdict.continues is True
    assert verdict.reasons[1].code == "continues_with"
    assert verdict.reasons[1].places == {"count": 2, "fields": "TTD_Asesor2, TTD_Penerima"}


def test_a_later_seal_is_allowed_and_told_as_such(own: OwnDocument) -> None:
    verdict = continuing(sealed(own.pdf), own.pdf)

    assert decisive(verdict) == (Standing.VALID, "valid")
    assert verdict.parts[-1] is Part.SEAL
    assert "seal_later" in [why.code for why in verdict.reasons]
    assert verdict.reasons[1].places["fields"] == "Segel_BSrE"


def test_a_seal_of_somebody_unknown_is_never_valid(own: OwnDocument) -> None:
    verdict = judge(sealed(own.pdf, by="Segel Palsu"), trust_trial=True)

    assert decisive(verdict) == (Standing.UNDETERMINED, "seal_unknown")


def test_a_seal_before_all_have_signed_is_refused(own: OwnDocument) -> None:
    early = judge(sealed(own.after[0]))

    assert decisive(early) == (Standing.UNDETERMINED, "signer_missing")


@pytest.mark.parametrize(
    ("authority", "found"),
    [
        (headquarters(), (Standing.VALID, "valid")),
        (Authority("Penerbit Lain"), (Standing.UNDETERMINED, "timestamp_unknown")),
    ],
    ids=["pinned", "unknown"],
)
def test_a_later_timestamp_is_told_with_what_stands_behind_it(
    own: OwnDocument, authority: Authority, found: tuple[Standing, str]
) -> None:
    verdict = continuing(timestamped(own.pdf, authority), own.pdf)

    assert decisive(verdict) == found
    assert verdict.parts[-1] is Part.TIMESTAMP
    assert verdict.continues is True
    assert "timestamp_later" in [why.code for why in verdict.reasons]


def test_the_same_file_continues_itself_with_nothing(own: OwnDocument) -> None:
    verdict = continuing(own.pdf, own.pdf)

    assert (verdict.standing, verdict.reasons[1].code) == (Standing.VALID, "continues_same")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda pdf: (pdf, attacks.flip(pdf, len(pdf) // 2)), "continues_refused"),
        (lambda pdf: (attacks.with_page_replaced(pdf), pdf), "continues_spoilt"),
        (lambda pdf: (pdf + b"x", pdf), "continues_spoilt"),
        (lambda pdf: (document_by(assessor()), pdf), "continues_other_document"),
    ],
    ids=["earlier changed", "page replaced", "junk", "other document"],
)
def test_what_does_not_continue_is_refused(
    own: OwnDocument, change: attacks.Attack, code: str
) -> None:
    later, earlier = change(own.pdf)

    verdict = continuing(later, earlier)  # type: ignore[arg-type]  # a pair of files

    assert decisive(verdict) == (Standing.REFUSED, code)
    assert verdict.continues is False


def test_files_in_the_wrong_order_are_told_so(own: OwnDocument) -> None:
    verdict = continuing(own.pdf, sealed(own.pdf))

    assert decisive(verdict) == (Standing.REFUSED, "continues_reversed")


def test_a_second_signing_of_the_same_record_is_no_continuation(own: OwnDocument) -> None:
    verdict = continuing(signed_anew(own.unsigned), own.pdf)

    assert decisive(verdict) == (Standing.REFUSED, "continues_other_bytes")
