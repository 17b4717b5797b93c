"""The promises of docs/security.md are proven: every test that it names exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "security.md"


def named_tests() -> list[tuple[str, str]]:
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT.read_text(encoding="utf-8"))


def promises() -> list[str]:
    """The rows of the table of promises."""
    text = DOCUMENT.read_text(encoding="utf-8")
    table = text.partition("## Promises and proofs")[2].partition("\n## ")[0]
    return [row for row in table.splitlines() if row.startswith("| ")][1:]


def test_every_test_named_in_the_document_exists() -> None:
    known: dict[str, set[str]] = {}
    for file, name in named_tests():
        if file not in known:
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            known[file] = {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}

        assert name in known[file], f"{file}::{name}"


def test_every_promise_names_a_test() -> None:
    assert len(promises()) > 20
    for row in promises():
        assert re.search(r"`tests/[\w/]+\.py::test_\w+`", row), row
