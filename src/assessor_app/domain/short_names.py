"""Short names of kinds of offices: what an office is looked for by, and is never called."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessor_app.domain.folding import folded

_JOINING = frozenset({"dan", "dengan"})
"""Words that are written or left out, as is "&"."""


@dataclass(frozen=True, slots=True)
class AlsoCalled:
    """Short and long names of one kind of office: whoever types one means the others too."""

    short: tuple[str, ...]
    long: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    """The words that must all stand in a name, and what it is looked for by then."""

    words: frozenset[str]
    others: tuple[str, ...]


class ShortNames:
    """All that are known; asking for one of ten thousand offices takes some microseconds."""

    def __init__(self, kinds: Iterable[AlsoCalled] = ()) -> None:
        self._by_word: dict[str, list[_Fit]] = {}
        for kind in kinds:
            for name in kind.long:
                self._put(name, kind.short)
            for name in kind.short:
                self._put(name, (*kind.long, *kind.short))

    def _put(self, name: str, others: tuple[str, ...]) -> None:
        words = _words(name)
        telling = max(words, key=len)  # of its words the one that the fewest offices bear
        self._by_word.setdefault(telling, []).append(_Fit(frozenset(words), others))

    def of(self, *names: str) -> tuple[str, ...]:
        """What an office of these names is searched by too.

        A name of a kind fits where all of its words stand in one of the office's, in any order.
        """
        found: dict[str, None] = {}
        for name in names:
            words = _words(name)
            for word in words:
                for fit in self._by_word.get(word, ()):
                    if fit.words.issubset(words):
                        found |= dict.fromkeys(fit.others)
        return tuple(found)


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in folded(name).split() if word not in _JOINING)
