"""Evidence comes to the side it was meant for and can be looked at; a gap asks for proof."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from tests.services import offered
from tests.ui.hands_at_window import drop
from tests.ui.pages.checklist_hands import CTRL, PAPER, PRACTICE, AtChecklist
from tests.ui.pages.hands import part
from tests.visiting import photo_file

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Evidence, EvidenceSource, ObservationKey
from assessor_app.ui.pages.checklist.photo_view import PhotoView
from assessor_app.ui.pages.checklist.proving import Proving
from assessor_app.ui.widgets.page_list import PageList
from assessor_app.ui.widgets.zoom_view import ZoomView


def photos(at: AtChecklist, side: Side, code: str = "P15-06") -> list[Evidence]:
    """The evidence that is recorded of a side."""
    return list(at.session.snapshot.evidence_for(ObservationKey(code, side)))


def strip(at: AtChecklist, side: Side) -> QWidget:
    return part(at.page, QWidget, at.name(side, "evidence"))


def thumbs(at: AtChecklist, side: Side) -> list[str]:
    """The photos that the strip of a side shows."""
    marked = f"{at.name(side, 'evidence')}.thumb."
    found = strip(at, side).findChildren(QWidget)
    return [one.objectName() for one in found if one.objectName().startswith(marked)]


def test_the_button_takes_the_photos_that_were_chosen(
    at: AtChecklist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [photo_file(tmp_path, "teal"), photo_file(tmp_path, "navy")]
    # The file dialog is the desktop's own; what is chosen in it is given here.
    monkeypatch.setattr(Proving, "ask_for_files", lambda _: chosen)

    at.click(at.name(PRACTICE, "evidence.add"))
    at.rest()

    assert len(photos(at, PRACTICE)) == 2
    at.until(lambda: len(thumbs(at, PRACTICE)) == 2)
    assert not photos(at, PAPER)
    assert "Tersimpan" in at.said[-1]


def test_the_key_for_a_photo_asks_for_the_side_that_is_looked_at(
    at: AtChecklist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Proving, "ask_for_files", lambda _: [photo_file(tmp_path)])

    at.key(Qt.Key.Key_Right)
    at.key(Qt.Key.Key_B, CTRL)
    at.rest()

    assert len(photos(at, PRACTICE)) == 1


def test_files_that_fall_onto_a_strip_belong_to_its_side(at: AtChecklist, tmp_path: Path) -> None:
    assert drop(strip(at, PAPER), [photo_file(tmp_path)])
    at.rest()

    (photo,) = photos(at, PAPER)
    assert photo.source is EvidenceSource.FILE


def test_a_picture_is_pasted_to_the_side_that_is_looked_at(at: AtChecklist) -> None:
    picture = QImage(320, 240, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(picture)

    at.key(Qt.Key.Key_Right)
    at.key(Qt.Key.Key_V, CTRL)
    at.rest()

    (photo,) = photos(at, PRACTICE)
    assert photo.source is EvidenceSource.CLIPBOARD


def test_copied_files_are_pasted_as_files(at: AtChecklist, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo_file(tmp_path)))])
    QGuiApplication.clipboard().setMimeData(data)

    at.key(Qt.Key.Key_V, CTRL)
    at.rest()

    (photo,) = photos(at, PAPER)
    assert photo.source is EvidenceSource.FILE


def test_an_empty_clipboard_is_said(at: AtChecklist) -> None:
    QGuiApplication.clipboard().clear()

    at.key(Qt.Key.Key_V, CTRL)

    assert at.said[-1] == at.desk.say("evidence.nothing_to_paste")


def test_a_file_that_is_no_photo_is_told_and_nothing_is_attached(
    at: AtChecklist, tmp_path: Path
) -> None:
    wrong = tmp_path / "bukan.jpg"
    wrong.write_bytes(b"bukan foto")

    drop(strip(at, PAPER), [wrong])
    at.rest()

    assert "bukan.jpg" in at.notice()
    assert not at.session.snapshot.evidence
    assert not thumbs(at, PAPER)


def test_one_wrong_file_among_photos_keeps_none_of_them_away(
    at: AtChecklist, tmp_path: Path
) -> None:
    wrong = tmp_path / "bukan.jpg"
    wrong.write_bytes(b"bukan foto")

    drop(strip(at, PAPER), [photo_file(tmp_path, "teal"), wrong, photo_file(tmp_path, "navy")])
    at.rest()

    told = part(at.page, QLabel, "landing.coming.text").text()
    assert "bukan.jpg" in told
    assert str(tmp_path) not in told
    assert not at.notice()  # told once
    assert len(photos(at, PAPER)) == 2


def test_a_photo_that_is_ready_later_lands_on_the_indicator_it_was_meant_for(
    at: AtChecklist, tmp_path: Path
) -> None:
    drop(strip(at, PRACTICE), [photo_file(tmp_path)])
    at.key(Qt.Key.Key_Down)
    assert at.page.code == "P15-07"
    at.rest()

    assert len(photos(at, PRACTICE, "P15-06")) == 1
    assert not photos(at, PRACTICE, "P15-07")
    assert not thumbs(at, PRACTICE)


def test_a_photo_opens_large_and_closes_with_escape(at: AtChecklist, tmp_path: Path) -> None:
    drop(strip(at, PAPER), [photo_file(tmp_path)])
    at.until(lambda: bool(thumbs(at, PAPER)) and not at.desk.tasks.running)

    at.click(thumbs(at, PAPER)[0])
    view = part(at.page, QDialog, "photo")
    at.rest()
    at.until(lambda: not part(view, ZoomView, "photo.picture").image.isNull())
    at.until(view.isActiveWindow)
    at.key(Qt.Key.Key_Escape)

    at.until(lambda: at.page.findChild(QDialog, "photo") is None)


def test_a_gap_asks_for_proof_until_a_photo_is_there(at: AtChecklist, tmp_path: Path) -> None:
    bar = "indicator.P15-06.gap"
    assert "Belum dapat dibandingkan" in words_of(at, bar)
    differ(at)
    assert "Tambahkan foto" in words_of(at, bar)
    assert at.visible("indicator.P15-06.no_evidence_reason")

    drop(strip(at, PRACTICE), [photo_file(tmp_path)])
    at.rest()

    assert "Tambahkan foto" not in words_of(at, bar)
    assert not at.visible("indicator.P15-06.no_evidence_reason")


def words_of(at: AtChecklist, name: str) -> str:
    return " ".join(label.text() for label in part(at.page, QWidget, name).findChildren(QLabel))


def test_a_gap_without_a_photo_takes_the_reason_instead(at: AtChecklist) -> None:
    differ(at)

    at.type("indicator.P15-06.no_evidence_reason", "Dilarang memotret")
    at.key(Qt.Key.Key_Return)

    reason = part(at.page, QLineEdit, "indicator.P15-06.no_evidence_reason")
    assert at.seen(PRACTICE).no_evidence_reason == "Dilarang memotret"
    assert reason.isVisible()
    assert reason.text() == "Dilarang memotret"


def differ(at: AtChecklist) -> None:
    """Promised on paper, absent in practice."""
    for key in (Qt.Key.Key_Left, Qt.Key.Key_1, Qt.Key.Key_Right, Qt.Key.Key_2):
        at.key(key)


def test_a_lost_photo_is_told_and_what_is_recorded_stays(at: AtChecklist, tmp_path: Path) -> None:
    drop(strip(at, PAPER), [photo_file(tmp_path)])
    at.rest()
    for file in (at.desk.home / "store" / "evidence").rglob("*.*"):
        file.write_bytes(b"")

    at.click(thumbs(at, PAPER)[0])
    at.until(lambda: at.notice() != "")

    assert at.seen().answer is None
    assert len(photos(at, PAPER)) == 1


def view_of(at: AtChecklist, side: Side) -> QDialog:
    """The view of the first piece of evidence, with all that it loads."""
    at.until(lambda: bool(thumbs(at, side)) and not at.desk.tasks.running)
    at.click(thumbs(at, side)[0])
    view = part(at.page, QDialog, "photo")
    at.rest()
    return view


def offered_files(folder: Path) -> list[Path]:
    document = folder / "maklumat.pdf"
    document.write_bytes(offered.pdf("Maklumat pelayanan", "Halaman dua"))
    photo = folder / "papan.heic"
    photo.write_bytes(offered.heic(offered.marked()))
    return [photo, document, offered.RECORDINGS / "note.opus", offered.RECORDINGS / "clip.mp4"]


def test_every_kind_of_evidence_falls_onto_a_strip_and_is_named(
    at: AtChecklist, tmp_path: Path
) -> None:
    drop(strip(at, PRACTICE), offered_files(tmp_path))
    at.rest()

    found = photos(at, PRACTICE)
    assert {one.kind.value for one in found} == {"photo", "document", "audio", "video"}
    at.until(lambda: len(thumbs(at, PRACTICE)) == 4 and not at.desk.tasks.running)
    named = [part(at.page, QWidget, name).accessibleName() for name in thumbs(at, PRACTICE)]
    for words in ("Foto", "Dokumen PDF", "2 halaman", "Rekaman suara", "0:02", "Rekaman video"):
        assert any(words in name for name in named), words


def test_a_document_opens_page_by_page(at: AtChecklist, tmp_path: Path) -> None:
    drop(strip(at, PAPER), [offered_files(tmp_path)[1]])

    view = view_of(at, PAPER)

    page = part(view, ZoomView, "photo.page")
    at.until(lambda: not page.image.isNull())
    first = page.image.cacheKey()
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    at.until(lambda: page.image.cacheKey() != first)
    at.rest()
    assert "Halaman 2 dari 2" in page.accessibleName()
    small = part(view, PageList, "photo.page_list")
    assert small.count() == 2
    assert small.currentRow() == 1
    assert not part(view, QWidget, "photo.notice").isVisible()
    assert any("Dokumen PDF, 2 halaman" in label.text() for label in view.findChildren(QLabel))


def test_the_page_that_proves_is_noted_and_shown_first(at: AtChecklist, tmp_path: Path) -> None:
    drop(strip(at, PAPER), [offered_files(tmp_path)[1]])
    view = view_of(at, PAPER)
    QTest.keyClick(part(view, ZoomView, "photo.page"), Qt.Key.Key_Right)
    at.rest()

    QTest.mouseClick(part(view, QPushButton, "photo.page_proves"), Qt.MouseButton.LeftButton)

    assert photos(at, PAPER)[0].page == 2
    view.close()
    at.until(lambda: at.page.findChild(QDialog, "photo") is None)
    again = view_of(at, PAPER)
    at.rest()
    assert part(again, PageList, "photo.page_list").currentRow() == 1
    QTest.mouseClick(part(again, QPushButton, "photo.page_proves"), Qt.MouseButton.LeftButton)
    assert photos(at, PAPER)[0].page is None


@pytest.mark.parametrize(("number", "words"), [(2, "Rekaman suara, 0:02"), (3, "Rekaman video")])
def test_a_recording_is_shown_as_a_card_and_saved_as_a_copy(
    at: AtChecklist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    file = offered_files(tmp_path)[number]
    drop(strip(at, PRACTICE), [file])
    view = view_of(at, PRACTICE)
    out = tmp_path / "salinan"
    # The file dialog is the desktop's own; what is chosen in it is given here.
    monkeypatch.setattr(PhotoView, "ask_where", lambda _: out)
    card = part(view, QWidget, "photo.recording")
    assert any(words in label.text() for label in card.findChildren(QLabel))

    QTest.mouseClick(part(view, QPushButton, "photo.save"), Qt.MouseButton.LeftButton)
    at.rest()

    told = part(view, QWidget, "photo.notice").accessibleName()
    assert out.read_bytes() == file.read_bytes()
    assert str(out) in told
    assert "SHA-256" in told
    QTest.mouseClick(part(view, QPushButton, "photo.save"), Qt.MouseButton.LeftButton)
    at.rest()
    assert "tidak ditimpa" in part(view, QWidget, "photo.notice").accessibleName()


def test_a_dialog_that_is_left_saves_nothing(
    at: AtChecklist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(strip(at, PRACTICE), [photo_file(tmp_path)])
    view = view_of(at, PRACTICE)
    asked: list[str] = []

    def left(_view: QWidget, _title: str, proposed: str, **_: object) -> tuple[str, str]:
        asked.append(proposed)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", left)

    QTest.mouseClick(part(view, QPushButton, "photo.save"), Qt.MouseButton.LeftButton)

    (item,) = photos(at, PRACTICE)
    assert asked[0].endswith(f"bukti-{item.sha256[:16]}.jpg")
    assert not part(view, QWidget, "photo.notice").isVisible()


def test_the_file_dialog_offers_every_kind(
    at: AtChecklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def left(_page: QWidget, _title: str, _folder: str, kinds: str) -> tuple[list[str], str]:
        asked.append(kinds)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", left)

    at.click(at.name(PRACTICE, "evidence.add"))

    for pattern in ("*.heic", "*.pdf", "*.m4a", "*.mp4", "(*)"):
        assert pattern in asked[0]
