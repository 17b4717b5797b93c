"""The manual: one page a task, in both languages, found by its topic or by words in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.folding import folded
from assessor_app.paths import manual_dir
from assessor_app.texts import Language

PICTURES = "pictures"
"""The folder of screenshots beside the pages of a language."""


@dataclass(frozen=True, slots=True)
class ManualPage:
    """A page as Markdown; `topic` is the same in both languages, `title` its first heading."""

    topic: str
    title: str
    path: Path
    text: str


def manual_pages(language: Language, *, folder: Path | None = None) -> tuple[ManualPage, ...]:
    """All pages in a language, in the order of the day; none where the manual is not installed.

    A file is called `NN-topic.md`; `folder` holds one folder for each language.
    """
    files = sorted(((folder or manual_dir()) / language.value).glob("[0-9][0-9]-*.md"))
    return tuple(map(_read, files))


def page_about(pages: Iterable[ManualPage], topic: str) -> ManualPage | None:
    return next((page for page in pages if page.topic == topic), None)


def pages_with(pages: Iterable[ManualPage], sought: str) -> tuple[ManualPage, ...]:
    """The pages that hold every word that is sought, those that name it in their title first."""
    words = folded(sought).split()
    found = [page for page in pages if all(word in folded(page.text) for word in words)]
    titled = [page for page in found if all(word in folded(page.title) for word in words)]
    return (*titled, *(page for page in found if page not in titled))


def _read(path: Path) -> ManualPage:
    text = path.read_text(encoding="utf-8")
    title = text.lstrip().partition("\n")[0].lstrip("# ").strip()
    return ManualPage(path.stem.partition("-")[2], title, path, text)
