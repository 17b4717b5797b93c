"""Whether the roles of an instrument are sound, and each indicator names those that there are."""

from collections.abc import Iterator

from assessor_app.domain.instrument import Asked
from assessor_app.domain.respondents import RespondentKind
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath, shown, shown_list
from assessor_app.instruments.overview import Overview
from assessor_app.instruments.repeats import repeats
from assessor_app.instruments.schema import RoleForm

# `posts` counts officers, `at_least` the users that a mean needs.
_FOREIGN = {RespondentKind.OFFICER: "at_least", RespondentKind.USER: "posts"}


def respondent_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    for index, role in enumerate(seen.roles):
        if role is not None:
            yield from _role(document, role, ("respondents", "roles", index))
    yield from _named(document, seen)


def _role(document: Document, role: RoleForm, path: KeyPath) -> Iterator[Fault]:
    if role.share <= 0:
        yield document.fault((*path, "share"), "instrument_not_positive", value=role.share)
    if role.substitute_share < 0:
        at = (*path, "substitute_share")
        yield document.fault(at, "instrument_negative", value=role.substitute_share)
    foreign = _FOREIGN[role.kind]
    if getattr(role, foreign) is not None:
        places = {"name": foreign, "kind": role.kind.value}
        yield document.fault((*path, foreign), "instrument_role_key_unfit", **places)


def _named(document: Document, seen: Overview) -> Iterator[Fault]:
    for path, indicator in seen.readable():
        at = (*path, "roles")
        if indicator.roles and indicator.asked is not Asked.PER_RESPONDENT:
            yield document.fault(at, "instrument_roles_unasked", asked=indicator.asked.value)
        named = [((*at, index), name) for index, name in enumerate(indicator.roles)]
        yield from repeats(document, named)
        for where, name in named:
            if name not in seen.role_codes:
                places = {"name": shown(name), "known": shown_list(sorted(seen.role_codes))}
                yield document.fault(where, "instrument_role_unknown", **places)
