"""Who a respondent is: a pseudonym, the post, and whether a substitute speaks for its holder."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.instrument import Role
from assessor_app.domain.pseudonyms import looks_like_name, proposed_pseudonym
from assessor_app.domain.respondents import Respondent, RespondentKind
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.theme import dress
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import choose, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import quiet


class RespondentForm(QWidget):
    """Hidden until it is asked for; the pseudonym of somebody who is known stays."""

    introduced = Signal(str, str, bool)  # pseudonym, code of the post, whether a substitute

    def __init__(self, desk: Desk, prefix: str, roles: Sequence[Role]) -> None:
        super().__init__()
        say = desk.say
        self._desk = desk
        self._roles = {role.code: role for role in roles}
        self._taken: Collection[str] = ()
        self._warned = ""  # the pseudonym that was said to look like a name
        self._post = combo(
            f"{prefix}.post", [(role.code, desk.words.of(role.name)) for role in roles]
        )
        self._post.setAccessibleName(say("respondents.post"))
        self._post.currentIndexChanged.connect(self._on_post)
        self._name = line_edit(f"{prefix}.name", placeholder=say("respondents.name"))
        self._name.setAccessibleName(say("respondents.name"))
        self._name.setToolTip(say("respondents.name_tip"))
        self._name.returnPressed.connect(self._on_told)
        self._substitute = tick(say("respondents.substitute"), f"{prefix}.substitute")
        tell = button(say("respondents.record"), f"{prefix}.record", role="primary")
        tell.clicked.connect(self._on_told)
        leave = button(say("respondents.cancel"), f"{prefix}.cancel", role="flat")
        leave.clicked.connect(self.hide)
        self._fault = quiet("")
        dress(self._fault, "fault")
        self._name.textChanged.connect(self._fault.hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._fault)
        row.addWidget(self._post, stretch=2)
        row.addWidget(self._name, stretch=2)
        for part in (self._substitute, tell, leave):
            row.addWidget(part)
        self._fault.hide()
        self.hide()

    def ask_for_new(self, taken: Collection[str]) -> None:
        """Ask for somebody new, of the first post, with a pseudonym that nobody has."""
        self._taken = taken
        self._name.setReadOnly(False)
        self._substitute.setChecked(False)
        self._on_post()
        self.show()
        self._name.setFocus()
        self._name.selectAll()

    def ask_of(self, known: Respondent) -> None:
        """Ask whose post a known respondent holds, or speaks for."""
        self._name.setReadOnly(True)
        self._name.setText(known.pseudonym)
        choose(self._post, known.post or "")
        self._substitute.setChecked(known.substitute)
        self._show_substitute()
        self.show()
        self._post.setFocus()

    def _on_post(self) -> None:
        """Another post: a pseudonym of it is proposed to somebody new."""
        self._show_substitute()
        role = self._roles.get(value_of(self._post))
        if role is not None and not self._name.isReadOnly():
            self._name.setText(proposed_pseudonym(role, self._taken))

    def _show_substitute(self) -> None:
        """Nobody stands in for a user."""
        role = self._roles.get(value_of(self._post))
        officer = role is not None and role.kind is RespondentKind.OFFICER
        self._substitute.setVisible(officer)

    def _on_told(self) -> None:
        name, post = self._name.text().strip(), value_of(self._post)
        known = {one.casefold() for one in self._taken}
        fault = "nameless" if not name else "known" if name.casefold() in known else ""
        if fault and not self._name.isReadOnly():
            self._fault.setText(self._desk.say(f"respondents.{fault}"))
            self._fault.show()
            self._name.setFocus()
            return
        if looks_like_name(name) and name != self._warned and not self._name.isReadOnly():
            self._warned = name  # who insists knows that it is none
            self._fault.setText(self._desk.say("respondents.like_a_name"))
            self._fault.show()
            self._name.setFocus()
            return
        self.hide()
        substitute = self._substitute.isChecked() and not self._substitute.isHidden()
        self.introduced.emit(name, post, substitute)
