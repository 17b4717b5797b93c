"""What is wrong in an instrument file, with the place where its author can mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from assessor_app.texts import Language, say

KeyPath: TypeAlias = tuple[str | int, ...]

_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file; `line` counts from 1 and is None where no line can be named.

    `code` names the sentence `problems.<code>`; `places` fills it.
    """

    file: str
    line: int | None
    key: str
    code: str
    places: Mapping[str, object] = field(default_factory=dict)

    def told(self, language: Language) -> str:
        """The fault as one sentence that begins with its place."""
        places = {"file": self.file, "line": self.line, "key": self.key} | dict(self.places)
        sentence = say(language, f"problems.{self.code}", **places)
        if self.line is None:
            return sentence
        at = "instrument_fault_at_key" if self.key else "instrument_fault_at_line"
        place = {"file": self.file, "line": self.line, "key": self.key}
        return say(language, f"problems.{at}", sentence=sentence, **place)


def key_text(path: KeyPath) -> str:
    """A key path as an author reads it: `dimensions[0].variables[2].name`."""
    joined = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return joined.removeprefix(".")


def shown(value: object) -> str:
    """A value short enough to stand inside of a sentence."""
    text = str(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…"
