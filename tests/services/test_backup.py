"""Backups: whole or not there, in as many places as are set, and taken back only when verified."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import CountingIds, SteppingClock
from tests.visiting import PASSPHRASE, QUICK, answer, attach, complete

from assessor_app.compose import Application
from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.backup import (
    Restored,
    Stage,
    Why,
    back_up,
    back_up_if_due,
    list_backups,
    restore,
)
from assessor_app.services.enrolment import Workplace
from assessor_app.services.keys import access
from assessor_app.services.keys.record import recorded_generation
from assessor_app.services.session import Session
from assessor_app.services.store_settings import change_settings
from assessor_app.storage.generations import generations
from assessor_app.storage.key_file import read_key_file, write_key_file
from assessor_app.storage.keys import open_keys
from assessor_app.storage.store import open_store
from assessor_app.storage.vault import Form


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    place = tmp_path / "usb"
    place.mkdir()
    return place


def own(place: Path) -> Path:
    (folder,) = place.glob("assessor-*")
    return folder


def kept(place: Path) -> list[int]:
    return [one.number for one in generations(own(place))]


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclasses.dataclass(frozen=True)
class NewDevice:
    """Another laptop: a home that is empty, the same clock, the same instruments."""

    home: Path
    clock: SteppingClock
    library: Library

    def take_back(self, source: Path, *, first_id: int = 900_000) -> Restored:
        new_id = CountingIds(count=first_id)
        return restore(source, self.home, PASSPHRASE, clock=self.clock, new_id=new_id)

    def product(self) -> Application:
        new_id = CountingIds(count=800_000)
        return Application(self.home, self.clock, new_id, self.library, QUICK)


@pytest.fixture
def new_device(tmp_path: Path, clock: SteppingClock, library: Library) -> NewDevice:
    return NewDevice(tmp_path / "new", clock, library)


def test_a_store_taken_back_says_all_that_it_said_and_goes_on_as_another_device(
    workplace: Workplace, session: Session, new_device: NewDevice, usb: Path, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    heads = workplace.store.log.heads(session.visit_id)
    old_device = workplace.store.device.id
    back_up(workplace, to=usb)
    workplace.store.close()

    told = new_device.take_back(usb)

    again = new_device.product()
    opened = again.unlock(PASSPHRASE)
    store = opened.store
    assert store.log.heads(session.visit_id) == heads
    assert again.open(opened, session.visit_id).snapshot == session.snapshot
    assert store.rebuild().differences == ()
    assert opened.profile == workplace.profile
    assert store.identity_path.read_bytes() == workplace.store.identity_path.read_bytes()
    assert (told.device, told.predecessor) == (store.device.id, old_device)
    assert store.device.id != old_device
    assert (told.visits, told.evidence, told.missing, told.aside) == (1, 2, (), None)
    for id_, file in store.log.vault_files().items():
        store.vault.check(id_, Form.ORIGINAL, file.sha256)
    store.close()


def test_the_first_event_of_the_new_device_tells_its_key_and_whose_place_it_takes(
    workplace: Workplace, session: Session, new_device: NewDevice, usb: Path, tmp_path: Path
) -> None:
    old = workplace.store.device.id
    back_up(workplace, to=usb)
    new_device.take_back(usb)
    again = new_device.product()
    opened = again.unlock(PASSPHRASE)

    answer(again.open(opened, session.visit_id), "P15-06", "practice", "absent")

    new, log = opened.store.device, opened.store.log
    (first,) = [one.event for one in log.stored(STORE) if one.event.device == new.id]
    entity = f"device/{new.id}"
    values = {(one.entity, one.field): one.after for one in first.changes}
    assert (first.kind, first.seq, first.prev) == (EventKind.RESTORED, 1, None)
    assert values[entity, "public_key"] == new.signer.public_key().public_bytes_raw().hex()
    assert values[entity, "predecessor"] == old
    assert {one.device for one in log.stream_heads(session.visit_id)} == {old, new.id}
    assert log.stream_heads(STORE)[0].seq == 1  # the old device's ends where it was
    assert opened.store.rebuild().differences == ()
    opened.store.close()


def test_a_restored_store_can_never_sign_as_the_old_device(
    workplace: Workplace, new_device: NewDevice, usb: Path
) -> None:
    """Though the wall clock was turned back, so that its new id sorts before the old one."""
    back_up(workplace, to=usb)
    new_device.take_back(usb, first_id=0)

    opened = new_device.product().unlock(PASSPHRASE)

    assert opened.store.device.id != workplace.store.device.id
    with opened.store.engine.begin() as connection:
        keys = connection.exec_driver_sql("SELECT id FROM device WHERE length(wrapped_key) > 0")
        assert keys.scalars().all() == [opened.store.device.id]
    opened.store.close()


def test_nothing_in_a_place_can_be_read_without_the_passphrase(
    workplace: Workplace, session: Session, usb: Path, tmp_path: Path
) -> None:
    answer(session, "P15-06", "practice", "absent", note="BINGKAI MAKLUMAT KOSONG")
    attach(session, "P15-06", tmp_path)
    back_up(workplace, to=usb)

    for name, content in everything(usb).items():
        if name.endswith(".yaml"):
            continue  # the instrument is public
        assert not content.startswith((b"SQLite format 3", b"\xff\xd8"))
        for word in (
            b"MAKLUMAT",
            b"Kota Ambon",
            b"Siti Rahma",
            b"P15-06",
            session.visit_id.encode(),
        ):
            assert word not in content, name


def test_five_backups_are_kept_and_the_evidence_only_once(
    workplace: Workplace, session: Session, usb: Path, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    first = back_up(workplace, to=usb).made[0]
    for number in range(6):
        answer(session, "P15-07", "practice", ("present", "absent")[number % 2])
        later = back_up(workplace, to=usb).made[0]

    assert kept(usb) == [7, 6, 5, 4, 3]
    assert (first.new_files, later.new_files) == (1, 0)
    assert len(list(usb.rglob("*.original"))) == 1
    assert not list(usb.rglob("*.report"))  # it is made anew from the original


def test_evidence_that_was_damaged_here_never_pushes_its_good_copy_out(
    workplace: Workplace, session: Session, new_device: NewDevice, usb: Path, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    back_up(workplace, to=usb)
    (copy,) = usb.rglob("*.original")
    good = copy.read_bytes()
    copy.unlink()  # on another volume; a link to the store's own file would be the same file here
    copy.write_bytes(good)
    (sealed,) = workplace.store.vault.folder.rglob("*.original")
    sealed.write_bytes(good[:-1])

    assert back_up(workplace, to=usb).missed == ()

    assert copy.read_bytes() == good
    assert new_device.take_back(usb).missing == ()


def test_a_copy_that_was_cut_in_a_place_is_replaced_by_the_next_backup(
    workplace: Workplace, session: Session, usb: Path, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    back_up(workplace, to=usb)
    (copy,) = usb.rglob("*.original")
    good = copy.read_bytes()
    copy.unlink()
    copy.write_bytes(good[:-1])

    assert back_up(workplace, to=usb).made[0].new_files == 1

    assert copy.read_bytes() == good


def test_what_a_killed_backup_left_does_not_open_with_the_old_passphrase_for_long(
    workplace: Workplace, usb: Path
) -> None:
    change_settings(workplace, backup_place=usb)
    back_up(workplace)
    half = own(usb) / ".000002-20261122T000000Z.part"
    half.mkdir()
    half.joinpath("keys.json").write_bytes(workplace.store.keys_path.read_bytes())

    assert len(back_up_if_due(workplace).current) == 2

    assert not half.exists()


def test_on_one_volume_the_evidence_takes_no_second_room(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)

    back_up(workplace)

    (sealed,) = (workplace.store.folder / "evidence").rglob("*.original")
    assert sealed.stat().st_nlink == 2


def test_a_backup_is_made_on_start_only_where_something_was_recorded_since(
    workplace: Workplace, session: Session
) -> None:
    place = workplace.store.folder.parent / "backups"

    first = back_up_if_due(workplace)
    again = back_up_if_due(workplace)
    answer(session, "P15-06", "practice", "absent")
    after = back_up_if_due(workplace, why=Why.CLOSE)

    assert [one.place for one in first.made] == [place]
    assert (again.made, again.current) == ((), (place,))
    assert [one.place for one in after.made] == [place]
    assert kept(place) == [2, 1]


def test_a_second_place_that_is_not_plugged_in_is_told_and_holds_up_nothing(
    workplace: Workplace, session: Session, usb: Path
) -> None:
    change_settings(workplace, backup_place=usb)
    both = back_up(workplace)
    usb.rename(usb.with_name("pulled out"))

    told = back_up(workplace)

    assert len(both.made) == 2
    assert len(told.made) == 1
    assert [(one.place, one.problem.code) for one in told.missed] == [(usb, "backup_place_missing")]
    assert not usb.exists()  # nothing was written where the stick would have been


def test_a_place_inside_of_the_store_would_be_lost_with_it(workplace: Workplace) -> None:
    with pytest.raises(StoreProblem) as refused:
        back_up(workplace, to=workplace.store.folder)

    assert refused.value.code == "backup_place_inside_store"


def test_a_backup_that_holds_what_no_newer_one_does_is_never_dropped(
    workplace: Workplace, session: Session, new_device: NewDevice, usb: Path, tmp_path: Path
) -> None:
    """Taken back from the first backup, the store lacks what the second one holds."""
    back_up(workplace, to=usb)
    answer(session, "P15-06", "practice", "absent")
    back_up(workplace, to=usb)
    first = generations(own(usb))[-1]
    new_device.take_back(first.folder)
    again = new_device.product()
    opened = again.unlock(PASSPHRASE)
    later = again.open(opened, session.visit_id)

    for number in range(7):
        answer(later, "P15-07", "practice", ("present", "absent")[number % 2])
        back_up(opened, to=usb)

    assert kept(usb) == [9, 8, 7, 6, 5, 2]
    opened.store.close()


def test_a_wall_clock_that_was_turned_back_does_not_make_the_newest_backup_the_oldest(
    workplace: Workplace, session: Session, clock: SteppingClock, usb: Path
) -> None:
    for number in range(7):
        answer(session, "P15-07", "practice", ("present", "absent")[number % 2])
        back_up(workplace, to=usb)
        clock.moment -= timedelta(days=300)

    assert kept(usb) == [7, 6, 5, 4, 3]


def test_a_passphrase_that_was_changed_opens_no_backup_any_more(
    workplace: Workplace, usb: Path
) -> None:
    """At once where the place can be reached, and with the next backup where it could not."""
    change_settings(workplace, backup_place=usb)
    back_up(workplace)
    usb.rename(usb.with_name("pulled out"))

    access.change_passphrase(workplace, PASSPHRASE, "sandi yang baru sekali")

    home = workplace.store.folder.parent / "backups"
    usb.with_name("pulled out").rename(usb)
    (not_reached,) = usb.rglob("keys.json")
    assert open_keys(not_reached, PASSPHRASE).key == workplace.store.unlocked.key
    for path in home.rglob("keys.json"):
        with pytest.raises(StoreProblem, match="passphrase_wrong"):
            open_keys(path, PASSPHRASE)

    back_up(workplace)

    keys = [*home.rglob("keys.json"), *usb.rglob("keys.json")]
    assert len(keys) == 4
    for path in keys:
        assert open_keys(path, "sandi yang baru sekali").key == workplace.store.unlocked.key
        with pytest.raises(StoreProblem, match="passphrase_wrong"):
            open_keys(path, PASSPHRASE)


def test_a_store_taken_back_knows_of_its_key_file_though_that_is_newer_than_the_backup(
    workplace: Workplace, new_device: NewDevice, usb: Path
) -> None:
    change_settings(workplace, backup_place=usb)
    back_up(workplace)
    access.change_passphrase(workplace, PASSPHRASE, "sandi yang baru sekali")
    access.change_passphrase(workplace, "sandi yang baru sekali", PASSPHRASE)

    new_device.take_back(usb)

    store = open_store(
        new_device.home, PASSPHRASE, clock=new_device.clock, new_id=CountingIds(count=800_000)
    )
    assert store.unlocked.found.content.generation == recorded_generation(store) == 3
    assert store.unlocked.found.outdated == ()
    store.close()


def test_a_key_file_that_somebody_altered_does_not_replace_those_of_older_backups(
    workplace: Workplace, usb: Path
) -> None:
    back_up(workplace, to=usb)
    (first,) = usb.rglob("keys.json")
    good = first.read_bytes()
    path = workplace.store.keys_path
    write_key_file(path, dataclasses.replace(read_key_file(path).content, generation=7))

    back_up(workplace, to=usb)

    assert first.read_bytes() == good


def test_whoever_waits_hears_what_is_done(
    workplace: Workplace, session: Session, usb: Path, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    heard: list[tuple[Stage, int, int]] = []

    back_up(workplace, to=usb, progress=lambda *told: heard.append(told))

    assert [stage for stage, _, _ in heard if stage is not Stage.FILES] == [
        Stage.DATABASE,
        Stage.CHECK,
    ]
    assert heard[-1] == (Stage.FILES, 1, 1)


def test_backups_are_listed_without_any_passphrase(workplace: Workplace, usb: Path) -> None:
    made = back_up(workplace, to=usb).made[0]
    back_up(workplace, to=usb)

    listed = list_backups(usb)

    assert [one.folder.name[:6] for one in listed] == ["000002", "000001"]
    assert listed[-1].folder == made.folder
    assert listed[-1].made_at == made.made_at.replace(microsecond=0)
    assert listed[-1].size == made.size
