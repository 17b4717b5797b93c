"""From enrolment to the signed PDF on a real screen: keys and clicks come from the X server."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests import large_instrument
from tests.e2e.x_screen import ROOT, XScreen, require_programs
from tests.visiting import PASSPHRASE

INDICATORS = 6
GAP = large_instrument.code(3)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "instruments").mkdir(parents=True)
    file = folder / "instruments" / f"{large_instrument.ID}.yaml"
    file.write_text(large_instrument.instrument(INDICATORS), encoding="utf-8")
    return folder


@pytest.fixture
def screen(tmp_path: Path, home: Path) -> Iterator[XScreen]:
    require_programs()
    folder = tmp_path / "screen"
    folder.mkdir()
    made = XScreen(folder, home)
    yield made
    made.close()


def test_a_whole_day_from_enrolment_to_the_signed_pdf(screen: XScreen, tmp_path: Path) -> None:
    screen.focus_window()
    enrol(screen)
    begin(screen)
    walk(screen)
    prove_the_gap(screen)
    close(screen)
    path = tmp_path / "temuan.pdf"
    sign(screen, path)

    ran = subprocess.run(
        [sys.executable, "-m", "assessor_app", "verify", str(path), "--trust-trial"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def enrol(screen: XScreen) -> None:
    screen.at_page("enrol")
    screen.type("enrol.name", "Dewi Lestari")
    screen.type("enrol.office", "Ombudsman RI Perwakilan Maluku")
    screen.type("enrol.passphrase", PASSPHRASE)
    screen.type("enrol.again", PASSPHRASE)
    screen.keys("Return")
    screen.click("enrol.start")
    screen.at_page("visits")


def begin(screen: XScreen) -> None:
    screen.keys("ctrl+n")
    screen.at_page("new_visit")
    screen.type("new_visit.institution", "Kota Ambon")
    screen.type("new_visit.unit", "Dinas Kependudukan")
    choose_instrument(screen)
    screen.click("new_visit.start")
    screen.at_page("checklist")


def choose_instrument(screen: XScreen) -> None:
    """Down the list to the one that is short: a whole year's would only take longer."""
    screen.click("new_visit.instrument")
    screen.keys("Escape")  # the list that the click let down
    for _ in range(20):
        told = shown_instrument(screen)
        if "untuk uji" in told:
            return
        screen.keys("Down")
        screen.until(partial(shows_another, screen, told), "another instrument")


def shows_another(screen: XScreen, told: str) -> bool:
    return shown_instrument(screen) != told


def shown_instrument(screen: XScreen) -> str:
    return screen.wait_for("new_visit.instrument").text


def walk(screen: XScreen) -> None:
    """Both sides of every indicator by keys; one is absent in practice."""
    for number in range(1, INDICATORS + 1):
        code = large_instrument.code(number)
        screen.wait_for(f"indicator.{code}.paperwork.present")
        screen.keys("Left", "1", "Right", "1")
        screen.until(partial(answered, screen, code), f"answers of {code}")
        screen.keys("Down")


def answered(screen: XScreen, code: str) -> bool:
    names = (f"indicator.{code}.{side}.present" for side in ("paperwork", "practice"))
    return all((one := screen.part(name)) is not None and one.checked for name in names)


def prove_the_gap(screen: XScreen) -> None:
    """Back by the search; practice is absent after all, by the mouse, and why there is no proof."""
    screen.keys("ctrl+f")
    screen.until(lambda: screen.told().get("focus") == "checklist.search", "the search")
    screen.type("checklist.search", GAP)
    screen.keys("Return")
    screen.click(f"indicator.{GAP}.practice.absent")
    screen.type(f"indicator.{GAP}.no_evidence_reason", "Tidak berkenan difoto")
    screen.keys("Return")


def close(screen: XScreen) -> None:
    screen.keys("Escape", "ctrl+r")
    screen.at_page("review")
    screen.click("review.close")
    screen.click("review.close.yes")
    screen.at_page("issue")


def sign(screen: XScreen, path: Path) -> None:
    screen.type("issue.path", str(path))
    screen.type("issue.passphrase", PASSPHRASE)
    screen.wheel_to("issue.sign")
    screen.click("issue.sign")
    screen.until(path.exists, str(path))
    screen.wait_for("issue.open_pdf")
