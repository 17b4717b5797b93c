"""What was half-done when the power went is swept and told; what was acknowledged is never lost."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import UTC
from pathlib import Path

import pytest
from tests.services import offered
from tests.visiting import PASSPHRASE, attach, complete, jpeg, photo_file

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.problem import EvidenceRefused, Problem, StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.attaching import kept, may_be_recorded, stage, unstage
from assessor_app.services.evidence.intake import take_in, take_in_bytes
from assessor_app.services.evidence.sweeping import Swept, sweep
from assessor_app.services.session import Session
from assessor_app.storage.vault import Form, Vault

STRANGER = "01890000-0000-7000-8000-0000000000ab"
NOTHING = Swept()


def put_stranger(vault: Vault) -> None:
    for form in (Form.ORIGINAL, Form.REPORT, Form.THUMBNAIL):
        vault.put(STRANGER, form, b"x" * 100)


def test_what_no_event_names_is_put_aside_and_told(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    vault = workplace.store.vault
    before = vault.ids()
    put_stranger(vault)
    rest = vault.folder / "ab" / f".{STRANGER}.original.0123456789ab.part"
    rest.write_bytes(b"unfinished")

    swept = sweep(workplace)

    assert [one.id for one in swept.aside] == [STRANGER]
    assert swept.aside[0].forms == ("original", "report", "thumbnail")
    assert (swept.removed, swept.bytes) == ((), len(b"unfinished"))
    assert (swept.parts, swept.in_work) == ((rest.name,), 0)
    assert {one.id for one in vault.walk() if not one.aside} == before
    assert vault.get(STRANGER, Form.ORIGINAL) == b"x" * 100
    assert sweep(workplace) == NOTHING


def test_evidence_and_issued_documents_stay(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    before = sorted(one.path for one in workplace.store.vault.walk())

    assert sweep(workplace) == NOTHING

    assert sorted(one.path for one in workplace.store.vault.walk()) == before
    assert len(before) == 6


def test_undone_evidence_is_named_by_its_event_and_stays(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    session.undo()

    assert sweep(workplace) == NOTHING

    session.redo()
    (item,) = session.snapshot.evidence.values()
    workplace.store.vault.check(item.id, Form.ORIGINAL, item.sha256)


def test_a_sweep_of_another_process_leaves_what_is_just_being_attached(
    session: Session, workplace: Workplace, application: Application
) -> None:
    other = application.unlock(PASSPHRASE)
    taken = take_in_bytes(jpeg("red"), name="foto", zone=UTC)

    with kept(workplace.store.vault, STRANGER, taken) as still_there:
        swept = sweep(other)
        still_there()

    assert (swept.aside, swept.in_work) == ((), 1)
    assert workplace.store.vault.has(STRANGER, Form.ORIGINAL)
    other.store.close()


def test_a_staged_file_that_was_swept_is_recorded_and_put_back(
    session: Session, workplace: Workplace, application: Application
) -> None:
    other = application.unlock(PASSPHRASE)
    taken = stage(workplace, session.snapshot, take_in_bytes(jpeg("red"), name="f", zone=UTC))
    assert [one.id for one in sweep(other).aside] == [taken.staged_as]

    session.attach("P15-06", Side.PRACTICE, taken, source=EvidenceSource.FILE)

    assert [one.id for one in sweep(other).back] == [taken.staged_as]

    (item,) = session.snapshot.evidence.values()
    workplace.store.vault.check(item.id, Form.ORIGINAL, item.sha256)
    assert sweep(other) == NOTHING
    other.store.close()


def test_a_file_that_goes_in_the_last_moment_refuses_its_event(
    session: Session, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The claim is not all: where a file system knows none, the event's own transaction looks."""
    append = workplace.store.log.append

    def too_late(draft: object) -> object:
        for one in list(workplace.store.vault.walk()):
            one.path.unlink()
        return append(draft)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(workplace.store.log, "append", too_late)
    taken = take_in_bytes(jpeg("red"), name="foto", zone=UTC)

    with pytest.raises(StoreProblem) as refused:
        session.attach("P15-06", Side.PRACTICE, taken, source=EvidenceSource.FILE)

    assert refused.value.code == "evidence_swept"
    assert not session.snapshot.evidence
    assert not workplace.store.log.vault_files(session.visit_id)


def test_a_staged_recording_is_attached_without_being_sealed_again(
    session: Session, workplace: Workplace
) -> None:
    taken = take_in(offered.RECORDINGS / "clip.mp4", zone=UTC)
    staged = stage(workplace, session.snapshot, taken)
    (file,) = workplace.store.vault.walk()
    sealed_at = file.path.stat().st_mtime_ns

    session.attach("P15-06", Side.PRACTICE, staged, source=EvidenceSource.FILE)

    (item,) = session.snapshot.evidence.values()
    assert item.id == staged.staged_as == file.id
    assert file.path.stat().st_mtime_ns == sealed_at
    assert sweep(workplace) == NOTHING
    assert stage(workplace, session.snapshot, taken) is taken  # the visit has it already


