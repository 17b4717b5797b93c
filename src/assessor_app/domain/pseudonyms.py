"""What a respondent is called in the record: a code, never a name."""

import re
import unicodedata
from collections.abc import Collection, Mapping

from assessor_app.domain.personal_text import personal_parts
from assessor_app.domain.respondents import RespondentKind, Role

_TITLE = re.compile(
    r"(?:^|\s)(?:bapak|bpk|pak|ibu|bu|sdr|sdri|saudara|saudari|tuan|nyonya|ny|tn|mas|mbak|kak|bang"
    r"|haji|hj|h|drs|dra|dr|ir|prof|mr|mrs|ms)\b\.?\s+\w",
    re.IGNORECASE,
)
_DEGREE = re.compile(r",\s*[A-Z][A-Za-z]{0,3}\.", re.UNICODE)
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_\u0000-\u024f]")  # one letter is a word in some scripts
_BEHIND_NUMBER = re.compile(r"\d\W+(?=[^\W\d_]{3,})(\w)")


def proposed_pseudonym(role: Role, taken: Collection[str]) -> str:
    """The next free pseudonym of a post: "P-07" of users, "Kepala-1" of officers.

    It is made of the post's code: what is recorded is the same in every language of the window.
    """
    known = {_folded(name) for name in taken}
    number = 1
    while _folded(name := _pseudonym(role, number)) in known:
        number += 1
    return name


def told_apart(given: Mapping[str, str]) -> dict[str, str]:
    """What each respondent (id) is called, so that no two are called the same.

    Two devices of a visit propose the same next pseudonym to different people: the one named first
    (the lower id) keeps it, the next one is "P-07 (2)", on every device alike.
    """
    called: dict[str, str] = {}
    own = {_folded(name) for name in given.values()}
    taken: set[str] = set()
    for id_, name in sorted(given.items()):
        told, number = name, 1
        while _folded(told) in taken or (number > 1 and _folded(told) in own):
            number += 1
            told = f"{name} ({number})"
        taken.add(_folded(told))
        called[id_] = told
    return called


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _pseudonym(role: Role, number: int) -> str:
    if role.kind is RespondentKind.USER:
        return f"{role.code[:1].upper()}-{number:02}"
    return f"{role.code.replace('-', ' ').capitalize()}-{number}"


def looks_like_name(text: str) -> bool:
    """Whether what was typed for a pseudonym looks like somebody's name or number.

    A title, a degree, a number of a person, a word in capitals behind the number, or words without
    any digit: "Sari", "Ibu Sari P-3", "P-3 Sari".
    What is noticed is only said: the assessor knows who is called what.
    """
    told = text.strip()
    if personal_parts(told, ()) or _TITLE.search(told) or _DEGREE.search(told):
        return True
    if any(one.group(1).isupper() for one in _BEHIND_NUMBER.finditer(told)):
        return True
    digits = any(sign.isdecimal() for sign in told)
    return not digits and bool(_WORD.search(told))
