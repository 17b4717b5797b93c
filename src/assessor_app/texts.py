"""The product's sentences outside of Qt, Indonesian and English, by name and with named places."""

import tomllib
from enum import StrEnum
from functools import cache

from assessor_app.paths import resources_dir


class Language(StrEnum):
    INDONESIAN = "id"
    ENGLISH = "en"


@cache
def catalogue(room: str, language: Language) -> dict[str, str]:
    """All sentences of one room, flat: table names are joined to keys with a dot.

    The files are `resources/texts/<room>.<language>.toml`, or for a large catalogue all
    `resources/texts/<room>.d/*.<language>.toml`; a test holds the languages to the same keys
    and places.
    """
    folder = resources_dir() / "texts"
    files = [folder / f"{room}.{language}.toml", *(folder / f"{room}.d").glob(f"*.{language}.toml")]
    flat: dict[str, str] = {}
    for file in files:
        if file.exists():
            flat |= _flatten(tomllib.loads(file.read_text(encoding="utf-8")), prefix="")
    return flat


def say(language: Language, name: str, /, **places: object) -> str:
    """The sentence called `room.key`, with its named places filled.

    Raises KeyError for a sentence or place that does not exist: a mistake in the program.
    """
    room, _, key = name.partition(".")
    # A large catalogue is read file by file where its files are named by what they speak of: the
    # window's first page needs two of them.
    part = catalogue(f"{room}.d/{key.partition('.')[0]}", language)
    sentence = part[key] if key in part else catalogue(room, language)[key]
    return sentence.format_map(places)


def read_ahead(room: str, language: Language) -> None:
    """Read all sentences of a room, whole and file by file, so that `say` has them at once."""
    catalogue(room, language)
    for file in (resources_dir() / "texts" / f"{room}.d").glob(f"*.{language}.toml"):
        catalogue(f"{room}.d/{file.name.partition('.')[0]}", language)


def _flatten(table: dict[str, object], *, prefix: str) -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, prefix=f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = str(value)
    return flat
