"""Where an entry belongs, and what it changes there: an answer, a reason, a name made known."""

import uuid
from collections.abc import Mapping

from assessor_app.domain.clock import NewId
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Asked, Instrument, Role
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.relevance import Relevance
from assessor_app.domain.respondents import RespondentKind
from assessor_app.domain.visit import Snapshot
from assessor_app.services.entries import Entry, clean_text

Values = dict[tuple[str, str], Json]

_SETTLING = ("answer", "not_assessed_reason", "not_applicable_reason")
_OFFICER = RespondentKind.OFFICER.value  # where the instrument names no posts


def entered(
    snapshot: Snapshot, instrument: Instrument, entry: Entry, *, new_id: NewId
) -> tuple[Values, ObservationKey]:
    """What an entry writes, and of which observation.

    An answer, the reason why there is none and the reason why the indicator does not apply take
    each other away. Raises RecordRefused where the entry does not fit the indicator.
    """
    indicator = instrument.indicator(entry.indicator)
    indicator.accepts_side(entry.side)
    given = dict(entry.values)
    answer = given.get("answer")
    if answer is not None:
        given["answer"] = indicator.accepts(entry.side, str(answer))
    if given.get("not_applicable_reason") and not indicator.may_not_apply:
        raise RecordRefused("always_applies", indicator=indicator.code)
    values, key = place(snapshot, instrument, entry, new_id=new_id)
    if answer is not None and indicator.constraint is not None:
        _require_fit(snapshot, instrument, key, answer=str(given["answer"]))
    values |= {(key.entity, field): value for field, value in given.items()}
    before = snapshot.observations.get(key, Observation())
    settled = next((name for name in _SETTLING if given.get(name)), None)
    for name in _SETTLING:
        if settled is not None and name != settled and getattr(before, name):
            values[key.entity, name] = None
    return values, key


def introduced(
    snapshot: Snapshot,
    instrument: Instrument,
    pseudonym: str,
    *,
    post: str | None,
    substitute: bool | None,
    new_id: NewId,
) -> tuple[Values, str]:
    """What is written of a respondent seen first, or seen in another light; with the id.

    Raises RecordRefused where the instrument names posts and this is none of them.
    """
    known = {id_: one.pseudonym for id_, one in snapshot.respondents.items()}
    id_ = _known(known, pseudonym) or new_id()
    entity = f"respondent/{id_}"
    values: Values = {}
    if id_ not in known:
        values = {(entity, "pseudonym"): pseudonym, (entity, "role"): _OFFICER}
    if post is not None:
        role = _role(instrument, post)
        values |= {(entity, "post"): role.code, (entity, "role"): role.kind.value}
        if substitute and role.kind is RespondentKind.USER:
            raise RecordRefused("substitute_of_user", post=role.code)
    if substitute is not None:
        values[entity, "is_substitute"] = substitute
    return values, id_


def named_product(snapshot: Snapshot, name: str, *, product: str | None) -> tuple[Values, str]:
    """What is written of a product that is named, or (by its id) renamed; with the id.

    Raises RecordRefused `field_missing`, `product_gone`, `product_there`.
    """
    told = clean_text(name, "product")
    if told is None:
        raise RecordRefused("field_missing", field="product")
    if product is not None and product not in snapshot.products:
        raise RecordRefused("product_gone")
    known = _known(snapshot.products, told)
    if known is not None and known != product:
        raise RecordRefused("product_there", name=told)
    id_ = product or _product_id(snapshot, told)
    return {(f"product/{id_}", "name"): told}, id_


def place(
    snapshot: Snapshot, instrument: Instrument, entry: Entry, *, new_id: NewId
) -> tuple[Values, ObservationKey]:
    """The key of an entry, with the values that name a product or respondent seen first.

    Without a product the entry holds for the whole unit. Raises RecordRefused where the
    indicator is not asked that way.
    """
    indicator = instrument.indicator(entry.indicator)
    if entry.respondent is None and (entry.post is not None or entry.substitute is not None):
        raise RecordRefused("post_of_nobody", indicator=indicator.code)
    values: Values = {}
    product = respondent = WHOLE_UNIT
    if entry.product is not None:
        if indicator.asked is not Asked.PER_PRODUCT:
            raise RecordRefused("not_asked_per_product", indicator=indicator.code)
        product = _known(snapshot.products, entry.product) or _product_id(snapshot, entry.product)
        if product not in snapshot.products:
            values[f"product/{product}", "name"] = entry.product
    if indicator.asked is Asked.PER_RESPONDENT:
        if entry.respondent is not None and entry.values.get("not_applicable_reason"):
            raise RecordRefused("inapplicable_to_one", indicator=indicator.code)
        if entry.respondent is not None:
            more, respondent = introduced(
                snapshot,
                instrument,
                entry.respondent,
                post=entry.post,
                substitute=entry.substitute,
                new_id=new_id,
            )
            values |= more
        elif set(entry.values) != {"not_applicable_reason"}:  # which is said of all, or of none
            raise RecordRefused("respondent_missing", indicator=indicator.code)
    elif entry.respondent is not None:
        raise RecordRefused("not_asked_per_respondent", indicator=indicator.code)
    return values, ObservationKey(indicator.code, entry.side, product, respondent)


def fits(snapshot: Snapshot, instrument: Instrument, key: ObservationKey, *, answer: str) -> bool:
    """Whether an answer meets its indicator's constraint, beside all that was answered else."""
    indicator = instrument.indicator(key.indicator)
    if indicator.constraint is None:
        return True
    relevance = Relevance(snapshot, instrument, product=key.product)
    # By its own name a question means what is being answered now, as `.` does.
    answers = {**relevance.answers(indicator.constraint.names), indicator.code: answer}
    return indicator.constraint.holds(answers, own=answer)


def _require_fit(
    snapshot: Snapshot, instrument: Instrument, key: ObservationKey, *, answer: str
) -> None:
    """Raise RecordRefused where an answer does not meet the indicator's constraint."""
    indicator = instrument.indicator(key.indicator)
    if indicator.constraint is None or fits(snapshot, instrument, key, answer=answer):
        return
    reason = indicator.constraint_message
    if reason is not None:
        raise RecordRefused(
            "answer_unfit_because", indicator=indicator.code, answer=answer, reason=reason
        )
    raise RecordRefused(
        "answer_unfit",
        indicator=indicator.code,
        answer=answer,
        constraint=indicator.constraint.expression,
    )


def _role(instrument: Instrument, post: str) -> Role:
    for role in instrument.roles:
        if role.code.casefold() == post.casefold():
            return role
    posts = ", ".join(role.code for role in instrument.roles)
    raise RecordRefused("post_unknown", post=post, posts=posts or "–")


def _product_id(snapshot: Snapshot, name: str) -> str:
    """The same on every device of the visit: two assessors who name a product mean the same one."""
    return str(uuid.uuid5(uuid.UUID(snapshot.visit.id), name.casefold()))


def _known(names: Mapping[str, str], wanted: str) -> str | None:
    for id_, name in names.items():
        if name.casefold() == wanted.casefold():
            return id_
    return None
