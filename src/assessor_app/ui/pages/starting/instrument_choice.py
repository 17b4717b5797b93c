"""Which instrument a visit is made with: the newest first, each with how sure it is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault
from assessor_app.services.instruments import default_instrument
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.fields import choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet


def visitable(desk: Desk) -> tuple[Instrument, ...]:
    """The instruments that a visit can be made with: the one for today first, then the newest."""
    library = desk.application.library
    found = sorted(
        (one for one in library.all() if one.visitable),
        key=lambda one: (max(one.years, default=one.year), one.year, one.pin),
        reverse=True,
    )
    try:
        today = desk.application.clock.now().astimezone(desk.workplace.profile.zone).date()
        first = default_instrument(library, today=today)
    except InstrumentFault:  # there is none: the page says so when it matters
        return ()
    return (first, *(one for one in found if one is not first))


class InstrumentChoice(QWidget):
    """Says below the chosen one what its figures are worth: unverified, or no score at all."""

    chosen = Signal()

    def __init__(self, desk: Desk, name: str, instruments: Sequence[Instrument]) -> None:
        super().__init__()
        self._desk = desk
        self._instruments: dict[str, Instrument] = {}
        self.combo = combo(name, [])
        self._worth = quiet("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.combo)
        column.addWidget(self._worth)
        self.setFocusProxy(self.combo)
        self.offer(instruments)
        self.combo.currentIndexChanged.connect(self._on_chosen)

    @property
    def instrument(self) -> Instrument | None:
        """The chosen one; None where there is none at all."""
        return self._instruments.get(value_of(self.combo))

    def offers(self, pin: str) -> bool:
        """Whether an instrument (`id@version`) can be chosen."""
        return pin in self._instruments

    def offer(self, instruments: Sequence[Instrument]) -> None:
        """Offer these, of which the first is chosen unless another one was that is among them."""
        before = value_of(self.combo)
        self._instruments = {one.pin: one for one in instruments}
        newest = sorted(instruments, key=lambda one: max(one.years, default=one.year), reverse=True)
        ids = [one.id for one in instruments]
        blocked = self.combo.blockSignals(True)  # one report of all, not of each row
        self.combo.clear()
        for one in newest:
            self.combo.addItem(self._named(one, several=ids.count(one.id) > 1), one.pin)
        if instruments:
            choose(self.combo, before if before in self._instruments else instruments[0].pin)
        self.combo.blockSignals(blocked)
        self._on_chosen()

    def setAccessibleName(self, name: str) -> None:
        """The box is what is spoken of."""
        self.combo.setAccessibleName(name)

    def _named(self, one: Instrument, *, several: bool) -> str:
        """Its years and title, with a mark at the beginning, where it is never cut off."""
        mark = "unscored" if not one.weighted else "plain" if _verified(one) else "unverified"
        title = self._desk.words.of(one.title)
        if several:
            title = self._desk.say("new_visit.instrument_version", title=title, version=one.version)
        years = sorted(one.years or (one.year,))
        told = str(years[0])
        if len(years) > 1:
            told = self._desk.say("new_visit.instrument_years", first=years[0], last=years[-1])
        return self._desk.say(f"new_visit.instrument_row.{mark}", years=told, title=title)

    def _on_chosen(self) -> None:
        self._show_worth()
        self.chosen.emit()

    def _show_worth(self) -> None:
        one, told = self.instrument, []
        if one is not None and one.unweighted_because is not None:
            told.append(self._desk.words.of(one.unweighted_because))
        if one is not None and not _verified(one):
            told.append(self._desk.say("new_visit.instrument_unverified"))
        self._worth.setText("\n".join(told))
        self._worth.setVisible(bool(told))


def _verified(instrument: Instrument) -> bool:
    return all(one.verified for one in instrument.indicators())
