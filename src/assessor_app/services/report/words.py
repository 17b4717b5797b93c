"""Numbers, dates and terms as a paper in one language prints them."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from assessor_app.domain.instrument import Indicator, Side, Source, Wording
from assessor_app.domain.scoring import published
from assessor_app.texts import Language, say

NONE = "–"


@dataclass(frozen=True, slots=True)
class Words:
    """How this paper speaks: its language, and the zone its times are told in."""

    language: Language
    zone: tzinfo

    def __call__(self, name: str, /, **places: object) -> str:
        return say(self.language, f"words.{name}", **places)

    def of(self, wording: Wording) -> str:
        return wording.en if self.language is Language.ENGLISH else wording.id

    def note_of(self, source: Source) -> str:
        english = self.language is Language.ENGLISH and source.note_en
        return source.note_en if english else source.note

    def points(self, points: Decimal) -> str:
        """Two decimals, as the method publishes: 60,80 in Indonesian, 60.80 in English."""
        return self._marked(f"{published(points):,.2f}")

    def weight(self, weight: Decimal) -> str:
        """A weight without needless zeros: 12, or 3,8."""
        return self._marked(f"{weight.normalize():f}")

    def percent(self, part: Decimal, whole: Decimal) -> str:
        """A share with one decimal: 82,7 %."""
        share = part / whole * 100 if whole else Decimal(0)
        return self._marked(f"{share:.1f}") + " %"

    def day(self, day: date) -> str:
        """27 Februari 2024, in both languages day first."""
        return f"{day.day} {self(f'month.{day.month}')} {day.year}"

    def moment(self, instant: datetime) -> str:
        """27 Februari 2024, 09.14 WIT; with a colon in English."""
        local = instant.astimezone(self.zone)
        mark = ":" if self.language is Language.ENGLISH else "."
        return f"{self.day(local.date())}, {local:%H}{mark}{local:%M} {local:%Z}"

    def answer(self, indicator: Indicator, answer: str) -> str:
        for level in indicator.levels:
            if level.value == answer:
                return self.of(level.rubric)
        return answer

    def side(self, side: Side) -> str:
        return self(f"side.{side.value}")

    def _marked(self, english: str) -> str:
        if self.language is Language.ENGLISH:
            return english
        return english.translate(str.maketrans(",.", ".,"))
