"""The sample visit's indicators, answers and words, in both languages."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from assessor_app.reporting.content import Answer, GapTone, Mark
from assessor_app.texts import Language

PRESENT, PARTIAL, ABSENT = Mark.PRESENT, Mark.PARTIAL, Mark.ABSENT
NOT_ASSESSED = Mark.NOT_ASSESSED


@dataclass(frozen=True, slots=True)
class Case:
    """One indicator of the sample visit: its weight and both answers."""

    code: str
    variable: str
    weight: int
    paper: Mark
    practice: Mark
    unverified: bool = False


CASES = (
    Case("P15-01", "service_standard", 6, PRESENT, PRESENT),
    Case("P15-02", "service_standard", 6, PRESENT, ABSENT),
    Case("P15-03", "service_standard", 6, PRESENT, PRESENT),
    Case("P15-04", "service_standard", 12, PRESENT, PRESENT),
    Case("P15-05", "service_standard", 12, PRESENT, PARTIAL),
    Case("P15-06", "service_pledge", 12, PRESENT, ABSENT),
    Case("P15-07", "public_service_information", 12, PRESENT, PRESENT),
    Case("P15-08", "facilities", 3, PRESENT, PRESENT),
    Case("P15-09", "facilities", 2, PRESENT, PARTIAL),
    Case("P15-10", "facilities", 3, PRESENT, PRESENT),
    Case("P15-11", "services_for_special_needs", 2, PRESENT, ABSENT),
    Case("P15-12", "services_for_special_needs", 2, ABSENT, ABSENT),
    Case("P15-13", "complaint_handling", 5, PRESENT, ABSENT),
    Case("P15-14", "complaint_handling", 3, PRESENT, ABSENT),
    Case("P15-15", "complaint_handling", 5, PRESENT, PRESENT),
    Case("P15-16", "supporting_items", 4, ABSENT, PRESENT, unverified=True),
    Case("P15-17", "supporting_items", 4, PRESENT, PRESENT, unverified=True),
    Case("P15-18", "supporting_items", 4, PRESENT, PRESENT, unverified=True),
    Case("P15-19", "supporting_items", 4, PRESENT, PRESENT, unverified=True),
    Case("P15-20", "supporting_items", 3, NOT_ASSESSED, NOT_ASSESSED, unverified=True),
)
FOUND = ("P15-06", "P15-05", "P15-02", "P15-13", "P15-14", "P15-16", "P15-11", "P15-09")
SCENE = {
    "P15-06": "empty wall",
    "P15-02": "board",
    "P15-05": "counter",
    "P15-13": "box",
    "P15-14": "board",
    "P15-16": "counter",
    "P15-11": "ramp",
    "P15-09": "empty wall",
}


@cache
def _texts(language: Language) -> dict[str, str]:
    file = Path(__file__).with_name(f"report_sample.{language}.toml")
    flat: dict[str, str] = {}
    for key, value in tomllib.loads(file.read_text("utf-8")).items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": text for inner, text in value.items()}
        else:
            flat[key] = value
    return flat


@dataclass(frozen=True, slots=True)
class Words:
    """The sample's words and figures in one language."""

    language: Language

    def say(self, key: str) -> str:
        return _texts(self.language)[key]

    def number(self, value: Decimal | int) -> str:
        text = f"{value:.2f}"
        return text.replace(".", ",") if self.language is Language.INDONESIAN else text

    def answer(self, mark: Mark) -> Answer:
        return Answer(self.say(f"answer.{mark}"), mark)

    def gap(self, case: Case) -> tuple[str, GapTone]:
        tone = _tone(case)
        partly = tone is GapTone.PAPER_AHEAD and case.practice is PARTIAL
        return self.say(f"gap.{'practice_short' if partly else tone}"), tone


def _tone(case: Case) -> GapTone:
    if case.practice is NOT_ASSESSED:
        return GapTone.UNKNOWN
    order = (PRESENT, PARTIAL, ABSENT)
    ahead = order.index(case.practice) - order.index(case.paper)
    if ahead:
        return GapTone.PAPER_AHEAD if ahead > 0 else GapTone.PRACTICE_AHEAD
    return GapTone.NEITHER if case.paper is ABSENT else GapTone.CONSISTENT
