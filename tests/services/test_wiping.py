"""Wiping a device: told first, asked for anew, keys first, finished however it was cut short."""

import json
import multiprocessing
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from tests.keyrings import KeyringInMemory, using
from tests.visiting import PASSPHRASE, answer, attach

from assessor_app.compose import Application
from assessor_app.domain.event import EventKind
from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.visit import VisitState
from assessor_app.services.backup import back_up
from assessor_app.services.enrolment import Workplace
from assessor_app.services.keys.access import keep_in_keyring
from assessor_app.services.people import Person, keep_person
from assessor_app.services.session import Session
from assessor_app.services.store_settings import change_settings
from assessor_app.services.wiping import (
    finish_wipe,
    wipe,
    wipe_interrupted,
    wipe_preview,
)
from assessor_app.storage.destroying import set_aside
from assessor_app.storage.key_file import second_copy
from assessor_app.storage.layout import BACKUPS, RESTORED
from assessor_app.storage.log import Draft


def backed_up(workplace: Workplace, place: Path | None = None) -> Path:
    """A backup beside the store or in another place; the folder of its backups there."""
    beside = workplace.store.folder.parent / BACKUPS
    beside.mkdir(exist_ok=True)
    done = back_up(workplace, to=place or beside)
    assert not done.missed
    return done.made[0].folder.parent


def token(workplace: Workplace) -> str:
    return workplace.store.device.id[-8:]


def refused(application: Application) -> str:
    with pytest.raises(StoreProblem) as problem:
        application.unlock(PASSPHRASE)
    return problem.value.code


