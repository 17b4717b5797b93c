"""Runs the window as `python -m assessor_app` does, and keeps in a file what stands where.

It tells what a screen reader would be told, for the eyes of a test; it touches nothing. Called as
`python -m tests.e2e.watched FILE`.
"""

import json
import runpy
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid  # a file dialog of Qt may end while it is looked at

from assessor_app.ui import application as start
from assessor_app.ui.main_window import MainWindow

_EVERY_MS = 40


def watch(window: MainWindow, file: Path) -> MainWindow:
    timer = QTimer(window)
    timer.timeout.connect(lambda: _tell(window, file))
    timer.start(_EVERY_MS)
    return window


def _tell(window: MainWindow, file: Path) -> None:
    focused = QApplication.focusWidget()
    told = {
        "page": window.page.objectName(),
        "busy": window.desk.tasks.running if "tasks" in window.desk.__dict__ else 0,
        "focus": focused.objectName() if focused is not None else "",
        "parts": {one.objectName(): _part(one) for one in _seen(window) if isValid(one)},
    }
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(told), encoding="utf-8")
    draft.replace(file)


def _seen(window: MainWindow) -> list[QWidget]:
    tops = [window, *(one for one in QApplication.topLevelWidgets() if one is not window)]
    parts = [part for top in tops if top.isVisible() for part in top.findChildren(QWidget)]
    return [one for one in parts if one.objectName() and one.isVisible()]


def _part(one: QWidget) -> dict[str, object]:
    """Its middle on the screen (pixels), whether all of that can be seen, and what it says."""
    seen = one.visibleRegion().boundingRect()
    middle = one.mapToGlobal(seen.center() if not seen.isEmpty() else QPoint(0, 0))
    text = ""
    if isinstance(one, QLabel | QLineEdit | QAbstractButton):
        text = one.text()
    elif isinstance(one, QComboBox):
        text = one.currentText()
    return {
        "at": [middle.x(), middle.y()],
        "seen": not seen.isEmpty(),
        "enabled": one.isEnabled(),
        "checked": isinstance(one, QAbstractButton) and one.isChecked(),
        "text": text or one.toolTip(),
    }


def main(file: Path) -> None:
    opened = start.open_window
    start.open_window = lambda application: watch(opened(application), file)
    sys.argv = ["assessor_app"]
    runpy.run_module("assessor_app", run_name="__main__")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
