"""Where signatures will stand: the fields prepared before anybody signs.

All are there from the beginning. A visible field that is added after the first signature would make
that one void, because it certifies that nothing but prepared fields is filled (DocMDP level 2).
"""

from dataclasses import dataclass

LEAD_FIELD = "TTD_Asesor1"
"""The field of the assessor who leads the visit and certifies the document."""
SEAL_FIELD = "Segel_BSrE"
"""The field for a later electronic seal, empty until headquarters has it sealed."""
TIMESTAMP_FIELDS = ("StempelWaktu1", "StempelWaktu2")
"""Fields without a place on a page, for timestamps of the whole document."""
LATER_FIELDS = frozenset({SEAL_FIELD, *TIMESTAMP_FIELDS})
"""Filled at headquarters or by a server, with software of their own."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: page from 0, corners (left, bottom, right, top) in points from the page's
    lower left."""

    page: int
    corners: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        return self.corners[2] - self.corners[0]

    @property
    def height(self) -> float:
        return self.corners[3] - self.corners[1]


@dataclass(frozen=True, slots=True)
class SignatureField:
    """A field that a signature, seal or timestamp fills.

    `label` is what a screen reader says of it. `box` is None for what cannot be seen. Once a field
    with `lock` is signed, only the fields for seal and timestamps may still be filled.
    """

    name: str
    label: str
    box: Box | None
    lock: bool = False


def is_later(name: str) -> bool:
    """Whether the field is filled at headquarters, after everybody at the visit has signed."""
    return name in LATER_FIELDS
