"""One engine sets one report in a process of its own: `document_engine.py ENGINE CONTENT [PDF]`.

Prints seconds from content to bytes (imports before, fonts within), the process's peak memory, the
file's size and its pages, as one JSON line. CONTENT is what `document_visit.py` has written.
"""

import gc
import importlib
import json
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assessor_app.reporting.report_content import ReportContent

Build = Callable[[ReportContent, bytes], bytes]
ENGINES = ("ours", "typst", "typst-tagged", "weasyprint", "weasyprint-tagged", "fpdf2")


def _build(engine: str) -> Build:
    """The engine, imported and ready: only the one that is measured is in the memory."""
    if engine == "ours":
        render = importlib.import_module("assessor_app.reporting.render").render
        return lambda content, record: bytes(render(content, record=record).pdf)
    name, _, tagged = engine.partition("-")
    outline = importlib.import_module("paper_outline").outline
    rival = importlib.import_module(f"rival_{name}")
    return lambda content, record: bytes(rival.build(outline(content), record, tagged=bool(tagged)))


def _peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    import resource  # noqa: PLC0415 - Windows has none

    per_megabyte = 1_000_000 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / per_megabyte


def _pages(pdf: bytes) -> int:
    import pypdfium2  # noqa: PLC0415 - not in the memory that was measured

    return len(pypdfium2.PdfDocument(pdf))


def main(engine: str, content: Path, kept: Path | None) -> None:
    build = _build(engine)
    gc.freeze()  # as the product does at its start: what was imported never becomes garbage
    paper, record = pickle.loads(content.read_bytes())  # noqa: S301  # our own, written just before
    began, began_cpu = time.perf_counter(), time.process_time()
    pdf = build(paper, record)
    seconds, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    peak = _peak_megabytes()
    if kept is not None:
        kept.write_bytes(pdf)
    figures = {"seconds": seconds, "cpu": cpu, "peak_mb": peak, "mb": len(pdf) / 1e6}
    print(json.dumps({"engine": engine, **figures, "pages": _pages(pdf)}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]) if sys.argv[3:] else None)
