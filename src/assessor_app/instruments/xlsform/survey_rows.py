"""The rows of the survey: dimensions and variables as groups, indicators as questions."""

import re
from collections.abc import Iterator, Mapping

from assessor_app.domain.instrument import AnswerKind
from assessor_app.instruments.expressions import renamed
from assessor_app.instruments.schema import (
    DimensionForm,
    IndicatorForm,
    InstrumentForm,
    ScaleForm,
    VariableForm,
)
from assessor_app.instruments.xlsform.cells import Row, filled, lines, texts, truth
from assessor_app.instruments.xlsform.columns import (
    BEGIN_GROUP,
    END_GROUP,
    QUESTION_TYPES,
    SELECT_MULTIPLE,
    SELECT_ONE,
    SURVEY,
)
from assessor_app.instruments.xlsform.sheet import NO, joined_lines

_XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_TAKEN = frozenset({"meta"})  # the group that XForms itself puts into every form


def survey_rows(form: InstrumentForm) -> Iterator[Row]:
    """All rows of the survey sheet; every `name` stands once."""
    names = _Names()
    codes = {
        one.code: names.of(one.code)
        for dimension in form.dimensions
        for variable in dimension.variables
        for one in variable.indicators
    }
    for dimension in form.dimensions:
        name = names.of(dimension.code)
        yield _dimension(dimension, name=name)
        for number, variable in enumerate(dimension.variables, start=1):
            yield _variable(variable, name=names.of(f"{name}_{number}"))
            for one in variable.indicators:
                yield _indicator(one, form.scales[one.scale], names=codes)
            yield {"type": END_GROUP}
        yield {"type": END_GROUP}


class _Names:
    """Gives out names that XML allows, none of them twice."""

    def __init__(self) -> None:
        self._given = set(_TAKEN)

    def of(self, code: str) -> str:
        """The code itself where it can be a name and is free."""
        name = start = code if _XML_NAME.fullmatch(code) else f"_{code}"
        number = 1
        while name in self._given:
            number += 1
            name = f"{start}_{number}"
        self._given.add(name)
        return name


def _dimension(dimension: DimensionForm, *, name: str) -> Row:
    return filled(
        type=BEGIN_GROUP,
        name=name,
        code=dimension.code if dimension.code != name else None,
        text_source=dimension.source,
    ) | texts(SURVEY, "label", dimension.name)


def _variable(variable: VariableForm, *, name: str) -> Row:
    means = " ".join(variable.means)
    return filled(type=BEGIN_GROUP, name=name, means=means) | texts(SURVEY, "label", variable.name)


def _indicator(one: IndicatorForm, scale: ScaleForm, *, names: Mapping[str, str]) -> Row:
    name = names[one.code]
    cells = filled(
        type=_type(one, scale),
        name=name,
        required=truth(held=one.required),
        relevant=_condition(one.relevant, names),
        constraint=_condition(one.constraint, names),
        code=one.code if one.code != name else None,
        sides=" ".join(one.sides),
        counts=one.counts.value if one.counts else None,
        asked=one.asked.value,
        roles=" ".join(one.roles),
        weight=one.weight,
        weight_source=one.weight_source,
        shares=one.shares,
        text_source=one.text_source,
        legal_basis=joined_lines(one.legal_basis),
        legal_source=one.legal_source,
        may_not_apply=None if one.may_not_apply else NO,
        scale=one.scale,
    )
    return (
        cells
        | texts(SURVEY, "label", one.text)
        | texts(SURVEY, "hint", one.guidance)
        | texts(SURVEY, "constraint_message", one.constraint_message)
        | texts(SURVEY, "evidence", one.evidence_asked)
        | texts(SURVEY, "advice", one.advice)
        | lines(SURVEY, "evidence_items", one.evidence_items)
    )


def _type(one: IndicatorForm, scale: ScaleForm) -> str:
    kind = QUESTION_TYPES[scale.kind]
    if kind in (SELECT_ONE, SELECT_MULTIPLE):
        return f"{kind} {one.scale}"
    return "decimal" if scale.kind is AnswerKind.COUNT and not scale.whole else kind


def _condition(expression: str | None, names: Mapping[str, str]) -> str | None:
    """In the names of the workbook, where these are not the codes."""
    if expression is None or all(code == name for code, name in names.items()):
        return expression
    return renamed(expression, names)
