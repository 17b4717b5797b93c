"""The watch over photo folders: a share that hangs holds up neither the others nor the end."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.visiting import jpeg

from assessor_app.services.evidence.watching import FolderWatch, Looked, WatchedFolder
from assessor_app.ui import photo_watch
from assessor_app.ui.photo_watch import PhotoWatch

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class Hanging(FolderWatch):
    """A real watch whose folder lies on a share that does not answer until it is let go."""

    __slots__ = ("gate",)
    gate: threading.Event

    def look(self) -> Looked:
        self.gate.wait()
        return FolderWatch.look(self)


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[Hanging]:
    made = Hanging([WatchedFolder(tmp_path)], LONG_AGO, LONG_AGO)
    made.gate = threading.Event()
    yield made
    made.gate.set()
    for one in threading.enumerate():
        if one.name == "photo folders":
            one.join()


def test_a_share_that_hangs_does_not_hold_up_the_end(qtbot: QtBot, hanging: Hanging) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch = PhotoWatch(window)
    watch.begin("kunjungan", hanging)

    began = monotonic()
    watch.end()

    assert monotonic() - began < 1


def test_a_share_that_hangs_does_not_hold_up_other_folders(
    qtbot: QtBot, hanging: Hanging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_watch, "_EVERY_MS", 30)
    other = tmp_path / "DCIM"
    other.mkdir()
    window = QWidget()
    qtbot.addWidget(window)
    watch = PhotoWatch(window)
    watch.begin("kunjungan", hanging)

    with qtbot.waitSignal(watch.changed):  # the setting was changed meanwhile
        watch.begin("kunjungan", FolderWatch([WatchedFolder(other)], LONG_AGO, LONG_AGO))
    qtbot.waitUntil(lambda: watch._looking is None)
    (other / "IMG_1.jpg").write_bytes(jpeg())
    qtbot.waitUntil(lambda: len(watch.waiting) == 1, timeout=10_000)

    assert [one.name for one in watch.take()] == ["IMG_1.jpg"]
    watch.end()


def test_a_look_that_fails_is_followed_by_the_next(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(photo_watch, "_EVERY_MS", 30)
    looks: list[int] = []

    class Failing(FolderWatch):
        __slots__ = ()

        def look(self) -> Looked:
            looks.append(1)
            if len(looks) == 1:
                raise ValueError("sebuah cacat")
            return FolderWatch.look(self)

    window = QWidget()
    qtbot.addWidget(window)
    watch = PhotoWatch(window)
    watch.begin("kunjungan", Failing([WatchedFolder(tmp_path)], LONG_AGO, LONG_AGO))
    qtbot.waitUntil(lambda: len(looks) > 1)
    watch.end()

    assert "a look through the photo folders failed" in caplog.text
    caplog.clear()
