"""Whether conditions can be read, speak of questions that there are, and can ever be met."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assessor_app.domain.conditions import Condition
from assessor_app.domain.instrument import LEVELLED, AnswerKind, Asked
from assessor_app.domain.problem import InstrumentFault
from assessor_app.domain.scale import NONE
from assessor_app.instruments.document import Document
from assessor_app.instruments.expressions import compared, compiled, cycle
from assessor_app.instruments.faults import Fault, KeyPath, shown, shown_list
from assessor_app.instruments.overview import Entry, Overview
from assessor_app.instruments.possible_answers import can_hold
from assessor_app.instruments.schema import IndicatorForm, ScaleForm


@dataclass(frozen=True, slots=True)
class Questions:
    """The indicators of a file by code, and their scales; None for a scale that is broken."""

    forms: Mapping[str, IndicatorForm | None]
    scales: Mapping[str, ScaleForm | None]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition that could be read: the `relevant` or the `constraint` of an indicator."""

    entry: Entry
    key: str
    condition: Condition

    @property
    def path(self) -> KeyPath:
        return (*self.entry.path, self.key)

    @property
    def own(self) -> str:
        return self.entry.text("code") or ""


def condition_faults(document: Document, seen: Overview) -> Iterator[Fault]:
    questions = _questions(seen)
    clauses: list[Clause] = []
    for entry in seen.indicators:
        for key in ("relevant", "constraint"):
            match _read(entry, key):
                case None:
                    continue
                case InstrumentFault() as fault:
                    yield document.fault((*entry.path, key), fault.code, **fault.places)
                case condition:
                    clauses.append(Clause(entry, key, condition))
    for clause in clauses:
        yield from _clause(document, clause, questions)
    yield from _cycles(document, clauses)


def _questions(seen: Overview) -> Questions:
    entries = {code: entry for entry in seen.indicators if (code := entry.text("code"))}
    return Questions(
        {code: entry.form for code, entry in entries.items()},
        {code: seen.scales.get(entry.text("scale") or "") for code, entry in entries.items()},
    )


def _read(entry: Entry, key: str) -> Condition | InstrumentFault | None:
    expression = getattr(entry.form, key, None)
    if expression is None:
        return None
    try:
        return compiled(expression)
    except InstrumentFault as fault:
        return fault


def _clause(document: Document, clause: Clause, questions: Questions) -> Iterator[Fault]:
    faults = [
        *_references(document, clause, questions),
        *_values(document, clause, questions),
    ]
    yield from faults
    if faults:
        return  # most likely also why the condition can never be met
    own = questions.scales.get(clause.own) if clause.key == "constraint" else None
    if clause.key == "constraint" and own is None:
        return  # its scale is broken or not there, and told on its own
    if not can_hold(clause.condition, questions.scales, own=own, code=clause.own):
        places = {"expression": shown(clause.condition.expression)}
        yield document.fault(clause.path, f"instrument_{clause.key}_never", **places)


def _references(document: Document, clause: Clause, questions: Questions) -> Iterator[Fault]:
    own = clause.entry.form
    for name in sorted(clause.condition.names):
        asked = questions.forms.get(name)
        if name not in questions.forms:
            yield document.fault(clause.path, "instrument_condition_unknown", name=shown(name))
        elif name == clause.own and clause.key == "relevant":
            yield document.fault(clause.path, "instrument_relevant_own", name=shown(name))
        elif name != clause.own and asked and own and not _has_one_answer(asked, own):
            places = {"name": shown(name), "asked": asked.asked.value, "own": own.asked.value}
            yield document.fault(clause.path, "instrument_condition_many_answers", **places)


def _has_one_answer(asked: IndicatorForm, own: IndicatorForm) -> bool:
    """Whether a question has a single answer from where a condition looks at it.

    One that is asked of every product has as many as there are products, except for another that
    is asked of the same; one that is asked of every respondent has as many as these.
    """
    both = asked.asked is Asked.PER_PRODUCT and own.asked is Asked.PER_PRODUCT
    return both or asked.asked is Asked.ONCE


def _values(document: Document, clause: Clause, questions: Questions) -> Iterator[Fault]:
    """Answers that a condition compares a question with, though its scale does not have them."""
    for name, value in sorted(compared(clause.condition)):
        scale = questions.scales.get(name)
        known = _known(scale) if scale else None
        if known is not None and not set(value.split()) <= known:
            places = {"name": shown(name), "value": shown(value), "known": shown_list(known)}
            yield document.fault(clause.path, "instrument_condition_value_unknown", **places)


def _known(scale: ScaleForm) -> set[str] | None:
    """All answers of a list; None where any number, text or day may be answered."""
    if scale.kind in LEVELLED:
        return {level.value for level in scale.levels}
    if scale.kind is AnswerKind.PARTS:
        return {NONE, *(part.value for part in scale.parts)}
    return None


def _cycles(document: Document, clauses: list[Clause]) -> Iterator[Fault]:
    """Each ring of questions that wait for one another, at every question in it."""
    # One that looks at itself is told on its own.
    waiting: dict[str, Condition | None] = {
        clause.own: clause.condition
        for clause in clauses
        if clause.key == "relevant" and clause.own not in clause.condition.names
    }
    paths = {clause.own: clause.path for clause in clauses if clause.key == "relevant"}
    while ring := cycle(waiting):
        shape = " → ".join((*ring, ring[0]))
        for code in ring:
            yield document.fault(paths[code], "instrument_relevant_cycle", ring=shown(shape))
            waiting[code] = None
