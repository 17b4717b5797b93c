"""A verdict in plain sentences, in which nothing out of a file can paint another one."""

import unicodedata
from datetime import datetime, tzinfo

from assessor_app.services.report.words import Words
from assessor_app.services.verifier.verdict import Part, Reason, Verdict
from assessor_app.texts import Language, say

_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_BY_WHOM = frozenset({"signed_by", "signed_by_employee"})
_LONGEST_SHOWN = 120  # characters of one name out of a file


def explain(verdict: Verdict, language: Language, zone: tzinfo | None = None) -> tuple[str, ...]:
    """The verdict in plain sentences: the standing, the decisive reason, the others.

    Times are told as people write them in `zone`; without one in this computer's, by figures.
    """
    standing = say(language, f"verify.standing.{verdict.standing}")
    whys = (
        say(
            language,
            f"verify.{_sentence(why)}",
            **{name: _told(place, language, zone) for name, place in why.places.items()},
        )
        for why in verdict.reasons
    )
    return (standing, *whys)


def told_instant(instant: datetime, language: Language, zone: tzinfo | None) -> str:
    """A moment as people write it in `zone`; without one on this computer's clock, by figures."""
    if zone is not None:
        return Words(language, zone).moment(instant)
    # The reader can compare this computer's time with the wall's.
    return f"{instant.astimezone():{say(language, 'verify.instant')}}"


def harmless(text: str) -> str:
    """What a file says, without what could paint another verdict on a terminal or in a window.

    Control and formatting characters and line breaks become spaces; a long text is cut.
    """
    shown = "".join(" " if unicodedata.category(sign) in _UNSHOWN else sign for sign in text)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"


def _sentence(why: Reason) -> str:
    """The key of a sentence: another one where a certificate names no organisation."""
    unemployed = why.code in _BY_WHOM and not why.places["organization"]
    return f"{why.code}_alone" if unemployed else why.code


def _told(place: object, language: Language, zone: tzinfo | None) -> object:
    match place:
        case datetime():
            return told_instant(place, language, zone)
        case Part():
            return say(language, f"verify.part.{place}")
        case str():
            return harmless(place)
        case _:
            return place
