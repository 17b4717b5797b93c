"""The letterhead of this office's documents: sender, address, and the logo beside them."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
)

from assessor_app.domain.problem import Problem
from assessor_app.services.letterhead import letterhead
from assessor_app.services.store_settings import change_settings, settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone

_LOGO_PX = (220, 74)
_ADDRESS_PX = 92  # three lines
_LINES = ("organisation", "office", "contact")


class LetterheadSection(Card):
    """What is empty is as usual; the logo is kept at once, the words when they are saved."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.letterhead.title"))
        self._desk = desk
        self._notice = Notice(desk.tokens, "device.letterhead.notice")
        self._lines: dict[str, QLineEdit] = {
            name: line_edit(f"device.letterhead.{name}") for name in _LINES
        }
        self._address = QPlainTextEdit()
        self._address.setObjectName("device.letterhead.address")
        self._address.setTabChangesFocus(True)
        self._address.setFixedHeight(grown(_ADDRESS_PX))
        self._logo = QLabel()
        self._logo.setObjectName("device.letterhead.logo")
        self._forget = button(
            desk.say("device.letterhead.forget"), "device.letterhead.forget", role="flat"
        )
        self._forget.clicked.connect(lambda: self._set(letterhead_logo=None))
        self._furnish()

    def refresh(self) -> None:
        """Show what is set, and what is usual where nothing is."""
        found = settings(self._desk.workplace)
        usual = letterhead(self._desk.workplace, self._desk.words)
        for name, editor in self._lines.items():
            editor.setText(getattr(found, f"letterhead_{name}") or "")
        self._lines["organisation"].setPlaceholderText(usual.organisation)
        self._lines["office"].setPlaceholderText(usual.office)
        self._address.setPlainText(found.letterhead_address or "")
        self._show_logo(found.letterhead_logo)

    def state(self) -> State:
        found = settings(self._desk.workplace)
        name = "state" if found.letterhead_address and found.letterhead_logo else "state_bare"
        return State(self._desk.say(f"device.letterhead.{name}"), Tone.INFO)

    def _furnish(self) -> None:
        say = self._desk.say
        self.body.addWidget(quiet(say("device.letterhead.told")))
        self.body.addWidget(self._notice)
        for name in ("organisation", "office"):
            self.body.addWidget(Field(say(f"device.letterhead.{name}"), self._lines[name]))
        self.body.addWidget(Field(say("device.letterhead.address"), self._address))
        self.body.addWidget(Field(say("device.letterhead.contact"), self._lines["contact"]))
        self.body.addLayout(self._logo_row())
        save = primary(
            self._desk,
            "device.letterhead.save",
            text=say("device.letterhead.save"),
            sign="save",
            act=self._on_save,
        )
        acts = QHBoxLayout()
        acts.addWidget(save)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self.body.addStretch(1)

    def _logo_row(self) -> QVBoxLayout:
        say, tokens = self._desk.say, self._desk.tokens
        choose = button(
            say("device.letterhead.choose"),
            "device.letterhead.choose",
            icon=icon("folder", tokens.ink),
        )
        choose.clicked.connect(self._on_choose)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addWidget(choose)
        acts.addWidget(self._forget)
        acts.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._logo)
        column.addLayout(acts)
        return column

    def _show_logo(self, logo: bytes | None) -> None:
        say = self._desk.say
        self._forget.setVisible(logo is not None)
        if logo is None:
            self._logo.clear()
            self._logo.setText(say("device.letterhead.no_logo"))
            return
        picture = QPixmap()
        picture.loadFromData(logo)
        self._logo.setPixmap(
            picture.scaled(
                *_LOGO_PX,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        self._logo.setAccessibleName(say("device.letterhead.logo"))

    def _on_choose(self) -> None:
        say = self._desk.say
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            say("device.letterhead.choose"),
            str(documents_folder()),
            say("device.letterhead.filter"),
        )
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, path: Path) -> None:
        """Keep the picture in that file as the logo."""
        self._set(letterhead_logo=path)

    def _on_save(self) -> None:
        values = {f"letterhead_{name}": editor.text() for name, editor in self._lines.items()}
        values["letterhead_address"] = self._address.toPlainText()
        self._set(**{name: told.strip() or None for name, told in values.items()})

    def _set(self, **values: object) -> None:
        """Keep what is named; a refusal leaves what was typed where it is."""
        self._notice.clear()
        try:
            change_settings(self._desk.workplace, **values)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        if "letterhead_logo" in values:
            self._show_logo(settings(self._desk.workplace).letterhead_logo)
        else:
            self.refresh()
        self._notice.tell(self._desk.say("device.letterhead.saved"), Tone.SUCCESS)
        self.changed.emit()
