"""What a head of office is told on checking is one and the same, on the sheet and in the docs."""

import re
from pathlib import Path

import pytest
import typer.main

from assessor_app.cli.application import app
from assessor_app.texts import Language, say

PAGE = Path(__file__).parents[2] / "docs" / "verify.md"
SHARED = (
    "reader.open",
    "reader.change",
    "ours.window",
    "ours.answers",
    "truths.uncertified",
    "truths.trial",
    "truths.receipt",
    "truths.print",
)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", SHARED)
def test_the_page_says_what_the_sheet_on_the_stick_says(language: Language, name: str) -> None:
    assert say(language, f"check_sheet.{name}") in PAGE.read_text(encoding="utf-8")


def test_the_options_that_the_page_names_exist() -> None:
    command = typer.main.get_command(app)
    verify = command.commands["verify"]  # type: ignore[attr-defined]  # a group of commands
    known = {option for parameter in verify.params for option in parameter.opts}

    named = re.findall(r"`assessor verify [^`]*`", PAGE.read_text(encoding="utf-8"))

    assert len(named) == 4
    assert {option for line in named for option in re.findall(r"--[a-z-]+", line)} <= known


def test_the_page_is_as_long_in_both_languages() -> None:
    indonesian, english = re.split(
        r"^## English$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE
    )

    assert indonesian.count("\n- ") == english.count("\n- ")
    assert indonesian.count("\n### ") == english.count("\n### ")
