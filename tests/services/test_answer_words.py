"""Answers of every kind and interviews in words, in both languages."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.fulfilment import Compared, compare
from assessor_app.domain.instrument import Asked, Indicator, Instrument, Side
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.respondents import Respondent
from assessor_app.domain.visit import Snapshot, Visit, VisitKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.reporting.content import Mark
from assessor_app.services.report import interviews
from assessor_app.services.report.answers import answer, told
from assessor_app.services.report.words import Words
from assessor_app.texts import Language

ZONE = ZoneInfo("Asia/Jayapura")
INDONESIAN = Words(Language.INDONESIAN, ZONE)
ENGLISH = Words(Language.ENGLISH, ZONE)


def test_a_share_and_a_mean_are_both_rounded_half_up() -> None:
    part, whole = Decimal("12.25"), Decimal(100)

    assert ENGLISH.percent(part, whole) == "12.3 %"
    assert INDONESIAN.percent(Decimal("24.5"), Decimal(200)) == "12,3 %"
    assert ENGLISH.percent(Decimal(1), Decimal(3)) == "33.3 %"
    assert ENGLISH.percent(Decimal(1), Decimal(0)) == "0.0 %"
    assert ENGLISH.mean(part) == "12.3"


@pytest.mark.parametrize(("points", "told"), [("1", "1 point"), ("0.5", "0.5 points")])
def test_english_tells_one_apart_from_several(points: str, told: str) -> None:
    weight = Decimal(points)

    said = ENGLISH.counted(
        weight, one="singular.weight", many="cover.weight", weight=ENGLISH.weight(weight)
    )

    assert said == told


@pytest.fixture(scope="module")
def kinds(library: Library) -> Instrument:
    return library.get("kinds")


@pytest.mark.parametrize(
    ("code", "side", "recorded", "sentences"),
    [
        ("K-01", "practice", "absent", ("Tidak ada", "Absent")),
        ("K-02", "practice", "partial", ("Ada sebagian", "Present in part")),
        ("K-03", "paperwork", "monthly", ("Setiap bulan", "Every month")),
        (
            "K-05",
            "practice",
            "7",
            (
                "7 dari 10 unsur keselamatan (Paling sedikit setengahnya tersedia)",
                "7 of 10 safety items (At least half are there)",
            ),
        ),
        ("K-05", "practice", "0", ("0 dari 10 unsur keselamatan", "0 of 10 safety items")),
        ("K-06", "practice", "12", ("12 dari 20 kursi", "12 of 20 seats")),
        ("K-07", "paperwork", "5", ("Janji 5 hari kerja", "Promised: 5 working days")),
        ("K-07", "practice", "9.5", ("Nyata 9,5 hari kerja", "Took 9.5 working days")),
        ("K-07", "paperwork", "none", ("Tidak ada janji waktu", "No time is promised")),
        ("K-10", "practice", "2", ("Menyebut 5-9 komponen", "Names 5 to 9 components")),
        ("K-11", "practice", "4", ("Setuju", "Agree")),
        ("K-13", "practice", "Antrean Pro", ("Antrean Pro", "Antrean Pro")),
        ("K-14", "paperwork", "2024-03-12", ("12 Maret 2024", "12 March 2024")),
    ],
)
def test_an_answer_is_told_in_words(
    kinds: Instrument, code: str, side: str, recorded: str, sentences: tuple[str, str]
) -> None:
    indicator = kinds.indicator(code)

    said = [words.answer(indicator, recorded, side=Side(side)) for words in (INDONESIAN, ENGLISH)]

    assert tuple(said) == sentences


def test_a_checklist_names_what_was_found_and_what_was_not(kinds: Instrument) -> None:
    indicator = kinds.indicator("K-09")
    every = " ".join(part.value for part in indicator.scale.parts)

    def say(recorded: str) -> str:
        return INDONESIAN.answer(indicator, recorded, side=Side.PRACTICE)

    assert say("persyaratan biaya").startswith("2 dari 14 butir. Ada: Persyaratan; Biaya/tarif.")
    assert "Tidak ada: Sistem, mekanisme, dan prosedur;" in say("persyaratan biaya")
    assert say(every).startswith("14 dari 14 butir. Semuanya ada: Persyaratan;")
    assert "Tidak ada" not in say(every)
    assert say("none").startswith("0 dari 14 butir. Tidak ada: Persyaratan;")


@pytest.mark.parametrize("code", ["K-01", "K-05", "K-07", "K-09", "K-14"])
def test_what_is_not_on_the_scale_any_more_is_told_as_it_was_recorded(
    kinds: Instrument, code: str
) -> None:
    indicator = kinds.indicator(code)

    assert INDONESIAN.answer(indicator, "nineteen", side=Side.PAPERWORK) == "nineteen"


@given(number=st.decimals(min_value=0, max_value=10**6, places=3))
def test_a_number_keeps_every_digit_in_both_languages(number: Decimal) -> None:
    indonesian, english = INDONESIAN.number(number), ENGLISH.number(number)

    assert Decimal(english) == number
    assert Decimal(indonesian.replace(",", ".")) == number


def test_an_endless_weight_is_told_in_two_decimals() -> None:
    assert INDONESIAN.weight(Decimal(110) / 3) == "36,67"
    assert INDONESIAN.weight(Decimal("12.2500")) == "12,25"
    assert INDONESIAN.weight(Decimal("3.8")) == "3,8"


# Interviews


def snapshot(*said: tuple[str, str, str | None, bool], code: str) -> Snapshot:
    """A visit in which each of these (answer, pseudonym, post, substitute) spoke in practice."""
    visit = Visit(
        id="00000000-0000-7000-8000-000000000001",
        institution="Kota Ambon",
        unit="Dinas",
        object_type="opd",
        instrument_version="kinds@1",
        instrument_digest="",
        kind=VisitKind.UNANNOUNCED,
        state=VisitState.OPEN,
        arrival=datetime(2026, 11, 22, tzinfo=UTC),
        team=(),
    )
    respondents = {
        f"r{place:02}": Respondent(
            f"r{place:02}",
            pseudonym,
            "user" if post == "pengguna" else "officer",
            post,
            substitute,
        )
        for place, (_, pseudonym, post, substitute) in enumerate(said)
    }
    observations = {
        ObservationKey(code, Side.PRACTICE, respondent=f"r{place:02}"): Observation(answer=given)
        for place, (given, *_) in enumerate(said)
    }
    return Snapshot(visit, MappingProxyType(observations), {}, respondents, {}, {}, {})


def asked(kinds: Instrument, seen: Snapshot, code: str) -> Compared:
    return next(one for one in compare(seen, kinds) if one.indicator.code == code)


def test_an_interview_is_its_count_and_its_mean(kinds: Instrument) -> None:
    seen = snapshot(
        *((str(value), f"U-{value}", "pengguna", False) for value in (2, 3, 5)), code="K-11"
    )
    one = asked(kinds, seen, "K-11")

    shown = answer(one, Side.PRACTICE, seen, INDONESIAN)

    assert (shown.label, shown.mark) == ("n = 3, rerata 3,3", Mark.PARTIAL)
    assert shown.detail.startswith("58,3 % terpenuhi. Pengguna layanan: Tidak setuju (1);")
    assert "baru" not in shown.detail


def test_a_substitute_weighs_less_and_two_officers_are_not_told_apart(kinds: Instrument) -> None:
    seen = snapshot(("4", "K-1", "kepala", True), ("1", "P-1", "petugas-loket", False), code="K-10")
    one = asked(kinds, seen, "K-10")

    shown = answer(one, Side.PRACTICE, seen, INDONESIAN)

    assert shown.label == "n = 2, rerata tertimbang 2,0"
    assert "Petugas: 2 orang; jawabannya tidak dirinci" in shown.detail
    assert "K-1" not in shown.detail
    assert "Menyebut" not in shown.detail
    assert shown.detail.endswith("Petugas loket: baru 1 dari 2 yang diwawancarai.")
    assert "Counter officer: only 1 of 2" in answer(one, Side.PRACTICE, seen, ENGLISH).detail


def test_many_users_are_told_by_how_often_each_answer_was_given(kinds: Instrument) -> None:
    seen = snapshot(
        *(("5" if number < 20 else "1", f"U-{number}", "pengguna", False) for number in range(32)),
        code="K-11",
    )
    one = asked(kinds, seen, "K-11")

    detail = answer(one, Side.PRACTICE, seen, INDONESIAN).detail

    assert "Pengguna layanan: Sangat tidak setuju (12); Sangat setuju (20)." in detail
    assert "U-3" not in detail


def test_too_few_users_and_posts_nobody_spoke_for_are_said(kinds: Instrument) -> None:
    few = snapshot(("5", "U-1", "pengguna", False), code="K-11")
    nobody = snapshot(code="K-10")

    users = answer(asked(kinds, few, "K-11"), Side.PRACTICE, few, INDONESIAN)
    posts = answer(asked(kinds, nobody, "K-10"), Side.PRACTICE, nobody, INDONESIAN)

    assert "Pengguna layanan: baru 1 dari paling sedikit 3;" in users.detail
    assert posts.mark is Mark.NOT_ASSESSED
    assert posts.detail == ("Kepala unit: belum diwawancarai. Petugas loket: belum diwawancarai.")


def of_words(kinds: Instrument) -> Indicator:
    """A question answered in words, put to each respondent."""
    return replace(kinds.indicator("K-03"), asked=Asked.PER_RESPONDENT, sides=(Side.PRACTICE,))


def test_answers_in_words_have_no_mean_but_a_share(kinds: Instrument) -> None:
    seen = snapshot(("monthly", "A", None, False), ("never", "B", None, False), code="K-03")
    key = tuple(sorted(seen.observations))
    one = Compared(of_words(kinds), "-", None, Decimal("0.5"), None, key)

    shown = answer(one, Side.PRACTICE, seen, INDONESIAN)

    assert shown.label == "n = 2, 50,0 % terpenuhi"
    assert shown.detail.startswith("Petugas: 2 orang;")
    assert interviews.interviews(one, Side.PRACTICE, seen).mean is None


def test_answers_that_give_no_points_are_only_counted(kinds: Instrument) -> None:
    indicator = replace(kinds.indicator("K-13"), asked=Asked.PER_RESPONDENT)
    said = [(f"Jawaban {number}", f"A-{number}", None, False) for number in range(8)]
    seen = snapshot(*said, code="K-13")
    one = Compared(indicator, "-", None, None, None, tuple(sorted(seen.observations)))

    shown = answer(one, Side.PRACTICE, seen, INDONESIAN)

    assert (shown.label, shown.mark) == ("n = 8", Mark.RECORDED)
    assert shown.detail.startswith("Petugas: 8 orang; jawabannya tidak dirinci")
    assert "Jawaban 0" not in shown.detail  # who spoke is known by their own words


def test_a_checklist_put_to_several_is_told_by_what_they_missed(kinds: Instrument) -> None:
    checklist = replace(
        kinds.indicator("K-09"), asked=Asked.PER_RESPONDENT, roles=kinds.indicator("K-10").roles
    )
    every = [part.value for part in checklist.scale.parts]
    seen = snapshot(
        (" ".join(every), "K-1", "kepala", False),
        (" ".join(every[1:]), "P-1", "petugas-loket", False),
        (" ".join(every[2:]), "P-2", "petugas-loket", False),
        code="K-09",
    )
    one = Compared(checklist, "-", None, Decimal("0.9"), None, tuple(sorted(seen.observations)))

    shown = answer(one, Side.PRACTICE, seen, INDONESIAN)

    assert shown.label == "n = 3, rerata 13,0 dari 14 butir"
    assert "Petugas: 14 dari 14 butir (1); 13 dari 14 butir (1); 12 dari" in shown.detail
    assert "kurung): Persyaratan (2); Sistem, mekanisme, dan prosedur (1)." in shown.detail
    few = snapshot((" ".join(every[1:]), "K-1", "kepala", False), code="K-09")
    assert "kurung)" not in answer(one, Side.PRACTICE, few, INDONESIAN).detail
    assert ".." not in shown.detail
    assert ".;" not in shown.detail


def test_a_long_answer_begins_in_its_column_and_is_whole_below(kinds: Instrument) -> None:
    text = "Antrean daring dengan pengingat lewat pesan dan papan panggil di ruang tunggu"
    seen = replace(
        snapshot(code="K-13"),
        observations={ObservationKey("K-13", Side.PRACTICE): Observation(answer=text)},
    )
    one = asked(kinds, seen, "K-13")

    shown = answer(one, Side.PRACTICE, seen, INDONESIAN)

    assert shown.label == "Antrean daring dengan pengingat lewat pesan…"
    assert shown.whole == text
    assert told(one, Side.PRACTICE, seen, INDONESIAN) == text
