"""What is being drawn over one picture, signs or coverings; each step can be taken back."""

from typing import Generic, TypeVar

from assessor_app.domain.annotation import Annotation
from assessor_app.domain.redaction import Layer

Drawn = TypeVar("Drawn", Annotation, Layer)


class DrawnSteps(Generic[Drawn]):
    """What is drawn and not saved yet; `chosen` is what keys and buttons act on."""

    def __init__(self, saved: tuple[Drawn, ...]) -> None:
        self._saved: tuple[Drawn, ...] = saved
        self._steps: list[tuple[Drawn, ...]] = [saved]
        self._at = 0
        self.chosen: Drawn | None = None

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        return self._steps[self._at]

    @property
    def changed(self) -> bool:
        return self.drawn != self._saved

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at < len(self._steps) - 1

    def on_page(self, page: int) -> list[Drawn]:
        return [one for one in self.drawn if one.page == page]

    def add(self, one: Drawn) -> None:
        """A new one, which is the chosen one then."""
        self._go_on(self.drawn, one)

    def alter(self, one: Drawn) -> None:
        """Another form of the chosen one: moved, coloured, with other words or another reason."""
        if self.chosen is not None:
            self._go_on(self._others(), one)

    def remove(self) -> None:
        """Take the chosen one off."""
        if self.chosen is not None:
            self._go_on(self._others(), None)

    def undo(self) -> None:
        self._turn(-1)

    def redo(self) -> None:
        self._turn(1)

    def _others(self) -> tuple[Drawn, ...]:
        return tuple(one for one in self.drawn if one != self.chosen)

    def _go_on(self, others: tuple[Drawn, ...], chosen: Drawn | None) -> None:
        found = tuple(sorted({*others, *((chosen,) if chosen is not None else ())}))
        self.chosen = chosen
        if found != self.drawn:
            del self._steps[self._at + 1 :]
            self._steps.append(found)
            self._at += 1

    def _turn(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), len(self._steps) - 1)
        if self.chosen not in self.drawn:
            self.chosen = None
