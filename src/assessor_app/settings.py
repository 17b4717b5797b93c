"""What the surroundings decide: where the store is and which language is spoken."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor_app.paths import default_home
from assessor_app.texts import Language

HOME = "ASSESSOR_HOME"
LANGUAGE = "ASSESSOR_LANG"


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path
    language: Language


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this run; an unknown language falls back to Indonesian."""
    told = environment.get(LANGUAGE, "")
    known = [language.value for language in Language]
    return Settings(
        home=Path(environment[HOME]) if environment.get(HOME) else default_home(),
        language=Language(told) if told in known else Language.INDONESIAN,
    )
