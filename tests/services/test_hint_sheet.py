"""The printed hint: one page that helps its owner, and never tells the passphrase."""

import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.problem import IssueProblem, Problem, RecordRefused
from assessor_app.reporting.reading import read_back
from assessor_app.services.enrolment import Profile
from assessor_app.services.hint_sheet import LONGEST_HINT, require_harmless, write_hint_sheet
from assessor_app.texts import Language

SECRET = "lautan teduh 1977"
HINT = "Perahu kakek, lalu tahun ia berlabuh terakhir kali."
AT = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def write(
    path: Path, profile: Profile, *, hint: str = HINT, language: Language = Language.INDONESIAN
) -> None:
    write_hint_sheet(
        path,
        profile=profile,
        hint=hint,
        passphrase=SECRET,
        home=Path("/home/siti/asesor"),
        at=AT,
        language=language,
    )


@pytest.mark.parametrize("language", Language)
def test_the_sheet_is_one_page_that_says_whose_it_is_and_the_hint(
    profile: Profile, tmp_path: Path, language: Language
) -> None:
    out = tmp_path / "petunjuk.pdf"

    write(out, profile, language=language)

    (page,) = read_back(out.read_bytes()).page_texts
    told = " ".join(page.split())
    day = {Language.INDONESIAN: "23 November 2026", Language.ENGLISH: "23 November 2026"}
    for words in (HINT, profile.name, profile.office, "/home/siti/asesor", day[language]):
        assert words in told
    assert SECRET.encode() not in out.read_bytes()
    assert not any(word in told.casefold() for word in ("lautan", "teduh", "1977"))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_names_of_any_length_and_script_stay_on_the_page(profile: Profile, tmp_path: Path) -> None:
    long = replace(profile, name="بسم الله 🏢 " + "W" * 400, office="x" * 5000)

    write(tmp_path / "p.pdf", long, hint="W" * LONGEST_HINT)

    assert len(read_back((tmp_path / "p.pdf").read_bytes()).page_texts) == 1


@pytest.mark.parametrize(
    ("hint", "code"),
    [
        ("", "hint_empty"),
        ("  \n", "hint_empty"),
        ("?!…", "hint_empty"),
        ("a " * LONGEST_HINT, "hint_too_long"),
        ("lautan teduh 1977", "hint_tells_passphrase"),
        ("LAUTAN-TEDUH, 1977!", "hint_tells_passphrase"),
        ("l a u t a n", "hint_tells_passphrase"),
        ("samudra yang teduh", "hint_tells_passphrase"),
        ("kembali ke 1977", "hint_tells_passphrase"),
        ("uh 19", "hint_tells_passphrase"),
        ("l", "hint_tells_passphrase"),
    ],
)
def test_a_hint_that_says_nothing_or_too_much_is_refused(
    profile: Profile, tmp_path: Path, hint: str, code: str
) -> None:
    with pytest.raises(RecordRefused) as refused:
        write(tmp_path / "p.pdf", profile, hint=hint)

    assert refused.value.code == code
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("passphrase", "hint"),
    [
        ("Café au lait", "cafe\u0301 di sudut jalan"),
        ("STRASSE am Meer", "die straße"),
        ("crème brûlée", "la creme d'ici"),
        ("kucinghitamsaya", "nama kucing itu"),
        ("!!!!!!!!", "tanda !!!!!!!! itu"),
        ("🏢🌊🏢🌊", "gambar 🏢 🌊 🏢 🌊"),
    ],
)
def test_writing_it_otherwise_tells_it_all_the_same(passphrase: str, hint: str) -> None:
    with pytest.raises(RecordRefused) as refused:
        require_harmless(hint, passphrase)

    assert refused.value.code == "hint_tells_passphrase"


@pytest.mark.parametrize(
    ("passphrase", "hint"),
    [
        (SECRET, HINT),
        ("ibu ada di sini", "siapa yang menunggu di rumah?"),
        ("!!!!!!!!", "delapan kali tanda yang sama"),
    ],
)
def test_a_hint_in_other_words_is_taken(passphrase: str, hint: str) -> None:
    assert require_harmless(f" {hint} ", passphrase) == hint


# Marks are left out: one that stands first joins the letter before it.
TEXTS = st.text(st.characters(exclude_categories=("C", "M")), max_size=20)


@given(before=TEXTS, secret=TEXTS, after=TEXTS)
def test_no_hint_holds_the_passphrase_whatever_stands_around_it(
    before: str, secret: str, after: str
) -> None:
    if not secret.strip():
        return
    with pytest.raises(Problem):
        require_harmless(f"{before}{secret}{after}", secret)


def test_what_stands_at_the_place_already_stays(profile: Profile, tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    out.write_text("x")

    with pytest.raises(IssueProblem) as refused:
        write(out, profile)
    with pytest.raises(IssueProblem) as nowhere:
        write(tmp_path / "none" / "p.pdf", profile)

    assert (refused.value.code, out.read_text()) == ("file_exists", "x")
    assert nowhere.value.code == "folder_missing"
