"""What XLSForm has and we do not: refused where a meaning is lost, else left out with a note."""

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
