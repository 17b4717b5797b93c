"""What holds for every test of the window: nothing leaks, and no object dies in a worker."""

import gc
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from assessor_app.ui.tasks import Tasks


@pytest.fixture(autouse=True)
def nothing_leaks(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a widget, a running timer, a task or a thread behind.

    The collector rests meanwhile, as in the product: run by a worker it would destroy widgets
    there (ui/application.py).
    """
    gc.collect()
    widgets = set(map(id, qapp.topLevelWidgets()))
    threads = _threads()
    gc.disable()
    yield
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    left = [one for one in qapp.topLevelWidgets() if id(one) not in widgets]
    found = gc.get_objects()
    timers = [one for one in found if isinstance(one, QTimer) and _alive(one) and one.isActive()]
    tasks = [one for one in found if isinstance(one, Tasks) and one.running]
    gc.enable()
    assert not left, f"left behind: {[(one, one.objectName()) for one in left]}"
    assert not timers, f"still running: {timers}"
    assert not tasks, "a task was not waited for"
    assert _threads() <= threads, "a thread was left"


def _threads() -> set[str]:
    """Python's own threads; Qt's pool gives its back after a second."""
    return {one.name for one in threading.enumerate() if not one.name.startswith("Dummy")}


def _alive(timer: QTimer) -> bool:
    return bool(shiboken6.isValid(timer))
