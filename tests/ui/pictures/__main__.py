"""Views as pictures: `python3 run.py pictures [FOLDER] [--only NAME] [--theme dark] …`.

With `--manual` alone: those that the pages of docs/manual show, written there.

Without a word: the chosen set that is kept in docs/pictures/window. With a folder or an option:
every view in both languages, three sizes and every theme, or what the options leave of them.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from tests.ui.pictures import manual
from tests.ui.pictures.round import Round
from tests.ui.pictures.showing import keep, shown
from tests.ui.pictures.view import SIZES, Setting, View, all_views, chosen

from assessor_app.texts import Language
from assessor_app.ui.theme import Scheme

KEPT = Path("docs/pictures/window")


def main(arguments: Sequence[str]) -> int:
    """Make the pictures that are asked for; 2 where no view has such a name."""
    asked = _options().parse_args(arguments)
    if asked.list:
        sys.stdout.writelines(f"{view.name}\n" for view in all_views())
        return 0
    if asked.manual:
        return _manual()
    views = tuple(chosen(asked.only))
    if not views:
        sys.stderr.write("no view has such a name; --list names all\n")
        return 2
    out = Path(asked.folder or KEPT)
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        round_ = Round(Path(folder))
        missed = [
            one
            for setting, some in _wanted(views, asked)
            for one in _make(some, round_, setting, out)
        ]
        round_.close()
    application.quit()
    sys.stdout.writelines(f"missed: {one}\n" for one in missed)
    return 1 if missed else 0


def _manual() -> int:
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        missed = list(manual.make(Path(folder)))
    application.quit()
    sys.stdout.writelines(f"missed: {one}\n" for one in missed)
    return 1 if missed else 0


def _make(views: Iterable[View], round_: Round, setting: Setting, out: Path) -> Iterator[str]:
    """Make the pictures of some views; yields those of which there is none."""
    for view in views:
        told, began = f"{view.name}-{setting.told}.png", time.monotonic()
        try:
            for _, window in shown([view], round_, setting):
                keep(window, out / told)
        except Exception as error:  # noqa: BLE001 - the other pictures are wanted all the same
            yield f"{told}: {error!r}"
        sys.stdout.write(f"{told} {time.monotonic() - began:.1f} s\n")
        sys.stdout.flush()


def _wanted(
    views: Sequence[View], asked: argparse.Namespace
) -> Iterator[tuple[Setting, Sequence[View]]]:
    """Every setting with the views that are looked at in it."""
    whole = any((asked.folder, asked.only, asked.theme, asked.language, asked.size))
    if not whole:
        yield from _kept(views)
        return
    sizes = [one for one in SIZES if not asked.size or f"{one[0]}x{one[1]}" in asked.size]
    for scheme in asked.theme or list(Scheme):
        for language in asked.language or list(Language):
            for size in sizes:
                yield Setting(language, scheme, size, asked.text), views


def _kept(views: Sequence[View]) -> Iterator[tuple[Setting, Sequence[View]]]:
    """All in Indonesian by day on a laptop; each further setting shows some of them."""
    yield Setting(), views
    others = (
        Setting(scheme=Scheme.DARK),
        Setting(Language.ENGLISH, size=SIZES[1]),
        Setting(size=SIZES[2]),
        Setting(Language.ENGLISH, Scheme.CONTRAST, text=150),
    )
    for place, setting in enumerate(others):
        yield setting, views[place :: len(others) + 1]


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="run.py pictures")
    options.add_argument("folder", nargs="?", help=f"where to; {KEPT} gets the chosen set")
    options.add_argument("--only", action="append", default=[], help="a view, or how names begin")
    options.add_argument("--theme", action="append", type=Scheme, choices=list(Scheme))
    options.add_argument("--language", action="append", type=Language, choices=list(Language))
    sizes = [f"{width}x{height}" for width, height in SIZES]
    options.add_argument("--size", action="append", choices=sizes)
    options.add_argument("--text", type=int, default=100, help="size of letters in percent")
    options.add_argument("--list", action="store_true", help="name all views")
    options.add_argument("--manual", action="store_true", help="those of docs/manual alone")
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
