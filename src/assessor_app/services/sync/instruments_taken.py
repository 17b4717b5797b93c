"""An instrument that headquarters has published: looked over, and put beside the shipped ones."""

import base64
import binascii
import hashlib
import re
import tempfile
from pathlib import Path

from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault, StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.storage.files import make_folder, read_if_there, write_whole
from assessor_app.storage.store import Store
from assessor_app.syncing.reading import as_hex32, as_object, as_text

_FOLDER = "instruments"  # in the home: where the library looks
_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def take_instrument(store: Store, content: Json, *, library: Library | None) -> Path:
    """Keep the instrument of a letter in the home, for visits from now on.

    What is there is never written over: a visit is pinned to its bytes. Raises StoreProblem
    `letter_unreadable`, `instrument_letter_unfit` where it cannot be used, or
    `instrument_known_otherwise`; nothing has changed then.
    """
    try:
        loaded = as_object(content)
        file = base64.b64decode(as_text(loaded["file"]), validate=True)
        pin, digest = as_text(loaded["pin"]), as_hex32(loaded["sha256"])
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise StoreProblem("letter_unreadable") from error
    if hashlib.sha256(file).hexdigest() != digest:
        raise StoreProblem("letter_unreadable")
    instrument = _loaded(file, pin)
    known = [] if library is None else [one for one in library.all() if one.pin == pin]
    path = store.folder.parent / _FOLDER / f"{instrument.id}-{instrument.version}.yaml"
    there = read_if_there(path)
    if any(one.digest != digest for one in known) or there not in (None, file):
        raise StoreProblem("instrument_known_otherwise", instrument=pin)
    if there is None and not known:
        make_folder(path.parent)
        write_whole(path, file, mode=0o644)
        if library is not None:
            library.forget()
    return path


def _loaded(file: bytes, pin: str) -> Instrument:
    from assessor_app.instruments.reading import load

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "instrument.yaml"
        path.write_bytes(file)
        try:
            found = load(path)
        except InstrumentFault as fault:
            raise StoreProblem("instrument_letter_unfit", instrument=pin) from fault
    names = (found.id, found.version)
    if found.pin != pin or not all(_NAME.fullmatch(one) for one in names):
        raise StoreProblem("instrument_letter_unfit", instrument=pin)
    return found
