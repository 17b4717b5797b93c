"""Words as people look for them: without case, accents, and the signs between and within them."""

import re
import unicodedata
from functools import lru_cache

_UNSAID = dict.fromkeys(map(ord, "'’‘`´ʹʻʼʾʿˈ"))
"""Apostrophes, and the letters that stand for them: left out by whoever types a name."""


@lru_cache(maxsize=65_536)
def folded(text: str, *, keep: str = "") -> str:
    """The text for comparing: "Ma’rif  ÉLOK, P.U." and "marif elok p u" are the same.

    Signs in `keep` stay, as those within the number of a letter. A text of nothing but signs stays
    too, in one case: it is no other's equal.
    """
    plain = text.translate(_UNSAID).casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
        plain = "".join(one for one in apart if not unicodedata.combining(one)).translate(_UNSAID)
    return " ".join(_signs(keep).sub(" ", plain).split()) or " ".join(text.casefold().split())


@lru_cache(maxsize=8)
def _signs(keep: str) -> re.Pattern[str]:
    return re.compile(rf"[^\w{re.escape(keep)}]|_")
