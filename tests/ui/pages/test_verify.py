"""The verifier's page, on real documents: whole, touched, and none at all."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import (
    PATIENCE_MS,
    assert_usable,
    click,
    desk_over,
    part,
    pdf_of_nothing,
    shown,
    text_of,
    wait_for_tasks,
)
from tests.visiting import SIGNING_PASSPHRASE, complete

from assessor_app.compose import Application
from assessor_app.services import verifying
from assessor_app.services.enrolment import Workplace
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.verify.page import VerifyPage


@pytest.fixture
def desk(application: Application, qtbot: QtBot) -> Iterator[Desk]:
    desk = desk_over(application)
    yield desk
    desk.tasks.wait()


@pytest.fixture
def document(session: Session, workplace: Workplace, tmp_path: Path) -> Path:
    """A findings document as the product signs it."""
    complete(session, workplace, tmp_path)
    now = workplace.store.clock.now()
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    out = tmp_path / "temuan.pdf"
    issue(session, workplace, identity, out=out, language=Language.INDONESIAN)
    return out


def judged(page: VerifyPage, desk: Desk, qtbot: QtBot) -> str:
    wait_for_tasks(qtbot, desk)
    qtbot.waitUntil(lambda: bool(text_of(page, "verify.standing")))  # shown by the next event
    return text_of(page, "verify.standing")


def test_a_trial_document_is_undetermined_until_trial_identities_are_accepted(
    desk: Desk, document: Path, qtbot: QtBot
) -> None:
    page = shown(qtbot, VerifyPage(desk, document))

    first = judged(page, desk, qtbot)
    QTest.keyClick(part(page, QCheckBox, "verify.trial"), Qt.Key.Key_Space)
    then = judged(page, desk, qtbot)

    assert (first, then) == ("Tidak dapat dipastikan", "Sah")
    assert "uji coba" in text_of(page, "verify.reason")
    assert text_of(page, "verify.fact.number").startswith("T-2026-")
    assert text_of(page, "verify.signer.TTD_Asesor1") == "Siti Rahma, S.H., ketua tim"
    digest = text_of(page, "verify.fact.hash").replace(" ", "")
    assert len(digest) == 64
    assert_usable(page)


def test_the_time_of_signing_is_told_in_the_assessors_zone(
    desk: Desk, workplace: Workplace, document: Path, qtbot: QtBot
) -> None:
    desk.open_with(workplace)
    page = shown(qtbot, VerifyPage(desk, document))
    judged(page, desk, qtbot)

    texts = [one.text() for one in page.findChildren(QLabel)]

    assert any(one.startswith("22 November 2026, 09.") and " WIT, " in one for one in texts)
    assert not any("UTC" in one for one in texts)


def test_one_changed_byte_is_refused_with_the_reason(
    desk: Desk, document: Path, qtbot: QtBot
) -> None:
    content = bytearray(document.read_bytes())
    content[len(content) // 2] ^= 1
    document.write_bytes(content)

    page = shown(qtbot, VerifyPage(desk, document))

    assert judged(page, desk, qtbot) == "Ditolak"
    assert text_of(page, "verify.reason")


def test_a_file_is_judged_when_it_is_dropped(desk: Desk, document: Path, qtbot: QtBot) -> None:
    page = shown(qtbot, VerifyPage(desk, None))

    drop(page, document)

    assert judged(page, desk, qtbot) == "Tidak dapat dipastikan"
    assert text_of(page, "verify.fact.file") == "temuan.pdf"


def test_a_file_is_judged_when_it_is_chosen(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = pdf_of_nothing(tmp_path)
    monkeypatch.setattr(VerifyPage, "_ask_which", lambda _page, _titled: chosen)
    page = shown(qtbot, VerifyPage(desk, None))

    click(page, "verify.choose")

    assert judged(page, desk, qtbot) == "Ditolak"
    assert text_of(page, "verify.signer.none") == desk.say("verify.unsigned")


def test_what_is_no_readable_file_says_so_and_clears_the_verdict(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(qtbot, VerifyPage(desk, pdf_of_nothing(tmp_path)))
    assert judged(page, desk, qtbot) == "Ditolak"

    page.verify(tmp_path / "tidak-ada.pdf")
    qtbot.waitUntil(lambda: bool(text_of(page, "verify.notice.text")), timeout=PATIENCE_MS)

    assert "tidak-ada.pdf" in text_of(page, "verify.notice.text")
    qtbot.waitUntil(lambda: page.findChild(QWidget, "verify.verdict") is None)


def test_a_new_verdict_takes_the_place_of_the_old(
    desk: Desk, document: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(qtbot, VerifyPage(desk, document))
    judged(page, desk, qtbot)

    page.verify(pdf_of_nothing(tmp_path))

    qtbot.waitUntil(lambda: text_of(page, "verify.standing") == "Ditolak", timeout=PATIENCE_MS)


def test_what_comes_late_is_not_shown_under_another_name(
    desk: Desk, document: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, go_on = verifying.verify_file, Event()

    def slowly(path: Path, **how: Any) -> verifying.Verdict:
        if path == document:
            go_on.wait(PATIENCE_MS / 1000)
        return judge(path, **how)

    monkeypatch.setattr(verifying, "verify_file", slowly)
    page = shown(qtbot, VerifyPage(desk, document))
    drop(page, pdf_of_nothing(tmp_path))
    qtbot.waitUntil(lambda: text_of(page, "verify.standing") == "Ditolak", timeout=PATIENCE_MS)

    go_on.set()
    wait_for_tasks(qtbot, desk)

    assert text_of(page, "verify.standing") == "Ditolak"
    assert text_of(page, "verify.fact.file") == "bukan.pdf"


def test_another_language_judges_the_same_file_again(
    desk: Desk, document: Path, qtbot: QtBot
) -> None:
    page = shown(qtbot, VerifyPage(desk, document))
    judged(page, desk, qtbot)
    desk.language = Language.ENGLISH

    other = VerifyPage(desk, None)
    other.take_over(page)
    shown(qtbot, other)

    assert judged(other, desk, qtbot) == "Cannot be determined"


def test_escape_leads_back(desk: Desk, qtbot: QtBot) -> None:
    page = shown(qtbot, VerifyPage(desk, None))
    page.activateWindow()

    with qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def drop(page: VerifyPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    place = page.rect().center()
    entering = QDragEnterEvent(place, copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    dropping = QDropEvent(QPointF(place), copy, data, Qt.MouseButton.LeftButton, none)
    QApplication.sendEvent(page, dropping)
    assert dropping.isAccepted()


def test_a_file_is_compared_with_an_earlier_one(
    desk: Desk, document: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VerifyPage, "_ask_which", lambda _page, _titled: document)
    page = shown(qtbot, VerifyPage(desk, document))
    judged(page, desk, qtbot)

    click(page, "verify.compare")
    judged(page, desk, qtbot)

    qtbot.waitUntil(lambda: bool(text_of(page, "verify.fact.earlier")), timeout=PATIENCE_MS)
    assert page.earlier == document
    assert any("bita demi bita" in one.text() for one in page.findChildren(QLabel))
    assert_usable(page)


def test_of_two_files_dropped_together_the_longer_is_the_later(
    desk: Desk, document: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(qtbot, VerifyPage(desk, None))
    earlier = pdf_of_nothing(tmp_path)

    drop(page, earlier, document)

    assert judged(page, desk, qtbot) == "Ditolak"
    assert (page.path, page.earlier) == (document, earlier)
    assert "lebih awal" in text_of(page, "verify.reason")
