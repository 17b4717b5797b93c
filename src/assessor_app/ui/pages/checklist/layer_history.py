"""The layers that are being drawn over one picture, each step of which can be taken back."""

from collections.abc import Iterator

from assessor_app.domain.redaction import Box, Layer, Layers, Why


class LayerHistory:
    """What is drawn and not saved yet; `chosen` is the layer that keys and buttons act on."""

    def __init__(self, saved: Layers) -> None:
        self._saved = saved
        self._steps: list[Layers] = [saved]
        self._at = 0
        self.chosen: Layer | None = None

    @property
    def layers(self) -> Layers:
        return self._steps[self._at]

    @property
    def changed(self) -> bool:
        return self.layers != self._saved

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at < len(self._steps) - 1

    def on_page(self, page: int) -> list[Layer]:
        return [one for one in self.layers if one.page == page]

    def add(self, page: int, box: Box, why: Why) -> None:
        """A new layer, which is the chosen one then."""
        self._go_on([*self.layers], Layer(page, box, why))

    def alter(self, box: Box) -> None:
        """Move or resize the chosen layer."""
        if self.chosen is not None:
            self._go_on(self._others(), self.chosen._replace(box=box))

    def say_why(self, why: Why) -> None:
        """Give the chosen layer another reason."""
        if self.chosen is not None:
            self._go_on(self._others(), self.chosen._replace(why=why))

    def remove(self) -> None:
        """Take the chosen layer off."""
        if self.chosen is not None:
            self._go_on(self._others(), None)

    def undo(self) -> None:
        self._turn(-1)

    def redo(self) -> None:
        self._turn(1)

    def _others(self) -> list[Layer]:
        return [one for one in self.layers if one != self.chosen]

    def _go_on(self, layers: list[Layer], chosen: Layer | None) -> None:
        found = tuple(sorted({*layers, *self._one(chosen)}))
        self.chosen = chosen
        if found != self.layers:
            self._steps = [*self._steps[: self._at + 1], found]
            self._at += 1

    @staticmethod
    def _one(chosen: Layer | None) -> Iterator[Layer]:
        if chosen is not None:
            yield chosen

    def _turn(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), len(self._steps) - 1)
        if self.chosen not in self.layers:
            self.chosen = None
