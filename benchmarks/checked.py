"""The product's own check of a whole store, and what a store holds, for the proofs to compare."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from assessor_app.compose import Application
from assessor_app.domain.event import STORE
from assessor_app.services.checking.check import check
from assessor_app.services.checking.noticed import Weight
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.visits import all_visits


def faults(workplace: Workplace) -> tuple[str, ...]:
    """What `assessor store check` calls broken. Raises StoreProblem where nothing can be read."""
    found = (one for one in check(workplace.store).noticed if one.weight is Weight.BROKEN)
    return tuple(f"{one.code} {dict(one.places)}" for one in found)


def held(application: Application, workplace: Workplace) -> str:
    """A digest of all that the store holds of its one visit."""
    visits = all_visits(workplace.store)
    return state(workplace, application.open(workplace, visits[0].id) if visits else None)


def state(workplace: Workplace, session: Session | None) -> str:
    """A digest of who is enrolled and, once a visit has begun, of all that is held of it.

    Mappings count in any order: one that grew answer by answer equals one that was read anew.
    """
    seen: list[object] = [workplace.profile, workplace.store.head(STORE)]
    if session is not None:
        seen += [workplace.store.head(session.visit_id), session.snapshot]
    return hashlib.sha256(_told(seen).encode()).hexdigest()


def _told(value: object) -> str:
    """A value with all that it holds, as text in one order."""
    if is_dataclass(value):
        held = (f"{one.name}={_told(getattr(value, one.name))}" for one in fields(value))
        return f"{type(value).__name__}({', '.join(held)})"
    if isinstance(value, Mapping):
        return str(sorted(f"{_told(key)}: {_told(one)}" for key, one in value.items()))
    if isinstance(value, list | tuple):
        return str([_told(one) for one in value])
    return repr(value)
