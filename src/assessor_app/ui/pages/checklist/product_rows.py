"""From the open session to the lines of the products beside each other."""

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import UNRECORDED, WHOLE_UNIT, Observation, ObservationKey
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.product_grid import ProductRow
from assessor_app.ui.pages.checklist.spot import Spot


def product_rows(desk: Desk, session: Session, spot: Spot) -> list[ProductRow]:
    """The unit as a whole and each product by name, with what they have at a spot's indicator."""
    named = sorted(session.snapshot.products.items(), key=lambda one: one[1].casefold())
    products = [(WHOLE_UNIT, desk.say("subject.whole")), *named]
    return [_row(desk, session, spot, product=id_, name=name) for id_, name in products]


def _row(desk: Desk, session: Session, spot: Spot, *, product: str, name: str) -> ProductRow:
    sides = spot.indicator.sides
    keys = {side: ObservationKey(spot.code, side, product) for side in sides}
    snapshot = session.snapshot
    own = {side: snapshot.observations.get(key, UNRECORDED) for side, key in keys.items()}
    return ProductRow(
        product,
        name,
        answers={side: one.answer for side, one in own.items()},
        told={
            side: _told(desk, spot, side, snapshot.observation(key), own=own[side])
            for side, key in keys.items()
        },
    )


def _told(desk: Desk, spot: Spot, side: Side, holds: Observation, *, own: Observation) -> str:
    """What holds in words, and that it is the unit's where the product has none of its own."""
    if holds.answer is None:
        return desk.say("products.settled" if holds.settled else "products.open")
    told = desk.words.answer(spot.indicator, holds.answer, side=side)
    return told if own.answer is not None else desk.say("products.of_unit", answer=told)
