"""A text in both languages, and where a fact comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a weight, text or bound comes from, and whether it was read there.

    `verified` is true for confidence A only (method.md); B and C ship unverified.
    """

    verified: bool
    note: str
    note_en: str = ""
