"""What a screen reader is told of a window, by walking Qt's own tree of accessible things."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_MANY = 60  # children of one thing that are looked at: rows and cells repeat
_DEEP = 40
_ITEMS = frozenset({QAccessible.Role.Cell, QAccessible.Role.ListItem, QAccessible.Role.TreeItem})


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing: what it is, what it is called, what it holds, and what it belongs to."""

    role: QAccessible.Role
    name: str
    value: str
    focusable: bool
    widget: str  # the object name, or the class where there is none

    @property
    def is_item(self) -> bool:
        """A row or cell of a list, table or tree."""
        return self.role in _ITEMS


def hear(window: QWidget) -> tuple[Heard, ...]:
    """All that is in sight in a window, from its top."""
    return tuple(_walk(QAccessible.queryAccessibleInterface(window), "", 0))


def _walk(one: QAccessibleInterface | None, above: str, depth: int) -> Iterator[Heard]:
    if one is None or not one.isValid() or one.state().invisible or depth > _DEEP:
        return
    thing = one.object()
    name = above
    if isinstance(thing, QWidget):
        name = thing.objectName() or type(thing).__name__
    yield Heard(
        one.role(),
        one.text(QAccessible.Text.Name),
        one.text(QAccessible.Text.Value),
        bool(one.state().focusable),
        name,
    )
    for place in range(min(one.childCount(), _MANY)):
        yield from _walk(one.child(place), name, depth + 1)
