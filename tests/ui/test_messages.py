"""The window's sentences for refusals: none of them speaks to somebody who types commands."""

import re
import string
from functools import cache
from pathlib import Path

import pytest

import assessor_app
from assessor_app.domain.problem import VisitRefused
from assessor_app.texts import Language, catalogue
from assessor_app.ui.messages import sentence

NEVER_IN_THE_WINDOW = frozenset(
    {
        # lines of JSON, and JSON objects
        "line_not_json",
        "line_not_object",
        "line_not_utf8",
        "field_unknown",
        "field_twice",
        "field_not_truth",
        "units_only_vertical",
        "document_not_object",
        # what a command is given
        "day_unreadable",
        "instant_unreadable",
        "input_unreadable",
        "passphrase_not_given",
        "passphrase_file_unreadable",
        "demo_folder_not_ours",
        "record_not_found",
        "why_missing",
        "nothing_to_redact",
    }
)
"""Refusals of what only the command line reads."""

OF_INSTRUMENTS = frozenset(
    {"instrument_unknown", "instrument_broken", "instrument_changed", "instrument_bounds_only"}
)
"""The window meets these; the faults within an instrument's file are told by the check alone."""

OF_TABLES = frozenset(
    {"workbook_damaged", "workbook_missing", "workbook_too_large", "workbook_unreadable"}
)
"""The window reads tables of results; what is wrong in a form is told by the check alone."""

PRODUCT = Path(assessor_app.__file__).parent
HEADQUARTERS = (PRODUCT / "services" / "headquarters", PRODUCT / "signing" / "issuing.py")
"""Led by commands alone."""

FINDINGS_ELSEWHERE = frozenset({"document_refused"})
"""A refusal of headquarters that a finding of the store's check has its name in common with."""

SPEAKS_OF_COMMANDS = (
    "assessor ",
    "--",
    "baris ini",
    "this line",
    "bidang ",
    "field ",
    "perintah",
    "command",
    "iso 8601",
    "utf-8",
    "json",
)


@cache
def codes_of_headquarters() -> frozenset[str]:
    """What headquarters alone refuses by, in a home that no window is opened over."""
    here, elsewhere = set[str](), set[str]()
    for file in PRODUCT.rglob("*.py"):
        found = here if any(map(file.is_relative_to, HEADQUARTERS)) else elsewhere
        found.update(re.findall(r'"([a-z_]+)"', file.read_text(encoding="utf-8")))
    return frozenset(here - elsewhere) | FINDINGS_ELSEWHERE


def codes() -> list[str]:
    return [
        code
        for code in catalogue("problems", Language.INDONESIAN)
        if code not in NEVER_IN_THE_WINDOW
        and code not in codes_of_headquarters()
        and (not code.startswith("instrument_") or code in OF_INSTRUMENTS)
        and (not code.startswith("workbook_") or code in OF_TABLES)
    ]


def places(text: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_page_leads_a_headquarters() -> None:
    """Else its refusals are said in the window as well, and are to be held to its words."""
    led = re.compile(r"services\.headquarters|signing\.issuing")

    pages = (PRODUCT / "ui").rglob("*.py")

    assert not [one for one in pages if led.search(one.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("language", Language)
def test_no_sentence_of_the_window_speaks_of_commands_or_lines(language: Language) -> None:
    common, own = catalogue("problems", language), catalogue("ui", language)

    for code in codes():
        told = own.get(f"problem.{code}", common[code])
        assert not [word for word in SPEAKS_OF_COMMANDS if word in told.casefold()], code


@pytest.mark.parametrize("language", Language)
def test_the_windows_own_sentences_need_no_more_places_than_the_common_ones(
    language: Language,
) -> None:
    common, own = catalogue("problems", language), catalogue("ui", language)

    for code in common.keys() & {name.removeprefix("problem.") for name in own}:
        assert places(own[f"problem.{code}"]) <= places(common[code]), code


def test_a_refusal_is_told_in_the_windows_own_words() -> None:
    problem = VisitRefused("visit_not_closed", visit="0190", state="open")

    told = sentence(problem, Language.ENGLISH)

    assert told.startswith("This visit is in the state “open”")
    assert "Close the visit in the step Review first." in told


def test_a_refusal_without_words_of_its_own_is_told_in_the_common_ones() -> None:
    told = sentence(VisitRefused("visit_paused", visit="0190"), Language.INDONESIAN)

    assert told == catalogue("problems", Language.INDONESIAN)["visit_paused"]
