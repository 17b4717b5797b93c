"""Assignments and instruments of headquarters: pulled, verified, opened on the day, installed."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.headquartered import Field, field_in
from tests.visiting import QUICK, SIGNING_PASSPHRASE

from assessor_app.domain.event import Json
from assessor_app.domain.problem import InstrumentFault, StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services.headquarters.assigning import Assigned, assign
from assessor_app.services.headquarters.devices import certified_devices
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.services.headquarters.letters import Written, sealed_letters
from assessor_app.services.headquarters.publishing import publish
from assessor_app.services.headquarters.revoking import revoke
from assessor_app.services.sync.assignments import assignments, open_assignment
from assessor_app.services.sync.pulling import pull
from assessor_app.storage.inbox import taken_letters
from assessor_app.storage.received import keep_received
from assessor_app.syncing.letter import LetterKind

PLACE: Json = {
    "institution": "Kota Ambon",
    "unit": "Dinas Kependudukan",
    "object_type": "opd",
    "address": "Jalan Sultan Hairun 1",
    "last_results": [{"year": 2024, "score": "71.35", "zone": "yellow", "source": "Keputusan 1"}],
    "open_findings": ["Tidak ada loket pengaduan"],
}
GIVEN: dict[str, Json] = {"title": "Maluku, triwulan I", "due": "2027-03-31", "places": [PLACE]}


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with field_in(tmp_path) as made:
        yield made


def assigned(field: Field, given: Json = GIVEN, *, is_sealed: bool = False) -> Assigned:
    file = field.folder / "assignment.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    made = assign(
        field.office.workplace, file, to=field.store.device.id, is_sealed=is_sealed, cost=QUICK
    )
    field.receive()
    return made


def test_an_open_assignment_comes_with_last_results_and_open_findings(field: Field) -> None:
    assigned(field)

    assert field.pull().aside == ()

    (listed,) = assignments(field.desk.workplace)
    assert not listed.is_sealed
    (place,) = listed.assignment.places
    assert (place.unit, place.last_results[0].score) == ("Dinas Kependudukan", "71.35")
    assert place.open_findings == ("Tidak ada loket pengaduan",)
    assert open_assignment(field.desk.workplace, listed.assignment.id, "").assignment.places


def test_a_sealed_one_shows_no_place_before_its_code_and_all_of_them_after(field: Field) -> None:
    made = assigned(field, is_sealed=True)
    field.pull()
    workplace = field.desk.workplace

    (before,) = assignments(workplace)
    assert before.is_sealed
    assert before.assignment.places == ()
    with pytest.raises(StoreProblem) as wrong:
        open_assignment(workplace, made.id, "AAAA-AAAA-AAAA")
    assert wrong.value.code == "assignment_code_wrong"
    assert made.code is not None

    open_assignment(workplace, made.id, made.code.lower().replace("-", " "))

    (after,) = assignments(workplace)
    assert not after.is_sealed
    assert after.assignment.places[0].address == "Jalan Sultan Hairun 1"


def test_nothing_of_a_sealed_place_can_be_read_from_the_letter(field: Field) -> None:
    assigned(field, is_sealed=True)
    field.pull()

    (letter,) = taken_letters(field.store)
    assert b"Ambon" not in letter.line
    assert b"Maluku" in letter.line


@pytest.mark.parametrize(
    "given",
    [
        [],
        {"title": "x", "places": []},
        {"title": " ", "places": [PLACE]},
        {"title": "x", "due": "besok", "places": [PLACE]},
        {"title": "x", "places": [{"institution": "y"}]},
        {"title": "x", "places": [{"institution": "y", "unit": " "}]},
        {"title": "x", "places": [{"institution": "y", "unit": "z", "phone": "1"}]},
        {"title": "x", "places": [{"institution": "y", "unit": "z", "open_findings": [1]}]},
        {
            "title": "x",
            "places": [
                {
                    "institution": "y",
                    "unit": "z",
                    "last_results": [{"year": 2024, "score": "1e999999999"}],
                }
            ],
        },
    ],
)
def test_what_is_no_assignment_is_not_sent(field: Field, given: Json) -> None:
    with pytest.raises(StoreProblem) as refused:
        assigned(field, given)
    assert refused.value.code == "assignment_unreadable"


@pytest.mark.parametrize("to", ["0", "ffffffff"])
def test_an_assignment_goes_to_one_trusted_device(field: Field, to: str) -> None:
    file = field.folder / "assignment.json"
    file.write_text(json.dumps(GIVEN), encoding="utf-8")
    with pytest.raises(StoreProblem) as refused:
        assign(field.office.workplace, file, to=to, is_sealed=False)
    assert refused.value.code == "assignment_device_unknown"
    revoke(field.office.workplace, field.store.device.id, reason="x", passphrase=SIGNING_PASSPHRASE)
    with pytest.raises(StoreProblem):
        assign(field.office.workplace, file, to=field.store.device.id, is_sealed=False)


def write(field: Field, kind: LetterKind, content: Json) -> None:
    """A letter that headquarters' own program would not write, under its true signature."""
    store = field.office.workplace.store
    device = certified_devices(store)[field.store.device.id]
    keep_received(
        store, (), sealed_letters(store, keys_of(store), [Written(device, kind, content)])
    )
    field.receive()


