"""Exact numbers as the record and its files write them."""

from decimal import Decimal


def exact_text(number: Decimal) -> str:
    """All digits that matter and no more: 96, 3.8, 0.625. Decimals are text, never floats."""
    return f"{number.normalize():f}"


def in_fours(digits: str) -> str:
    """Hex digits as they are read aloud: four at one go."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
