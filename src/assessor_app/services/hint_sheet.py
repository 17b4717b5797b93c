"""The printed recovery hint: a page that helps its owner to the passphrase, and nobody else."""

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from assessor_app.domain.problem import RecordRefused
from assessor_app.reporting.content import Fact
from assessor_app.reporting.hint_page import HintPage, render_hint_page
from assessor_app.services.destination import require_free
from assessor_app.services.enrolment import Profile
from assessor_app.services.entries import clean_text
from assessor_app.services.report.words import Words
from assessor_app.storage.files import write_whole
from assessor_app.texts import Language, say

LONGEST_HINT = 400
"""Characters of a hint: a reminder on one page, not a letter."""

_TELLING = 4  # letters from which a word of the passphrase may not stand in the hint
_LEFT_OUT = ("Z", "P", "C")  # Unicode categories of spaces, punctuation and what is not seen
_TRUTHS = ("no_passphrase", "nobody_else", "keep_apart")
_STEPS = ("try_hint", "report_it", "still_valid", "begin_again")


def write_hint_sheet(
    path: Path,
    *,
    profile: Profile,
    hint: str,
    passphrase: str,
    home: Path,
    at: datetime,
    language: Language,
) -> None:
    """Write the sheet as a PDF of one page, whole or not at all.

    Raises as `hint_sheet`; IssueProblem `folder_missing` or `file_exists`; StoreProblem as writing
    does.
    """
    pdf = hint_sheet(
        profile=profile, hint=hint, passphrase=passphrase, home=home, at=at, language=language
    )
    require_free(path)
    write_whole(path, pdf)


def hint_sheet(
    *,
    profile: Profile,
    hint: str,
    passphrase: str,
    home: Path,
    at: datetime,
    language: Language,
) -> bytes:
    """The sheet as a PDF of one page, which nothing is kept of.

    The passphrase only judges the hint; the sheet never holds it. Raises RecordRefused
    `hint_empty`, `hint_too_long` or `hint_tells_passphrase`.
    """
    told = require_harmless(hint, passphrase)
    return render_hint_page(_page(profile, told, home=home, at=at, language=language))


def require_harmless(hint: str, passphrase: str) -> str:
    """The hint as it will be printed, or a RecordRefused that says why not.

    Compared without case, accents, spaces and punctuation, a hint may not hold the passphrase or
    one of its words of four letters or more, nor stand within it. A passphrase that is written as
    one word is judged by the hint's words instead. Raises RecordRefused `hint_empty`,
    `hint_too_long` or `hint_tells_passphrase`.
    """
    told = clean_text(hint, "hint")
    if told is None or not _squeezed(told):
        raise RecordRefused("hint_empty")
    if len(told) > LONGEST_HINT:
        raise RecordRefused("hint_too_long", length=len(told), limit=LONGEST_HINT)
    if _tells(told, passphrase):
        raise RecordRefused("hint_tells_passphrase")
    return told


def _page(profile: Profile, hint: str, *, home: Path, at: datetime, language: Language) -> HintPage:
    speak = partial(say, language)
    made_on = Words(language, profile.zone).day(at.astimezone(profile.zone).date())
    return HintPage(
        language=language,
        title=speak("hint.title"),
        subject=speak("hint.subject", name=profile.name),
        author=profile.name,
        lead=speak("hint.lead"),
        facts=(
            Fact(speak("hint.whose"), profile.name),
            Fact(speak("hint.office"), profile.office),
            Fact(speak("hint.folder"), str(home.absolute())),
            Fact(speak("hint.day"), made_on),
        ),
        hint_title=speak("hint.hint"),
        hint=hint,
        truths_title=speak("hint.truths"),
        truths=tuple(speak(f"hint.{name}") for name in _TRUTHS),
        steps_title=speak("hint.forgotten"),
        steps=tuple(speak(f"hint.{name}") for name in _STEPS),
        made_at=at,
    )


def _tells(hint: str, passphrase: str) -> bool:
    said, secret = _squeezed(hint), _squeezed(passphrase)
    if not secret:  # nothing but punctuation: compared as it is
        return "".join(_folded(passphrase).split()) in "".join(_folded(hint).split())
    return (
        secret in said
        or said in secret
        or any(word in said for word in _telling_words(passphrase))
        or any(word in secret for word in _telling_words(hint))
    )


def _telling_words(text: str) -> Iterator[str]:
    plain = "".join(sign if _kept(sign) else " " for sign in _folded(text))
    return (word for word in plain.split() if len(word) >= _TELLING)


def _squeezed(text: str) -> str:
    return "".join(sign for sign in _folded(text) if _kept(sign))


def _folded(text: str) -> str:
    """Without case and accents: who leaves them out tells the word all the same."""
    # Folding may compose what was taken apart, so it is taken apart again.
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _kept(sign: str) -> bool:
    return not unicodedata.category(sign).startswith(_LEFT_OUT)