def test_the_preview_counts_what_would_be_lost(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    before = wipe_preview(workplace)
    answer(session, "P15-06", "practice", "absent")
    attach(session, "P15-06", tmp_path)

    preview = wipe_preview(workplace)

    assert preview.device == workplace.store.device.id
    assert preview.confirmation == preview.device[-8:]
    assert (preview.visits, [one.id for one in preview.unsent]) == (1, [session.visit_id])
    assert (before.events, preview.events) == (2, 4)  # enrolled, started; recorded, attached
    assert (before.evidence_files, preview.evidence_files) == (0, 1)
    assert preview.evidence_bytes > 1000
    assert preview.people == 0
    assert (preview.backups, preview.newest) == ((), None)


def test_a_visit_that_headquarters_receipted_is_not_called_unsent(
    workplace: Workplace, session: Session
) -> None:
    state = {("visit", "state"): VisitState.RECEIPTED.value}
    workplace.store.log.append(Draft(session.visit_id, EventKind.HANDED_OVER, state))

    preview = wipe_preview(workplace)

    assert (preview.visits, preview.unsent) == (1, ())


def test_the_preview_says_what_the_newest_backup_lacks(
    application: Application, workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    change_settings(workplace, backup_place=usb)
    own, elsewhere = backed_up(workplace), backed_up(workplace, usb)

    whole = wipe_preview(workplace)
    answer(session, "P15-06", "practice", "absent")
    lacking = wipe_preview(workplace)

    assert set(whole.backups) == {own, elsewhere}
    assert whole.newest is not None
    assert lacking.newest is not None
    assert whole.newest.folder.parent == elsewhere
    assert whole.newest.lacking == ()
    assert [one.id for one in lacking.newest.lacking] == [session.visit_id]


def test_a_damaged_backup_is_not_counted_on(
    application: Application, workplace: Workplace, session: Session
) -> None:
    folder = backed_up(workplace)
    for manifest in folder.glob("*/manifest.sealed"):
        manifest.write_bytes(b"damaged")

    preview = wipe_preview(workplace)

    assert preview.newest is None
    assert preview.backups == (folder,)


def test_nothing_is_left_to_read_after_a_wiping(
    application: Application, workplace: Workplace, kept: Session, tmp_path: Path
) -> None:
    home, copy = application.home, tmp_path / "copy"
    (home / "window.log").write_text("an error of last week")
    shutil.copytree(home / "store", copy / "store")
    keys = workplace.store.keys_path
    opened = [path.open("rb") for path in (keys, second_copy(keys)) if path.exists()]

    left = wipe(workplace, PASSPHRASE, confirmed=token(workplace))

    assert left == ()
    assert [path for path in home.rglob("*") if path.is_file()] == []
    assert not wipe_interrupted(home)
    assert refused(application) == "not_enrolled"
    if os.name != "nt":  # what the names were taken from is noise now
        for file in opened:
            assert b"argon2id" not in file.read()
    for file in opened:
        file.close()


@pytest.fixture
def kept(workplace: Workplace, small: Session, tmp_path: Path) -> Session:
    small.introduce("K-1")
    keep_person(workplace, small.visit_id, pseudonym="K-1", person=Person("Yohana"))
    return small


def test_what_is_not_confirmed_is_not_wiped(
    application: Application, workplace: Workplace, session: Session
) -> None:
    files = {path: path.read_bytes() for path in application.home.rglob("*") if path.is_file()}
    for confirmed in ("", "ya", token(workplace)[:-1], session.visit_id):
        with pytest.raises(StoreProblem, match="wipe_not_confirmed"):
            wipe(workplace, PASSPHRASE, confirmed=confirmed)
    with pytest.raises(StoreProblem, match="passphrase_wrong"):
        wipe(workplace, "salah", confirmed=token(workplace))

    assert {path for path in application.home.rglob("*") if path.is_file()} >= files.keys()
    answer(session, "P15-06", "practice", "absent")


def test_the_whole_id_confirms_as_well(application: Application, workplace: Workplace) -> None:
    wipe(workplace, PASSPHRASE, confirmed=f" {workplace.store.device.id.upper()} ")

    assert refused(application) == "not_enrolled"


def test_a_store_that_another_program_has_open_is_not_wiped(
    application: Application, workplace: Workplace, session: Session
) -> None:
    """What it calls saved from then on would be gone."""
    other = application.unlock(PASSPHRASE)
    other.store.log.heads(session.visit_id)  # it holds a connection

    with pytest.raises(StoreProblem, match="store_busy"):
        wipe(workplace, PASSPHRASE, confirmed=token(workplace))

    answer(session, "P15-06", "practice", "absent")
    assert other.store.head(session.visit_id) == workplace.store.head(session.visit_id)
    other.store.close()
    wipe(workplace, PASSPHRASE, confirmed=token(workplace))
    assert refused(application) == "not_enrolled"


def test_instruments_that_somebody_wrote_stay_unless_asked_for(
    application: Application, workplace: Workplace
) -> None:
    written = application.home / "instruments"
    (written / "pinned").mkdir(parents=True)
    (written / "mine.yaml").write_text("mine")
    (written / "pinned" / "copy.yaml").write_text("a copy")

    left = wipe(workplace, PASSPHRASE, confirmed=token(workplace))

    assert left == (written,)
    assert [path.name for path in written.iterdir()] == ["mine.yaml"]


def test_instruments_go_where_that_is_asked_for(
    application: Application, workplace: Workplace
) -> None:
    written = application.home / "instruments"
    written.mkdir(exist_ok=True)
    (written / "mine.yaml").write_text("mine")

    left = wipe(workplace, PASSPHRASE, confirmed=token(workplace), instruments=True)

    assert left == ()
    assert not written.exists()


@pytest.mark.parametrize("too", [False, True])
def test_backups_are_named_and_left_unless_asked_for(
    application: Application,
    workplace: Workplace,
    kept: Session,
    tmp_path: Path,
    *,
    too: bool,
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    foreign = usb / "assessor-0123456789ab"
    foreign.mkdir()
    (foreign / "of-another-device").write_text("stays")
    change_settings(workplace, backup_place=usb)
    own = backed_up(workplace)
    elsewhere = backed_up(workplace, usb)

    left = wipe(workplace, PASSPHRASE, confirmed=token(workplace), backups=too)

    assert (foreign / "of-another-device").exists()
    if too:
        assert (own.exists(), elsewhere.exists(), left) == (False, False, ())
    else:
        assert left == (application.home / BACKUPS, elsewhere)
        for folder in (own, elsewhere):
            assert list(folder.glob("*/store.db"))
            assert list(folder.glob("*/keys.json"))
            assert list(folder.glob("people/*.key"))


def test_what_the_systems_keyring_kept_is_taken_out(workplace: Workplace) -> None:
    memory = KeyringInMemory()
    with using(memory):
        keep_in_keyring(workplace)
        assert len(memory.entries) == 1

        wipe(workplace, PASSPHRASE, confirmed=token(workplace))

    assert memory.entries == {}


def test_a_locked_keyring_does_not_hold_a_wiping_up(
    application: Application, workplace: Workplace
) -> None:
    memory = KeyringInMemory()
    with using(memory):
        keep_in_keyring(workplace)
        memory.locked = True

        wipe(workplace, PASSPHRASE, confirmed=token(workplace))

    assert refused(application) == "not_enrolled"


def _wipe(application: Application, confirmed: str) -> None:
    wipe(application.unlock(PASSPHRASE), PASSPHRASE, confirmed=confirmed, backups=True)


@pytest.mark.skipif(os.name == "nt", reason="forks")
@pytest.mark.parametrize("after", [0.0, 0.02, 0.04, 0.06, 0.08])
def test_a_wiping_that_was_killed_has_not_begun_or_can_be_finished(
    application: Application, workplace: Workplace, session: Session, after: float
) -> None:
    """Nothing in between: the store opens as it was, or its folder has been set aside."""
    answer(session, "P15-06", "practice", "absent")
    backups = backed_up(workplace)
    head, confirmed = workplace.store.head(session.visit_id), token(workplace)
    workplace.store.close()
    child = multiprocessing.get_context("fork").Process(target=_wipe, args=(application, confirmed))
    child.start()
    time.sleep(after)
    if child.pid is not None:
        os.kill(child.pid, signal.SIGKILL)
    child.join()

    if wipe_interrupted(application.home) or not (application.home / "store").exists():
        finish_wipe(application.home)
        assert refused(application) == "not_enrolled"
        assert not backups.exists()
    else:
        again = application.unlock(PASSPHRASE)
        assert again.store.head(session.visit_id) == head
        again.store.close()


def test_an_interrupted_wiping_is_finished_without_a_passphrase(
    application: Application, workplace: Workplace, session: Session
) -> None:
    """As a crash leaves it: set aside, one copy of the keys gone, and a backup still to go."""
    backups = backed_up(workplace)
    aside = application.home / ".store.being-wiped"
    set_aside(workplace.store.engine, workplace.store.folder, aside=aside)
    (aside / "keys.json").unlink()
    (aside / "wiping.json").write_text(json.dumps([str(backups), "/not/plugged/in"]))
    assert wipe_interrupted(application.home)
    assert refused(application) == "not_enrolled"

    finish_wipe(application.home)

    assert [path for path in application.home.rglob("*") if path.is_file()] == []
    assert not wipe_interrupted(application.home)


def test_there_is_nothing_to_finish_where_nothing_was_begun(application: Application) -> None:
    finish_wipe(application.home)

    assert not wipe_interrupted(application.home)
    application.unlock(PASSPHRASE).store.close()


def test_backups_out_of_reach_are_named_before_and_after(
    workplace: Workplace, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    change_settings(workplace, backup_place=usb)
    elsewhere = backed_up(workplace, usb)
    usb.rename(tmp_path / "unplugged")

    assert wipe_preview(workplace).unreached == (elsewhere,)
    assert wipe(workplace, PASSPHRASE, confirmed=token(workplace), backups=True) == (elsewhere,)


def test_a_restore_that_was_cut_off_does_not_come_back_after_a_wiping(
    application: Application, workplace: Workplace
) -> None:
    """A whole store that was about to take this one's place would at the next start."""
    for name in (RESTORED, ".store.being-restored"):
        shutil.copytree(application.home / "store", application.home / name)

    left = wipe(workplace, PASSPHRASE, confirmed=token(workplace))

    assert left == ()
    assert refused(application) == "not_enrolled"


@pytest.mark.parametrize("plan", ["{", "5", '["{documents}"]', '["{link}"]'])
@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_plan_that_somebody_else_wrote_takes_nothing_else_away(
    application: Application, workplace: Workplace, tmp_path: Path, plan: str
) -> None:
    documents = tmp_path / "documents"
    (documents / "people").mkdir(parents=True)
    (documents / "people" / "letter").write_text("mine")
    link = tmp_path / "assessor-0123456789ab"
    link.symlink_to(documents)
    aside = application.home / ".store.being-wiped"
    set_aside(workplace.store.engine, workplace.store.folder, aside=aside)
    told = plan.replace("{documents}", str(documents)).replace("{link}", str(link))
    (aside / "wiping.json").write_text(told)

    finish_wipe(application.home)

    assert (documents / "people" / "letter").read_text() == "mine"
    assert not wipe_interrupted(application.home)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_the_people_of_a_backup_are_not_looked_for_behind_a_link(
    workplace: Workplace, tmp_path: Path
) -> None:
    usb, documents = tmp_path / "usb", tmp_path / "documents"
    usb.mkdir()
    documents.mkdir()
    (documents / "letter").write_text("mine")
    change_settings(workplace, backup_place=usb)
    own = backed_up(workplace, usb)
    (own / "people").symlink_to(documents)

    wipe(workplace, PASSPHRASE, confirmed=token(workplace), backups=True)

    assert not own.exists()
    assert (documents / "letter").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_store_that_lies_on_another_disk_is_wiped_there(
    application: Application, workplace: Workplace, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    workplace.store.close()
    workplace.store.folder.rename(elsewhere)
    workplace.store.folder.symlink_to(elsewhere)
    linked = application.unlock(PASSPHRASE)

    wipe(linked, PASSPHRASE, confirmed=token(linked))

    assert not elsewhere.exists()
    assert not wipe_interrupted(application.home)
    assert refused(application) == "not_enrolled"
