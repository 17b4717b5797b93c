"""What screen readers are told: what a painted widget is, and what happens beside the focus."""

from functools import cache
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role
_roles: "WeakKeyDictionary[QObject, QAccessible.Role]" = WeakKeyDictionary()


def spoken_as(widget: QWidget, role: QAccessible.Role) -> None:
    """Let a widget be what it looks like: to Qt, all that a program paints is a bare area.

    Its name says its value; see `setAccessibleName`.
    """
    _listen()
    _roles[widget] = role  # no property: telling of a new one would reach half-built widgets


def announce(widget: QWidget, text: str) -> None:
    """Have a sentence read out that appears beside the focus, after what is being read."""
    if text and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


@cache
def _listen() -> None:
    QAccessible.installFactory(_interface)


def _interface(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, QWidget):
        return None
    role = _roles.get(thing)
    return None if role is None else QAccessibleWidget(thing, role)
