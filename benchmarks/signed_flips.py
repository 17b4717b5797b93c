"""One flipped bit anywhere in a signed document: the verifier refuses each, and runs on.

The document is the one that the product issued in a whole visit. Every flip is judged in this
process, as one after another by whoever is handed many files.
"""

import random
from pathlib import Path

from assessor_app.domain.problem import Problem
from assessor_app.services.verifying import Standing, verify
from bit_flips import Flipped


def in_document(path: Path, *, flips: int, seed: int = 20261122) -> Flipped:
    """Bits all over the file: its first and last byte, and others at random between.

    Raises ValueError where the document itself is not valid: then no refusal would say anything.
    """
    pdf = path.read_bytes()
    if verify(pdf, roots=(), trust_trial=True).standing is not Standing.VALID:
        raise ValueError(f"{path} is not valid")
    chance = random.Random(seed)
    offsets = [0, len(pdf) - 1, *(chance.randrange(len(pdf)) for _ in range(flips - 2))]
    accepted = [where for where in offsets if not _is_refused(pdf, where, chance.randrange(8))]
    return Flipped(
        file=path.name,
        flips=len(offsets),
        named=len(offsets) - len(accepted),
        without_effect=0,
        unseen=len(accepted),
        first=f"byte {accepted[0]}" if accepted else "",
    )


def _is_refused(pdf: bytes, where: int, bit: int) -> bool:
    changed = bytearray(pdf)
    changed[where] ^= 1 << bit
    try:
        verdict = verify(bytes(changed), roots=(), trust_trial=True)
    except Problem:  # a verdict is due for bytes of any kind
        return False
    return verdict.standing is Standing.REFUSED
