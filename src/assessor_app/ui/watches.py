"""Tells whoever shows a watch that one was started, stopped or taken another customer."""

from PySide6.QtCore import QObject, Signal


class Watches(QObject):
    """The watches themselves are kept by services/stopwatch.py, over a lock and a crash."""

    changed = Signal()
