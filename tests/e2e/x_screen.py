"""A screen of its own (Xvfb), and a hand at its keyboard and mouse (xdotool): no window manager."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

SIZE = (1366, 768)
PATIENCE_S = 60.0  # a key derivation at its real cost and a PDF, on a busy machine
_LOOK_S = 0.03
_NEEDED = ("Xvfb", "xdotool")
ROOT = Path(__file__).parents[2]
KEPT = ROOT / "build" / "e2e"
"""Where a picture of the screen stays when a test fails."""


class ScreenError(Exception):
    """What has to be installed before anything can be seen on a screen."""


def require_programs() -> None:
    """Raise ScreenError with the one command that helps, where a program is not there."""
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        raise ScreenError(
            f"{' and '.join(missing)} missing: see the group `test` of "
            "packaging/system-packages.txt, and `apt-get install xvfb xdotool`"
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the window as it stands on the screen; `at` is its middle in pixels."""

    at: tuple[int, int]
    seen: bool
    enabled: bool
    checked: bool
    text: str


class XScreen:
    """The program on a screen of its own; what is typed and clicked goes through the X server."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._folder = folder
        self._state = folder / "state.json"
        self._server, display = _served(folder)
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "ASSESSOR_HOME": str(home),
            "ASSESSOR_LANG": "id",
            "TZ": "Asia/Jayapura",
        }
        with (folder / "stderr.txt").open("wb") as told:
            self._program = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.watched", str(self._state)],
                cwd=ROOT,
                env=self._environment,
                stderr=told,
            )

    # What is seen

    def told(self) -> Mapping[str, object]:
        try:
            found: Mapping[str, object] = json.loads(self._state.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def part(self, name: str) -> Part | None:
        """A part by its object name; None where it does not stand in sight."""
        parts = self.told().get("parts")
        found = parts.get(name) if isinstance(parts, dict) else None
        if found is None or not found["seen"]:
            return None
        x, y = found["at"]
        return Part((x, y), found["seen"], found["enabled"], found["checked"], found["text"])

    def until(self, true: Callable[[], object], what: str) -> None:
        """Wait until something is so; fail with what was waited for, and keep a picture."""
        patience = time.monotonic() + PATIENCE_S
        while not true():
            if self._program.poll() is not None or time.monotonic() > patience:
                self.keep_picture("stuck")
                told = self.told()
                raise AssertionError(
                    f"{what} never came; page {told.get('page')}, focus {told.get('focus')}; "
                    f"{(self._folder / 'stderr.txt').read_text(errors='replace')[-800:]}; "
                    f"a picture is kept as {KEPT / 'stuck.png'}"
                )
            time.sleep(_LOOK_S)

    def at_page(self, name: str) -> None:
        told = self.told
        self.until(lambda: told().get("page") == name and not told().get("busy"), f"page {name}")

    def wait_for(self, name: str) -> Part:
        """Wait until a part stands in sight and can be used."""
        self.until(lambda: (one := self.part(name)) is not None and one.enabled, name)
        found = self.part(name)
        assert found is not None
        return found

    # What is done

    def click(self, name: str) -> None:
        x, y = self.wait_for(name).at
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def wheel_to(self, name: str) -> None:
        """Turn the wheel down, where the mouse is, until a part comes into sight."""
        self.until(lambda: self.part(name) is not None or self._turn_wheel(), name)

    def _turn_wheel(self) -> bool:
        self._xdotool("click", "5")
        return False

    def keys(self, *names: str) -> None:
        self._xdotool("key", "--delay", "8", *names)

    def type(self, name: str, text: str) -> None:
        """Click into a field and write over what stands there."""
        self.click(name)
        self.until(lambda: self.told().get("focus") == name, f"focus in {name}")
        self.keys("ctrl+a")
        self._xdotool("type", "--delay", "4", text)
        self.until(lambda: _same(self.part(name), text), f"{text} in {name}")

    def focus_window(self) -> None:
        """Nobody manages windows here: the first one is given the keyboard by hand."""
        found = self._xdotool("search", "--sync", "--onlyvisible", "--pid", str(self._program.pid))
        self._xdotool("windowfocus", found.split()[0])

    def keep_picture(self, name: str) -> None:
        """The whole screen as PNG, as the X server has it in its file."""
        KEPT.mkdir(parents=True, exist_ok=True)
        _picture(self._folder / "Xvfb_screen0").save(KEPT / f"{name}.png")

    def close(self) -> None:
        for process in (self._program, self._server):
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _xdotool(self, *arguments: str) -> str:
        ran = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=True,
        )
        return ran.stdout


def _same(part: Part | None, text: str) -> bool:
    """Whether a field has it; of what may not be read, whether it has as many letters."""
    return part is not None and (part.text == text or len(part.text) == len(text))


def _served(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server on a display that nobody has; it writes the number once it takes clients."""
    reading, writing = os.pipe()
    width, height = SIZE
    screen = ["-screen", "0", f"{width}x{height}x24", "-fbdir", str(folder), "-nolisten", "tcp"]
    with (folder / "xvfb.txt").open("wb") as faults:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), *screen], pass_fds=(writing,), stderr=faults
        )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        server.wait()
        raise ScreenError(f"Xvfb did not start: {(folder / 'xvfb.txt').read_text()}")
    return server, f":{number}"


def _picture(dump: Path) -> Image.Image:
    """The picture in a dump of X: a header in numbers of four bytes, colours, then the rows."""
    content = dump.read_bytes()
    numbers = [int.from_bytes(content[at : at + 4], "big") for at in range(0, 100, 4)]
    header, width, height, row, colours = (numbers[at] for at in (0, 4, 5, 12, 19))
    start = header + colours * 12
    return Image.frombuffer(
        "RGB", (width, height), content[start : start + row * height], "raw", "BGRX", row, 1
    )
