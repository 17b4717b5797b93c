"""Which of headquarters' recovery keys the new store is sealed to, if any."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.settings import read_settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet

_CONFIGURED = "recovery.pub"  # as services/keys/recovery_key.py, which the first page does without


class RecoveryChoice(QWidget):
    """A file, typed or chosen; its fingerprint is shown, to be compared with what was told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say = desk.say
        state = "configured" if _configured(desk) else "none"
        self.line = line_edit("enrol.recovery", placeholder=say(f"restore.recovery_{state}"))
        self.line.textChanged.connect(self._show_fingerprint)
        self.field = Field(say("restore.recovery"), self.line)
        choose = button(
            say("restore.recovery_choose"),
            "enrol.recovery_choose",
            icon=icon("key", desk.tokens.ink),
        )
        choose.clicked.connect(self._on_choose)
        self._fingerprint = quiet("")
        self._fingerprint.setObjectName("enrol.recovery_fingerprint")
        self._fingerprint.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._fingerprint)

    @property
    def file(self) -> Path | None:
        """The file that is named, if one is."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def _on_choose(self) -> None:
        told, _ = QFileDialog.getOpenFileName(
            self, self._desk.say("restore.recovery_choose"), str(documents_folder())
        )
        if told:
            self.line.setText(told)

    def _show_fingerprint(self) -> None:
        """What the file holds, as soon as there is one that can be read."""
        text = self._told()
        self._fingerprint.setText(text)
        self._fingerprint.setVisible(bool(text))

    def _told(self) -> str:
        if self.file is None or not self.file.is_file():
            return ""
        from assessor_app.services.keys.recovery_key import (
            fingerprint_of,
        )

        try:
            return self._desk.say("restore.recovery_read", fingerprint=fingerprint_of(self.file))
        except Problem as problem:
            return self._desk.told(problem)


def _configured(desk: Desk) -> bool:
    """Whether the installation brings a key that is taken where none is named."""
    return read_settings().recovery_key is not None or (desk.home / _CONFIGURED).exists()
