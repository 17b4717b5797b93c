"""Where the product finds its own files and keeps the assessor's."""

from functools import cache
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).parent


@cache
def resources_dir() -> Path:
    """The shipped data: inside the package when installed, beside `src/` in a checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"


def manual_dir() -> Path:
    """The manual, a folder for each language: inside the package when installed, else in docs/."""
    installed = _PACKAGE / "manual"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "docs" / "manual"


def default_home() -> Path:
    """Where the store lives unless `--home` or `ASSESSOR_HOME` says otherwise."""
    return Path(platformdirs.user_data_dir("assessor-app", appauthor=False))
