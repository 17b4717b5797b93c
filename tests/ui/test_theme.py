"""The colours can be read, the style sheet is whole, and every icon can be drawn."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontInfo, QIcon, QImage
from PySide6.QtWidgets import QApplication, QFrame, QLabel
from pytestqt.qtbot import QtBot

from assessor_app.domain.zone import ZoneColour
from assessor_app.paths import resources_dir
from assessor_app.ui.theme import (
    SMALL_POINTS,
    TEXT_SIZES,
    Hue,
    Scheme,
    Tokens,
    apply_theme,
    contrast,
    dress,
    grown,
    icon,
    points,
    readable_on,
    tokens,
    zone_hue,
)
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, heading, quiet, title

TEXT, SIGN, STRONG = 4.5, 3.0, 7.0  # WCAG 2.2, 1.4.3, 1.4.11 and 1.4.6
ICONS = sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg"))
WANTED = {
    "add", "back", "next", "search", "camera", "paste", "undo", "redo", "lock", "sun", "moon",
    "globe", "note", "document", "check", "cross", "half", "dash", "warning", "info", "folder",
    "print", "save", "signature", "handover", "shield-check", "clock", "pause", "play", "door",
    "building", "list", "review", "send", "eye", "eye-off", "trash", "drawer", "app",
}  # fmt: skip


@pytest.fixture(params=list(Scheme))
def colours(request: pytest.FixtureRequest) -> Tokens:
    return tokens(Scheme(request.param))


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[QApplication]:
    font = qapp.font()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setFont(font)


def hues(colours: Tokens) -> tuple[Hue, ...]:
    return (colours.red, colours.yellow, colours.green, colours.teal, colours.grey)


def grounds(colours: Tokens) -> tuple[QColor, ...]:
    return (colours.window, colours.panel, colours.field, colours.accent_tint)


def test_words_can_be_read_on_every_ground(colours: Tokens) -> None:
    words = (colours.ink, colours.quiet, colours.accent)
    for word, ground in product(words, grounds(colours)):
        assert contrast(word, ground) >= TEXT, (word.name(), ground.name())
    for ground in (colours.track, colours.grey.tint):
        assert contrast(colours.quiet, ground) >= TEXT, ground.name()
    for ground in (colours.accent, colours.accent_hover):
        assert contrast(colours.on_accent, ground) >= TEXT, ground.name()


def test_words_of_a_meaning_can_be_read_on_its_tint_and_on_plain_grounds(colours: Tokens) -> None:
    for hue in hues(colours):
        for ground in (hue.tint, colours.window, colours.panel, colours.field):
            assert contrast(hue.ink, ground) >= TEXT, (hue.ink.name(), ground.name())
        assert contrast(colours.ink, hue.tint) >= TEXT


def test_signs_and_edges_of_controls_can_be_seen(colours: Tokens) -> None:
    edges = (colours.edge, colours.focus, colours.accent)
    for edge, ground in product(edges, grounds(colours)):
        assert contrast(edge, ground) >= SIGN, (edge.name(), ground.name())
    for hue in hues(colours):
        for ground in (hue.tint, colours.window, colours.panel, colours.field):
            assert contrast(hue.edge, ground) >= SIGN, (hue.edge.name(), ground.name())
        assert contrast(readable_on(hue.fill), hue.fill) >= SIGN


def test_what_the_style_sheet_draws_itself_can_be_seen(colours: Tokens) -> None:
    drawn = (resources_dir() / "icons" / "control-down.svg").read_text(encoding="utf-8")
    found = re.search(r'stroke="(#\w{6})"', drawn)
    assert found is not None
    assert contrast(QColor(found[1]), colours.field) >= SIGN
    assert contrast(QColor(found[1]), colours.panel) >= SIGN


@pytest.mark.parametrize("scheme", [one for one in Scheme if one.is_strong])
def test_strong_contrast_is_strong_and_needs_no_tint(scheme: Scheme) -> None:
    colours = tokens(scheme)

    words = [colours.ink, colours.quiet, colours.accent, *(one.ink for one in hues(colours))]
    for word, ground in product(words, (colours.window, colours.panel, colours.field)):
        assert contrast(word, ground) >= STRONG, (word.name(), ground.name())
    for line in (colours.rule, colours.edge, *(one.edge for one in hues(colours))):
        assert contrast(line, colours.panel) >= STRONG, line.name()
    assert {one.tint.name() for one in hues(colours)} == {colours.panel.name()}


@pytest.mark.parametrize("scheme", [one for one in Scheme if one.is_strong])
def test_strong_contrast_has_a_ring_of_three_pixels(
    undressed: QApplication, qtbot: QtBot, scheme: Scheme
) -> None:
    colours = apply_theme(undressed, scheme)
    made = button("Simpan", "b")
    qtbot.addWidget(made)
    made.resize(160, 48)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)

    seen = made.grab().toImage()

    ring = [seen.pixelColor(x, 24) for x in range(3)]
    assert ring == [colours.focus] * 3


def test_letters_grow_and_so_do_the_steps_of_the_scale(
    undressed: QApplication, qtbot: QtBot
) -> None:
    sizes = {}
    for text in TEXT_SIZES:
        apply_theme(undressed, Scheme.LIGHT, text=text)
        labels = [made("Kata") for made in (title, heading, body, quiet)]
        for label in labels:
            qtbot.addWidget(label)
            label.ensurePolished()
        sizes[text] = [round(label.fontInfo().pointSizeF(), 1) for label in labels]
        assert grown(200) == 200 * text // 100
        assert points(SMALL_POINTS) == pytest.approx(SMALL_POINTS * text / 100)

    for text in TEXT_SIZES:
        for grew, drawn in zip(sizes[text], sizes[100], strict=True):
            assert grew == pytest.approx(drawn * text / 100, rel=0.06), text


def test_each_zone_has_its_hue_and_no_zone_is_grey(colours: Tokens) -> None:
    assert zone_hue(colours, ZoneColour.RED) is colours.red
    assert zone_hue(colours, ZoneColour.YELLOW) is colours.yellow
    assert zone_hue(colours, ZoneColour.GREEN) is colours.green
    assert zone_hue(colours, None) is colours.grey


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_theme_can_be_put_on_and_changed(undressed: QApplication, scheme: Scheme) -> None:
    colours = apply_theme(undressed, scheme)

    assert colours.scheme is scheme
    assert undressed.palette().window().color() == colours.window
    assert "$" not in undressed.styleSheet()
    assert colours.red.edge.name() in undressed.styleSheet()
    assert QFontInfo(undressed.font()).family() == "Noto Sans"


def test_style_sheet_names_only_pictures_that_are_shipped(undressed: QApplication) -> None:
    for scheme in Scheme:
        apply_theme(undressed, scheme)
        pictures = re.findall(r"url\(icons:([\w-]+)\.svg\)", undressed.styleSheet())
        assert pictures
        assert set(pictures) <= set(ICONS)


def test_every_wanted_icon_is_shipped() -> None:
    assert set(ICONS) >= WANTED


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_draws_something_in_the_colour_it_was_given(qapp: QApplication, name: str) -> None:
    drawn = icon(name, QColor("#C4392F"))

    assert inked(drawn) > 4
    if name != "app" and not name.startswith("control-"):
        source = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        assert "currentColor" in source
        assert "#" not in source
        assert 'viewBox="0 0 24 24"' in source


def test_an_icon_that_is_not_shipped_is_refused(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("nothing", QColor("black"))


def test_a_changed_role_is_seen_at_once(qtbot: QtBot, undressed: QApplication) -> None:
    colours = apply_theme(undressed, Scheme.LIGHT)
    label = QLabel("Kata")
    qtbot.addWidget(label)
    label.show()

    dress(label, "fault")

    assert label.palette().windowText().color() == colours.red.ink
    dress(label, "quiet")
    assert label.palette().windowText().color() == colours.quiet


def test_a_card_has_round_corners_on_its_own_ground(qtbot: QtBot, undressed: QApplication) -> None:
    colours = apply_theme(undressed, Scheme.DARK)
    ground = QFrame()
    dress(ground, "page")
    card = QFrame(ground)
    dress(card, "card")
    card.setGeometry(10, 10, 80, 80)
    qtbot.addWidget(ground)
    ground.resize(100, 100)
    ground.show()

    seen = ground.grab().toImage()

    assert seen.pixelColor(50, 50) == colours.panel
    assert seen.pixelColor(11, 11) == colours.window


def inked(drawn: QIcon) -> int:
    """How many pixels of an icon are not see-through."""
    picture = drawn.pixmap(QSize(24, 24)).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    size = picture.size()
    return sum(
        picture.pixelColor(x, y).alpha() > 0
        for x, y in product(range(size.width()), range(size.height()))
    )
