"""Channels for complaints that the unit announces, and what became of it when one was tried.

An emergency number or a national system is none of the unit's own, whoever announces it: such an
entry is kept, and does not count. Only what has a source is told so (`NOT_OWN`).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assessor_app.domain.observation import WHOLE_UNIT


class Channel(StrEnum):
    """What the unit announces."""

    PHONE = "phone"
    MESSENGER = "messenger"
    SMS = "sms"
    EMAIL = "email"
    WEBSITE = "website"
    SOCIAL = "social"
    DESK = "desk"
    BOX = "box"
    LETTER = "letter"
    OTHER = "other"


class Way(StrEnum):
    """How it was tried."""

    CALLED = "called"
    WROTE = "wrote"
    VISITED = "visited"


class Result(StrEnum):
    """What became of it."""

    ANSWERED = "answered"
    AUTOMATIC = "automatic"  # an automatic reply and nobody after it
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    OUT_OF_SERVICE = "out_of_service"
    WRONG_OWNER = "wrong_owner"  # somebody else's number or address
    REFUSED = "refused"  # somebody answered, and takes no complaints there
    WAITING = "waiting"  # for an answer that may still come


REPLIED = frozenset({Result.ANSWERED, Result.AUTOMATIC, Result.REFUSED, Result.WRONG_OWNER})
"""Results by which somebody or something replied: the time until then means something."""


class NotOwn(StrEnum):
    """Why a channel is none of the unit's own."""

    EMERGENCY_112 = "emergency_112"
    POLICE_110 = "police_110"
    FIRE_113 = "fire_113"
    AMBULANCE_118 = "ambulance_118"
    HEALTH_119 = "health_119"
    LAPOR = "lapor"


NOT_OWN = {
    # Permenkominfo 10/2016: the single emergency number; method.md, glossary: no substitute for
    # the unit's own complaint channel.
    "112": NotOwn.EMERGENCY_112,
    # Sekretariat Kabinet, 28 April 2016: 110 police, 113 fire, 118 ambulance go up in 112.
    "110": NotOwn.POLICE_110,
    "113": NotOwn.FIRE_113,
    "118": NotOwn.AMBULANCE_118,
    # Ditjen Pelayanan Kesehatan, Pedoman PSC 119 (2019).
    "119": NotOwn.HEALTH_119,
    # KepmenPANRB 680/2020 (method.md, S61 and S62); 1708 is its short message number.
    "1708": NotOwn.LAPOR,
}
_LAPOR = re.compile(
    # Not lapor.go.id.example: that is somebody else's.
    r"(?<![\w-])(?:[\w-]+\.)*lapor\.go\.id(?![\w-]|\.\w)|\bsp4n\b|\blapor!|@lapor1708\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\+?\d(?:[\s().\-\u2010-\u2015]*\d)*")
_COUNTRY = re.compile(r"(?:\+|00)62")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CALLED = re.compile(
    r"""call|cent(?:er|re)|telepon|telp|tel|tlp|phone|hot|line|hotline|sms|wa|whatsapp|nomor|no|ke
    |darurat|emergency|layanan|pengaduan|bebas|pulsa|gratis|free|jam|lapor|polisi|police|ambulan
    |ambulans|ambulance|pemadam|kebakaran|damkar|fire|psc|kota|kabupaten|kab|nasional|tunggal
    |panggilan""",
    re.VERBOSE,
)
"""Words that may stand around a number without making it another."""
_WITHIN = re.compile(r"loket|ruang|ruangan|lantai|meja|kamar|gedung|jalan|jl|pesawat|ext")
"""Words with which a number is that of a room, a house or an extension."""
_DIALLED = frozenset({Channel.PHONE, Channel.SMS, Channel.MESSENGER})


@dataclass(frozen=True, slots=True)
class Trial:
    """A channel that the unit announces, and how it was tried; `result` is None before that.

    `address` is the number or address as announced, `product` an id or the unit as a whole.
    `answered_after_s` is in seconds; `proof` holds ids of evidence.
    """

    id: str
    channel: Channel
    address: str | None = None
    indicator: str | None = None
    product: str = WHOLE_UNIT
    way: Way | None = None
    began_at: datetime | None = None
    result: Result | None = None
    answered_after_s: int | None = None
    proof: tuple[str, ...] = ()
    note: str | None = None

    @property
    def not_own(self) -> NotOwn | None:
        """Why it is none of the unit's own channels; None where nothing says so."""
        return not_own(self.address, dialled=self.channel in _DIALLED)

    @property
    def tried(self) -> bool:
        """Whether it is known what became of a trial, or that nobody has answered yet."""
        return self.result is not None

    @property
    def answered(self) -> bool:
        """Whether a person answered."""
        return self.result is Result.ANSWERED


def not_own(address: str | None, *, dialled: bool = False) -> NotOwn | None:
    """Why a number or address is none of the unit's own; None where nothing says so.

    What is `dialled` is a number whatever place it is named after: "Call Center Kota Ambon 112".
    """
    if not address:
        return None
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", address))
    if _LAPOR.search(text):
        return NotOwn.LAPOR
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if any(map(_WITHIN.fullmatch, words)) or not (dialled or all(map(_CALLED.fullmatch, words))):
        return None  # who knows what the number is of
    found = [NOT_OWN.get(_dialled(one)) for one in _NUMBER.findall(text)]
    return found[0] if found and None not in found else None


def _dialled(number: str) -> str:
    """The digits that are dialled; the country before a short number changes nothing."""
    digits = re.sub(r"[^+0-9]", "", "".join(_digit(one) for one in number))
    return _COUNTRY.sub("", digits, count=1) if _COUNTRY.match(digits) else digits


def _digit(sign: str) -> str:
    """A digit of any script as that of ours."""
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


@dataclass(frozen=True, slots=True)
class Tally:
    """How many channels are announced, tried and answered by a person; `others` do not count."""

    announced: int
    tried: int
    answered: int
    others: int


def tally(found: Iterable[Trial]) -> Tally:
    """What the trials of a visit come to, counting the unit's own channels only."""
    trials = tuple(found)
    own = [one for one in trials if one.not_own is None]
    return Tally(
        announced=len(own),
        tried=sum(one.tried for one in own),
        answered=sum(one.answered for one in own),
        others=len(trials) - len(own),
    )
