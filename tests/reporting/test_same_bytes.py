"""The same record gives the same unsigned file, whatever process makes it, where and when."""

import os
import subprocess
import sys
from pathlib import Path

from tests.reporting.report_sample import sample
from tests.reporting.same_bytes import digest

from assessor_app.reporting.render import render
from assessor_app.texts import Language

ROOT = Path(__file__).parents[2]


def making(folder: Path, **differing: str) -> "subprocess.Popen[str]":
    """A process that renders from another folder, with an environment of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.reporting.same_bytes"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | differing,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_every_process_makes_the_same_bytes_of_the_same_record(tmp_path: Path) -> None:
    here = making(ROOT, PYTHONHASHSEED="1", TZ="Asia/Jayapura", LC_ALL="C")
    there = making(tmp_path, PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C.UTF-8")
    render(sample(Language.ENGLISH), record=None)  # nothing of it may be left in the next

    told = [process.communicate()[0] for process in (here, there)]

    assert (here.returncode, there.returncode) == (0, 0)
    assert told == [digest(), digest()]
