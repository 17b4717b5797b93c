"""A visit against an earlier one: what was repaired, what is still open, what broke since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.findings import FindingKind
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Indicator, Instrument
from assessor_app.domain.outlook import Outlook


class Since(StrEnum):
    """What became of an indicator since the earlier visit, in the order in which it is told."""

    NEWLY_BROKEN = "newly_broken"
    STILL_OPEN = "still_open"
    REPAIRED = "repaired"
    STILL_FINE = "still_fine"
    NOT_COMPARABLE = "not_comparable"


class Found(StrEnum):
    """How an indicator stood at one visit."""

    FINE = "fine"
    OPEN = "open"  # something is to be repaired: it has a finding
    UNKNOWN = "unknown"  # not answered on all sides
    NOT_APPLICABLE = "not_applicable"  # did not apply, or was not asked under its condition
    ABSENT = "absent"  # the instrument of that visit does not have it


@dataclass(frozen=True, slots=True)
class Traced:
    """One indicator at both visits; `findings` are what is open at the later one."""

    indicator: Indicator
    earlier: Found
    later: Found
    findings: tuple[FindingKind, ...]

    @property
    def was_open(self) -> bool:
        """Whether something was to be repaired at the earlier visit."""
        return self.earlier is Found.OPEN

    @property
    def since(self) -> Since:
        match (self.earlier, self.later):
            case (Found.OPEN, Found.FINE):
                return Since.REPAIRED
            case (Found.OPEN, Found.OPEN):
                return Since.STILL_OPEN
            case (Found.FINE, Found.OPEN):
                return Since.NEWLY_BROKEN
            case (Found.FINE, Found.FINE):
                return Since.STILL_FINE
            case _:
                return Since.NOT_COMPARABLE


@dataclass(frozen=True, slots=True)
class Stood:
    """One of the two visits: its outlook under its own instrument."""

    outlook: Outlook
    instrument: Instrument


def compare_visits(earlier: Stood, later: Stood) -> tuple[Traced, ...]:
    """Every indicator of either visit, in the later instrument's order, then what it dropped.

    Indicators are the same by their code, which is never used again for another (record.md). One
    that is asked of several products is open while it is open for any of them.
    """
    before, after = _found(earlier), _found(later)
    kinds = _kinds(later.outlook)
    return tuple(
        Traced(
            indicator,
            before.get(indicator.code, Found.ABSENT),
            after.get(indicator.code, Found.ABSENT),
            kinds.get(indicator.code, ()),
        )
        for indicator in _both(later.instrument, earlier.instrument)
    )


def _both(first: Instrument, second: Instrument) -> Iterable[Indicator]:
    known = {one.code for one in first.indicators()}
    yield from first.indicators()
    yield from (one for one in second.indicators() if one.code not in known)


def _found(stood: Stood) -> dict[str, Found]:
    open_ = set(_kinds(stood.outlook))
    grouped: dict[str, list[Compared]] = {}
    for one in stood.outlook.compared:
        grouped.setdefault(one.indicator.code, []).append(one)
    return {
        code: Found.OPEN if code in open_ else _without_finding(products)
        for code, products in grouped.items()
    }


def _without_finding(products: Sequence[Compared]) -> Found:
    asked = [one for one in products if one.asked]
    if not asked:
        return Found.NOT_APPLICABLE
    known = all(one.on(side) is not None for one in asked for side in one.indicator.sides)
    return Found.FINE if known and asked[0].indicator.sides else Found.UNKNOWN


def _kinds(outlook: Outlook) -> dict[str, tuple[FindingKind, ...]]:
    kinds: dict[str, tuple[FindingKind, ...]] = {}
    for finding in outlook.findings:
        code = finding.indicator.code
        if finding.kind not in kinds.get(code, ()):
            kinds[code] = (*kinds.get(code, ()), finding.kind)
    return kinds
