"""One office of the register: its names, what was merged into it, its visits and results."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.register import DatedName, Institution, Unit
from assessor_app.domain.visit import Visit
from assessor_app.services.register.belonging import Office
from assessor_app.services.register.history import RegisterStep
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.register.told import formerly, object_name, step_text
from assessor_app.ui.pages.results.rows import score_text, zone_of
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import body, quiet, strong, title
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.stacking import Stacking
from assessor_app.ui.widgets.zone_chip import ZoneChip

_BOTH_PX = 700  # pixels below which the cards stand in one column
_LINE = 64  # pixels of a row in a list
_MOST_LINES = 6  # that are seen at once


class OfficeView(QWidget):
    """Made anew for each office that is shown."""

    left = Signal()
    visit_wanted = Signal(str)
    office_wanted = Signal(str)  # the id of another one
    new_visit_wanted = Signal()
    rename_wanted = Signal()
    edit_wanted = Signal()
    merge_wanted = Signal()
    retire_wanted = Signal()

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self._desk = desk
        self._office = office
        self._history = QVBoxLayout()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(self._ways())
        row = Stacking(below=_BOTH_PX, space=12)
        row.addLayout(_column(self._first_cards()), 3)
        row.addLayout(_column(self._second_cards()), 2)
        column.addLayout(row)
        column.addStretch()
        let_flow(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(content, "register.office.scroll"))

    @property
    def office(self) -> Office:
        """What is shown."""
        return self._office

    def take_focus(self) -> None:
        self._back.setFocus()

    def show_history(self, steps: tuple[RegisterStep, ...]) -> None:
        """Tell what was done with it, once that was read."""
        words = self._desk.words
        for step in steps:
            self._history.addWidget(body(step_text(self._desk, step)))
            places = {"moment": words.moment(step.event.wall), "reason": step.reason or ""}
            name = "register.step_reason" if step.reason else "register.step"
            self._history.addWidget(quiet(self._desk.say(name, **places)))

    # How it is laid out

    def _head(self) -> QHBoxLayout:
        entry, say = self._office.entry, self._desk.say
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(title(entry.name))
        below = [one for one in (formerly(self._desk, entry), self._standing()) if one]
        if isinstance(entry, Unit) and self._office.institution:
            below.insert(0, self._office.institution.name)
        if below:
            names.addWidget(quiet(" · ".join(below)))
        self._back = button(
            say("register.back"),
            "register.office.back",
            role="flat",
            icon=icon("back", self._desk.tokens.accent),
        )
        self._back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addLayout(names, 1)
        head.addWidget(self._back)
        return head

    def _standing(self) -> str:
        entry = self._office.entry
        if entry.stands:
            return ""
        name = "merged" if entry.merged_into else "retired"
        day = self._desk.words.day(entry.until) if entry.until else ""
        return self._desk.say(f"register.office_{name}{'_since' if day else ''}", day=day)

    def _ways(self) -> QWidget:
        say, tokens, entry = self._desk.say, self._desk.tokens, self._office.entry
        ways = QWidget()
        row = Flowing(ways, space=8)
        known = [("rename", "edit", self.rename_wanted), ("edit", "note", self.edit_wanted)]
        if entry.stands:
            known += [("merge", "half", self.merge_wanted), ("retire", "door", self.retire_wanted)]
        if isinstance(entry, Unit) and entry.stands:
            known.insert(0, ("visit", "play", self.new_visit_wanted))
        for name, sign, wanted in known:
            one = button(
                say(f"register.{name}"), f"register.office.{name}", icon=icon(sign, tokens.ink)
            )
            one.clicked.connect(wanted)
            row.addWidget(one)
        return ways

    def _first_cards(self) -> Iterator[QWidget]:
        if self._office.units:
            yield self._units()
        yield self._visits()
        if self._office.results:
            yield self._results()

    def _second_cards(self) -> Iterator[QWidget]:
        yield self._facts()
        yield self._names()
        card = Card(self._desk.say("register.history"))
        self._history.setSpacing(2)
        card.body.addLayout(self._history)
        yield card

    def _facts(self) -> Card:
        say, entry, words = self._desk.say, self._office.entry, self._desk.words
        card = Card(say("register.facts"))
        told: list[tuple[str, str | None]] = [("code", entry.code)]
        match entry:
            case Unit():
                told += [
                    ("kind", object_name(self._desk, entry.object_type)),
                    ("address", entry.address),
                ]
            case Institution():
                level = words(f"institution_level.{entry.level.value}") if entry.level else None
                told += [("level", level), ("province", entry.province)]
        for name, text in told:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(quiet(say(f"register.field_{name}")))
            pair.addWidget(body(text or say("register.not_told")))
            card.body.addLayout(pair)
        return card

    def _names(self) -> Card:
        say, names = self._desk.say, self._office.entry.names
        card = Card(say("register.names"))
        card.body.addWidget(strong(self._dated(names.current)))
        for one in reversed(names.former):
            card.body.addWidget(body(say("register.formerly", name=self._dated(one))))
        if names.aliases:
            card.body.addWidget(quiet(say("register.aliases", names="; ".join(names.aliases))))
        for before in self._office.before:
            told = say("register.took_in", name=before.name)
            card.body.addWidget(body(told))
        return card

    def _dated(self, one: DatedName) -> str:
        if one.since is None:
            return one.name
        since = self._desk.words.day(one.since)
        return self._desk.say("register.name_since", name=one.name, day=since)

    def _units(self) -> Card:
        card = Card(self._desk.say("register.units"))
        rows = [
            Row(one.name, one.id, detail=object_name(self._desk, one.object_type), sign="building")
            for one in self._office.units
        ]
        view = self._list("units", rows)
        view.followed.connect(self.office_wanted)
        card.body.addWidget(view)
        return card

    def _visits(self) -> Card:
        card = Card(self._desk.say("register.visits"))
        if not self._office.visits:
            card.body.addWidget(quiet(self._desk.say("register.no_visits")))
            return card
        view = self._list("visits", [self._visit_row(one) for one in self._office.visits])
        view.followed.connect(self.visit_wanted)
        card.body.addWidget(view)
        return card

    def _visit_row(self, visit: Visit) -> Row:
        words, entry = self._desk.words, self._office.entry
        parts = [words(f"visit_kind.{visit.kind.value}"), words(f"state.{visit.state.value}")]
        if isinstance(entry, Institution):
            parts.insert(0, visit.unit)
        elif visit.unit != entry.name:
            parts.append(self._desk.say("register.as_named", name=visit.unit))
        return Row(words.moment(visit.arrival), visit.id, detail=" · ".join(parts), sign="list")

    def _list(self, name: str, rows: list[Row]) -> RowView:
        view = RowView(
            f"register.office.{name}",
            self._desk.tokens,
            spoken=self._desk.say(f"register.{name}"),
        )
        view.rows.show_rows(rows)
        view.setFixedHeight(grown(_LINE) * min(len(rows), _MOST_LINES) + 2 * view.frameWidth())
        return view

    def _results(self) -> Card:
        card = Card(self._desk.say("register.results"))
        for reading in self._office.results:
            row = QHBoxLayout()
            row.setSpacing(12)
            score = score_text(self._desk, reading)
            row.addWidget(strong(str(reading.result.year)))
            row.addWidget(body(score))
            chip = ZoneChip(self._desk.tokens)
            chip.show_zone(reading.zone, zone_of(self._desk, reading))
            row.addWidget(chip)
            named = reading.result.unit or reading.result.institution
            renamed = named != self._office.entry.name
            as_named = self._desk.say("register.as_named", name=named) if renamed else ""
            row.addWidget(quiet(as_named), 1)
            card.body.addLayout(row)
            card.body.addWidget(quiet(reading.result.source))
        return card


def _column(cards: Iterator[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column
