#!/usr/bin/env python3
"""Sets up what the product needs and starts it: the same on Linux, macOS and Windows.

Needs Python 3.11 to 3.13 and nothing else. What is done is not done again.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
RUN, DEV, BENCH = ".venv", ".venv-dev", ".venv-bench"
LOCKS = {
    RUN: "requirements.lock",
    DEV: "packaging/requirements-dev.lock",
    BENCH: "benchmarks/requirements.lock",
}
# Of each test file one worker makes what its tests share; the files begin as collected, the
# dearest first (tests/conftest.py). `loadgroup` groups nothing since pytest 9.2 (xdist #1386).
PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
# command: what it does, its environment, its groups of system packages, its calls
COMMANDS: dict[str, tuple[str, str, list[str], list[list[str]]]] = {
    "demo": (
        "one whole sample visit, from enrolment to a signed, verified PDF in build/demo/",
        RUN,
        [],
        [["-m", "assessor_app", "demo", "--out", "build/demo"]],
    ),
    "app": ("the window", RUN, ["qt", "window"], [["-m", "assessor_app"]]),
    "test": (
        "the tests, with 95 % coverage of the rooms that must not fail",
        DEV,
        ["qt", "window", "test"],
        [
            ["-m", "pytest", "-q", *PARALLEL, "--cov", "--cov-report="],
            ["-m", "coverage", "report", "--fail-under=95"],
        ],
    ),
    "lint": (
        "ruff, mypy, import-linter, deptry",
        DEV,
        ["qt"],
        [
            ["-m", "ruff", "check", "."],
            ["-m", "ruff", "format", "--check", "."],
            ["-m", "mypy"],
            ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
            ["-m", "deptry", "src"],
        ],
    ),
    "check": ("lint, then test", DEV, [], []),
    "bench": ("the benchmarks, one JSON line each", BENCH, [], [["benchmarks/all.py"]]),
    "soak": ("the long tests (--short: a short form)", DEV, [], [["benchmarks/soak.py"]]),
    "pictures": (
        "pages of the window as pictures, a chosen set; all into a FOLDER; --only, --theme, --list",
        DEV,
        ["qt"],
        [["-m", "tests.ui.pictures"]],
    ),
    "help": ("this list", RUN, [], []),
}


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command == "help" or command not in COMMANDS:
        print("\n".join(f"python3 run.py {name:<8} {row[0]}" for name, row in COMMANDS.items()))
        return 0 if command == "help" else 2
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(f"Python 3.11 to 3.13 is needed; this is {sys.version.split()[0]}.")
        return 2
    os.chdir(HERE)
    if command != "app":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if command in ("bench", "soak"):  # they use what the tests use
        os.environ["PYTHONPATH"] = str(HERE)
    # Without it each of the hundreds of programs that the tests start would compile us anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    steps = ["lint", "test"] if command == "check" else [command]
    return next((code for step in steps if (code := run(step, rest))), 0)


def run(command: str, rest: list[str]) -> int:
    """Set up what a command needs, then make its calls; returns the first code that is not 0."""
    _, name, groups, calls = COMMANDS[command]
    system_packages([*([] if importlib.util.find_spec("ensurepip") else ["venv"]), *groups])
    python = environment(HERE / name, HERE / LOCKS[name])
    if rest:  # what is asked for on the line goes to the first call, alone
        calls = [[*calls[0], *rest]]
    return next((code for call in calls if (code := subprocess.call([str(python), *call]))), 0)


def environment(folder: Path, lock: Path) -> Path:
    """The virtual environment of a lock file, made anew where the lock changed; its Python."""
    python = folder / ("Scripts/python.exe" if WINDOWS else "bin/python")
    parts = (lock.read_bytes(), (HERE / "pyproject.toml").read_bytes(), sys.version.encode())
    wanted = hashlib.sha256(b"".join(parts)).hexdigest()
    stamp = folder / "lock.sha256"
    if stamp.exists() and stamp.read_text() == wanted and python.exists():
        return python
    print(f"Setting up {folder.name} (once, about a minute) …", flush=True)
    began = time.monotonic()
    shutil.rmtree(folder, ignore_errors=True)  # repairing one in place leaves half of the old
    checked([sys.executable, "-m", "venv", str(folder)])
    install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    checked([*install, "--require-hashes", "-r", str(lock)])
    checked([*install, "--no-deps", "--no-build-isolation", "--editable", str(HERE)])
    stamp.write_text(wanted)
    print(f"{folder.name} is ready after {time.monotonic() - began:.0f} s.", flush=True)
    return python


def system_packages(groups: list[str]) -> None:
    """Install the missing packages of some groups (Debian, Ubuntu), or print how to."""
    lines = (HERE / "packaging/system-packages.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    wanted = [package for group, package in rows if group in groups]
    if not wanted or not sys.platform.startswith("linux"):
        return
    if not shutil.which("dpkg-query"):
        print("Needed here, under the names that Debian gives them:", *wanted, flush=True)
        return
    shown = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}, ${Provides}\n"]
    known = subprocess.run(shown, capture_output=True, text=True, check=False).stdout
    installed = " ".join(line for line in known.splitlines() if line.startswith("ii"))
    present = set(installed.replace(",", " ").split())
    missing = [package for package in wanted if package not in present]
    if not missing:
        return
    print("Installing system packages:", *missing, flush=True)
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*root, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    install = ["install", "-y", "--no-install-recommends", *missing]
    if not root or shutil.which("sudo"):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        subprocess.call([*apt, "update"])
        if subprocess.call([*apt, *install], stdout=subprocess.DEVNULL) == 0:
            return
    print("They could not be installed from here. Run this, then start again:")
    print("  sudo apt-get", *install, flush=True)


def checked(call: list[str]) -> None:
    if code := subprocess.call(call):
        print("The set-up failed at:", *call, flush=True)
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
