"""Channels tried, times measured, names noticed: the rules by themselves."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.pseudonyms import looks_like_name, proposed_pseudonym, told_apart
from assessor_app.domain.respondents import RespondentKind, Role
from assessor_app.domain.timings import (
    Running,
    Timing,
    as_answer,
    seconds_of_unit,
    timed,
    timings_of,
)
from assessor_app.domain.trials import Channel, NotOwn, Result, Trial, not_own, tally
from assessor_app.domain.wording import Wording

NOON = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("112", NotOwn.EMERGENCY_112),
        ("Call Center 112", NotOwn.EMERGENCY_112),
        ("call centre: 1 1 2", NotOwn.EMERGENCY_112),
        ("110", NotOwn.POLICE_110),
        ("Telp. 113", NotOwn.FIRE_113),
        ("118", NotOwn.AMBULANCE_118),
        ("119", NotOwn.HEALTH_119),
        ("SMS 1708", NotOwn.LAPOR),
        ("https://www.lapor.go.id/", NotOwn.LAPOR),
        ("lapor.go.id", NotOwn.LAPOR),
        ("SP4N-LAPOR!", NotOwn.LAPOR),
        ("@lapor1708", NotOwn.LAPOR),
        ("112 ", NotOwn.EMERGENCY_112),
        ("+62112", NotOwn.EMERGENCY_112),
        ("0062 112", NotOwn.EMERGENCY_112),
        ("Nomor darurat 112 (bebas pulsa)", NotOwn.EMERGENCY_112),
        ("\u200b\uff11\uff11\uff12;", NotOwn.EMERGENCY_112),
        ("\u0661\u0661\u0662", NotOwn.EMERGENCY_112),
        ("112/113", NotOwn.EMERGENCY_112),
        ("PSC119", NotOwn.HEALTH_119),
        ("SMS: LAPOR ke 1708", NotOwn.LAPOR),
        ("https://lapor.go.id/x?y=1", NotOwn.LAPOR),
        ("m.lapor.go.id", NotOwn.LAPOR),
    ],
)
def test_an_emergency_or_national_channel_is_none_of_the_units(address: str, why: NotOwn) -> None:
    assert not_own(address) is why


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "0911-352112",
        "(0911) 112-110",
        "08112",
        "pengaduan@ambon.go.id",
        "ayolapor.go.id",
        "lapor@ambon.go.id",
        "129",  # no source says whose it is
        "Loket 112",
        "112, 0911-352123",  # one of the two is the unit's
        "021112",
        "0112",
        "119 ext 8",
        "lapor.go.id.ambon.id",
        "sp4nx@ambon.go.id",
        " ",
    ],
)
def test_every_other_number_or_address_counts_as_the_units_own(address: str | None) -> None:
    assert not_own(address) is None


def test_what_is_dialled_is_a_number_whatever_place_it_is_named_after() -> None:
    def of(channel: Channel, address: str) -> NotOwn | None:
        return Trial("1", channel, address=address).not_own

    assert of(Channel.PHONE, "Call Center Kota Ambon 112") is NotOwn.EMERGENCY_112
    assert of(Channel.MESSENGER, "WA Ambon 112") is NotOwn.EMERGENCY_112
    assert of(Channel.PHONE, "Kantor Wali Kota, pesawat 112") is None
    assert of(Channel.DESK, "Pojok Aduan 112") is None


def test_only_own_channels_are_counted() -> None:
    found = tally(
        [
            Trial("1", Channel.PHONE, "0911-352123", result=Result.ANSWERED),
            Trial("2", Channel.EMAIL, "a@b.go.id", result=Result.NO_ANSWER),
            Trial("3", Channel.BOX),
            Trial("4", Channel.PHONE, "112", result=Result.ANSWERED),
        ]
    )

    assert (found.announced, found.tried, found.answered, found.others) == (3, 2, 1, 1)


def test_several_customers_have_a_median_that_somebody_waited() -> None:
    found = timed([timing("a", 60), timing("b", 300), timing("c", 120), timing("d", 600)])

    assert found is not None
    assert (found.count, found.median, found.longest, found.shortest) == (4, 300, 600, 60)
    assert timed([]) is None


def test_timings_are_those_of_one_indicator_and_product() -> None:
    late = timing("a", 1, after=9)
    early = timing("b", 1)
    other = Timing("c", "K-09", 1, NOON)
    product = Timing("d", "K-08", 1, NOON, product="ktp")

    assert timings_of([late, early, other, product], "K-08") == (early, late)


@pytest.mark.parametrize(
    ("seconds", "unit", "digits", "answer"),
    [
        (600, ("menit", "minutes"), "whole", "10"),
        (601, ("menit", "minutes"), "whole", "11"),
        (1, ("menit", "minutes"), "whole", "1"),
        (0, ("menit", "minutes"), "parts", "0.01"),
        (90, ("menit", "minutes"), "parts", "1.5"),
        (5400, ("jam", "hours"), "parts", "1.5"),
        (7200, ("Jam ", "hour"), "whole", "2"),
        (600, ("hari kerja", "working days"), "whole", None),
    ],
)
def test_a_measured_time_is_an_answer_in_the_scales_unit(
    seconds: int, unit: tuple[str, str], digits: str, answer: str | None
) -> None:
    assert as_answer(seconds, Wording(*unit), whole=digits == "whole") == answer


def test_a_scale_without_a_unit_is_measured_by_no_watch() -> None:
    assert seconds_of_unit(None) is None


def test_a_watch_trusts_the_monotonic_clock_while_the_device_is_on() -> None:
    watch = Running("v", "K-08", "-", NOON, mono=5_000_000, boot="one")
    turned = NOON + timedelta(hours=9)

    assert watch.seconds(now=turned, mono=65_000_000, boot="one") == 60
    assert not watch.by_wall("one")


def test_after_a_new_start_of_the_device_the_wall_clock_tells() -> None:
    watch = Running("v", "K-08", "-", NOON, mono=5_000_000, boot="one")

    assert watch.seconds(now=NOON + timedelta(minutes=3), mono=1, boot="two") == 180
    assert watch.seconds(now=NOON - timedelta(minutes=3), mono=1, boot="two") == 0
    assert watch.by_wall("two")


@pytest.mark.parametrize(
    "text",
    [
        "Ibu Sari",
        "Bpk. Ahmad 3",
        "Sari",
        "Maria Tehupeiory",
        "dr. Budi P-1",
        "0812-3456-7890",
        "Sari, S.H.",
    ],
)
def test_a_name_is_noticed(text: str) -> None:
    assert looks_like_name(text)


@pytest.mark.parametrize("text", ["P-07", "Kepala-1", "Pengguna 12", "R3", "loket 2", "A", "7"])
def test_a_pseudonym_is_none(text: str) -> None:
    assert not looks_like_name(text)


def test_pseudonyms_are_numbered_by_role() -> None:
    user = Role("pengguna", Wording("a", "a"), RespondentKind.USER)
    head = Role("kepala-seksi", Wording("a", "a"), RespondentKind.OFFICER)

    assert proposed_pseudonym(user, []) == "P-01"
    assert proposed_pseudonym(user, ["p-01", "P-02"]) == "P-03"
    assert proposed_pseudonym(head, ["Kepala seksi-1"]) == "Kepala seksi-2"


def timing(id_: str, seconds: int, *, after: int = 0) -> Timing:
    return Timing(id_, "K-08", seconds, NOON + timedelta(minutes=after))


def test_no_two_respondents_are_called_the_same() -> None:
    given = {"1": "P-07", "2": "p-07", "3": "P-07 (2)", "4": "P-07", "5": "Kepala-1"}

    called = told_apart(given)

    assert called == {
        "1": "P-07",
        "2": "p-07 (3)",
        "3": "P-07 (2)",
        "4": "P-07 (4)",
        "5": "Kepala-1",
    }


@given(
    st.dictionaries(st.uuids().map(str), st.sampled_from(["P-1", "p-1", "P-1 (2)", "Ä", "A\u0308"]))
)
def test_names_are_told_apart_the_same_on_every_device(given: dict[str, str]) -> None:
    called = told_apart(given)
    turned = told_apart(dict(reversed(given.items())))

    assert called == turned
    assert set(called) == set(given)
    folded = {unicodedata.normalize("NFC", name).casefold() for name in called.values()}
    assert len(folded) == len(given)
    assert all(called[id_].startswith(name) for id_, name in given.items())


def test_a_clock_set_back_while_the_device_was_off_measures_nothing() -> None:
    watch = Running("v", "K-08", "-", NOON, 10, "one")

    assert watch.turned_back(now=NOON - timedelta(minutes=1), boot="another")
    assert not watch.turned_back(
        now=NOON - timedelta(minutes=1), boot="one"
    )  # the other clock tells
    assert not watch.turned_back(now=NOON, boot="another")
