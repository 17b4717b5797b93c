"""Personal data in a note: found by its form, and nothing else with it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.personal_text import Personal, personal_parts, without_braces

NUMBERS = [
    "0812-3456-7890",
    "081234567890",
    "0812.3456.7890",
    "0812 34 56 78 90",
    "081 234 567 890",
    "0812–3456–7890",
    "0812 - 3456 - 7890",
    "(0812) 345 6789",
    "812-3456-7890",
    "62812345678",
    "+62 812 3456 7890",
    "+62812 3456 789",
    "+62 (0)812 3456 789",
    "+62 21 555 0123",
    "+1 (202) 555-0123",
    "(0911) 352123",
    "(021) 555 0123",
    "021-5550123",
    "0911352123",
    "0911.352.123",
    "3174012345678901",
    "3174 0123 4567 8901",
    "31.74.01.234567.8901",
    "317401 234567 8901",
    "198501012010012001",
    "19850101 201001 2 001",
]
NO_NUMBERS = [
    "07.30-15.00",
    "Senin-Jumat 08.00-15.30, Sabtu 08.00-11.00",
    "08.00–12.00 dan 13.00–16.00",
    "pukul 0830",
    "0800-1600",
    "2026-11-22",
    "2015, 2016, 2017",
    "2024-2026",
    "Rp1.500.000",
    "Rp 12.500.000.000",
    "503/123/SK/2024",
    "Nomor 061/3344/2023",
    "UU 25/2009 pasal 21",
    "Jl. Pattimura 10 RT 002/003, 97126",
    "hubungi 112 atau 1500-123",
    "NIB 1234567890123",
    "NIB 0220001234567",
    "08.00-12.00 13.00-16.00",
    "0830-1600, Sabtu 0800-1200",
    "ISO 9001:2015",
    "0,85 dari 30",
]


def found(text: str, *names: str) -> list[tuple[str, Personal]]:
    return [(text[start:end], what) for start, end, what in personal_parts(text, names)]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_of_a_person_is_found_whole(number: str) -> None:
    assert found(f"Hubungi {number}.") == [(number, Personal.NUMBER)]
    assert found(number) == [(number, Personal.NUMBER)]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_hours_dates_sums_and_decrees_are_left_as_they_are(text: str) -> None:
    assert found(text) == []


def test_an_address_and_what_was_marked_are_found() -> None:
    text = "Surel ke sari.dewi@contoh.go.id, tanya [[Ibu Sari, loket 2]] lebih dulu"

    assert found(text) == [
        ("sari.dewi@contoh.go.id", Personal.ADDRESS),
        ("[[Ibu Sari, loket 2]]", Personal.MARKED),
    ]


def test_a_kept_name_is_found_as_whole_words_only() -> None:
    names = ("Sari Dewi", "Al", "0812 3456 7890")

    assert found("SARI  dewi datang", *names) == [("SARI  dewi", Personal.NAME)]
    assert found("Bu Sari menunggu sari buah", *names) == [("Sari", Personal.NAME)]
    assert found("Sarinah dan Dewina, alun-alun Al", *names) == []
    assert found("Telp. 0812 3456 7890", *names) == [("0812 3456 7890", Personal.NUMBER)]
    assert found("loket 7, meja 12", "meja 12") == [("meja 12", Personal.NAME)]


def test_a_number_is_found_between_letters_and_ends_with_its_sentence() -> None:
    assert found("WA081234567890, _0812-3456-7890_") == [
        ("081234567890", Personal.NUMBER),
        ("0812-3456-7890", Personal.NUMBER),
    ]
    assert found("Telepon 0812-345-6789. 15 orang") == [("0812-345-6789", Personal.NUMBER)]


def test_a_mark_that_was_never_closed_covers_the_rest_of_its_line() -> None:
    assert found("Tanya [[Ibu Sari] di loket\nlalu pulang") == [
        ("[[Ibu Sari] di loket", Personal.MARKED)
    ]
    assert [one for one, _ in found("[[Sari]] dan [[Dewi")] == ["[[Sari]]", "[[Dewi"]


def test_a_name_kept_in_capitals_is_found_as_notes_write_it() -> None:
    names = ("SARI DEWI, S.H.", "Nur'aini binti Ali")

    assert [one for one, _ in found("Bu Sari, DEWI; sari buah", *names)] == ["Sari", "DEWI"]
    assert [one for one, _ in found("NUR'AINI atau Nur'aini", *names)] == ["NUR'AINI", "Nur'aini"]


def test_a_number_of_the_office_itself_may_be_left_to_be_read() -> None:
    text = "Telepon {{0911-352123}} dan {{[[Ibu Sari]] 0812-3456-7890}}, {{Sari Dewi}} 0911-352123"

    assert [one for one, _ in found(text, "Sari Dewi")] == [
        "[[Ibu Sari]]",
        "Sari Dewi",
        "0911-352123",
    ]
    assert without_braces("a {{0911-352123}}, {{b}} {{c") == "a 0911-352123, b {{c"
    assert [one for one, _ in found("{{0812}}-3456-7890 {{0812-3456-7890")] == ["0812-3456-7890"]


def test_of_two_that_overlap_all_is_covered() -> None:
    assert found("[[telp 0812-3456]]-7890 ya") == [("[[telp 0812-3456]]", Personal.MARKED)]
    assert found("[[sari]]@contoh.id", "sari]]@contoh.id")[0][0].startswith("[[sari]]")


@given(st.text(max_size=80), st.lists(st.text(max_size=12), max_size=3))
def test_any_text_is_taken_apart_without_overlap(text: str, names: list[str]) -> None:
    parts = personal_parts(text, names)

    assert all(0 <= one.start < one.end <= len(text) for one in parts)
    assert all(one.end <= other.start for one, other in pairwise(parts))


@given(st.sampled_from(NUMBERS), st.text(alphabet=" abc.,;:()\n", max_size=20))
def test_a_number_is_found_wherever_it_stands(number: str, before: str) -> None:
    covered = personal_parts(f"{before} {number} {before}")

    assert covered, before


@pytest.mark.parametrize("part", ["{{", "[[", "[[a]", "a.", "a@", "0", "08-", "(0", "+1 "])
def test_a_hostile_text_takes_no_longer_than_its_length(part: str) -> None:
    began = time.perf_counter()

    personal_parts(part * 20_000, ("Sari Dewi",))

    assert time.perf_counter() - began < 5
