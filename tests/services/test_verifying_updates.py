"""What an update may do besides signing: nothing, whoever among the true signers brings it."""

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NumberObject,
    StreamObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfTimeStamper
from tests.services.judging import decisive, judge, refused_as
from tests.signing.own_document import FIELDS, OwnDocument, receiver, signed_anew
from tests.signing.people import Authority, headquarters
from tests.signing.stamping import server, timestamped

from assessor_app.services.verifying import Standing
from assessor_app.signing import pades
from assessor_app.signing.identity import Identity

Writer = IncrementalPdfFileWriter
Change = Callable[[Writer], None]


def within_signing(
    pdf: bytes, change: Change, *, by: Identity, field: str, patch: pytest.MonkeyPatch
) -> bytes:
    """Signed by a true signer's own tool, which changes something in the very same update."""

    class Tool(pades._UpdateWriter):
        def __init__(self, stream: BytesIO) -> None:
            super().__init__(stream)
            change(self)

    patch.setattr(pades, "_UpdateWriter", Tool)
    return signed_anew(pdf, by=[by], fields=[field])


def field_of(writer: Writer, name: str) -> DictionaryObject:
    fields = (one.get_object() for one in writer.root["/AcroForm"]["/Fields"])
    found: DictionaryObject = next(one for one in fields if one["/T"] == name)
    return found


def _entries(entries: dict[object, object]) -> DictionaryObject:
    return DictionaryObject(entries)  # type: ignore[no-untyped-call]  # pyHanko


def _rewrite_root(writer: Writer) -> None:
    writer.update_root()  # type: ignore[no-untyped-call]  # pyHanko


def _number(value: int) -> NumberObject:
    return NumberObject(value)  # type: ignore[no-untyped-call]  # pyHanko


def asking_for_appearances(writer: Writer) -> None:
    writer.root["/AcroForm"][pdf_name("/NeedAppearances")] = BooleanObject(value=True)  # type: ignore[no-untyped-call]  # pyHanko
    writer.update_container(writer.root["/AcroForm"])


def with_fonts_for_the_form(writer: Writer) -> None:
    writer.root["/AcroForm"][pdf_name("/DR")] = _entries({})
    writer.update_container(writer.root["/AcroForm"])


def with_another_form(writer: Writer) -> None:
    form = _entries(writer.root["/AcroForm"])
    writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
    _rewrite_root(writer)


def with_places_in_another_order(writer: Writer) -> None:
    form = writer.root["/AcroForm"]
    form[pdf_name("/Fields")] = ArrayObject(reversed(list(form["/Fields"])))
    writer.update_container(form)


def drawn_over(writer: Writer) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()  # type: ignore[no-untyped-call]  # pyHanko
    over = writer.add_object(StreamObject(stream_data=b"0 0 500 500 re f"))
    page[pdf_name("/Contents")] = ArrayObject([page.raw_get("/Contents"), over])
    writer.update_container(page)


def with_another_title(writer: Writer) -> None:
    metadata = writer.root["/Metadata"]
    changed = StreamObject(
        _entries({pdf_name("/Type"): pdf_name("/Metadata")}),
        stream_data=metadata.data.replace(b"T-2026", b"T-2099"),
    )
    writer.root[pdf_name("/Metadata")] = writer.add_object(changed)
    _rewrite_root(writer)


def with_another_title_above_the_window(writer: Writer) -> None:
    writer.set_info(_entries({pdf_name("/Title"): TextStringObject("ZONA HIJAU")}))


def untagged(writer: Writer) -> None:
    writer.root[pdf_name("/MarkInfo")] = _entries({})
    _rewrite_root(writer)


def with_other_structure(writer: Writer) -> None:
    tree = writer.root["/StructTreeRoot"]
    tree[pdf_name("/ParentTree")] = writer.add_object(_entries({}))
    writer.update_container(tree)


def with_an_object_that_nothing_reaches(writer: Writer) -> None:
    writer.add_object(StreamObject(stream_data=b"ZONA HIJAU"))


def with_a_further_place(writer: Writer) -> None:
    append_signature_field(writer, SigFieldSpec("TTD_Asesor9"))


def with_other_proofs(writer: Writer) -> None:
    writer.root[pdf_name("/DSS")] = _entries({pdf_name("/Pages"): ArrayObject()})
    _rewrite_root(writer)


def with_an_old_object_for_a_proof(writer: Writer) -> None:
    proof = writer.add_object(_entries({pdf_name("/Type"): pdf_name("/Page")}))
    writer.root[pdf_name("/DSS")] = _entries({pdf_name("/Certs"): ArrayObject([proof])})
    _rewrite_root(writer)


def seal_drawn_without_a_seal(writer: Writer) -> None:
    drawn = StreamObject(
        _entries({pdf_name("/Subtype"): pdf_name("/Form")}), stream_data=b"0 0 9 9 re f"
    )
    field = field_of(writer, "Segel_BSrE")
    field[pdf_name("/AP")] = _entries({pdf_name("/N"): writer.add_object(drawn)})
    writer.update_container(field)


