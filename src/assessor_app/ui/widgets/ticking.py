"""The clock of a widget that moves: it ticks only while the widget is seen."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class Ticking(QObject):
    """Ticks from each showing of its widget to the next hiding, and keeps nothing awake between."""

    ticked = Signal()

    def __init__(self, widget: QWidget, *, every_ms: int) -> None:
        super().__init__(widget)
        self._clock = QTimer(self)
        self._clock.setInterval(every_ms)
        self._clock.timeout.connect(self.ticked)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Show:
                self._clock.start()
            case QEvent.Type.Hide:
                self._clock.stop()
            case _:
                pass
        return False
