"""The letterhead's logo, whole and as large as its place allows."""

from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.flowables import Picture

_WIDEST, _HIGHEST = 110.0, 42.0
_COARSEST = 1.0  # points a pixel, 72 dots an inch: a tiny logo stays small, not blurred


def logo_picture(logo: bytes, *, alt: str) -> Picture:
    """A PNG or JPEG. Raises IssueProblem `photo_unreadable` where the bytes are neither."""
    try:
        image = ImageReader(BytesIO(logo))
        wide, high = image.getSize()
    except (OSError, SyntaxError, ValueError) as error:
        raise IssueProblem("photo_unreadable", photo=alt) from error
    scale = min(_WIDEST / wide, _HIGHEST / high, _COARSEST)
    width, height = wide * scale, high * scale

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(image, 0, 0, width=width, height=height, mask="auto")

    return Picture(width, height, draw=draw, alt=alt)
