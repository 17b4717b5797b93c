"""The bar over every page: where one is, the steps of a visit, language, light or dark, lock."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Tokens, dress, grown, icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.eliding import ElidingLabel

if TYPE_CHECKING:
    from assessor_app.ui.widgets.steps import Steps

_ICON_PX = 28
_ROOMY_PX = 1100  # of a bar that holds the steps of a visit and all buttons
_TIGHT_PX = 900  # of one in which only the step one is at has its words


@dataclass(frozen=True, slots=True)
class BarTexts:
    """Everything that the bar says, final."""

    product: str
    back: str
    language: str
    scheme: str
    lock: str
    device: str
    help: str
    sample: str
    steps: tuple[tuple[str, str], ...]  # value and text of each step of a visit
    steps_name: str


class TopBar(QFrame):
    """Says what was pressed; the window knows what it means."""

    back_pressed = Signal()
    step_chosen = Signal(str)
    language_pressed = Signal()
    scheme_pressed = Signal()
    lock_pressed = Signal()
    device_pressed = Signal()
    help_pressed = Signal()

    def __init__(self, texts: BarTexts, tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.ToolBar)
        self.setObjectName("bar")
        dress(self, "bar")
        self._texts = texts
        self._mark = QLabel()
        self._mark.setPixmap(icon("app", tokens.accent, size=_ICON_PX).pixmap(_ICON_PX))
        self._back = icon_button(texts.back, "bar.back", icon("back", tokens.ink))
        self._back.clicked.connect(self.back_pressed)
        self._title = ElidingLabel(texts.product)
        dress(self._title, "strong")
        self._sample = QLabel(texts.sample)
        dress(self._sample, "badge")
        self._sample.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tokens = tokens
        self._steps: Steps | None = None
        self._language = button(
            texts.language, "bar.language", role="flat", icon=icon("globe", tokens.accent)
        )
        self._language.clicked.connect(self.language_pressed)
        other = "sun" if tokens.scheme.is_dark else "moon"
        self._scheme = icon_button(texts.scheme, "bar.scheme", icon(other, tokens.ink))
        self._scheme.clicked.connect(self.scheme_pressed)
        self._lock = icon_button(texts.lock, "bar.lock", icon("lock", tokens.ink))
        self._lock.clicked.connect(self.lock_pressed)
        self._device = icon_button(texts.device, "bar.device", icon("settings", tokens.ink))
        self._device.clicked.connect(self.device_pressed)
        self._help = icon_button(texts.help, "bar.help", icon("help", tokens.ink))
        self._help.clicked.connect(self.help_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(8)
        for widget in (self._back, self._mark):
            row.addWidget(widget)
        row.addWidget(self._title, stretch=1)
        settings = (self._language, self._scheme, self._help, self._device, self._lock)
        for part in (self._sample, *settings):
            row.addWidget(part)
        self._row = row
        for part in (self._back, *settings):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the page
        self.show_visit(None)

    def show_visit(
        self,
        title: str | None,
        *,
        sample: bool = False,
        step: str = "",
        steps: Collection[str] = (),
    ) -> None:
        """The visit that is open, or with None none; `steps` can be gone to from here."""
        self._title.set_whole_text(title or self._texts.product)
        self._sample.setVisible(sample)
        if step:
            shown = self._shown_steps()
            shown.show_step(step)
            shown.set_open(steps)
        if self._steps is not None:
            self._steps.setVisible(bool(step))
        self._make_room()

    def _shown_steps(self) -> "Steps":
        """The steps, made when a visit is opened: the first painted frame has none."""
        if self._steps is None:
            from assessor_app.ui.widgets.steps import Steps

            self._steps = Steps("bar.step", self._texts.steps, self._tokens)
            self._steps.setAccessibleName(self._texts.steps_name)
            self._steps.chosen.connect(self.step_chosen)
            self._row.insertWidget(self._row.indexOf(self._sample) + 1, self._steps)
        return self._steps

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow bar the visit and where one is in it go before what the settings hold too."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        steps = self._steps is not None and self._steps.isVisibleTo(self)
        narrow = steps and self.width() < grown(_ROOMY_PX)
        tight = steps and self.width() < grown(_TIGHT_PX)
        if self._steps is not None:
            self._steps.show_brief(brief=tight)
        self._mark.setHidden(tight)
        self._language.setHidden(narrow)
        self._scheme.setHidden(narrow)

    def show_ways(self, *, back: bool, lock: bool, device: bool) -> None:
        """Whether there is a page to go back to, a store to lock, and settings to go to."""
        self._device.setVisible(device)
        self._back.setVisible(back)
        self._lock.setVisible(lock)
