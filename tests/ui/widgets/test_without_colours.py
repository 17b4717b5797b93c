"""Nothing is told by colour alone: with every hue the same, no two states look alike."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from decimal import Decimal
from functools import partial
from itertools import combinations, permutations
from typing import Any

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.charts.trend import Step, TrendYear
from assessor_app.domain.gap import GapKind
from assessor_app.domain.zone import ZoneColour
from assessor_app.services.report.words import Words
from assessor_app.texts import Language
from assessor_app.ui.models.outline_row import Sign
from assessor_app.ui.pages.checklist.follow_up_looks import LOOKS
from assessor_app.ui.pages.checklist.outline_view import MARKS
from assessor_app.ui.pages.improve.agreement import share_of
from assessor_app.ui.theme import Scheme, Tokens, apply_theme
from assessor_app.ui.widgets import painting
from assessor_app.ui.widgets.band_bar import BandBar
from assessor_app.ui.widgets.choices import Choices, Option
from assessor_app.ui.widgets.gap_matrix import GapMatrix
from assessor_app.ui.widgets.gauge import Gauge, GaugeBand, GaugeValue
from assessor_app.ui.widgets.notice import Tone, look_of
from assessor_app.ui.widgets.painting import Mark, draw_mark
from assessor_app.ui.widgets.paired_bars import BarRow, PairedBars
from assessor_app.ui.widgets.share_bar import ShareSign
from assessor_app.ui.widgets.trend_chart import TrendChart, YearShown
from assessor_app.ui.widgets.zone_chip import ZoneChip

ZONES = tuple(ZoneColour)
UPPER = (Decimal(55), Decimal(88), Decimal(110))
_SIDE = 18  # pixels of a sign, as in the outline
_UNLIKE = 60  # of 255: a difference in brightness that an eye sees
_FEWEST = 12  # pixels that look otherwise


@pytest.fixture(params=list(Scheme))
def grey(
    request: pytest.FixtureRequest, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Tokens]:
    """The colours of a scheme, all its hues being its grey."""
    own = apply_theme(qapp, request.param)
    alike = replace(own, red=own.grey, yellow=own.grey, green=own.grey, teal=own.grey)
    monkeypatch.setattr(painting, "colours_of", lambda _: alike)
    painting._mark_picture.cache_clear()
    yield alike
    painting._mark_picture.cache_clear()
    qapp.setStyleSheet("")


def test_every_state_of_the_outline_has_a_sign_of_its_own(grey: Tokens) -> None:
    """A side that is not asked shows none, an open one a ring."""
    shown: dict[Sign, Mark] = {**MARKS, Sign.OPEN: Mark.OPEN}
    pictures = {
        state: painted(partial(sign, tokens=grey, mark=mark), ground=grey.panel)
        for state, mark in shown.items()
    }

    assert set(Sign) - set(shown) == {Sign.NOT_ASKED}
    assert alike(pictures) == []


def test_every_zone_has_a_sign_of_its_own(grey: Tokens) -> None:
    pictures = {}
    for zone in (*ZONES, None):
        pictures[zone] = painted(
            partial(painting.draw_zone_sign, tokens=grey, zone=zone), ground=grey.panel
        )

    assert alike(pictures) == []


def test_the_gauge_tells_which_zone_lies_where(grey: Tokens, qtbot: QtBot) -> None:
    pictures = {}
    for order in permutations(ZONES):
        gauge = Gauge(grey, [GaugeBand(*one) for one in zip(UPPER, order, strict=True)])
        gauge.show_value(GaugeValue(Decimal(60), "60", None, None, None, UPPER[-1], "", ""))
        pictures[order] = grabbed(gauge, qtbot, 280, 200)

    assert alike(pictures) == []


def test_the_scale_of_the_way_tells_which_zone_lies_where(grey: Tokens, qtbot: QtBot) -> None:
    pictures = {}
    for order in permutations(ZONES):
        bands = [GaugeBand(*one) for one in zip(UPPER, order, strict=True)]
        pictures[order] = grabbed(BandBar(grey, bands, maximum=Decimal(110)), qtbot, 400, 80)

    assert alike(pictures) == []


def test_the_matrix_tells_where_a_gap_is_by_its_place_its_number_and_a_frame(
    grey: Tokens, qtbot: QtBot
) -> None:
    cells = [(row, column) for row in range(2) for column in range(2)]
    pictures: dict[object, QImage] = {}
    for one in cells:
        pictures[one] = matrix(grey, qtbot, filled=one, chosen=None)
        pictures[one, "chosen"] = matrix(grey, qtbot, filled=one, chosen=one)

    assert alike(pictures) == []


def test_every_kind_of_gap_has_a_hatching_of_its_own(grey: Tokens, qtbot: QtBot) -> None:
    pictures = {}
    for kind in GapKind:
        made = ShareSign(share_of(grey, kind, 1))
        pictures[kind] = grabbed(made, qtbot, made.width(), made.height())

    assert alike(pictures) == []


def test_the_trend_tells_the_zone_of_a_year_by_its_sign(grey: Tokens, qtbot: QtBot) -> None:
    pictures = {}
    for zone in (*ZONES, None):
        chart = TrendChart(grey)
        steps = tuple(Step(Decimal(at), one) for at, one in zip((0, 51, 81), ZONES, strict=True))
        year = TrendYear(None, zone, Decimal(100), steps)
        chart.show_years([YearShown(year, "2024", "", "")], "")
        pictures[zone] = grabbed(chart, qtbot, 300, 240)

    assert alike(pictures) == []


def test_the_bar_of_the_paper_is_another_than_that_of_practice(grey: Tokens, qtbot: QtBot) -> None:
    pictures = {}
    for name, values in (("paper", (90, 30)), ("practice", (30, 90))):
        bars = PairedBars(grey, "Di atas kertas", "Dalam praktik")
        paper, practice = map(Decimal, values)
        bars.show_rows([BarRow("Poin", paper, practice, Decimal(100), "", "")])
        pictures[name] = grabbed(bars, qtbot, 300, 120)

    assert alike(pictures) == []


@pytest.mark.parametrize("mark", [Mark.PRESENT, Mark.PARTIAL, Mark.ABSENT, Mark.NONE, Mark.CHOSEN])
def test_the_answer_that_was_given_looks_otherwise_than_the_others(
    grey: Tokens, qtbot: QtBot, mark: Mark
) -> None:
    options = [Option("one", "Jawaban", "1", mark), Option("other", "Jawaban", "2", mark)]
    pictures = {}
    for value in ("one", "other", None):
        made = Choices("answer", options, grey, columns=2, group="Sisi")
        made.show_value(value)
        pictures[value] = grabbed(made, qtbot, 400, 80)

    assert alike(pictures) == []


def test_zones_are_told_by_a_word_too(grey: Tokens, qtbot: QtBot) -> None:
    pictures = {}
    for word in ("Zona kuning", "Zona hijau"):
        chip = ZoneChip(grey)
        chip.show_zone(None, word)
        pictures[word] = grabbed(chip, qtbot, 200, 40)

    assert alike(pictures) == []


def test_every_tone_of_a_message_has_a_sign_of_its_own(grey: Tokens) -> None:
    assert len({look_of(grey, tone)[0] for tone in Tone}) == len(Tone)


@pytest.mark.parametrize("language", list(Language))
def test_standings_of_one_sign_have_different_words(language: Language) -> None:
    words = Words(language, UTC)

    told = {(sign, words(f"followed.standing.{one.value}")) for one, (sign, _) in LOOKS.items()}

    assert len(told) == len(LOOKS)


# How it is looked at


def sign(painter: QPainter, place: QRectF, *, tokens: Tokens, mark: Mark) -> None:
    draw_mark(painter, place, tokens=tokens, mark=mark)


def painted(draw: Callable[[QPainter, QRectF], None], *, ground: QColor) -> QImage:
    picture = QImage(_SIDE, _SIDE, QImage.Format.Format_RGB32)
    picture.fill(ground)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw(painter, QRectF(0, 0, _SIDE, _SIDE))
    painter.end()
    return picture


def grabbed(widget: QWidget, qtbot: QtBot, width: int, height: int) -> QImage:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    return widget.grab().toImage()


def matrix(
    tokens: Tokens, qtbot: QtBot, *, filled: tuple[int, int], chosen: tuple[int, int] | None
) -> QImage:
    made = GapMatrix(tokens, ("Ada", "Tidak ada"), across="Praktik", down="Kertas")
    counts = [[5 if (row, column) == filled else 0 for column in range(2)] for row in range(2)]
    made.show_counts(counts, "")
    made.show_chosen(chosen)
    return grabbed(made, qtbot, 260, 200)


def alike(pictures: Mapping[Any, QImage]) -> list[tuple[Any, Any]]:
    """The pairs that an eye cannot tell apart."""
    return [
        (one, other)
        for one, other in combinations(pictures, 2)
        if unlike(pictures[one], pictures[other]) < _FEWEST
    ]


def unlike(one: QImage, other: QImage) -> int:
    """In how many pixels two pictures differ in brightness."""
    apart = ImageChops.difference(_greys(one), _greys(other))
    return sum(apart.histogram()[_UNLIKE:])


def _greys(picture: QImage) -> Image.Image:
    plain = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    size, row = (plain.width(), plain.height()), plain.bytesPerLine()
    return Image.frombuffer("L", size, bytes(plain.constBits()), "raw", "L", row, 1)
