"""The same score under another year's rules, shown when it is asked for."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.results import Reading
from assessor_app.domain.zone import ZoneColour
from assessor_app.services.results_page import under_rule_of, years_of_rules
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.results.told import rule_told
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, choose, combo, value_of
from assessor_app.ui.widgets.labels import body, quiet
from assessor_app.ui.widgets.zone_chip import ZoneChip


class OtherRules(Card):
    """A score and a year are chosen; nothing is compared before a year is."""

    def __init__(
        self, desk: Desk, readings: Sequence[Reading], instruments: Sequence[Instrument]
    ) -> None:
        """`readings` have a score each, the latest first."""
        super().__init__(desk.say("results.rules"))
        self._desk = desk
        self._instruments = instruments
        self._readings = {str(one.result.year): one for one in readings}
        self._scores = combo("results.rules.score", self._score_rows())
        self._years = combo("results.rules.year", [])
        self._chip = ZoneChip(desk.tokens)
        self._told = body("")
        self._told.setObjectName("results.rules.told")
        self.body.addWidget(quiet(desk.say("results.rules_why")))
        self.body.addWidget(self._choices())
        self.body.addWidget(self._chip)
        self.body.addWidget(self._told)
        self._scores.currentIndexChanged.connect(self._on_score_chosen)
        self._years.currentIndexChanged.connect(self._on_year_chosen)
        self._on_score_chosen()

    def _choices(self) -> QWidget:
        made = QWidget()  # no higher than its fields, which would take all the room there is
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Field(self._desk.say("results.rules_score"), self._scores), 1)
        row.addWidget(Field(self._desk.say("results.rules_year"), self._years), 1)
        return made

    def _score_rows(self) -> list[tuple[str, str]]:
        words = self._desk.words
        return [
            (
                year,
                self._desk.say("results.rules_of", year=year, score=words.points(one.result.score)),
            )
            for year, one in self._readings.items()
            if one.result.score is not None
        ]

    def _on_score_chosen(self) -> None:
        """Offer the years that have rules for this one; the chosen year stays where it has."""
        before = value_of(self._years)
        reading = self._readings[value_of(self._scores)]
        years = years_of_rules(self._instruments, reading.result)
        with QSignalBlocker(self._years):
            self._years.clear()
            self._years.addItem(self._desk.say("results.rules_none"), "")
            for year in years:
                self._years.addItem(str(year), str(year))
            choose(self._years, before if before in map(str, years) else "")
        self._on_year_chosen()

    def _on_year_chosen(self) -> None:
        year = value_of(self._years)
        reading = self._readings[value_of(self._scores)]
        self._chip.setVisible(bool(year))
        self._told.setVisible(bool(year))
        if not year:
            return
        zone: ZoneColour | None = None
        try:
            found = under_rule_of(self._instruments, reading.result, int(year))
        except MethodRefused as refused:
            told = [self._desk.told(refused)]
        else:
            zone = found.band.zone if found.band else None
            told = rule_told(self._desk, reading, found)
        word = f"zone.{zone.value}" if zone else "zone.published_without"
        self._chip.show_zone(zone, self._desk.words(word))
        self._told.setText("\n".join(told))
