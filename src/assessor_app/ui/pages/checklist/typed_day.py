"""A day as people write it, as the record keeps it."""

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.typed_time import day_of


def day_meant(text: str, desk: Desk) -> str | None:
    """The day as it is recorded, empty for none; None where it cannot be read.

    Months may be written out, as people do: 12 Maret 2026.
    """
    if not text:
        return ""
    typed = text.casefold()
    for month in range(1, 13):
        name = desk.words(f"month.{month}").casefold()
        typed = typed.replace(f" {name} ", f"/{month:02}/")
    day = day_of(typed)
    return day.isoformat() if day is not None else None
