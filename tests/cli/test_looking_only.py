"""A store whose medium takes no writes is read all the same; what would write is refused."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.calling import Call

_LOOKING = (
    ("visits",),
    ("show", "{visit}"),
    ("score", "{visit}"),
    ("history", "{visit}"),
    ("evidence", "list", "{visit}"),
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 8 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    assert made.returncode == 0, "the tests need root to make a small disk"
    yield place
    subprocess.run(["umount", str(place)], check=True)


def filled(home: Path, disk: Path) -> Path:
    """The home on a disk without a byte that is free."""
    moved = Path(shutil.copytree(home, disk / "home"))
    free = shutil.disk_usage(disk).free
    (disk / "rest").write_bytes(bytes(free))
    assert shutil.disk_usage(disk).free == 0
    return moved


def test_a_full_disk_lets_the_visits_be_seen_and_says_so(
    call: Call, visit: str, home: Path, disk: Path
) -> None:
    moved = filled(home, disk)

    for command in _LOOKING:
        said = call("--home", moved, *(part.format(visit=visit) for part in command), "--json")
        assert said.code == 0, (command, said.err)
        assert "dibuka hanya untuk dilihat" in said.err
    assert call("--home", moved, "visits", "--json").data[0]["visit"] == visit


def test_a_command_that_records_is_told_that_the_disk_is_full(
    call: Call, visit: str, home: Path, disk: Path
) -> None:
    said = call("--home", filled(home, disk), "pause", visit, "--reason", "Istirahat", "--json")

    assert (said.code, said.data["code"]) == (1, "disk_full")


def test_a_store_on_a_full_disk_is_checked(call: Call, visit: str, home: Path, disk: Path) -> None:
    said = call("--home", filled(home, disk), "store", "check", "--json")

    assert (said.code, said.data["visits"]) == (0, 1), said.out


def test_a_read_only_disk_lets_the_visits_be_seen_and_refuses_to_record(
    call: Call, visit: str, home: Path, disk: Path
) -> None:
    moved = shutil.copytree(home, disk / "home")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

    for command in _LOOKING:
        said = call("--home", moved, *(part.format(visit=visit) for part in command), "--json")
        assert said.code == 0, (command, said.err)
        assert "dibuka hanya untuk dilihat" in said.err
    refused = call("--home", moved, "pause", visit, "--reason", "Istirahat", "--json")
    assert refused.data["code"] in {"store_read_only", "not_writable"}
