"""A store on a medium that takes no writes: told plainly, and not a byte of it is changed."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.visiting import PASSPHRASE, answer

from assessor_app.compose import Application, build
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A place for a home, and then a file system that is mounted read-only."""
    place = tmp_path / "medium"
    place.mkdir()
    yield place
    subprocess.run(["umount", str(place)], check=False, capture_output=True)


def mounted(home: Path, place: Path) -> Path:
    """The home, seen through a read-only mount; where that is not allowed, by its permissions."""
    bound = subprocess.run(["mount", "--bind", str(home), str(place)], check=False)
    again = ["mount", "-o", "remount,bind,ro", str(place)]
    if bound.returncode == 0 and subprocess.run(again, check=False).returncode == 0:
        return place
    assert os.geteuid() != 0, "root writes everywhere, and here it cannot mount"
    for path in (*home.rglob("*"), home):
        path.chmod(0o500 if path.is_dir() else 0o400)
    return home


def contents(home: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(home)): one.read_bytes() for one in home.rglob("*") if one.is_file()
    }


def test_a_store_on_a_read_only_medium_is_told_plainly_and_left_as_it_is(
    application: Application, workplace: Workplace, session: Session, read_only: Path
) -> None:
    answer(session, "P15-06", "practice", "absent")
    workplace.store.close()
    before = contents(application.home)
    home = mounted(application.home, read_only)

    with pytest.raises(StoreProblem) as refused:
        build(home).unlock(PASSPHRASE)

    assert refused.value.code in {"store_read_only", "not_writable"}
    assert contents(application.home) == before
