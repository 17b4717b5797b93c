"""Where visits are sent to: its address, who asks there, and a test that says what fails."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.sync import place as places
from assessor_app.services.sync.place import Outcome, ProbeResult, SetStorage, Tried
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State, emptied, row_of
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from assessor_app.ui.tasks import Tell

_SIGNS = {
    Outcome.DONE: "ok",
    Outcome.KEPT: "ok",
    Outcome.FAILED: "cross",
    Outcome.SKIPPED: "dash",
}


class StorageSection(Card):
    """The password is kept in the encrypted store and never shown again."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.storage.title"))
        self._desk = desk
        self._known: SetStorage | None = None
        self._works: bool | None = None  # at the last test, while this page stands
        self._notice = Notice(desk.tokens, "device.storage.notice")
        self._address = line_edit("device.storage.address")
        self._user = line_edit("device.storage.user")
        self._secret = line_edit("device.storage.secret")
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._limit = line_edit("device.storage.limit")
        self._save = self._button("save", "save", self._on_save)
        self._try = self._button("try", "shield-check", self._on_try)
        self._forget = self._button("forget", "trash", self._on_forget)
        self._choose = self._button("choose", "folder", self._on_choose)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(4)
        self._lay_out()
        self._busy = Busy(self, desk.tokens)

    def refresh(self) -> None:
        """Show what is set."""
        known = self._known = places.storage_of(self._desk.workplace)
        self._address.setText(known.place if known else "")
        self._user.setText(known.user or "" if known else "")
        self._limit.setText(str(known.limit) if known and known.limit else "")
        self._secret.clear()
        kept = known is not None and known.secret is not None
        self._secret.setPlaceholderText(self._desk.say("device.storage.kept") if kept else "")
        self._forget.setVisible(known is not None)

    def state(self) -> State:
        say = self._desk.say
        if self._known is None:
            return State(say("device.storage.state_none"), Tone.INFO)
        if self._works is None:
            return State(say("device.storage.state"), Tone.SUCCESS)
        name = "state_works" if self._works else "state_fails"
        return State(say(f"device.storage.{name}"), Tone.SUCCESS if self._works else Tone.WARNING)

    def _button(self, name: str, sign: str, act: Callable[[], None]) -> QPushButton:
        text = self._desk.say(f"device.storage.{name}")
        made = button(text, f"device.storage.{name}", icon=icon(sign, self._desk.tokens.ink))
        made.clicked.connect(act)
        return made

    def _lay_out(self) -> None:
        say = self._desk.say
        self.body.addWidget(quiet(say("device.storage.told")))
        self.body.addWidget(self._notice)
        hint = say("device.storage.address_hint")
        self.body.addWidget(Field(say("device.storage.address"), self._address, hint=hint))
        self.body.addWidget(_row(self._choose))
        for name, editor in (("user", self._user), ("secret", self._secret)):
            hint = say(f"device.storage.{name}_hint")
            self.body.addWidget(Field(say(f"device.storage.{name}"), editor, hint=hint))
        hint = say("device.storage.limit_hint")
        self.body.addWidget(Field(say("device.storage.limit"), self._limit, hint=hint))
        self.body.addWidget(_row(self._save, self._try, self._forget))
        self.body.addLayout(self._steps)
        self.body.addStretch(1)

    def _on_choose(self) -> None:
        title = self._desk.say("device.storage.choose")
        chosen = QFileDialog.getExistingDirectory(self, title, str(documents_folder()))
        if chosen:
            self._address.setText(chosen)

    def _on_save(self) -> None:
        try:
            typed = self._typed()
            places.set_storage(
                self._desk.workplace,
                typed.place,
                user=typed.user,
                secret=typed.secret,
                limit=places.limit_from_text(self._limit.text()),
            )
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._works = None
        emptied(self._steps)
        self.refresh()
        self._notice.tell(self._desk.say("device.storage.saved"), Tone.SUCCESS)
        self.changed.emit()

    def _typed(self) -> "_Typed":
        """What stands in the fields; a password left empty is the kept one of the same user there.

        Raises StoreProblem as the reading of the address does.
        """
        place, user = self._address.text().strip(), self._user.text().strip() or None
        secret = self._secret.text() or places.kept_secret(self._desk.workplace, place, user=user)
        return _Typed(place, user, secret or None)

    def _on_forget(self) -> None:
        places.forget_storage(self._desk.workplace)
        self._works = None
        emptied(self._steps)
        self.refresh()
        self._notice.tell(self._desk.say("device.storage.forgotten"), Tone.INFO)
        self.changed.emit()

    def _on_try(self) -> None:
        """Try what stands in the fields, saved or not."""
        self._notice.clear()
        emptied(self._steps)
        try:
            typed = self._typed()
        except Problem as problem:
            self._on_failed(problem)
            return
        self._busy.begin(self._desk.say("device.storage.trying"))
        self._desk.tasks.run(
            partial(_try, self._desk, typed),
            owner=self,
            done=partial(self._on_tried, typed),
            failed=self._on_failed,
        )

    def _on_tried(self, typed: "_Typed", result: ProbeResult) -> None:
        self._busy.end()
        known = self._known
        is_set = known is not None and typed == _Typed(known.place, known.user, known.secret)
        self._works = result.ok if is_set else None
        for one in result.tried:
            self._steps.addWidget(self._step(one))
        told = [self._desk.say(f"device.storage.{'works' if result.ok else 'fails'}")]
        if result.failed is not None and result.failed.problem is not None:
            told.append(self._desk.told(result.failed.problem))
        self._notice.tell("\n".join(told), Tone.SUCCESS if result.ok else Tone.ERROR)
        self.changed.emit()

    def _on_failed(self, problem: Problem) -> None:
        """It could not be tried at all: nothing is known of it any more."""
        self._busy.end()
        self._works = None
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
        self.changed.emit()

    def _step(self, one: Tried) -> QWidget:
        say = self._desk.say
        lines = [say(f"device.storage.outcome.{one.outcome.value}")]
        if one.outcome is Outcome.FAILED and one.problem is not None:
            lines.append(self._desk.told(one.problem))
        head = say(f"device.storage.step.{one.step.value}")
        return row_of(self._desk.tokens, _SIGNS[one.outcome], head, *lines)


def _row(*parts: QPushButton) -> QWidget:
    """Buttons that go on in the next line where there is no room."""
    row = QWidget()
    flow = Flowing(row)
    for part in parts:
        flow.addWidget(part)
    return row


@dataclass(frozen=True, slots=True)
class _Typed:
    """A storage as it stands in the fields."""

    place: str
    user: str | None
    secret: str | None = field(repr=False)


# In a worker, which knows no widget.


def _try(desk: Desk, typed: _Typed, _tell: "Tell") -> ProbeResult:
    return places.test_storage(desk.workplace, typed.place, user=typed.user, secret=typed.secret)
