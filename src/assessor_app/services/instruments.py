"""The instrument of a visit, and looking over an instrument file before it is used."""

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault, StoreProblem
from assessor_app.domain.visit import Visit
from assessor_app.instruments.faults import Fault
from assessor_app.instruments.library import Library
from assessor_app.storage.files import make_folder, write_whole


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What is wrong in an instrument file, in the order of its lines or cells.

    `notes` tell what a workbook leaves open or what of it would not be read; they are told of a
    sound one, as its faults may be the reason for them.
    """

    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...] = ()


def look_over(path: Path) -> LookedOver:
    """Read a file or workbook as taking it in would, and tell all that is to be told of it."""
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        from assessor_app.services.workbooks import look_over_workbook

        return look_over_workbook(path)
    from assessor_app.instruments.reading import check

    return LookedOver(check(path))


def instrument_of(visit: Visit, library: Library) -> Instrument:
    """The instrument that a visit is pinned to, from the copy that was kept of it.

    Without a copy the file of that version is taken, and a copy kept from then on. Raises
    InstrumentFault `instrument_unknown`, or `instrument_changed` where that file is not the same
    any more.
    """
    kept = library.copy_of(visit.instrument_digest)
    if kept is not None:
        return kept
    instrument = library.get(visit.instrument_version)
    if instrument.digest != visit.instrument_digest:
        raise InstrumentFault("instrument_changed", instrument=instrument.pin)
    # A visit can be read also where nothing can be written.
    with contextlib.suppress(InstrumentFault):
        keep(instrument, library)
    return instrument


def keep(instrument: Instrument, library: Library) -> None:
    """Keep a copy of the file of an instrument that a visit is pinned to.

    Raises InstrumentFault `instrument_changed_since` where the file is not the one any more that
    was read, `instrument_not_kept` where the copy cannot be written.
    """
    copy, file = library.place_of_copy(instrument.digest), library.file_of(instrument)
    if copy is None or file is None or library.copy_of(instrument.digest) is not None:
        return
    try:
        content = file.read_bytes()
        if hashlib.sha256(content).hexdigest() != instrument.digest:
            library.forget()
            raise InstrumentFault("instrument_changed_since", instrument=instrument.pin, file=file)
        make_folder(copy.parent)
        write_whole(copy, content, mode=0o644)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InstrumentFault("instrument_not_kept", file=file, reason=reason) from error
    except StoreProblem as problem:
        reason = str(problem.places.get("cause", problem.code))
        raise InstrumentFault("instrument_not_kept", file=copy, reason=reason) from problem
    library.forget_copy(instrument.digest)


def bytes_of(pin: str, digest: str, library: Library) -> bytes:
    """The very file (SHA-256, hex) of an instrument: the copy that was kept, or that in a folder.

    Raises InstrumentFault `instrument_unknown`, or `instrument_changed` where neither has it.
    """
    for file in (library.place_of_copy(digest), _file_of(pin, library)):
        if file is not None:
            with contextlib.suppress(OSError):
                content = file.read_bytes()
                if hashlib.sha256(content).hexdigest() == digest:
                    return content
    raise InstrumentFault("instrument_changed", instrument=pin)


def keep_bytes(digest: str, content: bytes, library: Library) -> None:
    """Keep a copy of an instrument that came with a visit from elsewhere.

    Raises InstrumentFault `instrument_not_kept`.
    """
    copy = library.place_of_copy(digest)
    if copy is None or library.copy_of(digest) is not None:
        return
    try:
        make_folder(copy.parent)
        write_whole(copy, content, mode=0o644)
    except StoreProblem as problem:
        reason = str(problem.places.get("cause", problem.code))
        raise InstrumentFault("instrument_not_kept", file=copy, reason=reason) from problem
    library.forget_copy(digest)


def _file_of(pin: str, library: Library) -> Path | None:
    with contextlib.suppress(InstrumentFault):
        return library.file_of(library.get(pin))
    return None


def default_instrument(library: Library, *, today: date) -> Instrument:
    """The instrument of a new visit where none is named: the latest that is not of a later year.

    Of one year it is the product's own before others, and its highest version.

    Raises InstrumentFault `instrument_none` where no visit can be made with any.
    """
    known = [one for one in library.all() if one.visitable]
    due = [one for one in known if one.year <= today.year] or known
    if not due:
        raise InstrumentFault("instrument_none")
    return max(due, key=lambda one: (one.year, max(one.years), library.shipped(one), one.order))
