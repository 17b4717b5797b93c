"""The head of a side: its name, and the signs that unfold what is seldom wanted."""

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout

from assessor_app.domain.instrument import Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.key_table import with_key
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import icon_button
from assessor_app.ui.widgets.eliding import ElidingLabel
from assessor_app.ui.widgets.labels import heading


@dataclass(frozen=True, slots=True)
class SideHead:
    """A line of a side pane; only the paperwork side has a document."""

    row: QHBoxLayout
    templates: QToolButton
    document: QToolButton | None
    time: QToolButton


def side_head(desk: Desk, prefix: str, side: Side) -> SideHead:
    """The name of a side beside its buttons, whose object names begin with `prefix`."""
    name = heading(desk.words.side(side))
    name.setWordWrap(False)
    about = ElidingLabel(desk.say(f"side.{side.value}"))
    dress(about, "quiet")
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(name)
    words.addWidget(about)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addLayout(words, stretch=1)
    templates = _button(desk, prefix, "templates", sign="template", action="template")
    document = None
    if side is Side.PAPERWORK:
        document = _button(desk, prefix, "document", sign="document", action="document")
        document.setCheckable(True)
    time = _button(desk, prefix, "time", sign="clock", action="time")
    time.setCheckable(True)
    for made in (templates, document, time):
        if made is not None:
            row.addWidget(made)
    return SideHead(row, templates, document, time)


def _button(desk: Desk, prefix: str, name: str, *, sign: str, action: str) -> QToolButton:
    told = desk.say(f"folded.{name}")
    made = icon_button(told, f"{prefix}.{name}", icon(sign, desk.tokens.accent))
    made.setToolTip(with_key(desk, told, action))
    return made
