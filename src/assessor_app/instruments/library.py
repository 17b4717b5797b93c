"""The instruments at hand: those that are shipped, and those in the assessor's own folders."""

import threading
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.faults import Fault

# Held while what reads is imported: two threads that begin with pydantic at once find it half made.
_IMPORTING = threading.Lock()


class Library:
    """All instrument files (`*.yaml`) of some folders, read once when they are first asked for.

    A broken file hides no other: it is left out, and `faults` says what is wrong with it.
    Of what a visit is pinned to a copy stays in the folder `kept`, if there is one: a newer
    version of the product, or of a file, does not touch the visits that were begun.
    """

    def __init__(self, folders: Iterable[Path], *, kept: Path | None = None) -> None:
        self._folders = tuple(folders)
        self._kept = kept
        self._copies: dict[str, Instrument | None] = {}
        self._loaded: dict[str, Instrument] = {}  # by digest, wherever the file was found
        self._reading = threading.Lock()

    def all(self) -> tuple[Instrument, ...]:
        """Every usable instrument, by id and then by version, oldest first."""
        return tuple(sorted(self._read[0].values(), key=lambda one: (one.id, one.order)))

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the files that cannot be used."""
        return tuple(fault for faults in self._read[1].values() for fault in faults)

    def get(self, name: str) -> Instrument:
        """The instrument `id@version`, or the highest version of `id`.

        Raises InstrumentFault: `instrument_unknown` names the known ones; `instrument_broken`
        where the file that is named after the id cannot be used.
        """
        wanted, _, version = name.partition("@")
        of_id = [one for one in self.all() if one.id == wanted]
        if not version and of_id:
            return of_id[-1]
        for one in of_id:
            if one.version == version:
                return one
        for path, faults in self._read[1].items():
            if path.stem in (name, wanted):
                raise InstrumentFault(
                    "instrument_broken", file=str(path), count=len(faults), faults=faults
                )
        known = ", ".join(one.pin for one in self.all())
        raise InstrumentFault("instrument_unknown", instrument=name, known=known)

    def shipped(self, instrument: Instrument) -> bool:
        """Whether it stands in the first of the folders, that of the product itself."""
        file = self.file_of(instrument)
        return file is not None and bool(self._folders) and file.parent == self._folders[0]

    def file_of(self, instrument: Instrument) -> Path | None:
        """The file that an instrument of this library was read from."""
        return self._read[2].get(instrument.pin)

    def place_of_copy(self, digest: str) -> Path | None:
        """Where the copy of these bytes (SHA-256, hex) belongs; None without a folder."""
        return self._kept / f"{digest}.yaml" if self._kept else None

    def copy_of(self, digest: str) -> Instrument | None:
        """The instrument of these very bytes (SHA-256, hex) as it was kept; None where it is not.

        A copy that was changed meanwhile is none. What one thread reads, another one waits for.
        """
        with self._reading:
            if digest not in self._copies:
                self._copies[digest] = self._copy(digest)
            return self._copies[digest]

    def read_ahead(self, most: int) -> None:
        """Read the copies that were kept last, so that `copy_of` has them; broken ones are left."""
        found = self._kept.glob("*.yaml") if self._kept else ()
        try:
            last = sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)
        except OSError:  # it went meanwhile: a visit will tell
            return
        for copy in last[:most]:
            self.copy_of(copy.stem)

    def _copy(self, digest: str) -> Instrument | None:
        copy = self.place_of_copy(digest)
        if copy is None:
            return None
        with _IMPORTING:
            from assessor_app.instruments.reading import load_once

        try:
            found = load_once(copy, self._loaded)
        except InstrumentFault:
            return None
        return found if found.digest == digest else None

    def forget(self) -> None:
        """Read the folders again when they are asked for: a file was added or changed."""
        self.__dict__.pop("_read", None)

    def forget_copy(self, digest: str) -> None:
        """Read this copy again when it is asked for: it was written."""
        self._copies.pop(digest, None)

    @cached_property
    def _read(
        self,
    ) -> tuple[dict[str, Instrument], dict[Path, tuple[Fault, ...]], dict[str, Path]]:
        # A third of the start of a program that may need no instrument at all.
        with _IMPORTING:
            from assessor_app.instruments.reading import check, load_once

        instruments: dict[str, Instrument] = {}
        paths: dict[str, Path] = {}
        broken: dict[Path, tuple[Fault, ...]] = {}
        for path in self._files():
            try:
                one = load_once(path, self._loaded)
            except InstrumentFault:
                broken[path] = check(path)
                continue
            first = instruments.setdefault(one.pin, one)
            paths.setdefault(one.pin, path)
            if first.digest != one.digest:
                places = {"instrument": one.pin}
                broken[path] = (Fault(str(path), 1, "id", "instrument_pin_twice", places),)
        return instruments, broken, paths

    def _files(self) -> Iterable[Path]:
        for folder in self._folders:
            yield from sorted(folder.glob("*.yaml"))
