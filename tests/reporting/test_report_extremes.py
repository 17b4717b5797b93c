"""Extremes lay out: no finding and 150, names of 400 characters, twelve photos, a team of eight."""

from dataclasses import replace

import pytest
from tests.reporting.report_sample import RECORD, sample

from assessor_app.reporting.content import Fact, IndicatorRow, SessionRow
from assessor_app.reporting.headings import headings
from assessor_app.reporting.long_texts import pieces
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import render
from assessor_app.reporting.report_content import InterviewRow, Interviews, ReportContent
from assessor_app.texts import Language

WORDS = headings(Language.INDONESIAN)
NAME = ("Ketersediaan persyaratan, prosedur, biaya, dan jangka waktu pelayanan " * 6)[:400]
OTHER_NAME = NAME.replace("Ketersediaan", "Keberadaan")
TEAM = tuple(f"Asesor Kedelapan Nomor {number}, S.H., M.H." for number in range(1, 9))
SECTIONS = (
    WORDS.overview,
    WORDS.findings,
    WORDS.indicators,
    WORDS.interviews,
    WORDS.omissions,
    WORDS.receiver,
    WORDS.signatures,
    WORDS.method,
    WORDS.integrity,
)


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages_of(content: ReportContent) -> tuple[str, ...]:
    return read_back(render(content, record=RECORD).pdf).page_texts


def interviewed() -> Interviews:
    row = InterviewRow("K-11", NAME, "Pengguna layanan", "32", "rerata 3,4", "Setuju (20)")
    return Interviews(
        groups=(Fact("Petugas", "3 orang"), Fact("Pengguna layanan", "32 orang")),
        rows=tuple(replace(row, code=f"K-{number}") for number in range(10, 40)),
        note="Tidak seorang pun disebut namanya.",
        missing=("Kepala unit: belum diwawancarai.",),
    )


@pytest.fixture(scope="module")
def heavy() -> tuple[str, ...]:
    """The pages of a report of 150 findings and 150 indicators with names of 400 characters."""
    content = sample()
    findings = tuple(
        replace(
            content.findings[number % 8],
            number=number + 1,
            code=f"X-{number + 1:03d}",
            text=NAME,
            photos=content.findings[0].photos[:1] if number % 5 == 0 else (),
        )
        for number in range(150)
    )
    first = content.indicators[0].rows[0]
    rows = tuple(
        replace(first, code=f"Y-{number:03d}", text=OTHER_NAME if number % 2 else "Pendek")
        for number in range(150)
    )
    return pages_of(
        replace(
            content,
            findings=findings,
            indicators=(replace(content.indicators[0], rows=rows),),
            visit=content.cover.facts,
            team=TEAM,
            sessions=(SessionRow("1", "09.00", "10.00", "Listrik padam"),) * 3,
            interviews=interviewed(),
        )
    )


def test_each_of_150_findings_stands_whole_on_one_page(heavy: tuple[str, ...]) -> None:
    texts = [squeezed(page) for page in heavy[2:]]

    for number in range(1, 151):
        strip = squeezed(f"{WORDS.finding_of.format(number=number)}·X-{number:03d}")
        (page,) = [text for text in texts if strip in text]
        assert squeezed(NAME) in page


def test_no_heading_of_a_section_ends_a_page(heavy: tuple[str, ...]) -> None:
    found = set()
    for page in heavy[1:]:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        # The last lines of the text are the foot's and the watermark's: number, hash, page, mark.
        body = [line for line in lines if "CONTOH" not in line][:-2]
        found |= {line for line in body if line in SECTIONS}
        assert body[-1] not in SECTIONS

    assert found == set(SECTIONS)


def test_the_column_titles_stand_on_every_page_of_the_indicator_table(
    heavy: tuple[str, ...],
) -> None:
    told = [page for page in heavy if "Y-0" in page or "Y-1" in page]

    assert len(told) > 5
    for page in told:
        assert WORDS.gap.upper() in page
        assert WORDS.points.upper() in page
    whole = squeezed("".join(told))
    assert whole.count(squeezed(OTHER_NAME)) == 75


