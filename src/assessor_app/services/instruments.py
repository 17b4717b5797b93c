"""The instrument of a visit, and looking over an instrument file before it is used."""

from pathlib import Path

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault
from assessor_app.domain.visit import Visit
from assessor_app.instruments.faults import Fault
from assessor_app.instruments.library import Library
from assessor_app.instruments.reading import check


def faults_of(path: Path) -> tuple[Fault, ...]:
    """Every fault of a hand-written file, in the order of its lines; empty for a sound one."""
    return check(path)


def instrument_of(visit: Visit, library: Library) -> Instrument:
    """The instrument that a visit is pinned to.

    Raises InstrumentFault `instrument_unknown`, or `instrument_changed` where the file of that
    version is not the same any more.
    """
    instrument = library.get(visit.instrument_version)
    if instrument.digest != visit.instrument_digest:
        raise InstrumentFault("instrument_changed", instrument=instrument.pin)
    return instrument
