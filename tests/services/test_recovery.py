"""What a window says that was killed before: what was saved, what was typed, what was cut off."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.visiting import answer, attach

from assessor_app.domain.event import STORE
from assessor_app.services.drafts import keep_draft
from assessor_app.services.enrolment import Workplace
from assessor_app.services.recovery import Recovered, recovered, running, told
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.storage.running import Running
from assessor_app.storage.vault import Form
from assessor_app.texts import Language

WORDS = Words(Language.INDONESIAN, ZoneInfo("Asia/Jayapura"))


def test_a_fresh_store_has_nothing_to_tell(workplace: Workplace) -> None:
    assert recovered(workplace) == Recovered()


def test_the_last_answer_is_named_with_its_place_and_time(
    workplace: Workplace, session: Session
) -> None:
    done = answer(session, "P15-07", "practice", "present")

    found = recovered(workplace)

    assert (found.unit, found.indicator) == ("Dinas Kependudukan", "P15-07")
    last = workplace.store.log.latest(of_visits=True)
    assert last is not None
    assert (last.id, last.wall) == (done.event, found.recorded_at)
    assert "P15-07" in told(found, WORDS)


def test_a_photo_that_was_recorded_last_is_told_by_its_indicator(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    attach(session, "P15-08", tmp_path)

    assert recovered(workplace).indicator == "P15-08"


def test_what_concerns_no_indicator_is_told_by_the_office(
    workplace: Workplace, session: Session
) -> None:
    session.pause("Istirahat", at=workplace.store.clock.now())

    found = recovered(workplace)

    assert (found.unit, found.indicator) == ("Dinas Kependudukan", None)
    assert "Dinas Kependudukan" in told(found, WORDS)


def test_drafts_are_counted_but_not_where_the_store_was_locked(
    workplace: Workplace, session: Session
) -> None:
    keep_draft(workplace, session.visit_id, name="closing", value={"account": "Listrik padam"})
    keep_draft(workplace, session.visit_id, name="receiver", value={"name": "Ibu Kepala"})
    keep_draft(workplace, STORE, name="left.x", value={"page": "{}"})

    found = recovered(workplace)

    assert found.drafts == 2
    assert "2 draf" in told(found, WORDS)


def test_photos_that_no_event_names_are_counted_once(
    workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path)
    vault, new_id = workplace.store.vault, workplace.store.new_id
    for _ in range(2):
        lost = new_id()
        vault.put(lost, Form.ORIGINAL, b"x")
        vault.put(lost, Form.REPORT, b"x")

    found = recovered(workplace)

    assert found.photos == 2
    assert "2 foto" in told(found, WORDS)


def test_a_run_that_ended_in_order_leaves_no_mark(workplace: Workplace) -> None:
    mark = running(workplace)

    assert not mark.begin()
    mark.end()

    assert not (workplace.store.folder / "window.open").exists()
    again = running(workplace)
    assert not again.begin()
    again.end()


def test_a_run_that_was_cut_off_is_noticed_once(tmp_path: Path) -> None:
    (tmp_path / "window.open").touch()
    mark = Running(tmp_path)

    assert mark.begin()
    mark.end()

    assert not Running(tmp_path).begin()


def test_a_second_window_is_no_crash(tmp_path: Path) -> None:
    first, second = Running(tmp_path), Running(tmp_path)
    assert not first.begin()

    assert not second.begin()

    second.end()
    assert (tmp_path / "window.open").exists()  # the first one is still open
    first.end()
    assert not (tmp_path / "window.open").exists()


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    mark = Running(tmp_path / "gone")

    assert not mark.begin()
    mark.end()
    mark.end()


def test_a_mark_that_nobody_can_remove_is_another_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "window.open").touch()

    def open_elsewhere(path: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use", str(path), 32)  # as Windows says it

    monkeypatch.setattr(Path, "unlink", open_elsewhere)
    mark = Running(tmp_path)

    assert not mark.begin()
    mark.end()
