"""A follow-up visit from the command line: begun, answered, its items told, one added."""

import json
from pathlib import Path

from tests.cli.calling import Call

from assessor_app.reporting.reading import read_back

CODES = ("P15-06", "P15-08", "P15-12")


def lines(absent: dict[str, tuple[str, ...]]) -> bytes:
    """Answers of both sides for `record`, a line each."""
    told = [
        {
            "indicator": code,
            "side": side,
            "answer": "absent" if side in sides else "present",
            **({"no_evidence_reason": "Dilarang memotret"} if len(sides) == 1 else {}),
        }
        for code, sides in absent.items()
        for side in ("paperwork", "practice")
    ]
    return "\n".join(json.dumps(one) for one in told).encode()


def assessed(call: Call, visit: str) -> str:
    """A visit with three findings, closed."""
    shown = call("show", visit, "--json").data["indicators"]
    absent: dict[str, tuple[str, ...]] = {one["code"]: () for one in shown}
    absent |= {"P15-06": ("practice",), "P15-08": ("paperwork",)}
    absent |= {"P15-12": ("paperwork", "practice")}
    assert call("record", visit, "-", stdin=lines(absent)).code == 0
    assert call("due", visit, "2030-01-15", "--by", "head").code == 0
    closed = call("close", visit, "--outcome", "completed")
    assert closed.code == 0, closed.err
    return visit


def follow(call: Call, before: str) -> str:
    begun = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas Kesehatan", "--object", "opd"),
        *("--instrument", "2015-pemda", "--kind", "follow-up", "--predecessor", before, "--json"),
    )
    assert begun.code == 0, begun.err
    return str(begun.data["visit"])


def test_a_follow_up_is_begun_answered_and_told(call: Call, visit: str) -> None:
    follow_up = follow(call, assessed(call, visit))

    begun = call("follow-up", follow_up, "--json").data
    answered = {"P15-06": ("practice",), "P15-08": ()}
    assert call("record", follow_up, "-", stdin=lines(answered)).code == 0
    added = call("follow-up", follow_up, "--add", "P15-01", "--json").data
    told = call("follow-up", follow_up)

    assert [one["indicator"] for one in begun["items"]] == list(CODES)
    assert {one["due_date"] for one in begun["items"]} == {"2030-01-15"}
    assert {one["due_set_by"] for one in begun["items"]} == {"head"}
    assert (added["repaired"], added["found"]) == (1, 3)
    assert {one["indicator"]: one["standing"] for one in added["items"]} == {
        "P15-01": "not_looked_at",
        "P15-06": "still_open",
        "P15-08": "repaired",
        "P15-12": "not_looked_at",
    }
    assert "1 dari 3 diperbaiki" in told.out
    scored = call("score", follow_up, "--json").data
    assert "official" not in scored
    assert "hanya temuan sebelumnya" in scored["reason"]
    assert "P15-20" not in call("show", follow_up).out
    assert call("follow-up", follow_up, "--drop", "P15-01").code == 0
    refused = call("follow-up", follow_up, "--drop", "P15-06")
    assert refused.code != 0
    assert "P15-06" in refused.err


def test_an_assessment_has_no_items_and_an_open_visit_no_follow_up(call: Call, visit: str) -> None:
    asked = call("follow-up", visit)
    begun = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas Kesehatan", "--object", "opd"),
        *("--instrument", "2015-pemda", "--kind", "follow-up", "--predecessor", visit),
    )

    assert asked.code != 0
    assert "tindak lanjut" in asked.err
    assert begun.code != 0
    assert "belum ditutup" in begun.err


def test_the_signed_document_of_a_follow_up_verifies_and_carries_its_items(
    call: Call, visit: str, tmp_path: Path
) -> None:
    follow_up = follow(call, assessed(call, visit))
    answered = {"P15-06": ("practice",), "P15-08": (), "P15-12": (), "P15-01": ()}
    assert call("record", follow_up, "-", stdin=lines(answered)).code == 0
    assert call("receiver", follow_up, "--declared", "absent").code == 0
    closed = call("close", follow_up, "--outcome", "completed")
    assert closed.code == 0, closed.err
    path = tmp_path / "tindak-lanjut.pdf"

    issued = call("issue", follow_up, "--out", path)
    assert issued.code == 0, issued.err
    verified = call("verify", path, "--trust-trial")

    assert verified.code == 0, verified.out
    found = call("follow-up", follow_up, "--json").data
    assert {one["indicator"]: one["standing"] for one in found["items"]} == {
        "P15-01": "in_order",
        "P15-06": "still_open",
        "P15-08": "repaired",
        "P15-12": "repaired",
    }
    (document,) = read_back(path.read_bytes()).attachments
    told = json.loads(document.data)["follow_up"]
    assert {one["indicator"]: one["owed"] for one in told["items"]} == {
        "P15-01": False,
        "P15-06": True,
        "P15-08": False,
        "P15-12": False,
    }
    for asked in (("improve", follow_up), ("score", follow_up)):
        assert "official" not in call(*asked, "--json").out


def test_ones_own_words_are_kept_changed_listed_and_forgotten(call: Call, visit: str) -> None:
    kept = call("finding-template", "keep", "Di {unit} tidak ada.", "--indicator", "P15-06")
    assert kept.code == 0, kept.err
    (one,) = call("finding-template", "list", "--json").data["templates"]
    assert (one["part"], one["indicator"]) == ("wording", "P15-06")

    assert call("finding-template", "change", one["id"], "Di {unit} belum ada.").code == 0
    (changed,) = call("finding-template", "list", "--json").data["templates"]

    assert changed == {**one, "text": "Di {unit} belum ada."}
    assert "belum ada" in call("finding-template", "list").out
    assert call("finding-template", "forget", one["id"]).code == 0
    assert call("finding-template", "forget", one["id"]).code != 0
    assert call("finding-template", "list", "--json").data["templates"] == []
