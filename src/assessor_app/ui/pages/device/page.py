"""The settings: how everything stands at the left, and one part of it at the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.assessors import AssessorsSection
from assessor_app.ui.pages.device.backups import BackupSection
from assessor_app.ui.pages.device.check import CheckSection
from assessor_app.ui.pages.device.headquarters import HeadquartersSection
from assessor_app.ui.pages.device.identity import IdentitySection
from assessor_app.ui.pages.device.keys import KeysSection
from assessor_app.ui.pages.device.letterhead import LetterheadSection
from assessor_app.ui.pages.device.locking import LockSection
from assessor_app.ui.pages.device.look import LookSection
from assessor_app.ui.pages.device.parts import Section
from assessor_app.ui.pages.device.photo_folder import PhotoFolderSection
from assessor_app.ui.pages.device.privacy import PrivacySection
from assessor_app.ui.pages.device.storage import StorageSection
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.theme import Space, grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.state_button import StateButton

_NAV_PX = 340
_SECTION_PX = 520  # the least room of a section beside the column
_WIDEST = 1000
_SIGNS = {
    "look": "sun",
    "assessors": "person",
    "identity": "signature",
    "letterhead": "document",
    "lock": "lock",
    "backup": "save",
    "check": "shield-check",
    "photos": "camera",
    "privacy": "eye-off",
    "keys": "device",
    "headquarters": "building",
    "storage": "outbox",
}


class DevicePage(QWidget):
    """Each part says in its line how it stands, so that nobody has to look for what is amiss.

    In a narrow window the column of parts becomes a list to choose from, above the part. Before a
    store is open there is one part: how the window looks.
    """

    look_chosen = Signal(object)  # Look
    preflight_wanted = Signal()
    rules_changed = Signal()
    wiped = Signal(tuple)  # the Paths of what is still there

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("device")
        self._desk = desk
        self._sections: dict[str, Section] = {}
        self._buttons: dict[str, StateButton] = {}
        self._check: CheckSection | None = None
        self._stack = QStackedWidget()
        self._choice = combo("device.section", [])
        self._choice.setAccessibleName(desk.say("device.title"))
        self._choice.activated.connect(lambda: self.show_section(value_of(self._choice)))
        nav = self._furnish()
        look = LookSection(desk)
        look.chosen.connect(self.look_chosen)
        self._add("look", look, nav)
        if desk.unlocked:
            self._add_all(nav)
        else:
            nav.addWidget(quiet(desk.say("look.locked")))
        nav.addStretch(1)
        self.show_section("assessors" if desk.unlocked else "look")

    @property
    def standing(self) -> str:
        """Which part is shown."""
        return next(name for name, one in self._buttons.items() if one.isChecked())

    def stand(self, name: str) -> None:
        """Show that part."""
        if name in self._buttons:
            self.show_section(name)

    def take_over(self, before: QWidget) -> None:
        """Show the part that was shown in another language or another look."""
        if isinstance(before, DevicePage):
            self.stand(before.standing)

    def settle(self) -> bool:
        """A check that goes on is broken off: nobody would hear its end."""
        self.stop()
        return True

    def stop(self) -> None:
        """Let nothing of this page hold up a lock."""
        if self._check is not None:
            self._check.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        shown = self._choice if self._nav.isHidden() else self._buttons[self.standing]
        shown.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < grown(_NAV_PX + _SECTION_PX)
        self._nav.setHidden(narrow)
        self._choice.setVisible(narrow)

    def show_section(self, name: str) -> None:
        """Show one part of the page."""
        for each, made in self._buttons.items():
            made.setChecked(each == name)
        self._nav.ensureWidgetVisible(self._buttons[name])
        self._stack.setCurrentIndex(list(self._buttons).index(name))
        choose(self._choice, name)

    def _furnish(self) -> QVBoxLayout:
        nav = QVBoxLayout()
        nav.setSpacing(Space.SMALL)
        nav.setContentsMargins(0, 0, Space.SMALL, 0)
        nav.addWidget(title(self._desk.say("device.title")))
        column = QWidget()
        column.setLayout(nav)
        self._nav = scrolling(column, "device.nav")
        self._nav.setFixedWidth(grown(_NAV_PX))
        grid = QGridLayout(self)
        grid.setContentsMargins(Space.LARGE, Space.LARGE, 0, 0)
        grid.setSpacing(Space.SMALL)
        grid.setColumnMinimumWidth(2, Space.SMALL)
        grid.addWidget(self._choice, 0, 0, 1, 2)
        grid.addWidget(self._nav, 1, 0)
        grid.addWidget(self._stack, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        return nav

    def _add_all(self, nav: QVBoxLayout) -> None:
        desk = self._desk
        lock, self._check, keys = LockSection(desk), CheckSection(desk), KeysSection(desk)
        for name, section in (
            ("assessors", AssessorsSection(desk)),
            ("identity", IdentitySection(desk)),
            ("letterhead", LetterheadSection(desk)),
            ("photos", PhotoFolderSection(desk)),
            ("lock", lock),
            ("headquarters", HeadquartersSection(desk)),
            ("storage", StorageSection(desk)),
            ("backup", BackupSection(desk)),
            ("check", self._check),
            ("privacy", PrivacySection(desk)),
            ("keys", keys),
        ):
            self._add(name, section, nav)
        ready = button(
            desk.say("listing.preflight"),
            "device.preflight",
            role="flat",
            icon=icon("ok", desk.tokens.accent),
            tip=desk.say("listing.preflight_tip"),
        )
        ready.clicked.connect(self.preflight_wanted)
        nav.addWidget(ready)
        lock.rules_changed.connect(self.rules_changed)
        keys.wiped.connect(self.wiped)

    def _add(self, name: str, section: QWidget, nav: QVBoxLayout) -> None:
        text = self._desk.say("look.title" if name == "look" else f"device.{name}.title")
        made = StateButton(f"device.{name}", self._desk.tokens, sign=_SIGNS[name], text=text)
        made.clicked.connect(lambda: self.show_section(name))
        nav.addWidget(made)
        self._choice.addItem(text, name)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Space.LARGE, Space.LARGE)
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
