"""What the surroundings decide: where the store is and which language is spoken."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor_app.paths import default_home
from assessor_app.texts import Language

HOME = "ASSESSOR_HOME"
LANGUAGE = "ASSESSOR_LANG"
RECOVERY_KEY = "ASSESSOR_RECOVERY_KEY"


@dataclass(frozen=True, slots=True)
class Settings:
    """`recovery_key` is the file of headquarters' public key, where one is configured."""

    home: Path
    language: Language
    recovery_key: Path | None = None


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this run; an unknown language falls back to Indonesian."""
    told = environment.get(LANGUAGE, "")
    recovery = environment.get(RECOVERY_KEY)
    known = [language.value for language in Language]
    return Settings(
        home=Path(environment[HOME]) if environment.get(HOME) else default_home(),
        language=Language(told) if told in known else Language.INDONESIAN,
        recovery_key=Path(recovery) if recovery else None,
    )
