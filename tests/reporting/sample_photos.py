"""Photos for the sample report: plain scenes of an office hall, drawn with Pillow."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from assessor_app.paths import resources_dir

Draw = ImageDraw.ImageDraw


@cache
def photo(scene: str, *, portrait: bool = False) -> bytes:
    """A JPEG, 1280 px on its longer side, of one of the scenes below."""
    size = (960, 1280) if portrait else (1280, 960)
    image = Image.new("RGB", size, "#D9D4C7")
    pen = ImageDraw.Draw(image)
    width, height = size
    pen.rectangle((0, int(height * 0.72), width, height), fill="#A79C88")
    _SCENES[scene](pen, width, height)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resources_dir() / "fonts" / "NotoSans-Bold.ttf"), size)


def _counter(pen: Draw, width: int, height: int) -> None:
    pen.rectangle((80, height * 0.55, width - 80, height * 0.85), fill="#6E4F37")
    pen.rectangle((80, height * 0.53, width - 80, height * 0.57), fill="#8C6A4E")
    for index in range(3):
        left = 160 + index * (width - 320) / 3
        pen.rectangle((left, 180, left + 220, 270), fill="#1E4D6B")
        pen.text((left + 24, 196), f"LOKET {index + 1}", font=_font(40), fill="white")


def _board(pen: Draw, width: int, height: int) -> None:
    pen.rectangle((width * 0.2, 140, width * 0.8, height * 0.62), fill="#2F5D46")
    pen.rectangle((width * 0.2, 140, width * 0.8, height * 0.62), outline="#7A5A2E", width=16)
    pen.text((width * 0.25, 180), "PAPAN INFORMASI", font=_font(52), fill="white")
    for row in range(2):
        for column in range(3):
            left, top = width * 0.25 + column * 220, 290 + row * 150
            pen.rectangle((left, top, left + 150, top + 110), fill="#F4F1E6")


def _empty_wall(pen: Draw, width: int, height: int) -> None:
    pen.rectangle((width * 0.3, 170, width * 0.7, height * 0.58), outline="#B9B2A0", width=6)
    for x in (width * 0.3, width * 0.7):
        pen.ellipse((x - 9, 161, x + 9, 179), fill="#666666")


def _ramp(pen: Draw, width: int, height: int) -> None:
    pen.polygon(
        [(100, height - 60), (width - 150, height * 0.6), (width - 150, height - 60)],
        fill="#8B8B8B",
    )
    pen.rectangle((width - 150, height * 0.3, width - 40, height - 60), fill="#5B4636")


def _box(pen: Draw, width: int, height: int) -> None:
    pen.rectangle((width * 0.38, height * 0.4, width * 0.62, height * 0.68), fill="#B5472F")
    pen.rectangle((width * 0.43, height * 0.44, width * 0.57, height * 0.46), fill="#401810")
    pen.text((width * 0.4, height * 0.52), "PENGADUAN", font=_font(40), fill="white")


_SCENES: dict[str, Callable[[Draw, int, int], None]] = {
    "counter": _counter,
    "board": _board,
    "empty wall": _empty_wall,
    "ramp": _ramp,
    "box": _box,
}
