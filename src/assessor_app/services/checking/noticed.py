"""What a check of the store notices: as a name and data, to be told in words elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum

from assessor_app.domain.anchors import Anchor
from assessor_app.domain.chain import Link
from assessor_app.texts import Language


class Weight(StrEnum):
    """What it means for the answer to the question whether the store is sound."""

    BROKEN = "broken"
    UNDETERMINED = "undetermined"  # what cannot be said from here
    REMARK = "remark"


class Remedy(StrEnum):
    """What to do next."""

    RECORD = "record"  # events or signatures are gone or changed
    SHOWN = "shown"  # only what is made of the events
    EVIDENCE = "evidence"
    DATABASE = "database"
    KEYS = "keys"
    PEOPLE = "people"
    IDENTITY = "identity"
    ROOT = "root"  # somebody added a root certificate past the product
    BEHIND = "behind"  # the database is older than what lies beside it
    ANCHOR = "anchor"  # a document was given that says nothing of this store
    NOTHING = "nothing"


class Stage(StrEnum):
    """What a check is at, in this order."""

    ANCHORS = "anchors"
    DATABASE = "database"
    VISITS = "visits"
    EVIDENCE = "evidence"


Progress = Callable[[Stage, int, int], None]
"""Hears the stage, how much of it is done and how much there is; 0 of 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A reason that the room which found it tells itself, in a language and for a zone."""

    code: str
    say: Callable[[Language, tzinfo], str]


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing that was noticed: `code` names the sentence `checking.<code>`.

    `visit` is None where it is about the store as a whole. `good` is the last event before a
    break that is as it was recorded, `bad` the first that is not, as far as it can be read;
    `about` is an event that is as it was recorded and whose file or value is not. `anchors` vouch
    for everything up to there, the latest first.
    """

    code: str
    weight: Weight
    remedy: Remedy = Remedy.NOTHING
    visit: str | None = None
    places: Mapping[str, object] = field(default_factory=dict)
    good: Link | None = None
    bad: Link | None = None
    about: Link | None = None
    anchors: tuple[Anchor, ...] = ()
