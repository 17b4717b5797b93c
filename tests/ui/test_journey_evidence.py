"""Evidence as an assessor meets it: it comes by itself, is looked at, drawn upon and moved."""

import io
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.services.test_annotations import coloured
from tests.services.test_redacting import pictures_of
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.visiting import PASSPHRASE, answer_all, jpeg

from assessor_app.compose import Application
from assessor_app.domain.annotation import Shape
from assessor_app.domain.components import Component
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource, ObservationKey
from assessor_app.instruments.library import Library
from assessor_app.services.evidence.watching import WatchedFolder
from assessor_app.services.preview import preview
from assessor_app.services.store_settings import change_settings
from assessor_app.texts import Language
from assessor_app.ui import photo_watch
from assessor_app.ui.directory import PageName
from assessor_app.ui.widgets.sign_canvas import SignCanvas
from assessor_app.ui.widgets.zoom_view import ZoomView

CODE, OTHER = "P15-06", "P15-08"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "DCIM"
    made.mkdir()
    return made


@pytest.fixture
def begun(application: Application, library: Library) -> str:
    workplace = application.unlock(PASSPHRASE)
    visit = begin(workplace, library.get("2015-pemda"), library)
    workplace.store.close()
    return visit


@pytest.fixture
def hands(
    application: Application,
    begun: str,
    folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Hands:
    """At the checklist of a visit, with a folder that is watched often."""
    monkeypatch.setattr(photo_watch, "_EVERY_MS", 60)
    monkeypatch.setattr("assessor_app.services.evidence.watching.SETTLED_AFTER", 0.05)
    made = opened(application, qtbot)
    made.unlock()
    made.at(PageName.VISITS)
    folders = (WatchedFolder(folder, EvidenceSource.CAMERA),)
    change_settings(made.window.desk.workplace, photo_folders=folders)
    made.window.page.visit_opened.emit(begun)  # type: ignore[attr-defined]  # of VisitsPage
    made.at(PageName.CHECKLIST)
    made.checklist.show_indicator(CODE)
    return made


def arrive(folder: Path, name: str, colour: str) -> None:
    """A photo as a camera puts it there: under another name first."""
    part_of_it = folder / f"{name}.part"
    part_of_it.write_bytes(jpeg(colour))
    later = time.time() + 60  # the tests' clock stands still, that of the disk does not
    os.utime(part_of_it, (later, later))
    part_of_it.rename(folder / name)


def evidence(hands: Hands, code: str = CODE, side: Side = Side.PAPERWORK) -> list[str]:
    snapshot = hands.checklist.session.snapshot
    return [one.id for one in snapshot.evidence_for(ObservationKey(code, side))]


def until(qtbot: QtBot, so: Callable[[], bool]) -> None:
    qtbot.waitUntil(so, timeout=PATIENCE_MS)


def text_of(hands: Hands, name: str) -> str:
    return part(hands.window, QLabel, name).text()


def test_a_photo_lands_is_taken_off_by_one_tap_and_others_are_moved(
    hands: Hands, folder: Path, qtbot: QtBot
) -> None:
    assert "DCIM ✓" in part(hands.window, QLabel, "landing.state").toolTip() + text_of(
        hands, "landing.state"
    )
    arrive(folder, "IMG_1.jpg", "navy")
    until(qtbot, lambda: len(evidence(hands)) == 1)
    session = hands.checklist.session
    (first,) = evidence(hands)
    assert session.snapshot.evidence[first].source is EvidenceSource.CAMERA
    assert session.snapshot.evidence[first].file_name == "IMG_1.jpg"
    assert f"masuk ke {CODE}" in text_of(hands, "landing.arrived.text")

    hands.touch("landing.arrived.first")

    assert evidence(hands) == []
    assert list(session.snapshot.unattached) == [first]
    assert (
        "1 bukti tidak terpasang"
        in part(hands.window, QAbstractButton, "landing.unattached").text()
    )
    hands.click("landing.unattached")
    hands.click(f"unattached.attach.{first}")
    assert evidence(hands) == [first]
    hands.click("unattached.leave")

    arrive(folder, "IMG_2.jpg", "red")
    until(qtbot, lambda: len(evidence(hands)) == 2)
    hands.click("landing.arrived.second")
    QTest.keyClicks(part(hands.window, QLineEdit, "place.search"), OTHER)
    hands.key(Qt.Key.Key_Return)
    assert evidence(hands) == [first]
    assert len(evidence(hands, OTHER)) == 1


def test_a_photo_that_is_still_being_written_is_told_of_before_it_lands(
    hands: Hands, folder: Path, qtbot: QtBot
) -> None:
    def state() -> str:
        return part(hands.window, QLabel, "landing.state").toolTip()

    (folder / "IMG_1.jpg").touch()
    until(qtbot, lambda: "1 foto sedang masuk" in state())
    assert evidence(hands) == []

    (folder / "IMG_1.jpg").unlink()
    arrive(folder, "IMG_1.jpg", "navy")

    until(qtbot, lambda: len(evidence(hands)) == 1)
    until(qtbot, lambda: "sedang masuk" not in state())


def test_while_paused_or_elsewhere_photos_wait_and_then_come(
    hands: Hands, folder: Path, qtbot: QtBot
) -> None:
    session = hands.checklist.session
    hands.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    hands.at(PageName.REVIEW)

    arrive(folder, "IMG_3.jpg", "navy")

    until(qtbot, lambda: "1 foto baru menunggu" in hands.notice())
    assert session.snapshot.evidence == {}
    hands.window.go(hands.window.where.at(PageName.CHECKLIST))
    hands.at(PageName.CHECKLIST)
    until(qtbot, lambda: len(hands.checklist.session.snapshot.evidence) == 1)


def test_the_same_photo_twice_and_one_that_is_none_disturb_nobody(
    hands: Hands, folder: Path, qtbot: QtBot
) -> None:
    arrive(folder, "IMG_1.jpg", "navy")
    until(qtbot, lambda: len(evidence(hands)) == 1)
    arrive(folder, "IMG_1 (1).jpg", "navy")
    arrive(folder, "IMG_2.jpg", "red")

    until(qtbot, lambda: len(evidence(hands)) == 2)

    assert not part(hands.window, QWidget, "checklist.notice").isVisible()


def open_first(hands: Hands, qtbot: QtBot) -> QWidget:
    (first,) = evidence(hands)
    name = f"indicator.{CODE}.paperwork.evidence.thumb.{first}"
    until(qtbot, lambda: hands.window.findChild(QAbstractButton, name) is not None)
    hands.click(name)
    hands.wait_for("photo.picture")
    return part(hands.window, QWidget, "photo")


def test_a_photo_is_looked_at_closely_and_described(
    hands: Hands, folder: Path, qtbot: QtBot
) -> None:
    arrive(folder, "IMG_1.jpg", "navy")
    until(qtbot, lambda: len(evidence(hands)) == 1)
    view = part(open_first(hands, qtbot), ZoomView, "photo.picture")
    until(qtbot, lambda: not view.image.isNull())

    QTest.keyClicks(view, "++")
    assert view.zoom > 1.5
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1
    turn_wheel(view, 120)
    assert view.zoom > 1.2
    pinch(view, 40, 160)
    assert view.zoom > 3
    QTest.mouseDClick(view, Qt.MouseButton.LeftButton)
    assert view.zoom == 1
    QTest.keyClick(view, Qt.Key.Key_R)
    assert view.quarter == 1
    editor = part(hands.window, QLineEdit, "photo.caption")
    editor.setFocus()
    QTest.keyClicks(editor, "Loket 3 tutup")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    snapshot = hands.checklist.session.snapshot
    assert snapshot.evidence[evidence(hands)[0]].caption == "Loket 3 tutup"
    part(hands.window, QWidget, "photo").close()


def turn_wheel(view: ZoomView, by: int) -> None:
    at = QPointF(view.rect().center())
    turned = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, turned)


