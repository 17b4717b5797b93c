"""What stands with an indicator beside its answers: last year's result, follow-up, trials.

To add a section, write a builder in a room of your own and add it to `BUILDERS`, in the order in
which the sections stand. It is called for every pane that is built, and a pane is built in a few
milliseconds: a builder that has nothing to say at an indicator returns None at once, and what is
folded away is built when it is unfolded. It imports the widget that it builds.

    def last_year(around: Around) -> Section | None:
        before = …  # what there is of around.spot.code
        if before is None:
            return None
        line = LastYearLine(around.desk)  # a dumb widget: texts in, signals out
        return Section(line, show_seen=lambda: line.show_result(before))

What a section records goes through `around.recording.carry_out`, so that it is said when it was
saved, asks for the reason that a change needs after the exit talk, and shows the pane anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.checklist.spot import Spot


class Where(Enum):
    """The place of a section in the pane."""

    HEAD = auto()  # below the question and above the answers: a line or two
    FOOT = auto()  # below the answers: what needs room


@dataclass(frozen=True, slots=True)
class Around:
    """What a section is built from.

    `spot` moves on with the assessor, also from one respondent to another while the pane stays.
    `page` is what a dialog stands over.
    """

    desk: Desk
    session: Session
    spot: Spot
    recording: Recording
    page: QWidget


@dataclass(frozen=True, slots=True)
class Section:
    """A widget in the pane of one indicator, and what the pane lets it do.

    `show_seen` is called once the pane is built and after every action that touched the indicator;
    `settle` before it is left: records what is typed, False where that was refused.
    """

    widget: QWidget
    where: Where = Where.HEAD
    show_seen: Callable[[], None] = lambda: None
    settle: Callable[[], bool] = lambda: True


Builder = Callable[[Around], Section | None]


def _stopwatch(around: Around) -> Section | None:
    """Imported here: its room needs what stands above."""
    from assessor_app.ui.pages.timing.section import stopwatch_section

    return stopwatch_section(around)


def _follow_up(around: Around) -> Section | None:
    """Imported here, as above."""
    from assessor_app.ui.pages.checklist.follow_up_section import follow_up_section

    return follow_up_section(around)


def _last_year(around: Around) -> Section | None:
    """Imported here, as above."""
    from assessor_app.ui.pages.checklist.last_year import last_year_section

    return last_year_section(around)


BUILDERS: tuple[Builder, ...] = (_follow_up, _last_year, _stopwatch)
"""The sections in their order; each names its own room."""


class Sections:
    """The sections of one pane."""

    def __init__(self, around: Around) -> None:
        self._built = [one for build in BUILDERS if (one := build(around)) is not None]

    def furnish(self, column: QVBoxLayout, where: Where) -> None:
        """Put those of a place below each other into a column; nothing where there are none."""
        for widget in self._of(where):
            column.addWidget(widget)

    def show_seen(self) -> None:
        """Show what is recorded now."""
        for one in self._built:
            one.show_seen()

    def settle(self) -> bool:
        """Record what is typed in any of them; False where something was refused."""
        settled = [one.settle() for one in self._built]
        return all(settled)

    def _of(self, where: Where) -> Iterator[QWidget]:
        return (one.widget for one in self._built if one.where is where)
