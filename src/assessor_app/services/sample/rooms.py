"""The places the sample's scenes stand in: a service hall, a wall close by, a building's front."""

from assessor_app.services.sample.canvas import (
    GREEN,
    HEIGHT,
    INK,
    TEAL,
    WIDTH,
    Colour,
    Picture,
    shade,
)

FLOOR: Colour = (216, 209, 196)
_HALF = 3.4  # metres from the middle of a hall to its side walls
_CEILING = 2.95
HALL_DEPTH = 5.4


def hall(wall: Colour = (240, 235, 224), *, stripe: Colour = TEAL) -> Picture:
    """A service hall with a tiled floor and lamps; its back wall is `HALL_DEPTH` metres away."""
    picture = Picture()
    z, near = HALL_DEPTH, 1.0
    left, top = picture.point(-_HALF, _CEILING, z)
    right, bottom = picture.point(_HALF, 0, z)
    picture.face(
        [(-20, _CEILING, near), (20, _CEILING, near), (20, _CEILING, z), (-20, _CEILING, z)],
        (250, 248, 243),
    )
    _tiles(picture, z)
    picture.fade((left, top, right, bottom), top=shade(wall, 1.35), bottom=wall)
    for side in (-_HALF, _HALF):
        corners = [(side, 0, near), (side, _CEILING, near), (side, _CEILING, z), (side, 0, z)]
        picture.face(corners, shade(wall, 0.94))
        band = [(side, 1.0, near), (side, 1.1, near), (side, 1.1, z), (side, 1.0, z)]
        picture.face(band, shade(stripe, 0.94))
        foot = [(side, 0, near), (side, 0.1, near), (side, 0.1, z), (side, 0, z)]
        picture.face(foot, shade(stripe, 0.8))
    picture.panel(-_HALF, 1.0, z=z, size=(2 * _HALF, 0.1), colour=stripe)
    picture.panel(-_HALF, 0, z=z, size=(2 * _HALF, 0.1), colour=shade(stripe, 0.85))
    for x in (-1.9, 0.9):
        _lamp(picture, x)
    return picture


def near_wall(wall: Colour = (236, 231, 219), *, z: float) -> Picture:
    """A wall as close as one stands to read a notice."""
    picture = Picture()
    picture.fade((0, 0, WIDTH, HEIGHT), top=shade(wall, 1.4), bottom=shade(wall, 0.97))
    picture.panel(-5, 1.0, z=z, size=(10, 0.09), colour=TEAL)
    _, floor = picture.point(0, 0, z)
    if floor < HEIGHT:
        _tiles(picture, z)
        picture.panel(-5, 0, z=z, size=(10, 0.11), colour=shade(TEAL, 0.85))
    return picture


def outdoors(*, z: float, sill: float) -> Picture:
    """The front of an office in the morning; `sill` is the height of its door above ground."""
    picture = Picture()
    _, horizon = picture.point(0, 0, 40)
    picture.fade((0, 0, WIDTH, horizon), top=(150, 196, 224), bottom=(226, 238, 242))
    picture.fade((0, horizon, WIDTH, HEIGHT), top=(176, 170, 158), bottom=(202, 197, 186))
    row = 1.1
    while row < z:
        picture.line((-12, 0, row), (12, 0, row), colour=(168, 162, 150), thick=0.014)
        row += 0.5
    for x in range(-8, 9):
        picture.line((x * 0.8, 0, 1.1), (x * 0.8, 0, z), colour=(168, 162, 150), thick=0.014)
    front = (238, 229, 208)
    picture.panel(-4.1, 0, z=z, size=(8.2, 3.6), colour=front)
    picture.panel(-4.1, 0, z=z, size=(8.2, sill + 0.16), colour=(138, 126, 116))
    picture.panel(-4.1, 3.3, z=z, size=(8.2, 0.2), colour=shade(front, 0.86))
    picture.panel(-4.3, 3.45, z=z - 0.1, size=(8.6, 0.3), colour=(168, 86, 64))
    return picture


def hedge(picture: Picture, x: float, *, z: float, width: float) -> None:
    """A low hedge before a wall."""
    count = round(width / 0.24)
    for tone, lift in ((0.78, 0.0), (0.95, 0.07)):
        for index in range(count):
            middle = x + (index + 0.5) * width / count
            height = 0.24 + lift + 0.04 * (index % 3)
            picture.disc(middle, height, z=z, radius=0.2, colour=shade(GREEN, tone))
    picture.panel(x, 0, z=z, size=(width, 0.26), colour=shade(GREEN, 0.78))


def glass_door(picture: Picture, x: float, *, z: float, sill: float) -> None:
    """A double glass door, 1.8 metres wide."""
    picture.panel(x - 0.08, sill, z=z, size=(1.96, 2.28), colour=shade(TEAL, 0.8))
    for leaf in (x, x + 0.92):
        picture.panel(leaf, sill + 0.06, z=z, size=(0.88, 2.14), colour=(176, 206, 212))
        shine = [(leaf + 0.1, sill + 0.3), (leaf + 0.3, sill + 0.3), (leaf + 0.7, sill + 2.0)]
        shine.append((leaf + 0.5, sill + 2.0))
        picture.face([(a, b, z) for a, b in shine], (196, 220, 224))
    for handle in (x + 0.8, x + 0.98):
        picture.panel(handle, sill + 0.9, z=z, size=(0.03, 0.4), colour=INK)


def window(picture: Picture, x: float, y: float, *, z: float) -> None:
    """A window of two panes, 1.3 by 1.1 metres."""
    picture.panel(x, y, z=z, size=(1.3, 1.1), colour=(250, 249, 244))
    for pane in (x + 0.06, x + 0.68):
        picture.panel(pane, y + 0.06, z=z, size=(0.56, 0.98), colour=(168, 200, 208))


def _tiles(picture: Picture, z: float) -> None:
    near, line = 1.0, shade(FLOOR, 0.9)
    picture.face([(-20, 0, near), (20, 0, near), (20, 0, z), (-20, 0, z)], FLOOR)
    for column in range(-12, 13):
        x = column * 0.6
        picture.line((x, 0, near), (x, 0, z), colour=line, thick=0.012)
    row = near
    while row < z:
        picture.line((-20, 0, row), (20, 0, row), colour=line, thick=0.012)
        row += 0.6


def _lamp(picture: Picture, x: float) -> None:
    y = _CEILING - 0.01
    for inset, colour in ((0.06, (222, 220, 212)), (0.0, (255, 254, 246))):
        corners = [(x - inset, 2.9 - inset), (x + 1.0 + inset, 2.9 - inset)]
        corners += [(x + 1.0 + inset, 3.3 + inset), (x - inset, 3.3 + inset)]
        picture.face([(a, y, b) for a, b in corners], colour)
