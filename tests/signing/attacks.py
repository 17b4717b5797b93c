"""What an attacker does to a signed document, with tools that know nothing of signatures."""

from collections.abc import Callable, Iterable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

Attack = Callable[[bytes], bytes]

_EOF = b"%%EOF"


def flip(pdf: bytes, at: int) -> bytes:
    """One bit of the byte at an offset turned over."""
    changed = bytearray(pdf)
    changed[at] ^= 1
    return bytes(changed)


def signature_message(pdf: bytes) -> bytes:
    """The last signature's message, without its padding."""
    begin, end = _hex_of_signature(pdf)
    return bytes.fromhex(pdf[begin:end].decode()).rstrip(b"\0")


def with_signature_changed(pdf: bytes, at: int, *, mask: int) -> bytes:
    """The last signature's message with the bits of a mask turned over in one byte."""
    begin, end = _hex_of_signature(pdf)
    message = bytearray.fromhex(pdf[begin:end].decode())
    message[at] ^= mask
    return pdf[:begin] + message.hex().upper().encode() + pdf[end:]


def with_signature_of(pdf: bytes, other: bytes) -> bytes:
    """The document with the signature's message of another in the place of its own."""
    begin, end = _hex_of_signature(pdf)
    message = signature_message(other).hex().upper().encode()
    return pdf[:begin] + message.ljust(end - begin, b"0") + pdf[end:]


def _hex_of_signature(pdf: bytes) -> tuple[int, int]:
    begin = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return begin, pdf.index(b">", begin)


def cut_back(pdf: bytes, *, revisions: int) -> bytes:
    """The file as it was before its last revisions."""
    parts = pdf.split(_EOF)
    return _EOF.join(parts[: len(parts) - 1 - revisions]) + _EOF + b"\n"


def saved_again(pdf: bytes) -> bytes:
    """A new file with the same pages and the signature still in its field."""
    return _rewritten(pdf, lambda _: None)


def saved_without_signature(pdf: bytes) -> bytes:
    """A clean new file with the same pages and attachment, and no signature field."""

    def strip(document: Pdf) -> None:
        del document.Root.AcroForm
        del document.Root.Perms
        for page in document.pages:
            if Name.Annots in page:
                del page.Annots

    return _rewritten(pdf, strip)


def encrypted(pdf: bytes, password: str) -> bytes:
    """A new file that is encrypted; with an empty password it opens as if it were not."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="pemilik", user=password))
    return out.getvalue()


def with_page_replaced(pdf: bytes) -> bytes:
    """Appended: the first page now says something else."""

    def replace(document: Pdf) -> Iterable[Object]:
        page = document.pages[0].obj
        page.Contents = document.make_stream(b"BT /F1 24 Tf 40 780 Td (ZONA HIJAU) Tj ET")
        return (page, page.Contents)

    return appended(pdf, replace)


def with_note_over_page(pdf: bytes) -> bytes:
    """Appended: an annotation that covers what the first page says."""

    def cover(document: Pdf) -> Iterable[Object]:
        page = document.pages[0].obj
        note = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.FreeText,
                Rect=Array([40, 700, 300, 760]),
                Contents=String("ZONA HIJAU"),
                DA=String("/Helv 24 Tf"),
            )
        )
        page.Annots = Array([note])
        return (page, note)

    return appended(pdf, cover)


def with_record_swapped(pdf: bytes, record: bytes) -> bytes:
    """Appended: the attachment's bytes are others."""

    def swap(document: Pdf) -> Iterable[Object]:
        names = document.Root.Names.EmbeddedFiles.Names
        files = names[1]
        stream = document.make_stream(record, Type=Name.EmbeddedFile)
        files.EF = Dictionary(F=stream, UF=stream)
        return (files, stream)

    return appended(pdf, swap)


def with_record_removed(pdf: bytes) -> bytes:
    """Appended: the catalogue names no attachment any more."""

    def remove(document: Pdf) -> Iterable[Object]:
        document.Root.Names = Dictionary()
        document.Root.AF = Array()
        return (document.Root,)

    return appended(pdf, remove)


def with_stamp_swapped(pdf: bytes) -> bytes:
    """Appended: the first signature looks as if somebody else had made it."""

    def swap(document: Pdf) -> Iterable[Object]:
        field = _field(document, "TTD_Asesor1")
        drawn = field.AP.N
        drawn.write(b"BT /F1 9 Tf (Kepala Perwakilan) Tj ET")
        return (drawn,)

    return appended(pdf, swap)


def with_field_filled(pdf: bytes, name: str) -> bytes:
    """Appended: a field that is not to be filled any more gets a value of its own."""

    def fill(document: Pdf) -> Iterable[Object]:
        field = _field(document, name)
        field.V = document.make_indirect(
            Dictionary(Type=Name.Sig, Contents=String("?"), ByteRange=Array([0, 1, 2, 3]))
        )
        return (field, field.V)

    return appended(pdf, fill)


def with_pages_turned_round(pdf: bytes) -> bytes:
    """Appended: the pages in another order."""

    def turn(document: Pdf) -> Iterable[Object]:
        tree = document.Root.Pages
        tree.Kids = Array(list(reversed(list(tree.Kids))))
        return (tree,)

    return appended(pdf, turn)


def with_hidden_layer(pdf: bytes) -> bytes:
    """Appended: a layer of text that one reader shows and another does not."""

    def hide(document: Pdf) -> Iterable[Object]:
        layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("lapisan")))
        shown = Dictionary(OFF=Array([layer]), Order=Array([layer]))
        document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)
        return (document.Root, layer)

    return appended(pdf, hide)


def _field(document: Pdf, name: str) -> Object:
    return next(one for one in document.Root.AcroForm.Fields if str(one.T) == name)


def rebuilt(pdf: bytes, change: Callable[[Pdf], None]) -> bytes:
    """A new file in which something was changed before anybody signs."""
    return _rewritten(pdf, change)


def with_javascript(pdf: bytes) -> bytes:
    """Appended: a script that runs when the document is opened."""

    def arm(document: Pdf) -> Iterable[Object]:
        document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('hijau')"))
        return (document.Root,)

    return appended(pdf, arm)


def appended(pdf: bytes, change: Callable[[Pdf], Iterable[Object]]) -> bytes:
    """The file with an incremental update that holds the objects which the change returns."""
    start = pdf.rindex(b"startxref")
    previous = int(pdf[start:].split()[1])
    out = bytearray(pdf.rstrip() + b"\n")
    offsets: dict[int, int] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        for touched in change(document):
            number = touched.objgen[0]
            offsets[number] = len(out)
            out += b"%d 0 obj\n%b\nendobj\n" % (number, _written(touched))
        size = max(int(document.trailer.Size), *(number + 1 for number in offsets))
        root = document.Root.objgen[0]
    table = len(out)
    out += b"xref\n"
    for number, offset in sorted(offsets.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, offset)
    trailer = (size, root, previous, table)
    out += b"trailer\n<</Size %d /Root %d 0 R /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % trailer
    return bytes(out)


def _written(touched: Object) -> bytes:
    if not isinstance(touched, Stream):
        return touched.unparse(resolved=True)
    data = touched.read_raw_bytes()
    entries = Dictionary({**touched.stream_dict, "/Length": len(data)})
    return entries.unparse() + b"\nstream\n" + data + b"\nendstream"


def _rewritten(pdf: bytes, change: Callable[[Pdf], None]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        document.save(out)
    return out.getvalue()
