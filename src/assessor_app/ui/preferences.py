"""What is chosen before a store is open: language, colours, letters. Nothing of any visit."""

import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from assessor_app.texts import Language
from assessor_app.ui.theme import TEXT_SIZES, Theme

_FILE = "window.json"
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Look:
    """How the window speaks and looks; `text` is the size of letters in percent."""

    language: Language
    theme: Theme
    text: int


@dataclass(frozen=True, slots=True)
class Preferences:
    """None stands for: as the surroundings say.

    `geometry` is where the window stood, as Qt writes it down, in base64.
    """

    language: Language | None = None
    theme: Theme | None = None
    text: int = TEXT_SIZES[0]
    geometry: str | None = None


def read_preferences(home: Path) -> Preferences:
    """What was chosen last; what is missing or damaged in the file is as if never chosen."""
    told: object = None
    with contextlib.suppress(OSError, ValueError, RecursionError):
        told = json.loads((home / _FILE).read_text(encoding="utf-8"))
    fields = told if isinstance(told, dict) else {}
    return Preferences(
        language=_read(lambda told: Language(str(told)), fields.get("language")),
        # The older name held a scheme; all schemes are themes.
        theme=_read(lambda told: Theme(str(told)), fields.get("theme", fields.get("scheme"))),
        text=_read(_text_size, fields.get("text")) or TEXT_SIZES[0],
        geometry=_read(_letters, fields.get("geometry")),
    )


def write_preferences(home: Path, preferences: Preferences) -> None:
    """Keep a choice; where the disk refuses, the choice holds until the window closes."""
    with contextlib.suppress(OSError):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = home / f"{_FILE}.new"
        draft.write_text(json.dumps(asdict(preferences)), encoding="utf-8")
        draft.replace(home / _FILE)


def _read(kind: Callable[[object], _Value], told: object) -> _Value | None:
    with contextlib.suppress(ValueError, TypeError):
        return kind(told) if told is not None else None
    return None


def _text_size(told: object) -> int:
    """One of the sizes that are offered: any other would come from nowhere."""
    if not isinstance(told, int) or told not in TEXT_SIZES:
        raise ValueError(told)
    return int(told)


def _letters(told: object) -> str:
    if not isinstance(told, str) or not told.isascii():
        raise ValueError(told)
    return told
