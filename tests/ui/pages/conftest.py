"""The checklist of a visit, open for a test's hands."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.pages.checklist_hands import AtChecklist, Look, looking

from assessor_app.compose import Application
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session


@pytest.fixture
def look(application: Application, workplace: Workplace, qtbot: QtBot) -> Iterator[Look]:
    """Opens the checklist of a visit."""
    with looking(application, workplace, qtbot) as opened:
        yield opened


@pytest.fixture
def at(look: Look, session: Session) -> AtChecklist:
    """At an indicator of the 2015 instrument that both sides are asked of."""
    return look(session, "P15-06")
