"""`visits` with its filters, and `preflight`: the list and the check as the window has them."""

import pytest
from tests.cli.calling import Call

from assessor_app.domain.listing import Order
from assessor_app.texts import Language


@pytest.fixture
def three(call: Call) -> dict[str, str]:
    """Three visits, by their units."""
    begun = {}
    for unit, kind, arrival in (
        ("Puskesmas Rijali", "unannounced", "2026-01-05T09:00:00"),
        ("Dinas Pendidikan", "coaching", "2025-03-05T09:00:00"),
        ("Puskesmas Waihaong", "unannounced", "2026-02-05T09:00:00"),
    ):
        told = call(
            *("new", "--institution", "Kota Ambon", "--unit", unit, "--object", "opd"),
            *("--instrument", "2015-pemda", "--kind", kind, "--arrival", arrival, "--json"),
        )
        begun[unit] = str(told.data["visit"])
    return begun


def units(call: Call, *options: str) -> list[str]:
    told = call("visits", "--json", *options)
    assert told.code == 0
    return [one["unit"] for one in told.data]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--search", "PUSKESMAS"), ["Puskesmas Waihaong", "Puskesmas Rijali"]),
        (("--search", "ambon rijali"), ["Puskesmas Rijali"]),
        (("--kind", "coaching"), ["Dinas Pendidikan"]),
        (("--year", "2025"), ["Dinas Pendidikan"]),
        (("--year", "2015", "--search", "rijali"), ["Puskesmas Rijali"]),  # the instrument's
        (("--state", "voided"), []),
        (("--progress", "under_way"), ["Puskesmas Rijali"]),
        (("--zone", "none", "--search", "dinas"), ["Dinas Pendidikan"]),
        (("--sync", "exported"), []),
        (("--due",), []),
        (("--sort", "unit"), ["Dinas Pendidikan", "Puskesmas Rijali", "Puskesmas Waihaong"]),
    ],
)
def test_the_list_shows_what_is_asked_for(
    call: Call, three: dict[str, str], options: tuple[str, ...], found: list[str]
) -> None:
    given = b'{"indicator": "P15-05", "side": "practice", "answer": "present"}'
    assert call("record", three["Puskesmas Rijali"], "-", stdin=given).code == 0

    assert units(call, *options) == found


def test_what_was_counted_is_told_with_the_visit(call: Call, three: dict[str, str]) -> None:
    told = call("visits", "--json", "--sort", "progress").data[0]

    assert told["progress"] == {"made": "not_begun", "answered": 0, "asked": 40}
    assert (told["zone"], told["due"], told["sync"]) == (None, None, ["local"])
    assert call("visits", "--json", "--sort", "progress").data[0] == told  # as it was kept
    assert "progress" not in call("visits", "--json").data[0]


@pytest.mark.parametrize("order", Order)
def test_every_order_lists_all(call: Call, three: dict[str, str], order: Order) -> None:
    assert sorted(units(call, "--sort", order.value)) == sorted(three)


def test_an_empty_list_and_a_search_without_a_hit_are_told_apart(call: Call) -> None:
    empty = call("visits").out
    searched = call("visits", "--search", "xyz").out

    assert empty != searched
    assert call("visits", "--zone", "purple").code == 2


@pytest.mark.parametrize("language", Language)
def test_before_leaving_each_line_says_how_it_stands(call: Call, language: Language) -> None:
    told = call("preflight", "--lang", language.value)
    data = call("preflight", "--lang", language.value, "--json")

    assert (told.code, data.code) == (1, 1)
    assert not data.data["ready"]
    assert told.out.strip().splitlines()[-1] == data.data["verdict"]
    backup = next(one for one in data.data["checks"] if one["check"] == "backup")
    assert (backup["grade"], backup["code"]) == ("attention", "backup_none")
    assert backup["advice"]


def test_a_backup_is_seen_by_the_next_check(call: Call) -> None:
    assert call("store", "backup").code == 0

    checks = call("preflight", "--json").data["checks"]

    assert next(one for one in checks if one["check"] == "backup")["grade"] == "ready"
