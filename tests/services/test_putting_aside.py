"""A sweep destroys nothing: what no event names lies aside for thirty days, and comes back."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import SteppingClock
from tests.visiting import PASSPHRASE, attach

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.services import backup
from assessor_app.services.checking.check import check
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.sweeping import DAYS_ASIDE, Swept, sweep
from assessor_app.services.session import Session
from assessor_app.storage.aside import lies_since, put_aside
from assessor_app.storage.layout import DATABASE
from assessor_app.storage.vault import Form

STRANGER = "01890000-0000-7000-8000-0000000000ab"
AN_HOUR = timedelta(hours=1)


def stand_at(clock: SteppingClock, path: Path) -> None:
    """The database's file is as old as the clock that a test holds says."""
    os.utime(path, (clock.moment.timestamp(),) * 2)


def aside_in(workplace: Workplace) -> set[str]:
    return {one.id for one in workplace.store.vault.walk() if one.aside}


@pytest.fixture
def stranger(workplace: Workplace, clock: SteppingClock) -> Workplace:
    """A vault with a file that no event names, put aside now."""
    vault = workplace.store.vault
    vault.put(STRANGER, Form.ORIGINAL, b"x" * 1000)
    for path in (*(one.path for one in vault.walk()), workplace.store.folder / DATABASE):
        stand_at(clock, path)
    assert [one.id for one in sweep(workplace).aside] == [STRANGER]
    return workplace


@pytest.fixture
def rolled_back(
    application: Application, session: Session, workplace: Workplace, tmp_path: Path
) -> tuple[Path, str]:
    """The newer database, kept elsewhere, and the id of what it alone names; an older one is put
    in its place."""
    older = shutil.copytree(workplace.store.folder, tmp_path / "older")
    attach(session, "P15-06", tmp_path)
    (item,) = session.snapshot.evidence.values()
    workplace.store.close()
    newer = tmp_path / "newer.db"
    shutil.copyfile(workplace.store.folder / DATABASE, newer)
    for name in (DATABASE, f"{DATABASE}-wal"):
        shutil.copyfile(older / name, workplace.store.folder / name)
    return newer, item.id


def test_an_older_database_put_in_place_destroys_nothing_and_the_newer_finds_all_again(
    application: Application, session: Session, rolled_back: tuple[Path, str]
) -> None:
    newer, evidence = rolled_back
    behind = application.unlock(PASSPHRASE)
    swept = sweep(behind)
    assert [one.id for one in swept.aside] == [evidence]
    assert {one.code for one in check(behind.store).noticed} == {"files_aside"}
    behind.store.close()
    shutil.copyfile(newer, behind.store.folder / DATABASE)

    again = application.unlock(PASSPHRASE)
    assert check(again.store).worst is None  # it lies aside, and is found there
    back = sweep(again)

    assert [one.id for one in back.back] == [evidence]
    assert back.back[0].forms == swept.aside[0].forms == ("original", "report", "thumbnail")
    assert not aside_in(again)
    (file,) = again.store.log.vault_files().values()
    again.store.vault.check(file.id, Form.ORIGINAL, file.sha256)
    assert sweep(again) == Swept()
    again.store.close()


def test_a_backup_that_is_restored_takes_what_lies_aside(
    application: Application,
    session: Session,
    workplace: Workplace,
    tmp_path: Path,
) -> None:
    """The backup names a file that its own pool has lost; the store has it, aside."""
    attach(session, "P15-06", tmp_path)
    (item,) = session.snapshot.evidence.values()
    backup.back_up(workplace)
    workplace.store.close()
    place = application.home / "backups"
    for one in place.rglob(f"{item.id}.original"):
        one.unlink()
    (lying,) = (workplace.store.folder / "evidence").rglob(f"{item.id}.original")
    lying.rename(lying.with_name(f"{lying.name}.aside"))

    done = backup.restore(
        place,
        application.home,
        PASSPHRASE,
        clock=application.clock,
        new_id=application.new_id,
        replace=True,
    )

    assert not done.missing
    restored = application.unlock(PASSPHRASE)
    assert [one.id for one in sweep(restored).back] == [item.id]
    restored.store.vault.check(item.id, Form.ORIGINAL, item.sha256)
    restored.store.close()


