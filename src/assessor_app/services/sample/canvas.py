"""A drawn photograph in the making: a camera in a room, and what can be put in front of it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from PIL import Image, ImageDraw, ImageFont

from assessor_app.paths import resources_dir

WIDTH: Final = 4000
HEIGHT: Final = 3000

Colour: TypeAlias = tuple[int, int, int]
Pixel: TypeAlias = tuple[float, float]

INK: Final[Colour] = (38, 50, 56)
GREY: Final[Colour] = (120, 130, 134)
PAPER: Final[Colour] = (253, 252, 248)
WALL: Final[Colour] = (239, 234, 222)
TEAL: Final[Colour] = (22, 105, 108)
WOOD: Final[Colour] = (181, 134, 92)
STEEL: Final[Colour] = (176, 186, 190)
DARK: Final[Colour] = (58, 66, 72)
BLUE: Final[Colour] = (42, 98, 150)
YELLOW: Final[Colour] = (236, 184, 66)
RED: Final[Colour] = (186, 66, 56)
GREEN: Final[Colour] = (84, 142, 92)

_FOCAL = 2500.0  # pixels: about the view of a phone's main camera
_EYE = 1.45  # metres above the floor
_HORIZON = 1330.0  # pixels from the top


def shade(colour: Colour, factor: float) -> Colour:
    """A colour in less light (below 1) or more (above 1)."""
    if factor <= 1:
        red, green, blue = (round(part * factor) for part in colour)
    else:
        red, green, blue = (round(part + (255 - part) * (factor - 1)) for part in colour)
    return red, green, blue


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(Path(resources_dir() / "fonts" / name), size)


class Picture:
    """A picture seen by a camera at eye height that looks straight ahead.

    Places are metres: x to the right of the camera, y above the floor, z away from it. Things are
    drawn over what was drawn before, so the far comes first.
    """

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), WALL)
        self.pen = ImageDraw.Draw(self.image)

    def scale(self, z: float) -> float:
        """Pixels a metre at a distance."""
        return _FOCAL / z

    def point(self, x: float, y: float, z: float) -> Pixel:
        scale = self.scale(z)
        return WIDTH / 2 + x * scale, _HORIZON + (_EYE - y) * scale

    def face(self, corners: Sequence[tuple[float, float, float]], colour: Colour) -> None:
        """A flat face through corners in space."""
        self.pen.polygon([self.point(*corner) for corner in corners], fill=colour)

    def line(
        self,
        start: tuple[float, float, float],
        end: tuple[float, float, float],
        *,
        colour: Colour,
        thick: float = 0.02,
    ) -> None:
        """A rod of `thick` metres between two places."""
        pixels = round(thick * self.scale((start[2] + end[2]) / 2))
        self.pen.line([self.point(*start), self.point(*end)], fill=colour, width=max(2, pixels))

    def panel(
        self,
        x: float,
        y: float,
        *,
        z: float,
        size: tuple[float, float],
        colour: Colour,
        round_by: float = 0,
    ) -> None:
        """A rectangle that faces the camera; x, y is its lower left corner."""
        left, bottom = self.point(x, y, z)
        right, top = self.point(x + size[0], y + size[1], z)
        box = (left, top, right, bottom)
        self.pen.rounded_rectangle(box, radius=round_by * self.scale(z), fill=colour)

    def box(
        self,
        x: float,
        y: float,
        *,
        z: float,
        size: tuple[float, float, float],
        colour: Colour,
    ) -> None:
        """A block of width, height and depth; x, y, z is its near lower left corner."""
        width, height, depth = size
        right, top, far = x + width, y + height, z + depth
        if top < _EYE:
            above = [(x, top, z), (right, top, z), (right, top, far), (x, top, far)]
            self.face(above, shade(colour, 1.28))
        if x > 0:
            side = [(x, y, z), (x, top, z), (x, top, far), (x, y, far)]
            self.face(side, shade(colour, 0.78))
        elif right < 0:
            side = [(right, y, z), (right, top, z), (right, top, far), (right, y, far)]
            self.face(side, shade(colour, 0.78))
        self.panel(x, y, z=z, size=(width, height), colour=colour)

    def disc(
        self, x: float, y: float, *, z: float, radius: float, colour: Colour, flat: float = 1.0
    ) -> None:
        """A disc that faces the camera, or lies on the floor where `flat` is small."""
        across = radius * self.scale(z)
        centre_x, centre_y = self.point(x, y, z)
        box = (
            centre_x - across,
            centre_y - across * flat,
            centre_x + across,
            centre_y + across * flat,
        )
        self.pen.ellipse(box, fill=colour)

    def shadow(self, x: float, *, z: float, size: tuple[float, float], colour: Colour) -> None:
        """What a thing of width and depth takes from the light of the floor around it."""
        width, depth = size
        right, near, far = x + width, z - 0.05, z + depth
        reach = 0.16
        corners = [(x - reach, near), (right + reach, near), (right + reach, far), (x - reach, far)]
        self.face([(a, 0.0, b) for a, b in corners], shade(colour, 0.93))

    def text(
        self,
        words: str,
        x: float,
        y: float,
        *,
        z: float,
        height: float,
        colour: Colour = INK,
        bold: bool = True,
    ) -> None:
        """Words centred on x, y; `height` is the letters' size in metres."""
        face = font(max(8, round(height * self.scale(z))), bold=bold)
        self.pen.text(self.point(x, y, z), words, font=face, fill=colour, anchor="mm")

    def sign(
        self,
        words: str,
        x: float,
        y: float,
        *,
        z: float,
        size: tuple[float, float],
        colour: Colour = TEAL,
        ink: Colour = PAPER,
    ) -> None:
        """A plate with one or more lines of words; x, y is its lower left corner."""
        width, height = size
        self.panel(x + 0.012, y - 0.018, z=z, size=size, colour=(196, 190, 178), round_by=0.02)
        self.panel(x, y, z=z, size=size, colour=colour, round_by=0.02)
        lines = words.split("\n")
        widest = max(font(100, bold=True).getlength(line) for line in lines) / 100
        letters = min(height / (len(lines) * 1.5), width * 0.86 / widest)
        for index, line in enumerate(lines):
            middle = y + height / 2 + ((len(lines) - 1) / 2 - index) * letters * 1.3
            self.text(line, x + width / 2, middle, z=z, height=letters, colour=ink)

    def hang(self, sheet: Image.Image, x: float, y: float, *, z: float) -> None:
        """A flat sheet on the wall, with its lower left corner at x, y."""
        left, bottom = self.point(x, y, z)
        self.image.paste(sheet, (round(left), round(bottom) - sheet.height))

    def pixels(self, metres: float, *, z: float) -> int:
        return round(metres * self.scale(z))

    def fade(self, box: tuple[float, float, float, float], *, top: Colour, bottom: Colour) -> None:
        """Fill left, top, right, bottom (pixels) with a colour that changes downwards."""
        left, upper, right, lower = (round(edge) for edge in box)
        height = lower - upper
        column = Image.new("RGB", (1, height))
        for row in range(height):
            part = row / max(1, height - 1)
            red, green, blue = (round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
            column.putpixel((0, row), (red, green, blue))
        self.image.paste(
            column.resize((right - left, height), Image.Resampling.NEAREST), (left, upper)
        )
