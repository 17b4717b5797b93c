"""What logind tells on Linux before the device sleeps, and the moment that it grants to lock.

Without a system bus, and on other systems, nothing is told here: the clocks show it afterwards
(ui/locking.py). https://www.freedesktop.org/wiki/Software/systemd/inhibit/
"""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:  # Linux alone has it
    from PySide6.QtDBus import QDBusUnixFileDescriptor

_SERVICE = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_OF_SLEEP = (_SERVICE, _PATH, _MANAGER, "PrepareForSleep")
_PATIENCE_MS = 500
_WHO = "assessor-app"
_SLOT = SLOT("on_sleep(bool)")


class SleepNews(QObject):
    """Tells that the device is about to sleep; while it listens, the device waits for the lock."""

    sleep_announced = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._delay: QDBusUnixFileDescriptor | None = None
        self._listening = False

    def begin(self, why: str) -> None:
        """Listen from now on; `why` is what the system shows of whom it waits for."""
        if self._listening or not sys.platform.startswith("linux"):
            return
        from PySide6.QtDBus import QDBusConnection

        bus = QDBusConnection.systemBus()
        if not bus.isConnected():
            return
        self._listening = bus.connect(*_OF_SLEEP, self, _SLOT)  # type: ignore[call-overload]  # its stub wants bytes, it takes text alone
        self._delay = _delayed(why)

    def end(self) -> None:
        """Listen no more, and let the device sleep."""
        self._delay = None  # closing it is the word that logind waits for
        if not self._listening:
            return
        from PySide6.QtDBus import QDBusConnection

        self._listening = False
        QDBusConnection.systemBus().disconnect(*_OF_SLEEP, self, _SLOT)  # type: ignore[call-overload]  # text alone, here too

    @property
    def delays(self) -> bool:
        """Whether the device waits for this window before it sleeps."""
        return self._delay is not None

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:  # noqa: FBT001 - logind's signal
        if begins:
            self.sleep_announced.emit()


def _delayed(why: str) -> "QDBusUnixFileDescriptor | None":
    """What holds the sleep up (by five seconds at most) for as long as it is kept."""
    from PySide6.QtDBus import (
        QDBus,
        QDBusConnection,
        QDBusMessage,
        QDBusUnixFileDescriptor,
    )

    asked = QDBusMessage.createMethodCall(_SERVICE, _PATH, _MANAGER, "Inhibit")
    asked.setArguments(["sleep", _WHO, why, "delay"])
    answer = QDBusConnection.systemBus().call(asked, QDBus.CallMode.Block, _PATIENCE_MS)
    given = answer.arguments()
    found = given[0] if given else None
    return found if isinstance(found, QDBusUnixFileDescriptor) else None