def test_what_lies_aside_goes_after_thirty_days_and_not_before(
    stranger: Workplace, clock: SteppingClock
) -> None:
    begun = clock.moment
    clock.moment = begun + timedelta(days=DAYS_ASIDE) - AN_HOUR
    assert sweep(stranger) == Swept()
    assert {one.code for one in check(stranger.store).noticed} == {"files_aside"}
    clock.moment = begun + timedelta(days=DAYS_ASIDE) + AN_HOUR

    swept = sweep(stranger)

    assert [one.id for one in swept.removed] == [STRANGER]
    assert swept.bytes > 1000
    assert not list(stranger.store.vault.walk())


def test_a_clock_that_goes_back_makes_nothing_old(
    workplace: Workplace, clock: SteppingClock
) -> None:
    """Put aside while the clock stood years back; then somebody set it right."""
    vault = workplace.store.vault
    vault.put(STRANGER, Form.ORIGINAL, b"x")
    right = datetime.now(UTC)  # the file's and the database's time, by the system
    clock.moment = datetime(2020, 1, 1, tzinfo=UTC)
    assert sweep(workplace).aside
    assert sweep(workplace) == Swept()

    clock.moment = right + timedelta(days=DAYS_ASIDE) - AN_HOUR

    assert sweep(workplace) == Swept()
    assert aside_in(workplace) == {STRANGER}


def test_a_file_that_came_anew_stays_and_the_one_aside_goes(
    stranger: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import brought the same file while its first copy lay aside."""
    vault = stranger.store.vault
    vault.put(STRANGER, Form.ORIGINAL, b"y" * 1000)
    monkeypatch.setattr(
        "assessor_app.storage.log.EventLog.named_files", lambda *_: frozenset({STRANGER})
    )

    assert [one.id for one in sweep(stranger).back] == [STRANGER]

    assert vault.get(STRANGER, Form.ORIGINAL) == b"y" * 1000
    assert [one.aside for one in vault.walk()] == [False]


def test_what_lies_aside_is_in_no_backup(stranger: Workplace, application: Application) -> None:
    backup.back_up(stranger)

    assert not list((application.home / "backups").rglob(f"{STRANGER}*"))
    assert stranger.store.vault.get(STRANGER, Form.ORIGINAL) == b"x" * 1000


def test_what_is_nowhere_is_missing(stranger: Workplace) -> None:
    (lying,) = (one.path for one in stranger.store.vault.walk())
    lying.unlink()

    with pytest.raises(StoreProblem) as missing:
        stranger.store.vault.get(STRANGER, Form.ORIGINAL)

    assert missing.value.code == "evidence_missing"


def test_newer_files_still_tell_of_an_old_database_where_they_lie_aside(
    workplace: Workplace,
) -> None:
    workplace.store.vault.put("01b00000-0000-7000-8000-00000000ffff", Form.ORIGINAL, b"x")

    assert sweep(workplace).aside

    assert {one.code for one in check(workplace.store).noticed} == {"files_ahead"}


def test_a_file_that_goes_while_it_is_put_aside_stops_nothing(
    workplace: Workplace, clock: SteppingClock
) -> None:
    vault = workplace.store.vault
    for form in (Form.ORIGINAL, Form.REPORT):
        vault.put(STRANGER, form, b"x")
    listed = list(vault.walk())
    vault.drop(STRANGER, Form.REPORT)
    (gone,) = (one for one in listed if one.form is Form.REPORT)

    assert put_aside(listed, at=clock.moment)

    assert [(one.form, one.aside) for one in vault.walk()] == [(Form.ORIGINAL, True)]
    assert lies_since(gone) > clock.moment - timedelta(days=DAYS_ASIDE)
