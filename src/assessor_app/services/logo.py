"""The letterhead's logo: a small PNG or JPEG without metadata, made of the file that was given."""

import io
from pathlib import Path

from PIL import Image, ImageOps

from assessor_app.domain.problem import StoreProblem
from assessor_app.services.given_file import content_of

LARGEST_FILE = 10_000_000
"""Bytes of a file that is taken for a logo."""
_LARGEST = 40_000_000  # pixels; decoding needs three or four bytes each
_BOX = (600, 200)  # pixels: 150 x 50 points in print at some 300 dots an inch
_LONGEST = 60_000  # bytes of a PNG; a picture of many colours becomes a JPEG instead
_FORMATS = ("PNG", "JPEG")
_JPEG_QUALITY = 90
_DEEP = "I"  # how the names of modes of 16 bits a dot begin; Pillow cuts these instead of scaling
_DEEPEST, _USUAL = 65535, 255
_UNREADABLE = (
    Image.DecompressionBombError,
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    MemoryError,
)


def logo_of(path: Path) -> bytes:
    """The PNG or JPEG of a file, in the size in which it is printed.

    Raises StoreProblem `logo_unfit`, or as `content_of`.
    """
    data = content_of(path, most=LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise StoreProblem("logo_unfit", path=path)
    return _small(data, path)


def _small(data: bytes, path: Path) -> bytes:
    """In print size, on white: PDF/A is simpler to keep without transparency."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > _LARGEST:
                raise StoreProblem("logo_unfit", path=path)
            clear = ImageOps.exif_transpose(_of_eight_bits(picture)).convert("RGBA")
    except _UNREADABLE as error:
        raise StoreProblem("logo_unfit", path=path) from error
    clear.thumbnail(_BOX, reducing_gap=3.0)
    plain = Image.new("RGB", clear.size, "white")
    plain.paste(clear, mask=clear.getchannel("A"))
    png = _saved(plain, "PNG", optimize=True)
    return png if len(png) <= _LONGEST else _saved(plain, "JPEG", quality=_JPEG_QUALITY)


def _of_eight_bits(picture: Image.Image) -> Image.Image:
    if not picture.mode.startswith(_DEEP):
        return picture
    return picture.convert("I").point(lambda dot: dot * _USUAL / _DEEPEST).convert("L")


def _saved(picture: Image.Image, form: str, **how: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()