def pinch(view: ZoomView, before: int, after: int) -> None:
    """Two fingers that part from each other around the middle."""
    device = QTest.createTouchDevice()
    middle = view.rect().center()
    one, other = middle - QPoint(before, 0), middle + QPoint(before, 0)
    QTest.touchEvent(view, device).press(0, one, view).press(1, other, view).commit()
    one, other = middle - QPoint(after, 0), middle + QPoint(after, 0)
    QTest.touchEvent(view, device).move(0, one, view).move(1, other, view).commit()
    QTest.touchEvent(view, device).release(0, one, view).release(1, other, view).commit()


def drag(canvas: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, (start + end) / 2)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)


def test_what_is_drawn_and_what_is_covered_are_both_in_the_document(
    hands: Hands, folder: Path, qtbot: QtBot
) -> None:
    arrive(folder, "IMG_1.jpg", "white")
    until(qtbot, lambda: len(evidence(hands)) == 1)
    open_first(hands, qtbot)
    hands.click("photo.draw")
    hands.wait_for("annotation.canvas")
    canvas = part(hands.window, SignCanvas, "annotation.canvas")
    until(qtbot, canvas.hasFocus)
    middle = canvas.rect().center()
    drag(canvas, middle - QPoint(150, 100), middle + QPoint(100, 80))
    QTest.keyClick(canvas, Qt.Key.Key_6)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(150, -120))
    QTest.keyClicks(part(hands.window, QLineEdit, "annotation.text"), "antrean")
    QTest.keyClick(part(hands.window, QLineEdit, "annotation.text"), Qt.Key.Key_Return)
    hands.click("annotation.save")

    session = hands.checklist.session
    (item,) = (session.snapshot.evidence[one] for one in evidence(hands))
    assert {one.shape for one in item.annotations} == {Shape.ARROW, Shape.TEXT}
    hands.wait_for("photo.cover")
    hands.click("photo.cover")
    hands.wait_for("redaction.canvas")
    boxes = part(hands.window, QWidget, "redaction.canvas")
    until(qtbot, boxes.hasFocus)
    middle = boxes.rect().center()
    drag(boxes, middle - QPoint(60, 60), middle + QPoint(60, 60))
    hands.click("redaction.save")
    part(hands.window, QWidget, "photo").close()

    answer_all(session, absent={CODE: "practice"})
    workplace = hands.window.desk.workplace
    pdf = preview(session, workplace, Language.INDONESIAN)
    shown = [one for one in pictures_of(pdf) if coloured(one) > 0.002]
    assert shown
    with Image.open(io.BytesIO(shown[0])) as picture:
        width, height = picture.size
        box = (width // 2, height // 2, width // 2 + 4, height // 2 + 4)
        assert max(picture.convert("L").crop(box).tobytes()) < 20


def test_a_web_page_is_taken_with_its_screenshot_and_the_14_components(
    hands: Hands, qtbot: QtBot
) -> None:
    shot = QImage(800, 600, QImage.Format.Format_RGB32)
    shot.fill(QColor("navy"))
    QGuiApplication.clipboard().setImage(shot)
    hands.click(f"indicator.{CODE}.paperwork.evidence.web")
    QTest.keyClicks(part(hands.window, QLineEdit, "web.url"), "javascript:1")
    hands.click("web.paste")
    hands.click("web.take")
    assert evidence(hands) == []
    hands.type("web.url", "disdukcapil.ambon.go.id/ktp")
    for one in list(Component)[:11]:
        part(hands.window, QCheckBox, f"web.component.{one.value}").click()

    hands.click("web.take")

    until(qtbot, lambda: len(evidence(hands)) == 1)
    item = hands.checklist.session.snapshot.evidence[evidence(hands)[0]]
    assert item.url == "https://disdukcapil.ambon.go.id/ktp"
    assert item.seen_at is not None
    assert len(item.components or ()) == 11


def test_several_files_come_with_progress_and_failures_are_named(
    hands: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    files = []
    for number in range(6):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(jpeg("navy", size=(640 + number, 480)) if number != 2 else b"no photo")
        files.append(file)
    goal = hands.checklist.spot.goal(Side.PRACTICE)

    hands.checklist.proving.take_files(goal, files)

    assert "dari 6" in text_of(hands, "landing.coming.text")
    until(qtbot, lambda: len(evidence(hands, side=Side.PRACTICE)) == 5)
    until(qtbot, lambda: "5 dari 6 berkas masuk" in text_of(hands, "landing.coming.text"))
    assert "2.jpg" in text_of(hands, "landing.coming.text")
    hands.click("landing.coming.first")
    assert not part(hands.window, QWidget, "landing.coming").isVisible()


def test_a_run_of_files_can_be_stopped(hands: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    files = []
    for number in range(8):
        file = tmp_path / f"{number}.jpg"
        file.write_bytes(jpeg("navy", size=(640 + number, 480)))
        files.append(file)
    goal = hands.checklist.spot.goal(Side.PRACTICE)
    hands.checklist.proving.take_files(goal, files)

    hands.click("landing.coming.first")

    until(qtbot, lambda: "dihentikan" in text_of(hands, "landing.coming.text"))
    assert 1 <= len(evidence(hands, side=Side.PRACTICE)) < 8
