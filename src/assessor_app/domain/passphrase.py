"""One form of a passphrase, whatever keyboard it was typed on."""

import unicodedata

from assessor_app.domain.problem import StoreProblem


def passphrase_bytes(passphrase: str) -> bytes:
    """The bytes that keys are derived from: NFC, so that "é" is one letter on every system.

    Raises StoreProblem `passphrase_unreadable` for what is no text (bytes of another encoding).
    """
    try:
        return unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError as error:
        raise StoreProblem("passphrase_unreadable") from error
