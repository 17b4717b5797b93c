"""What is wanted after the door is fetched while the passphrase is typed, by a worker.

So the first visit of the day opens as fast as the next. Nothing here is of the store: modules, and
the files of instruments, which are no secret.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from assessor_app import texts

if TYPE_CHECKING:  # which the first page is painted without
    from assessor_app.ui.desk import Desk

_INSTRUMENTS = 2  # of the years that are visited by turns
# Those of the way to an answer; the others are seldom the first.
_MODULES = (
    "ui.doorkeeper",
    "ui.pages.visits.page",
    "ui.pages.checklist.page",
    "ui.pages.checklist.last_year",
    "ui.pages.checklist.follow_up_section",
    "ui.pages.timing.section",
    "ui.pages.timing.strip",
    "ui.photo_watch",
    "ui.widgets.steps",
)


def fetch_ahead(desk: "Desk") -> None:
    """Build the product, import its pages, and read the instruments that were visited by last."""
    from assessor_app.ui.drawn_ahead import read_drawings

    library = desk.application.library
    for module in _MODULES:
        import_module(f"assessor_app.{module}")
    library.read_ahead(_INSTRUMENTS)
    for room in ("ui", "words"):
        texts.read_ahead(room, desk.language)
    read_drawings()
