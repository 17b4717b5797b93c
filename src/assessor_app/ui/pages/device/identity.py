"""Who signs on this device: whose certificate, what it is worth, until when, and the next one."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.numbers import in_fours
from assessor_app.services.identities import ending, is_ending
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State, emptied, row_of
from assessor_app.ui.pages.device.signing_secret import (
    NewSigningSecretDialog,
    SigningSecretDialog,
)
from assessor_app.ui.pages.parts.file_place import documents_folder, free_path, with_suffix
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # what they are made of is large
    from assessor_app.services.identity_changes import Asked, Imported
    from assessor_app.services.identity_known import Known

_SUFFIX = ".csr"


class IdentitySection(Card):
    """Everybody's identity is shown; only one's own is changed, with its own passphrase."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.identity.title"))
        self._desk = desk
        self._known: tuple[Known, ...] = ()
        self._notice = Notice(desk.tokens, "device.identity.notice")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._request = self._button("request", "send", self._on_request)
        self._import = self._button("import", "check", self._on_import)
        self._request_anew = self._button("request_anew", "send", self._on_request_anew)
        self._change = self._button("passphrase", "key", self._on_change)
        self._new = self._button("new", "signature", self._on_new)
        self._headquarters = (
            heading(desk.say("device.identity.headquarters")),
            quiet(desk.say("device.identity.headquarters_told")),
        )
        self.body.addWidget(quiet(desk.say("device.identity.told")))
        self.body.addWidget(self._notice)
        self.body.addLayout(self._rows)
        left = Qt.AlignmentFlag.AlignLeft
        for one in (self._new, self._change):
            self.body.addWidget(one, alignment=left)
        for part in self._headquarters:
            self.body.addWidget(part)
        for one in (self._request, self._import, self._request_anew):
            self.body.addWidget(one, alignment=left)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read and show whose identities there are."""
        from assessor_app.services.identity_known import identities

        application = self._desk.application
        now = application.clock.now()
        self._known = identities(self._desk.workplace, roots=application.roots, now=now)
        emptied(self._rows)
        for one in self._known:
            self._rows.addWidget(self._row(one))
        own = self._own
        ends = own.facts is not None and is_ending(own.facts.not_after, now)
        self._new.setVisible(ends or not own.is_there)
        for part in (self._change, self._request, *self._headquarters):
            part.setVisible(own.is_there)
        self._import.setVisible(own.request is not None)
        self._request_anew.setVisible(own.is_there and own.request is not None)

    def state(self) -> State:
        own, say, words = self._own, self._desk.say, self._desk.words
        if not own.is_there:
            return State(say("device.identity.state_none"), Tone.ERROR)
        if own.facts is None or own.standing is None:
            return State(say("device.identity.state_unseen"), Tone.INFO)
        now = self._desk.application.clock.now()
        ends = ending(own.facts.common_name, own.facts.not_after, now, zone=words.zone)
        day = words.day(own.facts.not_after.astimezone(words.zone).date())
        if ends is not None:
            over = ends.code == "identity_ended"
            name = "state_over" if over else "state_soon"
            days = own.days_left(now, zone=words.zone)
            told = say(f"device.identity.{name}", day=day, days=days)
            return State(told, Tone.ERROR if over else Tone.WARNING)
        trial = own.standing.value == "trial"
        told = say(f"device.identity.state_{'trial' if trial else 'office'}", day=day)
        return State(told, Tone.INFO if trial else Tone.SUCCESS)

    @property
    def _own(self) -> "Known":
        return next(one for one in self._known if one.assessor.is_self)

    def _button(self, name: str, sign: str, act: Callable[[], None]) -> QPushButton:
        text = self._desk.say(f"device.identity.{name}")
        made = button(text, f"device.identity.{name}", icon=icon(sign, self._desk.tokens.ink))
        made.clicked.connect(act)
        return made

    def _row(self, one: "Known") -> QWidget:
        say = self._desk.say
        name = one.assessor.name
        head = say("device.assessors.self", name=name) if one.assessor.is_self else name
        return row_of(self._desk.tokens, "signature", head, *self._lines(one))

    def _lines(self, one: "Known") -> list[str]:
        say, words = self._desk.say, self._desk.words
        if not one.is_there:
            lines = [say("device.identity.gone" if one.is_expected else "device.identity.none")]
        elif one.facts is None or one.standing is None:
            lines = [say("device.identity.unseen")]
        else:
            facts, worth = one.facts, one.standing.value
            now = self._desk.application.clock.now()
            standing = words(f"identity.standing.{worth}")
            validity = "over" if facts.not_after < now else "validity"
            lines = [
                say("device.identity.issuer", issuer=facts.issuer, standing=standing),
                words(f"identity.label.{worth}"),
                say(
                    f"device.identity.{validity}",
                    since=words.moment(facts.not_before),
                    until=words.moment(facts.not_after),
                    days=one.days_left(now, zone=words.zone),
                ),
                say("device.identity.fingerprint", fingerprint=in_fours(facts.fingerprint)),
            ]
        if one.request is not None:
            moment = words.moment(one.request.at)
            key = in_fours(one.request.key)
            lines.append(say("device.identity.waiting", moment=moment, key=key))
        return lines

    # The request, and its answer

    def _on_request(self) -> None:
        self._choose_file(new_key=False)

    def _on_request_anew(self) -> None:
        self._choose_file(new_key=True)

    def _choose_file(self, *, new_key: bool) -> None:
        name = self._desk.say("device.identity.file", name=self._desk.workplace.profile.name)
        told, _ = QFileDialog.getSaveFileName(
            self,
            self._desk.say("device.identity.request"),
            str(free_path(documents_folder(), name, suffix=_SUFFIX)),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if told:
            self.request_to(with_suffix(told, suffix=_SUFFIX), new_key=new_key)

    def request_to(self, path: Path, *, new_key: bool = False) -> None:
        """Ask for the signing passphrase, then write the request for headquarters."""
        name = "request_anew" if new_key else "request"
        act = partial(_ask, path, new_key=new_key)
        dialog = SigningSecretDialog(self._desk, self, name, act=act)
        dialog.done_so.connect(self._on_requested)
        dialog.open()

    def _on_requested(self, asked: "Asked") -> None:
        name = "requested_again" if asked.again else "requested"
        key, file = in_fours(asked.key), asked.path.name
        self._after(self._desk.say(f"device.identity.{name}", file=file, key=key))

    def _on_import(self) -> None:
        told, _ = QFileDialog.getOpenFileName(
            self,
            self._desk.say("device.identity.import"),
            str(documents_folder()),
            self._desk.say("device.identity.import_kind"),
        )
        if told:
            self.import_from(Path(told))

    def import_from(self, path: Path) -> None:
        """Ask for the signing passphrase, then let headquarters' answer sign from now on."""
        dialog = SigningSecretDialog(self._desk, self, "import", act=partial(_import, path))
        dialog.done_so.connect(self._on_made)
        dialog.open()

    # One's own passphrase, and a trial identity

    def _on_change(self) -> None:
        dialog = NewSigningSecretDialog(self._desk, self, "change", asks_old=True, act=_change)
        dialog.done_so.connect(lambda _: self._after(self._desk.say("device.identity.changed")))
        dialog.open()

    def _on_new(self) -> None:
        dialog = NewSigningSecretDialog(self._desk, self, "new", asks_old=False, act=_make)
        dialog.done_so.connect(self._on_made)
        dialog.open()

    def _on_made(self, made: "Imported") -> None:
        until = self._desk.words.moment(made.not_after)
        self._after(self._desk.say("device.identity.made", name=made.name, until=until))

    def _after(self, told: str) -> None:
        self.refresh()
        self._notice.tell(told, Tone.SUCCESS)
        self.changed.emit()


# In a worker, which knows no widget.


def _ask(path: Path, desk: Desk, passphrase: str, *, new_key: bool) -> "Asked":
    from assessor_app.services.identity_changes import request_certificate

    return request_certificate(desk.workplace, passphrase, out=path, new_key=new_key)


def _import(path: Path, desk: Desk, passphrase: str) -> "Imported":
    from assessor_app.services.identity_changes import import_certificate

    return import_certificate(desk.workplace, path, passphrase)


def _change(desk: Desk, old: str, new: str) -> None:
    from assessor_app.services.identity_changes import change_signing_passphrase

    change_signing_passphrase(desk.workplace, old, new)


def _make(desk: Desk, _: str, new: str) -> "Imported":
    from assessor_app.services.identity_changes import new_identity

    return new_identity(desk.workplace, new)
