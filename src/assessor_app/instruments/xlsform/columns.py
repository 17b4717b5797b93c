"""The sheets and columns of a workbook: those of XLSForm, and ours beside them.

Everything that an instrument file can say has its place here, so that a form that is written to a
workbook and read again is the same form. How the parts of a form lie in the sheets:

- A dimension is a `begin_group` row of the survey: `name` is its code (`code`, where the code is
  no XML name), `label` its name, `text_source` its source. A variable is a `begin_group` row
  inside of it: `label` its name, `means` its means; its `name` is free and only has to be unique.
  A workbook without groups may say both in the columns `dimension` and `variable` of each row.
- An indicator is one row, whatever its `sides`. `name` is its code (or `code`, as above; ${...} in
  conditions always holds a `name`), `label` its text, `hint` its guidance. `type` follows from the
  kind of its scale (QUESTION_TYPES). Where `scale` is empty the list of choices names the scale.
- A scale of levels or parts is a list of the choices: `list_name` is the scale's name, each row a
  level or part with its `fulfilment` or `share`. What else a scale has stands in `scales`, its
  steps in `steps`. Every scale has a row in `scales`; only a newcomer's workbook leaves it out and
  says `scale_kind`, `target`, `unit`, `least`, `most`, `whole`, `steps` in the survey row.
- A text in both languages has two columns, `label::Indonesia (id)` and `label::English (en)`
  (`heading`). Lists of texts have one item a line (`joined_lines`, `split_lines`); names in a list
  are separated by spaces. Truths are "yes" and "no".
- An empty cell is a key that is left out of the form. Only `required` differs: where the column is
  there, an empty cell means no, as in XLSForm.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.instrument import (
    LEVELLED,
    AggregationRule,
    AnswerKind,
    Asked,
    Denominator,
    Means,
    NotAssessable,
    Side,
    SideRule,
)
from assessor_app.domain.respondents import RespondentKind
from assessor_app.domain.zone import ZoneColour
from assessor_app.texts import Language

LANGUAGES: Mapping[Language, str] = {
    Language.INDONESIAN: "Indonesia (id)",
    Language.ENGLISH: "English (en)",
}
"""How a language is called in a heading and in `default_language`."""

YES, NO = "yes", "no"
TRUE_WORDS = frozenset({"yes", "true", "true()", "ya", "1"})
FALSE_WORDS = frozenset({"no", "false", "false()", "tidak", "0"})


class Holds(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    NAME = "name"  # a name or code
    NAMES = "names"  # names separated by spaces
    LINES = "lines"  # texts, one a line
    NUMBER = "number"
    WHOLE = "whole"
    TRUTH = "truth"
    STEPS = "steps"  # "1=0.25; 5=1": from 1 on it fulfils a quarter, from 5 on the whole


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a `translated` one is written once for each language.

    `allowed` are the values that a name may have, where these are fixed.
    """

    name: str
    holds: Holds = Holds.TEXT
    translated: bool = False
    allowed: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; `standard` is how many of its first columns are XLSForm's own."""

    name: str
    columns: tuple[Column, ...]
    standard: int = 0

    def column(self, name: str) -> Column | None:
        """The column of a heading's first part, also by its other names in XLSForm."""
        return next((one for one in self.columns if name == one.name or name in one.aliases), None)


def heading(column: Column, language: Language | None = None) -> str:
    """The heading of a column; a translated one needs its language."""
    return f"{column.name}::{LANGUAGES[language]}" if language else column.name


def joined_lines(items: Iterable[str]) -> str:
    """A list of texts as one cell; a line that belongs to the item above begins with two spaces."""
    return "\n".join(item.replace("\n", "\n  ") for item in items)


def split_lines(cell: str) -> list[str]:
    """The inverse of `joined_lines`; empty lines separate nothing."""
    items: list[str] = []
    for line in cell.replace("\r\n", "\n").split("\n"):
        if line.startswith("  ") and items:
            items[-1] += f"\n{line.removeprefix('  ')}"
        elif line.strip():
            items.append(line.strip())
    return items


def _allowed(kinds: Iterable[StrEnum]) -> tuple[str, ...]:
    return tuple(kind.value for kind in kinds)


