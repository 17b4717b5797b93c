"""Who signs beside the lead: further assessors as they are added, the receiver as recorded."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import ReceiverSigns
from assessor_app.services.identities import identity_file
from assessor_app.services.keys.access import Assessor, assessors
from assessor_app.services.report.parties import MOST_ASSESSORS, Role, Signatory
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.signer_row import SignerRow
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet


class Signers(QWidget):
    """Only who is listed here is expected to sign; who cannot sign now is taken off the list."""

    entered = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._added = 0
        self._rows: list[SignerRow] = []
        self._receiver: SignerRow | None = None
        self._told = quiet(desk.say("signers.hint"))
        self._add = button(
            desk.say("signers.add"), "issue.signer.add", icon=icon("add", desk.tokens.ink)
        )
        self._add.clicked.connect(self._on_add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._told)
        self._column.addWidget(self._add)
        self.refresh()

    def refresh(self, *, receiver: bool = True) -> None:
        """Ask for the receiver's file where the receiver signs with a certificate of their own.

        Without `receiver` nobody but assessors signs, as an addendum.
        """
        known = self._session.snapshot.receiver if receiver else None
        wanted = known is not None and known.signs is ReceiverSigns.CERTIFICATE
        if wanted and self._receiver is None:
            name = (known.name if known else None) or ""
            self._receiver = self._row(
                Role.RECEIVER, "issue.receiver", title=self._desk.say("signers.receiver", name=name)
            )
            self._column.addWidget(self._receiver)
        elif not wanted and self._receiver is not None:
            _drop(self._receiver)
            self._receiver = None

    @property
    def signatories(self) -> tuple[Signatory, ...]:
        """Everybody beside the lead, in the order of signing."""
        return tuple(row.signatory for row in self._all())

    def complain(self) -> QWidget | None:
        """Say what is missing of the first who lacks something; the part that says it."""
        for row in self._all():
            row.clear_faults()
        return next((row for row in self._all() if row.complain()), None)

    def show_refusal(self, problem: Problem, told: str) -> QWidget | None:
        """Say at whose field it belongs; the part that says it, None where it is nobody's here."""
        number, rows = problem.places.get("number"), self._all()
        if not isinstance(number, int) or not 0 < number <= len(rows):
            return None
        rows[number - 1].show_refusal(told, problem.code)
        return rows[number - 1]

    def forget(self) -> None:
        """Keep nothing of the passphrases."""
        for row in self._all():
            row.forget()

    def _all(self) -> list[SignerRow]:
        return [*self._rows, *([self._receiver] if self._receiver else [])]

    def _row(
        self, role: Role, name: str, *, title: str, known: tuple[Assessor, ...] = ()
    ) -> SignerRow:
        row = SignerRow(self._desk, role, name=name, title=title, known=known)
        row.entered.connect(self.entered)
        return row

    def _on_add(self) -> None:
        self._added += 1
        row = self._row(
            Role.ASSESSOR,
            f"issue.signer.{self._added}",
            title="",
            known=self._of_this_device(),
        )
        row.removed.connect(lambda: self._on_removed(row))
        self._rows.append(row)
        self._column.insertWidget(self._column.indexOf(self._add), row)
        self._show_standing()
        row.take_focus()

    def _on_removed(self, row: SignerRow) -> None:
        self._rows.remove(row)
        _drop(row)
        self._show_standing()
        self._add.setFocus()

    def _show_standing(self) -> None:
        """Number the assessors as they sign, after the lead."""
        for number, row in enumerate(self._rows, start=2):
            row.call(self._desk.say("signers.assessor", number=number))
        self._add.setVisible(1 + len(self._rows) < MOST_ASSESSORS)

    def _of_this_device(self) -> tuple[Assessor, ...]:
        """The other assessors of this device who have an identity here."""
        workplace = self._desk.workplace
        return tuple(
            one
            for one in assessors(workplace)
            if not one.is_self and identity_file(workplace, one.id).exists()
        )


def _drop(row: SignerRow) -> None:
    row.setParent(None)
    row.deleteLater()
