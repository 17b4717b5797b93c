"""What every command starts from: the options, the product, and the unlocked store."""

import getpass
import os
import sys
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from assessor_app.compose import Application, build
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import UNWRITABLE, Workplace
from assessor_app.services.keys.access import KEYRING_PROBLEMS, can_unlock_by_keyring
from assessor_app.services.people import finish_erasing
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.texts import Language, say

_STORE = "ASSESSOR_PASSPHRASE"


class _Unlock(Protocol):
    def __call__(self, *, read_only: bool = False) -> Workplace: ...


@dataclass
class Context:
    """The options of one call; product and store are opened when first wanted."""

    home: Path
    passphrase_file: Path | None
    signing_passphrase_file: Path | None
    language: Language
    as_json: bool
    looking: bool = False  # a command that only looks does so where nothing can be written, too

    @cached_property
    def application(self) -> Application:
        return build(self.home)

    @cached_property
    def workplace(self) -> Workplace:
        return self._told(self._by_keyring() or self._by_passphrase())

    @cached_property
    def words(self) -> Words:
        return Words(self.language, self.workplace.profile.zone)

    def close(self) -> None:
        """Close the store, where it was opened."""
        if "workplace" in self.__dict__:
            self.workplace.store.close()

    def session(self, visit: str) -> Session:
        return self.application.open(self.workplace, visit)

    def say(self, name: str, /, **places: object) -> str:
        return say(self.language, f"cli.{name}", **places)

    def passphrase(self, *, new: bool = False) -> str:
        """The store's passphrase; a `new` one is asked for twice at a terminal."""
        return self.secret(self.passphrase_file, _STORE, "ask.store", new=new)

    def signing_passphrase(self, *, new: bool = False) -> str:
        return self.secret(
            self.signing_passphrase_file, "ASSESSOR_SIGNING_PASSPHRASE", "ask.signing", new=new
        )

    def use(self, workplace: Workplace) -> None:
        """Work in a store that was opened in another way than by `passphrase`."""
        self.workplace = self._told(workplace)

    def _told(self, workplace: Workplace) -> Workplace:
        notices = list(workplace.notices)
        try:
            finish_erasing(workplace)  # what a crash left undone of it
        except StoreProblem as problem:
            notices.append(problem)
        for notice in notices:
            told = say(self.language, f"problems.{notice.code}", **notice.places)
            sys.stderr.write(told + "\n")
        return workplace

    def _by_keyring(self) -> Workplace | None:
        """The store by the system's keyring, where that is switched on and no passphrase given."""
        if self.passphrase_file is not None or _STORE in os.environ:
            return None
        if not can_unlock_by_keyring(self.home):
            return None
        try:
            return self._opened(self.application.unlock_by_keyring)
        except StoreProblem as problem:
            if problem.code not in KEYRING_PROBLEMS:
                raise
            return None  # the passphrase opens it all the same

    def _by_passphrase(self) -> Workplace:
        return self._opened(partial(self.application.unlock, self.passphrase()))

    def _opened(self, unlock: _Unlock) -> Workplace:
        """The store, only to be read where it takes no writes and the command needs none."""
        try:
            return unlock()
        except StoreProblem as problem:
            if not self.looking or problem.code not in UNWRITABLE:
                raise
        return unlock(read_only=True)

    def secret(
        self,
        file: Path | None,
        variable: str,
        question: str,
        *,
        new: bool = False,
        **places: object,
    ) -> str:
        """A secret from a file, the surroundings or the terminal, where a `new` one is asked twice.

        `question` names the sentence that asks for it, with its `places`. Raises StoreProblem
        `passphrase_file_unreadable`, `passphrase_not_given` or `passphrase_differs`.
        """
        if file is not None:
            try:
                return file.read_text(encoding="utf-8-sig").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                raise StoreProblem("passphrase_file_unreadable", path=file) from error
        if variable in os.environ:
            return os.environ[variable]
        if not sys.stdin.isatty():
            raise StoreProblem("passphrase_not_given", variable=variable)
        typed = getpass.getpass(self.say(question, **places))
        if new and getpass.getpass(self.say("ask.again")) != typed:
            # Nobody can open a store again whose passphrase was mistyped when it was made.
            raise StoreProblem("passphrase_differs")
        return typed


def context_of(ctx: object, *, looking: bool = False) -> Context:
    """The context of a Typer call; `looking` for a command that writes nothing to the store."""
    found = getattr(ctx, "obj", None)
    if not isinstance(found, Context):
        raise TypeError("a command was called without its options")
    found.looking = looking
    return found
