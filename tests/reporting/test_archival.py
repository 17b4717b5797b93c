"""What is put right in a file so that an archive takes it."""

from io import BytesIO
from zlib import compress

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from tests.reporting.conforming import PDF_A, PDF_UA, breaches, rendered, report
from tests.reporting.report_sample import RECORD
from tests.reporting.test_report_hostile import everywhere

from assessor_app.reporting import archival
from assessor_app.reporting.embedding import saved
from assessor_app.reporting.render import render
from assessor_app.reporting.stamp import render_stamp
from assessor_app.texts import Language

PICTOGRAPH = "\U0001f30d"  # beyond the characters of four digits, and drawn by one of our fonts


def maps(pdf: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = opened.pages[0].Resources.Font
        return [font.ToUnicode.read_bytes() for font in fonts.values()]


def ending_badly() -> bytes:
    """Words whose compressed form ends in a carriage return."""
    return next(
        told
        for number in range(100_000)
        if compress(told := b"0 0 m %% %d" % number).endswith(b"\r")
    )


@pytest.mark.parametrize("told", [f"surat {PICTOGRAPH}", "".join(map(chr, range(0x100, 0x1C0)))])
def test_characters_are_told_in_whole_and_in_blocks_of_a_hundred(told: str) -> None:
    for told_map in maps(render_stamp((told,), width=300, height=200)):
        blocks = told_map.split(b"beginbfchar\n")[1:]

        assert blocks
        for block in blocks:
            pairs = block.partition(b"\nendbfchar")[0].split(b"\n")
            assert len(pairs) <= 100
            assert not any(pair.endswith(b"<0000>") for pair in pairs)
            assert {len(pair.split(b"<")[2]) for pair in pairs} <= {5, 9}


def test_a_character_beyond_the_first_plane_is_told_as_a_pair() -> None:
    whole = b"".join(maps(render_stamp((PICTOGRAPH,), width=300, height=200)))

    assert b"<D83CDF0D>" in whole


def test_a_stream_that_would_end_in_a_carriage_return_stays_as_long_as_it_says() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        content = ending_badly()
        pdf.pages[0].Contents = archival.compressed(pdf, content)

        written = saved(pdf)

    assert b"\r\nendstream" not in written
    with pikepdf.open(BytesIO(written)) as again:
        assert again.pages[0].Contents.read_bytes() == content


def test_words_that_no_archive_can_store_become_blanks() -> None:
    assert (
        archival.storable("Dinas\x00 \ud800Sosial\ufffe & <Pangan>") == "Dinas   Sosial  & <Pangan>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b\x1bc\ud800d\ufffe\uffff \u200b\u202e x",
        "abc שלום 123 مرحبا",
        f"<a>&\"']]> {PICTOGRAPH}",
    ],
)
def test_whatever_is_typed_the_file_breaks_no_rule(text: str) -> None:
    pdf = render(everywhere(text), record=RECORD).pdf

    assert breaches(pdf, PDF_A) == []
    assert breaches(pdf, PDF_UA) == []


def test_the_file_says_which_standards_it_keeps_and_carries_one_colour_profile() -> None:
    with pikepdf.open(BytesIO(rendered(report(Language.ENGLISH)).pdf)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        (intent,) = pdf.Root.OutputIntents
        profile = intent.DestOutputProfile.read_bytes()

        assert pdf.pdf_version == "1.7"
        assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
        assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert intent.S == "/GTS_PDFA1"
        assert profile[36:40] == b"acsp"
        assert not metadata_repeats(pdf)


def metadata_repeats(pdf: Pdf) -> bool:
    """Whether another object than the catalog has metadata, which would have to agree with it."""
    return any(
        isinstance(one, Dictionary) and Name.Metadata in one and one.get("/Type") != "/Catalog"
        for one in pdf.objects
    )
