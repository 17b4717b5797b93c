"""Signs burnt into the copy of a picture: lines with a white edge, and words."""

from collections.abc import Iterable
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from assessor_app.domain.annotation import (
    INKS,
    Annotation,
    Shape,
    line_width,
    lines_of,
    text_height,
)
from assessor_app.domain.redaction import SCALE
from assessor_app.paths import resources_dir

_WHITE = (255, 255, 255)
_FINER = 3  # times larger that signs are drawn, so that their edges are smooth
_LARGEST = 4096  # pixels of the longer side that signs are drawn at: a large picture is fine itself
_SMALLEST_TEXT = 8  # pixels


def draw(picture: Image.Image, annotations: Iterable[Annotation]) -> None:
    """Draw signs over an RGB picture, which is changed."""

    listed = tuple(annotations)
    if not listed:
        return
    width, height = picture.size
    times = max(1, min(_FINER, _LARGEST // max(width, height)))
    finer = Image.new("RGBA", (width * times, height * times), (0, 0, 0, 0))
    pen = ImageDraw.Draw(finer)
    for one in listed:
        if one.shape is Shape.TEXT:
            _write(pen, one, finer.size)
        else:
            _stroke(pen, one, finer.size)
    layer = finer.resize((width, height), Image.Resampling.BOX)
    picture.paste(layer, (0, 0), layer)


def _stroke(pen: ImageDraw.ImageDraw, one: Annotation, size: tuple[int, int]) -> None:
    """All white edges first, so that none lies over a line of the same sign."""
    wide = line_width(*size)
    for colour, thick in ((_WHITE, 2 * wide), (INKS[one.ink], wide)):
        for line in lines_of(one, *size):
            pen.line(line, fill=(*colour, 255), width=round(thick), joint="curve")
            for x, y in line:
                half = thick / 2
                pen.ellipse((x - half, y - half, x + half, y + half), fill=(*colour, 255))


def _write(pen: ImageDraw.ImageDraw, one: Annotation, size: tuple[int, int]) -> None:
    """One line of words, made smaller and moved to the left until it stands in the picture."""
    width, height = size
    high = text_height(*size)
    edge = max(1, round(high / 7))
    while True:
        font = _font(round(high))
        long = pen.textlength(one.text, font=font) + 2 * edge
        if long <= width or high <= _SMALLEST_TEXT:
            break
        high = max(_SMALLEST_TEXT, min(high - 1, high * width / long))
    spot = one.points[0]
    left = max(edge, min(spot.x * width / SCALE, width - long))
    top = max(edge, min(spot.y * height / SCALE, height - high * 1.4))
    ink = (*INKS[one.ink], 255)
    pen.text(
        (left, top), one.text, font=font, fill=ink, stroke_width=edge, stroke_fill=(*_WHITE, 255)
    )


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:

    return ImageFont.truetype(str(resources_dir() / "fonts" / "NotoSans-Bold.ttf"), size)
