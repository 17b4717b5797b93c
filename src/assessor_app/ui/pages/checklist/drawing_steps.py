"""The signs that are being drawn over one picture, each step of which can be taken back."""

from assessor_app.domain.annotation import Annotation, Annotations, Ink


class DrawingSteps:
    """What is drawn and not saved yet; `chosen` is the sign that keys and buttons act on."""

    def __init__(self, saved: Annotations) -> None:
        self._saved = saved
        self._steps: list[Annotations] = [saved]
        self._at = 0
        self.chosen: Annotation | None = None

    @property
    def signs(self) -> Annotations:
        return self._steps[self._at]

    @property
    def changed(self) -> bool:
        return self.signs != self._saved

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at < len(self._steps) - 1

    def on_page(self, page: int) -> list[Annotation]:
        return [one for one in self.signs if one.page == page]

    def add(self, sign: Annotation) -> None:
        """A new sign, which is the chosen one then."""
        self._go_on(self.signs, sign)

    def alter(self, sign: Annotation) -> None:
        """Another form of the chosen sign: moved, or with other words."""
        if self.chosen is not None:
            self._go_on(self._others(), sign)

    def colour(self, ink: Ink) -> None:
        """Give the chosen sign another colour."""
        if self.chosen is not None:
            self._go_on(self._others(), self.chosen._replace(ink=ink))

    def remove(self) -> None:
        """Take the chosen sign off."""
        if self.chosen is not None:
            self._go_on(self._others(), None)

    def undo(self) -> None:
        self._turn(-1)

    def redo(self) -> None:
        self._turn(1)

    def _others(self) -> Annotations:
        return tuple(one for one in self.signs if one != self.chosen)

    def _go_on(self, signs: Annotations, chosen: Annotation | None) -> None:
        found = tuple(sorted({*signs, *((chosen,) if chosen is not None else ())}))
        self.chosen = chosen
        if found != self.signs:
            self._steps = [*self._steps[: self._at + 1], found]
            self._at += 1

    def _turn(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), len(self._steps) - 1)
        if self.chosen not in self.signs:
            self.chosen = None
