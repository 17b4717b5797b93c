"""Where an entry belongs: its observation, and the product or respondent it makes known."""

from collections.abc import Mapping

from assessor_app.domain.clock import NewId
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Asked, Indicator
from assessor_app.domain.observation import WHOLE_UNIT, ObservationKey
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.visit import Snapshot
from assessor_app.services.entries import Entry

Values = dict[tuple[str, str], Json]

_OFFICER = "officer"  # until the instrument names posts (the method's later issue)


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
