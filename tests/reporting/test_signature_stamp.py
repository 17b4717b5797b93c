"""The signature's appearance: one page of the asked size, our fonts, all of its words."""

from io import BytesIO

import pikepdf
import pytest

from assessor_app.reporting.reading import read_back
from assessor_app.reporting.stamp import render_stamp

LINES = (
    "Maria Latuconsina, S.H.",
    "Perwakilan Ombudsman RI Provinsi Maluku",
    "17 November 2026, 14.20 WIT",
    "Tanda tangan elektronik tidak tersertifikasi (PP 71/2019 Pasal 60), bukan segel BSrE",
    "Identitas uji coba",
)


def test_the_stamp_has_the_asked_size_and_says_every_line() -> None:
    stamp = render_stamp(LINES, width=235.6, height=92)

    with pikepdf.open(BytesIO(stamp)) as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == pytest.approx([0, 0, 235.6, 92])
    (text,) = read_back(stamp).page_texts
    assert "".join(text.split()) == "".join("".join(LINES).split())


def test_the_stamp_is_the_same_bytes_each_time() -> None:
    assert render_stamp(LINES, width=200, height=80) == render_stamp(LINES, width=200, height=80)


def test_a_stamp_too_small_for_its_words_cuts_them_with_an_ellipsis() -> None:
    (text,) = read_back(render_stamp(["N" * 4000], width=90, height=30)).page_texts

    assert text.strip().endswith("…")
