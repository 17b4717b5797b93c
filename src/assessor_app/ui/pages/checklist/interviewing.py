"""How far the interviews have come: who answered a question, and what else they are asked."""

from collections import Counter

from assessor_app.domain.instrument import Role, Side
from assessor_app.domain.interviews import shortfalls
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.respondents import Respondent
from assessor_app.services.report.interviews import summary, told_shortfall
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.respondents_bar import Interviewed
from assessor_app.ui.pages.checklist.spot import Spot


class Interviewing:
    """Reads the open visit; it records nothing."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._desk = desk
        self._session = session

    def shown(self, spot: Spot) -> Interviewed:
        """What the bar of respondents shows at an indicator."""
        people, questions = spot.people(), spot.questions()
        return Interviewed(
            people=people,
            answered=frozenset(one.id for one in people if self._settled(spot.code, one)),
            chosen=spot.subject,
            summary=self._summary(spot),
            lacking=self._lacking(spot),
            taken=frozenset(one.pseudonym for one in self._session.snapshot.respondents.values()),
            place=questions.index(spot.code) + 1 if spot.code in questions else 1,
            count=max(len(questions), 1),
        )

    def walked(self, spot: Spot) -> bool:
        """Whether the present respondent was asked everything."""
        one = spot.respondent()
        return one is not None and all(self._settled(code, one) for code in spot.questions())

    def next_question(self, spot: Spot) -> str | None:
        """The code of what the present respondent is asked next; None after the last."""
        questions = spot.questions()
        later = questions[questions.index(spot.code) + 1 :] if spot.code in questions else questions
        return next(iter(later), None)

    def _settled(self, code: str, one: Respondent) -> bool:
        snapshot = self._session.snapshot
        sides = self._session.instrument.indicator(code).sides
        keys = (ObservationKey(code, side, respondent=one.id) for side in sides)
        return all(snapshot.observation(key).settled for key in keys)

    def _side(self, spot: Spot) -> Side:
        sides = spot.indicator.sides
        return Side.PRACTICE if Side.PRACTICE in sides else sides[0]

    def _summary(self, spot: Spot) -> str:
        """What was answered on the whole, and of which posts enough have answered."""
        one = spot.compared()
        if one is None or not spot.people():
            return ""
        answered = [each for each in spot.people() if self._settled(spot.code, each)]
        posts = Counter(each.post for each in answered)
        side, snapshot = self._side(spot), self._session.snapshot
        short = {each.role.code for each in shortfalls(one, side, snapshot)}
        told = [
            self._post(role, posts[role.code])
            for role in spot.indicator.roles
            if role.code not in short
        ]
        return " · ".join([summary(one, side, snapshot, self._desk.words), *told])

    def _post(self, role: Role, asked: int) -> str:
        wanted = role.posts or role.at_least
        post = self._desk.words.of(role.name)
        if wanted is None:
            return self._desk.say("respondents.post_asked", post=post, asked=asked)
        return self._desk.say("respondents.post_of", post=post, asked=asked, wanted=wanted)

    def _lacking(self, spot: Spot) -> tuple[str, ...]:
        one = spot.compared()
        if one is None or not one.asked:
            return ()
        found = shortfalls(one, self._side(spot), self._session.snapshot)
        return tuple(told_shortfall(each, self._desk.words) for each in found)
