"""How the window looks: colours of both schemes, the product's own fonts, icons and style sheet."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from string import Template
from typing import assert_never

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

from assessor_app.domain.zone import ZoneColour
from assessor_app.paths import resources_dir

TOUCH_TARGET_PX = 48
BODY_POINTS = 11  # about 15 px at 96 dpi
SMALL_POINTS = 10
_FACES = ("Sans-Regular", "Sans-Bold")
_FURTHER_FACES = ("SansMono-Regular", "SansSymbols-Regular")
_GROUNDS = frozenset({"page", "panel", "bar"})
_DISABLED_ICON = "#7A8796"  # seen on the grounds of both schemes


class Scheme(StrEnum):
    """The two ways in which the window can be lit."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Hue:
    """One meaning's colours.

    `ink` is for text on panel, window or `tint`; `fill` for areas; `tint` lies pale behind text;
    `edge` draws outlines that must be seen.
    """

    ink: QColor
    fill: QColor
    tint: QColor
    edge: QColor


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme; each text colour can be read on each ground it is used on."""

    scheme: Scheme
    window: QColor
    panel: QColor
    field: QColor
    ink: QColor
    quiet: QColor
    rule: QColor  # lines that only divide; a control's outline is `edge`
    edge: QColor
    track: QColor  # behind bars and arcs
    accent: QColor
    on_accent: QColor
    accent_hover: QColor
    accent_tint: QColor
    focus: QColor
    red: Hue
    yellow: Hue
    green: Hue
    teal: Hue
    grey: Hue


def _hue(ink: str, fill: str, tint: str, edge: str) -> Hue:
    return Hue(ink=QColor(ink), fill=QColor(fill), tint=QColor(tint), edge=QColor(edge))


# Light speaks the report's palette (reporting/design.py); its yellow needs a darker edge on white.
_LIGHT = Tokens(
    scheme=Scheme.LIGHT,
    window=QColor("#EEF2F5"),
    panel=QColor("#FFFFFF"),
    field=QColor("#FFFFFF"),
    ink=QColor("#14263D"),
    quiet=QColor("#566375"),
    rule=QColor("#D5DCE3"),
    edge=QColor("#7A8796"),
    track=QColor("#E3E8ED"),
    accent=QColor("#0B5A6B"),
    on_accent=QColor("#FFFFFF"),
    accent_hover=QColor("#0E6C80"),
    accent_tint=QColor("#E3F1F3"),
    focus=QColor("#1A66D6"),
    red=_hue("#9C2119", "#C4392F", "#FBEBE9", "#C4392F"),
    yellow=_hue("#745000", "#EFB21A", "#FDF4D8", "#A26F00"),
    green=_hue("#1C6440", "#2F8A57", "#E5F3EA", "#2F8A57"),
    teal=_hue("#0B5A6B", "#1B7A8C", "#E3F1F3", "#1B7A8C"),
    grey=_hue("#47525E", "#7B8794", "#EDF0F3", "#7B8794"),
)
_DARK = Tokens(
    scheme=Scheme.DARK,
    window=QColor("#0E1620"),
    panel=QColor("#17212C"),
    field=QColor("#101923"),
    ink=QColor("#E9EFF5"),
    quiet=QColor("#A5B3C1"),
    rule=QColor("#2E3B49"),
    edge=QColor("#73859A"),
    track=QColor("#2A3643"),
    accent=QColor("#62C3D3"),
    on_accent=QColor("#06222A"),
    accent_hover=QColor("#7DD3E0"),
    accent_tint=QColor("#16333C"),
    focus=QColor("#8DBBFF"),
    red=_hue("#FF9F95", "#E8695E", "#3B2022", "#E8695E"),
    yellow=_hue("#F6C958", "#EFB21A", "#372D14", "#D9A427"),
    green=_hue("#77D7A0", "#3FAE74", "#163427", "#3FAE74"),
    teal=_hue("#72CCDA", "#37A0B3", "#16333C", "#37A0B3"),
    grey=_hue("#B6C2CE", "#8494A4", "#242F3B", "#8494A4"),
)


def tokens(scheme: Scheme) -> Tokens:
    """The colours of a scheme."""
    match scheme:
        case Scheme.LIGHT:
            return _LIGHT
        case Scheme.DARK:
            return _DARK
        case _:
            assert_never(scheme)


def zone_hue(tokens: Tokens, zone: ZoneColour | None) -> Hue:
    """A zone's colours; grey where no zone is known."""
    match zone:
        case ZoneColour.RED:
            return tokens.red
        case ZoneColour.YELLOW:
            return tokens.yellow
        case ZoneColour.GREEN:
            return tokens.green
        case None:
            return tokens.grey
        case _:
            assert_never(zone)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(fill: QColor) -> QColor:
    """White or the darkest ink, whichever is seen better on `fill`."""
    return max(QColor("#FFFFFF"), QColor("#0E1620"), key=lambda colour: contrast(colour, fill))


def apply_theme(application: QApplication, scheme: Scheme) -> Tokens:
    """Dress the whole application in a scheme; may be called again to switch."""
    _load_fonts()
    colours = tokens(scheme)
    application.setStyle("Fusion")
    application.setFont(QFont("Noto Sans", BODY_POINTS))
    application.setPalette(_palette(colours))
    application.setStyleSheet(_style_sheet(scheme))
    return colours


def icon(name: str, colour: QColor, *, size: int = 24) -> QIcon:
    """One of the product's icons in a colour, `size` pixels square, sharp on dense screens too.

    Raises FileNotFoundError where no such icon is shipped.
    """
    screen = QGuiApplication.primaryScreen()
    return _icon(name, colour.name(), size, math.ceil(screen.devicePixelRatio()) if screen else 1)


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


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


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
    drawing = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    shown = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, _DISABLED_ICON)):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", ink).encode()))
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
def _style_sheet(scheme: Scheme) -> str:
    QDir.addSearchPath("icons", str(resources_dir() / "icons"))
    sheet = (resources_dir() / "style" / "window.qss").read_text(encoding="utf-8")
    return Template(sheet).substitute(_names(tokens(scheme)))


def _names(colours: Tokens) -> dict[str, str]:
    """Every colour as the style sheet calls it: `ink`, `red_tint`."""
    names = {"scheme": colours.scheme.value}
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
