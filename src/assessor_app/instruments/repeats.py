"""Names that stand twice where each may stand once."""

from collections.abc import Iterable, Iterator

from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath, shown


def repeats(document: Document, named: Iterable[tuple[KeyPath, str]]) -> Iterator[Fault]:
    """A fault at every name but the first of its kind, which says where the first one stands."""
    first: dict[str, KeyPath] = {}
    for path, name in named:
        if name in first:
            place = document.place(first[name])
            yield document.fault(path, "instrument_entry_twice", name=shown(name), first=place)
        first.setdefault(name, path)
