"""The report's look: one page, one grid, one type scale, one palette. Lengths are points."""

from dataclasses import dataclass
from functools import cache
from typing import assert_never

from reportlab.lib.colors import Color, HexColor, linearlyInterpolatedColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle

from assessor_app.domain.zone import ZoneColour
from assessor_app.reporting.content import GapTone
from assessor_app.reporting.typefaces import Face

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 54.0  # left and right
TOP = 61.0  # from the paper's edge to the text, header within
BOTTOM = 53.0
WIDTH = PAGE_WIDTH - 2 * MARGIN  # of the text
GUTTER = 16.0  # between two columns
HALF = (WIDTH - GUTTER) / 2
PAD = 9.0  # inside of cards and panels
STEP = 6.0  # vertical rhythm

INK = HexColor("#14263D")
ACCENT = HexColor("#0B5A6B")
QUIET = HexColor("#566375")
RULE = HexColor("#CBD3DC")
PANEL = HexColor("#F3F6F8")
TRACK = HexColor("#E3E8ED")
PAPER_BAR = HexColor("#9FB3C4")
WHITE = HexColor("#FFFFFF")


@dataclass(frozen=True, slots=True)
class Hue:
    """One meaning's colours: a fill, a pale tint behind text, and ink for text on white or tint."""

    fill: Color
    tint: Color
    ink: Color


_RED = Hue(HexColor("#C4392F"), HexColor("#FBEBE9"), HexColor("#9C2119"))
_YELLOW = Hue(HexColor("#EFB21A"), HexColor("#FDF4D8"), HexColor("#745000"))
_GREEN = Hue(HexColor("#2F8A57"), HexColor("#E5F3EA"), HexColor("#1C6440"))
_TEAL = Hue(HexColor("#1B7A8C"), HexColor("#E3F1F3"), HexColor("#0B5A6B"))
_GREY = Hue(HexColor("#7B8794"), HexColor("#EDF0F3"), HexColor("#47525E"))


_STRONGEST_TINT = 0.18  # more of the fill, and ink on it falls under a contrast of 4.5


def tint(hue: Hue, share: float) -> Color:
    """The hue's tint, towards its fill as `share` goes from 0 to 1: still to be written on."""
    return linearlyInterpolatedColor(hue.tint, hue.fill, 0, 1, share * _STRONGEST_TINT)


def zone_hue(zone: ZoneColour | None) -> Hue:
    """A zone's colours; grey where no zone is known."""
    match zone:
        case ZoneColour.RED:
            return _RED
        case ZoneColour.YELLOW:
            return _YELLOW
        case ZoneColour.GREEN:
            return _GREEN
        case None:
            return _GREY
        case _:
            assert_never(zone)


def tone_hue(tone: GapTone) -> Hue:
    """The colours of a kind of gap."""
    match tone:
        case GapTone.PAPER_AHEAD:
            return _RED
        case GapTone.PRACTICE_AHEAD:
            return _TEAL
        case GapTone.CONSISTENT:
            return _GREEN
        case GapTone.NEITHER | GapTone.UNKNOWN:
            return _GREY
        case _:
            assert_never(tone)


@dataclass(frozen=True, slots=True)
class Type:
    """One step of the type scale."""

    face: Face
    size: float
    leading: float
    colour: Color = INK
    right: bool = False
    centred: bool = False


TITLE = Type(Face.BOLD, 20, 25)
UNIT = Type(Face.BOLD, 12.5, 16, ACCENT)
HEADING = Type(Face.BOLD, 14.5, 19)
SUBHEADING = Type(Face.BOLD, 10.5, 14)
CARD_TITLE = Type(Face.BOLD, 10, 13.5)
BODY = Type(Face.REGULAR, 9.3, 13.4)
BODY_BOLD = Type(Face.BOLD, 9.3, 13.4)
SMALL = Type(Face.REGULAR, 8.3, 11.4)
SMALL_BOLD = Type(Face.BOLD, 8.3, 11.4)
SMALL_ITALIC = Type(Face.ITALIC, 8.3, 11.4, QUIET)
SMALL_RIGHT = Type(Face.REGULAR, 8.3, 11.4, right=True)
SMALL_RIGHT_BOLD = Type(Face.BOLD, 8.3, 11.4, right=True)
LABEL = Type(Face.BOLD, 6.9, 9.4, QUIET)
LABEL_RIGHT = Type(Face.BOLD, 6.9, 9.4, QUIET, right=True)
CAPTION = Type(Face.REGULAR, 7.3, 9.8, QUIET)
MONO = Type(Face.MONO, 7.6, 11.0)
SCORE = Type(Face.BOLD, 34, 38)


@cache
def paragraph_style(kind: Type, colour: Color | None = None) -> ParagraphStyle:
    """The step of the type scale as ReportLab wants it, in another colour where one is given."""
    return ParagraphStyle(
        f"{kind.face}-{kind.size}",
        fontName=kind.face.value,
        bulletFontName=kind.face.value,
        fontSize=kind.size,
        leading=kind.leading,
        textColor=colour or kind.colour,
        alignment=2 if kind.right else 1 if kind.centred else 0,
        splitLongWords=True,
        allowWidows=False,
        allowOrphans=False,
    )
