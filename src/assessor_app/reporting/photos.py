"""Evidence in place, each with its caption, time and hash; a JPEG's bytes go in untouched."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting import design
from assessor_app.reporting.alternatives import photo_alt
from assessor_app.reporting.content import Medium, Photo
from assessor_app.reporting.design import Type
from assessor_app.reporting.draft import LINE_LIMIT, AnyDraft
from assessor_app.reporting.flowables import Picture, Story, grid, space, text
from assessor_app.reporting.medium_signs import draw_medium
from assessor_app.reporting.typefaces import Face

_JPEG = b"\xff\xd8\xff"  # anything else ReportLab would take for bare pixels
_ACROSS = 3  # photos in a row on a page of photos
_EACH = (design.WIDTH - (_ACROSS - 1) * design.GUTTER) / _ACROSS
_HIGHEST = 130.0  # of a photo above its words: a landscape one fills its column
_BESIDE = (136.0, 104.0)  # the most of a photo with its words beside it
_GAP = 8.0
_SIGN_SHAPE = 9 / 16  # of the ground under the sign of a recording
_SIGN = 0.46  # of that ground's height
_HASH_GROUP = 16  # characters of a whole hash on one line: compared by eye with another print


class _JpegAsItIs(ImageReader):
    """A JPEG known by its own bytes: ReportLab would decode every pixel only to name the image."""

    def __init__(self, jpeg: bytes) -> None:
        super().__init__(BytesIO(jpeg))
        self._jpeg = jpeg
        self._dataA = None

    def getRGBData(self) -> bytes:
        return self._jpeg


def photo_rows(
    draft: AnyDraft, photos: Sequence[Photo], *, width: float
) -> list[list[Story | str]]:
    """Rows of two photos, each with its words beside it, and the gutter between, for a grid."""
    each = (width - design.GUTTER) / 2
    return _in_rows([photo_beside(draft, one, width=each) for one in photos], across=2)


def photo_page(draft: AnyDraft, photos: Sequence[Photo]) -> Story:
    """Photos three in a row over the whole width, each above its words."""
    rows = _in_rows([_photo_above(draft, one) for one in photos], across=_ACROSS)
    widths = [_EACH, *[design.GUTTER, _EACH] * (_ACROSS - 1)]
    spacing = ("BOTTOMPADDING", (0, 0), (-1, -1), 10)
    return [grid(rows, widths=widths, commands=[spacing])] if rows else []


def photo_beside(draft: AnyDraft, one: Photo, *, width: float) -> Story:
    """A photo with its caption, time and short hash to the right of it, as one block.

    Raises IssueProblem (`photo_unreadable`) where the bytes are no JPEG.
    """
    image = _framed(draft, one, width=_BESIDE[0], highest=_BESIDE[1])
    rest = width - image.width - _GAP
    words = _words(draft, one, kind=design.CAPTION, width=rest)
    return [grid([[image, words]], widths=(image.width + _GAP, rest))]


def _photo_above(draft: AnyDraft, one: Photo) -> Story:
    image = _framed(draft, one, width=_EACH, highest=_HIGHEST)
    return [image, space(0.5), *_words(draft, one, kind=design.SMALL, width=_EACH)]


def _words(draft: AnyDraft, one: Photo, *, kind: Type, width: float) -> Story:
    words = draft.words
    caption = draft.excerpt(one.caption, LINE_LIMIT, about=f"{words.photo_hash} {one.short_hash}")
    side = [text(one.side, replace(kind, face=Face.BOLD), width=width)] if one.side else []
    return [
        *side,
        text(caption, replace(kind, colour=design.INK), width=width),
        *([text(one.details, design.CAPTION, width=width)] if one.details else []),
        *([text(one.taken_at, design.CAPTION, width=width)] if one.taken_at else []),
        *_hash(draft, one, width=width),
    ]


def _hash(draft: AnyDraft, one: Photo, *, width: float) -> Story:
    """The short hash of a photo, which is seen; the whole one of what only its file can show."""
    named = draft.words.photo_hash
    if not one.sha256:
        return [text(f"{named} {one.short_hash}", design.CAPTION, width=width)]
    groups = [one.sha256[at : at + _HASH_GROUP] for at in range(0, 64, _HASH_GROUP)]
    mono = replace(design.CAPTION, face=Face.MONO)
    return [
        text(f"{named} SHA-256", design.CAPTION, width=width),
        *(text(group, mono, width=width) for group in groups),
    ]


def _in_rows(cells: Sequence[Story], *, across: int) -> list[list[Story | str]]:
    """The cells in rows with an empty one for each gutter; the last row is filled up."""
    rows: list[list[Story | str]] = []
    for at in range(0, len(cells), across):
        row: list[Story | str] = []
        for cell in cells[at : at + across]:
            row += [cell, ""]
        rows.append([*row, *[""] * (2 * across)][: 2 * across - 1])
    return rows


def _opened(jpeg: bytes, *, name: str) -> _JpegAsItIs:
    try:
        image = _JpegAsItIs(jpeg)
    except (OSError, SyntaxError, ValueError) as error:
        raise IssueProblem("photo_unreadable", photo=name) from error
    if not jpeg.startswith(_JPEG):
        raise IssueProblem("photo_unreadable", photo=name)
    return image


def _framed(draft: AnyDraft, one: Photo, *, width: float, highest: float) -> Picture:
    """The whole picture, never cropped, as large as the two lengths allow; or its sign."""
    alt = photo_alt(one, draft.words)
    if not one.jpeg and one.medium in (Medium.SOUND, Medium.VIDEO):
        return _signed(one.medium, width=min(width, highest / _SIGN_SHAPE), alt=alt)
    image = _opened(one.jpeg, name=one.short_hash)
    wide, high = image.getSize()
    scale = min(width / wide, highest / high)
    size = (wide * scale, high * scale)

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(image, 0, 0, width=size[0], height=size[1])
        canvas.setStrokeColor(design.RULE)
        canvas.setLineWidth(0.5)
        canvas.rect(0, 0, *size, stroke=1, fill=0)

    return Picture(*size, draw=draw, alt=alt)


def _signed(medium: Medium, *, width: float, alt: str) -> Picture:
    """A ground with the sign of a recording, in the place of a picture."""
    high = width * _SIGN_SHAPE
    size = high * _SIGN

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(design.PANEL)
        canvas.setStrokeColor(design.RULE)
        canvas.setLineWidth(0.5)
        canvas.rect(0, 0, width, high, stroke=1, fill=1)
        draw_medium(canvas, medium, x=(width - size) / 2, y=(high - size) / 2, size=size)

    return Picture(width, high, draw=draw, alt=alt)
