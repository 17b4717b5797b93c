"""Pinned roots: agreed with paper, kept in the record, and back after a restore."""

import errno
import hashlib
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from tests.conftest import SteppingClock
from tests.signing.office import Office, der, pem
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.problem import IdentityProblem, StoreProblem
from assessor_app.services.checking.check import check
from assessor_app.services.enrolment import Workplace
from assessor_app.services.pinning import add_root, remove_root, roots_of
from assessor_app.services.roots import MOST_BYTES, pinned_roots
from assessor_app.services.wiping import CONFIRMED_BY, wipe


@pytest.fixture(scope="module")
def office() -> Office:
    return Office()


@pytest.fixture
def file(office: Office, tmp_path: Path) -> Path:
    path = tmp_path / "akar.pem"
    path.write_bytes(pem(office.root_certificate))
    return path


def printed(office: Office) -> str:
    """As headquarters prints it: capitals, in pairs."""
    return office.root_certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def unrecorded(workplace: Workplace) -> bool:
    """Whether the check tells of a root that no assessor has pinned."""
    return "root_unrecorded" in {one.code for one in check(workplace.store).noticed}


def test_a_root_is_pinned_when_its_printed_fingerprint_agrees(
    workplace: Workplace, application: Application, office: Office, file: Path
) -> None:
    assert not application.roots

    root = add_root(workplace, file, fingerprint=printed(office))

    assert root.name == office.root.name
    assert root.is_recorded
    assert application.roots == (der(office.root_certificate),)
    last = [link.event for link in workplace.store.log.stored(STORE)][-1]
    assert last.kind is EventKind.TRUSTED
    assert not unrecorded(workplace)


def test_pinning_it_again_records_nothing(workplace: Workplace, office: Office, file: Path) -> None:
    add_root(workplace, file, fingerprint=printed(office))
    before = workplace.store.log.stream_heads(STORE)

    add_root(workplace, file, fingerprint=printed(office))

    assert workplace.store.log.stream_heads(STORE) == before
    assert len(roots_of(workplace)) == 1


REFUSED: dict[str, tuple[Callable[[Office], bytes], str | None]] = {
    "root_fingerprint_differs": (lambda office: pem(office.root_certificate), "ab" * 32),
    "root_fingerprint_unreadable": (lambda office: pem(office.root_certificate), "abcd"),
    "root_fingerprint_unreadable ": (lambda office: pem(office.root_certificate), "x" * 64),
    "root_no_authority": (lambda office: pem(office.issuing_certificate), "ab" * 32),
    "root_unreadable": (lambda _: b"bukan sertifikat", "ab" * 32),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_does_not_agree_or_is_no_root_is_not_pinned(
    workplace: Workplace, office: Office, file: Path, code: str
) -> None:
    content, typed = REFUSED[code]
    file.write_bytes(content(office))

    with pytest.raises(IdentityProblem) as refused:
        add_root(workplace, file, fingerprint=str(typed))

    assert refused.value.code == code.strip()
    assert roots_of(workplace) == ()


def test_an_ended_root_is_not_pinned(
    workplace: Workplace, office: Office, file: Path, clock: SteppingClock
) -> None:
    clock.moment += timedelta(days=3650)

    with pytest.raises(IdentityProblem, match="root_expired"):
        add_root(workplace, file, fingerprint=printed(office))


def test_where_it_cannot_be_recorded_it_is_not_pinned(
    workplace: Workplace, office: Office, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreProblem("disk_full", path=file)

    monkeypatch.setattr(type(workplace.store.log), "append", full)
    with pytest.raises(StoreProblem, match="disk_full"):
        add_root(workplace, file, fingerprint=printed(office))

    assert pinned_roots(workplace.store.folder.parent) == ()


def test_a_root_is_removed_by_the_beginning_of_its_fingerprint(
    workplace: Workplace, application: Application, office: Office, file: Path
) -> None:
    root = add_root(workplace, file, fingerprint=printed(office))

    for unknown in ("", "ffff" if not root.fingerprint.startswith("ffff") else "0000"):
        with pytest.raises(IdentityProblem, match="root_unknown"):
            remove_root(workplace, unknown)
    assert remove_root(workplace, root.fingerprint[:8], reason="diganti") == root

    assert application.roots == ()
    application.unlock(PASSPHRASE).store.close()
    assert application.roots == ()


def test_what_is_recorded_comes_back_and_what_is_not_is_noticed(
    workplace: Workplace, application: Application, office: Office, file: Path
) -> None:
    add_root(workplace, file, fingerprint=printed(office))
    folder = application.home / "trust"
    shutil.rmtree(folder)

    application.unlock(PASSPHRASE).store.close()
    assert application.roots == (der(office.root_certificate),)

    planted = Office().root_certificate
    (folder / f"{planted.fingerprint(hashes.SHA256()).hex()}.der").write_bytes(der(planted))
    (folder / f"{'ab' * 32}.der").write_bytes(der(planted))  # under another one's name
    assert unrecorded(workplace)
    assert [one.is_recorded for one in roots_of(workplace)].count(False) == 1
    assert len(application.roots) == 2


def test_what_is_no_root_certificate_stops_nobody(
    workplace: Workplace, application: Application, office: Office, file: Path
) -> None:
    """Whoever can write to the home can leave junk there, each named by its own hash."""
    add_root(workplace, file, fingerprint=printed(office))
    folder = application.home / "trust"
    planted = (b"sampah", pem(Office().root_certificate), b"0" * (MOST_BYTES + 1))
    for content in planted:
        (folder / f"{hashlib.sha256(content).hexdigest()}.der").write_bytes(content)

    assert application.roots == (der(office.root_certificate),)
    assert [one.name for one in roots_of(workplace)] == [office.root.name]


def test_a_recorded_root_that_was_damaged_is_written_anew(
    workplace: Workplace, application: Application, office: Office, file: Path
) -> None:
    add_root(workplace, file, fingerprint=printed(office))
    (path,) = (application.home / "trust").iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert not application.roots

    application.unlock(PASSPHRASE).store.close()

    assert application.roots == (der(office.root_certificate),)


def test_a_root_whose_file_cannot_be_removed_is_not_called_removed(
    workplace: Workplace, office: Office, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = add_root(workplace, file, fingerprint=printed(office))

    def held(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "held by another program")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", held)
        with pytest.raises(StoreProblem, match="not_writable"):
            remove_root(workplace, root.fingerprint)
    assert unrecorded(workplace)

    remove_root(workplace, root.fingerprint)
    assert roots_of(workplace) == ()


def test_a_wiped_device_keeps_no_root(
    workplace: Workplace, application: Application, office: Office, file: Path
) -> None:
    add_root(workplace, file, fingerprint=printed(office))

    left = wipe(workplace, PASSPHRASE, confirmed=workplace.store.device.id[-CONFIRMED_BY:])

    assert not [path for path in left if "trust" in path.name]
    assert application.roots == ()


def test_a_shipped_root_cannot_be_removed(
    workplace: Workplace, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "resources" / "trust"
    shipped.mkdir(parents=True)
    (shipped / "akar.pem").write_bytes(pem(office.root_certificate))
    monkeypatch.setattr("assessor_app.services.roots.resources_dir", lambda: shipped.parent)

    (root,) = roots_of(workplace)

    assert root.is_shipped
    with pytest.raises(IdentityProblem, match="root_unknown"):
        remove_root(workplace, root.fingerprint)
