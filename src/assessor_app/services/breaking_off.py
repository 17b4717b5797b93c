"""An interview that was broken off: what was not asked yet says why, all of it in one action."""

from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Asked, Instrument
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.visit import Snapshot

Values = dict[tuple[str, str], Json]


def broken_off(
    snapshot: Snapshot, instrument: Instrument, respondent: str, *, asked: frozenset[str], why: str
) -> Values:
    """Why each question of a respondent (id) is open, of those `asked` (codes) and not settled.

    An answer that is given later takes it away again. Raises RecordRefused `nothing_broken_off`
    where everything was asked.
    """
    known = snapshot.respondents[respondent]
    values: Values = {}
    for one in instrument.indicators():
        posts = {role.code for role in one.roles}
        fits = known.post is None or not posts or known.post in posts
        if one.asked is not Asked.PER_RESPONDENT or one.code not in asked or not fits:
            continue
        for side in one.sides:
            key = ObservationKey(one.code, side, respondent=respondent)
            if not snapshot.observation(key).settled:
                values[key.entity, "not_assessed_reason"] = why
    if not values:
        raise RecordRefused("nothing_broken_off", respondent=known.pseudonym)
    return values
