"""What is chosen before a store is open: language and light or dark. Nothing of any visit."""

import contextlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from assessor_app.texts import Language
from assessor_app.ui.theme import Scheme

_FILE = "window.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """None stands for: as the surroundings say."""

    language: Language | None = None
    scheme: Scheme | None = None


def read_preferences(home: Path) -> Preferences:
    """What was chosen last; nothing where the file is missing or damaged."""
    found = Preferences()
    with contextlib.suppress(OSError, ValueError, TypeError):
        told = json.loads((home / _FILE).read_text(encoding="utf-8"))
        found = replace(found, language=Language(told["language"])) if told["language"] else found
        found = replace(found, scheme=Scheme(told["scheme"])) if told["scheme"] else found
    return found


def write_preferences(home: Path, preferences: Preferences) -> None:
    """Keep a choice; where the disk refuses, the choice holds until the window closes."""
    with contextlib.suppress(OSError):
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = home / f"{_FILE}.new"
        draft.write_text(json.dumps(asdict(preferences)), encoding="utf-8")
        draft.replace(home / _FILE)
