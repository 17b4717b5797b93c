"""Whether zones and categories cover every score from 0 to the maximum exactly once."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from assessor_app.instruments.document import Document
from assessor_app.instruments.faults import Fault
from assessor_app.instruments.overview import Overview
from assessor_app.instruments.schema import BandsForm

# Scores are published with two decimals, so no score lies between 53.99 and 54.00.
_SCORE_STEP = Decimal("0.01")


def band_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    if seen.bands is None:
        return
    yield from _ends(document, seen.bands, seen.maximum)
    yield from _order(document, seen.bands)
    yield from _step(document, seen.bands)


def _ends(document: Document, bands: BandsForm, maximum: Decimal | None) -> Iterator[Fault]:
    last = len(bands.zones) - 1
    lowest, highest = bands.zones[0].lower, bands.zones[last].upper
    if lowest != 0:
        path = ("bands", "zones", 0, "lower")
        yield document.fault(path, "instrument_bands_start", value=lowest)
    if maximum is not None and highest != maximum:
        path = ("bands", "zones", last, "upper")
        yield document.fault(path, "instrument_bands_end", value=highest, maximum=maximum)


def _order(document: Document, bands: BandsForm) -> Iterator[Fault]:
    for index, zone in enumerate(bands.zones):
        if zone.lower > zone.upper:
            yield document.fault(
                ("bands", "zones", index),
                "instrument_band_reversed",
                lower=zone.lower,
                upper=zone.upper,
            )
    for index, (below, above) in enumerate(pairwise(bands.zones), start=1):
        distance = above.lower - below.upper
        if distance == bands.step:
            continue
        code = "instrument_bands_overlap" if distance <= 0 else "instrument_bands_hole"
        yield document.fault(
            ("bands", "zones", index, "lower"),
            code,
            below=below.upper,
            above=above.lower,
            step=bands.step,
        )


def _step(document: Document, bands: BandsForm) -> Iterator[Fault]:
    path = ("bands", "step")
    if bands.step <= 0:
        yield document.fault(path, "instrument_not_positive", value=bands.step)
    elif bands.step > _SCORE_STEP and bands.between is None:
        yield document.fault(path, "instrument_between_missing", step=bands.step)
