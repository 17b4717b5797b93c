"""Two devices that interview at the same time: nobody's answers become somebody else's."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.exchanging import Desk, Desks, desks_in
from tests.visiting import answer

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.pseudonyms import proposed_pseudonym
from assessor_app.services.people import Person, keep_person, respondent_called
from assessor_app.services.session import Session

USERS = "pengguna"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def asked(desk: Desk, visit: str, *, says: str) -> Session:
    """One more user on a device, under the pseudonym that is proposed there."""
    session = desk.open(visit)
    role = next(one for one in session.instrument.roles if one.code == USERS)
    taken = {one.pseudonym for one in session.snapshot.respondents.values()}
    name = proposed_pseudonym(role, taken)
    session.introduce(name, post=USERS, substitute=False)
    answer(session, "K-11", "practice", says, respondent=name)
    return session


def told(session: Session) -> dict[str, str | None]:
    """What each respondent answered, by what the respondent is called."""
    return {
        one.pseudonym: session.snapshot.observation(
            ObservationKey("K-11", Side.PRACTICE, respondent=id_)
        ).answer
        for id_, one in session.snapshot.respondents.items()
    }


def test_two_users_with_the_same_proposed_pseudonym_stay_two(desks: Desks) -> None:
    here, there = desks("A"), desks("B", ahead=timedelta(hours=1))
    visit = here.begin("kinds").visit_id
    there.take_in(here.export(visit))
    asked(here, visit, says="4")
    asked(there, visit, says="1")

    here.take_in(there.export(visit))
    there.take_in(here.export(visit))

    assert told(here.open(visit)) == told(there.open(visit)) == {"P-01": "4", "P-01 (2)": "1"}
    session = here.open(visit)
    assert not session.snapshot.conflicts
    answer(session, "K-11", "practice", "2", respondent="P-01 (2)")
    assert told(session) == {"P-01": "4", "P-01 (2)": "2"}
    assert told(asked(here, visit, says="3"))["P-02"] == "3"


def test_a_name_is_kept_of_the_one_of_two_who_is_meant(desks: Desks) -> None:
    here, there = desks("A"), desks("B", ahead=timedelta(hours=1))
    visit = here.begin("kinds").visit_id
    there.take_in(here.export(visit))
    first = set(asked(here, visit, says="4").snapshot.respondents)
    second = set(asked(there, visit, says="1").snapshot.respondents)
    here.take_in(there.export(visit))

    keep_person(here.workplace, visit, pseudonym="P-01 (2)", person=Person("Sari", None, None))

    assert {respondent_called(here.workplace, visit, pseudonym="P-01")} == first
    assert {respondent_called(here.workplace, visit, pseudonym="P-01 (2)")} == second
