"""No test waits for a time: what it waits for is a condition, which is there or is not."""

import ast
from pathlib import Path

TESTS = Path(__file__).parent
FIXED = {"qWait", "qSleep", "sleep", "msleep"}
OTHERS = {
    "test_exchange_kills.py",
    "test_backup_interrupted.py",
    "test_wiping.py",
    "x_screen.py",
}
"""A moment is chosen at which a process is killed, or another process is looked at again."""
SLOW = {"stormy_link.py", "storages.py"}
"""A link or server is played that answers late: the time passes there, and not in a test."""


def fixed_waits(source: Path) -> list[str]:
    """The calls that let time pass, by file and line."""
    found = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in FIXED or ast.unparse(called).endswith("qtbot.wait"):
            found.append(f"{source.name}:{node.lineno}")
    return found


def test_no_test_lets_a_fixed_time_pass() -> None:
    sources = [one for one in TESTS.rglob("*.py") if one.name not in OTHERS | SLOW]
    assert len(sources) > 100
    assert [place for one in sources for place in fixed_waits(one)] == []


def test_a_fixed_wait_would_be_found(tmp_path: Path) -> None:
    source = tmp_path / "one.py"
    source.write_text("QTest.qWait(5)\ntime.sleep(1)\nself._qtbot.wait(9)\ntasks.wait()\n")
    assert fixed_waits(source) == ["one.py:1", "one.py:2", "one.py:3"]
