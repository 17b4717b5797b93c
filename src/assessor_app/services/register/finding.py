"""One office of the register by what a person calls it."""

from assessor_app.domain.problem import RegisterRefused
from assessor_app.domain.register import Institution, Unit
from assessor_app.services.register.keeping import entry_or_none
from assessor_app.services.register.reading import Kept


def found_by(now: Kept, text: str, *, institution: str | None = None) -> Institution | Unit:
    """The unit or institution of an id, a code or a name, that still stands where several fit.

    With `institution` (its name) only units of it are meant. Raises RegisterRefused
    `register_unknown` or `register_ambiguous`.
    """
    exact = entry_or_none(now.register, text) or now.index.unit_by_code(text)
    exact = exact or now.index.institution_by_code(text)
    if exact is not None:
        return exact
    found: list[Institution | Unit] = [*now.index.units_named(text, institution=institution)]
    if institution is None:
        found += now.index.institutions_named(text)
    standing = [one for one in found if one.stands] or found
    if not standing:
        raise RegisterRefused("register_unknown", id=text)
    if len(standing) > 1:
        listed = "; ".join(_told(now, one) for one in standing)
        raise RegisterRefused("register_ambiguous", name=text, found=listed)
    return standing[0]


def _told(now: Kept, one: Institution | Unit) -> str:
    of = now.register.institution_of(one) if isinstance(one, Unit) else None
    named = f"{one.name}, {of.name}" if of else one.name
    return f"{named} ({one.code})" if one.code else named
