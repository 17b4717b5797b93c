"""A key file of one assessor, siti, whose passphrase is "benar", and what is done to it."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.visiting import QUICK

from assessor_app.domain.event import canonical
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.key_file import KeyFile, read_key_file, second_copy
from assessor_app.storage.keys import (
    Unlocked,
    change_keys,
    create_keys,
    open_keys,
    with_passphrase,
)


def made_keys(folder: Path) -> Path:
    path = folder / "store" / "keys.json"
    path.parent.mkdir(exist_ok=True)
    create_keys(path, "benar", assessor="siti", cost=QUICK)
    return path


def both(path: Path) -> tuple[Path, Path]:
    return path, second_copy(path)


def checked(content: dict[str, object]) -> str:
    """The content as whoever knows the format would write it after a change."""
    rest = {name: value for name, value in content.items() if name != "check"}
    whole = json.loads(json.dumps(rest))
    return json.dumps({**whole, "check": hashlib.sha256(canonical(whole)).hexdigest()})


def changed(path: Path, unlocked: Unlocked, made: KeyFile) -> None:
    seen = read_key_file(path).content.generation
    change_keys(path, replace(made, generation=seen + 1), key=unlocked.key, seen=seen)


def passphrase_changed(path: Path, old: str, new: str) -> None:
    unlocked = open_keys(path, old)
    made = with_passphrase(
        unlocked.found.content,
        unlocked.key,
        assessor=unlocked.assessor,
        passphrase=new,
        cost=QUICK,
    )
    changed(path, unlocked, made)


def refused_code(path: Path, passphrase: str = "benar") -> str:
    with pytest.raises(StoreProblem) as refused:
        open_keys(path, passphrase)
    return refused.value.code


def with_budi(unlocked: Unlocked) -> KeyFile:
    """The content with a second assessor, whose passphrase is "lain"."""
    return with_passphrase(
        unlocked.found.content, unlocked.key, assessor="budi", passphrase="lain", cost=QUICK
    )
