"""The Qt application: fonts, theme, one window."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from assessor_app.compose import build
from assessor_app.settings import read_settings
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.theme import apply_theme


def run(arguments: Sequence[str]) -> int:
    """Open the window over the default store; returns when it is closed."""
    application = QApplication(list(arguments))
    apply_theme(application)
    window = MainWindow(build(read_settings().home))
    window.resize(1100, 680)
    window.show()
    return application.exec()
