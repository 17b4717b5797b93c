"""The content of minutes (berita acara): what happened at a visit that was not completed."""

from collections.abc import Iterator, Sequence

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import AnswerKind, Side
from assessor_app.domain.visit import Outcome, Snapshot, Visit
from assessor_app.reporting import content
from assessor_app.reporting.content import Fact
from assessor_app.reporting.minutes_content import Recorded, SessionRow
from assessor_app.services.enrolment import Profile
from assessor_app.services.report import left_out, summary, tables
from assessor_app.services.report.words import NONE, Words

_TOLD = ("team", "visit_kind", "assignment", "address", "arrival", "departure")
_BEGUN = (Outcome.INTERRUPTED, Outcome.STOPPED)
"""Outcomes of visits at which the assessment had begun."""


def cover(visit: Visit, profile: Profile, words: Words) -> content.Cover:
    """Who came, why, where and when."""
    facts = summary.frame(visit, words)
    return summary.cover_with(visit, profile, words, facts=[facts[name] for name in _TOLD])


def account(snapshot: Snapshot, words: Words) -> str:
    """What happened, as the assessor told it when closing."""
    return snapshot.account or words("minutes.no_account")


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
    gaps = [one for one in compared if one.gap and one.gap.kind is not GapKind.CONSISTENT]
    counts = (
        ("answered", words("minutes.answered_of", answered=answered, asked=len(sides))),
        ("unassessable", str(len(stated))),
        ("gaps", str(len(gaps))),
        ("photos", str(len(snapshot.evidence))),
    )
    return Recorded(
        counts=tuple(Fact(words(f"minutes.{name}"), told) for name, told in counts),
        gaps=tuple(tables.indicator_row(one, snapshot, words, line=None) for one in gaps),
        gaps_note=words("minutes.gaps_none"),
        omissions=stated,
        inapplicable=unfit,
    )


def _answered(one: Compared, side: Side, snapshot: Snapshot) -> bool:
    """Whether anything was answered; a photo is, by the evidence attached to it."""
    keys = [key for key in one.keys if key.side is side]
    if one.indicator.kind is AnswerKind.PHOTO:
        return bool(snapshot.evidence_for(*keys))
    return any(snapshot.observation(key).answer is not None for key in keys)
