"""A visit as `show` tells it: every indicator with its sides, as data and as lines."""

from collections.abc import Iterator

from assessor_app.cli.context import Context
from assessor_app.cli.history_command import line_data
from assessor_app.cli.printing import sample_mark
from assessor_app.domain.event import Json
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instants import instant_text
from assessor_app.domain.instrument import AnswerKind, Indicator
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.progress import progress
from assessor_app.domain.scoring import Basis
from assessor_app.domain.visit import Returned, Snapshot
from assessor_app.services.report import follow_up
from assessor_app.services.report.answers import told
from assessor_app.services.report.cards import notes
from assessor_app.services.report.counting import because
from assessor_app.services.report.indicator_record import observation_values
from assessor_app.services.report.interviews import each_voice
from assessor_app.services.report.left_out import inapplicable
from assessor_app.services.report.summary import standing_reason, zone_of
from assessor_app.services.report.tables import gap_told
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.timeline import late_count, late_history

_SHORT_ID = 12  # characters from the end: these are random, the beginning is the time


def seen(context: Context, session: Session) -> tuple[Json, str]:
    """The visit as JSON data and as text."""
    compared = session.compared()
    indicators = [
        _indicator(session, one, [pair for pair in compared if pair.indicator.code == one.code])
        for one in session.instrument.indicators()
    ]
    return _data(context, session, indicators), _text(context, session, compared)


def _data(context: Context, session: Session, indicators: list[Json]) -> Json:
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
        "respondents": [
            {
                "respondent": one.pseudonym,
                "role": one.role,
                "post": one.post,
                "substitute": one.substitute,
            }
            for _, one in sorted(snapshot.respondents.items())
        ],
        "receiver": {"declared": receiver.declared.value, "name": receiver.name}
        if receiver
        else None,
        "documents": [
            {"number": one.number, "revision": one.revision, "sha256": one.sha256}
            for one in snapshot.documents.values()
        ],
        "returned": [_came_back(one) for one in snapshot.returned],
        "conflicts": [f"{one.entity} {one.field}" for one in snapshot.conflicts],
        "late": [line_data(one) for one in late_history(session, context.workplace, context.words)],
        "indicators": indicators,
    }


def _came_back(item: Returned) -> Json:
    return {
        "id": item.id,
        "document": item.document,
        "kind": item.kind.value,
        "sha256": item.sha256,
        "media_type": item.media_type,
        "size": item.size,
        "received_at": instant_text(item.received_at),
        "from": item.sender,
        "note": item.note,
    }


def _indicator(session: Session, indicator: Indicator, compared: list[Compared]) -> Json:
    snapshot, weighted = session.snapshot, session.instrument.weighted
    data: dict[str, Json] = {
        "code": indicator.code,
        "text": indicator.text.id,
        "weight": exact_text(indicator.weight) if weighted else None,
        "verified": indicator.verified,
        "asked": indicator.asked.value,
        "kind": indicator.kind.value,
        "sides": [side.value for side in indicator.sides],
        "answers": _answers(indicator),
        "gaps": [
            {"product": snapshot.products.get(one.product), "kind": one.gap.kind.value}
            for one in compared
            if one.gap
        ],
        "does_not_apply": [
            {"product": snapshot.products.get(one.product), "how": one.applies.value}
            for one in compared
            if not one.asked
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


def _answers(indicator: Indicator) -> list[Json]:
    """What may be answered where answers are named: levels, or the parts of a checklist."""
    scale = indicator.scale
    return [one.value for one in (scale.levels or scale.parts)]


def _evidence(snapshot: Snapshot, key: ObservationKey) -> Json:
    return [
        {"id": one.id, "sha256": one.sha256, "caption": one.caption}
        for one in snapshot.evidence_for(key)
    ]


def _text(context: Context, session: Session, compared: tuple[Compared, ...]) -> str:
    words, snapshot = context.words, session.snapshot
    visit = snapshot.visit
    kind = words(f"visit_kind.{visit.kind.value}")
    lines = [
        f"{sample_mark(visit, words)}{visit.institution} – {visit.unit}",
        f"{kind}, {words.moment(visit.arrival)}; {words(f'state.{visit.state.value}')}",
        *_standing(session, words),
        *_unsettled(context, session),
        *_back(context, snapshot),
        "",
    ]
    for one in compared:
        if one.applies is Applies.NOT_FOLLOWED:
            continue
        product = snapshot.products.get(one.product)
        name = words.of(one.indicator.text) + (f" [{product}]" if product else "")
        if one.indicator.kind is AnswerKind.NOTE:
            lines.append(f"{one.indicator.code}  {name}")
            continue
        lines.append(f"{one.indicator.code}  {name}: {gap_told(one, words)[0]}")
        lines += [f"        {told}" for told in _sides(context, snapshot, one)]
    return "\n".join(lines)


def _back(context: Context, snapshot: Snapshot) -> Iterator[str]:
    """What came back of the visit's documents, a line each."""
    words = context.words
    for item in snapshot.returned:
        yield context.say(
            "returned.line",
            kind=words(f"returned.{item.kind.value}"),
            sender=item.sender,
            when=words.moment(item.received_at),
            id=item.id[-_SHORT_ID:],
        )


def _standing(session: Session, words: Words) -> list[str]:
    """The score and what it may be called; without weights, why there is none."""
    if session.snapshot.followed:
        day = follow_up.visit_day(session.snapshot, words)
        items = follow_up.judged(session.seen(), on=day)
        return [follow_up.summary(items, words), words("followed.no_score")]
    official = session.scores().get(Basis.OFFICIAL)
    if official is None:
        made = progress(session.snapshot, session.compared())
        done = words("minutes.answered_of", answered=made.answered, asked=made.asked)
        return [
            f"{words('unscored.statement')}; {words('minutes.answered')}: {done}",
            because(session.instrument, words),
        ]
    standing = words(f"standing.{official.standing.value}")
    number = f"{words.points(official.points)} / {words.weight(official.maximum)}"
    return [
        f"{standing}: {number}; {zone_of(official, session.instrument, words)}",
        standing_reason(official, words),
    ]


def _unsettled(context: Context, session: Session) -> Iterator[str]:
    """What several devices left open: conflicts, and what came after the closing."""
    conflicts = session.snapshot.conflicts
    late = late_count(context.workplace, session.visit_id)
    if conflicts:
        yield context.say("show.conflicts", count=len(conflicts))
    if late:
        yield context.say("show.late", count=late)


def _sides(context: Context, snapshot: Snapshot, one: Compared) -> Iterator[str]:
    """Each side's answer, notes and photos; where it does not apply, the reason instead."""
    words = context.words
    if not one.asked:
        yield from (left.reason for left in inapplicable([one], snapshot, words))
        return
    for side in one.indicator.sides:
        keys = [key for key in one.keys if key.side is side]
        note = notes(one, side, snapshot).replace("\n", "; ")
        count = len(snapshot.evidence_for(*keys))
        voices = "; ".join(each_voice(one, side, snapshot, words))
        parts = [part for part in (told(one, side, snapshot, words), voices, note) if part]
        photos = f" ({context.say('show.photos', count=count)})" if count else ""
        yield f"{words.side(side)}: {' – '.join(parts)}{photos}"
