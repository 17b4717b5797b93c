"""Files as an office or a phone would hand them over, made by the libraries that write them."""

import io
import wave
from pathlib import Path

import pikepdf
import pillow_heif
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

RECORDINGS = Path(__file__).parent / "recordings"
CORNERS = ((10, 10), (390, 10), (10, 190), (390, 190))
"""Places in the four corners of `marked()` as it stands upright."""


def marked() -> Image.Image:
    """A blue picture of 400 x 200 whose upper left corner is red: it tells how it stands."""
    picture = Image.new("RGB", (400, 200), "blue")
    picture.paste("red", (0, 0, 100, 100))
    return picture


def heic(picture: Image.Image, *, orientation: int = 1, moment: str = "") -> bytes:
    """A HEIC file as a phone writes it; pixels are stored so that it stands as `orientation`."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    if moment:
        exif[0x0132] = moment
    out = io.BytesIO()
    encoded = pillow_heif.from_pillow(picture)  # the product itself only decodes
    encoded.save(out, exif=exif.tobytes(), quality=90)
    return out.getvalue()


def pdf(*pages: str) -> bytes:
    """A document with one line on each page."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for line in pages:
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked(data: bytes, *, user: str = "rahasia") -> bytes:
    """The same document under a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="pemilik", user=user))
    return out.getvalue()


def wav(seconds: float = 1.5) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(round(16_000 * seconds)))
    return out.getvalue()


def recording(name: str) -> bytes:
    return (RECORDINGS / name).read_bytes()
