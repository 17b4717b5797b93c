"""What a value of an ODK expression is worth as a number, a text, a truth or a day."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from typing import TypeAlias

Value: TypeAlias = Decimal | str | bool

# Nothing traps: what cannot be computed is no number, as in XPath, and never an exception. The
# bounds keep a product of long answers from growing to a million digits.
EXACT = Context(prec=40, Emin=-6_143, Emax=6_144, traps=[])
NOT_A_NUMBER = Decimal("NaN")

_NUMBER = re.compile(r"\s*-?([0-9]+(\.[0-9]*)?|\.[0-9]+)\s*", re.ASCII)
_DAY = re.compile(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*", re.ASCII)
_INSTANT = re.compile(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.+\-Z]+\s*", re.ASCII)
_FIRST_DAY = date(1970, 1, 1)
_LAST_DAY = (date.max - _FIRST_DAY).days
_SECONDS_A_DAY = Decimal(86_400)


def value_of(item: object) -> Value:
    """What a step of the parser yields, as one of our values; nothing reads as empty."""
    if isinstance(item, bool | str | Decimal):
        return item
    if isinstance(item, int | float):
        return EXACT.create_decimal(str(item))
    return ""


def number(value: Value) -> Decimal:
    """NaN where it is none; a day counts as its days since 1970, as in ODK."""
    if isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal):
        return value
    if _NUMBER.fullmatch(value):
        return EXACT.create_decimal(value.strip())
    return _days(value)


def text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize(EXACT):f}" if value.is_finite() else str(value)
    return value


def truth(value: Value) -> bool:
    if isinstance(value, Decimal):
        return not value.is_nan() and value != 0
    return bool(value)


def day(value: Value) -> date | None:
    """The day of an ISO text or of a number of days since 1970; None where it is none."""
    days = number(value) if not isinstance(value, bool) else NOT_A_NUMBER
    if not days.is_finite() or not -_LAST_DAY < days <= _LAST_DAY:
        return None
    try:
        return _FIRST_DAY + timedelta(
            days=int(days // 1 if days >= 0 else days.to_integral_value())
        )
    except OverflowError:
        return None


def _days(value: str) -> Decimal:
    try:
        if _DAY.fullmatch(value):
            return Decimal((date.fromisoformat(value.strip()) - _FIRST_DAY).days)
        if _INSTANT.fullmatch(value):
            instant = datetime.fromisoformat(value.strip())
            return _instant_days(instant if instant.tzinfo else instant.astimezone())
    except (ValueError, OverflowError):
        pass  # 2024-02-31 looks like a day and is none
    return NOT_A_NUMBER


def _instant_days(instant: datetime) -> Decimal:
    since = instant - datetime(1970, 1, 1, tzinfo=UTC)
    return since.days + EXACT.divide(Decimal(since.seconds), _SECONDS_A_DAY)