def put_in(name: str, key: str, value: object) -> Change:
    def change(writer: Writer) -> None:
        field = field_of(writer, name)
        field[pdf_name(key)] = value
        writer.update_container(field)

    return change


def unlocked(writer: Writer) -> None:
    field = field_of(writer, FIELDS[2])
    del field["/Lock"]
    writer.update_container(field)


FAR_AWAY = ArrayObject(map(_number, (0, 0, 500, 800)))
_PLAIN: tuple[Change, ...] = (
    with_fonts_for_the_form,
    with_another_form,
    with_places_in_another_order,
    drawn_over,
    with_another_title,
    with_another_title_above_the_window,
    untagged,
    with_other_structure,
    with_an_object_that_nothing_reaches,
    with_a_further_place,
    with_other_proofs,
    with_an_old_object_for_a_proof,
    seal_drawn_without_a_seal,
    unlocked,
)
CHANGES: dict[str, Change] = {
    **{getattr(change, "__name__", ""): change for change in _PLAIN},
    "stamp moved": put_in(FIELDS[0], "/Rect", FAR_AWAY),
    "stamp hidden": put_in(FIELDS[0], "/F", _number(2)),
    "own place hidden": put_in(FIELDS[2], "/F", _number(2)),
    "own place moved": put_in(FIELDS[2], "/Rect", FAR_AWAY),
    "place renamed": put_in("Segel_BSrE", "/T", TextStringObject("Segel")),
    "signed place read-only": put_in(FIELDS[0], "/Ff", _number(1)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_no_signer_changes_anything_in_the_update_of_the_own_signature(
    own: OwnDocument, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    forged = within_signing(
        own.after[1], CHANGES[name], by=receiver(), field=FIELDS[2], patch=monkeypatch
    )

    assert refused_as(forged) == "changed_between_signatures"


def test_no_update_comes_between_two_signatures(own: OwnDocument) -> None:
    for change in (asking_for_appearances, with_an_object_that_nothing_reaches):
        writer, changed = Writer(BytesIO(own.after[1])), BytesIO()
        change(writer)
        writer.write(changed)  # type: ignore[no-untyped-call]  # pyHanko

        forged = signed_anew(changed.getvalue(), by=[receiver()], fields=FIELDS[2:])

        assert refused_as(forged) == "changed_between_signatures"


BY_NO_SEAL = (
    with_another_title,
    with_another_title_above_the_window,
    untagged,
    with_other_structure,
    drawn_over,
)


@pytest.mark.parametrize("change", BY_NO_SEAL)
def test_not_even_a_true_seal_changes_what_the_document_tells(
    own: OwnDocument, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    forged = within_signing(own.pdf, change, by=seal(), field="Segel_BSrE", patch=monkeypatch)

    assert refused_as(forged) == "changed_between_signatures"


def test_a_seal_by_software_that_dates_the_metadata_anew_is_allowed(
    own: OwnDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pades, "_UpdateWriter", Writer)

    sealed = signed_anew(own.pdf, by=[seal()], fields=["Segel_BSrE"])

    assert decisive(judge(sealed)) == (Standing.VALID, "valid")


def test_a_timestamp_by_software_that_dates_the_metadata_anew_is_allowed(
    own: OwnDocument,
) -> None:
    stamper = PdfTimeStamper(server(headquarters()), field_name="StempelWaktu1")

    stamped = stamper.timestamp_pdf(Writer(BytesIO(own.pdf)), "sha256").getvalue()

    assert decisive(judge(stamped)) == (Standing.VALID, "valid")


def test_a_strangers_signature_in_a_place_of_the_document_is_refused_or_never_valid(
    own: OwnDocument,
) -> None:
    stranger = Authority("Penerbit Palsu").identity("Drs. Hasan Tuasikal")
    received = signed_anew(own.after[1], by=[stranger], fields=["TTD_Penerima"])
    timed = signed_anew(own.pdf, by=[seal()], fields=["StempelWaktu1"])

    assert refused_as(received) == "signer_unexpected"
    assert refused_as(timed) == "field_unexpected"


def test_a_timestamp_in_the_place_of_the_seal_is_refused(own: OwnDocument) -> None:
    stamped = timestamped(own.pdf, headquarters(), field="Segel_BSrE")

    assert refused_as(stamped) == "field_unexpected"


@pytest.mark.parametrize("hidden", [b"7 0 obj\n<</Zona /HIJAU>>\nendobj", b"9999 0 obj\n1\nendobj"])
def test_an_object_that_no_table_names_is_refused_though_the_next_signature_covers_it(
    own: OwnDocument, hidden: bytes
) -> None:
    """Readers that mend a file find objects by their headings, whatever its tables say."""
    before = own.after[1]
    again = before[before.rindex(b"startxref") :]

    forged = signed_anew(before + hidden + b"\n" + again, by=[receiver()], fields=FIELDS[2:])

    assert refused_as(forged) == "changed_between_signatures"


@cache
def seal() -> Identity:
    return headquarters().identity("Ombudsman RI")