SELECT_ONE, SELECT_MULTIPLE = "select_one", "select_multiple"
BEGIN_GROUP, END_GROUP = "begin_group", "end_group"
QUESTION_TYPES: Mapping[AnswerKind, str] = {
    **dict.fromkeys(LEVELLED, SELECT_ONE),
    AnswerKind.PARTS: SELECT_MULTIPLE,
    AnswerKind.COUNT: "integer",  # "decimal" where the scale is not `whole`
    AnswerKind.DURATION: "decimal",
    AnswerKind.TEXT: "text",
    AnswerKind.DATE: "date",
    AnswerKind.PHOTO: "image",
    AnswerKind.NOTE: "note",
}
"""The type of a row by the kind of its scale; the selects are followed by the scale's name."""

SURVEY = Sheet(
    "survey",
    (
        Column("type", Holds.NAME, aliases=("command",)),
        Column("name", Holds.NAME, aliases=("tag",)),
        Column("label", translated=True, aliases=("caption",)),
        Column("hint", translated=True),
        Column("required", Holds.TRUTH),
        Column("relevant", aliases=("relevance", "bind::relevant")),
        Column("constraint", aliases=("bind::constraint",)),
        Column(
            "constraint_message",
            translated=True,
            aliases=("constraining_message", "constraint message", "bind::jr:constraintmsg"),
        ),
        Column("code", Holds.NAME),
        Column("dimension", translated=True),
        Column("variable", translated=True),
        Column("means", Holds.NAMES, allowed=_allowed(Means)),
        Column("sides", Holds.NAMES, allowed=_allowed(Side)),
        Column("counts", Holds.NAME, allowed=_allowed(SideRule)),
        Column("asked", Holds.NAME, allowed=_allowed(Asked)),
        Column("roles", Holds.NAMES),
        Column("weight", Holds.NUMBER),
        Column("weight_source", Holds.NAME),
        Column("shares", Holds.NAME),
        Column("text_source", Holds.NAME),
        Column("verified", Holds.TRUTH),
        Column("legal_basis", Holds.LINES),
        Column("legal_source", Holds.NAME),
        Column("evidence", translated=True),
        Column("evidence_items", Holds.LINES, translated=True),
        Column("advice", translated=True),
        Column("may_not_apply", Holds.TRUTH),
        Column("scale", Holds.NAME),
        Column("scale_kind", Holds.NAME, allowed=_allowed(AnswerKind)),
        Column("target", Holds.NUMBER),
        Column("unit", translated=True),
        Column("least", Holds.NUMBER),
        Column("most", Holds.NUMBER),
        Column("whole", Holds.TRUTH),
        Column("steps", Holds.STEPS),
    ),
    standard=8,
)
"""`evidence` is the form's `evidence_asked`.

A row says either where its text and weight come from (`text_source`, `weight_source`,
`legal_source`: names of the sheet `sources`) or only whether they were `verified`: then the
workbook itself is the source.
"""

CHOICES = Sheet(
    "choices",
    (
        Column("list_name", Holds.NAME, aliases=("list name",)),
        Column("name", Holds.NAME, aliases=("value",)),
        Column("label", translated=True, aliases=("caption",)),
        Column("fulfilment", Holds.NUMBER),
        Column("share", Holds.NUMBER),
    ),
    standard=3,
)

SETTINGS = Sheet(
    "settings",
    (
        Column("form_title", aliases=("set form title", "set_form_title", "title")),
        Column("form_id", Holds.NAME, aliases=("set form id", "set_form_id", "id_string")),
        Column("version", Holds.NAME),
        Column("default_language"),
        Column("instrument_title", translated=True),
        Column("year", Holds.WHOLE),
        Column("years", Holds.NAMES),
        Column("legal_basis"),
        Column("maximum", Holds.NUMBER),
        Column("unweighted", translated=True),
        Column("counts", Holds.NAME, allowed=_allowed(SideRule)),
        Column("counts_source", Holds.NAME),
        Column("aggregation", Holds.NAME, allowed=_allowed(AggregationRule)),
        Column("aggregation_source", Holds.NAME),
        Column("denominator", Holds.NAME, allowed=_allowed(Denominator)),
        Column("denominator_source", Holds.NAME),
        Column("not_assessable", Holds.NAME, allowed=_allowed(NotAssessable)),
        Column("not_assessable_source", Holds.NAME),
        Column("respondents_source", Holds.NAME),
        Column("bands_source", Holds.NAME),
        Column("bands_step", Holds.NUMBER),
        Column("between", Holds.NAME, allowed=("lower",)),
        Column("between_source", Holds.NAME),
        Column("without", translated=True),
    ),
    standard=4,
)
"""One row. `instrument_title` is the form's title; `form_title`, which XLSForm does not translate,
stands for it where it is empty. `form_id` is the id. `without` is the opinion's second axis."""

