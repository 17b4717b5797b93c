"""The verifier asked as the tests ask it, and a document by two signers."""

from collections.abc import Sequence

from tests.signing.paper import (
    SECOND_FIELD,
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

from assessor_app.services.verifying import Standing, Verdict, verify


def judge(
    pdf: bytes, *, roots: Sequence[bytes] | None = None, trust_trial: bool = False
) -> Verdict:
    pinned = [headquarters().root()] if roots is None else roots
    return verify(pdf, roots=pinned, trust_trial=trust_trial)


def decisive(verdict: Verdict) -> tuple[Standing, str]:
    return verdict.standing, verdict.reasons[0].code


def refused_as(pdf: bytes) -> str:
    """The decisive reason of a refusal. Trust cannot mend what is refused."""
    verdict = judge(pdf, trust_trial=True)
    assert verdict.standing is Standing.REFUSED
    return verdict.reasons[0].code


def signed_by_both() -> bytes:
    unsigned = with_second_field(paper(record_for(assessor(), colleague())))
    return signed(signed(unsigned, assessor()), colleague(), field=SECOND_FIELD)
