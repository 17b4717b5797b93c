"""The desk: what every page is given, and nothing of it is global."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem
from assessor_app.texts import Language, say
from assessor_app.ui.messages import sentence
from assessor_app.ui.preferences import Look
from assessor_app.ui.theme import Scheme, Theme, Tokens, tokens

if TYPE_CHECKING:  # imported when first wanted: the first page is painted without them
    from assessor_app.compose import Application
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.evidence.apart import Apart
    from assessor_app.services.report.words import Words
    from assessor_app.ui.tasks import Tasks
    from assessor_app.ui.watches import Watches

_PAINTED_AFTER_MS = 150


class Desk:
    """The product over one home, in one language and one look."""

    def __init__(
        self,
        home: Path,
        *,
        language: Language,
        scheme: Scheme,
        theme: Theme | None = None,
        text: int = 100,
        application: "Application | None" = None,
    ) -> None:
        """`theme` is the choice that led to `scheme`; letters are `text` percent large."""
        self.home = home
        self.language = language
        self.scheme = scheme
        self.theme = theme or Theme(scheme.value)
        self.text = text
        self._workplace: Workplace | None = None
        self.standing: dict[str, object] = {}
        """How pages stood that are built anew when they are gone to; forgotten at the lock."""
        if application is not None:
            self.application = application

    @cached_property
    def tasks(self) -> "Tasks":
        """The only threads; made when first wanted, which is after the first painted frame."""
        from assessor_app.ui.tasks import Tasks

        return Tasks()

    @cached_property
    def background(self) -> "Tasks":
        """Threads for what no page waits for, so that it stands in no page's way."""
        from assessor_app.ui.tasks import Tasks

        return Tasks()

    @cached_property
    def decoder(self) -> "Apart":
        """Takes files in, in a process of its own; a worker waits for it."""
        from assessor_app.services.evidence.apart import Apart

        return Apart()

    @cached_property
    def watches(self) -> "Watches":
        """Tells that a stopwatch was started or stopped."""
        from assessor_app.ui.watches import Watches

        return Watches()

    @cached_property
    def application(self) -> "Application":
        from assessor_app.compose import build

        return build(self.home)

    def after_painted(self, page: QWidget, act: Callable[[], None]) -> None:
        """Call `act` once `page` is painted and hears keys, if it is still there."""
        QTimer.singleShot(_PAINTED_AFTER_MS, page, act)

    def fetch_after(self, page: QWidget) -> None:
        """Import what comes after `page` beside it, once it is painted; then draw."""

        def nothing(_: object) -> None:
            """What fails here is told when it is wanted."""

        def draw(_: object) -> None:
            from assessor_app.ui.drawn_ahead import DrawnAhead

            DrawnAhead(self, page)

        def fetch() -> None:
            from assessor_app.ui.ahead import fetch_ahead

            self.background.run(lambda _: fetch_ahead(self), owner=page, done=draw, failed=nothing)

        self.after_painted(page, fetch)

    @property
    def look(self) -> Look:
        """How the window speaks and looks."""
        return Look(self.language, self.theme, self.text)

    @property
    def tokens(self) -> Tokens:
        return tokens(self.scheme)

    @property
    def enrolled(self) -> bool:
        """Whether this home has a store, or one that unlocking puts in its place.

        The names are those of storage/layout.py, which the first page is painted without.
        """
        return any((self.home / name).exists() for name in ("store", ".store.restored"))

    @property
    def unlocked(self) -> bool:
        return self._workplace is not None

    @property
    def workplace(self) -> "Workplace":
        """The open store and whose it is. Raises RuntimeError before it was unlocked."""
        if self._workplace is None:
            raise RuntimeError("no store is open")
        return self._workplace

    def open_with(self, workplace: "Workplace") -> None:
        self._workplace = workplace

    def lock(self) -> None:
        """Close the store and overwrite its key; nothing of it stays."""
        if self._workplace is not None:
            from assessor_app.services.keys.access import lock

            lock(self._workplace)
            self.forget()

    def forget(self) -> None:
        """Leave the store to whoever else has it open; no picture stays in any memory of ours."""
        if "decoder" in self.__dict__:
            self.decoder.end()
        self._workplace = None
        self.standing.clear()

    @property
    def words(self) -> "Words":
        """Numbers, dates and terms in the language in use, in the assessor's time zone."""
        from assessor_app.services.enrolment import time_zone
        from assessor_app.services.report.words import Words

        zone = self._workplace.profile.zone if self._workplace else time_zone(None)
        return Words(self.language, zone)

    def say(self, name: str, /, **places: object) -> str:
        """The window's sentence of that name."""
        return say(self.language, f"ui.{name}", **places)

    def told(self, problem: Problem) -> str:
        """What to say of a refusal."""
        return sentence(problem, self.language)
