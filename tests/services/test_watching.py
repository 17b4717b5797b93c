"""A watched folder tells of each new photo once, whole, and of nothing that was there before."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessor_app.domain.observation import EvidenceSource
from assessor_app.services.evidence.watching import (
    DEEPEST,
    MOST_TRIES,
    STALLED_AFTER,
    FolderWatch,
    WatchedFolder,
    is_photo_name,
)

NOW = datetime.now(UTC)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """A folder that is watched, and looks as the window takes them: some time apart."""

    def __init__(self, folder: Path, *, since: datetime = NOW) -> None:
        self.folder = folder
        self.clock = Clock()
        folders = [WatchedFolder(folder, EvidenceSource.CAMERA)]
        self.watch = FolderWatch(folders, since, NOW, clock=self.clock)

    def names(self, *, after: float = 1.5) -> list[str]:
        self.clock.now += after
        return sorted(one.name for one in self.watch.look().arrived)


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    made = Watched(folder)
    assert made.names() == []
    return made


def put(watched: Watched, name: str, data: bytes = b"foto", *, age: float = 0) -> Path:
    path = watched.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    moment = (NOW + timedelta(seconds=5)).timestamp() - age
    os.utime(path, (moment, moment))
    return path


def test_a_new_photo_is_told_once_it_rests_and_only_once(watched: Watched) -> None:
    put(watched, "100ANDRO/IMG_1.JPG")

    assert watched.names() == []
    assert watched.names() == ["100ANDRO/IMG_1.JPG"]
    assert watched.names() == []


def test_what_was_there_is_not_taken_even_with_a_clock_that_is_ahead(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    put(watched, "lama.jpg", age=-86_400)

    assert [watched.names() for _ in range(3)] == [[], [], []]


def test_a_photo_that_is_still_written_waits(watched: Watched) -> None:
    path = put(watched, "IMG.jpg", b"f")
    told = []
    for size in (2, 3, 4):
        told += watched.names()
        path.write_bytes(b"f" * size)
    told += watched.names()
    assert told == []
    assert watched.watch.look().settling == 1

    assert watched.names() == ["IMG.jpg"]


def test_an_empty_photo_is_not_told_of_for_ever(watched: Watched) -> None:
    put(watched, "IMG.jpg", b"")

    watched.names()
    assert watched.watch.look().settling == 1
    watched.names(after=STALLED_AFTER)

    assert watched.watch.look().settling == 0
    put(watched, "IMG.jpg", b"foto")
    assert watched.names() == []
    assert watched.names() == ["IMG.jpg"]


def test_an_empty_photo_waits_for_its_bytes(watched: Watched) -> None:
    put(watched, "IMG.jpg", b"")
    assert [watched.names() for _ in range(4)] == [[]] * 4

    put(watched, "IMG.jpg", b"foto")

    assert watched.names() == []
    assert watched.names() == ["IMG.jpg"]


def test_two_looks_right_after_each_other_are_no_rest(watched: Watched) -> None:
    put(watched, "IMG.jpg")

    assert watched.names() == []
    assert watched.names(after=0.2) == []
    assert watched.names(after=1.0) == ["IMG.jpg"]


@pytest.mark.parametrize("on_its_way", ["IMG.jpg.part", "IMG.jpg.crdownload", ".pending-9-IMG.jpg"])
def test_a_file_on_its_way_is_told_under_its_own_name(watched: Watched, on_its_way: str) -> None:
    path = put(watched, on_its_way)
    assert [watched.names() for _ in range(3)] == [[], [], []]

    path.rename(watched.folder / "IMG.jpg")

    assert watched.names() == []
    assert watched.names() == ["IMG.jpg"]


def test_what_is_older_than_the_visit_is_named_and_not_taken(watched: Watched) -> None:
    put(watched, "tahun_lalu.jpg", age=86_400 * 365)
    put(watched, "baru.jpg")
    watched.names()
    watched.clock.now += 2

    looked = watched.watch.look()

    assert [one.name for one in looked.arrived] == ["baru.jpg"]
    assert [one.name for one in looked.older] == ["tahun_lalu.jpg"]


def test_many_at_once_are_all_told(watched: Watched) -> None:
    for number in range(60):
        put(watched, f"IMG_{number:03}.jpg")
    watched.names()

    assert len(watched.names()) == 60


def test_a_folder_that_is_unplugged_comes_back_as_the_same(watched: Watched) -> None:
    put(watched, "IMG_1.jpg")
    watched.names()
    assert watched.names() == ["IMG_1.jpg"]
    away = watched.folder.with_name("away")
    watched.folder.rename(away)
    assert watched.watch.look().missing == (watched.folder,)
    (away / "IMG_2.jpg").write_bytes(b"foto")

    away.rename(watched.folder)

    watched.names()
    assert watched.names() == ["IMG_2.jpg"]


def test_a_folder_that_comes_later_gives_only_what_is_new(tmp_path: Path) -> None:
    """A phone that is plugged in during the visit: its roll stays where it is."""
    watched = Watched(tmp_path / "phone")
    assert watched.watch.look().missing == (watched.folder,)
    put(watched, "DCIM/lama.jpg", age=7200)
    put(watched, "DCIM/baru.jpg")

    watched.names()

    assert watched.names() == ["DCIM/baru.jpg"]


def test_links_lead_nowhere(watched: Watched, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "rahasia.jpg").write_bytes(b"foto")
    (watched.folder / "dir").symlink_to(outside)
    (watched.folder / "file.jpg").symlink_to(outside / "rahasia.jpg")
    (watched.folder / "loop").symlink_to(watched.folder)

    assert [watched.names() for _ in range(3)] == [[], [], []]


def test_what_hides_and_what_lies_too_deep_is_not_looked_at(watched: Watched) -> None:
    put(watched, ".thumbnails/a.jpg")
    put(watched, ".trashed-1-b.jpg")
    put(watched, "._c.jpg")
    put(watched, "catatan.txt")
    put(watched, "/".join("d" * (DEEPEST + 1)) + "/e.jpg")
    put(watched, "/".join("d" * DEEPEST) + "/f.jpg")
    watched.names()

    assert watched.names() == ["/".join("d" * DEEPEST) + "/f.jpg"]


def test_a_folder_that_may_not_be_read_is_missing_not_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "no_folder"
    file.write_bytes(b"")
    watched = Watched(file)

    assert watched.watch.look().missing == (file,)


def test_a_photo_that_could_not_be_read_is_tried_again_and_then_given_up(watched: Watched) -> None:
    put(watched, "IMG.jpg")
    watched.names()
    watched.clock.now += 2
    (one,) = watched.watch.look().arrived

    for _ in range(MOST_TRIES):
        assert watched.watch.try_again(one)
        assert watched.names(after=0.5) == []
        assert watched.names() == ["IMG.jpg"]
    assert not watched.watch.try_again(one)


def test_a_photo_that_goes_before_it_rests_is_forgotten(watched: Watched) -> None:
    path = put(watched, "IMG.jpg")
    watched.names()
    path.unlink()
    assert watched.names() == []
    put(watched, "IMG.jpg")

    assert watched.names() == []
    assert watched.names() == ["IMG.jpg"]


def test_a_name_of_bytes_that_are_no_text_can_be_shown(watched: Watched) -> None:
    path = os.fsencode(watched.folder) + b"/foto\xff.jpg"
    with open(path, "wb") as file:  # noqa: PTH123 - a name that no Path is made of as text
        file.write(b"foto")
    watched.names()

    assert watched.names() == ["foto�.jpg"]


def test_several_folders_keep_their_ways_apart(tmp_path: Path) -> None:
    folders = [
        WatchedFolder(tmp_path / "kabel", EvidenceSource.CABLE),
        WatchedFolder(tmp_path / "pesan", EvidenceSource.MESSENGER),
    ]
    for one in folders:
        one.path.mkdir()
    clock = Clock()
    watch = FolderWatch(folders, NOW, NOW, clock=clock)
    watch.look()
    for one in folders:
        (one.path / "IMG.jpg").write_bytes(b"foto")
    watch.look()
    clock.now += 2

    ways = {one.path.parent.name: one.source for one in watch.look().arrived}

    assert ways == {"kabel": EvidenceSource.CABLE, "pesan": EvidenceSource.MESSENGER}


def test_photos_are_known_by_their_names() -> None:
    assert all(map(is_photo_name, ["a.jpg", "A.HEIC", "b.jpeg", "c.PNG", "d.webp"]))
    assert not any(map(is_photo_name, ["a.jpg.tmp", ".a.jpg", "~a.jpg", "a.mp4", "jpg", "a.txt"]))
