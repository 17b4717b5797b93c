"""Where an entry belongs, and what it changes there: an answer, a reason, a name made known."""

from collections.abc import Mapping

from assessor_app.domain.clock import NewId
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Asked, Indicator
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.visit import Snapshot
from assessor_app.services.entries import Entry

Values = dict[tuple[str, str], Json]

_OFFICER = "officer"  # until the instrument names posts (the method's later issue)


def entered(
    snapshot: Snapshot, indicator: Indicator, entry: Entry, *, new_id: NewId
) -> tuple[Values, ObservationKey]:
    """What an entry writes, and of which observation.

    An answer and the reason why there is none take each other away. Raises RecordRefused where
    the entry does not fit the indicator.
    """
    answer = entry.values.get("answer")
    indicator.accepts_side(entry.side)
    if answer is not None:
        indicator.accepts(entry.side, str(answer))
    values, key = place(snapshot, indicator, entry, new_id=new_id)
    values |= {(key.entity, field): value for field, value in entry.values.items()}
    before = snapshot.observations.get(key, Observation())
    if answer is not None and before.not_assessed_reason:
        values[key.entity, "not_assessed_reason"] = None  # it could be assessed after all
    if entry.values.get("not_assessed_reason") and before.answer:
        values[key.entity, "answer"] = None  # what could not be assessed has no answer
    return values, key


def place(
    snapshot: Snapshot, indicator: Indicator, entry: Entry, *, new_id: NewId
) -> tuple[Values, ObservationKey]:
    """The key of an entry, with the values that name a product or respondent seen first.

    Without a product the entry holds for the whole unit. Raises RecordRefused where the
    indicator is not asked that way.
    """
    values: Values = {}
    product = respondent = WHOLE_UNIT
    if entry.product is not None:
        if indicator.asked is not Asked.PER_PRODUCT:
            raise RecordRefused("not_asked_per_product", indicator=indicator.code)
        product = _known(snapshot.products, entry.product) or new_id()
        if product not in snapshot.products:
            values[f"product/{product}", "name"] = entry.product
    if indicator.asked is Asked.PER_RESPONDENT:
        if entry.respondent is None:
            raise RecordRefused("respondent_missing", indicator=indicator.code)
        pseudonyms = {id_: one.pseudonym for id_, one in snapshot.respondents.items()}
        respondent = _known(pseudonyms, entry.respondent) or new_id()
        if respondent not in pseudonyms:
            values[f"respondent/{respondent}", "pseudonym"] = entry.respondent
            values[f"respondent/{respondent}", "role"] = _OFFICER
    elif entry.respondent is not None:
        raise RecordRefused("not_asked_per_respondent", indicator=indicator.code)
    return values, ObservationKey(indicator.code, entry.side, product, respondent)


def _known(names: Mapping[str, str], wanted: str) -> str | None:
    for id_, name in names.items():
        if name.casefold() == wanted.casefold():
            return id_
    return None
