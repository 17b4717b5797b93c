"""The pictures of a visit: seen, saved and read back, copied; and the same shapes as on paper."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas
from tests.domain.published import result as published
from tests.ui.pages.hands import assert_usable, click, desk_over, part, shown, wait_for_tasks
from tests.visiting import answer

from assessor_app.charts.trend import trend
from assessor_app.compose import Application
from assessor_app.domain.scoring import Basis
from assessor_app.domain.zone import ZoneColour
from assessor_app.reporting.chart_drawing import bars, gauge, matrix_picture
from assessor_app.reporting.figures import DimensionRow
from assessor_app.reporting.headings import headings
from assessor_app.services import results
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.matrix import matrix
from assessor_app.services.report.summary import scores
from assessor_app.services.results_page import gather, institution_results
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.pictures.drawn import Kind
from assessor_app.ui.pages.pictures.page import PicturesPage
from assessor_app.ui.pages.pictures.saving import as_png, as_svg
from assessor_app.ui.pages.results.told import drawn_years
from assessor_app.ui.theme import Scheme, tokens
from assessor_app.ui.widgets.fields import choose
from assessor_app.ui.widgets.gap_matrix import GapMatrix
from assessor_app.ui.widgets.paired_bars import BarRow, PairedBars

_SVG = "{http://www.w3.org/2000/svg}"


def _read(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - made by ourselves just before


@pytest.fixture
def page(desk: Desk, session: Session, qtbot: QtBot) -> PicturesPage:
    for code, practice in (("P15-01", "present"), ("P15-05", "absent"), ("P15-06", "present")):
        answer(session, code, "paperwork", "present")
        answer(session, code, "practice", practice)
    made = shown(qtbot, PicturesPage(desk, session))
    wait_for_tasks(qtbot, desk)
    return made


def kinds(page: PicturesPage) -> list[Kind]:
    return [card.picture.kind for card in page.cards]


def test_every_picture_has_its_numbers_for_who_does_not_see_it(page: PicturesPage) -> None:
    assert kinds(page) == [Kind.GAUGE, Kind.SIDES, Kind.MATRIX, Kind.DIMENSIONS, Kind.WAY]
    for card in page.cards:
        spoken = QAccessible.queryAccessibleInterface(card.drawing)
        told = spoken.text(QAccessible.Text.Description)
        assert spoken.text(QAccessible.Text.Name) == card.picture.title
        for row in card.picture.table.rows:
            assert all(cell in told for cell in row)


def test_a_table_of_the_numbers_is_unfolded(page: PicturesPage) -> None:
    click(page, "pictures.matrix.table")

    table = part(page, QTableWidget, "pictures.matrix.numbers")
    assert table.isVisible()
    item = table.item(0, 1)
    assert item is not None
    assert item.text() == "2"


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_picture_is_saved_whole_and_never_over_another(
    page: PicturesPage, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"matriks{suffix}"
    picture = page.cards[2].picture

    page.save_to(picture, path)
    first = path.read_bytes()
    page.save_to(picture, path)

    assert path.read_bytes() == first
    notice = part(page, QWidget, "pictures.notice")
    assert "sudah ada" in notice.accessibleName()
    assert [one.name for one in tmp_path.glob("matriks*")] == [path.name]


def test_an_svg_keeps_its_words_and_says_what_it_is(page: PicturesPage) -> None:
    for card in page.cards:
        data = as_svg(page.sheet(card.picture))
        root = _read(data)
        texts = " ".join("".join(one.itertext()) for one in root.iter(f"{_SVG}text"))

        assert QSvgRenderer(QByteArray(data)).isValid()
        assert card.picture.title in texts
        assert "Dinas Kependudukan, Kota Ambon" in texts
        assert "nilai sementara" in texts
        assert "Sumber: Penelitian Kepatuhan 2015" in texts
        assert root.findtext(f"{_SVG}title") == card.picture.title


def test_a_png_is_as_large_as_chosen_and_light_in_a_dark_window(
    page: PicturesPage, desk: Desk, tmp_path: Path
) -> None:
    desk.scheme = Scheme.DARK
    sizes = []
    for scale in ("1", "3"):
        choose(part(page, QComboBox, "pictures.scale"), scale)
        path = tmp_path / f"{scale}.png"
        page.save_to(page.cards[0].picture, path)
        image = QImage(str(path))
        sizes.append(image.width())
        assert image.pixelColor(2, 2) == tokens(Scheme.LIGHT).panel
        assert image.text("Title") == page.cards[0].picture.title
    assert sizes[1] == 3 * sizes[0]


def test_a_picture_is_copied(page: PicturesPage) -> None:
    said: list[str] = []
    page.said.connect(said.append)

    click(page, "pictures.gauge.copy")

    assert not QGuiApplication.clipboard().image().isNull()
    assert said == ["Gambar “Nilai menurut zona tahun ini” disalin ke papan klip."]


def test_the_window_in_english_saves_english_pictures(
    application: Application, workplace: Workplace, session: Session, qtbot: QtBot
) -> None:
    desk = desk_over(application, Language.ENGLISH)
    desk.open_with(workplace)
    page = shown(qtbot, PicturesPage(desk, session))
    wait_for_tasks(qtbot, desk)

    data = as_svg(page.sheet(page.cards[2].picture)).decode()

    assert "Gap matrix" in data
    assert "Source:" in data


def test_a_sample_says_so_in_every_picture(page: PicturesPage) -> None:
    sheet = replace(page.sheet(page.cards[0].picture), mark="CONTOH")

    assert "CONTOH" in as_svg(sheet).decode()
    assert as_png(sheet, scale=1) != as_png(replace(sheet, mark=""), scale=1)


def test_the_page_can_be_used_by_finger_and_key(page: PicturesPage, qtbot: QtBot) -> None:
    assert_usable(page)
    with qtbot.waitSignal(page.way_wanted):
        click(page, "pictures.way")
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    assert part(page, QPushButton, "pictures.back").isVisible()


# The same shapes as on paper: ReportLab's own canvas and Qt's own SVG, read back.


class Recorder(Canvas):
    """A canvas that draws as any other, and remembers its rectangles."""

    def __init__(self) -> None:
        super().__init__(BytesIO())
        self.rects: list[tuple[float, float, float, float]] = []

    def rect(  # noqa: PLR0917 - as ReportLab's own
        self, x: float, y: float, width: float, height: float, stroke: float = 1, fill: float = 0
    ) -> None:
        self.rects.append((x, y, width, height))
        super().rect(x, y, width, height, stroke=stroke, fill=fill)


def test_the_matrix_stands_as_on_paper(page: PicturesPage, session: Session, desk: Desk) -> None:
    found = matrix(session.compared(), session.instrument, desk.words)
    paper = Recorder()
    matrix_picture(found, headings(Language.INDONESIAN), width=300).drawOn(paper, 0, 0)
    middles = sorted(((x + w / 2, -(y + h / 2)) for x, y, w, h in paper.rects), key=_by_row)
    widget = page.cards[2].drawing
    assert isinstance(widget, GapMatrix)
    size = len(found.labels)
    places = [widget.place_of(row, column) for row in range(size) for column in range(size)]

    assert _spread(middles) == pytest.approx(_spread([(one.x(), one.y()) for one in places]))


class Strokes(QPainter):
    """Remembers the bars that are drawn."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.bars: list[QRectF] = []

    def drawRoundedRect(self, place: QRectF, across: float, down: float) -> None:  # type: ignore[override]  # noqa: N802 - of Qt's several forms the one that is used
        self.bars.append(QRectF(place))
        super().drawRoundedRect(place, across, down)


