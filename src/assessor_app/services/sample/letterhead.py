"""The sample office's letterhead, for a store that holds nothing but the sample."""

from pathlib import Path

from PIL import Image, ImageDraw

from assessor_app.services.enrolment import Workplace
from assessor_app.services.sample.canvas import TEAL, YELLOW
from assessor_app.services.sample.visit import SampleLetterhead
from assessor_app.services.store_settings import change_settings

_SIDE = 600
_SHIELD = ((300, 10), (560, 110), (530, 380), (300, 590), (70, 380), (40, 110))
_WITHIN = ((300, 62), (508, 142), (483, 360), (300, 528), (117, 360), (92, 142))
_TICK = ((185, 290), (275, 385), (425, 205))
_TICK_WIDE = 58


def head(workplace: Workplace, sample: SampleLetterhead, *, folder: Path) -> None:
    """Set address, contact and a drawn logo; nobody's real emblem is used.

    Raises as `change_settings`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    logo = folder / "logo.png"
    _drawn().save(logo)
    change_settings(
        workplace,
        letterhead_address="\n".join(sample.address),
        letterhead_contact=sample.contact,
        letterhead_logo=logo,
    )


def _drawn() -> Image.Image:
    """A shield with a tick."""
    picture = Image.new("RGB", (_SIDE, _SIDE), "white")
    pen = ImageDraw.Draw(picture)
    pen.polygon(_SHIELD, fill=TEAL)
    pen.polygon(_WITHIN, fill="white")
    pen.line(_TICK, fill=YELLOW, width=_TICK_WIDE, joint="curve")
    return picture
