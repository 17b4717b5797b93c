"""The check of the store: everything that is spoilt is noticed, and told since when."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.conftest import SteppingClock, begin
from tests.exchanging import desks_in
from tests.services.checked_world import World, issued_world
from tests.visiting import PASSPHRASE, record

from assessor_app.domain.anchors import AnchorKind
from assessor_app.domain.event import STORE, EventKind, event_hash
from assessor_app.domain.problem import VisitRefused
from assessor_app.instruments.library import Library
from assessor_app.services import backup
from assessor_app.services.checking.check import Checked, Paper, check, visits_called
from assessor_app.services.checking.noticed import Noticed, Remedy, Weight
from assessor_app.services.checking.words import Telling
from assessor_app.services.enrolment import Workplace
from assessor_app.services.keys.access import add_recovery
from assessor_app.services.people import Person, keep_person, people_of
from assessor_app.services.places import Place, remember
from assessor_app.services.report.words import Words
from assessor_app.services.session import open_session
from assessor_app.storage.log import Draft, EventLog
from assessor_app.storage.vault import Form
from assessor_app.texts import Language

OF_VISIT = "visit != 'store'"
PRESNT = "CAST(replace(CAST(body AS TEXT), 'absent', 'presnt') AS BLOB)"
DEEP = "CAST(replace(hex(zeroblob(60000)), '0', '[') AS BLOB)"
ANSWERS = "kind = 'recorded' AND visit != 'store'"


@pytest.fixture
def world(enrolled: Path, library: Library, tmp_path: Path) -> World:
    return issued_world(enrolled, library).copy(tmp_path / "home")


def checked(world: World, library: Library, **more: object) -> Checked:
    """What a check notices; told in both languages without a fault, whatever it is."""
    workplace = world.unlocked(library)
    try:
        found = check(workplace.store, **more)  # type: ignore[arg-type]  # as each test gives them
        for language in Language:
            telling = Telling(workplace.store, library, Words(language, workplace.profile.zone))
            lines = list(telling.lines(found, quick=False))
            assert lines
            assert all(telling.told(one).sentence.strip() for one in found.noticed)
        return found
    finally:
        workplace.store.close()


def told(world: World, library: Library, found: Checked, language: Language) -> str:
    workplace = world.unlocked(library)
    try:
        telling = Telling(workplace.store, library, Words(language, workplace.profile.zone))
        return "\n".join(telling.lines(found, quick=False))
    finally:
        workplace.store.close()


def broken(found: Checked) -> list[str]:
    return sorted({one.code for one in found.noticed if one.weight is Weight.BROKEN})


def the(found: Checked, code: str) -> Noticed:
    (one,) = [one for one in found.noticed if one.code == code]
    return one


def test_a_whole_visit_is_sound_and_its_document_vouches_for_it(
    world: World, library: Library
) -> None:
    found = checked(world, library)

    assert (found.worst, found.noticed, found.touched) == (None, (), ())
    assert (found.visits, found.files, found.documents) == (1, 4, 1)
    assert found.events > 40


def test_a_check_writes_nothing(world: World, library: Library) -> None:
    workplace = world.unlocked(library)
    before = {path: path.read_bytes() for path in world.store.rglob("*") if path.is_file()}

    check(workplace.store)

    after = {path: path.read_bytes() for path in world.store.rglob("*") if path.is_file()}
    workplace.store.close()
    changed = {path.name for path in before.keys() | after if before.get(path) != after.get(path)}
    assert changed <= {"store.db-shm"}  # the locks of whoever reads


CHANGED = {
    "body": (
        f"UPDATE event SET body = {PRESNT} WHERE {ANSWERS}",
        "event_altered",
    ),
    "hash": (f"UPDATE event SET hash = 'ff' WHERE {OF_VISIT} AND seq = 9", "event_altered"),
    "no event at all": (
        f"UPDATE event SET body = CAST('[[1]]' AS BLOB) WHERE {OF_VISIT} AND seq = 9",
        "event_unreadable",
    ),
    "a body of text": (
        f"UPDATE event SET body = 'x' WHERE {OF_VISIT} AND seq = 9",
        "event_unreadable",
    ),
    "a body that is a number": (
        f"UPDATE event SET body = 1000000000000 WHERE {OF_VISIT} AND seq = 9",
        "event_unreadable",
    ),
    "endless nesting": (
        f"UPDATE event SET body = {DEEP} WHERE {OF_VISIT} AND seq = 9",
        "event_unreadable",
    ),
    "one deleted": (f"DELETE FROM event WHERE {OF_VISIT} AND seq = 9", "chain_gap"),
    "the first deleted": (f"DELETE FROM event WHERE {OF_VISIT} AND seq = 1", "chain_gap"),
    "kind": (f"UPDATE event SET kind = 'voided' WHERE {ANSWERS}", "event_column_differs"),
    "actor": (f"UPDATE event SET actor = 'x' WHERE {ANSWERS}", "event_column_differs"),
    "device": (f"UPDATE event SET device = 'x' WHERE {OF_VISIT}", "event_column_differs"),
    "id": (f"UPDATE event SET id = 'x' WHERE {OF_VISIT} AND seq = 9", "event_column_differs"),
    "seq": (f"UPDATE event SET seq = 900 WHERE {OF_VISIT} AND seq = 9", "event_column_differs"),
    "visit": (f"UPDATE event SET visit = 'x' WHERE {OF_VISIT}", "visit_gone"),
    "one value shown": (
        "UPDATE field_head SET value = '\"present\"' WHERE field = 'answer'",
        "field_differs",
    ),
    "a value that is none": ("UPDATE field_head SET value = '{'", "field_differs"),
    "values gone": ("DELETE FROM field_head WHERE entity LIKE 'obs%'", "field_differs"),
    "values of nobody": (
        "INSERT INTO field_head VALUES ('v', 'visit', 'state', 'e', '\"closed\"')",
        "field_differs",
    ),
    "late": ("INSERT INTO late_event VALUES ('e', 'v')", "late_differs"),
    "files": ("DELETE FROM vault_file", "vault_file_differs"),
    "hash of a file": ("UPDATE vault_file SET sha256 = 'ff'", "vault_file_differs"),
    "checkpoint": ("UPDATE checkpoint SET body = CAST('{}' AS BLOB)", "checkpoint_forged"),
    "checkpoint as text": ("UPDATE checkpoint SET body = '{}', signature = 1", "checkpoint_forged"),
    "head of a checkpoint": ("UPDATE checkpoint SET head = 'ff'", "checkpoint_forged"),
    "signature": ("UPDATE checkpoint SET signature = zeroblob(64)", "checkpoint_forged"),
    "checkpoints gone": ("DELETE FROM checkpoint", "checkpoint_missing"),
    "device's key": ("UPDATE device SET public_key = zeroblob(32)", "device_key_changed"),
}


@pytest.mark.parametrize("how", CHANGED)
def test_what_is_changed_in_the_database_is_noticed(
    world: World, library: Library, how: str
) -> None:
    statement, code = CHANGED[how]
    if how == "a value that is none":  # nobody can unlock by what is shown then; only the check
        statement += " WHERE visit != 'store'"
    world.spoil(statement)

    found = checked(world, library, evidence=code == "visit_gone")

    assert code in broken(found)
    assert found.worst is Weight.BROKEN


def rewritten(world: World, *, since: int, again: Callable[[bytes], bytes]) -> None:
    """Change one event and make the chain anew from there, as whoever has the key can."""
    rows = world.spoil(f"SELECT place, seq, body FROM event WHERE {OF_VISIT} ORDER BY seq")
    prev: str | None = None
    for place, seq, body in rows:
        made = body
        if seq == since:
            made = again(body)
        if seq > since:
            made = rfc8785.dumps(json.loads(body) | {"prev": prev})
        prev = event_hash(made)
        world.spoil(
            "UPDATE event SET body = :body, hash = :hash WHERE place = :place",
            body=made,
            hash=prev,
            place=place,
        )


def test_a_stream_made_anew_by_its_owner_is_told_by_the_signed_document(
    world: World, library: Library
) -> None:
    """The owner of the key can write everything anew but what another key has signed."""
    rewritten(world, since=14, again=lambda body: body.replace(b'"absent"', b'"presnt"'))
    world.spoil("DELETE FROM checkpoint")

    found = checked(world, library)

    one = the(found, "rewritten")
    assert one.visit == world.visit
    anchor = one.places["anchor"]
    assert getattr(anchor, "kind", None) is AnchorKind.DOCUMENT
    assert "T-2026-" in told(world, library, found, Language.INDONESIAN)


@pytest.mark.parametrize("left", [1, 12, 40])
def test_a_cut_tail_is_told_with_what_is_missing_and_what_was_last(
    world: World, library: Library, left: int
) -> None:
    world.spoil(f"DELETE FROM event WHERE {OF_VISIT} AND seq > {left}")

    found = checked(world, library, evidence=False)

    one = the(found, "tail_cut")
    assert (one.places["missing"], one.places["last"]) == (46 - left, left)
    assert one.good is not None
    assert one.good.event.seq == left
    assert found.touched == (world.visit,)
    text = told(world, library, found, Language.ENGLISH)
    assert f"{46 - left} events of this device after number {left} are missing" in text
    assert "Siti Rahma, S.H." in text


def test_a_cut_tail_is_found_against_the_pdf_alone(world: World, library: Library) -> None:
    """Nothing else is left that knows of it: no checkpoint, no document in the vault."""
    world.spoil(f"DELETE FROM event WHERE {OF_VISIT} AND seq > 20", "DELETE FROM checkpoint")
    for form in ("document", "original", "thumbnail", "report"):
        for path in world.sealed(form):
            path.unlink()
    world.spoil(f"DELETE FROM field_head WHERE {OF_VISIT}", "DELETE FROM vault_file")
    paper = Paper("temuan.pdf", world.pdf)

    alone, against = checked(world, library), checked(world, library, against=[paper])

    assert "tail_cut" not in broken(alone)
    assert {"tail_cut", "paper_unmet"} <= set(broken(against))
    assert the(against, "tail_cut").places["missing"] == 25
    assert the(against, "paper_unmet").places["missing"] == 25


def test_a_whole_visit_that_was_taken_away_is_told_by_its_document(
    world: World, library: Library
) -> None:
    tables = ("event", "checkpoint", "field_head", "vault_file")
    world.spoil(*(f"DELETE FROM {table} WHERE {OF_VISIT}" for table in tables))

    found = checked(world, library, against=[Paper("temuan.pdf", world.pdf)])

    assert broken(found) == ["visit_gone"]
    assert the(found, "files_of_lost_events").remedy is Remedy.BEHIND


def test_a_document_that_matches_is_told_and_the_trial_signer_is_no_fault(
    world: World, library: Library
) -> None:
    found = checked(world, library, against=[Paper("temuan.pdf", world.pdf)])

    assert found.worst is None
    assert [one.code for one in found.noticed] == ["paper_signer_unknown", "paper_met"]


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7", b"not a pdf"])
def test_what_is_no_valid_document_vouches_for_nothing(
    world: World, library: Library, pdf: bytes
) -> None:
    found = checked(world, library, against=[Paper("x.pdf", pdf)])

    assert found.worst is Weight.UNDETERMINED
    assert [one.code for one in found.noticed] == ["paper_refused"]


def test_a_changed_document_vouches_for_nothing(world: World, library: Library) -> None:
    changed = world.pdf.replace(b"/Type", b"/Tipe", 1)

    found = checked(world, library, against=[Paper("temuan.pdf", changed)])

    assert the(found, "paper_refused").weight is Weight.UNDETERMINED


def test_a_document_of_another_store_says_so(
    world: World, library: Library, tmp_path: Path
) -> None:
    with desks_in(tmp_path) as desks:
        stranger = World(desks("B").application.home, "", b"")

        found = checked(stranger, library, against=[Paper("temuan.pdf", world.pdf)])

    assert found.worst is Weight.UNDETERMINED
    assert the(found, "paper_foreign").remedy is Remedy.ANCHOR


def test_the_documents_before_a_break_still_vouch_for_what_came_before(
    world: World, library: Library
) -> None:
    workplace = world.unlocked(library)
    last = len(list(workplace.store.log.stored(world.visit)))
    workplace.store.close()
    world.spoil(f"UPDATE event SET hash = 'ff' WHERE {OF_VISIT} AND seq = {last}")

    found = checked(world, library)

    one = the(found, "event_altered")
    assert one.good is not None
    assert one.good.event.seq == last - 1
    assert {anchor.kind for anchor in one.anchors} == {
        AnchorKind.CHECKPOINT,
        AnchorKind.DOCUMENT,
    }
    text = told(world, library, found, Language.INDONESIAN)
    assert "masih dijamin oleh: " in text


def test_two_events_in_each_others_place_are_noticed(world: World, library: Library) -> None:
    world.spoil(
        f"UPDATE event SET seq = 900 WHERE {OF_VISIT} AND seq = 9",
        f"UPDATE event SET seq = 9 WHERE {OF_VISIT} AND seq = 10",
        f"UPDATE event SET seq = 10 WHERE {OF_VISIT} AND seq = 900",
    )

    assert "event_column_differs" in broken(checked(world, library))


def test_evidence_that_was_changed_in_any_way_is_told_with_who_recorded_it(
    world: World, library: Library
) -> None:
    first, second = world.sealed()
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)

    found = checked(world, library)

    assert broken(found) == ["evidence_damaged"]
    assert len(found.noticed) == 2
    assert all(noticed.about is not None for noticed in found.noticed)
    assert "P15-06" in told(world, library, found, Language.INDONESIAN)


def test_evidence_that_is_cut_or_gone_is_told(world: World, library: Library) -> None:
    first, second = world.sealed()
    first.write_bytes(first.read_bytes()[:-20])
    second.unlink()

    assert broken(checked(world, library)) == ["evidence_damaged", "evidence_missing"]


def test_evidence_sealed_anew_by_the_keys_owner_is_told_by_its_hash(
    world: World, library: Library
) -> None:
    workplace = world.unlocked(library)
    id_ = world.sealed()[0].name.partition(".")[0]
    workplace.store.vault.put(id_, Form.ORIGINAL, b"another photo")
    workplace.store.close()

    assert broken(checked(world, library)) == ["evidence_replaced"]


def test_smaller_pictures_are_only_remarked_upon(world: World, library: Library) -> None:
    for path in [*world.sealed("thumbnail"), *world.sealed("report")]:
        path.write_bytes(b"x")

    found = checked(world, library)

    assert found.worst is None
    assert {one.code for one in found.noticed} == {"derived_damaged"}


def test_a_file_that_nobody_named_is_remarked_upon(world: World, library: Library) -> None:
    workplace = world.unlocked(library)
    workplace.store.vault.put("00000000-0000-7000-8000-00000000ffff", Form.ORIGINAL, b"x")
    workplace.store.vault.put("01b00000-0000-7000-8000-00000000ffff", Form.ORIGINAL, b"x")
    workplace.store.close()
    part = world.sealed()[0].with_name(".x.original.ab.part")
    part.write_bytes(b"x")

    found = checked(world, library)

    assert found.worst is None
    assert {one.code for one in found.noticed} == {
        "files_unnamed",
        "files_ahead",
        "files_unfinished",
    }


def test_a_damaged_page_is_told_and_the_other_visits_are_still_looked_at(
    world: World, library: Library
) -> None:
    path = world.store / "store.db"
    content = bytearray(path.read_bytes())
    page = len(content) - 4096 + 1000
    content[page] ^= 1
    path.write_bytes(bytes(content))

    found = checked(world, library)

    assert "database_damaged" in broken(found)


def test_the_key_files_copies_are_looked_at(world: World, library: Library) -> None:
    workplace = world.unlocked(library)
    second = world.store / "keys.previous.json"
    second.write_bytes(b"{}")
    damaged = check(workplace.store)
    first = json.loads((world.store / "keys.json").read_text())
    workplace.store.close()

    assert broken(damaged) == ["keys_copy_damaged"]
    assert first["generation"] >= 1


def test_only_some_visits_are_looked_at_where_they_are_named(
    world: World, library: Library
) -> None:
    found = checked(world, library, visit=world.visit, evidence=False)
    unknown = checked(world, library, visit="x", evidence=False)

    assert (found.worst, found.visits, found.files) == (None, 1, 0)
    assert [one.code for one in unknown.noticed] == ["visit_unknown"]
    assert unknown.worst is Weight.UNDETERMINED


def test_a_check_that_is_stopped_says_nothing_of_the_rest(world: World, library: Library) -> None:
    found = checked(world, library, cancelled=lambda: True)

    assert found.worst is Weight.UNDETERMINED
    assert "cancelled" in {one.code for one in found.noticed}


def test_the_progress_of_every_stage_is_heard(world: World, library: Library) -> None:
    heard: list[str] = []

    checked(world, library, progress=lambda stage, _done, _count: heard.append(stage.value))

    assert list(dict.fromkeys(heard)) == ["anchors", "database", "visits", "evidence"]


def test_a_turned_clock_is_remarked_upon_with_both_times(world: World, library: Library) -> None:
    clock = SteppingClock()
    clock.moment -= timedelta(hours=3)
    application = world.application(library)
    workplace = application.unlock(PASSPHRASE)
    store = workplace.store
    log = EventLog(
        store.engine,
        store.folder,
        device=store.device,
        actor=store.assessor,
        clock=clock,
        new_id=store.new_id,
    )
    log.append(Draft(world.visit, EventKind.VOIDED, {("visit", "state"): "voided"}, reason="x"))
    workplace.store.close()

    found = checked(world, library)

    assert found.worst is None
    one = the(found, "clock_back")
    assert one.places["by"] > timedelta(hours=2)  # type: ignore[operator]  # a place is of any kind
    assert one.good is not None
    assert one.bad is not None


def test_nobody_who_records_waits_for_a_check(world: World, library: Library) -> None:
    application = world.application(library)
    workplace, other = application.unlock(PASSPHRASE), application.unlock(PASSPHRASE)
    recorded: list[str] = []

    def record(stage: object, done: int, count: int) -> None:
        if not recorded:
            other.store.log.seal(world.visit)
            recorded.append("sealed")

    found = check(workplace.store, progress=record)

    for one in (workplace, other):
        one.store.close()
    assert recorded
    assert found.worst is None


def test_a_restored_store_is_told_as_a_fact_and_what_was_not_restored_as_no_fault(
    world: World, library: Library, tmp_path: Path
) -> None:
    application = world.application(library)
    workplace = application.unlock(PASSPHRASE)
    (older,) = backup.back_up(workplace).made
    answer_more(workplace, world, library)
    backup.back_up(workplace)
    workplace.store.close()

    backup.restore(
        older.folder,
        world.home,
        PASSPHRASE,
        clock=application.clock,
        new_id=application.new_id,
        replace=True,
    )
    found = checked(world, library)

    assert broken(found) == []
    codes = [one.code for one in found.noticed]
    assert "restored" in codes
    assert "lost_by_restoring" in codes


def answer_more(workplace: Workplace, world: World, library: Library) -> None:
    """Another visit, after the backup."""
    opened = open_session(workplace.store, begin(workplace, library.get("small"), library), library)
    opened.void(reason="Salah alamat")


def test_a_database_put_back_to_an_older_copy_is_told_by_the_backup_beside_it(
    world: World, library: Library
) -> None:
    """Somebody puts yesterday's file in the place of today's: the chain itself is whole."""
    older = (world.store / "store.db").read_bytes()
    workplace = world.application(library).unlock(PASSPHRASE)
    answer_more(workplace, world, library)
    backup.back_up(workplace)
    workplace.store.close()
    for beside in ("store.db-wal", "store.db-shm"):
        (world.store / beside).unlink(missing_ok=True)
    (world.store / "store.db").write_bytes(older)

    found = checked(world, library)

    assert "visit_gone" in broken(found)
    one = next(one for one in found.noticed if one.code == "visit_gone")
    assert one.remedy is Remedy.BEHIND


def test_the_personal_data_that_events_tell_of_is_looked_at(world: World, library: Library) -> None:
    workplace = world.unlocked(library)
    visit = begin(workplace, library.get("kinds"), library)
    session = open_session(workplace.store, visit, library)
    given = {"indicator": "K-11", "side": "practice", "answer": "5", "respondent": "U-1"}
    record(session, {**given, "post": "pengguna"})
    respondent = keep_person(workplace, visit, pseudonym="U-1", person=Person("Ani"))
    workplace.store.close()
    assert broken(checked(world, library)) == []

    sealed = world.store / "people" / f"{respondent}.sealed"
    content = sealed.read_bytes()
    sealed.write_bytes(content[:-1])
    damaged = broken(checked(world, library))
    sealed.unlink()
    missing = broken(checked(world, library))

    assert (damaged, missing) == (["person_damaged"], ["person_missing"])


def test_a_key_file_that_was_changed_put_back_or_lost_is_told(
    world: World, library: Library
) -> None:
    workplace = world.unlocked(library)
    path = workplace.store.keys_path
    older = path.read_bytes()
    add_recovery(workplace, public_key_file(world.home))
    newer = json.loads(path.read_text())

    def found(content: bytes) -> list[str]:
        for copy in (path, path.with_name("keys.previous.json")):
            copy.write_bytes(content)
        return broken(check(workplace.store, evidence=False))

    forged = {**newer, "recovery": []}
    forged.pop("check")
    forged["check"] = hashlib.sha256(rfc8785.dumps(forged)).hexdigest()
    altered, put_back, lost = found(json.dumps(forged).encode()), found(older), found(b"{}")
    workplace.store.close()

    assert (altered, put_back, lost) == (
        ["keys_altered"],
        ["keys_rolled_back"],
        ["keys_unreadable"],
    )


def public_key_file(folder: Path) -> Path:
    public = X25519PrivateKey.generate().public_key()
    path = folder / "recovery.pub"
    path.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


def test_a_copy_of_the_key_file_that_was_mended_and_a_key_ahead_of_its_record_are_remarked_upon(
    world: World, library: Library
) -> None:
    database = (world.store / "store.db").read_bytes()
    workplace = world.unlocked(library)
    add_recovery(workplace, public_key_file(world.home))
    workplace.store.close()
    (world.store / "store.db").write_bytes(database)  # put back: it knows nothing of the change
    (world.store / "keys.previous.json").write_bytes(b"x")

    found = checked(world, library, evidence=False)

    assert found.worst is None
    assert {"keys_mended", "keys_unrecorded"} <= {one.code for one in found.noticed}


def test_the_visit_that_was_left_last_must_be_known(world: World, library: Library) -> None:
    workplace = world.unlocked(library)
    remember(workplace, Place("0199f6a2-7f1e-7c3e-9d5c-0000000000ff"))
    workplace.store.close()

    found = checked(world, library, evidence=False)

    assert the(found, "left_at_unknown").remedy is Remedy.BEHIND


def test_files_of_people_that_should_be_gone_or_that_nobody_named_are_told(
    world: World, library: Library
) -> None:
    workplace = world.unlocked(library)
    erased, unnamed = (
        "0199f6a2-7f1e-7c3e-9d5c-00000000000a",
        "0199f6a2-7f1e-7c3e-9d5c-00000000000b",
    )
    for respondent in (erased, unnamed):
        with people_of(workplace.store).keeping(respondent, {"name": "Ani"}) as write:
            write()
    values = {(f"respondent/{erased}", "personal_data"): "erased"}
    workplace.store.log.append(Draft(STORE, EventKind.ERASED, values, reason="x"))

    found = check(workplace.store, evidence=False)

    workplace.store.close()
    assert broken(found) == ["person_not_erased"]
    assert the(found, "people_unnamed").places["count"] == 1


def test_evidence_that_an_import_left_out_is_not_here_yet(world: World, library: Library) -> None:
    workplace = world.unlocked(library)
    path = world.sealed()[0]
    id_ = path.name.partition(".")[0]
    path.unlink()
    values = {(f"file/{id_}", "awaited"): True}
    workplace.store.log.append(Draft(STORE, EventKind.IMPORTED, values))
    workplace.store.close()

    found = checked(world, library)

    assert found.worst is None
    assert the(found, "evidence_awaited").about is not None


def test_a_name_that_no_file_of_ours_has_opens_nothing(world: World, library: Library) -> None:
    workplace = world.unlocked(library)
    values = {("evidence/../../keys", "sha256"): "ff"}
    workplace.store.log.append(Draft("0199f6a2-7f1e", EventKind.IMPORTED, values))
    workplace.store.close()

    assert "evidence_id" in broken(checked(world, library))


def test_a_signed_document_that_was_exchanged_in_the_vault_is_told(
    world: World, library: Library
) -> None:
    workplace = world.unlocked(library)
    id_ = world.sealed("document")[0].name.partition(".")[0]
    workplace.store.vault.put(id_, Form.DOCUMENT, world.pdf.replace(b"/Type", b"/Tipe", 1))
    workplace.store.close()

    assert set(broken(checked(world, library))) == {"document_refused", "evidence_replaced"}


def test_every_damaged_page_is_told_whatever_lies_in_it(world: World, library: Library) -> None:
    path = world.store / "store.db"
    whole = path.read_bytes()
    for page in range(1, len(whole) // 4096, 3):
        workplace = world.unlocked(library)
        content = bytearray(whole)
        content[page * 4096 + 2000] ^= 4
        path.write_bytes(bytes(content))

        found = check(workplace.store, evidence=False)

        workplace.store.close()
        path.write_bytes(whole)
        assert "database_damaged" in broken(found), page


def test_a_visit_is_called_by_a_part_of_its_id_that_fits_no_other(
    world: World, library: Library
) -> None:
    workplace = world.unlocked(library)
    other = begin(workplace, library.get("small"), library)

    assert visits_called(workplace.store, [world.visit, other[-8:]]) == {world.visit, other}
    for name, code in (("0000", "visit_ambiguous"), ("zz", "visit_unknown"), ("", "visit_unknown")):
        with pytest.raises(VisitRefused) as refused:
            visits_called(workplace.store, [name])
        assert refused.value.code == code
    workplace.store.close()
