"""Answer scales: what may be answered, and how far an answer fulfils what is asked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from assessor_app.domain.numbers import exact_text
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.wording import Wording

NONE = "none"
"""The answer that there is none: no part of a checklist was found, no time was promised."""

_NUMBER = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,6})?")
_FULL = Decimal(1)


class AnswerKind(StrEnum):
    """How an indicator is answered."""

    PRESENCE = "presence"  # present, absent
    PARTIAL = "partial"  # present, partial, absent
    ORDINAL = "ordinal"  # 0 to k, each level with its rubric
    LIKERT = "likert"  # 1 to k, from disagreement to agreement
    FREQUENCY = "frequency"  # how often: named levels
    CHOICE = "choice"  # one of some named levels
    COUNT = "count"  # how many, against a target or mapped to levels
    DURATION = "duration"  # on paper the promised time, in practice the time it took
    PARTS = "parts"  # a checklist: each part that was found
    TEXT = "text"
    DATE = "date"
    PHOTO = "photo"  # answered by the evidence attached to it
    NOTE = "note"  # read, not answered

    __hash__ = str.__hash__  # as for Side


LEVELLED = frozenset(
    {
        AnswerKind.PRESENCE,
        AnswerKind.PARTIAL,
        AnswerKind.ORDINAL,
        AnswerKind.LIKERT,
        AnswerKind.FREQUENCY,
        AnswerKind.CHOICE,
    }
)
"""Kinds that are answered by naming one level."""


@dataclass(frozen=True, slots=True)
class Level:
    """One answer of a scale: its name, its rubric, and its fulfilment (0 to 1).

    `fulfilment` is None on a scale that is not scored.
    """

    value: str
    fulfilment: Decimal | None
    rubric: Wording


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a checklist; `share` is its weight beside the others, None where unscored."""

    value: str
    name: Wording
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Step:
    """A level that a number reaches: from `at_least` on it fulfils this much (0 to 1).

    The number is the count, the number of parts found, or the percentage of a promise that was
    kept (100 where it took no longer than promised, 50 where twice as long).
    """

    at_least: Decimal
    fulfilment: Decimal
    rubric: Wording | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """What may be answered.

    `levels` belong to the levelled kinds, `parts` to checklists, `steps` and `target` to numbers,
    `unit` to counts and durations. `least` and `most` bound a number; `whole` asks for integers.
    """

    kind: AnswerKind
    levels: tuple[Level, ...] = ()
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()
    target: Decimal | None = None
    unit: Wording | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    whole: bool = True

    @property
    def scored(self) -> bool:
        """Whether an answer can be more or less fulfilled."""
        if self.kind in LEVELLED:
            return all(level.fulfilment is not None for level in self.levels)
        if self.kind is AnswerKind.COUNT:
            return bool(self.steps) or self.target is not None
        if self.kind is AnswerKind.PARTS:
            return all(part.share is not None for part in self.parts)
        return self.kind is AnswerKind.DURATION

    @property
    def answerable(self) -> bool:
        """Whether an answer is given at all; a photo is attached, a note is read."""
        return self.kind not in (AnswerKind.PHOTO, AnswerKind.NOTE)

    @property
    def graded(self) -> bool:
        """Whether something between nothing and the whole can be fulfilled."""
        if self.kind in LEVELLED:
            return any(level.fulfilment not in (0, 1, None) for level in self.levels)
        return self.scored

    def level(self, answer: str) -> Level | None:
        """The level that an answer names; None where it is no level of this scale."""
        for level in self.levels:
            if level.value == answer:
                return level
        return None

    def chosen(self, answer: str) -> tuple[Part, ...]:
        """The parts that a checklist's answer ticks, in the checklist's order."""
        ticked = frozenset(answer.split())
        return tuple(part for part in self.parts if part.value in ticked)

    def reached(self, number: Decimal) -> Step | None:
        """The highest step that a number reaches; None where it reaches none."""
        return next((step for step in reversed(self.steps) if number >= step.at_least), None)

    def canonical(self, answer: str, *, indicator: str, paper: bool) -> str:
        """The one way in which an answer is written down.

        Raises RecordRefused naming the indicator (code), where the scale does not have the answer.
        """
        if self.kind in LEVELLED:
            return self._named(answer, indicator=indicator)
        if self.kind is AnswerKind.PARTS:
            return self._ticked(answer, indicator=indicator)
        if self.kind is AnswerKind.DATE:
            return _day(answer, indicator=indicator)
        if self.kind is AnswerKind.TEXT:
            return answer
        if not self.answerable:
            raise RecordRefused(f"answer_not_taken_{self.kind.value}", indicator=indicator)
        if self.kind is AnswerKind.DURATION and paper and answer == NONE:
            return NONE
        return self._number(answer, indicator=indicator)

    def fulfilment(
        self, answer: str, *, paper: bool, promised: str | None = None
    ) -> Decimal | None:
        """How far a canonical answer fulfils what is asked, from 0 to 1.

        None where the scale is not scored, for a duration without a promise to hold it against,
        and for what was answered under another scale. `promised` is what was recorded on paper.
        """
        try:
            return self._fulfilment(answer, paper=paper, promised=promised)
        except InvalidOperation:
            return None

    def _fulfilment(self, answer: str, *, paper: bool, promised: str | None) -> Decimal | None:
        if self.kind in LEVELLED:
            level = self.level(answer)
            return level.fulfilment if level else None
        if self.kind is AnswerKind.COUNT:
            return self._counted(Decimal(answer))
        if self.kind is AnswerKind.PARTS:
            return self._complete(answer)
        if self.kind is AnswerKind.DURATION:
            return self._promised(answer) if paper else self._kept(answer, promised)
        return None

    def _named(self, answer: str, *, indicator: str) -> str:
        if self.level(answer) is None:
            known = ", ".join(level.value for level in self.levels)
            raise RecordRefused("answer_unknown", indicator=indicator, answer=answer, answers=known)
        return answer

    def _number(self, answer: str, *, indicator: str) -> str:
        if not _NUMBER.fullmatch(answer):
            raise RecordRefused("answer_no_number", indicator=indicator, answer=answer)
        number = Decimal(answer.replace(",", "."))
        if self.whole and number != number.to_integral_value():
            raise RecordRefused("answer_not_whole", indicator=indicator, answer=answer)
        if self.least is not None and number < self.least:
            least = exact_text(self.least)
            raise RecordRefused("answer_too_small", indicator=indicator, answer=answer, least=least)
        if self.most is not None and number > self.most:
            most = exact_text(self.most)
            raise RecordRefused("answer_too_large", indicator=indicator, answer=answer, most=most)
        if self.kind is AnswerKind.DURATION and number <= 0:
            raise RecordRefused("answer_no_duration", indicator=indicator, answer=answer)
        return exact_text(number)

    def _ticked(self, answer: str, *, indicator: str) -> str:
        if answer == NONE:
            return NONE
        known = [part.value for part in self.parts]
        for value in answer.split():
            if value not in known:
                parts = ", ".join(known)
                raise RecordRefused(
                    "answer_part_unknown", indicator=indicator, part=value, parts=parts
                )
        return " ".join(part.value for part in self.chosen(answer)) or NONE

    def _counted(self, number: Decimal) -> Decimal | None:
        if self.steps:
            return self._of_step(number)
        if self.target is None:
            return None
        return _share(number, self.target)

    def _promised(self, answer: str) -> Decimal:
        return Decimal(0) if answer == NONE else _FULL

    def _kept(self, took: str, promised: str | None) -> Decimal | None:
        if promised is None or promised == NONE:
            return None
        kept = _share(Decimal(promised), Decimal(took))
        return self._of_step(kept * 100) if self.steps else kept

    def _complete(self, answer: str) -> Decimal | None:
        if not self.scored:
            return None
        found = self.chosen(answer)
        if self.steps:
            return self._of_step(Decimal(len(found)))
        return _share(_sum(found), _sum(self.parts))

    def _of_step(self, number: Decimal) -> Decimal:
        step = self.reached(number)
        return step.fulfilment if step else Decimal(0)


def _sum(parts: tuple[Part, ...]) -> Decimal:
    return sum((part.share or Decimal(0) for part in parts), Decimal(0))


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """A part of a whole, from 0 to 1."""
    if part <= 0:
        return Decimal(0)
    return _FULL if part >= whole else part / whole


def _day(answer: str, *, indicator: str) -> str:
    try:
        return date.fromisoformat(answer).isoformat()
    except ValueError as error:
        raise RecordRefused("answer_no_date", indicator=indicator, answer=answer) from error


Answers = Mapping[str, str]
"""The answers of a visit by the code of their indicator: what conditions look at."""
