"""Interviews, trials of channels, the stopwatch, and the pictures of a visit."""

from dataclasses import replace
from datetime import UTC
from decimal import Decimal

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View, part, press

from assessor_app.domain.zone import ZoneColour
from assessor_app.services.results import register
from assessor_app.services.session import Session
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow

_CHANNELS: tuple[dict[str, object], ...] = (
    {"channel": "phone", "address": "0911-352123", "way": "called", "result": "no_answer"},
    {
        "channel": "email",
        "address": "pengaduan@ambon.go.id",
        "way": "wrote",
        "result": "answered",
        "answered_after_s": 5400,
    },
    {"channel": "phone", "address": "Call Center 112"},
    {"channel": "website", "address": "https://www.lapor.go.id"},
    {"channel": "box"},
)


_YEARS = (
    (2015, "61.50", ZoneColour.YELLOW),
    (2017, None, ZoneColour.RED),
    (2018, "84.20", ZoneColour.GREEN),
    (2019, None, ZoneColour.YELLOW),
    (2021, "70.05", ZoneColour.YELLOW),
    (2022, "88.91", ZoneColour.GREEN),
)


def _interviews(round_: Round) -> Where:
    return Where(PageName.INTERVIEWS, visit=round_.interviewed.visit_id)


def _half_asked(window: MainWindow, _: Round) -> None:
    QTest.keyClicks(QApplication.focusWidget() or window, "+32")


def _tried(round_: Round) -> Session:
    session = round_.walked
    for one in _CHANNELS:
        session.record_trial(one, zone=UTC)
    return session


def _trials(round_: Round) -> Where:
    visit = round_.once("tried", _tried).visit_id
    return Where(PageName.TRIALS, visit=visit, indicator="P15-06")


def _no_trials(round_: Round) -> Where:
    return Where(PageName.TRIALS, visit=round_.begun.visit_id)


def _timed(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=round_.unscored.visit_id, indicator="PG-06")


def _with_years(round_: Round) -> Where:
    """The visit's institution has years: scores, a zone without one, and two breaks of method."""
    assert round_.results
    round_.once("years of the visited", _more_years)
    return Where(PageName.PICTURES, visit=round_.walked.visit_id)


def _more_years(round_: Round) -> object:
    place = round_.walked.snapshot.visit.institution
    known = {one.year for one in round_.results if one.institution == place and one.unit is None}
    base = next(one for one in round_.results if one.institution == place)
    more = [
        replace(
            base,
            unit=None,
            year=year,
            score=Decimal(score) if score else None,
            zone=zone,
            category=None,
        )
        for year, score, zone in _YEARS
        if year not in known
    ]
    return register(round_.workplace.store, more)


def _down_to_trend(window: MainWindow, _: Round) -> None:
    area = part(window, QScrollArea, "pictures.area")
    area.ensureWidgetVisible(part(window, QWidget, "pictures.trend"))


VIEWS = (
    View("interviews", _interviews),
    View("interviews-half", _interviews, _half_asked),
    View("trials", _trials),
    View("trials-empty", _no_trials),
    View("stopwatch", _timed, press("timing.PG-06.start")),
    View("pictures", lambda one: Where(PageName.PICTURES, visit=one.walked.visit_id)),
    View(
        "pictures-table",
        lambda one: Where(PageName.PICTURES, visit=one.walked.visit_id),
        press("pictures.gauge.table"),
    ),
    View("pictures-trend", _with_years, _down_to_trend),
    View("pictures-unscored", lambda one: Where(PageName.PICTURES, visit=one.unscored.visit_id)),
)
