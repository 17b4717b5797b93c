"""What is looked at: an indicator, and the product or respondent that its answers are of."""

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Asked, Indicator, Side, Wording
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.respondents import Respondent
from assessor_app.services.session import Session
from assessor_app.ui.pages.checklist.photos import Goal

_FIELDS = {Asked.PER_PRODUCT: "product", Asked.PER_RESPONDENT: "respondent"}


class Spot:
    """One place of the checklist; the chosen product stays chosen from indicator to indicator."""

    def __init__(self, session: Session, code: str) -> None:
        self._session = session
        self._chosen: dict[Asked, str] = {}
        self._product = WHOLE_UNIT  # by its id: it may get another name, or be gone by an undo
        self._last: dict[str, str] = {}  # who was chosen last of each post
        self._variables = {
            indicator.code: variable.name
            for dimension in session.instrument.dimensions
            for variable in dimension.variables
            for indicator in variable.indicators
        }
        self.indicator: Indicator = session.instrument.indicator(code)

    @property
    def code(self) -> str:
        return self.indicator.code

    def move_to(self, code: str) -> None:
        self.indicator = self._session.instrument.indicator(code)

    @property
    def subject(self) -> str:
        """The name of the product or respondent; empty for the unit as a whole.

        Where posts are interviewed it is somebody who holds one of them, if there is anybody.
        """
        if self.indicator.asked is Asked.PER_PRODUCT:
            return self._session.snapshot.products.get(self._product, "")
        chosen = self._chosen.get(self.indicator.asked, "")
        if not self.indicator.roles:
            return chosen
        people = {one.pseudonym: one for one in self.people()}
        if chosen in people:
            return chosen
        last = (self._last.get(role.code, "") for role in self.indicator.roles)
        return next((name for name in (*last, *people) if name in people), "")

    def choose(self, subject: str) -> None:
        """Look at a subject, by the name it is known by already, whatever its letters' case."""
        if self.indicator.asked is Asked.PER_PRODUCT:
            products = self._session.snapshot.products.items()
            ids = {name.casefold(): id_ for id_, name in products}
            self._product = ids.get(subject.casefold(), WHOLE_UNIT)
            return
        known = {name.casefold(): name for name in self.names()}
        name = known.get(subject.casefold(), subject)
        self._chosen[self.indicator.asked] = name
        for one in self.people():
            if one.pseudonym == name and one.post is not None:
                self._last[one.post] = name

    def take_over(self, other: "Spot") -> None:
        """Look at the same subjects as another one did."""
        self._chosen = dict(other._chosen)  # noqa: SLF001 - of the same kind
        self._product = other._product  # noqa: SLF001 - of the same kind
        self._last = dict(other._last)  # noqa: SLF001 - of the same kind

    def people(self) -> tuple[Respondent, ...]:
        """Who is asked this indicator: holders of its posts, and whose post is not known."""
        posts = {role.code for role in self.indicator.roles}
        return tuple(
            one
            for _, one in sorted(self._session.snapshot.respondents.items())
            if not posts or one.post is None or one.post in posts
        )

    def respondent(self) -> Respondent | None:
        """Who is asked now; None where nobody was named."""
        return next((one for one in self.people() if one.pseudonym == self.subject), None)

    def questions(self) -> tuple[str, ...]:
        """The codes of all that the present respondent is asked, in the instrument's order."""
        asked = {one.indicator.code for one in self._session.compared() if one.asked}
        one = self.respondent()
        return tuple(
            indicator.code
            for indicator in self._session.instrument.indicators()
            if indicator.asked is Asked.PER_RESPONDENT
            and indicator.code in asked
            and (one is None or one.post is None or one.post in {r.code for r in indicator.roles})
        )

    def place(self) -> Mapping[str, str]:
        """What is looked at now, as an entry names it."""
        return {"indicator": self.code, **self.fields()}

    def whole(self) -> Mapping[str, str]:
        """The same for what holds whoever is asked: that the indicator does not apply."""
        fields = {name: told for name, told in self.fields().items() if name != "respondent"}
        return {"indicator": self.code, **fields}

    def names(self) -> list[str]:
        """The products or respondents that are known, and one that was only named so far."""
        snapshot = self._session.snapshot
        match self.indicator.asked:
            case Asked.PER_PRODUCT:
                known = list(snapshot.products.values())
            case Asked.PER_RESPONDENT:
                known = [one.pseudonym for one in self.people()]
            case Asked.ONCE:
                return []
            case _:
                assert_never(self.indicator.asked)
        return known if not self.subject or self.subject in known else [*known, self.subject]

    def fields(self) -> Mapping[str, str]:
        """What an entry says of its subject."""
        field = _FIELDS.get(self.indicator.asked)
        return {field: self.subject} if field and self.subject else {}

    def key(self, side: Side) -> ObservationKey:
        """The observation of a side; an unknown subject has none yet, and its name stands there."""
        subject = self.subject
        respondent = WHOLE_UNIT
        if subject and self.indicator.asked is Asked.PER_RESPONDENT:
            people = self._session.snapshot.respondents.items()
            known = {one.pseudonym: id_ for id_, one in people}
            respondent = known.get(subject, subject)
        return ObservationKey(self.code, side, self.product, respondent)

    @property
    def product(self) -> str:
        """The id of the product that is looked at."""
        if self.indicator.asked is not Asked.PER_PRODUCT:
            return WHOLE_UNIT
        known = self._product in self._session.snapshot.products
        return self._product if known else WHOLE_UNIT

    def goal(self, side: Side) -> Goal:
        """Where a photo of a side belongs."""
        fields = self.fields()
        return Goal(self.code, side, fields.get("product"), fields.get("respondent"))

    def seen(self) -> dict[Side, Observation]:
        """What is recorded of each side."""
        snapshot = self._session.snapshot
        seen = {side: snapshot.observation(self.key(side)) for side in self.indicator.sides}
        if self.indicator.asked is not Asked.PER_RESPONDENT:
            return seen
        return {side: self._for_all(side, one) for side, one in seen.items()}

    def promised(self) -> str | None:
        """The time promised on paper, where answers are times: to this subject, or to all."""
        keys = (
            self.key(Side.PAPERWORK),
            ObservationKey(self.code, Side.PAPERWORK, self.product),
        )
        answers = (self._session.snapshot.observation(key).answer for key in keys)
        return next((answer for answer in answers if answer is not None), None)

    def compared(self) -> Compared | None:
        """How the sides compare: of the chosen product, else of the first that has a gap."""
        found = self._session.compared_of(self.code)
        own = self.product
        for one in found:
            if one.product == own:
                return one
        gaps = (one for one in found if one.gap is not None and one.gap.needs_evidence)
        return next(gaps, found[0] if found else None)

    def _for_all(self, side: Side, own: Observation) -> Observation:
        """With what holds whoever is asked."""
        whole = self._session.snapshot.observation(ObservationKey(self.code, side))
        return replace(own, not_applicable_reason=whole.not_applicable_reason)

    def variable(self) -> Wording:
        """The name of the variable that the indicator belongs to."""
        return self._variables[self.code]
