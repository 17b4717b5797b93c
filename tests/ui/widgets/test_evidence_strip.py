"""Photos come by button, drop and paste, and are opened by mouse, finger and key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from tests.ui.widgets.hands import shown, spoken, tap

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens
from assessor_app.ui.widgets.evidence_strip import EvidenceStrip, Thumb

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def strip(tokens: Tokens) -> Iterator[EvidenceStrip]:
    made = EvidenceStrip("P15-06.practice.evidence", tokens, add="Tambah foto", empty="Belum ada.")
    yield made
    if isValid(made):  # no window took it along
        made.deleteLater()


def picture() -> QImage:
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    return image


def thumbs(count: int) -> list[Thumb]:
    return [Thumb(f"e{at}", picture(), f"Foto {at}") for at in range(count)]


def part(strip: EvidenceStrip, name: str) -> QAbstractButton:
    found = strip.findChild(QAbstractButton, f"P15-06.practice.evidence.{name}")
    assert found is not None
    return found


def files(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/foto/{name}") for name in names])
    return data


def drag_over(strip: EvidenceStrip, data: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(20, 20), COPY, data, LEFT, PLAIN)
    event.ignore()
    QApplication.sendEvent(strip, event)
    return event.isAccepted()


def drop(strip: EvidenceStrip, data: QMimeData) -> None:
    QApplication.sendEvent(strip, QDropEvent(QPointF(20, 20), COPY, data, LEFT, PLAIN))


def test_the_button_asks_for_photos(strip: EvidenceStrip, qtbot: QtBot) -> None:
    window = shown(strip, qtbot)

    with qtbot.waitSignal(strip.add_wanted):
        tap(part(strip, "add"))

    assert part(strip, "add").height() >= TOUCH_TARGET_PX
    assert window.isVisible()


def test_dropped_files_of_evidence_are_told_and_others_left_to_the_page(
    strip: EvidenceStrip,
) -> None:
    spy = QSignalSpy(strip.dropped)
    names = ("loket.JPG", "papan.heic", "berita.pdf", "antrean.MP4", "suara.m4a", "catatan.txt")

    assert drag_over(strip, files("loket.JPG"))
    assert strip.property("over") is True
    drop(strip, files(*names))

    assert spy.at(0) == [[Path(f"/foto/{name}") for name in names[:-1]]]
    assert strip.property("over") is False
    assert not drag_over(strip, files("catatan.txt"))


def test_a_recording_shows_its_sign_and_length_in_place_of_a_picture(
    strip: EvidenceStrip, qtbot: QtBot, tokens: Tokens
) -> None:
    window = shown(strip, qtbot)
    strip.show_thumbs(
        [
            Thumb("film", QImage(), "Antrean", sign="video", badge="1:05"),
            Thumb("none", QImage(), "Hilang"),
            Thumb("page", picture(), "Maklumat", sign="document", badge="3 halaman"),
        ]
    )
    qtbot.waitExposed(window)
    film, none, page = (part(strip, f"thumb.{name}").grab().toImage() for name in _NAMES)

    assert spoken(part(strip, "thumb.film")) == "Antrean"
    ground = tokens.track.rgb()
    assert any(film.pixel(x, y) != ground for x in range(20, 50) for y in range(14, 44))  # the sign
    assert all(none.pixel(x, y) == ground for x in range(20, 50) for y in range(14, 44))
    assert page.pixel(36, 20) == picture().pixel(36, 20)
    for badged in (film, page):
        assert badged.pixel(4, 60) == tokens.panel.rgb()
        assert any(badged.pixel(x, 62) != tokens.panel.rgb() for x in range(8, 64))


_NAMES = ("film", "none", "page")


def test_a_drag_that_leaves_takes_its_light_away(strip: EvidenceStrip) -> None:
    drag_over(strip, files("loket.jpg"))

    QApplication.sendEvent(strip, QDragLeaveEvent())

    assert strip.property("over") is False


def test_a_dropped_picture_without_a_file_is_taken_as_pasted(strip: EvidenceStrip) -> None:
    data = QMimeData()
    data.setImageData(picture())
    spy = QSignalSpy(strip.pasted)

    assert drag_over(strip, data)
    drop(strip, data)

    assert spy.at(0)[0].size() == picture().size()


def test_a_picture_is_pasted_by_key_from_anywhere_in_the_strip(
    strip: EvidenceStrip, qtbot: QtBot
) -> None:
    window = shown(strip, qtbot)
    QGuiApplication.clipboard().setImage(picture())
    part(strip, "add").setFocus()

    with qtbot.waitSignal(strip.pasted) as heard:
        QTest.keyClick(part(strip, "add"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert heard.args is not None
    assert heard.args[0].size() == picture().size()
    assert window.isVisible()


def test_a_clipboard_of_words_is_not_taken(strip: EvidenceStrip, qapp: QApplication) -> None:
    QGuiApplication.clipboard().setText("kata")

    assert not strip.paste()


def test_a_thumb_is_opened_by_mouse_finger_and_key(strip: EvidenceStrip, qtbot: QtBot) -> None:
    window = shown(strip, qtbot)
    strip.show_thumbs(thumbs(3))
    spy = QSignalSpy(strip.opened)
    qtbot.waitUntil(part(strip, "thumb.e1").isVisible)

    QTest.mouseClick(part(strip, "thumb.e1"), LEFT)
    tap(part(strip, "thumb.e2"))
    part(strip, "thumb.e0").setFocus()
    QTest.keyClick(part(strip, "thumb.e0"), Qt.Key.Key_Space)

    assert [spy.at(at)[0] for at in range(spy.count())] == ["e1", "e2", "e0"]
    assert spoken(part(strip, "thumb.e0")) == "Foto 0"
    assert window.isVisible()


def test_other_thumbs_replace_those_shown(strip: EvidenceStrip, qtbot: QtBot) -> None:
    window = shown(strip, qtbot)
    strip.show_thumbs(thumbs(3))

    strip.show_thumbs(thumbs(1))

    qtbot.waitUntil(lambda: len(strip.findChildren(QAbstractButton)) == 2)
    assert window.isVisible()


def test_the_same_thumbs_shown_again_keep_the_focus(strip: EvidenceStrip, qtbot: QtBot) -> None:
    window = shown(strip, qtbot)
    same = thumbs(2)
    strip.show_thumbs(same)
    part(strip, "thumb.e1").setFocus()

    strip.show_thumbs(list(same))

    assert part(strip, "thumb.e1").hasFocus()
    assert window.isVisible()


def test_a_thumb_reached_by_key_comes_into_view(strip: EvidenceStrip, qtbot: QtBot) -> None:
    window = shown(strip, qtbot, width=420)
    strip.show_thumbs(thumbs(12))
    last = part(strip, "thumb.e11")
    qtbot.waitUntil(lambda: last.visibleRegion().isEmpty())

    last.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    assert window.isVisible()


def test_waiting_places_move_only_while_they_are_seen(strip: EvidenceStrip, qtbot: QtBot) -> None:
    window = shown(strip, qtbot)
    strip.show_pending(2)
    clocks = strip.findChildren(QTimer)
    assert len(clocks) >= 2
    qtbot.waitUntil(lambda: all(clock.isActive() for clock in clocks))

    window.hide()
    assert not any(clock.isActive() for clock in clocks)
    strip.show_pending(0)
    qtbot.waitUntil(lambda: not [clock for clock in strip.findChildren(QTimer) if clock.isActive()])
