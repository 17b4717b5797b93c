"""The pre-flight check in words: how each line stands, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from assessor_app.domain.preflight import Grade, Judged, to_mend
from assessor_app.services.evidence.words import size
from assessor_app.services.report.words import Words
from assessor_app.texts import say


@dataclass(frozen=True, slots=True)
class Told:
    """One line in final words; `advice` is empty where nothing has to be done."""

    judged: Judged
    title: str
    word: str
    sentence: str
    advice: str


def told(judged: Judged, words: Words) -> Told:
    """A line in the language of these words."""
    language, code = words.language, judged.code
    places = {name: _placed(name, value, words) for name, value in judged.places.items()}
    needs = judged.grade is Grade.ATTENTION
    return Told(
        judged,
        title=say(language, f"preflight.check.{judged.check.value}"),
        word=say(language, f"preflight.grade.{judged.grade.value}"),
        sentence=say(language, f"preflight.found.{code}", **places),
        advice=say(language, f"preflight.advice.{code}", **places) if needs else "",
    )


def verdict(judged: Sequence[Judged], words: Words) -> str:
    """The whole in one sentence."""
    count = len(to_mend(judged))
    if not count:
        return say(words.language, "preflight.all_ready")
    name = "one_to_mend" if count == 1 else "to_mend"
    return say(words.language, f"preflight.{name}", count=count)


def as_text(judged: Sequence[Judged], words: Words) -> str:
    """All of it as Markdown for paper, what needs attention first; every line has its word."""
    lines = [verdict(judged, words)]
    for one in in_order(judged):
        line = told(one, words)
        text = f"{line.sentence} {line.advice}".strip()
        lines.append(f"**{_plain(line.title)}** ({_plain(line.word)}): {_plain(text)}")
    return "\n\n".join(lines)


def in_order(judged: Sequence[Judged]) -> list[Judged]:
    """What needs attention first; the rest in the order of the day."""
    return sorted(judged, key=lambda one: one.grade is not Grade.ATTENTION)


def _plain(text: str) -> str:
    """A text that Markdown takes for nothing else."""
    return "".join(f"\\{sign}" if sign in _MARKS else sign for sign in text)


_MARKS = frozenset("\\`*_{}[]<>#+-!|~")


def _placed(name: str, value: object, words: Words) -> str:
    match value:
        case datetime():
            return words.moment(value)
        case int() if name == "free":
            return size(value, words)
        case int() if name != "year":
            return words.number(Decimal(value))
        case _:
            return str(value)
