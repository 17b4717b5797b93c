"""Who can open a store: assessors, headquarters, the keyring; and what the record says of it."""

import contextlib
import gc
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.conftest import CountingIds, SteppingClock
from tests.keyrings import KeyringInMemory, KeyringThatForgets, unprotecting, using
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.event import STORE, EventKind, canonical
from assessor_app.domain.problem import Problem, StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.backup import back_up
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.keys import access
from assessor_app.services.keys.recovery import MadeKey, new_recovery_key, recover
from assessor_app.services.keys.recovery_key import recorded_keys
from assessor_app.services.store_settings import change_settings
from assessor_app.services.wiping import wipe
from assessor_app.storage import key_file, keys
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.files import write_whole
from assessor_app.storage.key_file import read_key_file, second_copy
from assessor_app.storage.keys import open_keys
from assessor_app.storage.log import Draft
from assessor_app.storage.store import keys_path

HEADQUARTERS = "sandi kantor pusat"


@pytest.fixture
def session_keyring() -> Iterator[KeyringInMemory]:
    own = KeyringInMemory()
    with using(own):
        yield own


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> MadeKey:
    return new_recovery_key(tmp_path_factory.mktemp("hq") / "hq.pem", HEADQUARTERS)


def another(name: str = "Budi Santoso") -> Profile:
    return Profile(
        name=name, office="Ombudsman RI", nip=None, position=None, zone=ZoneInfo("Asia/Jakarta")
    )


def code_of(refused: pytest.ExceptionInfo[Problem]) -> str:
    return refused.value.code


def changes(workplace: Workplace) -> list[dict[tuple[str, str], object]]:
    """What each change of keys recorded."""
    return [
        {(change.entity, change.field): change.after for change in link.event.changes}
        for link in workplace.store.log.stored(STORE)
        if link.event.kind is EventKind.KEYS_CHANGED
    ]


def opens(application: Application, passphrase: str) -> bool:
    try:
        open_keys(keys_path(application.home), passphrase)
    except StoreProblem as problem:
        if problem.code == "passphrase_wrong":
            return False
        raise
    return True


def test_the_one_who_enrolled_is_the_only_assessor(workplace: Workplace) -> None:
    (one,) = access.assessors(workplace)

    assert (one.name, one.can_open, one.is_self) == (workplace.profile.name, True, True)
    assert not one.in_keyring
    assert access.recovery_keys(workplace) == ()
    assert workplace.notices == ()


def test_a_changed_passphrase_opens_and_the_old_one_does_not(
    application: Application, workplace: Workplace
) -> None:
    access.change_passphrase(workplace, PASSPHRASE, "yang baru")

    assert opens(application, "yang baru")
    assert not opens(application, PASSPHRASE)
    entity = f"assessor/{workplace.store.assessor}"
    assert changes(workplace) == [{(entity, "access"): "changed", ("keys", "generation"): 2}]


def test_a_passphrase_is_not_changed_by_whoever_does_not_know_it(
    application: Application, workplace: Workplace
) -> None:
    access.add_assessor(workplace, another(), "milik Budi")

    for wrong in ("salah", "milik Budi"):
        with pytest.raises(StoreProblem) as refused:
            access.change_passphrase(workplace, wrong, "yang baru")
        assert code_of(refused) == "passphrase_wrong"
    for blank in ("", "   ", "\t\u00a0\u200b"):
        with pytest.raises(StoreProblem) as empty:
            access.change_passphrase(workplace, PASSPHRASE, blank)
        assert code_of(empty) == "passphrase_empty"
    assert opens(application, PASSPHRASE)


