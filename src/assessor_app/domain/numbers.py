"""Exact numbers as the record and its files write them."""

from decimal import Decimal


def exact_text(number: Decimal) -> str:
    """All digits that matter and no more: 96, 3.8, 0.625. Decimals are text, never floats."""
    return f"{number.normalize():f}"
