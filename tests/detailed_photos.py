"""Photographs as heavy as real ones: a drawn office hall under a camera's grain, each its own.

At 1280 pixels the copy that a report shows has some 80 to 100 kB, as those of phones have.
"""

import random
from functools import cache
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from assessor_app.paths import resources_dir

_SHAPE = 3 / 4
_GRAIN = 6  # spread of the noise, of 256
_QUALITY = 92  # of the original, as a camera writes it


def photograph(number: int, *, side: int = 1280) -> bytes:
    """A JPEG `side` pixels wide; no two numbers give the same pixels."""
    size = (side, round(side * _SHAPE))
    chance = random.Random(number)
    scene = _hall(size).copy()
    pen = ImageDraw.Draw(scene)
    unit = side / 32
    for _ in range(14):  # what stands in the hall, elsewhere each time
        left, top = chance.uniform(0, 28) * unit, chance.uniform(6, 20) * unit
        box = (left, top, left + chance.uniform(1, 6) * unit, top + chance.uniform(1, 5) * unit)
        colour = chance.randrange(1 << 24)
        pen.rectangle(box, fill=f"#{colour:06x}", outline="#303030")
    pen.text((unit, unit), f"Loket {number + 1}", fill="#102030", font=_font(round(unit * 2)))
    moved = ImageChops.offset(_grain(size), chance.randrange(side), chance.randrange(side))
    out = BytesIO()
    ImageChops.overlay(scene, moved).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


@cache
def _hall(size: tuple[int, int]) -> Image.Image:
    """Wall, floor and light of the hall."""
    light = Image.radial_gradient("L").resize(size)
    wall = Image.composite(
        Image.new("RGB", size, "#8F8672"), Image.new("RGB", size, "#E9E3D2"), light
    )
    pen = ImageDraw.Draw(wall)
    width, height = size
    for row in range(12):  # tiles
        y = height * (0.7 + row * 0.026)
        pen.line((0, y, width, y), fill="#6F6654", width=1)
    for column in range(24):
        x = width * column / 24
        pen.line((x, height * 0.7, x * 1.6 - width * 0.3, height), fill="#6F6654", width=1)
    return wall


@cache
def _grain(size: tuple[int, int]) -> Image.Image:
    """A camera's noise, coarse enough to survive the copy's compression."""
    noise = Image.effect_noise(size, _GRAIN).filter(ImageFilter.GaussianBlur(0.6))
    return Image.merge("RGB", (noise,) * 3)


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resources_dir() / "fonts" / "NotoSans-Bold.ttf"), size)
