"""The short names of kinds of offices that the product brings: `resources/short_names.toml`."""

import tomllib
from functools import cache

from assessor_app.domain.short_names import AlsoCalled, ShortNames
from assessor_app.paths import resources_dir


@cache
def short_names() -> ShortNames:
    """Read once; searched only: nothing of it is ever shown or recorded."""
    told = (resources_dir() / "short_names.toml").read_text(encoding="utf-8")
    kinds = tomllib.loads(told)["office"]
    return ShortNames(AlsoCalled(tuple(one["short"]), tuple(one["long"])) for one in kinds)
