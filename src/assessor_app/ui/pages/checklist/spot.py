"""What is looked at: an indicator, and the product or respondent that its answers are of."""

from collections.abc import Mapping
from typing import assert_never

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Asked, Indicator, Side, Wording
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.services.session import Session
from assessor_app.ui.pages.checklist.photos import Goal

_FIELDS = {Asked.PER_PRODUCT: "product", Asked.PER_RESPONDENT: "respondent"}


class Spot:
    """One place of the checklist; the chosen product stays chosen from indicator to indicator."""

    def __init__(self, session: Session, code: str) -> None:
        self._session = session
        self._chosen: dict[Asked, str] = {}
        self.indicator: Indicator = session.instrument.indicator(code)

    @property
    def code(self) -> str:
        return self.indicator.code

    def move_to(self, code: str) -> None:
        self.indicator = self._session.instrument.indicator(code)

    @property
    def subject(self) -> str:
        """The name of the product or respondent; empty for the unit as a whole."""
        return self._chosen.get(self.indicator.asked, "")

    def choose(self, subject: str) -> None:
        """Look at a subject, by the name it is known by already, whatever its letters' case."""
        known = {name.casefold(): name for name in self.names()}
        self._chosen[self.indicator.asked] = known.get(subject.casefold(), subject)

    def place(self) -> Mapping[str, str]:
        """What is looked at now, as an entry names it."""
        return {"indicator": self.code, **self.fields()}

    def names(self) -> list[str]:
        """The products or respondents that are known, and one that was only named so far."""
        snapshot = self._session.snapshot
        match self.indicator.asked:
            case Asked.PER_PRODUCT:
                known = list(snapshot.products.values())
            case Asked.PER_RESPONDENT:
                known = [one.pseudonym for one in snapshot.respondents.values()]
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
        snapshot, subject = self._session.snapshot, self.subject
        product = respondent = WHOLE_UNIT
        if subject and self.indicator.asked is Asked.PER_PRODUCT:
            known = {name: id_ for id_, name in snapshot.products.items()}
            product = known.get(subject, subject)
        if subject and self.indicator.asked is Asked.PER_RESPONDENT:
            known = {one.pseudonym: id_ for id_, one in snapshot.respondents.items()}
            respondent = known.get(subject, subject)
        return ObservationKey(self.code, side, product, respondent)

    def goal(self, side: Side) -> Goal:
        """Where a photo of a side belongs."""
        fields = self.fields()
        return Goal(self.code, side, fields.get("product"), fields.get("respondent"))

    def seen(self) -> dict[Side, Observation]:
        """What is recorded of each side."""
        snapshot = self._session.snapshot
        return {side: snapshot.observation(self.key(side)) for side in self.indicator.sides}

    def compared(self) -> Compared | None:
        """How the sides compare: of the chosen product, else of the first that has a gap."""
        found = [one for one in self._session.compared() if one.indicator is self.indicator]
        own = self.key(self.indicator.sides[0]).product
        for one in found:
            if one.product == own:
                return one
        gaps = (one for one in found if one.gap is not None and one.gap.needs_evidence)
        return next(gaps, found[0] if found else None)

    def variable(self) -> Wording:
        """The name of the variable that the indicator belongs to."""
        return next(
            variable.name
            for dimension in self._session.instrument.dimensions
            for variable in dimension.variables
            if self.indicator in variable.indicators
        )