@pytest.mark.parametrize(
    ("on_paper", "in_practice", "maximum"),
    [("30", "18", "110"), ("110", "110", "110"), ("99.999", "110.01", "1000"), ("9", "200", "100")],
)
def test_bars_are_exactly_as_long_as_on_paper(
    on_paper: str, in_practice: str, maximum: str, qtbot: QtBot
) -> None:
    paper, practice, most = Decimal(on_paper), Decimal(in_practice), Decimal(maximum)
    printed = Recorder()
    row = DimensionRow("x", 0, most, "", paper, "", practice, "", "")
    bars(row, headings(Language.INDONESIAN), width=400, height=20).drawOn(printed, 0, 0)
    track, first, _, second = (width for _, _, width, _ in printed.rects)
    drawing = PairedBars(tokens(Scheme.LIGHT), "kertas", "praktik")
    qtbot.addWidget(drawing)
    drawing.show_rows([BarRow("x", paper, practice, most, "1", "2")])
    drawing.resize(730, drawing.heightForWidth(730))
    image = QImage(drawing.size(), QImage.Format.Format_RGB32)
    painter = Strokes(image)
    drawing.draw(painter)
    painter.end()
    *_legend, ground, above, _ground, below = painter.bars
    edges = 2 * 0.6  # the stroke is drawn within the bar

    assert (above.width() + edges) / ground.width() == pytest.approx(first / track, abs=1e-9)
    assert (below.width() + edges) / ground.width() == pytest.approx(second / track, abs=1e-9)