SOURCES = Sheet(
    "sources",
    (
        Column("name", Holds.NAME),
        Column("verified", Holds.TRUTH),
        Column("note", translated=True),
    ),
)

SCALES = Sheet(
    "scales",
    (
        Column("name", Holds.NAME),
        Column("kind", Holds.NAME, allowed=_allowed(AnswerKind)),
        Column("target", Holds.NUMBER),
        Column("unit", translated=True),
        Column("least", Holds.NUMBER),
        Column("most", Holds.NUMBER),
        Column("whole", Holds.TRUTH),
    ),
)

STEPS = Sheet(
    "steps",
    (
        Column("scale", Holds.NAME),
        Column("at_least", Holds.NUMBER),
        Column("fulfilment", Holds.NUMBER),
        Column("rubric", translated=True),
    ),
)

OBJECT_TYPES = Sheet(
    "object_types",
    (
        Column("code", Holds.NAME),
        Column("name", translated=True),
        Column("rolls_up_to"),
    ),
)

BANDS = Sheet(
    "bands",
    (
        Column("category"),
        Column("lower", Holds.NUMBER),
        Column("upper", Holds.NUMBER),
        Column("zone", Holds.NAME, allowed=_allowed(ZoneColour)),
        Column("name", translated=True),
        Column("opinion", translated=True),
        Column("dark", Holds.TRUTH),
        Column("source", Holds.NAME),
    ),
)

RESPONDENTS = Sheet(
    "respondents",
    (
        Column("code", Holds.NAME),
        Column("name", translated=True),
        Column("kind", Holds.NAME, allowed=_allowed(RespondentKind)),
        Column("posts", Holds.WHOLE),
        Column("at_least", Holds.WHOLE),
        Column("share", Holds.NUMBER),
        Column("substitute_share", Holds.NUMBER),
    ),
)

SHARED_WEIGHTS = Sheet(
    "shared_weights",
    (
        Column("name", Holds.NAME),
        Column("points", Holds.NUMBER),
        Column("source", Holds.NAME),
    ),
)

OPINION = Sheet(
    "opinion",
    (
        Column("quality", translated=True),
        Column("opinion", translated=True),
        Column("source", Holds.NAME),
    ),
)

COMPOSITION = Sheet(
    "composition",
    (
        Column("dimensions", Holds.NAMES),
        Column("points", Holds.NUMBER),
        Column("source", Holds.NAME),
    ),
)

RETIRED_CODES = Sheet("retired_codes", (Column("code", Holds.NAME),))

SHEETS: tuple[Sheet, ...] = (
    SURVEY,
    CHOICES,
    SETTINGS,
    SOURCES,
    SCALES,
    STEPS,
    OBJECT_TYPES,
    BANDS,
    RESPONDENTS,
    SHARED_WEIGHTS,
    OPINION,
    COMPOSITION,
    RETIRED_CODES,
)
"""In the order in which a workbook has them."""

OUR_SHEETS: tuple[Sheet, ...] = tuple(sheet for sheet in SHEETS if not sheet.standard)

READ_ME = "baca"
"""The sheet that tells a reader what the others are for; it is not read."""

REFUSED_SHEETS: tuple[str, ...] = ("external_choices", "entities", "osm")
"""Sheets of XLSForm whose meaning would be lost."""

REFUSED_COLUMNS: tuple[str, ...] = (
    "calculation",
    "calculate",
    "bind::calculate",
    "trigger",
    "choice_filter",
    "repeat_count",
    "jr:count",
    "count",
    "save_to",
    "bind::entities:saveto",
    "instance",
)
"""Columns of the survey that change what is asked or answered: refused where a cell is filled."""

IGNORED_COLUMNS: tuple[str, ...] = (
    "appearance",
    "audio",
    "autoplay",
    "big-image",
    "bind",
    "body",
    "comment",
    "comments",
    "control",
    "default",
    "disabled",
    "guidance_hint",
    "image",
    "media",
    "note",
    "notes",
    "order",
    "parameters",
    "read_only",
    "readonly",
    "required_message",
    "requiredmsg",
    "rows",
    "video",
)
"""Columns of XLSForm that change how a form looks, not what it asks: left out with a note."""
