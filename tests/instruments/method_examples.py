"""Two visits worked out in docs/method.md: the answers, and the score that the engine gives."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from assessor_app.domain.fulfilment import compare
from assessor_app.domain.instrument import Asked, Indicator, Instrument, Side
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.respondents import Respondent
from assessor_app.domain.scoring import Basis, Score, score
from assessor_app.domain.visit import Snapshot, Visit, VisitKind, VisitState

PAPER, PRACTICE = Side.PAPERWORK, Side.PRACTICE
TWO_PRODUCTS = {"A": "Produk pertama", "B": "Produk kedua"}


@dataclass(slots=True)
class Walked:
    """A visit to a unit as it is filled in; what nobody touches is fully met."""

    instrument: Instrument
    products: dict[str, str] = field(default_factory=lambda: dict(TWO_PRODUCTS))
    respondents: dict[str, Respondent] = field(default_factory=dict)
    answers: dict[ObservationKey, Observation] = field(default_factory=dict)

    def ask(self, post: str, *, count: int = 1) -> None:
        """Introduce some holders of a post of the instrument."""
        role = next(one for one in self.instrument.roles if one.code == post)
        for number in range(1, count + 1):
            name = f"{post}-{number}"
            self.respondents[name] = Respondent(name, name, role.kind.value, post)

    def answer(self, code: str, side: Side, answer: str, *, product: str = WHOLE_UNIT) -> None:
        indicator = self.instrument.indicator(code)
        self.answers[ObservationKey(code, side, product)] = Observation(
            indicator.accepts(side, answer)
        )

    def tell(self, code: str, answers: Iterable[str]) -> None:
        """What the respondents who are asked told, in the order of the instrument's posts."""
        indicator = self.instrument.indicator(code)
        for id_, answer in zip(self._asked(indicator), answers, strict=True):
            key = ObservationKey(code, PRACTICE, respondent=id_)
            self.answers[key] = Observation(indicator.accepts(PRACTICE, answer))

    def leave_out(self, code: str) -> None:
        """Record that an indicator does not apply."""
        self.answers[ObservationKey(code, PRACTICE)] = Observation(not_applicable_reason="–")

    def fill(self, answered: Callable[[Indicator], str] | None = None) -> None:
        """Answer what was not answered yet: as `answered` says, else so that it is met in full."""
        answered = answered or best
        for one in self.instrument.indicators():
            if one.asked is Asked.PER_RESPONDENT:
                if not any(key.indicator == one.code for key in self.answers):
                    self.tell(one.code, [answered(one)] * len(self._asked(one)))
                continue
            for side in one.sides:
                key = ObservationKey(one.code, side)
                self.answers.setdefault(key, Observation(one.accepts(side, answered(one))))

    def score(self, basis: Basis = Basis.OFFICIAL) -> Score:
        found = score(compare(self._snapshot(), self.instrument), self.instrument, basis)
        if found is None:
            raise ValueError(self.instrument.pin)
        return found

    def _asked(self, indicator: Indicator) -> list[str]:
        posts = [role.code for role in indicator.roles]
        return [id_ for id_, one in self.respondents.items() if one.post in posts]

    def _snapshot(self) -> Snapshot:
        visit = Visit(
            id="visit",
            institution="Kota Contoh",
            unit="Dinas Contoh",
            object_type="dinas",
            instrument_version=self.instrument.pin,
            instrument_digest=self.instrument.digest,
            kind=VisitKind.UNANNOUNCED,
            state=VisitState.OPEN,
            arrival=datetime(2026, 11, 22, 2, tzinfo=UTC),
            team=("Contoh Asesor",),
        )
        return Snapshot(visit, self.answers, self.products, self.respondents, {}, {}, {})


def best(indicator: Indicator) -> str:
    """The answer that fulfils an indicator of levels, parts or a target in full."""
    scale = indicator.scale
    if scale.parts:
        return " ".join(part.value for part in scale.parts)
    if scale.target is not None:
        return str(scale.target)
    return max(scale.levels, key=lambda level: level.fulfilment or Decimal(0)).value


def example_2015(instrument: Instrument) -> Walked:
    """Two products: the first lacks three items in practice, the second one of them."""
    walked = Walked(instrument)
    for code in ("P15-04", "P15-06", "P15-14"):
        walked.answer(code, PRACTICE, "absent", product="A")
    walked.answer("P15-06", PRACTICE, "absent", product="B")
    walked.fill()
    return walked


def example_2023(instrument: Instrument) -> Walked:
    """A department with two products, four officers, 30 users, and one item that does not apply."""
    walked = Walked(instrument)
    for post in ("pimpinan", "layanan", "pengaduan", "petugas"):
        walked.ask(post)
    walked.ask("pengguna", count=30)
    components = [part.value for part in instrument.indicator("I22-01").scale.parts]
    named = [" ".join(components[:count]) or "none" for count in (14, 7, 7, 0)]
    walked.tell("I22-01", named)
    for number in range(2, 7):
        walked.tell(f"I22-{number:02d}", ["4", "3", "3", "2"])
    walked.answer("I22-07", PRACTICE, "quarterly")
    for side in Side:
        walked.answer("I22-08", side, "80")
    walked.answer("I22-09", PRACTICE, "0")
    walked.answer("I22-11", PRACTICE, "annual_target monthly_report")
    walked.answer("P22-04", PRACTICE, "2", product="B")
    walked.answer("P22-09", PRACTICE, "3")
    walked.answer("P22-11", PRACTICE, " ".join(components[:7]))
    for number in range(1, 6):
        walked.tell(f"O22-{number:02d}", ["5"] * 15 + ["4"] * 15)
    for code, level in (("A22-03", "3"), ("A22-04", "2"), ("A22-05", "2")):
        walked.answer(code, PRACTICE, level)
    walked.leave_out("A22-06")
    walked.fill()
    return walked
