"""Things that stand in a service hall."""

from assessor_app.services.sample.canvas import (
    BLUE,
    DARK,
    GREEN,
    INK,
    PAPER,
    STEEL,
    WOOD,
    Colour,
    Picture,
    shade,
)
from assessor_app.services.sample.rooms import FLOOR


def counter(picture: Picture, x: float, *, z: float, width: float, colour: Colour) -> None:
    """A service counter with a wooden top."""
    picture.shadow(x, z=z, size=(width, 0.7), colour=FLOOR)
    picture.box(x, 0, z=z, size=(width, 1.02, 0.6), colour=colour)
    picture.panel(x, 0, z=z, size=(width, 0.12), colour=shade(colour, 0.7))
    picture.box(x - 0.06, 1.02, z=z - 0.06, size=(width + 0.12, 0.06, 0.7), colour=WOOD)


def monitor(picture: Picture, x: float, y: float, *, z: float) -> None:
    """The back of an officer's screen on a counter."""
    picture.panel(x + 0.2, y, z=z, size=(0.08, 0.14), colour=DARK)
    picture.panel(x, y + 0.1, z=z, size=(0.48, 0.32), colour=DARK, round_by=0.02)
    picture.panel(x + 0.17, y + 0.22, z=z, size=(0.14, 0.08), colour=shade(DARK, 1.15))


def chair(picture: Picture, x: float, *, z: float, colour: Colour = BLUE) -> None:
    """A seat that faces away from the camera."""
    for leg in (x + 0.03, x + 0.45):
        picture.line((leg, 0, z), (leg, 0.44, z), colour=STEEL, thick=0.03)
        picture.line((leg, 0, z + 0.4), (leg, 0.44, z + 0.4), colour=shade(STEEL, 0.8), thick=0.03)
    picture.box(x, 0.42, z=z, size=(0.5, 0.06, 0.45), colour=colour)
    picture.panel(x, 0.52, z=z, size=(0.5, 0.42), colour=shade(colour, 0.92), round_by=0.06)


def bench(picture: Picture, x: float, *, z: float, seats: int, colour: Colour = BLUE) -> None:
    """A row of joined seats that faces away from the camera."""
    width = seats * 0.56
    picture.shadow(x, z=z, size=(width, 0.5), colour=FLOOR)
    for leg in (x + 0.2, x + width - 0.25):
        picture.line((leg, 0, z + 0.2), (leg, 0.4, z + 0.2), colour=shade(STEEL, 0.8), thick=0.05)
    picture.box(x, 0.36, z=z + 0.15, size=(width, 0.05, 0.1), colour=STEEL)
    for seat in range(seats):
        left = x + seat * 0.56
        picture.box(left + 0.02, 0.42, z=z, size=(0.52, 0.05, 0.46), colour=colour)
        picture.panel(
            left + 0.02, 0.5, z=z, size=(0.52, 0.4), colour=shade(colour, 0.92), round_by=0.07
        )
        picture.panel(
            left + 0.08, 0.56, z=z, size=(0.4, 0.28), colour=shade(colour, 1.1), round_by=0.05
        )


def plant(picture: Picture, x: float, *, z: float) -> None:
    """A green plant in a white pot."""
    picture.shadow(x - 0.18, z=z, size=(0.36, 0.3), colour=FLOOR)
    leaves = [(-0.42, 0.95), (-0.28, 1.25), (-0.08, 1.42), (0.12, 1.38), (0.3, 1.2), (0.44, 0.9)]
    for index, (reach, height) in enumerate(leaves):
        middle = reach * 0.55
        leaf = [
            (x, 0.4, z),
            (x + middle - 0.1, height * 0.72, z),
            (x + reach, height, z),
            (x + middle + 0.1, height * 0.66, z),
        ]
        picture.face(leaf, shade(GREEN, 0.82 if index % 2 else 1.08))
    pot = [(x - 0.2, 0.42, z), (x + 0.2, 0.42, z), (x + 0.15, 0, z), (x - 0.15, 0, z)]
    picture.face(pot, (226, 222, 214))
    picture.panel(x - 0.22, 0.4, z=z, size=(0.44, 0.07), colour=(238, 235, 228))


def clock(picture: Picture, x: float, y: float, *, z: float) -> None:
    """A wall clock at ten past nine."""
    picture.disc(x, y, z=z, radius=0.19, colour=DARK)
    picture.disc(x, y, z=z, radius=0.165, colour=PAPER)
    picture.line((x, y, z), (x - 0.09, y + 0.01, z), colour=INK, thick=0.022)
    picture.line((x, y, z), (x + 0.12, y + 0.07, z), colour=INK, thick=0.014)


def frame(
    picture: Picture,
    x: float,
    y: float,
    *,
    z: float,
    size: tuple[float, float],
    colour: Colour = WOOD,
) -> None:
    """A picture frame with its shadow; what it frames is drawn inside of it afterwards."""
    border = 0.045
    outer = (size[0] + 2 * border, size[1] + 2 * border)
    picture.panel(x - border + 0.02, y - border - 0.03, z=z, size=outer, colour=(206, 199, 186))
    picture.panel(x - border, y - border, z=z, size=outer, colour=colour)
    picture.panel(
        x - 0.012,
        y - 0.012,
        z=z,
        size=(size[0] + 0.024, size[1] + 0.024),
        colour=shade(colour, 0.75),
    )
    picture.panel(x, y, z=z, size=size, colour=PAPER)


def wheelchair(
    picture: Picture, x: float, y: float, *, z: float, height: float, colour: Colour = BLUE
) -> None:
    """The sign of access, centred on x, y."""
    unit = height / 10

    def at(across: float, up: float) -> tuple[float, float, float]:
        return x + across * unit, y + up * unit, z

    picture.disc(x - unit, y + 4.2 * unit, z=z, radius=0.9 * unit, colour=colour)
    strokes = (
        ((-1, 3), (-1, -0.4)),
        ((-1, 1.6), (1.8, 1.6)),
        ((-1, -0.4), (1.9, -0.4)),
        ((1.9, -0.4), (3.2, -3.6)),
        ((3.2, -3.6), (4.4, -3.2)),
    )
    for start, end in strokes:
        picture.line(at(*start), at(*end), colour=colour, thick=unit * 0.95)
    left, top = picture.point(*at(-4.2, 2.0))
    right, bottom = picture.point(*at(2.2, -4.4))
    width = max(2, round(unit * 0.95 * picture.scale(z)))
    picture.pen.arc((left, top, right, bottom), 20, 250, fill=colour, width=width)
