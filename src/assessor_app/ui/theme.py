"""How the window looks: the product's own font, Fusion, and sizes for fingers."""

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from assessor_app.paths import resources_dir

TOUCH_TARGET_PX = 48


def apply_theme(application: QApplication) -> None:
    """Fusion everywhere, and a font that is the same on every machine."""
    application.setStyle("Fusion")
    for face in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / f"NotoSans-{face}.ttf"))
    application.setFont(QFont("Noto Sans", 11))
