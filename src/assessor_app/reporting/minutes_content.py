"""What minutes of a visit say, as plain values like those of `content`."""

from dataclasses import dataclass

from assessor_app.domain.visit import Outcome
from assessor_app.reporting.content import (
    Cover,
    Document,
    Fact,
    IndicatorRow,
    Integrity,
    Omission,
    Photo,
    Receiver,
    SessionRow,
    Signature,
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded until a visit ended early.

    `counts` are few and short ("Jawaban", "12 dari 40"). `gaps` are printed without their weight
    and points: of a visit that was not completed no score is told. `gaps_note` says so where there
    are none, or how many more there are; `omissions` are the sides that could not be assessed, with
    the reason, and `inapplicable` what does not apply to the office, each with a note like it.
    """

    counts: tuple[Fact, ...]
    gaps: tuple[IndicatorRow, ...]
    gaps_note: str
    omissions: tuple[Omission, ...] = ()
    inapplicable: tuple[Omission, ...] = ()
    omissions_note: str = ""
    inapplicable_note: str = ""


@dataclass(frozen=True, slots=True)
class MinutesContent:
    """Minutes of a visit (berita acara), in reading order; of a completed one too.

    `headline` is the outcome as the page's headline, `meaning` the sentence under it, `no_score`
    says that no score is told. `account` is what happened, in the assessor's words and of any
    length. `sessions` are given where the visit had more than one, `recorded` where there is
    anything to tell of it. `photos` prove the visit itself: the door that stayed shut.
    """

    document: Document
    cover: Cover
    outcome: Outcome
    headline: str
    meaning: str
    no_score: str
    account: str
    receiver: Receiver
    signature: Signature
    integrity: Integrity
    sessions: tuple[SessionRow, ...] = ()
    recorded: Recorded | None = None
    photos: tuple[Photo, ...] = ()
