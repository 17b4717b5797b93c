"""A picture of the shut door is evidence of the visit itself, and is in its minutes."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.services import offered
from tests.services.test_redacting import pictures_of
from tests.ui.hands_at_window import drop
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.visiting import photo_file

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Outcome
from assessor_app.services.preview import preview
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.starting.door_photos import DoorPhotos


def test_photos_of_the_door_are_kept_with_the_visit_and_printed(
    desk: Desk, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    door = DoorPhotos(desk)
    qtbot.addWidget(door)
    pdf = tmp_path / "sop.png"
    pdf.write_bytes(offered.pdf("A")[:20])
    strip = part(door, QWidget, "refused.evidence")
    photo = photo_file(tmp_path)

    drop(strip, [photo, pdf, photo])

    qtbot.waitUntil(lambda: not door.busy and not desk.tasks.running, timeout=PATIENCE_MS)
    assert door.count == 1
    door.attach_to(session)
    door.attach_to(session)  # a second try
    (item,) = session.snapshot.evidence_of_visit
    assert item.file_name == photo.name
    workplace = desk.workplace
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.ENTRY_REFUSED, departure=now, account="Ditutup.")
    assert len(pictures_of(preview(session, workplace, Language.INDONESIAN))) >= 1


def test_no_photo_is_no_hindrance(desk: Desk, session: Session, qtbot: QtBot) -> None:
    door = DoorPhotos(desk)
    qtbot.addWidget(door)

    try:
        door.attach_to(session)
    except Problem as problem:
        raise AssertionError from problem

    assert session.snapshot.evidence == {}
