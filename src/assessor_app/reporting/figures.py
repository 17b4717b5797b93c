"""The figures of a report of findings: scores, zones, counts and shares, ready to be drawn.

Numbers that are drawn are given twice: as Decimal for the geometry and as the text that is printed.
"""

from dataclasses import dataclass
from decimal import Decimal

from assessor_app.domain.zone import ZoneColour
from assessor_app.reporting.content import Fact


@dataclass(frozen=True, slots=True)
class Band:
    """One zone of the gauge, from `lower` to `upper` points, with its name and printed range."""

    lower: Decimal
    upper: Decimal
    zone: ZoneColour
    name: str
    range: str


@dataclass(frozen=True, slots=True)
class Score:
    """One of the three scores: its name, points (None where nothing was measured), printed points
    ("71,50"; a dash where nothing was measured), zone and the zone's name ("Zona kuning")."""

    name: str
    value: Decimal | None
    text: str
    zone: ZoneColour | None
    zone_name: str


@dataclass(frozen=True, slots=True)
class Scores:
    """The three scores on the scale 0 to `maximum` and what may be called of them.

    `bands` is empty where a year's bounds were not published. `statement` is the fixed
    qualification ("Simulasi — nilai sementara, belum ditetapkan"), `reason` the sentence that says
    why, and `tag` the qualification in one word, beside the number; a `simulation` is drawn with
    broken lines. `gap_text` is by how much paper and practice differ ("selisih 28,80"), empty where
    they do not.
    """

    official: Score
    paper: Score
    practice: Score
    maximum: Decimal
    maximum_text: str
    bands: tuple[Band, ...]
    statement: str
    reason: str
    tag: str = ""
    simulation: bool = False
    gap_text: str = ""


@dataclass(frozen=True, slots=True)
class CountRow:
    """A dimension (`level` 0) or variable (`level` 1) by how its indicators compare, in numbers.

    `unknown` are those of which only one side was asked or assessed, or that give no points.
    """

    name: str
    level: int
    indicators: int
    consistent: int
    paper_ahead: int
    practice_ahead: int
    neither: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Unscored:
    """What stands in the place of scores where an instrument has no weights.

    `statement` is that there is no number, `reason` why. `answered` of `asked` sides are settled,
    printed as `progress`; `counts` are gaps, findings and photos, few and short. `label` stands
    over the progress where that counts something else than answers.
    """

    statement: str
    reason: str
    answered: int
    asked: int
    progress: str
    counts: tuple[Fact, ...]
    rows: tuple[CountRow, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How the sides of a dimension's indicators agree, in shares of its weight (0 to 1).

    `shares` are consistent, paper ahead, practice ahead and neither, of what can be compared:
    together 1, or all 0. `texts` are the same as printed, `left_out` the share that cannot be.
    """

    name: str
    level: int
    shares: tuple[Decimal, ...]
    texts: tuple[str, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class Consistency:
    """Paper against practice as figures: of the whole first, then by dimension."""

    rows: tuple[ShareRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many indicators have this pair of answers, and their points as printed, without unit.

    `points` is empty where the instrument has no weights.
    """

    count: int
    points: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Paper against practice: `cells[paper][practice]`, both in the order of `labels`.

    `labels` go from full to no fulfilment: three where the instrument knows a partial answer
    ("Ada", "Sebagian", "Tidak ada"), else two. `summary` is the sentence the picture proves;
    `note` says what is not counted in it (indicators with one side only).
    """

    labels: tuple[str, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    summary: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension (`level` 0) or variable (`level` 1) with its points on both sides.

    `paper` and `practice` are points of `maximum`, None where the side was not measured.
    `unverified` sets the mark †.
    """

    name: str
    level: int
    maximum: Decimal
    maximum_text: str
    paper: Decimal | None
    paper_text: str
    practice: Decimal | None
    practice_text: str
    official_text: str
    unverified: bool = False
