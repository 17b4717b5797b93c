"""Whether zones and categories cover every score from 0 to the maximum exactly once."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault, KeyPath
from assessor_app.instruments.overview import Overview
from assessor_app.instruments.repeats import repeats
from assessor_app.instruments.schema import BandsForm, ZoneForm

# Scores are published with two decimals, so no score lies between 53.99 and 54.00.
_SCORE_STEP = Decimal("0.01")
_RANK: Mapping[ZoneColour, int] = {ZoneColour.RED: 0, ZoneColour.YELLOW: 1, ZoneColour.GREEN: 2}
_ZONES: KeyPath = ("bands", "zones")


def band_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    """The faults of the zones. There may be none: then the bounds were not published."""
    if seen.bands is None:
        return
    yield from _step(document, seen.bands)
    if not seen.bands.zones:
        return
    yield from _disorder(document, seen.bands)
    zones = sorted(enumerate(seen.bands.zones), key=lambda one: (one[1].lower, one[1].upper))
    yield from _ends(document, zones, seen.maximum)
    yield from _distances(document, zones, seen.bands.step)
    yield from _colours(document, zones)
    yield from _categories(document, seen.bands)


def _step(document: Document, bands: BandsForm) -> Iterator[Fault]:
    path = ("bands", "step")
    if bands.step is None:
        if len(bands.zones) > 1:
            yield document.fault(("bands",), "instrument_step_missing")
    elif bands.step <= 0:
        yield document.fault(path, "instrument_not_positive", value=bands.step)
    elif bands.step > _SCORE_STEP and bands.between is None and bands.zones:
        yield document.fault(path, "instrument_between_missing", step=bands.step)


def _disorder(document: Document, bands: BandsForm) -> Iterator[Fault]:
    """Sources print the best zone first; here the lowest comes first, told once."""
    for index, (below, above) in enumerate(pairwise(bands.zones), start=1):
        if above.lower < below.lower:
            places = {"below": below.lower, "above": above.lower}
            path = (*_ZONES, index, "lower")
            yield document.fault(path, "instrument_bands_disordered", **places)
            return


def _ends(
    document: Document, zones: list[tuple[int, ZoneForm]], maximum: Decimal | None
) -> Iterator[Fault]:
    (first, lowest), (last, highest) = zones[0], zones[-1]
    if lowest.lower != 0:
        path = (*_ZONES, first, "lower")
        yield document.fault(path, "instrument_bands_start", value=lowest.lower)
    if maximum is not None and highest.upper != maximum:
        path = (*_ZONES, last, "upper")
        places = {"value": highest.upper, "maximum": maximum}
        yield document.fault(path, "instrument_bands_end", **places)


def _distances(
    document: Document, zones: list[tuple[int, ZoneForm]], step: Decimal | None
) -> Iterator[Fault]:
    for index, zone in zones:
        if zone.lower > zone.upper:
            places = {"lower": zone.lower, "upper": zone.upper}
            yield document.fault((*_ZONES, index), "instrument_band_reversed", **places)
    for (_, below), (index, above) in pairwise(zones):
        distance = above.lower - below.upper
        if step is None or distance == step or below.lower > below.upper:
            continue
        code = "instrument_bands_overlap" if distance <= 0 else "instrument_bands_hole"
        places = {"below": below.upper, "above": above.lower, "step": step}
        yield document.fault((*_ZONES, index, "lower"), code, **places)


def _colours(document: Document, zones: list[tuple[int, ZoneForm]]) -> Iterator[Fault]:
    """A higher score never falls in a worse colour; dark green stands above green."""
    for index, zone in zones:
        if zone.dark and zone.zone is not ZoneColour.GREEN:
            yield document.fault((*_ZONES, index, "dark"), "instrument_dark_not_green")
    for (_, below), (index, above) in pairwise(zones):
        if (_RANK[above.zone], above.dark) < (_RANK[below.zone], below.dark):
            places = {"below": _colour(below), "above": _colour(above), "lower": above.lower}
            yield document.fault((*_ZONES, index, "zone"), "instrument_bands_fall", **places)


def _colour(zone: ZoneForm) -> str:
    return f"{zone.zone.value} (dark)" if zone.dark else zone.zone.value


def _categories(document: Document, bands: BandsForm) -> Iterator[Fault]:
    yield from repeats(
        document,
        (
            ((*_ZONES, index, "category"), zone.category)
            for index, zone in enumerate(bands.zones)
            if zone.category is not None
        ),
    )
