"""Scenes of the way in, and of facilities for users with special needs."""

from assessor_app.services.sample.canvas import (
    BLUE,
    INK,
    PAPER,
    STEEL,
    TEAL,
    WOOD,
    YELLOW,
    Colour,
    Picture,
    shade,
)
from assessor_app.services.sample.furniture import plant, wheelchair
from assessor_app.services.sample.rooms import glass_door, hedge, near_wall, outdoors, window

_FRONT = 5.4  # metres to the building
_DOOR = 2.55  # metres to a toilet's door
_SILL = 0.48
_RAMP = 3.2
_CONCRETE = (206, 200, 188)


def ramp() -> Picture:
    """An entrance with a gentle ramp and a handrail beside its steps."""
    picture = _entrance()
    hedge(picture, -3.9, z=_FRONT - 0.3, width=1.5)
    _steps(picture, x=-2.2, width=1.95)
    near, far, foot = _FRONT - 1.2, _FRONT, -0.25 + _RAMP
    _rail(picture, z=far - 0.05, colour=STEEL)
    top, bottom = (-0.25, _SILL), (foot, 0.0)
    slope = [(*top, near), (*bottom, near), (*bottom, far), (*top, far)]
    picture.face(slope, shade(_CONCRETE, 1.3))
    picture.face([(-0.25, 0, near), (*top, near), (*bottom, near)], shade(_CONCRETE, 0.8))
    guide = [(-0.2, _SILL - 0.01, near + 0.5), (foot, 0.0, near + 0.5)]
    guide += [(foot, 0.0, near + 0.72), (-0.2, _SILL - 0.01, near + 0.72)]
    picture.face(guide, YELLOW)
    _rail(picture, z=near + 0.05, colour=shade(STEEL, 0.76))
    picture.panel(2.9, 1.5, z=_FRONT, size=(0.5, 0.5), colour=BLUE, round_by=0.04)
    wheelchair(picture, 3.12, 1.74, z=_FRONT, height=0.38, colour=PAPER)
    return picture


def entrance_with_steps() -> Picture:
    """An entrance with steps, no ramp and no handrail."""
    picture = _entrance()
    hedge(picture, -3.9, z=_FRONT - 0.3, width=1.5)
    hedge(picture, 0.4, z=_FRONT - 0.3, width=3.4)
    _steps(picture, x=-2.2, width=2.5)
    return picture


def accessible_toilet() -> Picture:
    """The door of an accessible toilet."""
    picture = near_wall(z=_DOOR)
    _door(picture, -0.62, width=1.24, z=_DOOR)
    picture.sign("TOILET DIFABEL", -0.45, 1.72, z=_DOOR, size=(0.9, 0.16), colour=BLUE)
    picture.panel(-0.22, 1.2, z=_DOOR, size=(0.44, 0.44), colour=PAPER, round_by=0.03)
    wheelchair(picture, -0.02, 1.415, z=_DOOR, height=0.34)
    picture.panel(-0.5, 0.84, z=_DOOR, size=(0.5, 0.06), colour=STEEL, round_by=0.03)
    picture.panel(0.42, 0.92, z=_DOOR, size=(0.05, 0.2), colour=STEEL, round_by=0.02)
    plant(picture, -1.3, z=2.5)
    return picture


def staff_toilet() -> Picture:
    """A toilet that users may not use: locked, for staff."""
    picture = near_wall(z=_DOOR)
    _door(picture, -0.5, width=1.0, z=_DOOR)
    picture.sign("TOILET", -0.3, 1.66, z=_DOOR, size=(0.6, 0.2))
    picture.panel(-0.3, 1.18, z=_DOOR, size=(0.6, 0.3), colour=PAPER)
    picture.text("KHUSUS", 0, 1.385, z=_DOOR, height=0.085)
    picture.text("PEGAWAI", 0, 1.27, z=_DOOR, height=0.085)
    picture.disc(0.36, 0.98, z=_DOOR, radius=0.035, colour=STEEL)
    picture.panel(0.3, 0.82, z=_DOOR, size=(0.13, 0.11), colour=YELLOW, round_by=0.015)
    left, top = picture.point(0.32, 0.99, _DOOR)
    right, bottom = picture.point(0.41, 0.9, _DOOR)
    picture.pen.arc((left, top, right, bottom), 180, 360, fill=INK, width=16)
    return picture


def _entrance() -> Picture:
    picture = outdoors(z=_FRONT, sill=_SILL)
    picture.sign("KANTOR PELAYANAN", -2.5, 2.86, z=_FRONT, size=(3.0, 0.36))
    glass_door(picture, -1.9, z=_FRONT, sill=_SILL)
    window(picture, -3.7, 1.3, z=_FRONT)
    window(picture, 0.9, 1.3, z=_FRONT)
    return picture


def _steps(picture: Picture, *, x: float, width: float) -> None:
    """Three steps up to the sill; the lowest is nearest."""
    count = 3
    for number in range(count, 0, -1):
        height = _SILL * number / count
        z = _FRONT - 0.5 - (count - number) * 0.35
        riser, tread = shade(_CONCRETE, 0.72), shade(_CONCRETE, 1.1 + 0.12 * number)
        picture.box(x, 0, z=z, size=(width, height, _FRONT - z), colour=riser)
        corners = [(x, z), (x + width, z), (x + width, _FRONT), (x, _FRONT)]
        picture.face([(a, height, b) for a, b in corners], tread)


def _rail(picture: Picture, *, z: float, colour: Colour) -> None:
    """A handrail that follows the ramp."""
    start, end = (-0.25, _SILL + 0.85, z), (-0.25 + _RAMP, 0.85, z)
    for post in range(6):
        x = -0.23 + post * (_RAMP - 0.04) / 5
        foot = _SILL * (1 - (x + 0.25) / _RAMP)
        picture.line((x, foot, z), (x, foot + 0.85, z), colour=shade(colour, 0.9), thick=0.04)
    picture.line(start, end, colour=colour, thick=0.06)


def _door(picture: Picture, x: float, *, width: float, z: float) -> None:
    picture.panel(x - 0.08, 0, z=z, size=(width + 0.16, 2.02), colour=shade(WOOD, 0.7))
    picture.panel(x, 0.02, z=z, size=(width, 1.94), colour=shade(WOOD, 1.12))
    picture.panel(x, 0.02, z=z, size=(width, 0.14), colour=shade(TEAL, 1.2))
