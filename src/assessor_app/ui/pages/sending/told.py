"""How it stands with headquarters, in one sentence and the rows below it."""

from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.outbox import ItemState
from assessor_app.domain.problem import Problem, StoreProblem
from assessor_app.services.evidence.words import size
from assessor_app.services.sync.standing import (
    Arrived,
    PartStanding,
    Standing,
    VisitStanding,
)
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.sending import Doing, Ended, Going
from assessor_app.ui.widgets.notice import Tone

_MINUTE = 60
_HOUR = 3600
_SIGNS = {
    ItemState.QUEUED: ("clock", "grey"),
    ItemState.SENDING: ("send", "teal"),
    ItemState.SENT: ("check", "teal"),
    ItemState.RECEIPTED: ("ok", "green"),
    ItemState.QUARANTINED: ("warning", "red"),
}
_LETTERS = {
    "receipt": ("ok", "green"),
    "trust_list": ("shield-check", "teal"),
    "instrument": ("template", "teal"),
    "assignment": ("flag", "teal"),
}
_SETTLED = frozenset({"sending_paused", "sync_not_joined", "storage_not_set"})
"""Codes of a run that the standing itself tells."""


class Way(StrEnum):
    """Where what is missing is mended: parts of the settings."""

    STORAGE = "storage"
    HEADQUARTERS = "headquarters"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One sentence; `way` is where it is mended, `share` how far a run has come, from 0 to 1."""

    text: str
    tone: Tone
    way: Way | None = None
    share: float | None = None


def verdict(desk: Desk, found: Standing, going: Going | None, ended: Ended | None) -> Verdict:
    """What is most worth knowing now."""
    if going is not None:
        return _of_run(desk, found, going)
    if found.headquarters is None:
        return Verdict(desk.say("sending.say.not_joined"), Tone.WARNING, Way.HEADQUARTERS)
    if found.storage is None:
        return Verdict(desk.say("sending.say.no_storage"), Tone.WARNING, Way.STORAGE)
    problem = ended.problem if ended is not None else None
    if problem is not None and problem.code not in _SETTLED and not found.is_paused:
        return Verdict(desk.told(problem), Tone.ERROR, _way_of(problem))
    return _of_queue(desk, found)


def place(desk: Desk, found: Standing) -> str:
    """Where it goes, and for whom."""
    if found.headquarters is None:
        return ""
    if found.storage is None:
        return desk.say("sending.to.headquarters", headquarters=found.headquarters)
    return desk.say("sending.to.storage", storage=found.storage, headquarters=found.headquarters)


def visit_row(desk: Desk, one: VisitStanding) -> Row:
    """A visit, and its parts in words."""
    sign, tone = _SIGNS[one.state]
    parts = " · ".join(part_told(desk, part) for part in one.parts)
    return Row(
        text=f"{one.visit.unit} · {one.visit.institution}",
        target=one.visit.id,
        detail=parts or desk.say("sending.state.queued"),
        sign=sign,
        tone=tone,
        stressed=one.state is ItemState.QUARANTINED,
    )


def part_told(desk: Desk, part: PartStanding) -> str:
    """A part and where it is."""
    return desk.say(
        "sending.part_of", part=part_name(desk, part.kind), state=state_told(desk, part)
    )


def part_name(desk: Desk, kind: str) -> str:
    return desk.say(f"sending.part.{kind}")


def state_told(desk: Desk, part: PartStanding) -> str:
    """Where a part is, in words."""
    if part.state is ItemState.SENDING:
        return desk.say("sending.state.sending", share=_percent(part.put, part.size))
    return desk.say(f"sending.state.{part.state.value}")


def sign_of(state: ItemState) -> tuple[str, str]:
    """The icon of a state, and the name of its hue."""
    return _SIGNS[state]


def letter_row(desk: Desk, one: Arrived, found: Standing) -> Row:
    """A letter: what it is, when it came, and of which visit it speaks."""
    moment = desk.words.moment(one.taken_at)
    if one.reason is not None or one.kind not in _LETTERS:
        why = reason_told(desk, _set_aside(one, found)) if one.reason is not None else ""
        return Row(
            text=desk.say("sending.letter.aside"),
            target=one.sha256,
            detail=" · ".join(filter(None, (moment, why))),
            sign="warning",
            tone="yellow",
        )
    sign, tone = _LETTERS[one.kind]
    answers = [
        desk.say(f"sending.answer.{state}", part=part_name(desk, kind))
        for kind, state in one.answers
    ]
    if any(state != "receipted" for _, state in one.answers):
        sign, tone = "warning", "red"
    return Row(
        text=desk.say(f"sending.letter.{one.kind}", number=one.number),
        target=one.sha256,
        detail=_about(desk, one, found, moment=moment, parts=", ".join(answers)),
        sign=sign,
        tone=tone,
    )


def _about(desk: Desk, one: Arrived, found: Standing, *, moment: str, parts: str) -> str:
    units = {each.visit.id: each.visit.unit for each in found.visits}
    unit = units.get(one.visit or "")
    if unit is None:
        return moment
    if not parts:
        return desk.say("sending.letter.about", moment=moment, unit=unit)
    return desk.say("sending.letter.about_parts", moment=moment, unit=unit, parts=parts)


def reason_told(desk: Desk, problem: Problem) -> str:
    """A reason that headquarters gave, or that was kept without the places of its sentence.

    One that this version has no sentence for is told by its code.
    """
    try:
        return desk.told(problem)
    except KeyError:
        return desk.say("sending.other_reason", code=problem.code)


def _set_aside(one: Arrived, found: Standing) -> StoreProblem:
    """Of what was set aside the reason is kept, and not the places of its sentence."""
    name = found.headquarters or ""
    number = str(one.number or "?")
    places = {"name": name, "number": number, "had": "?", "path": one.sha256[:8], "instrument": "?"}
    return StoreProblem(one.reason or "", **places)


def _of_run(desk: Desk, found: Standing, going: Going) -> Verdict:
    share = going.done / going.total if going.total else 0.0
    if going.doing is Doing.FETCHING:
        return Verdict(desk.say("sending.say.fetching"), Tone.INFO, share=1.0)
    if not going.total:
        return Verdict(desk.say("sending.say.preparing"), Tone.INFO, share=0.0)
    done, total = size(going.done, desk.words), size(going.total, desk.words)
    if going.doing is Doing.SEALING:
        part = part_name(desk, going.kind)
        text = desk.say("sending.say.sealing", part=part, done=done, total=total)
        return Verdict(text, Tone.INFO, share=share)
    count = max(1, sum(_is_open(one) for one in found.visits))
    if going.seconds is None:
        text = desk.say("sending.say.sending", count=count, done=done, total=total)
    else:
        left = time_left(desk, going.seconds)
        text = desk.say("sending.say.sending_left", count=count, done=done, total=total, left=left)
    return Verdict(text, Tone.INFO, share=share)


def time_left(desk: Desk, seconds: float) -> str:
    """About how long it still takes."""
    if seconds < _MINUTE:
        return desk.say("sending.left.seconds")
    if seconds < 2 * _HOUR:
        return desk.say("sending.left.minutes", count=round(seconds / _MINUTE))
    return desk.say("sending.left.hours", count=round(seconds / _HOUR))


def _of_queue(desk: Desk, found: Standing) -> Verdict:
    """While nothing runs and nothing is missing."""
    say, left = desk.say, size(found.bytes_left, desk.words)
    due = sum(_is_open(one) or not one.parts for one in found.visits)
    refused, awaited = found.count(ItemState.QUARANTINED), found.count(ItemState.SENT)
    if found.is_paused:
        told = Verdict(say("sending.say.paused", count=due, size=left), Tone.WARNING)
    elif refused:
        told = Verdict(say("sending.say.quarantined", count=refused), Tone.ERROR)
    elif due:
        name = "sending.say.due_size" if found.bytes_left else "sending.say.due"
        told = Verdict(say(name, count=due, size=left), Tone.INFO)
    elif awaited:
        told = Verdict(say("sending.say.awaited", count=awaited), Tone.INFO)
    elif found.visits:
        told = Verdict(say("sending.say.receipted"), Tone.SUCCESS)
    else:
        told = Verdict(say("sending.say.nothing"), Tone.SUCCESS)
    return told


def _is_open(one: VisitStanding) -> bool:
    """Whether some of it is still to be sent, though another part may press more."""
    return any(part.state in (ItemState.QUEUED, ItemState.SENDING) for part in one.parts)


def _way_of(problem: Problem) -> Way | None:
    return Way.STORAGE if problem.code.startswith("storage_") else None


def _percent(done: int, total: int) -> int:
    return done * 100 // total if total else 0
