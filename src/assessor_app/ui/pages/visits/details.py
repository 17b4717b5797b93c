"""The chosen visit, told in full: who went, with which letter, what is due, and what to do next."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.listing import SENT_KINDS, Listed
from assessor_app.domain.reminders import Nearness, Reminder
from assessor_app.services.first_choices import can_be_followed
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.visits.rows import begun_large, due_told
from assessor_app.ui.theme import dress, grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import body, heading, quiet
from assessor_app.ui.widgets.scrolling import scrolling

WIDE = 330  # pixels beside the table
_FOLLOWING = ("follow_up", "coaching")


class VisitDetails(Card):
    """Stands beside the table where there is room, else below it with the buttons alone."""

    open_wanted = Signal()
    export_wanted = Signal()
    sending_wanted = Signal()
    follow_up_wanted = Signal()
    coaching_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("visits.details")
        self._desk = desk
        self._told = QWidget()
        self._lines = QVBoxLayout(self._told)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(8)
        self._area = scrolling(self._told, "visits.details.scroll")
        self._names: Mapping[str, str] = {}
        self._shown: Listed | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._facts: QWidget | None = None
        self.body.setContentsMargins(16, 12, 12, 12)
        self._line = quiet("")
        self._line.setObjectName("visits.details.line")
        self.body.addWidget(self._area, stretch=1)
        self.body.addWidget(self._line)
        self.body.addWidget(self._acts())
        self._beside = True

    def show_beside(self, *, beside: bool) -> None:
        """Stand beside the table with all that is known, or below it with what can be done."""
        self._beside = beside
        self._area.setVisible(beside)
        self._line.setVisible(not beside)
        export = self._buttons["export"]
        export.setText("" if beside else export.accessibleName())
        self.setMinimumWidth(grown(WIDE) if beside else 0)
        self.setMaximumWidth(grown(WIDE) if beside else _ANY)
        dress(self, "card" if beside else "bare")
        margins = (16, 12, 12, 12) if beside else (0, 0, 0, 0)
        self.body.setContentsMargins(*margins)
        self._tell()

    def show_visit(self, one: Listed | None, names: Mapping[str, str]) -> None:
        """Tell of a visit; `names` are those of the assessors, by their ids."""
        same = one == self._shown and names == self._names
        self._names = names
        self.setEnabled(one is not None)
        can_follow = one is not None and can_be_followed(one.visit)
        for name in _FOLLOWING:
            self._buttons[name].setVisible(can_follow)
        is_sent = one is not None and not SENT_KINDS.isdisjoint(one.sync)
        self._buttons["sent"].setVisible(is_sent)
        if same:
            return
        self._shown = one
        self._tell()

    def _tell(self) -> None:
        """All that is known beside the table; below it one line, for the columns that gave way."""
        one = self._shown
        if one is None:
            self._line.clear()
        elif self._beside:
            self._fill(one)
        else:
            known = [begun_large(self._desk.words(f"state.{one.visit.state.value}"))]
            known += [text for name, text in self._known(one) if name in _ON_LINE]
            if one.reminder is not None:
                known.append(due_told(self._desk, one.reminder))
            self._line.setText(" · ".join(known))

    def _acts(self) -> QWidget:
        acts = QWidget()
        row = Flowing(acts)
        for name, sign, signal, text in (
            ("open", "next", self.open_wanted, "visits.open"),
            ("follow_up", "history", self.follow_up_wanted, "follow_up.begin"),
            ("coaching", "person", self.coaching_wanted, "follow_up.begin_coaching"),
            ("export", "send", self.export_wanted, "exchange.export.ask"),
            ("sent", "outbox", self.sending_wanted, "sending.see"),
        ):
            made = self._act(name, sign, text)
            made.clicked.connect(signal)
            row.addWidget(made)
            self._buttons[name] = made
        for name in (*_FOLLOWING, "sent"):
            self._buttons[name].setVisible(False)
        return acts

    def _act(self, name: str, sign: str, text: str) -> QPushButton:
        drawn = icon(sign, self._desk.tokens.ink)
        words = self._desk.say(text)
        return button(words, f"visits.{name}", icon=drawn, tip=words)

    def _fill(self, one: Listed) -> None:
        before = self._facts
        self._facts = facts = QWidget()
        column = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading(one.visit.unit))
        column.addWidget(body(one.visit.institution))
        if one.reminder is not None:
            column.addWidget(self._due(one.reminder))
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 5)
        for place, (name, value) in enumerate(self._known(one)):
            top = Qt.AlignmentFlag.AlignTop
            text = body(value)
            text.setObjectName(f"visits.details.{name}")
            grid.addWidget(quiet(self._desk.say(f"listing.about.{name}")), place, 0, top)
            grid.addWidget(text, place, 1, top)
        column.addLayout(grid)
        column.addStretch(1)
        self._lines.addWidget(facts)
        if before is not None:
            before.hide()
            before.deleteLater()

    def _due(self, reminder: Reminder) -> QWidget:
        """What is due, as a line of its own: a sign and words."""
        tokens = self._desk.tokens
        over = reminder.nearness is Nearness.OVER
        hue = tokens.red if over else tokens.yellow
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        sign = quiet("")
        sign.setPixmap(icon("warning" if over else "clock", hue.ink).pixmap(22, 22))
        sign.setWordWrap(False)
        name = "over" if over else "near"
        if reminder.over and reminder.near:
            name = "both"
        text = body(
            self._desk.say(
                f"listing.reminder_{name}",
                over=reminder.over,
                near=reminder.near,
                day=self._desk.words.day(reminder.first),
            )
        )
        text.setProperty("tone", "error" if over else "warning")
        row.addWidget(sign)
        row.addWidget(text, stretch=1)
        return line

    def _known(self, one: Listed) -> Iterator[tuple[str, str]]:
        desk, words, visit = self._desk, self._desk.words, one.visit
        yield "kind", words(f"visit_kind.{visit.kind.value}")
        yield "instrument", visit.instrument_version
        yield "arrived", words.moment(visit.arrival)
        if visit.outcome is not None:
            yield "outcome", words(f"outcome.{visit.outcome.value}")
        if visit.assignment_letter:
            yield "letter", visit.assignment_letter
        lead = self._names.get(visit.lead or "")
        if lead:
            yield "lead", lead
        others = [name for name in visit.team if name != lead]
        if others:
            yield "team", "\n".join(others)
        if visit.address_visited:
            yield "address", visit.address_visited
        yield "sync", "\n".join(desk.say(f"listing.sync.{each.value}") for each in one.sync)
        if one.counts is not None and one.counts.instrument_found:
            yield (
                "counts",
                desk.say("listing.gaps", gaps=one.counts.gaps, findings=one.counts.findings),
            )


_ON_LINE = frozenset({"kind", "arrived", "outcome", "letter", "lead", "sync"})
_ANY = 16_777_215  # Qt's own greatest width
