"""Which offices become one: into one of them, or into a new one."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from assessor_app.domain.register import DatedName, Institution, Names, Unit
from assessor_app.services.register.keeping import merge
from assessor_app.services.register.reading import Kept
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.register.dialogs import DatedStep, RegisterDialog, today_of
from assessor_app.ui.pages.starting.office_search import MOST_SHOWN, OfficeRow, OfficeSearch
from assessor_app.ui.theme import grown
from assessor_app.ui.widgets.fields import Field, choose, combo, line_edit, value_of

_NEW = "new"
_CHOSEN_HIGH = 132  # pixels: two rows and a bit of the next


class MergeDialog(RegisterDialog):
    """One office stands first; others are added, and what they become is chosen."""

    def __init__(self, desk: Desk, over: QWidget, entry: Institution | Unit, now: Kept) -> None:
        super().__init__(
            desk,
            over,
            name="register.merging",
            heading=desk.say("register.merge"),
            about=desk.say("register.merge_about"),
        )
        self._now = now
        self._first = entry
        self._chosen: dict[str, Institution | Unit] = {entry.id: entry}
        say = desk.say
        self._search = OfficeSearch(desk, "register.merging", find=self._found)
        self._search.taken.connect(self._on_taken)
        self._list = RowView(
            "register.merging.chosen", desk.tokens, spoken=say("register.merge_chosen")
        )
        self._list.setFixedHeight(grown(_CHOSEN_HIGH))
        self._list.followed.connect(self._on_dropped)
        self._into = combo("register.merging.into", [])
        self._into.currentIndexChanged.connect(self._show_new)
        self._name = line_edit("register.merging.name")
        self._name_field = Field(say("register.new_name"), self._name)
        self._step = DatedStep(desk, "register.merging", today=today_of(desk))
        self._into_field = Field(say("register.merge_into"), self._into)
        self._search_field = Field(say("register.merge_with"), self._search)
        self._show_chosen()
        self._lay_out(
            self._search_field,
            Field(say("register.merge_chosen"), self._list),
            self._into_field,
            self._name_field,
            self._step.row,
            go=say("register.merge_go"),
        )
        self._search.setFocus()

    def _found(self, typed: str) -> list[OfficeRow]:
        register = self._now.register
        if isinstance(self._first, Unit):
            return [
                OfficeRow(one.id, one.name, institution.name if institution else "")
                for one in self._now.index.search(typed, most=MOST_SHOWN)
                if one.id not in self._chosen
                for institution in [register.institution_of(one)]
            ]
        return [
            OfficeRow(one.id, one.name, one.province or "")
            for one in self._now.index.search_institutions(typed)
            if one.id not in self._chosen
        ][:MOST_SHOWN]

    def _on_taken(self, id_: str) -> None:
        register = self._now.register
        found = register.units.get(id_) or register.institutions.get(id_)
        if found is not None:
            self._chosen[id_] = found
            self._show_chosen()

    def _on_dropped(self, id_: str) -> None:
        """A tap takes one out again; the first one stays."""
        if id_ != self._first.id and self._chosen.pop(id_, None) is not None:
            self._show_chosen()

    def _show_chosen(self) -> None:
        say, chosen = self._desk.say, list(self._chosen.values())
        self._list.rows.show_rows(
            [
                Row(
                    one.name,
                    one.id,
                    detail="" if one is self._first else say("register.merge_drop"),
                    sign="building",
                )
                for one in chosen
            ]
        )
        before = value_of(self._into)
        blocked = self._into.blockSignals(True)
        self._into.clear()
        for one in chosen:
            self._into.addItem(one.name, one.id)
        self._into.addItem(say("register.merge_new"), _NEW)
        choose(self._into, before if before in {*self._chosen, _NEW} else self._first.id)
        self._into.blockSignals(blocked)
        self._show_new()

    def _show_new(self) -> None:
        self._name_field.setVisible(value_of(self._into) == _NEW)
        self._fit()

    def _act(self) -> str | None:
        if not self._step.fits:
            return None
        if len(self._chosen) == 1:
            self._search_field.show_fault(self._desk.say("register.merge_missing"))
            self._fit()
            return None
        into = value_of(self._into)
        target: Institution | Unit | str = self._made() if into == _NEW else into
        return merge(
            self._desk.workplace.store,
            list(self._chosen),
            target,
            on=self._step.day.day or today_of(self._desk),
            reason=self._step.reason.text(),
        )

    def _made(self) -> Institution | Unit:
        """A new office like the first one, under its own name."""
        new_id = self._desk.workplace.store.new_id()
        names = Names(DatedName(" ".join(self._name.text().split()), self._step.day.day))
        return replace(self._first, id=new_id, names=names, code=None)
