"""The second step of issuing: the signed document, and what can be done with its file."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.visit import Document
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.signing import ask_where
from assessor_app.ui.pages.parts.file_place import documents_folder, free_path
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, quiet, strong
from assessor_app.ui.widgets.notice import Notice, Tone

_SHORT_HASH = 16  # characters, as in the foot of every page


class ResultStep(Card):
    """The file's number, name and hash; the hash can be marked and copied."""

    copy_wanted = Signal(object)  # the Path
    verify_wanted = Signal(object)  # the Path

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("issue.result.title"))
        self._desk = desk
        self._number = ""
        self.path: Path | None = None
        self._told = strong("")
        self._file = body("")
        self._hash = quiet("")
        dress(self._hash, "mono")
        self._no_file = quiet(desk.say("issue.result.no_file"))
        self._gone = quiet("")
        self._notice = Notice(desk.tokens, "issue.result.notice")
        for label in (self._told, self._file, self._hash):
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self._open_pdf = self._button("open_pdf", "print")
        self._open_folder = self._button("open_folder", "folder")
        self._verify = self._button("verify", "shield-check")
        self._copy = self._button("copy", "save")
        self._open_pdf.clicked.connect(self._on_open_pdf)
        self._open_folder.clicked.connect(self._on_open_folder)
        self._verify.clicked.connect(lambda: self.verify_wanted.emit(self.path))
        self._copy.clicked.connect(self._on_copy)
        self._more = self._button("more", "list")
        self._more.setCheckable(True)
        self._details = self._folded()
        self._more.toggled.connect(self._details.setVisible)
        for part in (
            self._told,
            self._file,
            self._hash,
            self._no_file,
            self._gone,
            self._open_pdf,
            self._verify,
            self._more,
            self._details,
            self._notice,
        ):
            self.body.addWidget(part)

    def show_document(self, document: Document, path: Path | None) -> None:
        """Show what was issued, and where its file lies as far as this page knows."""
        say = self._desk.say
        self.path = path
        self._number = document.number
        self._told.setText(say("issue.result.number", number=document.number))
        self._hash.setText(say("issue.result.hash", hash=document.sha256[:_SHORT_HASH]))
        there = path is not None and path.is_file()
        if path is not None:
            self._file.setText(say("issue.result.file", file=path.name, folder=path.parent))
            self._gone.setText(say("issue.result.gone", file=path.name))
        self._gone.setVisible(path is not None and not there)
        for part in (self._file, self._open_pdf, self._open_folder, self._verify):
            part.setVisible(there)
        self._no_file.setVisible(path is None)
        self._more.setVisible(there)
        self._more.setChecked(not there)  # without a file, saving a copy is all there is to do

    def _folded(self) -> QWidget:
        """What is wanted now and then: it makes room for the step that follows."""
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._open_folder, self._copy):
            column.addWidget(part)
        details.setVisible(False)
        return details

    def take_focus(self) -> None:
        self._open_pdf.setFocus()

    def tell(self, text: str, tone: Tone) -> None:
        self._notice.tell(text, tone)

    def clear(self) -> None:
        self._notice.clear()

    def _button(self, name: str, sign: str) -> QPushButton:
        text = self._desk.say(f"issue.result.{name}")
        return button(text, f"issue.{name}", icon=icon(sign, self._desk.tokens.ink))

    def _on_open_pdf(self) -> None:
        if self.path is not None:
            self._open(self.path)

    def _on_open_folder(self) -> None:
        if self.path is not None:
            self._open(self.path.parent)

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.tell(self._desk.say("issue.result.not_opened", path=path), Tone.WARNING)

    def _on_copy(self) -> None:
        chosen = self._ask_where()
        if chosen:
            self.copy_wanted.emit(Path(chosen))

    def _ask_where(self) -> str:
        """The path of a further copy, empty where none is chosen."""
        folder = self.path.parent if self.path else documents_folder()
        return ask_where(self, self._desk, free_path(folder, self._number))
