"""What the list of results is narrowed down to: a province, a year, a level."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from assessor_app.domain.results import InstitutionLevel
from assessor_app.services.results import Offered, Wanted
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of

_ALL = "all"


@dataclass(frozen=True, slots=True)
class _Part:
    combo: QComboBox
    field: Field


class Chooser(QWidget):
    """Three choices in a row; a year is always chosen, for ranks hold within one."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._province = self._part("province")
        self._year = self._part("year")
        self._level = self._part("level")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part, share in ((self._province, 3), (self._year, 2), (self._level, 3)):
            row.addWidget(part.field, share)
        row.addStretch(2)

    @property
    def wanted(self) -> Wanted:
        """What is chosen; no year where there is none."""
        province, level = value_of(self._province.combo), value_of(self._level.combo)
        year = value_of(self._year.combo)
        return Wanted(
            year=int(year) if year else None,
            province=None if province in ("", _ALL) else province,
            level=None if level in ("", _ALL) else InstitutionLevel(level),
        )

    def show_offered(self, offered: Offered, wanted: Wanted) -> None:
        """Offer these; what is wanted stays chosen where it is offered."""
        say, words = self._desk.say, self._desk.words
        years = [(str(year), str(year)) for year in offered.years]
        provinces = [(_ALL, say("results.all_provinces"))]
        provinces += [(name, name) for name in offered.provinces]
        levels = [(_ALL, say("results.all_levels"))]
        levels += [
            (level.value, words(f"institution_level.{level.value}")) for level in offered.levels
        ]
        level = wanted.level.value if wanted.level else _ALL
        _fill(self._province.combo, provinces, wanted.province or _ALL)
        _fill(self._year.combo, years, str(wanted.year or ""))
        _fill(self._level.combo, levels, level)

    def _part(self, name: str) -> _Part:
        made = combo(f"results.{name}", [])
        made.currentIndexChanged.connect(self.changed)
        return _Part(made, Field(self._desk.say(f"results.choose_{name}"), made))


def _fill(shown: QComboBox, rows: Sequence[tuple[str, str]], value: str) -> None:
    """Put rows in the place of those before, as one change that is not told."""
    with QSignalBlocker(shown):
        shown.clear()
        for data, text in rows:
            shown.addItem(text, data)
        choose(shown, value)
        if shown.currentIndex() < 0 and rows:
            shown.setCurrentIndex(0)