def test_zones_begin_where_they_begin_on_paper(
    page: PicturesPage, session: Session, desk: Desk
) -> None:
    told = scores(session.scores(), session.instrument, desk.words)
    paper = Recorder()
    gauge(told, headings(Language.INDONESIAN), width=400).drawOn(paper, 0, 0)
    on_paper = [x / 400 for x, _, _, _ in paper.rects]
    colours = tokens(Scheme.LIGHT)
    root = _read(as_svg(page.sheet(page.cards[4].picture)))
    lefts = [
        min(_boxes(root, hue.fill.name()))[0]
        for hue in (colours.red, colours.yellow, colours.green)
    ]
    right = max(box[1] for box in _boxes(root, colours.green.fill.name()))
    wide = right - lefts[0]

    assert [(left - lefts[0]) / wide for left in lefts] == pytest.approx(on_paper, abs=0.005)
    assert session.scores()[Basis.OFFICIAL].maximum == Decimal(110)


def _by_row(place: tuple[float, float]) -> tuple[float, float]:
    return place[1], place[0]


def _spread(places: list[tuple[float, float]]) -> list[float]:
    """The places as shares of the way from the first to the last."""
    (left, top), (right, low) = places[0], places[-1]
    shares = [((x - left) / (right - left), (y - top) / (low - top)) for x, y in places]
    return [one for pair in shares for one in pair]


def _boxes(root: ET.Element, fill: str) -> list[tuple[float, float]]:
    """Left and right of every path with a colour."""
    found = []
    for group in root.iter(f"{_SVG}g"):
        if group.get("fill", "").lower() != fill.lower():
            continue
        for path in group.iter(f"{_SVG}path"):
            xs = [float(x) for x, _ in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path.get("d", ""))]
            found.append((min(xs), max(xs)))
    return found


def _widths(root: ET.Element, fill: str) -> list[float]:
    return [right - left for left, right in _boxes(root, fill)]


def test_the_years_of_the_institution_are_drawn_with_breaks_and_zones_without_a_number(
    desk: Desk, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    name = session.snapshot.visit.institution
    results.register(
        workplace.store,
        [
            published(name, 2015, "61.50"),
            published(name, 2017, None, zone=ZoneColour.RED),
            published(name, 2022, "88.91"),
        ],
    )
    made = shown(qtbot, PicturesPage(desk, session))
    wait_for_tasks(qtbot, desk)
    (card,) = (one for one in made.cards if one.picture.kind is Kind.TREND)
    svg = as_svg(made.sheet(card.picture))
    words = " ".join("".join(one.itertext()) for one in _read(svg).iter(f"{_SVG}text"))
    rows = {row[0]: row[1] for row in card.picture.table.rows}
    found = institution_results(gather(workplace, desk.application.library), name)
    assert found is not None
    years = drawn_years(desk, found.points)
    drawn = trend([one.year for one in years], width=700, height=200)
    marks = {one.below: mark for one, mark in zip(years, drawn.marks, strict=True)}

    assert "61,50" in rows["2015"]
    assert all(year in words for year in ("2015", "2017", "2022"))
    assert all(year in card.drawing.accessibleDescription() for year in rows)
    assert marks["2017"] is not None
    assert marks["2017"].y is None  # a zone without a number stands on the axis
    assert drawn.breaks
    assert b"stroke-dasharray" in svg  # each break is drawn
