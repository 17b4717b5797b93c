"""Published results as tests write them, and the shipped instruments that read them."""

from dataclasses import replace
from decimal import Decimal

from assessor_app.domain.institutions import named
from assessor_app.domain.results import PublishedResult
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir

LIBRARY = Library([resources_dir() / "instruments"])


def result(entity: str, year: int, score: str | None, **more: object) -> PublishedResult:
    plain = PublishedResult(
        institution=named(entity).name,
        unit=None,
        province=None,
        year=year,
        score=Decimal(score) if score else None,
        category=None,
        zone=None,
        source="uji",
        level=named(entity).level,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # fields by name, in tests only
