"""Two parts beside each other where the window is wide, and behind two tabs where it is narrow."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from assessor_app.ui.theme import Space, grown


class SideTabs(QWidget):
    """The first part takes what room there is; the second is `second` pixels wide beside it."""

    def __init__(
        self,
        name: str,
        parts: tuple[tuple[str, QWidget], tuple[str, QWidget]],
        *,
        second: int,
        below: int,
    ) -> None:
        """Tabs come where there are less than `below` pixels; larger letters need more."""
        super().__init__()
        self._below, self._wide = grown(below), grown(second)
        self._parts = [widget for _, widget in parts]
        self._both = True
        self._tabs = QTabBar()
        self._tabs.setObjectName(name)
        self._tabs.setAccessibleName(" · ".join(text for text, _ in parts))
        self._tabs.setDrawBase(False)
        for text, _ in parts:
            self._tabs.addTab(text)
        self._tabs.currentChanged.connect(self._share_out)
        row = QHBoxLayout()
        row.setSpacing(Space.LARGE)
        row.addWidget(self._parts[0], stretch=1)
        row.addWidget(self._parts[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._tabs)
        column.addLayout(row, stretch=1)
        self._share_out()

    def show_second(self, *, shown: bool) -> None:
        """Without its second part the first is all there is."""
        self._both = shown
        self._share_out()

    def go_to(self, part: QWidget) -> None:
        """Bring a part to sight."""
        self._tabs.setCurrentIndex(self._parts.index(part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        narrow = self.width() < self._below
        self._tabs.setVisible(narrow and self._both)
        first, second = self._parts
        at_second = self._tabs.currentIndex() == 1
        first.setHidden(narrow and self._both and at_second)
        second.setHidden(not self._both or (narrow and not at_second))
        if narrow:
            second.setMinimumWidth(0)
            second.setMaximumWidth(_ANY)
        else:
            second.setFixedWidth(self._wide)


_ANY = 16_777_215  # Qt's own widest widget
