"""The pictures of the manual: the views that its pages name, from the window as it is now.

`python3 run.py pictures --manual` writes them to docs/manual/<language>/pictures, and takes away
those that no page names any more.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from tests.ui.pictures.round import Round
from tests.ui.pictures.showing import picture, shown
from tests.ui.pictures.view import Setting, View, all_views

from assessor_app.paths import manual_dir
from assessor_app.texts import Language

MOST_BYTES = 60_000
"""Of one picture; the whole manual goes into the installed product."""

_COLOURS = (96, 64, 48, 32, 24)  # fewer where a picture shows photos
_NAMED = re.compile(r"\]\(pictures/([^)]+)\.png\)")


def named(page: str) -> list[str]:
    """The pictures (names of views) that a page's Markdown shows, in their order."""
    return _NAMED.findall(page)


def wanted(language: Language) -> list[str]:
    """The pictures that the pages of a language show, each once."""
    pages = sorted((manual_dir() / language.value).glob("*.md"))
    texts = (one.read_text(encoding="utf-8") for one in pages)
    return list(dict.fromkeys(name for text in texts for name in named(text)))


def make(folder: Path) -> Iterator[str]:
    """Make all of them, over a home in `folder`; yields what could not be made."""
    views = {one.name: one for one in all_views()}
    for language in Language:
        out = manual_dir() / language.value / "pictures"
        out.mkdir(exist_ok=True)
        names = wanted(language)
        for left in out.glob("*.png"):
            if left.stem not in names:
                left.unlink()
        round_ = Round(folder / language.value)
        round_.folder.mkdir()
        yield from (f"{name}: no such view" for name in names if name not in views)
        some = [views[name] for name in names if name in views]
        yield from _make(sorted(some, key=_order), round_, Setting(language), out)
        round_.close()


def _order(view: View) -> bool:
    """The list of visits first: further views add visits to it."""
    return not view.name.startswith("visits")


def _make(views: list[View], round_: Round, setting: Setting, out: Path) -> Iterator[str]:
    for view in views:
        try:
            for _, window in shown([view], round_, setting):
                raw = out / f"{view.name}.raw.png"
                picture(window).save(str(raw))
                _keep(raw, out / f"{view.name}.png")
                raw.unlink()
        except Exception as error:  # noqa: BLE001 - the other pictures are wanted all the same
            yield f"{setting.language}/{view.name}: {error!r}"
        sys.stdout.write(f"{setting.language} {view.name}\n")


def _keep(raw: Path, path: Path) -> None:
    """As a palette PNG within the limit: the window has few colours."""
    with Image.open(raw) as whole:
        plain = whole.convert("RGB")
    for colours in _COLOURS:
        plain.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return
    plain.resize((plain.width * 3 // 4, plain.height * 3 // 4), Image.Resampling.LANCZOS).quantize(
        _COLOURS[-1], dither=Image.Dither.NONE
    ).save(path, optimize=True)
