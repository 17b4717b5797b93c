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
  (`sheet.heading`). Lists of texts have one item a line (`sheet.joined_lines`, `split_lines`);
  names in a list are separated by spaces. Truths are "yes" and "no".
- An empty cell is a key that is left out of the form. Only `required` differs: where the column is
  there, an empty cell means no, as in XLSForm.
"""

from collections.abc import Iterable, Mapping
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
from assessor_app.instruments.xlsform.sheet import Column, Holds, Sheet


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
