"""What is painted shows its values, speaks them, and never cuts its words."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.widgets.hands import shown, spoken

from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.theme import Scheme, Tokens, contrast
from assessor_app.ui.theme import tokens as tokens_of
from assessor_app.ui.widgets.gap_matrix import GapMatrix
from assessor_app.ui.widgets.gauge import Gauge, GaugeBand, GaugeValue
from assessor_app.ui.widgets.painting import Mark, blend, draw_mark
from assessor_app.ui.widgets.paired_bars import BarRow, PairedBars
from assessor_app.ui.widgets.paper import PaperView
from assessor_app.ui.widgets.zone_chip import ZoneChip, zone_pixmap

BANDS = (
    GaugeBand(Decimal(55), ZoneColour.RED),
    GaugeBand(Decimal(88), ZoneColour.YELLOW),
    GaugeBand(Decimal(110), ZoneColour.GREEN),
)
VALUE = GaugeValue(
    points=Decimal("66.1"),
    text="66,1",
    paper=Decimal("92.5"),
    practice=Decimal(61),
    most=Decimal(97),
    maximum=Decimal(110),
    caption="83 dari 150 indikator dinilai",
    spoken="Nilai sementara 66,1 dari 110",
)
LABELS = ("Ada", "Sebagian", "Tidak ada")


@pytest.mark.parametrize(
    "changed",
    [
        replace(VALUE, points=Decimal(20), text="20,0"),
        replace(VALUE, paper=Decimal(10)),
        replace(VALUE, practice=None),
        replace(VALUE, most=Decimal(70)),
        replace(VALUE, caption="Lengkap"),
        replace(VALUE, points=None, text="–", most=None),
    ],
)
def test_the_gauge_shows_each_part_of_its_value(
    tokens: Tokens, qtbot: QtBot, changed: GaugeValue
) -> None:
    gauge = Gauge(tokens, BANDS)
    qtbot.addWidget(gauge)
    gauge.resize(gauge.sizeHint())
    gauge.show_value(VALUE)
    before = gauge.grab().toImage()

    gauge.show_value(changed)

    assert gauge.grab().toImage() != before
    assert spoken(gauge) == VALUE.spoken


def test_the_gauge_shows_the_colours_of_its_zones(tokens: Tokens, qtbot: QtBot) -> None:
    gauge = Gauge(tokens, BANDS)
    qtbot.addWidget(gauge)
    gauge.show_value(VALUE)
    gauge.resize(gauge.sizeHint())

    seen = colours_in(gauge)

    for hue in (tokens.red, tokens.yellow, tokens.green):
        assert hue.fill.name() in seen


def test_the_gauge_keeps_its_height_in_step_with_its_width(tokens: Tokens) -> None:
    gauge = Gauge(tokens, BANDS)

    with_caption = gauge.heightForWidth(264)
    gauge.show_value(replace(VALUE, caption=""))
    assert gauge.heightForWidth(264) < with_caption
    gauge.show_value(replace(VALUE, caption="Belum dinilai: " + "indikator, " * 20))
    assert gauge.heightForWidth(264) > with_caption
    gauge.show_value(VALUE)
    assert gauge.heightForWidth(176) < gauge.heightForWidth(264)
    assert gauge.heightForWidth(400) == gauge.heightForWidth(900)
    assert gauge.minimumSizeHint().width() <= 200


def test_the_matrix_shows_and_speaks_its_counts(tokens: Tokens, qtbot: QtBot) -> None:
    matrix = GapMatrix(tokens, LABELS, across="Dalam praktik", down="Di atas kertas")
    qtbot.addWidget(matrix)
    matrix.resize(matrix.sizeHint())
    empty = matrix.grab().toImage()

    matrix.show_counts([[28, 17, 11], [2, 2, 3], [0, 1, 1]], "28 sesuai, 31 kertas lebih baik")

    assert matrix.grab().toImage() != empty
    assert spoken(matrix) == "28 sesuai, 31 kertas lebih baik"


def test_the_matrix_has_room_for_its_longest_word(tokens: Tokens) -> None:
    short = GapMatrix(tokens, LABELS, across="x", down="y").minimumSizeHint()
    labels = ("Ada", "Ketidaksesuaian", "Tidak")
    long = GapMatrix(tokens, labels, across="x", down="y").minimumSizeHint()

    assert long.width() > short.width()
    assert short.width() <= 280


@pytest.mark.parametrize("scheme", list(Scheme))
def test_counts_can_be_read_on_the_strongest_tint(scheme: Scheme) -> None:
    colours = tokens_of(scheme)
    for hue in (colours.red, colours.green, colours.teal, colours.grey):
        assert contrast(hue.ink, blend(hue.tint, hue.fill, share=0.18)) >= 4.5


def test_bars_speak_both_sides_of_each_dimension(tokens: Tokens, qtbot: QtBot) -> None:
    bars = PairedBars(tokens, "Di atas kertas", "Dalam praktik")
    qtbot.addWidget(bars)
    ten = Decimal(10)

    bars.show_rows([BarRow("Standar", Decimal(9), None, ten, "9,0", "belum dinilai")])

    assert spoken(bars) == "Standar: Di atas kertas 9,0, Dalam praktik belum dinilai"
    assert bars.minimumSizeHint().height() > 0
    assert bars.grab().height() > 0


def test_a_long_dimension_makes_its_row_taller(tokens: Tokens) -> None:
    bars = PairedBars(tokens, "Kertas", "Praktik")
    one = Decimal(1)
    bars.show_rows([BarRow("Pendek", one, one, one, "1", "1")])
    low = bars.heightForWidth(200)

    bars.show_rows([BarRow("Sarana dan prasarana bagi kelompok rentan", one, one, one, "1", "1")])

    assert bars.heightForWidth(200) > low


def test_a_zone_is_told_by_word_shape_and_colour(tokens: Tokens, qtbot: QtBot) -> None:
    pictures = []
    for zone in (*ZoneColour, None):
        chip = ZoneChip(tokens)
        qtbot.addWidget(chip)
        chip.show_zone(zone, "Zona kuning")
        assert spoken(chip) == "Zona kuning"
        words = chip.fontMetrics().horizontalAdvance("Zona")
        assert chip.sizeHint().width() > words
        pictures.append(zone_pixmap(tokens, zone, 20).toImage())

    assert all(picture.width() == 40 for picture in pictures)
    for at, picture in enumerate(pictures):
        assert all(shape(picture) != shape(other) for other in pictures[at + 1 :])


def test_a_chip_without_room_shortens_its_word_and_keeps_it_in_the_tip(
    tokens: Tokens, qtbot: QtBot
) -> None:
    chip = ZoneChip(tokens)
    chip.show_zone(ZoneColour.GREEN, "Zona hijau yang sementara")
    window = shown(chip, qtbot, width=110)

    assert chip.toolTip() == "Zona hijau yang sementara"
    assert chip.minimumSizeHint().width() < chip.sizeHint().width()
    assert window.isVisible()


def test_each_mark_has_a_shape_of_its_own(tokens: Tokens) -> None:
    shapes = [shape(drawn(tokens, mark)) for mark in Mark]

    assert len({bytes(one.constBits()) for one in shapes}) == len(Mark)


def test_pages_are_shown_as_wide_as_there_is_room_and_zoomed_by_key(
    tokens: Tokens, qtbot: QtBot
) -> None:
    view = PaperView()
    view.setMinimumSize(500, 300)
    window = shown(view, qtbot)
    view.show_pages([sheet(), sheet()])
    sheets = view.widget()
    assert sheets is not None
    fitting = sheets.width()
    assert fitting <= view.viewport().width()
    view.setFocus()

    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert sheets.width() > fitting
    QTest.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert sheets.width() == fitting
    QTest.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert sheets.width() < fitting
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0
    assert window.isVisible()


def test_no_page_is_left_after_clearing(tokens: Tokens, qtbot: QtBot) -> None:
    view = PaperView()
    qtbot.addWidget(view)
    view.show_pages([sheet()])
    sheets = view.widget()
    assert sheets is not None

    view.clear()

    assert sheets.sizeHint().height() == 0


def sheet() -> QImage:
    page = QImage(620, 877, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    return page


def drawn(tokens: Tokens, mark: Mark) -> QImage:
    picture = QImage(24, 24, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_mark(painter, QRectF(picture.rect()), tokens=tokens, mark=mark)
    painter.end()
    return picture


def shape(picture: QImage) -> QImage:
    """What is left of a picture without its colours."""
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def colours_in(widget: QWidget) -> set[str]:
    seen = widget.grab().toImage()
    return {
        QColor(seen.pixel(x, y)).name() for x in range(seen.width()) for y in range(seen.height())
    }
