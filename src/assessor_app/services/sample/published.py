"""The published results that the sample round begins with, read from the shipped file."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assessor_app.domain.instrument import Wording
from assessor_app.domain.results import InstitutionLevel, PublishedResult
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.document import read_document
from assessor_app.paths import resources_dir

# The document keeps 60.80 as text; a whole number such as 100 comes as an int.
_Score = Annotated[Decimal, BeforeValidator(str)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class _Note(_Form):
    id: str
    en: str


class _Result(_Form):
    year: Annotated[int, Field(ge=2013, le=2100)]
    unit: str | None = None
    score: _Score | None = None
    category: str | None = None
    zone: ZoneColour | None = None
    source: Annotated[str, Field(min_length=1)]
    note: _Note | None = None
    opinion: str | None = None
    award_eligible: bool | None = None
    award_note: _Note | None = None


class _Institution(_Form):
    institution: str
    level: InstitutionLevel
    province: str
    results: tuple[_Result, ...]


class _File(_Form):
    institutions: tuple[_Institution, ...]


def published_results(path: Path | None = None) -> tuple[PublishedResult, ...]:
    """All results of the shipped file, institution by institution."""
    shipped = resources_dir() / "sample" / "published.yaml"
    file = _File.model_validate(read_document(path or shipped).tree)
    return tuple(
        _result(institution, result)
        for institution in file.institutions
        for result in institution.results
    )


def _result(institution: _Institution, result: _Result) -> PublishedResult:
    return PublishedResult(
        institution=institution.institution,
        unit=result.unit,
        level=institution.level,
        province=institution.province,
        year=result.year,
        score=result.score,
        category=result.category,
        zone=result.zone,
        source=result.source,
        note=_wording(result.note),
        opinion=result.opinion,
        award_eligible=result.award_eligible,
        award_note=_wording(result.award_note),
    )


def _wording(note: _Note | None) -> Wording | None:
    return Wording(note.id, note.en) if note else None
