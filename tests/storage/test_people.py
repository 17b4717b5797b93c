"""Personal data beside the chain: sealed, erased by destroying its key, copied and erased again."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.destroying import destroy, remove_tree
from assessor_app.storage.keys import DataKey
from assessor_app.storage.people import People, sync_people

ONE = "01930000-0000-7000-8000-000000000001"
OTHER = "01930000-0000-7000-8000-000000000002"
NAME = "Yohana Latuconsina"
DATA = {"name": NAME, "contact": "0812-9999-0000", "note": None}


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(tmp_path / "people", DataKey(bytes(range(32))))


def keep(people: People, respondent: str = ONE, **values: str | None) -> None:
    with people.keeping(respondent, DATA | values) as write:
        write()


def keep_in_vain(people: People, meanwhile: Callable[[], None] = lambda: None) -> None:
    """As where the event could not be recorded: the block around the writing ends badly."""
    with people.keeping(ONE, {"name": "Salah"}) as write:
        write()
        meanwhile()
        raise RuntimeError


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_what_is_kept_can_be_read_by_this_store_alone(people: People) -> None:
    keep(people)

    assert people.read(ONE) == DATA
    assert people.read(OTHER) is None
    stranger = People(people.folder, DataKey(bytes(32)))
    with pytest.raises(StoreProblem, match="person_damaged"):
        stranger.read(ONE)


def test_the_files_tell_neither_the_name_nor_its_length(people: People) -> None:
    keep(people, ONE)
    keep(people, OTHER, name="A", contact=None)

    sealed = [people.folder / f"{one}.sealed" for one in (ONE, OTHER)]
    assert len({path.stat().st_size for path in sealed}) == 1
    for path in people.folder.iterdir():
        assert b"Yohana" not in path.read_bytes()


def test_everybody_has_a_key_of_their_own(people: People) -> None:
    keep(people, ONE)
    keep(people, OTHER)
    (people.folder / f"{ONE}.sealed").replace(people.folder / f"{OTHER}.sealed")

    with pytest.raises(StoreProblem, match="person_damaged"):
        people.read(OTHER)


@pytest.mark.parametrize("end", ["key", "sealed"])
def test_every_flipped_byte_is_noticed(people: People, end: str) -> None:
    keep(people)
    path = people.folder / f"{ONE}.{end}"
    whole = path.read_bytes()
    for place in (*range(0, len(whole), 7), len(whole) - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(StoreProblem, match="person_damaged"):
            people.read(ONE)
    path.write_bytes(b"")
    with pytest.raises(StoreProblem, match="person_damaged"):
        people.read(ONE)


def test_what_is_corrected_stays_under_the_same_key(people: People) -> None:
    keep(people)
    key, mark = (people.folder / f"{ONE}.key").read_bytes(), people.mark(ONE)

    keep(people, contact="0813-1111-2222")

    assert people.read(ONE) == DATA | {"contact": "0813-1111-2222"}
    assert (people.folder / f"{ONE}.key").read_bytes() == key
    assert people.mark(ONE) != mark


def test_an_erased_person_cannot_be_read_from_a_copy_of_the_files(people: People) -> None:
    keep(people)
    sealed = (people.folder / f"{ONE}.sealed").read_bytes()

    people.erase(ONE)

    assert names(people.folder) == {f"{ONE}.erased"}
    assert not people.kept()
    assert people.erased() == {ONE}
    (people.folder / f"{ONE}.sealed").write_bytes(sealed)
    assert people.read(ONE) is None
    keep(people)  # under a new key: the old seal is of no use to it
    (people.folder / f"{ONE}.sealed").write_bytes(sealed)
    with pytest.raises(StoreProblem, match="person_damaged"):
        people.read(ONE)


def test_what_a_crash_left_of_writing_a_key_is_destroyed_with_it(people: People) -> None:
    keep(people)
    (people.folder / f".{ONE}.key.0a1b2c3d4e5f.part").write_bytes(b"half a key")

    people.erase(ONE)

    assert names(people.folder) == {f"{ONE}.erased"}


def test_a_first_keeping_that_fails_leaves_nothing(people: People) -> None:
    with pytest.raises(RuntimeError):
        keep_in_vain(people)

    assert names(people.folder) == set()


def test_a_correction_that_fails_leaves_what_was_there(people: People) -> None:
    keep(people)

    with pytest.raises(RuntimeError):
        keep_in_vain(people)

    assert people.read(ONE) == DATA


def test_a_keeping_that_fails_leaves_what_another_program_kept_meanwhile(people: People) -> None:
    with pytest.raises(RuntimeError):
        keep_in_vain(people, meanwhile=lambda: keep(people))

    assert people.read(ONE) == DATA


@pytest.mark.parametrize("id_", ["../../etc/passwd", "", "x", ONE.upper().replace("-", "")])
def test_an_id_from_elsewhere_names_no_other_file(people: People, id_: str) -> None:
    with pytest.raises(StoreProblem, match="respondent_id_unfit"):
        keep(people, id_)
    with pytest.raises(StoreProblem, match="respondent_id_unfit"):
        people.erase(id_)


def test_a_pool_gets_what_is_missing_and_nothing_twice(people: People, tmp_path: Path) -> None:
    pool = tmp_path / "pool" / "people"
    keep(people, ONE)
    keep(people, OTHER)

    assert people.sync_to(pool).copied == {ONE, OTHER}
    assert people.sync_to(pool).copied == frozenset()
    keep(people, ONE, note="pindah tugas")
    assert people.sync_to(pool).copied == {ONE}
    assert People(pool, people.key).read(ONE) == DATA | {"note": "pindah tugas"}


def test_what_was_erased_is_destroyed_in_the_pool(people: People, tmp_path: Path) -> None:
    pool = tmp_path / "pool"
    keep(people, ONE)
    keep(people, OTHER)
    people.sync_to(pool)
    people.erase(ONE)

    synced = people.sync_to(pool)

    assert not synced.copied
    assert synced.destroyed == {ONE}
    assert names(pool) == {f"{ONE}.erased", f"{OTHER}.key", f"{OTHER}.sealed"}
    assert people.sync_to(pool).destroyed == frozenset()


def test_who_is_kept_again_after_erasing_is_in_the_pool_again(
    people: People, tmp_path: Path
) -> None:
    pool = tmp_path / "pool"
    keep(people)
    people.sync_to(pool)
    people.erase(ONE)
    keep(people, contact=None)

    people.sync_to(pool)

    assert People(pool, people.key).read(ONE) == DATA | {"contact": None}
    assert People(pool, people.key).erased() == frozenset()


def test_a_lost_folder_erases_nothing_in_the_pool(people: People, tmp_path: Path) -> None:
    pool = tmp_path / "pool"
    keep(people)
    people.sync_to(pool)
    remove_tree(people.folder)

    people.sync_to(pool)

    assert People(pool, people.key).read(ONE) == DATA
    sync_people(pool, people.folder)  # a restored store takes its people from there
    assert people.read(ONE) == DATA


def test_half_written_files_are_not_copied(people: People, tmp_path: Path) -> None:
    keep(people)
    (people.folder / f"{ONE}.sealed").unlink()

    people.sync_to(tmp_path / "pool")

    assert names(tmp_path / "pool") == set()
    assert people.read(ONE) is None
    assert people.kept() == {ONE}


def test_a_destroyed_file_is_overwritten_before_its_name_goes(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"secret" * 10)
    with path.open("rb") as still_open:
        assert destroy(path)

        assert not path.exists()
        if os.name != "nt":
            left = still_open.read()
            assert len(left) == 60
            assert b"secret" not in left
    assert not destroy(path)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_what_another_name_or_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    kept, linked, pointed = (tmp_path / name for name in ("kept", "linked", "pointed"))
    kept.write_bytes(b"a backup's")
    linked.hardlink_to(kept)
    pointed.symlink_to(kept)
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "out").symlink_to(tmp_path)

    destroy(linked)
    destroy(pointed)
    remove_tree(folder)

    assert names(tmp_path) == {"kept"}
    assert kept.read_bytes() == b"a backup's"


def test_a_folder_that_is_gone_already_is_no_mistake(tmp_path: Path) -> None:
    remove_tree(tmp_path / "nothing")

    assert names(tmp_path) == set()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_folder_that_is_a_link_is_taken_away_without_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "letter").write_text("of somebody else")
    (tmp_path / "link").symlink_to(tmp_path / "target")

    remove_tree(tmp_path / "link")

    assert names(tmp_path) == {"target"}
    assert names(tmp_path / "target") == {"letter"}


def test_a_keeping_that_fails_after_an_erasing_leaves_the_mark_for_the_copies(
    people: People,
) -> None:
    keep(people)
    people.erase(ONE)

    with pytest.raises(RuntimeError):
        keep_in_vain(people)

    assert names(people.folder) == {f"{ONE}.erased"}
