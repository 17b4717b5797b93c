"""Files that others give us are read strictly, and never crash the reader."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting import reading, weighing
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.stamp import render_stamp

STAMP = render_stamp(["Maria Latuconsina, S.H.", "tidak tersertifikasi"], width=200, height=80)


def changed(change: Callable[[Pdf], object], encryption: pikepdf.Encryption | None = None) -> bytes:
    with pikepdf.open(BytesIO(STAMP)) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, encryption=encryption or False)
        return out.getvalue()


def add_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def add_launch(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))


def add_nested_link(pdf: Pdf) -> None:
    action = Dictionary(S=Name.GoTo, Next=Array([Dictionary(S=Name.URI, URI=String("http://x"))]))
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, A=action)])


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (add_script, ("JS", "JavaScript", "OpenAction")),
        (add_launch, ("AA", "Launch")),
        (add_nested_link, ("URI",)),
        (lambda pdf: setattr(pdf.Root, "OCProperties", Dictionary()), ("OCProperties",)),
    ],
)
def test_active_content_is_named(change: Callable[[Pdf], object], named: tuple[str, ...]) -> None:
    assert read_back(changed(change)).active == named


def test_a_file_encrypted_for_everyone_is_named_encrypted() -> None:
    locked = changed(lambda _: None, encryption=pikepdf.Encryption(owner="x", user=""))

    assert "Encrypt" in read_back(locked).active


def test_a_file_that_needs_a_password_is_refused() -> None:
    locked = changed(lambda _: None, encryption=pikepdf.Encryption(owner="x", user="y"))

    with pytest.raises(IssueProblem) as refusal:
        read_back(locked)

    assert refusal.value.code == "pdf_encrypted"


def test_every_attachment_is_found_whatever_its_place() -> None:
    def attach(pdf: Pdf) -> None:
        pdf.attachments["a.json"] = b"{}"
        stream = pdf.make_stream(b"hidden")
        spec = Dictionary(Type=Name.Filespec, F=String("b.bin"), EF=Dictionary(F=stream))
        note = Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec)
        pdf.pages[0].obj.Annots = Array([note])

    found = {(one.name, one.data) for one in read_back(changed(attach)).attachments}

    assert found == {("a.json", b"{}"), ("b.bin", b"hidden")}


def test_an_attachment_that_unpacks_without_end_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def attach(pdf: Pdf) -> None:
        stream = pikepdf.Stream(pdf, zlib.compress(bytes(4_000_000)), Filter=Name.FlateDecode)
        spec = Dictionary(Type=Name.Filespec, F=String("bomb"), EF=Dictionary(F=stream))
        pdf.Root.AF = Array([pdf.make_indirect(spec)])

    monkeypatch.setattr(reading, "LARGEST_ATTACHMENT", 1_000_000)

    with pytest.raises(IssueProblem) as refusal:
        read_back(changed(attach))

    assert refusal.value.code == "pdf_unreadable"


def test_a_file_beyond_the_limit_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "LARGEST_PDF", 100)

    with pytest.raises(IssueProblem) as refusal:
        read_back(STAMP)

    assert refusal.value.code == "pdf_too_large"


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(share: float) -> None:
    with pytest.raises(IssueProblem):
        read_back(STAMP[: int(len(STAMP) * share)])


@settings(max_examples=60, deadline=None)
@given(garbage=st.binary(max_size=400))
def test_garbage_is_refused_and_never_crashes(garbage: bytes) -> None:
    for file in (garbage, b"%PDF-1.7\n" + garbage + b"\n%%EOF"):
        with pytest.raises(IssueProblem):
            read_back(file)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(STAMP) - 1), value=st.integers(0, 255))
def test_a_changed_byte_is_read_or_refused_but_never_crashes(place: int, value: int) -> None:
    spoiled = bytearray(STAMP)
    spoiled[place] = value

    with suppress(IssueProblem):
        read_back(bytes(spoiled))
