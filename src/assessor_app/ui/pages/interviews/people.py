"""Who is asked: the roles with their counts, the respondent of now, and the next in one press."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.interviews import RoleTally
from assessor_app.domain.respondents import Respondent, RespondentKind, Role
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.respondent_form import RespondentForm
from assessor_app.ui.theme import Space, icon, set_look
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.fields import choose, combo, value_of
from assessor_app.ui.widgets.labels import strong
from assessor_app.ui.widgets.stacking import Stacking

_IN_A_ROW = 3
_BESIDE = 640  # pixels below which the ways stand under the respondent
_AROUND_NAME = 16  # pixels above and below its two lines
_BESIDE_NAME = 64  # pixels of a role's button: its sign and its edges


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A respondent of the role, and how many of its questions are settled."""

    respondent: Respondent
    settled: int
    count: int


class People(QWidget):
    """Reports what is wanted; pseudonyms only, never names."""

    role_chosen = Signal(str)  # code
    chosen = Signal(str)  # pseudonym
    next_wanted = Signal()
    introduced = Signal(str, str, bool)  # pseudonym, code of the post, whether a substitute
    break_wanted = Signal()

    def __init__(self, desk: Desk, roles: Sequence[Role]) -> None:
        super().__init__()
        self._desk = desk
        self._roles = {role.code: role for role in roles}
        self._shown: Sequence[PersonShown] = ()
        self._taken: frozenset[str] = frozenset()
        self._tallies: tuple[RoleTally, ...] = ()
        self._form = RespondentForm(desk, "interviews.form", tuple(roles))
        self._form.introduced.connect(self.introduced)
        self._buttons = {role.code: self._role_button(role) for role in roles}
        self._people = combo("interviews.people", [])
        self._people.setAccessibleName(desk.say("respondents.people"))
        self._people.activated.connect(lambda _: self.chosen.emit(value_of(self._people)))
        say, tokens = desk.say, desk.tokens
        self._edit = icon_button(
            say("respondents.edit"), "interviews.edit", icon("edit", tokens.accent)
        )
        self._edit.clicked.connect(self._on_edit)
        self._own = icon_button(
            say("interviews.own_name"), "interviews.own_name", icon("person", tokens.accent)
        )
        self._own.clicked.connect(lambda: self._form.ask_for_new(self._taken))
        self._break = button(
            say("interviews.break_off"),
            "interviews.break_off",
            role="flat",
            tip=say("interviews.break_off_tip"),
        )
        self._break.clicked.connect(self.break_wanted)
        self._next = button(
            say("interviews.next"),
            "interviews.next",
            role="primary",
            icon=icon("add", tokens.on_accent),
            tip=say("interviews.next_tip"),
        )
        self._next.clicked.connect(self.next_wanted)
        self._told = strong("")
        self._told.setObjectName("interviews.told")
        self._furnish()

    def show_roles(self, tallies: Sequence[RoleTally], current: str) -> None:
        """The roles with how many have answered of how many."""
        self._tallies = tuple(tallies)
        tokens = self._desk.tokens
        for one in tallies:
            made, text = self._buttons[one.role.code], self.told_tally(one)
            made.setAccessibleName(text)
            made.setToolTip(text)
            made.setChecked(one.role.code == current)
            done = one.wanted is not None and one.asked >= one.wanted
            sign, ink = ("check", tokens.green.ink) if done else ("person", tokens.accent)
            made.setIcon(icon(sign, ink))
        self._fit_roles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_roles()

    def _fit_roles(self) -> None:
        """The count is always whole; of a long name what has room."""
        for one in self._tallies:
            made = self._buttons[one.role.code]
            room = max(made.width() - _BESIDE_NAME, 1)
            name = made.fontMetrics().elidedText(
                self._desk.words.of(one.role.name), Qt.TextElideMode.ElideRight, room
            )
            made.setMinimumHeight(2 * made.fontMetrics().lineSpacing() + _AROUND_NAME)
            made.setText(f"{self._count(one)}\n{name}".replace("&", "&&"))

    def _count(self, one: RoleTally) -> str:
        if one.wanted is None:
            return str(one.asked)
        return self._desk.say("interviews.count", asked=one.asked, wanted=one.wanted)

    def show_people(
        self, people: Sequence[PersonShown], chosen: str, *, taken: frozenset[str], told: str
    ) -> None:
        """The respondents of the role, and who is asked now."""
        self._shown, self._taken = people, taken
        with QSignalBlocker(self._people):
            self._people.clear()
            for one in people:
                self._people.addItem(self._told_person(one), one.respondent.pseudonym)
            choose(self._people, chosen)
        for part in (self._people, self._edit, self._break):
            part.setVisible(bool(people))
        self._told.setText(told)

    def set_editable(self, *, editable: bool) -> None:
        for part in (self._next, self._edit, self._own, self._break, self._form):
            part.setEnabled(editable)

    def told_tally(self, one: RoleTally) -> str:
        """ "Pengguna layanan: 9 dari 15"."""
        name = self._desk.words.of(one.role.name)
        if one.wanted is None:
            return self._desk.say("respondents.post_asked", post=name, asked=one.asked)
        return self._desk.say("respondents.post_of", post=name, asked=one.asked, wanted=one.wanted)

    def _furnish(self) -> None:
        roles = QGridLayout()
        roles.setSpacing(8)
        for place, made in enumerate(self._buttons.values()):
            roles.addWidget(made, place // _IN_A_ROW, place % _IN_A_ROW)
        who, ways = QHBoxLayout(), QHBoxLayout()
        who.addWidget(self._people, stretch=1)
        for part in (self._edit, self._own):
            who.addWidget(part)
        for way in (self._break, self._next):
            ways.addWidget(way)
        row = Stacking(below=_BESIDE, space=Space.SMALL)
        row.addLayout(who, 1)
        row.addLayout(ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(roles)
        column.addLayout(row)
        column.addWidget(self._form)
        column.addWidget(self._told)

    def _role_button(self, role: Role) -> QPushButton:
        made = button("", f"interviews.role.{role.code}")
        made.setCheckable(True)
        set_look(made, "subject", True)
        set_look(made, "listed", True)
        policy = made.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        made.setSizePolicy(policy)
        made.clicked.connect(lambda _, code=role.code: self.role_chosen.emit(code))
        return made

    def _told_person(self, one: PersonShown) -> str:
        respondent = one.respondent
        role = self._roles.get(respondent.post or "")
        officer = role is not None and role.kind is RespondentKind.OFFICER
        name = "substitute" if respondent.substitute else "holder" if officer else "user"
        return self._desk.say(
            f"respondents.person.{name}",
            pseudonym=respondent.pseudonym,
            post=self._desk.words.of(role.name) if role else "",
            state=self._desk.say("interviews.progress", settled=one.settled, count=one.count),
        )

    def _on_edit(self) -> None:
        wanted = value_of(self._people)
        for one in self._shown:
            if one.respondent.pseudonym == wanted:
                self._form.ask_of(one.respondent)
