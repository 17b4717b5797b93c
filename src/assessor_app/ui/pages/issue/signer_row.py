"""One who signs beside the lead: whose identity it is, and the passphrase typed for it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.services.keys.access import Assessor
from assessor_app.services.report.parties import Role, Signatory
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import Beside
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import icon_button
from assessor_app.ui.widgets.fields import Field, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import heading

_OF_FILE = frozenset(
    {
        "signer_file_unusable",
        "receiver_file_unusable",
        "given_missing",
        "given_no_file",
        "given_unreadable",
    }
)


class SignerRow(QWidget):
    """An assessor's identity is kept by this device or comes in a file; a receiver's is a file."""

    removed = Signal()
    entered = Signal()  # Enter was pressed in the passphrase

    def __init__(
        self,
        desk: Desk,
        role: Role,
        *,
        name: str,
        title: str,
        known: tuple[Assessor, ...] = (),
    ) -> None:
        super().__init__()
        self._desk = desk
        self._role = role
        self._names = {one.id: one.name for one in known}
        self._who = self._choice(name)
        self._who.currentIndexChanged.connect(self._show_state)
        self._path = line_edit(f"{name}.path")
        browse = icon_button(
            desk.say("signers.choose"), f"{name}.choose", icon("folder", desk.tokens.ink)
        )
        browse.clicked.connect(self._on_choose)
        self._file = Field(desk.say("signers.file"), Beside(self._path, browse))
        self._passphrase = line_edit(f"{name}.passphrase", secret=True)
        self._passphrase.returnPressed.connect(self.entered)
        self._secret = Field(desk.say("signers.passphrase"), self._passphrase)
        head = QHBoxLayout()
        self._title = heading("")
        head.addWidget(self._title, stretch=1)
        self._remove = icon_button("", f"{name}.remove", icon("cross", desk.tokens.ink))
        self._remove.clicked.connect(self.removed)
        self._remove.setVisible(role is not Role.RECEIVER)
        head.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for part in (self._who, self._file, self._secret):
            column.addWidget(part)
        self.call(title)
        self._show_state()

    def call(self, title: str) -> None:
        """Say whose row it is, of each of its parts to who cannot see that they stand together."""
        say = self._desk.say
        self._title.setText(title)
        remove = say("signers.remove", who=title)
        self._remove.setToolTip(remove)
        self._remove.setAccessibleName(remove)
        for part, what in (
            (self._who, "signers.whose"),
            (self._path, "signers.file"),
            (self._passphrase, "signers.passphrase"),
        ):
            part.setAccessibleName(f"{title}: {say(what)}")

    @property
    def signatory(self) -> Signatory:
        """Who signs, as it stands in the fields."""
        assessor = value_of(self._who)
        if assessor:
            name = self._names[assessor]
            return Signatory(self._role, self._passphrase.text(), assessor=assessor, name=name)
        path = Path(self._path.text().strip()).expanduser()
        return Signatory(self._role, self._passphrase.text(), path=path)

    def complain(self) -> bool:
        """Say what is missing at its field; False where nothing is."""
        if not value_of(self._who) and not self._path.text().strip():
            self._file.show_fault(self._desk.say("signers.fileless"))
            self._path.setFocus()
            return True
        if not self._passphrase.text():
            self._secret.show_fault(self._desk.say("signers.passphraseless"))
            self._passphrase.setFocus()
            return True
        return False

    def show_refusal(self, told: str, code: str) -> None:
        """Say at the field that it belongs to why this one could not sign."""
        if code in _OF_FILE and not value_of(self._who):
            self._file.show_fault(told)
            self._path.setFocus()
            return
        self._secret.show_fault(told)
        self._passphrase.setFocus()
        self._passphrase.selectAll()

    def clear_faults(self) -> None:
        self._file.clear_fault()
        self._secret.clear_fault()

    def take_focus(self) -> None:
        first = self._passphrase if value_of(self._who) else self._path
        first.setFocus()

    def forget(self) -> None:
        """Keep nothing of the passphrase."""
        self._passphrase.clear()

    def ask_which(self) -> str:
        """The identity file that the user chooses, empty where none."""
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self._desk.say("signers.choose"),
            str(documents_folder()),
            self._desk.say("signers.kind"),
        )
        return chosen

    def _choice(self, name: str) -> QComboBox:
        rows = [*self._names.items(), ("", self._desk.say("signers.from_file"))]
        return combo(f"{name}.who", rows)

    def _show_state(self) -> None:
        self._who.setVisible(bool(self._names))
        self._file.setVisible(not value_of(self._who))

    def _on_choose(self) -> None:
        chosen = self.ask_which()
        if chosen:
            self._path.setText(chosen)
            self._passphrase.setFocus()
