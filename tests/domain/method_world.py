"""Instruments and visits made in memory, to try the method's arithmetic on many of them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from assessor_app.domain.instrument import (
    AggregationRule,
    AnswerKind,
    Asked,
    Denominator,
    Dimension,
    Indicator,
    Instrument,
    Level,
    NotAssessable,
    ObjectType,
    Scale,
    Side,
    SideRule,
    Source,
    Variable,
    Wording,
)
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.respondents import Respondent, Role
from assessor_app.domain.visit import Snapshot, Visit, VisitKind, VisitState

SOURCED = Source(verified=True, note="A")
ABSENT, PARTIAL, PRESENT = "absent", "partial", "present"


def said(text: str) -> Wording:
    return Wording(text, text)


def partial() -> Scale:
    steps = (("present", "1"), ("partial", "0.5"), ("absent", "0"))
    levels = tuple(Level(value, Decimal(share), said(value)) for value, share in steps)
    return Scale(AnswerKind.PARTIAL, levels=levels)


def indicator(
    code: str,
    weight: str = "1",
    *,
    scale: Scale | None = None,
    counts: SideRule = SideRule.PRACTICE,
    sides: Sequence[Side] = tuple(Side),
    asked: Asked = Asked.ONCE,
    roles: Sequence[Role] = (),
) -> Indicator:
    return Indicator(
        code=code,
        text=said(code),
        scale=scale or partial(),
        sides=tuple(sides),
        asked=asked,
        weight=Decimal(weight),
        weight_source=SOURCED,
        text_source=SOURCED,
        counts=counts,
        legal_basis=("UU 25/2009",),
        legal_source=SOURCED,
        evidence_asked=None,
        advice=None,
        roles=tuple(roles),
    )


def instrument(
    *dimensions: Sequence[Indicator],
    denominator: Denominator = Denominator.INSTRUMENT,
    not_assessable: NotAssessable = NotAssessable.OPEN,
    weighted: bool = True,
) -> Instrument:
    every = [one for dimension in dimensions for one in dimension]
    return Instrument(
        id="uji",
        version="1",
        year=2026,
        title=said("Uji"),
        legal_basis="UU 25/2009",
        object_types=(ObjectType("opd", said("OPD")),),
        dimensions=tuple(
            Dimension(f"d{number}", said(f"D{number}"), (Variable(said("v"), tuple(found)),))
            for number, found in enumerate(dimensions)
        ),
        bands=(),
        bands_source=SOURCED,
        between_source=SOURCED,
        maximum=sum((one.weight for one in every), Decimal(0)) or Decimal(100),
        aggregation=AggregationRule.MEAN_OF_UNITS,
        aggregation_source=SOURCED,
        side_rule_source=SOURCED,
        digest="0" * 64,
        weighted=weighted,
        denominator=denominator,
        not_assessable=not_assessable,
    )


def snapshot(
    observations: Mapping[ObservationKey, Observation] | None = None,
    *,
    products: Mapping[str, str] | None = None,
    respondents: Sequence[Respondent] = (),
) -> Snapshot:
    visit = Visit(
        id="019aa000-0000-7000-8000-000000000001",
        institution="Kota Uji",
        unit="Dinas Uji",
        object_type="opd",
        instrument_version="uji@1",
        instrument_digest="0" * 64,
        kind=VisitKind.UNANNOUNCED,
        state=VisitState.OPEN,
        arrival=datetime(2026, 11, 22, 1, tzinfo=UTC),
        team=("Siti",),
    )
    return Snapshot(
        visit=visit,
        observations=dict(observations or {}),
        products=dict(products or {}),
        respondents={one.id: one for one in respondents},
        evidence={},
        findings={},
        documents={},
    )


def both(code: str, answer: str) -> dict[ObservationKey, Observation]:
    return {ObservationKey(code, side): Observation(answer=answer) for side in Side}


def unfit(code: str, side: Side = Side.PRACTICE) -> dict[ObservationKey, Observation]:
    found = Observation(not_applicable_reason="layanan ini tanpa biaya")
    return {ObservationKey(code, side): found}
