"""What the page of the register has done in a worker; what lasts can be stopped."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assessor_app.domain.problem import RegisterRefused
from assessor_app.services.register.belonging import Unregistered, take_names, unregistered
from assessor_app.services.register.exporting import export_register, write_template
from assessor_app.services.register.history import RegisterStep, history
from assessor_app.services.register.planned import Decision
from assessor_app.services.register.reading import Kept, kept
from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell

if TYPE_CHECKING:  # the reading of tables is fetched in the worker
    from assessor_app.services.register.table import Previewed


@dataclass(frozen=True, slots=True)
class Gathered:
    """The register, and what visits and results name that it does not know."""

    kept: Kept
    offered: tuple[Unregistered, ...]


def gathering(desk: Desk) -> Callable[[Tell], Gathered]:
    """Read the register, and what could be taken over into it."""
    workplace = desk.workplace
    return lambda _: Gathered(kept(workplace.store), unregistered(workplace))


def taking_names(desk: Desk, offered: tuple[Unregistered, ...]) -> Callable[[Tell], int]:
    """Put the offices that visits and results name into the register."""
    store, reason = desk.workplace.store, desk.say("register.offer_reason")
    return lambda _: take_names(store, offered, reason=reason)


class Stoppable:
    """Tells how far a table is looked at; stops at the next word of it once that is wanted."""

    def __init__(self, tell: Tell, say: Callable[[int, int], str], wanted: threading.Event) -> None:
        self._tell = tell
        self._say = say
        self._wanted = wanted

    def __call__(self, done: int, total: int) -> None:
        """Raises RegisterRefused `register_import_stopped`."""
        if self._wanted.is_set():
            raise RegisterRefused("register_import_stopped")
        self._tell(self._say(done, total))


def previewing(desk: Desk, path: Path, stop: threading.Event) -> "Callable[[Tell], Previewed]":
    """Look at a table; nothing is written."""
    store, library = desk.workplace.store, desk.application.library

    def say(done: int, total: int) -> str:
        return desk.say("register.looking_at", file=path.name, done=done, total=total)

    def work(tell: Tell) -> "Previewed":
        from assessor_app.services.register.table import preview

        return preview(store, library, path, tell=Stoppable(tell, say, stop))

    return work


def deciding(
    desk: Desk, before: "Previewed", decisions: Mapping[str, Decision], otherwise: Decision
) -> "Callable[[Tell], Previewed]":
    """The same table with what was decided on its doubtful rows."""
    store = desk.workplace.store

    def work(_: Tell) -> "Previewed":
        from assessor_app.services.register.table import decided

        return decided(store, before, decisions=decisions, otherwise=otherwise)

    return work


def writing(desk: Desk, previewed: "Previewed") -> Callable[[Tell], bool]:
    """Take over what was looked at, whole or not at all."""
    store = desk.workplace.store

    def work(_: Tell) -> bool:
        from assessor_app.services.register.table import take_over

        return take_over(store, previewed)

    return work


def exporting(desk: Desk, path: Path) -> Callable[[Tell], int]:
    """Write the whole register as a table."""
    store = desk.workplace.store
    return lambda _: export_register(store, path)


def writing_template(path: Path) -> Callable[[Tell], Path]:
    """Write an empty table where nothing is yet."""

    def work(_: Tell) -> Path:
        write_template(path)
        return path

    return work


def reading_history(desk: Desk, id_: str) -> Callable[[Tell], tuple[RegisterStep, ...]]:
    """All that was done with one office."""
    store = desk.workplace.store
    return lambda _: history(store, id_)
