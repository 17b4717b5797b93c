"""Visits that two devices recorded: conflicts, late records, and the file that carries a visit."""

from PySide6.QtWidgets import QLineEdit
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View, part, press
from tests.ui.two_devices import CODE, SPOKEN, TwoDevices, two_devices

from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow


def _both(round_: Round) -> TwoDevices:
    return round_.once("two devices", _make)


def _make(round_: Round) -> TwoDevices:
    return two_devices(round_.workplace, round_.sample, round_.library, folder=round_.folder)


def _contrary(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=_both(round_).contrary.visit_id, indicator=CODE)


def _late(round_: Round) -> Where:
    return Where(PageName.ISSUE, visit=_both(round_).late.visit_id)


def _import(window: MainWindow, round_: Round) -> None:
    window.import_file(_both(round_).file)
    part(window, QLineEdit, "import.passphrase").setText(SPOKEN)
    press("import.go")(window, round_)


VIEWS = (
    View("checklist-conflict", _contrary, press(f"indicator.{CODE}.paperwork.present")),
    View("conflict", _contrary, press(f"indicator.{CODE}.conflict.action")),
    View("history", _contrary, press(f"indicator.{CODE}.history")),
    View("review-conflict", lambda round_: _contrary(round_).at(PageName.REVIEW)),
    View("issue-late", _late),
    View("reopen", _late, press("issue.after.reopen")),
    View("export", lambda _: Where(PageName.VISITS), press("visits.export")),
    View("import", lambda _: Where(PageName.VISITS), _import),
)
