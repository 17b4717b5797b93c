"""One form of a passphrase, whatever keyboard it was typed on, and how well it resists guessing."""

import unicodedata
from collections.abc import Iterable

from assessor_app.domain.problem import StoreProblem

_JUDGED = 72  # characters; the estimate grows with the square, and what follows only adds strength
_GUESSED_FIRST = (
    "ombudsman",
    "indonesia",
    "asesor",
    "assessor",
    "penilaian",
    "kunjungan",
    "rahasia",
    "sandi",
    "merdeka",
    "bismillah",
    "sayang",
)
"""Words that whoever tries to open such a store tries first; the library's lists are English."""
_UNSEEN = frozenset({"Cc", "Cf"})  # control characters, and such as the zero-width space


def passphrase_bytes(passphrase: str) -> bytes:
    """The bytes that keys are derived from: NFC, so that "é" is one letter on every system.

    Raises StoreProblem `passphrase_unreadable` for what is no text (bytes of another encoding).
    """
    try:
        return unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError as error:
        raise StoreProblem("passphrase_unreadable") from error


def is_blank(passphrase: str) -> bool:
    """Whether nothing of a passphrase can be seen: whoever tries a space bar has opened it."""
    return all(one.isspace() or unicodedata.category(one) in _UNSEEN for one in passphrase)


def strength(passphrase: str, *, known: Iterable[str] = ()) -> int:
    """How hard a passphrase is to guess: 0 (at once) to 4 (not in a lifetime), by zxcvbn.

    `known` are texts that a guesser knows of the person (name, office): using them does not count.
    Takes some milliseconds, and 70 more at the first call. Not for two threads at once: the
    library keeps `known` in a global.
    """
    from zxcvbn import zxcvbn

    if not passphrase:
        return 0
    of_person = [word for text in known for word in (text, *text.split())]
    judged = unicodedata.normalize("NFC", passphrase)[:_JUDGED]
    return int(zxcvbn(judged, user_inputs=[*of_person, *_GUESSED_FIRST])["score"])