def test_a_staged_file_that_is_no_evidence_leaves_the_vault_again(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    taken = take_in(photo_file(tmp_path), zone=UTC)
    first, second = (stage(workplace, session.snapshot, taken) for _ in range(2))
    for side, staged in ((Side.PRACTICE, first), (Side.PAPERWORK, second)):
        session.attach("P15-06", side, staged, source=EvidenceSource.FILE)
        unstage(workplace, session.snapshot, staged)

    assert set(session.snapshot.evidence) == workplace.store.vault.ids() == {first.staged_as}
    assert may_be_recorded(StoreProblem("disk_failing", path=tmp_path))
    assert not may_be_recorded(Problem("visit_paused"))


@pytest.mark.parametrize(("code", "stays"), [("disk_failing", True), ("visit_moved_on", False)])
def test_a_failed_event_takes_its_file_along_unless_it_may_be_recorded(
    workplace: Workplace, code: str, *, stays: bool
) -> None:
    vault = workplace.store.vault
    taken = take_in_bytes(jpeg("red"), name="foto", zone=UTC)

    with pytest.raises(StoreProblem), kept(vault, STRANGER, taken):
        raise StoreProblem(code)

    assert vault.has(STRANGER, Form.ORIGINAL) is stays


def test_a_recording_that_changed_since_it_was_taken_in_is_refused(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    path = tmp_path / "rekaman.wav"
    path.write_bytes(offered.wav())
    taken = take_in(path, zone=UTC)
    path.write_bytes(offered.wav(2))

    for code in ("file_changed", "file_unreadable"):
        with pytest.raises(EvidenceRefused) as refused:
            session.attach("P15-06", Side.PRACTICE, taken, source=EvidenceSource.FILE)
        assert (refused.value.code, refused.value.places["file"]) == (code, str(path))
        assert not workplace.store.vault.ids()
        path.unlink(missing_ok=True)


_KILLED = """
import os, signal, sys
from datetime import UTC
from pathlib import Path
from assessor_app.compose import build
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.services.evidence.intake import take_in
from assessor_app.services.session import open_session
from assessor_app.storage import files
from assessor_app.storage.log import EventLog

home, visit, passphrase = sys.argv[1:]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def work(moment, photo):
    application = build(Path(home))
    workplace = application.unlock(passphrase)
    session = open_session(workplace.store, visit, application.library)
    if moment == "before the rename":
        vault = workplace.store.vault.folder
        files.os.fsync = lambda _: any(vault.rglob("*.part")) and die()
    elif moment == "before the row":
        EventLog.append = die
    elif moment == "after the row":
        append = EventLog.append
        EventLog.append = lambda log, draft: (append(log, draft), die())
    taken = take_in(Path(photo), zone=UTC)
    session.attach("P15-06", Side.PRACTICE, taken, source=EvidenceSource.FILE)
    os._exit(0)

for line in sys.stdin:  # all is loaded once; each moment has a process of its own
    child = os.fork()
    if child == 0:
        work(*line.rstrip().split("|"))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal of POSIX")
def test_a_killed_assessor_loses_nothing_that_was_kept_and_the_rest_is_swept(
    session: Session, workplace: Workplace, application: Application, tmp_path: Path
) -> None:
    moments = ("before the rename", "before the row", "after the row", "never")
    photos = [photo_file(tmp_path, colour) for colour in ("red", "green", "blue", "navy")]
    given = (str(application.home), session.visit_id, PASSPHRASE)
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, *given],
        input="".join(f"{moment}|{photo}\n" for moment, photo in zip(moments, photos, strict=True)),
        check=True,
        capture_output=True,
        text=True,
    )

    swept = sweep(workplace)

    killed = str(-signal.SIGKILL)
    assert ended.stdout.split() == [killed, killed, killed, "0"], ended.stderr
    assert (len(swept.aside), len(swept.parts)) == (1, 1)
    assert swept.aside[0].forms == ("original", "report", "thumbnail")
    named = workplace.store.log.vault_files(session.visit_id)
    hashes = [hashlib.sha256(photo.read_bytes()).hexdigest() for photo in photos]
    assert {one.sha256 for one in named.values()} == set(hashes[2:])
    for one in named.values():
        workplace.store.vault.check(one.id, Form.ORIGINAL, one.sha256)
    assert sweep(workplace) == NOTHING


def test_a_clean_vault_of_many_files_is_swept_in_no_time(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A twentieth of the files of the promise in the time of all of them: machines differ."""
    folder = workplace.store.vault.folder
    for number in range(1000):
        shelf = folder / f"{number % 256:02x}"
        shelf.mkdir(parents=True, exist_ok=True)
        for form in (Form.ORIGINAL, Form.REPORT, Form.THUMBNAIL):
            (shelf / f"{number:032x}{number % 256:02x}.{form.value}").touch()
    named = frozenset(workplace.store.vault.ids())
    monkeypatch.setattr("assessor_app.storage.log.EventLog.named_files", lambda *_: named)

    begun = time.process_time()
    swept = sweep(workplace)

    assert swept == NOTHING
    assert time.process_time() - begun < 1
