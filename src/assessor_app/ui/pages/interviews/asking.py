"""Who is asked what in an open visit, read anew from the record; nothing is recorded here."""

from collections.abc import Sequence

from assessor_app.domain.interviews import RoleTally, role_tallies
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.respondents import Respondent
from assessor_app.services.session import Session
from assessor_app.ui.pages.interviews.people import PersonShown
from assessor_app.ui.pages.interviews.sheet import Question


class Asking:
    """A role, and which of its respondents is looked at."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.role = next((one.role.code for one in self.open_first()), "")
        self._chosen: dict[str, str] = {}  # ids by role: what they are called may change

    def tallies(self) -> tuple[RoleTally, ...]:
        session = self._session
        return role_tallies(session.compared(), session.instrument, session.snapshot)

    def open_first(self) -> list[RoleTally]:
        """The roles, those first of which somebody is still to be asked."""
        return sorted(
            self.tallies(), key=lambda one: one.wanted is not None and one.asked >= one.wanted
        )

    def questions(self) -> list[Question]:
        """All that the role is asked, in the instrument's order."""
        own = next((one for one in self.tallies() if one.role.code == self.role), None)
        codes = own.questions if own is not None else ()
        instrument = self._session.instrument
        return [
            Question(instrument.indicator(code), side)
            for code in codes
            for side in instrument.indicator(code).sides
        ]

    def people(self) -> list[Respondent]:
        found = self._session.snapshot.respondents.items()
        return [one for _, one in sorted(found) if one.post == self.role]

    def respondent(self) -> Respondent | None:
        """Who is asked now: the one chosen, else the last of the role."""
        people = self.people()
        wanted = self._chosen.get(self.role)
        found = next((one for one in people if one.id == wanted), None)
        return found or (people[-1] if people else None)

    def choose(self, pseudonym: str) -> None:
        """Ask somebody of the role, whatever the case of the letters."""
        name = pseudonym.casefold()
        for one in self.people():
            if one.pseudonym.casefold() == name:
                self._chosen[self.role] = one.id

    def seen(self, questions: Sequence[Question]) -> dict[str, Observation]:
        """What is recorded of the present respondent."""
        one = self.respondent()
        return {each.name: self._observation(each, one) for each in questions}

    def first_open(self, questions: Sequence[Question]) -> int | None:
        """The place of the first question that is not settled; None where all are."""
        return self.next_open(questions, after=-1)

    def next_open(self, questions: Sequence[Question], *, after: int) -> int | None:
        one = self.respondent()
        if one is None:
            return None
        order = [*range(after + 1, len(questions)), *range(after + 1)]
        seen = [self._observation(each, one) for each in questions]
        return next((place for place in order if not seen[place].settled), None)

    def begun(self, questions: Sequence[Question]) -> bool:
        """Whether the present respondent has said anything yet, or there is none."""
        one = self.respondent()
        return one is None or any(self._observation(each, one).settled for each in questions)

    def shown(self, questions: Sequence[Question]) -> list[PersonShown]:
        """The respondents of the role with how far each has come."""
        return [
            PersonShown(
                one,
                sum(self._observation(each, one).settled for each in questions),
                len(questions),
            )
            for one in self.people()
        ]

    def taken(self) -> frozenset[str]:
        """Every pseudonym of the visit."""
        return frozenset(one.pseudonym for one in self._session.snapshot.respondents.values())

    def _observation(self, question: Question, one: Respondent | None) -> Observation:
        if one is None:
            return Observation()
        key = ObservationKey(question.indicator.code, question.side, respondent=one.id)
        return self._session.snapshot.observation(key)
