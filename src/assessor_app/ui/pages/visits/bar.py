"""What stands over the list: where else one can go, and the ways to begin a visit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.theme import Space, grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import title
from assessor_app.ui.widgets.stacking import Stacking


class VisitsTools(QWidget):
    """The name of the page, and the pages beside it."""

    preflight_wanted = Signal()
    sending_wanted = Signal()
    register_wanted = Signal()
    results_wanted = Signal()
    verify_wanted = Signal()
    import_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        say, accent = desk.say, desk.tokens.accent
        name = title(say("visits.title"))
        name.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        name.setWordWrap(False)
        self._tools: dict[str, QPushButton] = {}
        self._ways = QWidget()
        flow = Flowing(self._ways, space=4)
        for tool, sign, signal, text, tip in (
            (
                "preflight",
                "ok",
                self.preflight_wanted,
                "listing.preflight",
                "listing.preflight_tip",
            ),
            (
                "register",
                "building",
                self.register_wanted,
                "listing.register",
                "listing.register_tip",
            ),
            ("sending", "outbox", self.sending_wanted, "sending.tool", "sending.tool_tip"),
            ("results", "ranking", self.results_wanted, "visits.results", "visits.results_tip"),
            ("verify", "shield-check", self.verify_wanted, "visits.verify", ""),
            ("import", "drawer", self.import_wanted, "exchange.import.ask", ""),
            ("sample", "play", self.sample_wanted, "visits.sample", ""),
        ):
            made = button(
                say(text),
                f"visits.{tool}",
                role="flat",
                icon=icon(sign, accent),
                tip=say(tip) if tip else "",
            )
            made.clicked.connect(signal)
            if not tip:
                made.setToolTip(made.accessibleName())
            flow.addWidget(made)
            self._tools[tool] = made
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(name, alignment=Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._ways, stretch=1)

    def show_for(self, *, empty: bool) -> None:
        """An empty list offers its own ways to begin."""
        for tool in ("import", "sample"):
            self._tools[tool].setVisible(not empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words have no room, first the rarer tools say theirs by their signs alone."""
        super().resizeEvent(event)
        room = self._ways.width()
        for silent in ((), _RARE, tuple(self._tools)):
            for name, tool in self._tools.items():
                tool.setText("" if name in silent else tool.accessibleName().replace("&", "&&"))
            if self._ways.sizeHint().width() <= room:
                return


class BeginBar(QWidget):
    """The search at the left, the ways to begin a visit at the right."""

    refused_wanted = Signal()
    next_wanted = Signal()
    new_wanted = Signal()

    def __init__(self, desk: Desk, search: QWidget) -> None:
        super().__init__()
        say, tokens = desk.say, desk.tokens
        refused = button(say("visits.refused"), "visits.refused", icon=icon("door", tokens.ink))
        refused.clicked.connect(self.refused_wanted)
        self._next = button(
            say("listing.next_office"),
            "visits.next",
            icon=icon("next", tokens.ink),
            tip=say("listing.next_office_tip"),
        )
        self._next.clicked.connect(self.next_wanted)
        new = primary(
            desk,
            "visits.new",
            text=say("visits.new"),
            sign="add",
            act=self.new_wanted,
            tip=say("visits.new_tip"),
        )
        search.setMinimumWidth(grown(_SEARCH))
        ways = QWidget()
        flow = Flowing(ways)
        for part in (refused, self._next, new):
            flow.addWidget(part)
        row = Stacking(below=_BESIDE, space=Space.SMALL)
        row.addWidget(search, stretch=1)
        row.addWidget(ways)
        self.setLayout(row)
        self.show_next(possible=False)

    def show_next(self, *, possible: bool) -> None:
        """The next office of the day is offered where one was visited today."""
        self._next.setVisible(possible)


_RARE = ("verify", "import", "sample")
_BESIDE = 740  # pixels below which the ways to begin stand under the search
_SEARCH = 180  # pixels: some letters of a name
