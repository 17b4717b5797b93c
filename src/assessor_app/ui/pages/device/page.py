"""The device page: how everything stands at the left, and one part of it at the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.assessors import AssessorsSection
from assessor_app.ui.pages.device.backups import BackupSection
from assessor_app.ui.pages.device.check import CheckSection
from assessor_app.ui.pages.device.identity import IdentitySection
from assessor_app.ui.pages.device.keys import KeysSection
from assessor_app.ui.pages.device.letterhead import LetterheadSection
from assessor_app.ui.pages.device.locking import LockSection
from assessor_app.ui.pages.device.parts import Section
from assessor_app.ui.pages.device.privacy import PrivacySection
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.widgets.labels import title
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.state_button import StateButton

_MARGIN = 16
_NAV_PX = 340
_WIDEST = 1000
_SIGNS = {
    "assessors": "person",
    "identity": "signature",
    "letterhead": "document",
    "lock": "lock",
    "backup": "save",
    "check": "shield-check",
    "privacy": "eye-off",
    "keys": "device",
}


class DevicePage(QWidget):
    """Each part says in its line how it stands, so that nobody has to look for what is amiss."""

    rules_changed = Signal()
    wiped = Signal(tuple)  # the Paths of what is still there

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("device")
        self._desk = desk
        self._lock = LockSection(desk)
        self._check = CheckSection(desk)
        self._keys = KeysSection(desk)
        self._sections: dict[str, Section] = {}
        self._buttons: dict[str, StateButton] = {}
        self._stack = QStackedWidget()
        nav = self._furnish()
        for name, section in (
            ("assessors", AssessorsSection(desk)),
            ("identity", IdentitySection(desk)),
            ("letterhead", LetterheadSection(desk)),
            ("lock", self._lock),
            ("backup", BackupSection(desk)),
            ("check", self._check),
            ("privacy", PrivacySection(desk)),
            ("keys", self._keys),
        ):
            self._add(name, section, nav)
        nav.addStretch(1)
        self._lock.rules_changed.connect(self.rules_changed)
        self._keys.wiped.connect(self.wiped)
        self.show_section("assessors")

    @property
    def standing(self) -> str:
        """Which part is shown."""
        return next(name for name, one in self._buttons.items() if one.isChecked())

    def stand(self, name: str) -> None:
        """Show that part."""
        if name in self._buttons:
            self.show_section(name)

    def take_over(self, before: QWidget) -> None:
        """Show the part that was shown in another language or other colours."""
        if isinstance(before, DevicePage):
            self.show_section(before.standing)

    def settle(self) -> bool:
        """A check that goes on is broken off: nobody would hear its end."""
        self._check.stop()
        return True

    def stop(self) -> None:
        """Let nothing of this page hold up a lock."""
        self._check.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._buttons[self.standing].setFocus()

    def show_section(self, name: str) -> None:
        """Show one part of the page."""
        for each, made in self._buttons.items():
            made.setChecked(each == name)
        self._stack.setCurrentIndex(list(self._buttons).index(name))

    def _furnish(self) -> QVBoxLayout:
        nav = QVBoxLayout()
        nav.setSpacing(8)
        nav.setContentsMargins(0, 0, 8, 0)
        nav.addWidget(title(self._desk.say("device.title")))
        column = QWidget()
        column.setLayout(nav)
        area = scrolling(column, "device.nav")
        area.setFixedWidth(_NAV_PX)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, _MARGIN, 0, 0)
        row.setSpacing(8)
        row.addWidget(area)
        row.addWidget(self._stack, stretch=1)
        return nav

    def _add(self, name: str, section: QWidget, nav: QVBoxLayout) -> None:
        made = StateButton(
            f"device.{name}",
            self._desk.tokens,
            sign=_SIGNS[name],
            text=self._desk.say(f"device.{name}.title"),
        )
        made.clicked.connect(lambda: self.show_section(name))
        nav.addWidget(made)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, _MARGIN, _MARGIN)
        column.addWidget(section)
        self._stack.addWidget(centred(content, f"device.{name}.scroll", widest=_WIDEST))
        self._buttons[name] = made
        self._sections[name] = section  # type: ignore[assignment]  # each of them is one
        section.changed.connect(lambda: self._show_state(name))  # type: ignore[attr-defined]  # every section has it
        section.refresh()  # type: ignore[attr-defined]  # every section has it
        self._show_state(name)

    def _show_state(self, name: str) -> None:
        state = self._sections[name].state()
        self._buttons[name].show_state(state.text, state.tone)
