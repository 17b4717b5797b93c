"""Values of JSON that others wrote, taken strictly: what is not as it should be raises."""

import re

from assessor_app.domain.event import Json

_HEX32 = re.compile(r"[0-9a-f]{64}")


def as_text(value: object) -> str:
    """Raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def as_list(value: object) -> list[Json]:
    """Raises TypeError."""
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def as_object(value: object) -> dict[str, Json]:
    """Raises TypeError."""
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is no object")
    return value


def as_count(value: object) -> int:
    """A whole number from 0. Raises ValueError."""
    if type(value) is not int or value < 0:
        raise ValueError(f"{value!r} is no count")
    return value


def as_hex32(value: object) -> str:
    """32 bytes as small hex digits: a hash, a public key. Raises ValueError or TypeError."""
    text = as_text(value)
    if not _HEX32.fullmatch(text):
        raise ValueError(f"{text!r} is not 32 bytes in hex")
    return text
