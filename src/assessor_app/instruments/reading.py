"""Instrument files: read into the domain's value, or told what is wrong with them and where."""

from pathlib import Path

from pydantic import ValidationError

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.building import build
from assessor_app.instruments.document import Document, read_document
from assessor_app.instruments.faults import Fault
from assessor_app.instruments.rules import rule_faults
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.schema_faults import form_faults


def check(path: Path) -> tuple[Fault, ...]:
    """All faults of a file, in the order of its lines; empty where it can be used."""
    try:
        return _examine(read_document(path))[1]
    except InstrumentFault as fault:
        places = dict(fault.places)
        line = places.pop("line", None)
        key = str(places.pop("key", ""))
        found = line if isinstance(line, int) else None
        return (Fault(str(path), found, key, fault.code, places),)


def load(path: Path) -> Instrument:
    """The instrument of a file.

    Raises InstrumentFault: `instrument_broken` carries all `faults` of the file, other codes say
    why it could not be read at all.
    """
    document = read_document(path)
    form, faults = _examine(document)
    if form is None or faults:
        raise InstrumentFault(
            "instrument_broken", file=document.file, count=len(faults), faults=faults
        )
    return build(form, digest=document.digest)


def _examine(document: Document) -> tuple[InstrumentForm | None, tuple[Fault, ...]]:
    faults = [*document.faults]
    form = None
    try:
        form = InstrumentForm.model_validate(document.tree)
    except ValidationError as error:
        faults.extend(form_faults(document, error))
    faults.extend(rule_faults(document))
    return form, tuple(sorted(faults, key=lambda fault: fault.line or 0))
