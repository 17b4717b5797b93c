"""Covering parts of evidence in the window: drawn, changed, taken back, saved, and seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from tests.services import offered
from tests.ui.hands_at_window import drop
from tests.ui.pages.checklist_hands import CTRL, PAPER, PRACTICE, AtChecklist
from tests.ui.pages.hands import assert_usable, desk_over, part, shown
from tests.visiting import answer, answer_all, attach, photo_file, record

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Evidence, ObservationKey
from assessor_app.domain.redaction import SCALE, Box, Layer, Why
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.copies import photo
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.ui.pages.checklist.drawn_steps import DrawnSteps
from assessor_app.ui.pages.checklist.photo_view import PhotoView
from assessor_app.ui.pages.checklist.redaction_editor import RedactionEditor
from assessor_app.ui.pages.review.page import ReviewPage
from assessor_app.ui.widgets.box_canvas import BoxCanvas

LEFT = Qt.MouseButton.LeftButton
FACE = Layer(1, Box(1000, 1000, 5000, 5000), Why.FACE)


def evidence(at: AtChecklist, side: Side = PRACTICE) -> Evidence:
    (item,) = at.session.snapshot.evidence_for(ObservationKey("P15-06", side))
    return item


def strip(at: AtChecklist, side: Side) -> QWidget:
    return part(at.page, QWidget, at.name(side, "evidence"))


def thumb(at: AtChecklist, side: Side = PRACTICE) -> QAbstractButton:
    marked = f"{at.name(side, 'evidence')}.thumb."
    found = strip(at, side).findChildren(QAbstractButton)
    return next(one for one in found if one.objectName().startswith(marked))


def press(view: QWidget, name: str) -> None:
    QTest.mouseClick(part(view, QPushButton, name), LEFT)


def opened(at: AtChecklist, side: Side = PRACTICE) -> tuple[QDialog, RedactionEditor]:
    """The view of a piece of evidence, and the editor over it with its picture."""
    at.until(lambda: not at.desk.tasks.running)
    at.rest()
    thumb(at, side).click()
    view = part(at.page, QDialog, "photo")
    at.rest()
    press(view, "photo.cover")
    editor = part(view, RedactionEditor, "redaction")
    at.rest()
    return view, editor


def draw(editor: QWidget, box: Box) -> None:
    canvas = part(editor, BoxCanvas, "redaction.canvas")
    place = canvas.place_of(box)
    start, end = place.topLeft().toPoint(), place.bottomRight().toPoint()
    QTest.mousePress(canvas, LEFT, pos=start)
    QTest.mouseMove(canvas, QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2))
    QTest.mouseRelease(canvas, LEFT, pos=end)


def told(view: QWidget) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def with_photo(at: AtChecklist, tmp_path: Path) -> AtChecklist:
    assert drop(strip(at, PRACTICE), [photo_file(tmp_path)])
    at.rest()
    return at


def test_a_box_that_was_drawn_and_saved_is_gone_from_what_the_office_sees(
    with_photo: AtChecklist,
) -> None:
    at = with_photo
    view, editor = opened(at)
    press(editor, "redaction.why.phone")

    draw(editor, FACE.box)
    assert "Ditutup: nomor telepon" in told(editor)
    press(editor, "redaction.save")
    at.rest()

    (layer,) = evidence(at).layers
    assert layer.why is Why.PHONE
    assert all(abs(one - two) < 40 for one, two in zip(layer.box, FACE.box, strict=True))
    copy = QImage.fromData(photo(at.desk.workplace, evidence(at)))
    dark = copy.pixelColor(copy.width() * 3 // 10, copy.height() * 3 // 10)
    assert dark.lightness() < 12
    assert "Beginilah instansi melihatnya. Ditutup: nomor telepon" in told(view)
    at.until(lambda: "Ditutup: nomor telepon" in thumb(at).accessibleName())
    assert "bagian foto ditutup: nomor telepon" in at.said[-1]


def test_each_step_is_taken_back_and_given_back_by_key_and_by_button(
    with_photo: AtChecklist,
) -> None:
    _, editor = opened(with_photo)
    canvas = part(editor, BoxCanvas, "redaction.canvas")
    undo, redo = (part(editor, QAbstractButton, f"redaction.{name}") for name in ("undo", "redo"))
    assert not undo.isEnabled()

    draw(editor, FACE.box)
    QTest.keyClick(canvas, Qt.Key.Key_4)  # a child
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert "Belum ada yang ditutup" in told(editor)
    undo.click()
    assert "Ditutup: anak" in told(editor)
    QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert "Ditutup: wajah" in told(editor)
    redo.click()
    QTest.keyClick(canvas, Qt.Key.Key_Y, CTRL)
    assert "Belum ada yang ditutup" in told(editor)
    assert not redo.isEnabled()
    assert evidence(with_photo).layers == ()  # nothing is recorded before it is saved


def test_what_was_drawn_is_not_lost_at_the_first_escape(with_photo: AtChecklist) -> None:
    _, editor = opened(with_photo)
    draw(editor, FACE.box)

    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.isVisible()
    assert "belum disimpan" in part(editor, QWidget, "redaction.notice").accessibleName()

    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert evidence(with_photo).layers == ()


def test_the_preview_shows_what_the_office_sees_and_takes_no_box(
    with_photo: AtChecklist,
) -> None:
    _, editor = opened(with_photo)
    canvas = part(editor, BoxCanvas, "redaction.canvas")
    draw(editor, FACE.box)

    press(editor, "redaction.preview")
    draw(editor, Box(6000, 6000, 9000, 9000))

    middle = canvas.place_of(Box(2900, 2900, 3100, 3100)).center().toPoint()
    assert canvas.grab().toImage().pixelColor(middle) == QColor("black")
    assert not part(editor, QPushButton, "redaction.remove").isEnabled()
    press(editor, "redaction.preview")
    press(editor, "redaction.save")
    assert len(evidence(with_photo).layers) == 1


def test_the_pages_of_a_document_are_covered_one_by_one(at: AtChecklist, tmp_path: Path) -> None:
    document = tmp_path / "maklumat.pdf"
    document.write_bytes(offered.pdf("Nama: Sari", "Lampiran"))
    assert drop(strip(at, PAPER), [document])
    _, editor = opened(at, PAPER)
    assert "Halaman 1 dari 2" in told(editor)

    draw(editor, FACE.box)
    part(editor, QAbstractButton, "redaction.next").click()
    assert "Halaman 2 dari 2" in told(editor)
    draw(editor, Box(4000, 4000, 8000, 6000))
    press(editor, "redaction.save")

    assert [one.page for one in evidence(at, PAPER).layers] == [1, 2]


def test_every_part_of_the_editor_can_be_reached_and_named(with_photo: AtChecklist) -> None:
    _, editor = opened(with_photo)

    assert_usable(editor)


def test_a_visit_whose_document_is_issued_offers_no_cover(
    session: Session, workplace: Workplace, application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    answer_all(session)
    attach(session, "P15-06", tmp_path)
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    (item,) = session.snapshot.evidence.values()
    desk = desk_over(application)
    desk.open_with(workplace)
    over = shown(qtbot, QWidget())

    closed = PhotoView(desk, item, over, session=session)
    assert not part(closed, QPushButton, "photo.cover").isHidden()
    session.issued({}, of=session.seen())
    issued = PhotoView(desk, item, over, session=session)

    assert part(issued, QPushButton, "photo.cover").isHidden()
    assert part(PhotoView(desk, item, over), QPushButton, "photo.cover").isHidden()
    desk.tasks.wait()


@pytest.fixture
def review(
    session: Session, workplace: Workplace, application: Application, qtbot: QtBot, tmp_path: Path
) -> Iterator[ReviewPage]:
    """A review with two photos that nobody looked at, and a note with a number."""
    note = {"note": "Hubungi 0812-3456-7890"}
    record(session, {"indicator": "P15-06", "side": "practice", "answer": "absent", **note})
    answer(session, "P15-06", "paperwork", "present")
    attach(session, "P15-06", tmp_path, colour="teal")
    attach(session, "P15-07", tmp_path, colour="navy")
    desk = desk_over(application)
    desk.open_with(workplace)
    page = shown(qtbot, ReviewPage(desk, session))
    page.show()
    yield page
    desk.tasks.wait()


def test_the_review_hints_at_what_nobody_looked_at_and_forbids_nothing(
    review: ReviewPage, session: Session, qtbot: QtBot
) -> None:
    pictures = part(review, QWidget, "review.covering.pictures")
    assert "2 foto dan dokumen belum diperiksa" in pictures.accessibleName()
    texts = part(review, QWidget, "review.covering.texts").accessibleName()
    assert "P15-06 (dalam praktik)" in texts
    assert "0812" not in texts

    press(review, "review.covering.pictures.action")
    editor = part(review, RedactionEditor, "redaction")
    tasks = review._desk.tasks
    qtbot.waitUntil(lambda: not tasks.running)
    press(editor, "redaction.save")  # nothing to be covered: it was looked at
    qtbot.waitUntil(lambda: not tasks.running)
    assert "1 foto dan dokumen" in pictures.accessibleName()
    draw(editor, FACE.box)
    press(editor, "redaction.save")

    assert pictures.isHidden()
    first, second = (one for _, one in sorted(session.snapshot.evidence.items()))
    assert (first.examined, first.layers) == (True, ())
    assert len(second.layers) == 1
    part(review, QTabBar, "review.tabs").setCurrentIndex(1)
    assert not part(review, QWidget, "review.covering").isVisible()


def test_a_piece_that_was_skipped_is_not_shown_under_the_name_of_the_next(
    review: ReviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its picture comes out of the worker late: boxes drawn then would cover another photo."""
    tasks = review._desk.tasks
    drawn: list[str] = []

    def watched(canvas: BoxCanvas, image: QImage) -> None:
        if not image.isNull():
            drawn.append(canvas.accessibleName())

    monkeypatch.setattr(BoxCanvas, "show_image", watched)
    press(review, "review.covering.pictures.action")
    editor = part(review, RedactionEditor, "redaction")
    part(editor, QAbstractButton, "redaction.skip").click()
    qtbot.waitUntil(lambda: not tasks.running)

    assert len(drawn) == 1


