"""The colours of the window, by what they mean, in every scheme in which it can be lit."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from PySide6.QtGui import QColor

from assessor_app.domain.zone import ZoneColour


class Scheme(StrEnum):
    """How the window can be lit; strong contrast is black on white, or the reverse."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    CONTRAST_DARK = "contrast-dark"

    @property
    def is_dark(self) -> bool:
        """Whether letters are lighter than their ground."""
        return self in (Scheme.DARK, Scheme.CONTRAST_DARK)

    @property
    def is_strong(self) -> bool:
        """Whether outlines carry what tints carry otherwise."""
        return self in (Scheme.CONTRAST, Scheme.CONTRAST_DARK)


class Theme(StrEnum):
    """What can be chosen of them: one scheme for ever, or what the system shows at the time."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    CONTRAST_DARK = "contrast-dark"


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


# Every line is seen, every word has 7:1 (WCAG 2.2, 1.4.6), and no tint means anything.
_CONTRAST = Tokens(
    scheme=Scheme.CONTRAST,
    window=QColor("#FFFFFF"),
    panel=QColor("#FFFFFF"),
    field=QColor("#FFFFFF"),
    ink=QColor("#000000"),
    quiet=QColor("#000000"),
    rule=QColor("#000000"),
    edge=QColor("#000000"),
    track=QColor("#DADADA"),
    accent=QColor("#00265E"),
    on_accent=QColor("#FFFFFF"),
    accent_hover=QColor("#000000"),
    accent_tint=QColor("#DDE6F5"),
    focus=QColor("#B3005F"),
    red=_hue("#7A0000", "#A80000", "#FFFFFF", "#000000"),
    yellow=_hue("#4A3300", "#FFC400", "#FFFFFF", "#000000"),
    green=_hue("#00401F", "#006B33", "#FFFFFF", "#000000"),
    teal=_hue("#003B49", "#00627A", "#FFFFFF", "#000000"),
    grey=_hue("#000000", "#4D4D4D", "#FFFFFF", "#000000"),
)
_CONTRAST_DARK = Tokens(
    scheme=Scheme.CONTRAST_DARK,
    window=QColor("#000000"),
    panel=QColor("#000000"),
    field=QColor("#000000"),
    ink=QColor("#FFFFFF"),
    quiet=QColor("#FFFFFF"),
    rule=QColor("#FFFFFF"),
    edge=QColor("#FFFFFF"),
    track=QColor("#3A3A3A"),
    accent=QColor("#FFF06A"),
    on_accent=QColor("#000000"),
    accent_hover=QColor("#FFFFFF"),
    accent_tint=QColor("#333333"),
    focus=QColor("#3DDCFF"),
    red=_hue("#FFB3AC", "#FF6A5E", "#000000", "#FFFFFF"),
    yellow=_hue("#FFE36B", "#FFD21F", "#000000", "#FFFFFF"),
    green=_hue("#8CF5B4", "#3DDC84", "#000000", "#FFFFFF"),
    teal=_hue("#8FEFFC", "#2FCBE0", "#000000", "#FFFFFF"),
    grey=_hue("#FFFFFF", "#BDBDBD", "#000000", "#FFFFFF"),
)


def tokens(scheme: Scheme) -> Tokens:
    """The colours of a scheme."""
    match scheme:
        case Scheme.LIGHT:
            return _LIGHT
        case Scheme.DARK:
            return _DARK
        case Scheme.CONTRAST:
            return _CONTRAST
        case Scheme.CONTRAST_DARK:
            return _CONTRAST_DARK
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


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
