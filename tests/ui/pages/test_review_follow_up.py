"""The review of a follow-up visit; one's own words changed; a recording that waits for a reason."""

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QPlainTextEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot
from tests.services.test_follow_up import assessed, follow, settle
from tests.services.test_follow_up_chains import end
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.ui.pages.test_review import Open, opened, press, ready, told

from assessor_app.domain.observation import EvidenceKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.finding_templates import Part, keep_template, own_templates
from assessor_app.services.session import Session
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.review.dictation import Dictation

__all__ = ["assessed", "opened", "ready"]  # the fixtures

VOICE = Path(__file__).parents[2] / "services" / "recordings" / "voice.mp3"


def test_a_follow_up_has_no_way_to_green_and_no_news_where_nothing_changed(
    *,
    opened: Open,
    assessed: Session,
    workplace: Workplace,
    library: Library,
    qtbot: QtBot,
) -> None:
    page = opened(follow(workplace, library, assessed))

    assert not part(page, QAbstractButton, "review.way").isVisible()
    tabs = part(page, QTabBar, "review.tabs")
    tabs.setCurrentIndex(3)
    rows = part(page, RowView, "review.carried").rows.rows
    assert [row.code for row in rows] == ["P15-06", "P15-08", "P15-12"]
    assert told(page, "review.carried.changed") == ""


def test_what_another_follow_up_left_by_the_way_is_told_as_news(
    *,
    opened: Open,
    assessed: Session,
    workplace: Workplace,
    library: Library,
    qtbot: QtBot,
) -> None:
    """It was begun before this one, and closed after it: what it saw repaired is owed no more."""
    other = follow(workplace, library, assessed)
    visit = follow(workplace, library, assessed)
    settle(other, {"P15-08": ""})
    end(other, workplace)

    page = opened(visit)
    part(page, QTabBar, "review.tabs").setCurrentIndex(3)

    qtbot.waitUntil(lambda: "P15-08" in told(page, "review.carried.changed"), timeout=PATIENCE_MS)


def test_a_date_that_holds_still_says_who_set_it(
    opened: Open, assessed: Session, workplace: Workplace, library: Library
) -> None:
    visit = follow(workplace, library, assessed)
    settle(visit, {"P15-06": "practice"})

    page = opened(visit)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)

    texts = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    (kept,) = (text for text in texts if "tetap berlaku" in text)
    assert workplace.profile.name in kept


def test_ones_own_words_are_changed_where_they_are_chosen(
    opened: Open, ready: Session, workplace: Workplace
) -> None:
    keep_template(workplace, "Di {unit} tidak ada.", Part.WORDING)
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    code = ready.findings()[0].indicator.code
    press(page, f"review.wording.{code}.templates")
    offered = part(page, RowView, "finding_templates.list")
    place = next(at for at, row in enumerate(offered.rows.rows) if row.sign == "person")
    offered.setCurrentIndex(offered.rows.index(place, 0))

    press(page, "finding_templates.edit")
    text = part(page, QPlainTextEdit, "finding_template.text")
    assert text.toPlainText() == "Di {unit} tidak ada."
    text.setPlainText("Di {unit} belum ada.")
    press(page, "finding_template.save")

    assert [one.text for one in own_templates(workplace)] == ["Di {unit} belum ada."]
    assert "Di Dinas Kependudukan belum ada." in [row.text for row in offered.rows.rows]
    part(page, QDialog, "finding_templates").reject()


def test_a_recording_after_the_exit_talk_began_waits_for_its_reason(
    opened: Open, ready: Session, qtbot: QtBot
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)
    press(page, "review.exit_talk")
    press(page, "review.dictation")
    dictation = part(page, QWidget, "review.dictation").parentWidget()
    assert isinstance(dictation, Dictation)

    dictation._attach(VOICE)
    assert not _recordings(ready)
    line = part(page, QWidget, "review.reason.text")
    QTest.keyClicks(line, "Pimpinan menambahkan tanggapan")
    press(page, "review.reason.record")

    qtbot.waitUntil(lambda: len(_recordings(ready)) == 1, timeout=PATIENCE_MS)


def _recordings(session: Session) -> list[str]:
    return [
        one.id
        for one in session.snapshot.evidence.values()
        if one.of_visit and one.kind is EvidenceKind.AUDIO
    ]
