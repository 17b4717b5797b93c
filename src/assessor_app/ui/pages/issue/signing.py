"""The first step of issuing: who signs, their passphrases, and where the document is written."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from assessor_app.domain.documents import Addendum, DocumentKind
from assessor_app.domain.problem import Problem
from assessor_app.services.report.parties import Signatory
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.making import Making
from assessor_app.ui.pages.issue.own_identity import OwnIdentity
from assessor_app.ui.pages.issue.signers import Signers
from assessor_app.ui.pages.parts.beside import Beside
from assessor_app.ui.pages.parts.file_place import documents_folder, free_path, with_suffix
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.notice import Notice, Tone

_OF_PASSPHRASE = frozenset({"identity_passphrase_wrong", "identity_passphrase_empty"})
_OF_PATH = frozenset({"file_exists", "folder_missing", "not_writable", "disk_full"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be signed with, and where to: the lead's passphrase, and everybody beside."""

    passphrase: str = field(repr=False)
    path: Path
    others: tuple[Signatory, ...]
    kind: DocumentKind
    addendum: Addendum | None = None


class SigningStep(Card):
    """What is wrong stands at its field; the passphrases are forgotten once they were used."""

    sign_wanted = Signal(object)  # Asked
    spoke = Signal(object)  # something was told; the QWidget that acts should be in sight with it

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk.say("issue.sign.title"))
        self._desk = desk
        self._passphrase = line_edit("issue.passphrase", secret=True)
        self._passphrase.returnPressed.connect(self._on_sign)
        self._show = icon_button(
            desk.say("issue.passphrase.show"), "issue.passphrase.show", icon("eye", desk.tokens.ink)
        )
        self._show.setCheckable(True)
        self._show.toggled.connect(self._on_show)
        self._folder = documents_folder()
        self._path = line_edit("issue.path")
        self._path.editingFinished.connect(self._show_whole_path)
        self._path.textChanged.connect(self._path.setToolTip)
        self._path.setText(str(self._proposed(session)))
        self._path.setCursorPosition(0)
        self._notice = Notice(desk.tokens, "issue.sign.notice")
        self.making = Making(desk, session)
        self.making.changed.connect(self._on_other)
        self._session = session
        self._signers = Signers(desk, session)
        self._signers.entered.connect(self._on_sign)
        self._passphrase_field = self._field("issue.passphrase.label", self._passphrase, self._show)
        choose = icon_button(
            desk.say("issue.path.choose"), "issue.path.choose", icon("folder", desk.tokens.ink)
        )
        choose.clicked.connect(self._on_choose)
        self._path_field = self._field("issue.path.label", self._path, choose)
        self._sign = primary(
            desk,
            "issue.sign",
            text=desk.say("issue.sign.sign"),
            sign="signature",
            act=self._on_sign,
        )
        for part in (
            self.making,
            OwnIdentity(desk),
            self._passphrase_field,
            self._signers,
            self._path_field,
            self._notice,
            self._sign,
        ):
            self.body.addWidget(part)

    @property
    def path(self) -> Path:
        return with_suffix(self._path.text(), folder=self._folder)

    def show_refusal(self, problem: Problem) -> None:
        """Say what was wrong, at the field that it belongs to."""
        told = self._desk.told(problem)
        speaking: QWidget = self._sign
        if row := self._signers.show_refusal(problem, told):
            speaking = row
        elif problem.code in _OF_PASSPHRASE:
            speaking = self._passphrase_field
            self._passphrase_field.show_fault(told)
            self._passphrase.setFocus()
            self._passphrase.selectAll()
        elif problem.code in _OF_PATH:
            speaking = self._path_field
            self._path_field.show_fault(told)
            self._path.setFocus()
        else:
            self._notice.tell(told, Tone.ERROR)
        self.spoke.emit(speaking)

    def show_stopped(self, told: str) -> None:
        """Say that whoever waited has ended it; nothing was signed."""
        self._notice.tell(told, Tone.INFO)
        self._sign.setFocus()

    def take_focus(self) -> None:
        self._passphrase.setFocus()

    def forget(self) -> None:
        """Keep nothing of the passphrases, nor of an addendum that was issued."""
        self._passphrase.clear()
        self._signers.forget()
        self.making.forget()

    def refresh(self) -> None:
        """Offer what can be made now; ask of everybody who is expected to sign it."""
        self.making.refresh()
        self._signers.refresh(receiver=self.making.kind is not DocumentKind.ADDENDUM)

    def propose_path(self) -> None:
        """Another document is another file."""
        self._path.setText(str(self._proposed(self._session)))
        self._path.setCursorPosition(0)

    def _on_other(self) -> None:
        self._signers.refresh(receiver=self.making.kind is not DocumentKind.ADDENDUM)

    def _field(self, name: str, editor: QLineEdit, beside: QWidget) -> Field:
        return Field(self._desk.say(name), Beside(editor, beside))

    def _proposed(self, session: Session) -> Path:
        visit = session.snapshot.visit
        arrived = visit.arrival.astimezone(self._desk.workplace.profile.zone)
        name = self._desk.say(
            "issue.path.name", day=f"{arrived:%Y-%m-%d}", id=visit.id[-8:].upper(), unit=visit.unit
        )
        return free_path(self._folder, name)

    def _on_show(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._passphrase.setEchoMode(mode)
        name = "hide" if shown else "show"
        self._show.setToolTip(self._desk.say(f"issue.passphrase.{name}"))
        self._show.setIcon(icon("eye-off" if shown else "eye", self._desk.tokens.ink))

    def _on_choose(self) -> None:
        chosen = self._ask_where()
        if chosen:
            self._path.setText(chosen)
            self._folder = self.path.parent
            self._path_field.clear_fault()

    def _ask_where(self) -> str:
        """The path that the user chooses, empty where none; what lies there is never replaced."""
        return ask_where(self, self._desk, self.path)

    def _on_sign(self) -> None:
        self._passphrase_field.clear_fault()
        self._path_field.clear_fault()
        self._notice.clear()
        if self.making.complain():
            return
        if not self._passphrase.text():
            self._passphrase_field.show_fault(self._desk.say("issue.passphrase.empty"))
            self._passphrase.setFocus()
            self.spoke.emit(self._passphrase_field)
            return
        if row := self._signers.complain():
            self.spoke.emit(row)
            return
        self._show_whole_path()
        others, making = self._signers.signatories, self.making
        self.sign_wanted.emit(
            Asked(self._passphrase.text(), self.path, others, making.kind, making.addendum)
        )

    def _show_whole_path(self) -> None:
        """What a bare name was taken for is seen before anything is written."""
        if self._path.text() != str(self.path):
            self._path.setText(str(self.path))


def ask_where(parent: QWidget, desk: Desk, proposed: Path) -> str:
    """Ask for the path of a PDF to write; empty where the user thinks better of it."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        desk.say("issue.path.dialog"),
        str(proposed),
        desk.say("issue.path.kind"),
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return chosen
