"""Good instrument files, and the mistakes that authors make in them."""

from pathlib import Path
from typing import NamedTuple

from assessor_app.instruments.faults import Fault
from assessor_app.instruments.reading import check
from assessor_app.texts import Language

FILES = Path(__file__).parent / "files"
SMALL = FILES / "small.yaml"
KINDS = FILES / "kinds.yaml"
UNWEIGHTED = FILES / "unweighted.yaml"


class Mistake(NamedTuple):
    """What stands in the good file, what an author wrote instead, and the fault it makes.

    `key` is the end of the key path; `on` stands in the line told, by default what was written.
    """

    good: str
    bad: str
    code: str
    key: str
    on: str = ""


def told(folder: Path, mistake: Mistake, *, file: Path) -> Fault:
    """The fault of one mistake in a good file, told once and at its place in both languages."""
    path = written(folder, mistake.good, mistake.bad, file=file)
    (found,) = [
        one for one in check(path) if one.code == mistake.code and one.key.endswith(mistake.key)
    ]
    assert found.line is not None
    line = path.read_text(encoding="utf-8").splitlines()[found.line - 1]
    assert (mistake.on or mistake.bad.splitlines()[-1].strip()) in line
    assert f", baris {found.line}, " in found.told(Language.INDONESIAN)
    assert f", line {found.line}, " in found.told(Language.ENGLISH)
    return found


def written(folder: Path, good: str, bad: str, *, file: Path = SMALL) -> Path:
    """A good instrument with one mistake in it."""
    text = file.read_text(encoding="utf-8")
    assert good in text
    path = folder / "broken.yaml"
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    return path
