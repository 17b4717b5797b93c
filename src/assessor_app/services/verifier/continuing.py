"""Whether a file is an earlier one with later signatures: the same bytes, and then only those."""

from dataclasses import replace

from assessor_app.services.verifier.verdict import Reason, Standing, Verdict


def continued(verdict: Verdict, before: Verdict, *, later: bytes, earlier: bytes) -> Verdict:
    """The verdict on the later file, with what it is to the earlier one (`before` judges that).

    What was added is known to be signatures alone where the later file is not refused: the
    signatures of the earlier one are in it, and allow nothing else.
    """
    fault = _fault(verdict, before, later=later, earlier=earlier)
    if fault is not None:
        also = verdict.reasons if verdict.standing is Standing.REFUSED else ()
        return replace(verdict, standing=Standing.REFUSED, reasons=(fault, *also), continues=False)
    decisive, *others = verdict.reasons
    return replace(verdict, reasons=(decisive, _added(verdict, before), *others), continues=True)


def _fault(verdict: Verdict, before: Verdict, *, later: bytes, earlier: bytes) -> Reason | None:
    numbers = {"number": verdict.number or "?", "earlier": before.number or "?"}
    if before.standing is Standing.REFUSED:
        return Reason("continues_refused")
    if not later.startswith(earlier):
        if earlier.startswith(later) and verdict.standing is not Standing.REFUSED:
            return Reason("continues_reversed")
        if numbers["number"] != numbers["earlier"]:
            return Reason("continues_other_document", numbers)
        return Reason("continues_other_bytes", numbers)
    if verdict.standing is Standing.REFUSED:
        return Reason("continues_spoilt")
    return None


def _added(verdict: Verdict, before: Verdict) -> Reason:
    added = [made.field for made in verdict.signers[len(before.signers) :]]
    if not added:
        return Reason("continues_same")
    return Reason("continues_with", {"count": len(added), "fields": ", ".join(added)})
