"""Renders a report and says the digest of its bytes: `python -m tests.reporting.same_bytes`.

`test_same_bytes` runs it in processes that differ in all that must not count.
"""

import sys
from hashlib import sha256

from tests.reporting.report_sample import RECORD, sample

from assessor_app.reporting.render import render


def digest() -> str:
    return sha256(render(sample(), record=RECORD).pdf).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest())