@pytest.mark.parametrize(
    "sealed",
    [
        {"salt": "00" * 16, "cost": [2**30, 1, 1], "box": ""},
        {"salt": "00" * 16, "cost": [64, 1], "box": ""},
        {"salt": "00", "cost": [64, 1, 1], "box": ""},
        {"salt": "00" * 16, "cost": [64, 1, 1], "box": "?"},
    ],
)
def test_a_seal_that_would_cost_all_memory_or_is_none_is_set_aside(
    field: Field, sealed: Json
) -> None:
    content: Json = {"id": "x", "title": "x", "due": None, "places": [], "sealed": sealed}
    write(field, LetterKind.ASSIGNMENT, content)

    assert [one.problem.code for one in field.pull().aside] == ["letter_unreadable"]
    assert assignments(field.desk.workplace) == ()


def test_an_assignment_that_is_not_here_is_said(field: Field) -> None:
    with pytest.raises(StoreProblem) as refused:
        open_assignment(field.desk.workplace, "abc", "x")
    assert refused.value.code == "assignment_unknown"


# Instruments


def changed_instrument(field: Field, *, version: str = "9.9") -> Path:
    shipped = next((resources_dir() / "instruments").glob("2015-pemda*.yaml"))
    lines = shipped.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(place for place, line in enumerate(lines) if line.startswith("version:"))
    lines[at] = f'version: "{version}"\n'
    path = field.folder / "new.yaml"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def own_library(field: Field) -> Library:
    home = field.desk.application.home
    return Library((resources_dir() / "instruments", home / "instruments"))


def test_a_published_instrument_is_at_hand_on_the_device(field: Field) -> None:
    made = publish(field.office.workplace, changed_instrument(field))
    field.receive()
    library = own_library(field)
    assert made.pin not in {one.pin for one in library.all()}

    done = pull(field.desk.workplace, field.transport, library=library)

    assert done.aside == ()
    assert library.get(made.pin).digest == made.digest


def test_an_instrument_never_takes_the_place_of_one_that_is_there(field: Field) -> None:
    first = publish(field.office.workplace, changed_instrument(field))
    field.receive()
    field.pull()
    path = changed_instrument(field)
    path.write_bytes(path.read_bytes() + b"\n# another\n")
    publish(field.office.workplace, path)
    field.receive()

    (aside,) = field.pull().aside

    assert aside.problem.code == "instrument_known_otherwise"
    assert own_library(field).get(first.pin).digest == first.digest


def test_a_shipped_instrument_cannot_be_published_with_other_content(field: Field) -> None:
    shipped = next((resources_dir() / "instruments").glob("2015-pemda*.yaml"))
    path = field.folder / "new.yaml"
    path.write_bytes(shipped.read_bytes() + b"\n# another\n")
    publish(field.office.workplace, path)
    field.receive()

    done = pull(field.desk.workplace, field.transport, library=own_library(field))

    assert [one.problem.code for one in done.aside] == ["instrument_known_otherwise"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, "letter_unreadable"),
        ({"pin": "a@1", "sha256": "ab" * 32, "file": "eA=="}, "letter_unreadable"),
        (
            {
                "pin": "a@1",
                "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
                "file": base64.b64encode(b"x").decode(),
            },
            "instrument_letter_unfit",
        ),
    ],
)
def test_an_instrument_that_is_none_is_set_aside(field: Field, content: Json, code: str) -> None:
    write(field, LetterKind.INSTRUMENT, content)

    assert [one.problem.code for one in field.pull().aside] == [code]


def test_a_broken_instrument_is_not_published(field: Field) -> None:
    path = field.folder / "broken.yaml"
    path.write_text("id: x\n", encoding="utf-8")
    with pytest.raises(InstrumentFault):
        publish(field.office.workplace, path)
