"""What holds for every test of the window: nothing leaks, and no object dies in a worker."""

import gc
import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from assessor_app.ui.tasks import Tasks


@pytest.fixture(autouse=True, scope="session")
def nothing_stays_set_aside(qapp: QApplication) -> Iterator[None]:
    """What was set aside or copied goes before Qt does: outliving it, it takes the exit along."""
    yield
    qapp.clipboard().clear()
    gc.unfreeze()
    gc.collect()


@pytest.fixture(autouse=True)
def nothing_leaks(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a widget, a running timer, a task or a thread behind.

    The collector rests meanwhile, as in the product: run by a worker it would destroy widgets
    there (ui/application.py). What stood before the test is set aside: to look through it all
    after each test would take longer than the tests.
    """
    gc.collect()
    gc.freeze()
    widgets = set(map(id, qapp.topLevelWidgets()))
    threads = _threads()
    gc.disable()
    yield
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.processEvents()
    left = [one for one in qapp.topLevelWidgets() if id(one) not in widgets]
    found = gc.get_objects()
    timers = [one for one in found if isinstance(one, QTimer) and _goes_on(one)]
    tasks = [one for one in found if isinstance(one, Tasks) and one.running]
    gc.enable()
    assert not left, f"left behind: {[(one, one.objectName()) for one in left]}"
    assert not timers, f"still running: {timers}"
    assert not tasks, "a task was not waited for"
    assert _threads() <= threads, "a thread was left"


def _threads() -> set[str]:
    """Python's own threads; Qt's pool gives its back after a second."""
    return {one.name for one in threading.enumerate() if not one.name.startswith("Dummy")}


def _goes_on(timer: QTimer) -> bool:
    """A timer of `QTimer.singleShot` belongs to nobody, ends by itself, and calls nobody dead."""
    if not shiboken6.isValid(timer) or not timer.isActive():
        return False
    return timer.parent() is not None or not timer.isSingleShot()
