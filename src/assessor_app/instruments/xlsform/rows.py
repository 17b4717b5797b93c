"""The rows of a workbook's sheets that say an instrument form, sheet by sheet."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.xlsform.cells import Cell, Row, filled, texts, truth
from assessor_app.instruments.xlsform.columns import (
    BANDS,
    CHOICES,
    COMPOSITION,
    OBJECT_TYPES,
    OPINION,
    RESPONDENTS,
    RETIRED_CODES,
    SCALES,
    SETTINGS,
    SHARED_WEIGHTS,
    SOURCES,
    STEPS,
    SURVEY,
)
from assessor_app.instruments.xlsform.sheet import LANGUAGES, NO, YES, Sheet
from assessor_app.instruments.xlsform.survey_rows import survey_rows
from assessor_app.texts import Language


def rows_of(form: InstrumentForm) -> Mapping[Sheet, tuple[Row, ...]]:
    """The rows of every sheet, each by heading; a sheet that the form has no need of has none."""
    return {sheet: tuple(rows(form)) for sheet, rows in _ROWS.items()}


def _choices(form: InstrumentForm) -> Iterator[Row]:
    for name, scale in form.scales.items():
        for level in scale.levels:
            cells = filled(list_name=name, name=level.value, fulfilment=level.fulfilment)
            yield cells | texts(CHOICES, "label", level.rubric)
        for part in scale.parts:
            cells = filled(list_name=name, name=part.value, share=part.share)
            yield cells | texts(CHOICES, "label", part.name)


def _settings(form: InstrumentForm) -> Iterator[Row]:
    because = form.unweighted.because if form.unweighted else None
    without = form.opinion.without if form.opinion else None
    yield (
        filled(
            form_title=form.title.id,
            form_id=form.id,
            version=form.version,
            default_language=LANGUAGES[Language.INDONESIAN],
            year=form.year,
            years=" ".join(str(year) for year in form.years),
            legal_basis=form.legal_basis,
            maximum=form.maximum,
        )
        | _rules(form)
        | texts(SETTINGS, "instrument_title", form.title)
        | texts(SETTINGS, "unweighted", because)
        | texts(SETTINGS, "without", without)
    )


def _rules(form: InstrumentForm) -> dict[str, Cell]:
    bands, between = form.bands, form.bands.between
    denominator, not_assessable = form.denominator, form.not_assessable
    return filled(
        counts=form.counts.rule.value,
        counts_source=form.counts.source,
        aggregation=form.aggregation.rule.value if form.aggregation.rule else None,
        aggregation_source=form.aggregation.source,
        denominator=denominator.rule.value if denominator else None,
        denominator_source=denominator.source if denominator else None,
        not_assessable=not_assessable.rule.value if not_assessable else None,
        not_assessable_source=not_assessable.source if not_assessable else None,
        respondents_source=form.respondents.source if form.respondents else None,
        bands_source=bands.source,
        bands_step=bands.step,
        between=between.rule if between else None,
        between_source=between.source if between else None,
    )


def _sources(form: InstrumentForm) -> Iterator[Row]:
    for name, one in form.sources.items():
        yield filled(name=name, verified=truth(held=one.verified)) | texts(
            SOURCES, "note", one.note
        )


def _scales(form: InstrumentForm) -> Iterator[Row]:
    for name, one in form.scales.items():
        cells = filled(
            name=name,
            kind=one.kind.value,
            target=one.target,
            least=one.least,
            most=one.most,
            whole=None if one.whole else NO,
        )
        yield cells | texts(SCALES, "unit", one.unit)


def _steps(form: InstrumentForm) -> Iterator[Row]:
    for name, scale in form.scales.items():
        for one in scale.steps:
            cells = filled(scale=name, at_least=one.at_least, fulfilment=one.fulfilment)
            yield cells | texts(STEPS, "rubric", one.rubric)


def _object_types(form: InstrumentForm) -> Iterator[Row]:
    for one in form.object_types:
        cells = filled(code=one.code, rolls_up_to=one.rolls_up_to)
        yield cells | texts(OBJECT_TYPES, "name", one.name)


def _bands(form: InstrumentForm) -> Iterator[Row]:
    for one in form.bands.zones:
        cells = filled(
            category=one.category,
            lower=one.lower,
            upper=one.upper,
            zone=one.zone.value,
            dark=YES if one.dark else None,
            source=one.source,
        )
        yield cells | texts(BANDS, "name", one.name) | texts(BANDS, "opinion", one.opinion)


def _respondents(form: InstrumentForm) -> Iterator[Row]:
    for role in form.respondents.roles if form.respondents else ():
        cells = filled(
            code=role.code,
            kind=role.kind.value,
            posts=role.posts,
            at_least=role.at_least,
            share=role.share,
            substitute_share=role.substitute_share,
        )
        yield cells | texts(RESPONDENTS, "name", role.name)


def _shared_weights(form: InstrumentForm) -> Iterator[Row]:
    for name, one in form.shared_weights.items():
        yield filled(name=name, points=one.points, source=one.source)


def _opinion(form: InstrumentForm) -> Iterator[Row]:
    for one in form.opinion.words if form.opinion else ():
        words = texts(OPINION, "quality", one.quality) | texts(OPINION, "opinion", one.opinion)
        yield words | filled(source=one.source)


def _composition(form: InstrumentForm) -> Iterator[Row]:
    for one in form.composition:
        yield filled(dimensions=" ".join(one.dimensions), points=one.points, source=one.source)


def _retired_codes(form: InstrumentForm) -> Iterator[Row]:
    for code in form.retired_codes:
        yield filled(code=code)


_ROWS: Mapping[Sheet, Callable[[InstrumentForm], Iterable[Row]]] = {
    SURVEY: survey_rows,
    CHOICES: _choices,
    SETTINGS: _settings,
    SOURCES: _sources,
    SCALES: _scales,
    STEPS: _steps,
    OBJECT_TYPES: _object_types,
    BANDS: _bands,
    RESPONDENTS: _respondents,
    SHARED_WEIGHTS: _shared_weights,
    OPINION: _opinion,
    COMPOSITION: _composition,
    RETIRED_CODES: _retired_codes,
}
