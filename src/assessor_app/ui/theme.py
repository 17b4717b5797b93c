"""How the window looks: its colours put on, letters and spaces, icons, and the style sheet."""

import math
from collections.abc import Iterable
from dataclasses import fields
from enum import IntEnum
from functools import cache
from string import Template

from PySide6.QtCore import QByteArray, QDir, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from assessor_app.paths import resources_dir
from assessor_app.ui.colours import (
    Hue,
    Scheme,
    Theme,
    Tokens,
    contrast,
    readable_on,
    tokens,
    zone_hue,
)

__all__ = [
    "BODY_POINTS",
    "SMALL_POINTS",
    "TEXT_SIZES",
    "TOUCH_TARGET_PX",
    "Hue",
    "Scheme",
    "Space",
    "Theme",
    "Tokens",
    "apply_theme",
    "contrast",
    "drawing",
    "dress",
    "grown",
    "icon",
    "load_further_fonts",
    "points",
    "readable_on",
    "set_look",
    "tokens",
    "zone_hue",
]

TOUCH_TARGET_PX = 48
BODY_POINTS = 11  # about 15 px at 96 dpi
SMALL_POINTS = 10
TEXT_SIZES = (100, 115, 130, 150)  # percent of those
_SCALE = {"title": 17, "heading": 12.5, "body": BODY_POINTS, "small": SMALL_POINTS}
_FACES = ("Sans-Regular", "Sans-Bold")
_FURTHER_FACES = ("SansMono-Regular", "SansSymbols-Regular")
_GROUNDS = frozenset({"page", "panel", "bar"})
_DISABLED_ICON = "#7A8796"  # seen on the grounds of all schemes


class Space(IntEnum):
    """How far things stand apart, in pixels: the rhythm of all pages."""

    HAIR = 2  # lines of one sign or name
    TIGHT = 4
    SMALL = 8  # what belongs together
    MEDIUM = 12
    LARGE = 16  # the margin of a page, the inside of a card
    WIDE = 24  # between parts that are told apart


def apply_theme(application: QApplication, scheme: Scheme, *, text: int = 100) -> Tokens:
    """Dress the whole application in a scheme, its letters `text` percent large.

    May be called again to switch; what is built from then on has room for the letters.
    """
    _load_fonts()
    colours = tokens(scheme)
    application.setStyle("Fusion")
    font = QFont("Noto Sans")
    font.setPointSizeF(BODY_POINTS * text / 100)
    application.setFont(font)
    application.setPalette(_palette(colours))
    application.setStyleSheet(_style_sheet(scheme, text))
    return colours


def points(size: float) -> float:
    """So many points as they are now: larger where the assessor has chosen larger letters."""
    return size * _growth()


def grown(pixels: int) -> int:
    """So many pixels, more where letters are larger: the width of what holds words."""
    return round(pixels * max(_growth(), 1.0))


def _growth() -> float:
    """1 for letters as drawn, 1.5 for 150 percent: the font of the application is the truth."""
    return QGuiApplication.font().pointSizeF() / BODY_POINTS


def icon(name: str, colour: QColor, *, size: int = 24) -> QIcon:
    """One of the product's icons in a colour, `size` pixels square, sharp on dense screens too.

    Raises FileNotFoundError where no such icon is shipped.
    """
    screen = QGuiApplication.primaryScreen()
    return _icon(name, colour.name(), size, math.ceil(screen.devicePixelRatio()) if screen else 1)


@cache
def drawing(name: str) -> str:
    """The file of an icon, read once; knows no widget, so that a worker may read it ahead.

    Raises FileNotFoundError where no such icon is shipped.
    """
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def dress(widget: QWidget, role: str) -> None:
    """Give a widget its part in the style sheet; a changed role is seen at once."""
    if role in _GROUNDS:  # a bare QWidget would paint none
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    set_look(widget, "role", role)


def set_look(widget: QWidget, name: str, value: str | bool) -> None:  # noqa: FBT001 - Qt's property
    """Set a property that the style sheet asks for, and have the sheet read again for `widget`."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


@cache
def _load_fonts() -> None:
    _load(_FACES)


@cache
def load_further_fonts() -> None:
    """What the first painted frame does without: hashes, and signs that text fonts lack."""
    _load(_FURTHER_FACES)


def _load(faces: Iterable[str]) -> None:
    for face in faces:
        QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / f"Noto{face}.ttf"))


@cache
def _icon(name: str, colour: str, size: int, scale: int) -> QIcon:
    drawn = drawing(name)
    shown = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, _DISABLED_ICON)):
        renderer = QSvgRenderer(QByteArray(drawn.replace("currentColor", ink).encode()))
        shown.addPixmap(_rendered(renderer, size=size, scale=scale), mode)
    return shown


def _rendered(renderer: QSvgRenderer, *, size: int, scale: int) -> QPixmap:
    picture = QPixmap(QSize(size, size) * scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


@cache
def _style_sheet(scheme: Scheme, text: int) -> str:
    QDir.addSearchPath("icons", str(resources_dir() / "icons"))
    files = ("window", "contrast") if scheme.is_strong else ("window",)
    folder = resources_dir() / "style"
    sheet = "".join((folder / f"{name}.qss").read_text(encoding="utf-8") for name in files)
    sizes = {name: f"{size * text / 100:g}pt" for name, size in _SCALE.items()}
    return Template(sheet).substitute(_names(tokens(scheme)), **sizes)


def _names(colours: Tokens) -> dict[str, str]:
    """Every colour as the style sheet calls it: `ink`, `red_tint`."""
    names = {"scheme": "dark" if colours.scheme.is_dark else "light"}
    for token in fields(colours):
        value = getattr(colours, token.name)
        if isinstance(value, QColor):
            names[token.name] = value.name()
        elif isinstance(value, Hue):
            shades = {part.name: getattr(value, part.name) for part in fields(value)}
            names.update({f"{token.name}_{part}": hue.name() for part, hue in shades.items()})
    return names


def _palette(colours: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.ink),
        (role.Base, colours.field),
        (role.AlternateBase, colours.panel),
        (role.Text, colours.ink),
        (role.Button, colours.panel),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.red.ink),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.ToolTipBase, colours.panel),
        (role.ToolTipText, colours.ink),
        (role.PlaceholderText, colours.quiet),
        (role.Light, colours.panel),
        (role.Midlight, colours.rule),
        (role.Mid, colours.rule),
        (role.Dark, colours.edge),
        (role.Shadow, colours.edge),
    ):
        palette.setColor(where, colour)
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, colours.quiet)
    return palette
