"""Numbers, dates and terms as a paper in one language prints them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from assessor_app.domain.instrument import AnswerKind, Indicator, Scale, Side, Source, Wording
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scale import NONE as NOTHING
from assessor_app.domain.scale import Part
from assessor_app.domain.scoring import published
from assessor_app.texts import Language, say

NONE = "–"
_TENTH = Decimal("0.1")
_SOURCED_DIGITS = Decimal("0.0001")  # what a source gives; a share such as 110/3 has more


@dataclass(frozen=True, slots=True)
class Words:
    """How this paper speaks: its language, and the zone its times are told in."""

    language: Language
    zone: tzinfo

    def __call__(self, name: str, /, **places: object) -> str:
        return say(self.language, f"words.{name}", **places)

    def counted(self, number: Decimal | int, /, one: str, many: str, **places: object) -> str:
        """The sentence for this number: English tells one apart from several."""
        return self(one if number == 1 else many, **places)

    def of(self, wording: Wording) -> str:
        return wording.en if self.language is Language.ENGLISH else wording.id

    def note_of(self, source: Source) -> str:
        english = self.language is Language.ENGLISH and source.note_en
        return source.note_en if english else source.note

    def points(self, points: Decimal) -> str:
        """Two decimals, as the method publishes: 60,80 in Indonesian, 60.80 in English."""
        return self._marked(f"{published(points):,.2f}")

    def weight(self, weight: Decimal) -> str:
        """A weight without needless zeros: 12, or 3,8; an endless one in two decimals."""
        endless = weight != weight.quantize(_SOURCED_DIGITS)
        return self.points(weight) if endless else self.number(weight)

    def mean(self, mean: Decimal) -> str:
        """A mean of answers with one decimal, half up: 3,4."""
        return self._marked(f"{mean.quantize(_TENTH, rounding=ROUND_HALF_UP)}")

    def percent(self, part: Decimal, whole: Decimal) -> str:
        """A share with one decimal, half up: 82,7 %."""
        share = part * 100 / whole if whole else Decimal(0)
        return self._marked(f"{share.quantize(_TENTH, rounding=ROUND_HALF_UP)}") + " %"

    def day(self, day: date) -> str:
        """27 Februari 2024, in both languages day first."""
        return f"{day.day} {self(f'month.{day.month}')} {day.year}"

    def moment(self, instant: datetime) -> str:
        """27 Februari 2024, 09.14 WIT; with a colon in English."""
        return f"{self.day(instant.astimezone(self.zone).date())}, {self.time(instant)}"

    def hour(self, instant: datetime) -> str:
        """09.14; with a colon in English."""
        mark = ":" if self.language is Language.ENGLISH else "."
        return f"{instant.astimezone(self.zone):%H{mark}%M}"

    def time(self, instant: datetime) -> str:
        """09.14 WIT."""
        return f"{self.hour(instant)} {instant.astimezone(self.zone):%Z}"

    def number(self, number: Decimal) -> str:
        """A number with all its digits and no needless zeros: 7, or 2,5."""
        return self._marked(exact_text(number))

    def answer(self, indicator: Indicator, answer: str, *, side: Side) -> str:
        """A recorded answer in words, whole: a level's rubric, “7 dari 10 petugas”, a date.

        What is not on the scale (any more) is told as it was recorded.
        """
        try:
            recorded = indicator.accepts(side, answer)
        except RecordRefused:
            return answer
        scale = indicator.scale
        match scale.kind:
            case AnswerKind.COUNT:
                told, reached = self.count(scale, recorded), self.reached(scale, recorded)
                both = self("answer.reached", number=told, rubric=reached)
                return both if reached else told
            case AnswerKind.DURATION:
                return self._time(scale, recorded, paper=side is Side.PAPERWORK)
            case AnswerKind.PARTS:
                return self._parts(scale, recorded)
            case AnswerKind.DATE:
                return self.day(date.fromisoformat(recorded))
            case _:
                level = scale.level(recorded)
                return self.of(level.rubric) if level else recorded

    def count(self, scale: Scale, answer: str) -> str:
        """How many, of how many, of what: “7 dari 10 petugas”."""
        told = self.number(Decimal(answer))
        if scale.target is not None:
            told = self("answer.of_target", number=told, target=self.number(scale.target))
        if scale.unit is not None:
            told = self("answer.with_unit", number=told, unit=self.of(scale.unit))
        return told

    def reached(self, scale: Scale, answer: str) -> str:
        """What the instrument says of such a count; empty where it says nothing."""
        step = scale.reached(Decimal(answer))
        return self.of(step.rubric) if step and step.rubric else ""

    def parts_count(self, scale: Scale, answer: str) -> str:
        """How many parts of a checklist were found: “11 dari 14 butir”."""
        return self("answer.parts", found=len(scale.chosen(answer)), whole=len(scale.parts))

    def parts_named(self, scale: Scale, answer: str) -> str:
        """Which parts of a checklist were found, and which were not."""
        found = scale.chosen(answer)
        missing = [part for part in scale.parts if part not in found]
        places = {"present": self._names(found), "missing": self._names(missing)}
        if not missing:
            return self("answer.parts_all", present=places["present"])
        if not found:
            return self("answer.parts_none", missing=places["missing"])
        return self("answer.parts_both", **places)

    def side(self, side: Side) -> str:
        return self(f"side.{side.value}")

    def _time(self, scale: Scale, answer: str, *, paper: bool) -> str:
        if answer == NOTHING:
            return self("answer.no_promise")
        told = self.number(Decimal(answer))
        if scale.unit is not None:
            told = self("answer.with_unit", number=told, unit=self.of(scale.unit))
        return self("answer.promised" if paper else "answer.took", time=told)

    def _parts(self, scale: Scale, answer: str) -> str:
        count, named = self.parts_count(scale, answer), self.parts_named(scale, answer)
        return self("answer.parts_told", count=count, named=named)

    def _names(self, parts: Iterable[Part]) -> str:
        # The names of components hold commas themselves.
        return "; ".join(self.of(part.name) for part in parts)

    def _marked(self, english: str) -> str:
        if self.language is Language.ENGLISH:
            return english
        return english.translate(str.maketrans(",.", ".,"))
