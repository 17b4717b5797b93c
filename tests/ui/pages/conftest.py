"""A desk, and the checklist of a visit, open for a test's hands."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.ui.pages.checklist_hands import AtChecklist, Look, looking
from tests.ui.pages.hands import desk_over

from assessor_app.compose import Application
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.ui.desk import Desk


@pytest.fixture
def desk(application: Application, workplace: Workplace, qtbot: QtBot) -> Iterator[Desk]:
    """A desk over an open store; what works there comes to its end before the widgets go."""
    desk = desk_over(application)
    desk.open_with(workplace)
    yield desk
    desk.tasks.wait()
    desk.background.wait()


@pytest.fixture
def look(application: Application, workplace: Workplace, qtbot: QtBot) -> Iterator[Look]:
    """Opens the checklist of a visit."""
    with looking(application, workplace, qtbot) as opened:
        yield opened


@pytest.fixture
def at(look: Look, session: Session) -> AtChecklist:
    """At an indicator of the 2015 instrument that both sides are asked of."""
    return look(session, "P15-06")


@pytest.fixture
def kinds(workplace: Workplace, library: Library) -> Session:
    """A visit under the test instrument that has one indicator of every kind of answer."""
    return open_session(workplace.store, begin(workplace, library.get("kinds"), library), library)


@pytest.fixture
def unweighted(workplace: Workplace, library: Library) -> Session:
    """A visit under the test instrument without weights."""
    visit = begin(workplace, library.get("unweighted"), library)
    return open_session(workplace.store, visit, library)
