"""Instruments as files: taken in from a workbook, written out as one, held side by side."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.changes import Difference, difference
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.building import build
from assessor_app.instruments.document import LARGEST_BYTES, read_document
from assessor_app.instruments.faults import Fault
from assessor_app.instruments.library import Library
from assessor_app.instruments.reading import load
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.writing import write_yaml
from assessor_app.instruments.xlsform.reading import read_workbook
from assessor_app.instruments.xlsform.writing import write_workbook
from assessor_app.paths import resources_dir
from assessor_app.services.destination import require_free
from assessor_app.services.instruments import LookedOver
from assessor_app.storage.files import make_folder, write_whole

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_FILES = _WORKBOOKS | {".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class TakenOver:
    """An instrument that was taken over from a workbook.

    `file` is where it stands now; `again` says that it stood there already. `notes` tell what was
    decided where the workbook left it open.
    """

    instrument: Instrument
    file: Path
    again: bool
    notes: tuple[Fault, ...]


def import_workbook(
    book: Path, library: Library, *, folder: Path, out: Path | None = None
) -> TakenOver:
    """Write the instrument of a workbook as a YAML file: into `folder`, or as `out`.

    The file is there whole or not at all, and nothing is overwritten. Raises InstrumentFault
    `workbook_broken` with all faults, `instrument_version_taken` where the library has this
    version with other content, and `instrument_file_taken` where another file stands there.
    """
    read = read_workbook(book)
    content = write_yaml(read.form).encode()
    if len(content) > LARGEST_BYTES:
        megabytes = LARGEST_BYTES // 1_000_000
        raise InstrumentFault("instrument_too_large", file=str(book), megabytes=megabytes)
    instrument = build(read.form, digest=hashlib.sha256(content).hexdigest())
    file = out or folder / f"{instrument.pin}.yaml"
    known = _known(instrument, library) if file.parent.resolve() == folder.resolve() else None
    if known is not None:
        return TakenOver(known[0], known[1], again=True, notes=read.notes)
    again = file.is_file() and file.read_bytes() == content
    if not again:
        if file.exists():
            raise InstrumentFault(
                "instrument_file_taken", file=str(file), instrument=instrument.pin
            )
        if out is None:
            make_folder(folder)
        else:
            require_free(out)
        write_whole(file, content)
        library.forget()
    return TakenOver(instrument, file, again=again, notes=read.notes)


def look_over_workbook(book: Path) -> LookedOver:
    """The faults of a workbook, or the notes that its import would give."""
    try:
        return LookedOver((), read_workbook(book).notes)
    except InstrumentFault as fault:
        found = fault.places.get("faults")
        if isinstance(found, tuple):
            return LookedOver(found)
        return LookedOver((Fault(str(book), None, "", fault.code, fault.places),))


def export_workbook(name: str, library: Library, *, out: Path) -> Instrument:
    """Write an instrument of the library, or of a file, as a new workbook.

    Raises InstrumentFault where it cannot be read or has no questions, IssueProblem
    `folder_missing` or `file_exists`.
    """
    form = _form(name, library)
    content = write_workbook(form)
    require_free(out)
    write_whole(out, content)
    return build(form, digest=_digest(form))


def write_template(out: Path) -> Instrument:
    """Write the example that a newcomer starts from as a workbook. Raises as `export_workbook`."""
    example = resources_dir() / "sample" / "instrument-contoh.yaml"
    return export_workbook(str(example), Library(()), out=out)


def difference_between(before: str, after: str, library: Library) -> Difference:
    """What differs between two instruments, each called by its name or by its file."""
    return difference(instrument_called(before, library), instrument_called(after, library))


def instrument_called(name: str, library: Library) -> Instrument:
    """An instrument of the library (`id@version`, or `id`), or that of a YAML file or workbook.

    Raises InstrumentFault as reading it does.
    """
    path = Path(name)
    match path.suffix.casefold():
        case suffix if suffix in _WORKBOOKS:
            form = read_workbook(path).form
            return build(form, digest=_digest(form))
        case suffix if suffix in _FILES:
            return load(path)
        case _:
            return library.get(name)


def _form(name: str, library: Library) -> InstrumentForm:
    path = Path(name)
    if path.suffix.casefold() in _WORKBOOKS:
        return read_workbook(path).form
    if path.suffix.casefold() not in _FILES:
        path = library.file_of(library.get(name)) or path
    load(path)  # a form can be made of a file that breaks the rules
    return InstrumentForm.model_validate(read_document(path).tree)


def _digest(form: InstrumentForm) -> str:
    """Of the file that the form would be written as."""
    return hashlib.sha256(write_yaml(form).encode()).hexdigest()


def _known(instrument: Instrument, library: Library) -> tuple[Instrument, Path] | None:
    """The same instrument where the library has it; a visit may be pinned to its name."""
    for one in library.all():
        if one.pin == instrument.pin:
            file = library.file_of(one)
            if file is not None and difference(one, instrument).none:
                return one, file
            raise InstrumentFault("instrument_version_taken", instrument=one.pin, file=str(file))
    return None
