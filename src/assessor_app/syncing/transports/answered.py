"""What OpenDAL tells of a failure, sorted by what a person can do about it.

It tells in text alone: what the server said, a table of the request and of the answer's head, and
what the system said. A server writes the first as it likes; the rest is looked at from its end.
"""

import contextlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

_STATUS = re.compile(r"response: Parts \{ status: (\d{3}),")
_DATE = re.compile(r'"date": "([^"]{1,60})"')
_OPERATION = re.compile(r"service_operation: (\w+)")
_S3_CODE = re.compile(r'S3Error \{ code: "(\w+)"')
_NO_SUCH_ANSWER = ("propfind response is empty", "deserialize xml", "deserialize json")
_TEMPORARY = re.compile(r"\w+ \(temporary\) ")
_LONGEST = 160  # characters of a cause

_BY_S3_CODE = {
    **dict.fromkeys(("RequestTimeTooSkewed", "RequestExpired"), "storage_clock"),
    **dict.fromkeys(
        (
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "AuthorizationHeaderMalformed",
        ),
        "storage_login",
    ),
    **dict.fromkeys(("AccessDenied", "AllAccessDisabled"), "storage_forbidden"),
    **dict.fromkeys(("QuotaExceeded", "InsufficientCapacity", "XMinioStorageFull"), "storage_full"),
    "NoSuchBucket": "storage_folder_missing",
    "NoSuchKey": "storage_missing",
}
_BY_STATUS = {
    401: "storage_login",
    402: "storage_full",
    403: "storage_forbidden",
    404: "storage_missing",
    408: "storage_unreachable",
    409: "storage_folder_missing",
    429: "storage_unreachable",
    507: "storage_full",
}
_PASSING = frozenset({423, 425})
"""Locked by somebody, too early."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A failure: its code, what was said in one line, and the server's time where it told one."""

    code: str
    cause: str
    time: datetime | None = None
    is_passing: bool = False


def read_answer(told: str) -> Answered:
    """Sort what the library told of a failure."""
    said, _, rest = told.rpartition("\n\nContext:")
    rest = rest.partition("\n\nBacktrace:")[0]
    status = _STATUS.search(rest)
    if status is None:
        return _without_answer(said, rest)
    number, time = int(status[1]), _time(rest)
    s3 = _S3_CODE.search(said)
    if s3 and s3[1] in _BY_S3_CODE:
        return Answered(_BY_S3_CODE[s3[1]], s3[1], time)
    cause = s3[1] if s3 else _status_words(number)
    code = _BY_STATUS.get(number) or _by_family(number, rest)
    return Answered(code, cause, time, is_passing=number in _PASSING)


def _by_family(number: int, rest: str) -> str:
    """A page for people answers 200 to everything, or leads elsewhere; 405 knows no such verb."""
    operation = _OPERATION.search(rest)
    if number < 400 or (number == 405 and operation and operation[1] in ("Mkcol", "Propfind")):  # noqa: PLR2004 - of HTTP
        return "storage_page"
    return "storage_unreachable" if number >= 500 else "storage_other"  # noqa: PLR2004 - of HTTP


def _without_answer(said: str, rest: str) -> Answered:
    """No answer was understood: the line, the name, the certificate, or a page for people."""
    if any(one in said for one in _NO_SUCH_ANSWER):
        return Answered("storage_page", "")
    source = rest.partition("\n\nSource:")[2].strip()
    last = (source or said.partition(" => ")[2]).strip().rpartition("\n")[2]
    cause = last.rpartition(": ")[2].partition(" (os error")[0].strip()[:_LONGEST]
    if "dns error" in source:
        return Answered("storage_name_unknown", cause)
    if "certificate" in source:
        return Answered("storage_certificate", cause)
    if _TEMPORARY.match(said):
        return Answered("storage_unreachable", cause)
    return Answered("storage_other", cause)


def _time(rest: str) -> datetime | None:
    found = _DATE.search(rest)
    with contextlib.suppress(ValueError):
        return found and parsedate_to_datetime(found[1]).astimezone(UTC)
    return None


def _status_words(number: int) -> str:
    try:
        return f"HTTP {number} {HTTPStatus(number).phrase}"
    except ValueError:
        return f"HTTP {number}"
