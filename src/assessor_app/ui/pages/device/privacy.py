"""Names and contacts of respondents: of whom, until when, and erasing them."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.people import Erased, KnownPerson, erase_person, people
from assessor_app.services.retention import Due, apply_retention, due, terms
from assessor_app.services.store_settings import change_settings, settings
from assessor_app.services.visits import all_visits
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State, emptied, row_of
from assessor_app.ui.pages.parts.erasing import ask_to_erase
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone

_DAYS = (90, 180, 365, 730, 1825)


@dataclass(frozen=True, slots=True)
class _Found:
    people: tuple[KnownPerson, ...]
    until: dict[str, datetime]
    over: tuple[Due, ...]


class PrivacySection(Card):
    """Pseudonyms only: the names themselves stand in the visit, where they are needed."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.privacy.title"))
        say = desk.say
        self._desk = desk
        self._found = _Found((), {}, ())
        self._notice = Notice(desk.tokens, "device.privacy.notice")
        self._over = Notice(desk.tokens, "device.privacy.over")
        self._over.acted.connect(self._on_over)
        self._days = combo("device.privacy.days", [])
        self._days.activated.connect(self._on_days)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        for part in (
            quiet(say("device.privacy.told")),
            self._notice,
            self._over,
            Field(say("device.privacy.days"), self._days),
        ):
            self.body.addWidget(part)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read and show of whom something is kept."""
        desk, workplace = self._desk, self._desk.workplace
        now = desk.application.clock.now()
        self._found = _Found(
            tuple(one for one in people(workplace) if not isinstance(one.data, Erased)),
            {one.respondent: one.until for one in terms(workplace)},
            due(workplace, now),
        )
        self._fill_days(settings(workplace).retention_days)
        visits = {one.id: one for one in all_visits(workplace.store)}
        emptied(self._rows)
        for number, one in enumerate(self._found.people):
            visit = visits.get(one.visit)
            about = (
                desk.say("bar.visit", unit=visit.unit, institution=visit.institution)
                if visit
                else ""
            )
            self._rows.addWidget(self._row(number, one, about))
        if not self._found.people:
            self._rows.addWidget(quiet(desk.say("device.privacy.none")))
        self._show_over()

    def state(self) -> State:
        say, found = self._desk.say, self._found
        if found.over:
            return State(say("device.privacy.state_over", count=len(found.over)), Tone.WARNING)
        return State(say("device.privacy.state", count=len(found.people)), Tone.SUCCESS)

    def _row(self, number: int, one: KnownPerson, about: str) -> QWidget:
        say = self._desk.say
        erase = button(say("people.erase"), f"device.privacy.erase.{number}", role="danger")
        erase.clicked.connect(partial(self._on_erase, one))
        until = self._found.until.get(one.respondent)
        day = self._desk.words.moment(until) if until else ""
        name = "until" if one.data is not None else "unreadable"
        told = say(f"device.privacy.{name}", day=day) if day else ""
        lines = [line for line in (about, told) if line]
        return row_of(self._desk.tokens, "person", one.pseudonym, *lines, buttons=(erase,))

    def _show_over(self) -> None:
        if not self._found.over:
            self._over.clear()
            return
        say = self._desk.say
        self._over.tell(
            say("device.privacy.over", count=len(self._found.over)),
            Tone.WARNING,
            action=say("device.privacy.erase_over"),
        )

    def _on_erase(self, one: KnownPerson) -> None:
        def act(reason: str) -> None:
            erase_person(self._desk.workplace, one.respondent, reason=reason)

        ask_to_erase(self._desk, self, one.pseudonym, act=act, done=self._on_erased)

    def _on_erased(self) -> None:
        self._after(self._desk.say("people.erased"))

    def _on_over(self) -> None:
        """What has been kept as long as is set goes: asked for by name of the button."""
        workplace, now = self._desk.workplace, self._desk.application.clock.now()
        try:
            gone = apply_retention(workplace, now)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._after(self._desk.say("device.privacy.applied", count=len(gone)))

    def _on_days(self) -> None:
        try:
            change_settings(self._desk.workplace, retention_days=int(value_of(self._days)))
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
        self.refresh()
        self.changed.emit()

    def _after(self, told: str) -> None:
        self.refresh()
        self._notice.tell(told, Tone.SUCCESS)
        self.changed.emit()

    def _fill_days(self, chosen: int) -> None:
        self._days.clear()
        for days in sorted({*_DAYS, chosen}):
            self._days.addItem(self._desk.say("device.privacy.count", days=days), str(days))
        choose(self._days, str(chosen))
