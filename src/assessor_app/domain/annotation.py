"""Signs drawn over evidence: arrows, boxes, lines, words. The original stays as it is.

Points count in ten-thousandths of the width and height of the upright picture, as those of
redaction do (domain/redaction.py); what is covered stays covered, whatever is drawn over it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from assessor_app.domain.event import Json
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.redaction import SCALE

MOST_ANNOTATIONS = 100
MOST_POINTS = 300
"""Of one line drawn by hand: enough for a signature over the whole picture."""
LONGEST_TEXT = 120
SHORTEST = 40
"""Parts of SCALE that a sign spans at least in one direction: what is smaller was a slip."""

_LINE = 0.006  # of the longer side: the width of a line
_HEAD, _HEAD_ANGLE = 0.045, 0.42  # of the longer side; radians between head and shaft
_TEXT = 0.042  # of the longer side: the height of a line of words
_ROUND = 48  # corners that an ellipse is drawn with
_FIELDS = frozenset({"kind", "ink", "page", "points"})


class Shape(StrEnum):
    """What is drawn."""

    ARROW = "arrow"
    BOX = "box"
    ELLIPSE = "ellipse"
    LINE = "line"
    FREEHAND = "freehand"
    TEXT = "text"


class Ink(StrEnum):
    """In which colour; each has a white edge, so that it is seen on any picture."""

    RED = "red"
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    BLACK = "black"


_TWO_ENDS = range(2, 3)
_POINTS: Mapping[Shape, range] = {
    Shape.TEXT: range(1, 2),
    Shape.FREEHAND: range(2, MOST_POINTS + 1),
}
"""How many points a shape has, where it has not two ends."""

INKS: Mapping[Ink, tuple[int, int, int]] = {
    Ink.RED: (200, 30, 30),
    Ink.BLUE: (20, 90, 200),
    Ink.GREEN: (20, 125, 70),
    Ink.YELLOW: (240, 180, 0),
    Ink.BLACK: (15, 15, 15),
}
"""Red, green and blue of an ink, the same on paper and on every screen."""


class Spot(NamedTuple):
    """A point of the upright picture, in parts of SCALE."""

    x: int
    y: int


class Annotation(NamedTuple):
    """One sign on a page; a photo has the page 1 only.

    An arrow, a line, a box and an ellipse have two points, words the upper left one of their line.
    """

    page: int
    shape: Shape
    points: tuple[Spot, ...]
    ink: Ink = Ink.RED
    text: str = ""


Annotations = tuple[Annotation, ...]
Line = tuple[tuple[float, float], ...]
"""Points joined by a line, in pixels."""


def drawable(annotations: Iterable[Annotation], *, pages: int) -> Annotations:
    """The signs as they may be recorded of evidence with so many pages: sorted, each once.

    Raises RecordRefused `annotation_outside`, `annotation_too_small`, `annotation_unfit`,
    `annotation_page_unknown`, `annotation_text_missing`, `annotation_text_too_long`,
    `annotations_too_many`.
    """
    found = tuple(sorted(set(annotations)))
    if len(found) > MOST_ANNOTATIONS:
        raise RecordRefused("annotations_too_many", count=len(found), limit=MOST_ANNOTATIONS)
    for one in found:
        if not 1 <= one.page <= pages:
            raise RecordRefused("annotation_page_unknown", page=one.page, pages=pages)
        _require_points(one)
        _require_text(one)
    return found


def annotations_json(annotations: Iterable[Annotation]) -> list[Json]:
    """The signs as an event holds them."""
    return [_json(one) for one in sorted(set(annotations))]


def read_annotations(held: Json) -> Annotations:
    """The signs that an event holds; none where nothing is held.

    Raises TypeError or ValueError for anything else.
    """
    if held is None:
        return ()
    if not isinstance(held, Sequence) or isinstance(held, str):
        raise TypeError("annotations are a list")
    return tuple(sorted({_annotation(one) for one in held}))


def united_annotations(values: Iterable[Json]) -> Json:
    """All that any device drew, where they drew different things; None where none has."""
    told = [value for value in values if value is not None]
    return annotations_json(one for value in told for one in read_annotations(value)) or None


def lines_of(one: Annotation, width: float, height: float) -> tuple[Line, ...]:
    """What is drawn of a sign in a picture of that many pixels; nothing of words."""
    points = [(spot.x * width / SCALE, spot.y * height / SCALE) for spot in one.points]
    match one.shape:
        case Shape.TEXT:
            return ()
        case Shape.BOX:
            (left, top), (right, bottom) = points
            around = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
            return (around,)
        case Shape.ELLIPSE:
            return (_ellipse(points[0], points[1]),)
        case Shape.ARROW:
            return (tuple(points), *_head(points[0], points[1], longer=max(width, height)))
        case Shape.LINE | Shape.FREEHAND:
            return (tuple(points),)


def line_width(width: float, height: float) -> float:
    """How wide a line is drawn in a picture of that many pixels; its white edge is half of it."""
    return max(2.0, _LINE * max(width, height))


def text_height(width: float, height: float) -> float:
    """How high words are set in a picture of that many pixels."""
    return max(10.0, _TEXT * max(width, height))


def shifted(one: Annotation, x: int, y: int) -> Annotation:
    """A sign moved by parts of SCALE, stopped at the edges of the picture."""
    xs, ys = [spot.x for spot in one.points], [spot.y for spot in one.points]
    x = min(max(x, -min(xs)), SCALE - max(xs))
    y = min(max(y, -min(ys)), SCALE - max(ys))
    return one._replace(points=tuple(Spot(spot.x + x, spot.y + y) for spot in one.points))


def _ellipse(start: tuple[float, float], end: tuple[float, float]) -> Line:
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    across, up = abs(end[0] - start[0]) / 2, abs(end[1] - start[1]) / 2
    turns = [2 * math.pi * step / _ROUND for step in range(_ROUND + 1)]
    return tuple((middle[0] + across * math.cos(t), middle[1] + up * math.sin(t)) for t in turns)


def _head(
    start: tuple[float, float], end: tuple[float, float], *, longer: float
) -> tuple[Line, ...]:
    """The two strokes at the point of an arrow; never longer than half of its shaft."""
    shaft = math.dist(start, end)
    if not shaft:
        return ()
    long = min(_HEAD * longer, shaft / 2)
    back = math.atan2(start[1] - end[1], start[0] - end[0])
    sides = [back - _HEAD_ANGLE, back + _HEAD_ANGLE]
    tips = [(end[0] + long * math.cos(turn), end[1] + long * math.sin(turn)) for turn in sides]
    return ((tips[0], end, tips[1]),)


def _require_points(one: Annotation) -> None:
    count = len(one.points)
    if count not in _POINTS.get(one.shape, _TWO_ENDS):
        raise RecordRefused("annotation_unfit", shape=one.shape.value, count=count)
    for spot in one.points:
        if not (0 <= spot.x <= SCALE and 0 <= spot.y <= SCALE):
            raise RecordRefused("annotation_outside", spot=f"{spot.x},{spot.y}", limit=SCALE)
    if one.shape is not Shape.TEXT and _span(one) < SHORTEST:
        raise RecordRefused("annotation_too_small", limit=SHORTEST)


def _span(one: Annotation) -> int:
    xs, ys = [spot.x for spot in one.points], [spot.y for spot in one.points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _require_text(one: Annotation) -> None:
    if one.shape is not Shape.TEXT:
        return
    if not one.text.strip():
        raise RecordRefused("annotation_text_missing")
    if len(one.text) > LONGEST_TEXT:
        raise RecordRefused("annotation_text_too_long", count=len(one.text), limit=LONGEST_TEXT)


def _json(one: Annotation) -> Json:
    told: dict[str, Json] = {
        "kind": one.shape.value,
        "ink": one.ink.value,
        "page": one.page,
        "points": [list(spot) for spot in one.points],
    }
    return told | {"text": one.text} if one.shape is Shape.TEXT else told


def _annotation(held: Json) -> Annotation:
    if not isinstance(held, Mapping) or not held.keys() >= _FIELDS:
        raise ValueError("not an annotation")
    shape, page, points = Shape(str(held["kind"])), held["page"], held["points"]
    wanted = _FIELDS | {"text"} if shape is Shape.TEXT else _FIELDS
    if held.keys() != wanted or not isinstance(points, Sequence) or isinstance(points, str):
        raise ValueError("not an annotation")
    found = Annotation(
        _whole(page),
        shape,
        tuple(_spot(one) for one in points),
        Ink(str(held["ink"])),
        str(held.get("text", "")),
    )
    if found.page < 1:
        raise ValueError("an annotation on no page")
    try:
        _require_points(found)
    except RecordRefused as refused:
        raise ValueError("an annotation outside of its picture") from refused
    return found


def _spot(held: Json) -> Spot:
    if not isinstance(held, Sequence) or isinstance(held, str):
        raise TypeError("a point is a pair")
    x, y = held
    return Spot(_whole(x), _whole(y))


def _whole(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a whole number")
    return value
