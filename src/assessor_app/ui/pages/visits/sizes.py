"""How large a file is, in words."""

from decimal import Decimal

from assessor_app.ui.desk import Desk

_STEP = 1000  # as sticks and file managers count
_UNITS = ("kb", "mb", "gb")


def size_told(desk: Desk, size: int) -> str:
    """A number of bytes, rounded to one decimal of its unit: 3,4 MB."""
    told, unit = Decimal(size) / _STEP, 0
    while told >= _STEP and unit < len(_UNITS) - 1:
        told, unit = told / _STEP, unit + 1
    number = desk.words.number(told.quantize(Decimal("0.1")))
    return desk.say(f"exchange.size.{_UNITS[unit]}", number=number)
