"""What the record says of an indicator: what was observed, what was heard, where the gaps are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assessor_app.domain.event import Json
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instrument import Indicator
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.respondents import RespondentKind
from assessor_app.domain.visit import Snapshot
from assessor_app.services.report.interviews import is_told, kind_of
from assessor_app.services.report.record_fields import day_or_none, filled, instant_or_none


def indicator_values(
    snapshot: Snapshot, compared: Sequence[Compared], *, weighted: bool, voices: bool
) -> Json:
    """One indicator with all that was recorded of it.

    `heard` tells what respondents said as a group; what each of them said only with `voices`.
    """
    indicator = compared[0].indicator
    observed = [
        (key, one)
        for key, one in sorted(snapshot.observations.items())
        if key.indicator == indicator.code
    ]
    return {
        "code": indicator.code,
        "text": indicator.text.id,
        "weight": exact_text(indicator.weight) if weighted else None,
        "verified": indicator.verified,
        "answered_by": indicator.kind.value,
        "applies": [
            {"product": snapshot.products.get(one.product), "how": one.applies.value}
            for one in compared
            if one.applies is not Applies.ASKED
        ],
        "observations": [
            # Of a voice nothing is told, not even which of its fields were filled.
            _observation(snapshot, key, one) if voices or key.respondent == WHOLE_UNIT else None
            for key, one in observed
        ],
        "heard": _heard(snapshot, indicator, observed),
        "gaps": [
            {
                "product": snapshot.products.get(one.product),
                "kind": one.gap.kind.value,
                "points": exact_text(one.gap.points) if weighted else None,
            }
            for one in compared
            if one.gap is not None
        ],
    }


def _observation(snapshot: Snapshot, key: ObservationKey, observation: Observation) -> Json:
    respondent = snapshot.respondents.get(key.respondent)
    return {
        "side": key.side.value,
        "product": snapshot.products.get(key.product),
        "respondent": respondent.pseudonym if respondent else None,
        **observation_values(observation),
    }


def _heard(
    snapshot: Snapshot,
    indicator: Indicator,
    observed: Iterable[tuple[ObservationKey, Observation]],
) -> list[Json]:
    """How many officers and how many users gave each answer: who, it does not say.

    The answers are told where the pages tell them (interviews.py, `is_told`).
    """
    groups: dict[tuple[str, str, RespondentKind], list[str]] = {}
    for key, one in observed:
        if key.respondent != WHOLE_UNIT and one.answer is not None:
            asked = snapshot.respondents.get(key.respondent)
            kind = kind_of(asked) if asked else RespondentKind.OFFICER
            groups.setdefault((key.side.value, key.product, kind), []).append(one.answer)
    return [
        filled(
            {
                "side": side,
                "product": snapshot.products.get(product),
                "group": kind.value,
                "respondents": len(answers),
                "answers": dict(sorted(Counter(answers).items()))
                if is_told(indicator, kind, len(answers))
                else None,
            }
        )
        for (side, product, kind), answers in sorted(groups.items())
    ]


def observation_values(observation: Observation) -> dict[str, Json]:
    """What was recorded of one side, without the fields that stayed empty."""
    document = observation.document
    values: Mapping[str, Json] = {
        "answer": observation.answer,
        "note": observation.note,
        "observed_at": instant_or_none(observation.observed_at),
        "not_assessed_reason": observation.not_assessed_reason,
        "not_applicable_reason": observation.not_applicable_reason,
        "no_evidence_reason": observation.no_evidence_reason,
        "document": filled(
            {
                "kind": document.kind,
                "number": document.number,
                "date": day_or_none(document.dated),
                "signatory": document.signatory,
                "where_seen": document.where_seen.value if document.where_seen else None,
            }
        )
        or None,
    }
    return filled(values)
