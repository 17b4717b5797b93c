"""The Qt application: fonts, theme, one window; what nobody foresaw is logged and told."""

import contextlib
import gc
import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from assessor_app.settings import read_settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.geometry import keep, put_back
from assessor_app.ui.looks import dress_desk
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.preferences import read_preferences
from assessor_app.ui.qt_words import QtWords
from assessor_app.ui.system_look import scheme_of
from assessor_app.ui.theme import Theme

_LOG = "window.log"
_COLLECT_MS = 1000


def run(arguments: Sequence[str]) -> int:
    """Open the window over the default store; returns when it is closed."""
    application = QApplication(list(arguments))
    application.setApplicationName("assessor-app")
    window = open_window(application)
    sys.excepthook = _hook(window)
    put_back(window, window.desk.home)
    window.show()
    ended = application.exec()
    keep(window, window.desk.home)
    return ended


def open_window(application: QApplication) -> MainWindow:
    """The window as it was set last, or as the surroundings say."""
    settings = read_settings()
    chosen = read_preferences(settings.home)
    theme = chosen.theme or Theme.SYSTEM
    desk = Desk(
        settings.home,
        language=chosen.language or settings.language,
        scheme=scheme_of(theme),
        theme=theme,
        text=chosen.text,
    )
    dress_desk(desk)
    application.installTranslator(QtWords(desk, application))
    collect_here(application)
    return MainWindow(desk)


def collect_here(application: QApplication) -> None:
    """Collect garbage in the GUI thread alone: a widget that a worker destroys takes Qt with it."""
    gc.disable()
    timer = QTimer(application)
    timer.timeout.connect(_collect)
    timer.start(_COLLECT_MS)


def _collect() -> None:
    """The generations that are full, as the interpreter itself would."""
    full = [
        number
        for number, (count, limit) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if count > limit
    ]
    if full:
        gc.collect(full[-1])


def _hook(
    window: MainWindow,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What happens to an exception that nobody caught: logged, told, and the window stays."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logging.getLogger(__name__).error("uncaught", exc_info=(kind, error, trace))
        _log(window.desk.home, kind, trace)
        window.tell_fault(kind.__name__)

    return told


def _log(home: Path, kind: type[BaseException], trace: TracebackType | None) -> None:
    """Where it happened, without what it was about: the log lies outside of the encrypted store."""
    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    with contextlib.suppress(OSError), (home / _LOG).open("a", encoding="utf-8") as log:
        log.write("\n".join((kind.__name__, *places, "")) + "\n")
