"""Which headquarters this device belongs to: joined by a card whose fingerprint was compared."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout

from assessor_app.domain.numbers import in_fours
from assessor_app.domain.problem import Problem
from assessor_app.services.sync.trusted import joined
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State, emptied, row_of
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from assessor_app.services.sync.trusted import Joined


class HeadquartersSection(Card):
    """A card is read first and shown; nothing is trusted before it is said to be compared."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.headquarters.title"))
        self._desk = desk
        self._card: Path | None = None
        self._joined: Joined | None = None
        self._notice = Notice(desk.tokens, "device.headquarters.notice")
        self._rows = QVBoxLayout()
        self._choose = button(
            desk.say("device.headquarters.choose"),
            "device.headquarters.choose",
            icon=icon("folder", desk.tokens.ink),
        )
        self._choose.clicked.connect(self._on_choose)
        self._print = heading("")
        self._print.setObjectName("device.headquarters.fingerprint")
        self._print.setWordWrap(True)
        self._print.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._whose = quiet("")
        self._compared = QCheckBox(desk.say("device.headquarters.compared"))
        self._compared.setObjectName("device.headquarters.compared")
        self._join = button(
            desk.say("device.headquarters.join"),
            "device.headquarters.join",
            icon=icon("check", desk.tokens.ink),
        )
        self._join.clicked.connect(self._on_join)
        self._compared.toggled.connect(self._join.setEnabled)
        self.body.addWidget(quiet(desk.say("device.headquarters.told")))
        self.body.addWidget(self._notice)
        self.body.addLayout(self._rows)
        left = Qt.AlignmentFlag.AlignLeft
        self.body.addWidget(self._choose, alignment=left)
        for part in (self._whose, self._print, self._compared):
            self.body.addWidget(part)
        self.body.addWidget(self._join, alignment=left)
        self.body.addStretch(1)
        self._show_card(None)

    def refresh(self) -> None:
        """Show which one was joined."""
        self._joined = joined(self._desk.workplace.store)
        emptied(self._rows)
        if self._joined is not None:
            self._rows.addWidget(
                row_of(self._desk.tokens, "building", self._joined.name, *self._lines())
            )

    def state(self) -> State:
        if self._joined is None:
            return State(self._desk.say("device.headquarters.state_none"), Tone.INFO)
        told = self._desk.say("device.headquarters.state", name=self._joined.name)
        return State(told, Tone.SUCCESS)

    def look_at(self, card: Path) -> None:
        """Show whose card it is; it is joined once its fingerprint was compared."""
        from assessor_app.services.sync.joining import read_card

        self._notice.clear()
        try:
            found = read_card(card)
        except Problem as problem:
            self._show_card(None)
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._card = card
        self._show_card(found)

    def _lines(self) -> list[str]:
        say, words = self._desk.say, self._desk.words
        if self._joined is None:
            return []
        listed, fingerprint = self._joined.listed, in_fours(self._joined.fingerprint)
        lines = [
            say("device.headquarters.fingerprint", fingerprint=fingerprint),
            say("device.headquarters.list", number=listed.number, at=words.moment(listed.made_at)),
        ]
        count = len(listed.devices) + len(listed.certificates)
        return [*lines, say("device.headquarters.revoked", count=count)] if count else lines

    def _show_card(self, found: "Joined | None") -> None:
        say = self._desk.say
        if found is None:
            self._card = None
        else:
            self._whose.setText(say("device.headquarters.compare", name=found.name))
            self._print.setText(in_fours(found.fingerprint))
        self._compared.setChecked(False)
        self._join.setEnabled(False)
        for part in (self._whose, self._print, self._compared, self._join):
            part.setVisible(found is not None)

    def _on_choose(self) -> None:
        say = self._desk.say
        told, _ = QFileDialog.getOpenFileName(
            self,
            say("device.headquarters.choose"),
            str(documents_folder()),
            say("device.headquarters.kind"),
        )
        if told:
            self.look_at(Path(told))

    def _on_join(self) -> None:
        from assessor_app.services.sync.joining import join

        if self._card is None:
            return
        shown = self._print.text().replace(" ", "")
        try:
            found = join(self._desk.workplace, self._card, fingerprint=shown)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._show_card(None)
        self.refresh()
        self._notice.tell(
            self._desk.say("device.headquarters.joined", name=found.name), Tone.SUCCESS
        )
        self.changed.emit()
