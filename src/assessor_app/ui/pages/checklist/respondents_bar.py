"""Who is interviewed: choose whose answers are shown, add the next one, see who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Role
from assessor_app.domain.pseudonyms import proposed_pseudonym
from assessor_app.domain.respondents import Respondent, RespondentKind
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.respondent_form import RespondentForm
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.fields import choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.stacking import Stacking

_SIGN_PX = 20
_BESIDE = 520  # pixels below which what is done stands under who it is done with


@dataclass(frozen=True, slots=True)
class Interviewed:
    """What the bar shows: who there is, who of them has answered, and how far it has come.

    `summary` and `lacking` are final sentences; `place` of `count` is the question among those
    that the chosen respondent is asked.
    """

    people: tuple[Respondent, ...]
    answered: frozenset[str]  # ids
    chosen: str
    summary: str
    lacking: tuple[str, ...]
    taken: frozenset[str]  # pseudonyms of the whole visit
    place: int
    count: int


class RespondentsBar(QWidget):
    """Reports who is chosen and who is new; pseudonyms only, never names."""

    chosen = Signal(str)  # pseudonym
    introduced = Signal(str, str, bool)  # pseudonym, code of the post, whether a substitute
    next_question_wanted = Signal()
    person_wanted = Signal(str)  # the pseudonym whose name and contact are asked for

    def __init__(self, desk: Desk, indicator: Indicator) -> None:
        super().__init__()
        self._desk = desk
        self._roles = indicator.roles
        self._shown: Interviewed | None = None
        prefix = f"indicator.{indicator.code}.respondents"
        self._people = combo(f"{prefix}.people", [])
        self._people.setAccessibleName(desk.say("respondents.people"))
        self._people.activated.connect(lambda _: self.chosen.emit(value_of(self._people)))
        self._nobody = quiet(desk.say("respondents.nobody"))
        self._next = button("", f"{prefix}.next", role="flat", tip=desk.say("respondents.next_tip"))
        self._next.clicked.connect(self.next_question_wanted)
        self._users = self._user_buttons(prefix)
        self._form = RespondentForm(desk, prefix, self._roles)
        self._form.introduced.connect(self.introduced)
        ink = desk.tokens.accent
        self._add = icon_button(desk.say("respondents.add"), f"{prefix}.add", icon("add", ink))
        self._add.clicked.connect(self._on_add)
        self._edit = icon_button(desk.say("respondents.edit"), f"{prefix}.edit", icon("edit", ink))
        self._edit.clicked.connect(self._on_edit)
        self._person = icon_button(desk.say("people.ask"), f"{prefix}.person", icon("person", ink))
        self._person.clicked.connect(lambda: self.person_wanted.emit(value_of(self._people)))
        self._summary = quiet("")
        self._sign = QLabel()
        warning = icon("warning", desk.tokens.yellow.ink, size=_SIGN_PX)
        self._sign.setPixmap(warning.pixmap(_SIGN_PX, _SIGN_PX))
        self._lacking = quiet("")
        self._furnish()

    def show_interviews(self, shown: Interviewed) -> None:
        """Show who there is and how far the interviews have come."""
        self._shown = shown
        self._people.clear()
        for one in shown.people:
            self._people.addItem(self._told(one, shown), one.pseudonym)
        choose(self._people, shown.chosen)
        for widget in (self._people, self._person, self._edit, self._next):
            widget.setVisible(bool(shown.people))
        self._nobody.setVisible(not shown.people)
        self._next.setText(
            self._desk.say("respondents.question", place=shown.place, count=shown.count)
        )
        self._summary.setText(shown.summary)
        self._summary.setVisible(bool(shown.summary))
        self._lacking.setText(" ".join(shown.lacking))
        for part in (self._sign, self._lacking):
            part.setVisible(bool(shown.lacking))
        for role, made in self._users.items():
            name = proposed_pseudonym(role, shown.taken)
            told = self._desk.say("respondents.add_user", name=name)
            made.setText(told)
            made.setAccessibleName(told)

    def set_editable(self, *, editable: bool) -> None:
        for part in (self._add, self._edit, self._form, *self._users.values()):
            part.setEnabled(editable)

    def add_next(self) -> None:
        """Add the next user as its button does; where none is asked, ask for somebody new."""
        next(iter(self._users.values()), self._add).click()

    def _furnish(self) -> None:
        row = Stacking(below=_BESIDE, space=8)
        row.addWidget(self._people, stretch=1)
        row.addWidget(self._nobody, stretch=1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for part in (self._person, self._edit, self._next, *self._users.values(), self._add):
            buttons.addWidget(part)
        row.addLayout(buttons)
        # Where users alone are asked, one tap adds the next: there is nothing to fill in.
        if all(role.kind is RespondentKind.USER for role in self._roles):
            self._add.hide()
        told = QHBoxLayout()
        told.setSpacing(8)
        for label, stretch in ((self._summary, 1), (self._sign, 0), (self._lacking, 3)):
            told.addWidget(label, stretch, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._form)
        column.addLayout(told)

    def _user_buttons(self, prefix: str) -> dict[Role, QPushButton]:
        """Users are many: one tap numbers the next."""
        made: dict[Role, QPushButton] = {}
        for role in self._roles:
            if role.kind is RespondentKind.USER:
                one = button(
                    "", f"{prefix}.add_{role.code}", tip=self._desk.say("respondents.plus")
                )
                one.clicked.connect(lambda _, role=role: self._on_user(role))
                made[role] = one
        return made

    def _told(self, one: Respondent, shown: Interviewed) -> str:
        """A respondent with post, and whether this question was answered."""
        state = "answered" if one.id in shown.answered else "open"
        role = next((role for role in self._roles if role.code == one.post), None)
        officer = role is not None and role.kind is RespondentKind.OFFICER
        name = "substitute" if one.substitute else "holder" if officer else "user"
        return self._desk.say(
            f"respondents.person.{name}",
            pseudonym=one.pseudonym,
            post=self._desk.words.of(role.name) if role else "",
            state=self._desk.say(f"respondents.state.{state}"),
        )

    def _on_user(self, role: Role) -> None:
        if self._shown is not None:
            self.introduced.emit(proposed_pseudonym(role, self._shown.taken), role.code, False)

    def _on_add(self) -> None:
        if self._shown is not None:
            self._form.ask_for_new(self._shown.taken)

    def _on_edit(self) -> None:
        people: Iterable[Respondent] = self._shown.people if self._shown else ()
        for one in people:
            if one.pseudonym == value_of(self._people):
                self._form.ask_of(one)
