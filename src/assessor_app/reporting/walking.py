"""Every dictionary of a PDF that others gave us, met once and without recursion."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream


@dataclass(frozen=True, slots=True)
class Met:
    """A dictionary, or that of a stream, with the names of its entries."""

    entries: Dictionary | Stream
    names: frozenset[str]

    def named(self, key: str) -> str:
        """The name under a key without its slash, empty where there is none."""
        value = self.entries.get(key) if key in self.names else None
        return str(value)[1:] if isinstance(value, Name) else ""


def dictionaries(pdf: Pdf) -> Iterator[Met]:
    """All of them, those inside of others too, one at a time: a hostile file has millions."""
    for top in pdf.objects:
        waiting: list[Object] = [top]
        while waiting:
            found = waiting.pop()
            if isinstance(found, (Dictionary, Stream)):
                met = Met(found, frozenset(found.keys()))
                yield met
                inner: Iterable[object] = (found[name] for name in met.names)
            elif isinstance(found, Array):
                inner = found
            else:
                continue
            waiting += [value for value in inner if _is_direct_container(value)]  # type: ignore[misc]  # pikepdf has no type for what an array holds


def _is_direct_container(value: object) -> bool:
    """Indirect objects are met in their own right, so nothing is walked twice or for ever."""
    return isinstance(value, (Dictionary, Array)) and not value.is_indirect
