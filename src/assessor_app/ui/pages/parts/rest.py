"""Doing something once typing rests, for what consists of several editors."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_PAUSE_MS = 400  # without a change: time to keep what was typed


def rest_of(owner: QObject, act: Callable[[], object]) -> QTimer:
    """A timer to be started at each change: it calls `act` once, after the last of them."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(_PAUSE_MS)
    timer.timeout.connect(act)
    return timer
