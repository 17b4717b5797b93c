"""Instrument files: read into the domain's value, or told what is wrong with them and where."""

import contextlib
import hashlib
from collections.abc import MutableMapping
from pathlib import Path

from pydantic import ValidationError

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.building import build
from assessor_app.instruments.document import LARGEST_BYTES, Document, read_document
from assessor_app.instruments.faults import Fault
from assessor_app.instruments.rules import rule_faults
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.schema_faults import form_faults

_MOST_FAULTS = 500


def check(path: Path) -> tuple[Fault, ...]:
    """All faults of a file, in the order of its lines; empty where it can be used."""
    try:
        return examine(read_document(path))[1]
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
    form, faults = examine(document)
    if form is None or faults:
        raise InstrumentFault(
            "instrument_broken", file=document.file, count=len(faults), faults=faults
        )
    return build(form, digest=document.digest)


def load_once(path: Path, known: MutableMapping[str, Instrument]) -> Instrument:
    """As `load`, but of the bytes of one that is `known` (by digest) already nothing is read anew.

    What is read is known from then on: a copy that was kept is the same as the file it is of.
    """
    with contextlib.suppress(OSError, ValueError):  # `load` tells what is wrong with the path
        if path.is_file() and path.stat().st_size <= LARGEST_BYTES:
            found = known.get(hashlib.sha256(path.read_bytes()).hexdigest())
            if found is not None:
                return found
    one = load(path)
    return known.setdefault(one.digest, one)


def examine(document: Document) -> tuple[InstrumentForm | None, tuple[Fault, ...]]:
    """The form of a document and all its faults, in order; the form is None where it is broken.

    A workbook that was read into a document is held to the same rules as a text file.
    """
    faults = [*document.faults]
    form = None
    try:
        form = InstrumentForm.model_validate(document.tree)
    except ValidationError as error:
        faults.extend(form_faults(document, error))
    faults.extend(rule_faults(document))
    return form, _told(document, faults)


def _told(document: Document, faults: list[Fault]) -> tuple[Fault, ...]:
    """The faults from the first line to the last, as many as anybody reads."""
    ordered = sorted(faults, key=lambda fault: fault.order)
    if len(ordered) <= _MOST_FAULTS:
        return tuple(ordered)
    places = {"count": len(ordered), "shown": _MOST_FAULTS}
    more = Fault(document.file, None, "", "instrument_more_faults", places)
    return (*ordered[:_MOST_FAULTS], more)
