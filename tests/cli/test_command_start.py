"""What the command line loads before it can answer: nothing that the command does not need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import begin
from tests.visiting import PASSPHRASE, answer_all

from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import open_session

SOLVER = ("highspy", "numpy")
WORKBOOKS = ("openpyxl", "defusedxml")
CONDITIONS = ("elementpath",)
DOCUMENTS = ("reportlab", "pyhanko", "pikepdf", "pypdfium2", "PySide6")
INSTRUMENTS = ("pydantic", "yaml")
PICTURES = ("PIL", "pi_heif")
CERTIFICATES = ("asn1crypto", "cryptography.x509")
MIGRATIONS = ("alembic",)
WATCHED = (*SOLVER, *WORKBOOKS, *CONDITIONS, *DOCUMENTS)
STARTING = """
import sys
from assessor_app.cli.application import run
code = run(sys.argv[1:])
print(code, *(one for one in {watched!r} if one in sys.modules), file=sys.stderr)
"""


def loaded(home: Path, *arguments: str, watched: tuple[str, ...] = WATCHED) -> list[str]:
    """What of the heavy parts a command loaded, by name; it must have succeeded."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            STARTING.format(watched=watched),
            *arguments,
        ],
        env=os.environ | {"ASSESSOR_HOME": str(home), "ASSESSOR_PASSPHRASE": PASSPHRASE},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, *found = ran.stderr.splitlines()[-1].split()
    assert code == "0", ran.stderr
    return found


@pytest.fixture
def visited(workplace: Workplace, library: Library) -> str:
    """A visit under an instrument without conditions, in a store that is closed again."""
    visit = begin(workplace, library.get("2015-pemda"), library)
    answer_all(open_session(workplace.store, visit, library), absent={"P15-04": "both"})
    workplace.store.close()
    return visit


def test_help_loads_nothing_heavy(home: Path) -> None:
    every = (*WATCHED, *INSTRUMENTS, *PICTURES, *CERTIFICATES, *MIGRATIONS)

    assert loaded(home, "--help", watched=every) == []


@pytest.mark.parametrize("command", ["visits", "show", "score"])
def test_looking_at_visits_loads_neither_the_solver_nor_workbooks_nor_conditions(
    home: Path, visited: str, command: str
) -> None:
    arguments = () if command == "visits" else (visited,)

    assert loaded(home, command, *arguments, "--json") == []


def test_the_solver_is_loaded_where_a_way_is_computed(home: Path, visited: str) -> None:
    assert set(loaded(home, "improve", visited, "--json")) == set(SOLVER)


def test_conditions_are_read_where_an_instrument_has_some(home: Path) -> None:
    kinds = Path(__file__).parents[1] / "instruments" / "files" / "kinds.yaml"

    assert loaded(home, "instrument", "check", str(kinds), "--json") == list(CONDITIONS)


def test_the_list_of_visits_needs_no_instrument_picture_or_certificate(
    home: Path, visited: str
) -> None:
    """Each of them took a tenth of a second or more of every start."""
    rest = (*INSTRUMENTS, *PICTURES, *CERTIFICATES, *MIGRATIONS, *DOCUMENTS)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from assessor_app.compose import build\n"
        "from assessor_app.services.visits import all_visits\n"
        "workplace = build(Path(sys.argv[1])).unlock(sys.argv[2])\n"
        "print(*(one.id for one in all_visits(workplace.store)))\n"
        f"print(*(one for one in {rest!r} if one in sys.modules))\n"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program, str(home), PASSPHRASE],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert ran.stdout.splitlines() == [visited, ""]
