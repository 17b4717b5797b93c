"""A visit issued by the product: `document_visit.py CONTENT INDICATORS GAPS PHOTOS`.

Writes the content and the record of its findings to CONTENT for the engines, and prints as one
JSON line how long the product took for what comes before and after the pages.
"""

import gc
import json
import pickle
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from tests.large_visit import LargeVisit, Size, large_visit
from tests.visiting import SIGNING_PASSPHRASE

from assessor_app.reporting.render import Rendered, render
from assessor_app.reporting.report_content import ReportContent
from assessor_app.services import issuing, verifying
from assessor_app.services.issuing import Stage
from assessor_app.signing.identity import Holder, Identity, load_identity, make_trial_identity
from assessor_app.texts import Language

_SIDE = 1280  # pixels: as the report shows photos
_TIMES = 5  # that the document is verified


def main(content: Path, size: Size) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        visit = large_visit(Path(name), size)
        print(json.dumps(_issued(visit, content, out=Path(name) / "temuan.pdf")))
        visit.workplace.store.close()


def _issued(visit: LargeVisit, content: Path, *, out: Path) -> dict[str, object]:
    """Issue with two signatures, keeping what is rendered; then verify."""
    now = visit.application.clock.now()
    lead = issuing.signing_identity(visit.workplace, SIGNING_PASSPHRASE, now=now)
    began: dict[Stage, tuple[float, float]] = {}

    def keeping(paper: ReportContent, *, record: bytes | None) -> Rendered:
        content.write_bytes(pickle.dumps((paper, record)))
        return render(paper, record=record)

    with patch.object(issuing, "render", keeping):
        issuing.issue(
            visit.session,
            visit.workplace,
            lead,
            out=out,
            language=Language.INDONESIAN,
            further=(_colleague(visit),),
            progress=lambda stage: began.update({stage: _clocks()}),
        )
    pdf = out.read_bytes()
    checked = []
    for _ in range(_TIMES):
        start = _clocks()
        verdict = verifying.verify(pdf, roots=visit.application.roots, trust_trial=True)
        checked.append(_since(start, _clocks()))
    compose_s, compose_cpu_s = _since(began[Stage.COMPOSE], began[Stage.RENDER])
    signing_s, signing_cpu_s = _since(began[Stage.SIGN], began[Stage.WRITE])
    return {
        "compose_s": compose_s,
        "compose_cpu_s": compose_cpu_s,
        "two_signatures_s": signing_s,
        "two_signatures_cpu_s": signing_cpu_s,
        "verify_first_s": checked[0][0],
        "verify_best_s": min(seconds for seconds, _ in checked),
        "verify_best_cpu_s": min(cpu for _, cpu in checked),
        "standing": verdict.standing.value,
        "signed_mb": len(pdf) / 1e6,
    }


def _clocks() -> tuple[float, float]:
    """Seconds on the wall, and of this process's own work."""
    return time.perf_counter(), time.process_time()


def _since(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    return end[0] - start[0], end[1] - start[1]


def _colleague(visit: LargeVisit) -> Identity:
    """A second assessor's trial identity."""
    now = visit.application.clock.now()
    holder = Holder(name="Hasan Slamat, S.E.", office="Ombudsman RI", employee_id=None)
    p12 = make_trial_identity(holder=holder, passphrase=SIGNING_PASSPHRASE, now=now)
    return load_identity(p12, SIGNING_PASSPHRASE, now=now)


if __name__ == "__main__":
    indicators, gaps, photos = map(int, sys.argv[2:5])
    gc.freeze()  # as the product does at its start
    main(Path(sys.argv[1]), Size(indicators, gaps, photos, photo_side=_SIDE))
