"""Taking a backup back: refused where anything of it is not what it was; nothing changes then."""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import CountingIds, SteppingClock, begin
from tests.visiting import PASSPHRASE, QUICK, answer, attach

from assessor_app.compose import Application
from assessor_app.domain.event import STORE
from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.backup import Restored, Stage, back_up, restore
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.storage.generations import generations
from assessor_app.storage.layout import RESTORED
from assessor_app.storage.manifest import read_manifest, write_manifest
from assessor_app.storage.vault import Form

RELEASED = Path(__file__).parents[1] / "storage" / "released"


@pytest.fixture(scope="module")
def made(enrolled: Path, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for each test: a home, and a place with two backups of a visit in it."""
    folder = tmp_path_factory.mktemp("made")
    home = Path(shutil.copytree(enrolled, folder / "home"))
    product = Application(home, SteppingClock(), CountingIds(count=1000), library, QUICK)
    workplace = product.unlock(PASSPHRASE)
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    place = folder / "usb"
    place.mkdir()
    attach(session, "P15-06", folder)
    back_up(workplace, to=place)
    answer(session, "P15-06", "practice", "absent")
    back_up(workplace, to=place)
    workplace.store.close()
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "home", tmp_path / "home"))


@pytest.fixture
def usb(made: Path, home: Path, tmp_path: Path) -> Path:
    """On another volume as it were: no file of it is a link to one of the store."""
    return Path(shutil.copytree(made / "usb", tmp_path / "usb"))


@pytest.fixture
def application(home: Path, clock: SteppingClock, library: Library) -> Application:
    return Application(home, clock, CountingIds(count=5000), library, QUICK)


@pytest.fixture
def session(workplace: Workplace, library: Library) -> Session:
    """The visit that was backed up."""
    (visit,) = workplace.store.log.visits()
    return open_session(workplace.store, visit, library)


@dataclasses.dataclass(frozen=True)
class NewDevice:
    """Another laptop: a home that is empty, the same clock, the same instruments."""

    home: Path
    clock: SteppingClock
    library: Library

    def take_back(
        self, source: Path, passphrase: str = PASSPHRASE, *, incomplete: bool = False
    ) -> Restored:
        new_id = CountingIds(count=900_000)
        return restore(
            source, self.home, passphrase, clock=self.clock, new_id=new_id, incomplete=incomplete
        )

    def product(self, home: Path | None = None) -> Application:
        new_id = CountingIds(count=800_000)
        return Application(home or self.home, self.clock, new_id, self.library, QUICK)

    def holds(self) -> list[str]:
        return sorted(path.name for path in self.home.iterdir())


@pytest.fixture
def new_device(tmp_path: Path, clock: SteppingClock, library: Library) -> NewDevice:
    return NewDevice(tmp_path / "new", clock, library)


def newest(place: Path) -> Path:
    (folder,) = place.glob("assessor-*")
    return generations(folder)[0].folder


def flip(path: Path, at: int = -100) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("harm", "cause"),
    [
        (lambda one: flip(one / "store.db"), "store.db"),
        (lambda one: flip(one / "store.db", 5), "store.db"),
        (lambda one: (one / "store.db").write_bytes(b""), "store.db"),
        (lambda one: (one / "store.db").unlink(), "store.db"),
        (lambda one: flip(one / "signing.p12"), "signing.p12"),
        (lambda one: flip(one / "manifest.sealed"), "manifest.sealed"),
        (lambda one: (one / "manifest.sealed").write_bytes(b""), "manifest.sealed"),
        (lambda one: (one / "keys.json").unlink(), "keys.json"),
    ],
)
def test_a_backup_with_any_damage_is_refused_and_nothing_appears(
    usb: Path, new_device: NewDevice, harm: Callable[[Path], None], cause: str
) -> None:
    harm(newest(usb))

    with pytest.raises(StoreProblem) as refused:
        new_device.take_back(newest(usb))

    assert refused.value.code == "backup_damaged"
    assert refused.value.places["cause"] == cause
    assert new_device.holds() == []


def test_a_database_of_an_older_backup_cannot_be_put_into_a_newer_one(
    usb: Path, new_device: NewDevice
) -> None:
    """To take answers away unseen; both are whole and of the same key."""
    new, old = (one.folder for one in generations(newest(usb).parent))
    shutil.copyfile(old / "store.db", new / "store.db")

    with pytest.raises(StoreProblem, match="backup_damaged"):
        new_device.take_back(usb)


def test_a_store_that_was_tampered_with_before_is_not_taken_back_as_whole(
    workplace: Workplace, usb: Path, new_device: NewDevice
) -> None:
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_never_deleted")
        connection.exec_driver_sql("DELETE FROM event WHERE kind = 'attached'")
    back_up(workplace, to=usb)

    with pytest.raises(StoreProblem) as refused:
        new_device.take_back(usb)

    assert refused.value.code == "backup_damaged"
    assert "chain_gap" in str(refused.value.places["cause"])


@pytest.mark.parametrize("harm", [flip, Path.unlink], ids=["flipped bit", "gone"])
def test_lost_evidence_is_refused_unless_the_rest_is_wanted_and_is_recorded_then(
    usb: Path, new_device: NewDevice, harm: Callable[[Path], None]
) -> None:
    (photo,) = usb.rglob("*.original")
    id_ = photo.name.partition(".")[0]
    harm(photo)

    with pytest.raises(StoreProblem) as refused:
        new_device.take_back(usb)
    assert (refused.value.code, refused.value.places["first"]) == ("backup_incomplete", id_)
    assert new_device.holds() == []
    told = new_device.take_back(usb, incomplete=True)

    opened = new_device.product().unlock(PASSPHRASE)
    last = list(opened.store.log.stored(STORE))[-1].event
    assert told.missing == (id_,)
    assert [id_] in [change.after for change in last.changes]
    assert opened.store.rebuild().differences == ()
    opened.store.close()


def test_evidence_that_the_backup_lost_is_taken_from_the_store_that_it_replaces(
    application: Application,
    workplace: Workplace,
    session: Session,
    usb: Path,
    clock: SteppingClock,
) -> None:
    (photo,) = usb.rglob("*.original")
    flip(photo)
    answer(session, "P15-07", "paperwork", "present")
    workplace.store.close()

    told = restore(
        usb,
        application.home,
        PASSPHRASE,
        clock=clock,
        new_id=CountingIds(count=900_000),
        replace=True,
    )

    assert told.missing == ()
    assert told.aside is not None
    aside = application.home / told.aside.name
    assert (aside / "store.db").exists()  # with the answer that no backup holds
    opened = application.unlock(PASSPHRASE)
    (file,) = opened.store.log.vault_files()
    assert opened.store.vault.has(file, Form.ORIGINAL)
    opened.store.close()


def test_a_store_that_is_there_is_never_written_over(
    application: Application, usb: Path, clock: SteppingClock
) -> None:
    before = (application.home / "store" / "keys.json").read_bytes()

    with pytest.raises(StoreProblem) as refused:
        restore(usb, application.home, PASSPHRASE, clock=clock, new_id=CountingIds())

    assert refused.value.code == "restore_over_store"
    assert (application.home / "store" / "keys.json").read_bytes() == before


def test_a_wrong_passphrase_takes_nothing_back(usb: Path, new_device: NewDevice) -> None:
    with pytest.raises(StoreProblem, match="passphrase_wrong"):
        new_device.take_back(usb, "bukan sandinya")

    assert new_device.holds() == []


def test_a_folder_without_backups_and_one_with_those_of_two_stores_are_told_apart(
    usb: Path, tmp_path: Path, new_device: NewDevice
) -> None:
    with pytest.raises(StoreProblem, match="backup_place_missing"):
        new_device.take_back(tmp_path / "nowhere")
    with pytest.raises(StoreProblem, match="backup_not_found"):
        new_device.take_back(usb.parent / "home")
    own = newest(usb).parent
    shutil.copytree(own, usb / "assessor-000000000000")
    with pytest.raises(StoreProblem, match="backup_several"):
        new_device.take_back(usb)

    assert new_device.take_back(own).visits == 1


def test_an_older_backup_can_be_named(usb: Path, session: Session, new_device: NewDevice) -> None:
    older = generations(newest(usb).parent)[1].folder

    told = new_device.take_back(older)

    product = new_device.product()
    opened = product.unlock(PASSPHRASE)
    assert told.folder == older
    assert product.open(opened, session.visit_id).snapshot.observations == {}
    opened.store.close()


def test_a_home_whose_device_died_can_be_named_as_a_whole(
    application: Application, workplace: Workplace, new_device: NewDevice
) -> None:
    back_up(workplace)

    assert new_device.take_back(application.home).predecessor == workplace.store.device.id


def test_the_copy_from_before_a_migration_is_migrated_when_it_is_taken_back(
    tmp_path: Path, new_device: NewDevice
) -> None:
    home = Path(shutil.copytree(RELEASED / "0001" / "home", tmp_path / "old"))
    old = new_device.product(home).unlock(PASSPHRASE)
    old.store.close()
    assert old.store.migrated is not None
    assert old.store.migrated.backup is not None

    told = new_device.take_back(old.store.migrated.backup)

    opened = new_device.product().unlock(PASSPHRASE)
    assert (told.visits, told.evidence) == (2, 4)
    assert opened.store.rebuild().differences == ()
    opened.store.close()


def test_a_backup_of_a_newer_application_is_left_for_that(
    usb: Path, workplace: Workplace, new_device: NewDevice
) -> None:
    key = workplace.store.unlocked.key
    newer = dataclasses.replace(read_manifest(newest(usb), key), schema="9999", app="99.0.0")
    write_manifest(newest(usb), newer, key)

    with pytest.raises(StoreProblem) as refused:
        new_device.take_back(usb)

    assert refused.value.code == "store_newer"
    assert refused.value.places["needed"] == "99.0.0"
    assert new_device.holds() == []


def test_a_restore_cut_off_between_its_last_two_renames_is_ended_by_the_next_start(
    application: Application, usb: Path, new_device: NewDevice
) -> None:
    told = new_device.take_back(usb)
    (new_device.home / "store").rename(new_device.home / RESTORED)

    opened = new_device.product().unlock(PASSPHRASE)

    assert opened.store.device.id == told.device
    opened.store.close()


def test_what_a_restore_that_was_killed_left_is_cleared_by_the_next_one(
    usb: Path, new_device: NewDevice
) -> None:
    (new_device.home / ".store.being-restored" / "evidence").mkdir(parents=True)
    (new_device.home / ".store.being-restored" / "store.db").write_bytes(b"half")

    new_device.take_back(usb)

    assert new_device.holds() == ["store"]


def test_whoever_waits_for_a_restore_hears_what_is_done(
    usb: Path, new_device: NewDevice, clock: SteppingClock
) -> None:
    heard: list[Stage] = []

    restore(
        usb,
        new_device.home,
        PASSPHRASE,
        clock=clock,
        new_id=CountingIds(count=900_000),
        progress=lambda stage, _done, _count: heard.append(stage),
    )

    assert list(dict.fromkeys(heard)) == [Stage.DATABASE, Stage.CHECK, Stage.FILES]


def test_instruments_of_its_visits_come_back_with_a_store(
    workplace: Workplace, usb: Path, new_device: NewDevice
) -> None:
    """The fixture's library keeps no copies; one is written as the product does."""
    pinned = workplace.store.folder.parent / "instruments" / "pinned"
    pinned.mkdir(parents=True)
    (pinned / "abc.yaml").write_text("id: abc\n", encoding="utf-8")
    back_up(workplace, to=usb)

    new_device.take_back(usb)

    assert (new_device.home / "instruments" / "pinned" / "abc.yaml").read_text() == "id: abc\n"