def test_skipping_does_not_lose_at_once_what_was_drawn(review: ReviewPage, qtbot: QtBot) -> None:
    tasks = review._desk.tasks
    press(review, "review.covering.pictures.action")
    editor = part(review, RedactionEditor, "redaction")
    qtbot.waitUntil(lambda: not tasks.running)
    draw(editor, FACE.box)

    press(editor, "redaction.skip")
    assert "Lewati sekali lagi" in part(editor, QWidget, "redaction.notice").accessibleName()
    draw(editor, Box(6000, 6000, 9000, 9000))
    press(editor, "redaction.skip")
    assert "1 dari 2" in told(editor)
    press(editor, "redaction.skip")
    qtbot.waitUntil(lambda: not tasks.running)

    assert "2 dari 2" in told(editor)


def test_a_history_of_layers_goes_back_and_forth() -> None:
    history = DrawnSteps((FACE,))
    assert (history.changed, history.can_undo, history.can_redo) == (False, False, False)
    history.alter(FACE._replace(box=Box(0, 0, SCALE, SCALE)))  # nothing is chosen
    history.remove()
    assert history.drawn == (FACE,)

    history.add(Layer(2, Box(0, 0, 100, 100), Why.NAME))
    assert history.chosen == Layer(2, Box(0, 0, 100, 100), Why.NAME)
    history.alter(history.chosen._replace(why=Why.NAME))  # as it was: no step
    history.alter(history.chosen._replace(box=Box(0, 0, 200, 200)))
    assert history.on_page(2) == [Layer(2, Box(0, 0, 200, 200), Why.NAME)]
    history.undo()
    assert history.chosen is None
    history.undo()
    history.undo()
    assert (history.drawn, history.can_undo, history.can_redo) == ((FACE,), False, True)
    history.redo()
    assert history.changed
    history.add(Layer(1, Box(0, 0, 300, 300), Why.CHILD))
    assert not history.can_redo
