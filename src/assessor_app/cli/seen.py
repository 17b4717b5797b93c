"""A visit as `show` tells it: every indicator with its sides, as data and as lines."""

from assessor_app.cli.context import Context
from assessor_app.cli.printing import sample_mark
from assessor_app.domain.event import Json
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Indicator
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.scoring import Basis
from assessor_app.domain.visit import Snapshot
from assessor_app.services.report.record import observation_values
from assessor_app.services.report.summary import standing_reason, zone_name
from assessor_app.services.report.words import NONE
from assessor_app.services.session import Session


def seen(context: Context, session: Session) -> tuple[Json, str]:
    """The visit as JSON data and as text."""
    compared = session.compared()
    indicators = [
        _indicator(
            session.snapshot, one, [pair for pair in compared if pair.indicator.code == one.code]
        )
        for one in session.instrument.indicators()
    ]
    return _data(session, indicators), _text(context, session, compared)


def _data(session: Session, indicators: list[Json]) -> Json:
    snapshot = session.snapshot
    visit = snapshot.visit
    receiver = snapshot.receiver
    return {
        "visit": visit.id,
        "institution": visit.institution,
        "unit": visit.unit,
        "object_type": visit.object_type,
        "instrument": visit.instrument_version,
        "kind": visit.kind.value,
        "state": visit.state.value,
        "outcome": visit.outcome.value if visit.outcome else None,
        "arrival": visit.arrival.isoformat(),
        "departure": visit.departure.isoformat() if visit.departure else None,
        "team": list(visit.team),
        "sample": visit.sample,
        "products": sorted(snapshot.products.values()),
        "receiver": {"declared": receiver.declared.value, "name": receiver.name}
        if receiver
        else None,
        "documents": [
            {"number": one.number, "revision": one.revision, "sha256": one.sha256}
            for one in snapshot.documents.values()
        ],
        "conflicts": [f"{entity} {field}" for entity, field in snapshot.conflicts],
        "indicators": indicators,
    }


def _indicator(snapshot: Snapshot, indicator: Indicator, compared: list[Compared]) -> Json:
    data: dict[str, Json] = {
        "code": indicator.code,
        "text": indicator.text.id,
        "weight": exact_text(indicator.weight),
        "verified": indicator.verified,
        "asked": indicator.asked.value,
        "sides": [side.value for side in indicator.sides],
        "answers": [level.value for level in indicator.levels],
        "gaps": [
            {"product": snapshot.products.get(one.product), "kind": one.gap.kind.value}
            for one in compared
            if one.gap
        ],
    }
    further: list[Json] = []
    attached = {key for one in snapshot.evidence.values() for key in one.attached_to}
    for key in sorted(snapshot.observations.keys() | attached):
        observation = snapshot.observations.get(key, Observation())
        values = {**observation_values(observation), "evidence": _evidence(snapshot, key)}
        if key.indicator != indicator.code or not any(values.values()):
            continue
        if key.product == key.respondent == WHOLE_UNIT:
            data[key.side.value] = values
            continue
        respondent = snapshot.respondents.get(key.respondent)
        further.append(
            {
                "side": key.side.value,
                "product": snapshot.products.get(key.product),
                "respondent": respondent.pseudonym if respondent else None,
                **values,
            }
        )
    data["observations"] = further
    return data


def _evidence(snapshot: Snapshot, key: ObservationKey) -> Json:
    return [
        {"id": one.id, "sha256": one.sha256, "caption": one.caption}
        for one in snapshot.evidence_for(key)
    ]


def _text(context: Context, session: Session, compared: tuple[Compared, ...]) -> str:
    words, snapshot = context.words, session.snapshot
    visit = snapshot.visit
    official = session.scores()[Basis.OFFICIAL]
    kind = words(f"visit_kind.{visit.kind.value}")
    standing = words(f"standing.{official.standing.value}")
    number = f"{words.points(official.points)} / {words.weight(official.maximum)}"
    lines = [
        f"{sample_mark(visit, words)}{visit.institution} – {visit.unit}",
        f"{kind}, {words.moment(visit.arrival)}; {words(f'state.{visit.state.value}')}",
        f"{standing}: {number}; {zone_name(official.band, words)}",
        standing_reason(official, words),
        "",
    ]
    for one in compared:
        product = snapshot.products.get(one.product)
        name = words.of(one.indicator.text) + (f" [{product}]" if product else "")
        gap = words(f"gap.{one.gap.kind.value}") if one.gap else words("gap.unknown")
        lines.append(f"{one.indicator.code}  {name}: {gap}")
        for side in one.indicator.sides:
            key = ObservationKey(one.indicator.code, side, one.product)
            observation = snapshot.observation(key)
            told = words.answer(one.indicator, observation.answer) if observation.answer else NONE
            note = f" – {observation.note}" if observation.note else ""
            count = len(snapshot.evidence_for(key))
            photos = f" ({context.say('show.photos', count=count)})" if count else ""
            lines.append(f"        {words.side(side)}: {told}{note}{photos}")
    return "\n".join(lines)
