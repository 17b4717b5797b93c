"""The content of minutes (berita acara): what happened at a visit, completed or not."""

from collections.abc import Iterator, Sequence

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import AnswerKind, Side
from assessor_app.domain.visit import Outcome, Snapshot, Visit
from assessor_app.reporting import content
from assessor_app.reporting.content import Fact, SessionRow
from assessor_app.reporting.minutes_content import Recorded
from assessor_app.services.letterhead import Letterhead
from assessor_app.services.report import left_out, summary, tables
from assessor_app.services.report.words import NONE, Words

_TOLD = ("team", "visit_kind", "assignment", "address", "arrival", "departure")
_MOST = 8  # gaps, and what could not be assessed, that minutes print; the record holds all
_BEGUN = (Outcome.INTERRUPTED, Outcome.STOPPED, Outcome.COMPLETED)
"""Outcomes of visits at which the assessment had begun."""


def cover(visit: Visit, paper: Letterhead, words: Words) -> content.Cover:
    """Who came, why, where and when."""
    facts = summary.frame(visit, words)
    return summary.cover_with(visit, paper, facts=[facts[name] for name in _TOLD])


def account(snapshot: Snapshot, words: Words) -> str:
    """What happened, as the assessor told it when closing."""
    if snapshot.account:
        return snapshot.account
    completed = snapshot.visit.outcome is Outcome.COMPLETED
    return words("minutes.account_completed" if completed else "minutes.no_account")


def no_score(outcome: Outcome, words: Words) -> str:
    """Why these minutes hold no score: there is none, or it stands in the findings."""
    completed = outcome is Outcome.COMPLETED
    return words("minutes.score_elsewhere" if completed else "minutes.no_score")


def sessions(snapshot: Snapshot, words: Words) -> Iterator[SessionRow]:
    """The sessions of a visit that had more than one, each with why it ended.

    The last says why it was paused; where it ended with the visit, the account says it.
    """
    if len(snapshot.sessions) < 2:  # noqa: PLR2004 - one session is the visit itself
        return
    last = snapshot.sessions[-1]
    for one in snapshot.sessions:
        ended_with_visit = one is last and one.why in {None, snapshot.account}
        why = words("minutes.session_account") if ended_with_visit else one.why
        yield SessionRow(
            number=str(one.number),
            began=words.moment(one.began),
            ended=words.moment(one.ended) if one.ended else NONE,
            why=why or NONE,
        )


def recorded(
    compared: Sequence[Compared], snapshot: Snapshot, outcome: Outcome, words: Words
) -> Recorded | None:
    """What was recorded until the end; None where nothing was to be expected and nothing is."""
    sides = [(one, side) for one in compared if one.asked for side in one.indicator.sides]
    answered = sum(_answered(one, side, snapshot) for one, side in sides)
    stated = tuple(left_out.stated_omissions(compared, snapshot, words))
    unfit = tuple(left_out.inapplicable(compared, snapshot, words))
    if outcome not in _BEGUN and not (answered or stated or snapshot.evidence):
        return None
    kinds = [one.gap.kind for one in compared if one.gap]
    short = [one for one in compared if one.gap and one.gap.kind is not GapKind.CONSISTENT]
    counts = (
        ("answered", words("minutes.answered_of", answered=answered, asked=len(sides))),
        ("unassessable", str(len(stated))),
        ("gaps", str(len(short) - kinds.count(GapKind.NEITHER))),
        ("neither", str(kinds.count(GapKind.NEITHER))),
        ("photos", str(len(snapshot.evidence))),
    )
    told = tuple(Fact(words(f"minutes.{name}"), one) for name, one in counts)
    if outcome is Outcome.COMPLETED:
        return Recorded(told, gaps=(), gaps_note=words("minutes.gaps_elsewhere"))
    rows = [tables.indicator_row(one, snapshot, words, line=None) for one in short[:_MOST]]
    return Recorded(
        counts=told,
        gaps=tuple(rows),
        gaps_note=_gaps_note(len(short), words, compared=len(kinds)),
        omissions=stated[:_MOST],
        omissions_note=_more(len(stated), words),
        inapplicable=unfit[:_MOST],
        inapplicable_note=_more(len(unfit), words),
    )


def _gaps_note(count: int, words: Words, *, compared: int) -> str:
    """How many more there are; or that there is none, or that nothing could be compared."""
    if count:
        return _more(count, words)
    return words("minutes.gaps_none" if compared else "minutes.nothing_compared")


def _more(count: int, words: Words) -> str:
    """That only the first are printed: minutes are one page, or two."""
    return words("minutes.more", count=count - _MOST) if count > _MOST else ""


def _answered(one: Compared, side: Side, snapshot: Snapshot) -> bool:
    """Whether anything was answered; a photo is, by the evidence attached to it."""
    keys = [key for key in one.keys if key.side is side]
    if one.indicator.kind is AnswerKind.PHOTO:
        return bool(snapshot.evidence_for(*keys))
    return any(snapshot.observation(key).answer is not None for key in keys)
