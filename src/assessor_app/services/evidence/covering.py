"""What is burnt into a picture: covers, whose pixels are gone, and signs drawn over it.

The copy says which of both it was made of.

A copy lies in the vault beside its original, and layers change: by an undo, by what another device
covered, by a crash between the event and the copy. So each copy carries a mark of the original and
the layers that it was made of, and one whose mark is not that of the current layers is no copy of
that evidence (services/evidence/copies.py makes it anew).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessor_app.domain.annotation import Annotation, annotations_json
from assessor_app.domain.event import Json, canonical
from assessor_app.domain.observation import Evidence
from assessor_app.domain.redaction import SCALE, Box, layers_json, on_page

if TYPE_CHECKING:  # decoders of pictures
    from PIL import Image

_DOMAIN = b"layers-v1\0"
_COMMENT, _SCAN = 0xFE, 0xDA  # segments of a JPEG: a comment, the beginning of the pixels


@dataclass(frozen=True, slots=True)
class Covering:
    """What is covered of the picture that stands for a piece of evidence, what is drawn over it,
    its mark, and which page of a document it is."""

    boxes: tuple[Box, ...] = ()
    mark: bytes = b""
    annotations: tuple[Annotation, ...] = ()
    page: int = 1


UNCOVERED = Covering()


def covering_of(item: Evidence) -> Covering:
    """Of a document the page is shown that proves something, or its first; layers of all pages
    count for the mark."""
    page = shown_page(item)
    return Covering(on_page(item.layers, page), mark_of(item), drawn_on(item, page), page)


def shown_page(item: Evidence) -> int:
    """The page that stands for a document, from 1; a photo is its only one.

    A page that the document does not have, as a damaged record may name, counts for nothing.
    """
    return item.page if item.page and 1 <= item.page <= (item.pages or 1) else 1


def drawn_on(item: Evidence, page: int) -> tuple[Annotation, ...]:
    """The signs on one page."""
    return tuple(one for one in item.annotations if one.page == page)


def mark_of(item: Evidence) -> bytes:
    """What a copy says that it was made of, SHA-256 in hex: empty where nothing is burnt in."""
    page = shown_page(item)
    if not item.layers and not item.annotations and page == 1:
        return b""
    burnt: list[Json] = [item.sha256, layers_json(item.layers)]
    if item.annotations:  # a copy without any carries the mark that it always did
        burnt.append(annotations_json(item.annotations))
    if page > 1:
        burnt.append(page)
    told = canonical(burnt)
    return hashlib.sha256(_DOMAIN + told).hexdigest().encode()


def mark_in(jpeg: bytes) -> bytes:
    """The mark that a copy carries in its comment; empty where it has none."""
    at = 2  # after the beginning of the picture
    while jpeg[at : at + 1] == b"\xff":
        kind, size = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if kind == _COMMENT:
            return jpeg[at + 4 : at + 2 + size]
        if kind == _SCAN:
            break
        at += 2 + size
    return b""


def cover(picture: "Image.Image", boxes: Iterable[Box]) -> None:
    """Replace the pixels of the boxes, every one that a box touches, in a picture of any mode.

    Black, or what the value nought is in that mode: a copy is covered once more when it is RGB.
    """
    width, height = picture.size
    for left, top, right, bottom in boxes:
        place = (
            left * width // SCALE,
            top * height // SCALE,
            -(-right * width // SCALE),
            -(-bottom * height // SCALE),
        )
        picture.paste(0, place)
