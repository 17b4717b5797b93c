"""A view: one page in one state, and what leads there."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from tests.ui.pictures import views

from assessor_app.texts import Language
from assessor_app.ui.directory import Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.theme import Scheme

if TYPE_CHECKING:
    from tests.ui.pictures.round import Round

SIZES = ((1366, 768), (1024, 768), (768, 1024))

_ROUNDS = 20  # of events that lead to further ones: laid out, painted, laid out anew
_Part = TypeVar("_Part", bound=QWidget)
Act: TypeAlias = "Callable[[MainWindow, Round], None]"
"""What is done in the window on the way to a state."""


class Home(Enum):
    """Whose store the window stands before."""

    OPEN = auto()  # the round's, unlocked
    LOCKED = auto()  # the round's, at its door
    NEW = auto()  # none yet: one is made by the view itself
    EMPTY = auto()  # one without any visit, unlocked


@dataclass(frozen=True, slots=True)
class Setting:
    """How the window is set while views are looked at; `text` is the size of letters in percent."""

    language: Language = Language.INDONESIAN
    scheme: Scheme = Scheme.LIGHT
    size: tuple[int, int] = SIZES[0]
    text: int = 100

    @property
    def told(self) -> str:
        """As the name of a picture ends."""
        larger = "" if self.text == 100 else f"-{self.text}"
        return f"{self.language.value}-{self.scheme.value}-{self.size[0]}{larger}"


@dataclass(frozen=True, slots=True)
class View:
    """`where` is the page, asked when it is wanted; `then` leads on to the state, in the window."""

    name: str
    where: "Callable[[Round], Where] | None" = None  # None: the door of `home`
    then: "Act | None" = None
    home: Home = Home.OPEN


def all_views() -> tuple[View, ...]:
    """The views of all files in `views/`, by the name of the file. Names are there once."""
    found: list[View] = []
    for module in sorted(pkgutil.iter_modules(views.__path__), key=lambda one: one.name):
        found += importlib.import_module(f"{views.__name__}.{module.name}").VIEWS
    names = [one.name for one in found]
    twice = {name for name in names if names.count(name) > 1}
    assert not twice, f"named twice: {twice}"
    return tuple(found)


def rest(window: MainWindow) -> None:
    """Until nothing is being worked on and all is painted."""
    QApplication.processEvents()
    while window.desk.tasks.running:
        window.desk.tasks.wait()
        QApplication.processEvents()
    for _ in range(_ROUNDS):
        QApplication.processEvents()


def part(window: MainWindow, kind: type[_Part], name: str) -> _Part:
    """A part of the page, or of the dialog over it, by its name."""
    found = window.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def press(*names: str) -> Act:
    """Press buttons one after the other."""

    def act(window: MainWindow, _: "Round") -> None:
        for name in names:
            part(window, QAbstractButton, name).click()
            rest(window)

    return act


def in_turn(*acts: Act) -> Act:
    """Several ways one after the other."""

    def act(window: MainWindow, round_: "Round") -> None:
        for one in acts:
            one(window, round_)
            rest(window)

    return act


def chosen(names: list[str]) -> Iterator[View]:
    """The views whose names are, or begin with, one of `names` (all where there is none)."""
    for view in all_views():
        if not names or any(view.name == one or view.name.startswith(f"{one}-") for one in names):
            yield view