def test_where_a_new_assessor_cannot_be_recorded_there_is_neither_name_nor_access(
    application: Application, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise StoreProblem("disk_full")

    with monkeypatch.context() as hindered:
        hindered.setattr("assessor_app.services.keys.record.change_keys", full)
        with pytest.raises(StoreProblem, match="disk_full"):
            access.add_assessor(workplace, another(), "milik Budi")

    assert [one.name for one in access.assessors(workplace)] == [workplace.profile.name]
    assert not opens(application, "milik Budi")


def test_an_access_whose_name_a_crash_has_lost_opens_nothing_and_goes(
    application: Application, workplace: Workplace
) -> None:
    store, content = workplace.store, read_key_file(workplace.store.keys_path).content
    half = keys.with_passphrase(
        content, store.unlocked.key, assessor="nobody", passphrase="milik Budi", cost=QUICK
    )
    made = replace(half, generation=content.generation + 1)
    keys.change_keys(store.keys_path, made, key=store.unlocked.key, seen=content.generation)

    with pytest.raises(StoreProblem) as refused:
        application.unlock("milik Budi")
    application.unlock(PASSPHRASE).store.close()

    assert code_of(refused) == "assessor_unrecorded"
    assert not opens(application, "milik Budi")
    access.add_assessor(workplace, another(), "milik Budi")
    assert opens(application, "milik Budi")


def test_changing_a_passphrase_names_the_backups_that_it_could_not_reach(
    workplace: Workplace, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    change_settings(workplace, backup_place=stick)
    back_up(workplace)
    assert access.change_passphrase(workplace, PASSPHRASE, "yang kedua") == ()

    stick.rename(tmp_path / "dicabut")

    assert access.change_passphrase(workplace, "yang kedua", "yang ketiga") == (stick,)


def test_wrong_passphrases_at_a_change_wait_as_at_the_door(workplace: Workplace) -> None:
    codes = []
    for _ in range(4):
        with pytest.raises(StoreProblem) as refused:
            access.change_passphrase(workplace, "salah", "yang baru")
        codes.append(code_of(refused))

    assert codes == ["passphrase_wrong"] * 3 + ["passphrase_wait"]


def test_a_second_assessor_opens_the_store_as_themselves(
    application: Application, workplace: Workplace
) -> None:
    added = access.add_assessor(workplace, another(), "milik Budi")

    budi = application.unlock("milik Budi")

    assert budi.store.assessor == added
    assert budi.profile.name == "Budi Santoso"
    assert budi.profile.zone == workplace.profile.zone
    assert [one.is_self for one in access.assessors(budi)] == [False, True]
    assert all(one.can_open for one in access.assessors(budi))
    budi.store.close()


def test_no_second_assessor_without_a_name_or_with_anothers_passphrase(
    workplace: Workplace,
) -> None:
    for profile, passphrase, code in (
        (another(name=" "), "milik Budi", "profile_incomplete"),
        (another(), "", "passphrase_empty"),
        (another(), PASSPHRASE, "passphrase_taken"),
    ):
        with pytest.raises(StoreProblem) as refused:
            access.add_assessor(workplace, profile, passphrase)
        assert code_of(refused) == code
    assert len(access.assessors(workplace)) == 1
    assert changes(workplace) == []


def test_an_assessor_whose_access_was_taken_away_stays_on_record(
    application: Application, workplace: Workplace
) -> None:
    added = access.add_assessor(workplace, another(), "milik Budi")

    access.remove_assessor(workplace, added, reason="pindah tugas")

    assert not opens(application, "milik Budi")
    budi = access.find_assessor(access.assessors(workplace), "Budi Santoso")
    assert (budi.id, budi.can_open) == (added, False)
    assert changes(workplace)[-1][f"assessor/{added}", "access"] == "removed"
    with pytest.raises(StoreProblem) as again:
        access.remove_assessor(workplace, added)
    assert code_of(again) == "assessor_unknown"


def test_ones_own_access_goes_only_when_that_is_said_and_never_the_last(
    application: Application, workplace: Workplace
) -> None:
    own = workplace.store.assessor
    with pytest.raises(StoreProblem) as silent:
        access.remove_assessor(workplace, own)
    with pytest.raises(StoreProblem) as last:
        access.remove_assessor(workplace, own, own=True)
    access.add_assessor(workplace, another(), "milik Budi")
    access.remove_assessor(workplace, own, own=True)

    assert (code_of(silent), code_of(last)) == ("own_passphrase", "last_passphrase")
    assert not opens(application, PASSPHRASE)
    assert opens(application, "milik Budi")


def test_an_assessor_is_found_by_name_or_part_of_the_id(workplace: Workplace) -> None:
    first, second = (
        access.add_assessor(workplace, another(name), name) for name in ("Budi", "Wati")
    )
    people = access.assessors(workplace)

    assert access.find_assessor(people, "Wati").id == second
    assert access.find_assessor(people, first[-4:]).id == first
    for part, code in (("", "unknown"), ("Tono", "unknown"), (first[:6], "ambiguous")):
        with pytest.raises(StoreProblem) as refused:
            access.find_assessor(people, part)
        assert code_of(refused) == f"assessor_{code}"


def test_no_event_of_the_keys_holds_a_secret(
    workplace: Workplace, session_keyring: KeyringInMemory, headquarters: MadeKey
) -> None:
    access.change_passphrase(workplace, PASSPHRASE, "yang baru sekali")
    access.add_recovery(workplace, headquarters.public)
    access.keep_in_keyring(workplace)

    told = b"".join(link.body for link in workplace.store.log.stored(STORE))

    (kept,) = session_keyring.entries.values()
    for secret in ("yang baru sekali", PASSPHRASE, kept):
        assert secret.encode() not in told
    assert workplace.store.unlocked.key.secret.hex().encode() not in told


def enrolled_home(
    tmp_path: Path, library: Library, profile: Profile, *, recovery_key: Path | None = None
) -> Application:
    application = Application(tmp_path, SteppingClock(), CountingIds(), library, QUICK)
    application.enrol(
        profile,
        passphrase=PASSPHRASE,
        signing_passphrase=SIGNING_PASSPHRASE,
        recovery_key=recovery_key,
    )
    return application


def test_a_store_is_sealed_to_the_configured_recovery_key_when_it_is_made(
    tmp_path: Path, library: Library, profile: Profile, headquarters: MadeKey
) -> None:
    (tmp_path / "recovery.pub").write_bytes(headquarters.public.read_bytes())

    workplace = enrolled_home(tmp_path, library, profile).unlock(PASSPHRASE)

    assert access.recovery_keys(workplace) == (headquarters.fingerprint,)
    assert len(recorded_keys(workplace.store)) == 1
    workplace.store.close()


def test_nothing_is_made_where_the_recovery_key_is_none(
    tmp_path: Path, library: Library, profile: Profile
) -> None:
    (tmp_path / "no.pub").write_bytes(b"no key")

    for name, code in (("no.pub", "key_unreadable"), ("gone.pub", "file_missing")):
        with pytest.raises(StoreProblem) as refused:
            enrolled_home(tmp_path, library, profile, recovery_key=tmp_path / name)
        assert code_of(refused) == f"recovery_{code}"
    assert not (tmp_path / "store").exists()


def test_headquarters_gives_an_assessor_a_new_passphrase(
    application: Application, workplace: Workplace, headquarters: MadeKey, clock: SteppingClock
) -> None:
    access.add_recovery(workplace, headquarters.public)
    workplace.store.close()
    for _ in range(3):
        with pytest.raises(StoreProblem):
            application.unlock("terlupa")

    recovered = recover(
        application.home,
        headquarters.private,
        private_passphrase=HEADQUARTERS,
        new_passphrase="yang baru",
        clock=clock,
        new_id=application.new_id,
        reason="terlupa",
    )

    assert recovered.store.assessor == workplace.store.assessor
    assert changes(recovered)[-1] == {
        (f"assessor/{recovered.store.assessor}", "access"): "recovered",
        ("keys", "generation"): 3,
        ("keys", "opened_by"): headquarters.fingerprint,
    }
    recovered.store.close()
    assert not opens(application, PASSPHRASE)
    again = application.unlock("yang baru")
    assert again.notices == ()
    again.store.close()


def test_headquarters_names_whom_it_means_among_several(
    application: Application, workplace: Workplace, headquarters: MadeKey, clock: SteppingClock
) -> None:
    access.add_recovery(workplace, headquarters.public)
    budi = access.add_assessor(workplace, another(), "milik Budi")

    def recovered(assessor: str | None) -> Workplace:
        return recover(
            application.home,
            headquarters.private,
            private_passphrase=HEADQUARTERS,
            new_passphrase="yang baru",
            clock=clock,
            new_id=application.new_id,
            assessor=assessor,
        )

    with pytest.raises(StoreProblem) as unnamed:
        recovered(None)
    there = recovered("Budi Santoso")

    assert code_of(unnamed) == "assessor_needed"
    assert "Budi Santoso" in str(unnamed.value.places["names"])
    assert there.store.assessor == budi
    assert opens(application, PASSPHRASE)
    there.store.close()


def test_headquarters_cannot_open_what_was_not_sealed_to_it(
    application: Application, workplace: Workplace, headquarters: MadeKey, clock: SteppingClock
) -> None:
    def refused(private: Path, passphrase: str = HEADQUARTERS) -> str:
        with pytest.raises(StoreProblem) as problem:
            recover(
                application.home,
                private,
                private_passphrase=passphrase,
                new_passphrase="yang baru",
                clock=clock,
                new_id=application.new_id,
            )
        return code_of(problem)

    assert refused(headquarters.private) == "recovery_slot_missing"
    assert refused(headquarters.private, "salah") == "recovery_passphrase_wrong"
    assert refused(headquarters.public) == "recovery_private_unreadable"
    assert refused(application.home / "gone.pem") == "recovery_file_missing"
    access.add_recovery(workplace, headquarters.public)
    fingerprint = access.remove_recovery(workplace, headquarters.fingerprint[:8])
    assert fingerprint == headquarters.fingerprint
    assert refused(headquarters.private) == "recovery_slot_missing"
    assert recorded_keys(workplace.store) == ()
    with pytest.raises(StoreProblem) as unknown:
        access.remove_recovery(workplace, headquarters.fingerprint)
    assert code_of(unknown) == "recovery_unknown"


def test_a_recovery_key_is_never_written_over_another_file(tmp_path: Path) -> None:
    (tmp_path / "hq.pem.pub").write_bytes(b"mine")

    with pytest.raises(StoreProblem) as there:
        new_recovery_key(tmp_path / "hq.pem", HEADQUARTERS)
    with pytest.raises(StoreProblem) as empty:
        new_recovery_key(tmp_path / "other.pem", "")

    assert (code_of(there), code_of(empty)) == ("file_exists", "passphrase_empty")
    assert [path.name for path in tmp_path.iterdir()] == ["hq.pem.pub"]


def test_only_its_owner_can_read_the_private_recovery_key(headquarters: MadeKey) -> None:
    assert oct(headquarters.private.stat().st_mode)[-3:] == "600"
    assert b"ENCRYPTED PRIVATE KEY" in headquarters.private.read_bytes()


def test_the_keyring_opens_the_store_until_it_is_switched_off(
    application: Application, workplace: Workplace, session_keyring: KeyringInMemory
) -> None:
    assert not access.can_unlock_by_keyring(application.home)
    access.keep_in_keyring(workplace)
    access.keep_in_keyring(workplace)  # a second time keeps one entry, not two

    opened = application.unlock_by_keyring()

    assert opened.store.assessor == workplace.store.assessor
    assert [one.in_keyring for one in access.assessors(opened)] == [True]
    assert len(session_keyring.entries) == 1
    assert access.can_unlock_by_keyring(application.home)
    access.forget_keyring(opened)
    opened.store.close()
    assert session_keyring.entries == {}
    assert changes(workplace)[-1]["setting", "keyring"] is False
    for call in (application.unlock_by_keyring, lambda: access.forget_keyring(workplace)):
        with pytest.raises(StoreProblem) as off:
            call()
        assert code_of(off) == "keyring_off"


def test_an_entry_without_its_slot_and_a_slot_without_its_entry_open_nothing(
    application: Application, workplace: Workplace, session_keyring: KeyringInMemory
) -> None:
    access.keep_in_keyring(workplace)
    (name,) = session_keyring.entries

    for entry in ("not base64", "AAAA" * 10 + "AAA="):
        session_keyring.entries[name] = entry
        with pytest.raises(StoreProblem) as refused:
            application.unlock_by_keyring()
        assert code_of(refused) == "keyring_forgotten"
    session_keyring.locked = True
    with pytest.raises(StoreProblem) as locked:
        application.unlock_by_keyring()
    assert code_of(locked) == "keyring_failed"


def test_without_a_keyring_that_protects_nothing_is_switched_on(
    application: Application, workplace: Workplace
) -> None:
    for backend in unprotecting():
        with using(backend), pytest.raises(StoreProblem) as refused:
            access.keep_in_keyring(workplace)
        assert code_of(refused) == "keyring_missing"
    assert not access.can_unlock_by_keyring(application.home)


def test_a_keyring_that_keeps_nothing_is_not_relied_upon(
    application: Application, workplace: Workplace
) -> None:
    with using(KeyringThatForgets()), pytest.raises(StoreProblem) as refused:
        access.keep_in_keyring(workplace)

    assert code_of(refused) == "keyring_failed"
    assert not access.can_unlock_by_keyring(application.home)


def test_the_keyring_is_switched_off_where_its_entry_is_gone_already(
    application: Application, workplace: Workplace, session_keyring: KeyringInMemory
) -> None:
    access.keep_in_keyring(workplace)
    session_keyring.entries.clear()

    access.forget_keyring(workplace)

    assert not access.can_unlock_by_keyring(application.home)


def test_a_keyring_that_opens_as_somebody_else_is_not_given_a_second_key(
    application: Application, workplace: Workplace, session_keyring: KeyringInMemory
) -> None:
    access.keep_in_keyring(workplace)
    access.add_assessor(workplace, another(), "milik Budi")
    budi = application.unlock("milik Budi")

    with pytest.raises(StoreProblem) as refused:
        access.keep_in_keyring(budi)

    assert code_of(refused) == "keyring_taken"
    assert len(session_keyring.entries) == 1
    budi.store.close()


def test_a_keyring_entry_does_not_stay_where_the_slot_could_not_be_written(
    workplace: Workplace, session_keyring: KeyringInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise StoreProblem("disk_full", path=path)

    monkeypatch.setattr("assessor_app.storage.key_file.write_whole", full)
    with pytest.raises(StoreProblem) as refused:
        access.keep_in_keyring(workplace)

    assert code_of(refused) == "disk_full"
    assert session_keyring.entries == {}
    assert changes(workplace) == []


def test_a_damaged_key_file_is_mended_and_told(application: Application) -> None:
    path = keys_path(application.home)
    whole = path.read_bytes()
    path.write_bytes(b"{")

    workplace = application.unlock(PASSPHRASE)

    assert [(one.code, one.places) for one in workplace.notices] == [
        ("keys_mended", {"path": path})
    ]
    assert path.read_bytes() == whole
    workplace.store.close()


def test_a_mending_that_fails_is_told_and_stops_nobody(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(path: Path, data: bytes) -> None:
        raise StoreProblem("not_writable", path=path)

    second_copy(keys_path(application.home)).unlink()
    monkeypatch.setattr("assessor_app.storage.key_file.write_whole", read_only)

    workplace = application.unlock(PASSPHRASE)

    assert [one.code for one in workplace.notices] == ["not_writable"]
    workplace.store.close()


def test_an_older_key_file_put_back_is_told_until_the_keys_are_changed(
    application: Application, workplace: Workplace
) -> None:
    path = keys_path(application.home)
    old = path.read_bytes()
    access.change_passphrase(workplace, PASSPHRASE, "yang baru")
    path.write_bytes(old)
    second_copy(path).write_bytes(old)

    back = application.unlock(PASSPHRASE)

    assert [one.code for one in back.notices] == ["keys_rolled_back"]
    access.change_passphrase(back, PASSPHRASE, "yang baru")
    assert read_key_file(path).content.generation == 3
    after = application.unlock("yang baru")
    assert after.notices == ()
    for one in (back, after):
        one.store.close()


def test_a_key_file_changed_without_the_data_key_is_told(
    application: Application, workplace: Workplace
) -> None:
    access.add_assessor(workplace, another(), "milik Budi")
    path = keys_path(application.home)
    content = json.loads(path.read_bytes())
    content["slots"].pop()
    del content["check"]
    content["check"] = hashlib.sha256(canonical(content)).hexdigest()
    for copy in (path, second_copy(path)):
        copy.write_text(json.dumps(content))

    opened = application.unlock(PASSPHRASE)

    assert [one.code for one in opened.notices] == ["keys_altered"]
    opened.store.close()


def test_a_change_whose_event_was_cut_off_is_recorded_at_the_next_unlocking(
    application: Application, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written_then_cut(
        path: Path, content: key_file.KeyFile, *, key: keys.DataKey, seen: int
    ) -> None:
        keys.change_keys(path, content, key=key, seen=seen)
        raise SystemExit("the power went before the commit")

    with monkeypatch.context() as power:
        power.setattr("assessor_app.services.keys.record.change_keys", written_then_cut)
        with pytest.raises(SystemExit):
            access.change_passphrase(workplace, PASSPHRASE, "yang baru")
    assert changes(workplace) == []

    again = application.unlock("yang baru")

    assert changes(again) == [{("keys", "generation"): 2}]
    assert again.notices == ()
    again.store.close()


def test_locking_forgets_the_key(workplace: Workplace) -> None:
    access.lock(workplace)

    with pytest.raises(StoreProblem) as refused:
        workplace.store.vault.key.subkey("evidence")
    assert code_of(refused) == "store_locked"


def test_keys_that_could_not_be_recorded_are_as_before(
    application: Application, workplace: Workplace
) -> None:
    """The disk has room for the key file, and none for the event."""
    before = keys_path(application.home).read_bytes()
    with workplace.store.engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    for size in (4000, 400, 1):
        with contextlib.suppress(StoreProblem):
            while True:
                values = {("filler", "text"): "x" * size}
                workplace.store.log.append(Draft(STORE, EventKind.REGISTERED, values))

    with pytest.raises(StoreProblem) as refused:
        access.change_passphrase(workplace, PASSPHRASE, "yang baru")

    assert code_of(refused) == "disk_full"
    assert (opens(application, PASSPHRASE), opens(application, "yang baru")) == (True, False)
    for copy in (keys_path(application.home), second_copy(keys_path(application.home))):
        assert copy.read_bytes() == before


def test_nobody_changes_the_keys_while_they_are_mended(
    application: Application, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the mending might put back the passphrase that was just changed."""
    seen: list[str] = []

    def mended(path: Path, unlocked: keys.Unlocked) -> None:
        connection = workplace.store.engine.raw_connection()
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        with told_plainly_of_database(path):
            try:
                cursor.execute("BEGIN IMMEDIATE")
            finally:
                seen.append("asked")
                connection.close()

    second_copy(keys_path(application.home)).unlink()
    monkeypatch.setattr("assessor_app.services.keys.record.mend_keys", mended)

    again = application.unlock(PASSPHRASE)

    assert seen == ["asked"]
    assert [one.code for one in again.notices] == ["store_busy"]
    again.store.close()


def test_a_refused_recovery_leaves_the_store_closed_and_free(
    application: Application, workplace: Workplace, clock: SteppingClock, headquarters: MadeKey
) -> None:
    access.add_recovery(workplace, headquarters.public)
    access.add_assessor(workplace, another(), "milik Budi")

    with pytest.raises(StoreProblem) as refused:
        recover(
            application.home,
            headquarters.private,
            private_passphrase=HEADQUARTERS,
            new_passphrase="milik Budi",
            clock=clock,
            new_id=application.new_id,
            assessor=workplace.profile.name,
        )

    assert code_of(refused) == "passphrase_taken"
    assert opens(application, PASSPHRASE)
    gc.collect()
    wipe(workplace, PASSPHRASE, confirmed=workplace.store.device.id)  # nobody else has it open


def test_half_a_recovery_key_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, *, mode: int = 0o600) -> None:
        if path.suffix == ".pub":
            raise StoreProblem("disk_full", path=path)
        write_whole(path, data, mode=mode)

    monkeypatch.setattr("assessor_app.services.keys.recovery.write_whole", full)
    with pytest.raises(StoreProblem) as refused:
        new_recovery_key(tmp_path / "hq.pem", HEADQUARTERS)

    assert code_of(refused) == "disk_full"
    assert list(tmp_path.iterdir()) == []


class BrokenKeyring(KeyringInMemory):
    """One whose back end fails with an error of its own, as the one of a bus that is gone."""

    def get_password(self, service: str, username: str) -> str | None:
        raise LookupError(f"no such collection: {service}, {username}")


def test_a_keyring_that_fails_in_its_own_way_is_told_plainly(
    application: Application, workplace: Workplace, session_keyring: KeyringInMemory
) -> None:
    access.keep_in_keyring(workplace)

    with using(BrokenKeyring()), pytest.raises(StoreProblem) as refused:
        application.unlock_by_keyring()

    assert code_of(refused) == "keyring_failed"


def test_a_change_that_was_overtaken_takes_nothing_of_the_other_back(
    application: Application, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(path: Path, content: key_file.KeyFile, *, key: keys.DataKey, seen: int) -> None:
        first = keys.with_passphrase(
            read_key_file(path).content,
            key,
            assessor=workplace.store.assessor,
            passphrase="yang lain",
            cost=QUICK,
        )
        keys.change_keys(path, replace(first, generation=content.generation), key=key, seen=seen)
        keys.change_keys(path, content, key=key, seen=seen)

    monkeypatch.setattr("assessor_app.services.keys.record.change_keys", overtaken)
    with pytest.raises(StoreProblem) as refused:
        access.change_passphrase(workplace, PASSPHRASE, "yang baru")

    assert code_of(refused) == "keys_moved_on"
    assert opens(application, "yang lain")


def test_no_recovery_key_is_taken_away_by_an_empty_fingerprint(
    workplace: Workplace, headquarters: MadeKey
) -> None:
    """As a script writes it whose variable is not set."""
    access.add_recovery(workplace, headquarters.public)

    with pytest.raises(StoreProblem) as refused:
        access.remove_recovery(workplace, "")

    assert code_of(refused) == "recovery_unknown"
    assert access.recovery_keys(workplace) == (headquarters.fingerprint,)


def test_a_recovered_store_gives_its_backups_the_new_passphrase(
    application: Application, workplace: Workplace, clock: SteppingClock, headquarters: MadeKey
) -> None:
    access.add_recovery(workplace, headquarters.public)
    made = back_up(workplace).made[0].folder

    recovered = recover(
        application.home,
        headquarters.private,
        private_passphrase=HEADQUARTERS,
        new_passphrase="yang baru",
        clock=clock,
        new_id=application.new_id,
    )

    assert open_keys(made / "keys.json", "yang baru").key == workplace.store.unlocked.key
    with pytest.raises(StoreProblem, match="passphrase_wrong"):
        open_keys(made / "keys.json", PASSPHRASE)
    recovered.store.close()
