"""Small files that ask a reader for far more than they hold."""

import zlib
from collections.abc import Callable, Iterable, Mapping

Objects = Iterable[tuple[int, bytes]]

_CATALOGUE = (1, b"<</Type/Catalog/Pages 2 0 R>>")
_TREE = (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
_PAGE = (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>")
_PLAIN = (_CATALOGUE, _TREE, _PAGE)
_MANY = 60_000


def pdf_of(objects: Objects) -> bytes:
    """A file with a sound table of these objects, the first of which is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets: dict[int, int] = {}
    for number, body in objects:
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in sorted(offsets.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(offsets) + 1
    out += b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, table)
    return bytes(out)


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


def blank(megabytes: int) -> bytes:
    """So much of nothing, deflated."""
    deflate = zlib.compressobj(1)
    packed = [deflate.compress(b" " * 2**20) for _ in range(megabytes)]
    return b"".join(packed) + deflate.flush()


def _content(entries: bytes, data: bytes) -> bytes:
    return pdf_of([*_PLAIN, (4, stream(entries, data))])


def _forms_in_forms() -> bytes:
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</X 10 0 R>>>>>>"
    )
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    nested = [
        (number, stream(form + b"/Resources<</XObject<</X %d 0 R>>>>" % (number + 1), _uses(10)))
        for number in range(10, 20)
    ]
    last = (20, stream(form, b"BT ET"))
    return pdf_of([_CATALOGUE, _TREE, (3, page), (4, stream(b"", _uses(10))), *nested, last])


def _uses(count: int) -> bytes:
    return b"/X Do " * count


def _fields() -> bytes:
    listed = b" ".join(b"%d 0 R" % number for number in range(10, 400))
    catalogue = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%b]>>>>" % listed
    signature = (5, b"<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>")
    fields = [(number, b"<</FT/Sig/T(a%d)/V 5 0 R>>" % number) for number in range(10, 400)]
    return pdf_of([(1, catalogue), _TREE, _PAGE, signature, *fields])


def _deep_tree() -> bytes:
    inner = [
        (number, b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (number + 1, number - 1))
        for number in range(2, _MANY)
    ]
    return pdf_of([_CATALOGUE, *inner, (_MANY, b"<</Type/Page/MediaBox[0 0 5 5]>>")])


HEAVY: Mapping[str, Callable[[], bytes]] = {
    "streams": lambda: _content(b"/Filter/FlateDecode", blank(200)),
    "filters": lambda: _content(b"/Filter[/FlateDecode/FlateDecode]", zlib.compress(blank(50))),
    "filters in disguise": lambda: _content(
        b"/Fi#6cter[/FlateDecode/FlateDecode]", zlib.compress(blank(50))
    ),
    "objects": lambda: pdf_of([*_PLAIN, *((n, b"0") for n in range(5, 310_000))]),
    "references": lambda: pdf_of([*_PLAIN, (4, b"[" + b"3 0 R " * 1_000_001 + b"]")]),
    "revisions": lambda: pdf_of(_PLAIN) * 70,
    "fields": _fields,
    "pages": _forms_in_forms,
}
"""By what `pdf_too_heavy` says of them, which is its first word."""

STRANGE: Mapping[str, Callable[[], bytes]] = {
    "deep arrays": lambda: pdf_of([*_PLAIN, (4, b"[" * _MANY + b"]" * _MANY)]),
    "deep dictionaries": lambda: pdf_of([*_PLAIN, (4, b"<</A" * _MANY + b" 1 " + b">>" * _MANY)]),
    "deep page tree": _deep_tree,
    "page tree that bites its tail": lambda: pdf_of(
        [_CATALOGUE, (2, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")]
    ),
    "two milliards of pages": lambda: pdf_of(
        [_CATALOGUE, (2, b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"), _PAGE]
    ),
    "table without end": lambda: pdf_of(_PLAIN).replace(b"xref\n0 1\n", b"xref\n0 4000000000\n"),
}
"""What parsers have run for ever on, or fallen over."""
