"""What can be doubted of a visit, and where."""

from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.instrument import Side
from assessor_app.domain.wording import Wording


class DoubtKind(StrEnum):
    """The rules; the reason of each stands with it in doubts.py and contradictions.py."""

    PAPER_ABSENT_WITH_DOCUMENT = "paper_absent_with_document"
    DOCUMENT_IN_FUTURE = "document_in_future"
    DOCUMENT_OLD = "document_old"
    OBSERVED_OUTSIDE_VISIT = "observed_outside_visit"
    PHOTO_OUTSIDE_VISIT = "photo_outside_visit"
    PHOTO_AFTER_VISIT = "photo_after_visit"
    EVIDENCE_CARRIES_NOTHING = "evidence_carries_nothing"
    COMPONENTS_NOT_SEEN = "components_not_seen"
    GAP_WITHOUT_NOTE = "gap_without_note"
    ANSWERED_THOUGH_NOT_APPLICABLE = "answered_though_not_applicable"
    NO_PROMISE_TO_KEEP = "no_promise_to_keep"
    TIME_PROMISE_BROKEN = "time_promise_broken"
    TIME_PROMISE_KEPT = "time_promise_kept"
    CHANNELS_NOT_OWN = "channels_not_own"
    TRIALS_FAILED = "trials_failed"
    TRIAL_REACHED = "trial_reached"
    OFFICERS_AGAINST_USERS = "officers_against_users"
    USERS_AGAINST_PAPER = "users_against_paper"
    OFFICERS_AGAINST_PAPER = "officers_against_paper"
    POST_NOT_INTERVIEWED = "post_not_interviewed"
    TOO_FEW_USERS = "too_few_users"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One contradiction, and where; `side` is None where it lies between the two.

    Of interviews: `asked` of the `wanted` holders of a `post`, or users, were interviewed;
    `indicator` is the first that asks them.
    """

    kind: DoubtKind
    indicator: str
    side: Side | None = None
    product_name: str | None = None
    post: Wording | None = None
    asked: int = 0
    wanted: int = 0
