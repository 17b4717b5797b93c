"""Every sentence exists in both languages with the same places, and every refusal has one."""

import ast
import re
import string
from pathlib import Path

import pytest

import assessor_app
from assessor_app.paths import resources_dir
from assessor_app.texts import Language, catalogue, say

ROOMS = sorted(
    {path.name.split(".")[0] for path in (resources_dir() / "texts").iterdir()} - {"problems"}
)
SOURCES = sorted(Path(assessor_app.__file__).parent.rglob("*.py"))
REFUSALS = {
    "RecordRefused",
    "VisitRefused",
    "InstrumentFault",
    "EvidenceRefused",
    "StoreProblem",
    "IdentityProblem",
    "IssueProblem",
    "MethodRefused",
    "ResultsRefused",
    "ImprovementRefused",
    "RegisterRefused",
}


def places(sentence: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("room", [*ROOMS, "problems"])
def test_both_languages_say_the_same_things_at_the_same_places(room: str) -> None:
    indonesian = catalogue(room, Language.INDONESIAN)
    english = catalogue(room, Language.ENGLISH)

    assert indonesian.keys() == english.keys()
    for key, sentence in indonesian.items():
        assert sentence.strip(), key
        assert english[key].strip(), key
        assert places(sentence) == places(english[key]), key


def raised() -> list[tuple[str, str, frozenset[str]]]:
    """Every refusal in the code: where, its code, and the places it fills."""
    found = []
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            first = node.args[0] if node.args else None
            if node.func.id in REFUSALS and isinstance(first, ast.Constant):
                names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                found.append((f"{source.name}:{node.lineno}", str(first.value), names))
    return found


@pytest.mark.parametrize(("where", "code", "given"), raised())
def test_every_refusal_has_its_sentence(where: str, code: str, given: frozenset[str]) -> None:
    for language in Language:
        sentence = catalogue("problems", language)[code]

        assert places(sentence) <= given, where


@pytest.mark.parametrize("room", [*ROOMS, "problems"])
def test_every_sentence_is_said_somewhere(room: str) -> None:
    """By its name, by a name that is put together (`f"gap.{kind}"`), or as a field of Headings."""
    code = "\n".join(source.read_text(encoding="utf-8") for source in SOURCES)
    words = set(re.findall(r"[a-z_]+[a-z0-9_]*", code))
    put_together = tuple(set(re.findall(r"""f["']([a-z_.]+)\{""", code)))
    for key in catalogue(room, Language.INDONESIAN):
        named = key.rpartition(".")[2] in words
        built = key.startswith(put_together) or f"{room}.{key}".startswith(put_together)
        assert named or built, f"{room}.{key}"


def test_a_sentence_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        say(Language.ENGLISH, "problems.no_such_thing")