def test_a_team_of_eight_and_all_sessions_are_told_by_name(heavy: tuple[str, ...]) -> None:
    told = squeezed("".join(heavy[1:4]))

    assert all(squeezed(name) in told for name in TEAM)
    assert told.count("Listrikpadam") == 3


def test_interviews_are_a_table_of_groups_with_titles_on_every_page(
    heavy: tuple[str, ...],
) -> None:
    pages = [page for page in heavy if WORDS.respondents.upper() in page]
    whole = squeezed("".join(pages))

    assert len(pages) > 1
    assert all(f"K-{number}" in whole for number in range(10, 40))
    assert "Kepalaunit:belumdiwawancarai." in squeezed("".join(heavy))


def test_twelve_photos_stay_with_their_captions_and_their_finding_is_named_again() -> None:
    content = sample()
    shown = content.findings[0].photos[0]
    photos = tuple(
        replace(shown, short_hash=f"{number:012x}", caption=f"Gambar ke-{number}")
        for number in range(12)
    )
    finding = replace(content.findings[0], photos=photos)

    pages = [squeezed(page) for page in pages_of(replace(content, findings=(finding,)))]

    strip = squeezed(f"{WORDS.finding_of.format(number=1)}  ·  {finding.code}")
    for photo in photos:
        (page,) = [text for text in pages if photo.short_hash in text]
        assert squeezed(photo.caption) in page
        assert strip in page


def test_two_findings_with_two_photos_each_share_a_page() -> None:
    content = sample()
    photos = content.findings[0].photos[:1] * 2
    findings = tuple(replace(one, photos=photos) for one in content.findings[:4])

    pages = [squeezed(page) for page in pages_of(replace(content, findings=findings))]

    strips = [
        squeezed(f"{WORDS.finding_of.format(number=n)}·{findings[n - 1].code}") for n in (2, 3)
    ]
    assert any(all(strip in page for strip in strips) for page in pages)


def test_a_long_question_stands_above_its_answers_and_a_short_one_beside_them() -> None:
    long = interviewed()
    short = replace(long, rows=tuple(replace(row, text="Ramah?") for row in long.rows))

    def high(found: Interviews) -> int:
        pages = pages_of(replace(sample(), findings=(), interviews=found))
        told = "\n".join(page for page in pages if "K-1" in page or "K-39" in page)
        return len(told[told.index("K-11") : told.index("K-12")].splitlines())

    assert high(long) <= 8
    assert high(short) <= 4


def test_a_whole_note_keeps_its_own_paragraphs_in_the_annex() -> None:
    paragraph = "Nomor antrean tidak dipanggil selama dua puluh menit di loket kedua. " * 5
    note = "\n\n".join(f"Bagian {number}. {paragraph}" for number in range(9))

    told = list(pieces(note))
    endless = list(pieces("Kalimat yang sama berulang kali. " * 100))

    assert told == [f"Bagian {number}. {paragraph}".strip() for number in range(9)]
    assert len(endless) > 2
    assert all(one.startswith("Kalimat") and one.endswith("kali.") for one in endless)


def test_without_findings_the_report_says_so_and_still_shows_the_gap() -> None:
    pages = pages_of(replace(sample(), findings=()))

    assert squeezed(WORDS.weightiest_none) in squeezed(pages[0])
    assert WORDS.gap_picture_note in " ".join(pages[0].split())
    assert any(WORDS.no_findings in page for page in pages)


def test_a_long_name_stands_above_its_columns_and_a_short_one_in_its_own() -> None:
    content = sample()

    def lines(text: str) -> int:
        row: IndicatorRow = replace(content.indicators[0].rows[0], code="Z-1", text=text)
        group = replace(content.indicators[0], rows=(row,))
        pages = pages_of(replace(content, findings=(), indicators=(group,)))
        page = next(one for one in pages if "Z-1" in one)
        return len(page[page.index("Z-1") : page.index(WORDS.omissions)].splitlines())

    assert lines(NAME) <= 9
    assert lines("Pendek") <= 5
