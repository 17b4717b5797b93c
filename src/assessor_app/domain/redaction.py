"""Redaction layers: which parts of a picture no hand-out shows, and why."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from assessor_app.domain.event import Json
from assessor_app.domain.problem import RecordRefused

SCALE = 10_000
"""A box counts in ten-thousandths of the width and height of the picture as it stands upright."""

SMALLEST = 20
"""So many of them a box has at least each way: what is smaller was a slip and hides nothing."""

MOST_LAYERS = 200

_KIND = "redaction"
_FIELDS = frozenset({"kind", "why", "page", "box"})


class Why(StrEnum):
    """Whom or what a layer protects (UU 27/2022 art. 4: health and children are specific data)."""

    FACE = "face"
    NAME = "name"
    PHONE = "phone"
    CHILD = "child"
    HEALTH = "health"
    OTHER = "other"


class Box(NamedTuple):
    """A rectangle in the upright picture, from its upper left corner, in parts of `SCALE`."""

    left: int
    top: int
    right: int
    bottom: int


class Layer(NamedTuple):
    """One covered rectangle on a page; a photo has the page 1 only."""

    page: int
    box: Box
    why: Why


Layers = tuple[Layer, ...]


def placed(layers: Iterable[Layer], *, pages: int) -> Layers:
    """The layers as they may be recorded of evidence with so many pages: sorted, each once.

    Raises RecordRefused `layer_outside`, `layer_too_small`, `layer_page_unknown`,
    `layers_too_many`.
    """
    found = tuple(sorted(set(layers)))
    if len(found) > MOST_LAYERS:
        raise RecordRefused("layers_too_many", count=len(found), limit=MOST_LAYERS)
    for one in found:
        _require_inside(one.box)
        if not 1 <= one.page <= pages:
            raise RecordRefused("layer_page_unknown", page=one.page, pages=pages)
    return found


def layers_json(layers: Iterable[Layer]) -> list[Json]:
    """The layers as an event holds them."""
    return [
        {"kind": _KIND, "why": one.why.value, "page": one.page, "box": list(one.box)}
        for one in sorted(set(layers))
    ]


def read_layers(held: Json) -> Layers:
    """The layers that an event holds; none where nothing is held.

    Raises TypeError or ValueError for anything else: what cannot be read cannot be covered, and
    no page may be made without it.
    """
    if held is None:
        return ()
    if not isinstance(held, Sequence) or isinstance(held, str):
        raise TypeError("layers are a list")
    return tuple(sorted({_layer(one) for one in held}))


def united_layers(values: Iterable[Json]) -> Json:
    """What is covered where devices covered different parts: all that any of them did.

    None where none of them has looked for anything to cover.
    """
    told = [value for value in values if value is not None]
    return layers_json(one for value in told for one in read_layers(value)) if told else None


def on_page(layers: Iterable[Layer], page: int) -> tuple[Box, ...]:
    """The boxes of one page."""
    return tuple(one.box for one in layers if one.page == page)


def _require_inside(box: Box) -> None:
    left, top, right, bottom = box
    if not (0 <= left < right <= SCALE and 0 <= top < bottom <= SCALE):
        raise RecordRefused("layer_outside", box=_told(box), limit=SCALE)
    if right - left < SMALLEST or bottom - top < SMALLEST:
        raise RecordRefused("layer_too_small", box=_told(box), limit=SMALLEST)


def _told(box: Box) -> str:
    return ",".join(str(one) for one in box)


def _layer(held: Json) -> Layer:
    if not isinstance(held, Mapping) or held.keys() != _FIELDS or held["kind"] != _KIND:
        raise ValueError("not a redaction layer")
    page, box = held["page"], held["box"]
    if not isinstance(box, Sequence) or isinstance(box, str):
        raise TypeError("a box is a list")
    corners = [_whole(one) for one in box]
    found = Layer(_whole(page), Box(*corners), Why(str(held["why"])))
    left, top, right, bottom = found.box
    if not (0 <= left < right <= SCALE and 0 <= top < bottom <= SCALE and found.page >= 1):
        raise ValueError("a box outside of its picture")
    return found


def _whole(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value
