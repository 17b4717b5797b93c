"""Looking over an instrument file before it is used."""

from pathlib import Path

from assessor_app.instruments.faults import Fault
from assessor_app.instruments.reading import check


def faults_of(path: Path) -> tuple[Fault, ...]:
    """Every fault of a hand-written file, in the order of its lines; empty for a sound one."""
    return check(path)
