"""What is asked before an office of the register is added, edited, renamed or retired."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QWidget

from assessor_app.domain.institutions import named, province_name
from assessor_app.domain.problem import Problem
from assessor_app.domain.register import DatedName, Institution, Names, Unit
from assessor_app.domain.results import InstitutionLevel
from assessor_app.services.register.keeping import rename, retire, save_all
from assessor_app.services.register.reading import kept
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.asking import AskingDialog
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.moment import DayEdit
from assessor_app.ui.pages.register.told import object_choices
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, choose, combo, line_edit, value_of
from assessor_app.ui.widgets.notice import Tone


class RegisterDialog(AskingDialog):
    """Does its step on the button; what is refused is said, and the dialog stays."""

    done_so = Signal(str)  # the id of the office

    def _lay_out(self, *fields: QWidget, go: str) -> None:
        act = button(go, f"{self.objectName()}.go", role="primary")
        act.clicked.connect(self._on_go)
        act.setDefault(True)
        self._ask(*fields, cancel=self._desk.say("register.cancel"), go=act)

    def _on_go(self) -> None:
        self._notice.clear()
        try:
            id_ = self._act()
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            self._fit()
            return
        if id_ is not None:
            self.accept()
            self.done_so.emit(id_)

    def _act(self) -> str | None:
        """Do it; the id of the office, or None where something is missing yet."""
        raise NotImplementedError


class DatedStep:
    """The day from which a change holds, and why it is made."""

    def __init__(self, desk: Desk, name: str, *, today: date | None) -> None:
        self._desk = desk
        self.day = DayEdit(f"{name}.since")
        if today is not None:
            self.day.show_day(today)
        self.reason = line_edit(f"{name}.reason")
        self.day_field = Field(desk.say("register.since"), with_calendar(desk, self.day))
        self.reason_field = Field(desk.say("register.reason"), self.reason)
        self.row = QWidget()
        row = QHBoxLayout(self.row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.day_field, 1)
        row.addWidget(self.reason_field, 2)

    @property
    def fits(self) -> bool:
        """Whether a day can be read, or none is given; it is said where it cannot."""
        if self.day.text().strip() and self.day.day is None:
            self.day_field.show_fault(self._desk.say("register.no_day"))
            return False
        return True


def today_of(desk: Desk) -> date:
    """The day it is where the assessor is."""
    return desk.workplace.store.clock.now().astimezone(desk.workplace.profile.zone).date()


class RenameDialog(RegisterDialog):
    """The former name stays on record, and is found by."""

    def __init__(self, desk: Desk, over: QWidget, entry: Institution | Unit) -> None:
        heading = desk.say("register.rename")
        about = desk.say("register.rename_about", name=entry.name)
        super().__init__(desk, over, name="register.renaming", heading=heading, about=about)
        self._entry = entry
        self._name = line_edit("register.renaming.name")
        self._name.setText(entry.name)
        self._name.selectAll()
        self._step = DatedStep(desk, "register.renaming", today=today_of(desk))
        field = Field(desk.say("register.new_name"), self._name)
        self._lay_out(field, self._step.row, go=desk.say("register.rename_go"))
        self._name.setFocus()

    def _act(self) -> str | None:
        if not self._step.fits:
            return None
        rename(
            self._desk.workplace.store,
            self._entry.id,
            self._name.text(),
            since=self._step.day.day,
            reason=self._step.reason.text(),
        )
        return self._entry.id


class RetireDialog(RegisterDialog):
    """Its visits stay; it is not offered for new ones any more."""

    def __init__(self, desk: Desk, over: QWidget, entry: Institution | Unit) -> None:
        heading = desk.say("register.retire")
        about = desk.say("register.retire_about", name=entry.name)
        super().__init__(desk, over, name="register.retiring", heading=heading, about=about)
        self._entry = entry
        self._step = DatedStep(desk, "register.retiring", today=today_of(desk))
        self._lay_out(self._step.row, go=desk.say("register.retire_go"))
        self._step.reason.setFocus()

    def _act(self) -> str | None:
        if not self._step.fits:
            return None
        day = self._step.day.day or today_of(self._desk)
        store, reason = self._desk.workplace.store, self._step.reason.text()
        retire(store, self._entry.id, on=day, reason=reason)
        return self._entry.id


class UnitDialog(RegisterDialog):
    """Adds a unit, with its institution where that is new too, or edits one."""

    def __init__(self, desk: Desk, over: QWidget, unit: Unit | None = None) -> None:
        way = "add" if unit is None else "edit"
        heading = desk.say(f"register.{way}")
        super().__init__(
            desk,
            over,
            name="register.unit",
            heading=heading,
            about=desk.say(f"register.{way}_about"),
        )
        self._unit = unit
        now = kept(desk.workplace.store)
        self._institution = line_edit("register.unit.institution")
        known = sorted(one.name for one in now.register.institutions.values() if one.stands)
        _complete(self._institution, known)
        self._name = line_edit("register.unit.name")
        self._kind = combo("register.unit.kind", [("", desk.say("register.not_told"))])
        for code, text in object_choices(desk):
            self._kind.addItem(text, code)
        self._code = line_edit("register.unit.code")
        self._address = line_edit("register.unit.address")
        self._aliases = line_edit("register.unit.aliases")
        if unit is not None:
            self._show(unit, now.register.institution_of(unit))
        say = desk.say
        self._fields = (
            Field(say("register.field_institution"), self._institution),
            Field(say("register.field_name"), self._name),
        )
        row = _pair(
            Field(say("register.field_kind"), self._kind),
            Field(say("register.field_code"), self._code),
        )
        self._lay_out(
            *self._fields,
            row,
            Field(say("register.field_address"), self._address),
            Field(say("register.field_aliases"), self._aliases),
            go=say("register.save"),
        )
        (self._institution if unit is None else self._name).setFocus()

    def _show(self, unit: Unit, institution: Institution | None) -> None:
        self._institution.setText(institution.name if institution else "")
        self._name.setText(unit.name)
        choose(self._kind, unit.object_type or "")
        self._code.setText(unit.code or "")
        self._address.setText(unit.address or "")
        self._aliases.setText("; ".join(unit.names.aliases))

    def _act(self) -> str | None:
        missing = False
        for field, line in zip(self._fields, (self._institution, self._name), strict=True):
            if not line.text().strip():
                field.show_fault(self._desk.say("register.missing"))
                missing = True
        if missing:
            self._fit()
            return None
        store = self._desk.workplace.store
        now = kept(store)
        institution = now.index.institution_of(self._institution.text())
        told = named(self._institution.text())
        made = institution or Institution(
            store.new_id(),
            Names(DatedName(told.name)),
            told.level,
            province_name(told.name) if told.level is InstitutionLevel.PROVINCE else None,
        )
        unit = self._unit_told(made.id, new_id=store.new_id)
        save_all(store, [unit] if institution else [made, unit])
        return unit.id

    def _unit_told(self, institution: str, *, new_id: Callable[[], str]) -> Unit:
        """The unit as it stands in the fields; another spelling of its name is no new name."""
        name = " ".join(self._name.text().split())
        unit = self._unit or Unit(new_id(), Names(DatedName(name)), institution)
        names = replace(
            unit.names,
            current=replace(unit.names.current, name=name),
            aliases=listed(self._aliases),
        )
        return replace(
            unit,
            names=names,
            institution=institution,
            object_type=value_of(self._kind) or None,
            code=self._code.text().strip() or None,
            address=self._address.text().strip() or None,
        )


class InstitutionDialog(RegisterDialog):
    """Edits an institution."""

    def __init__(self, desk: Desk, over: QWidget, institution: Institution) -> None:
        say, words = desk.say, desk.words
        super().__init__(
            desk,
            over,
            name="register.institution",
            heading=say("register.edit"),
            about=say("register.edit_about"),
        )
        self._institution = institution
        self._name = line_edit("register.institution.name")
        self._name.setText(institution.name)
        levels = [(one.value, words(f"institution_level.{one.value}")) for one in InstitutionLevel]
        self._level: QComboBox = combo(
            "register.institution.level", [("", say("register.not_told")), *levels]
        )
        choose(self._level, institution.level.value if institution.level else "")
        self._province = line_edit("register.institution.province")
        self._province.setText(institution.province or "")
        self._code = line_edit("register.institution.code")
        self._code.setText(institution.code or "")
        self._aliases = line_edit("register.institution.aliases")
        self._aliases.setText("; ".join(institution.names.aliases))
        self._lay_out(
            Field(say("register.field_name"), self._name),
            _pair(
                Field(say("register.field_level"), self._level),
                Field(say("register.field_code"), self._code),
            ),
            Field(say("register.field_province"), self._province),
            Field(say("register.field_aliases"), self._aliases),
            go=say("register.save"),
        )
        self._name.setFocus()

    def _act(self) -> str | None:
        one = self._institution
        name = " ".join(self._name.text().split())
        level = value_of(self._level)
        names = replace(
            one.names,
            current=replace(one.names.current, name=name),
            aliases=listed(self._aliases),
        )
        province = self._province.text().strip()
        edited = replace(
            one,
            names=names,
            level=InstitutionLevel(level) if level else None,
            province=province_name(province) if province else None,
            code=self._code.text().strip() or None,
        )
        save_all(self._desk.workplace.store, [edited])
        return one.id


def listed(line: QLineEdit) -> tuple[str, ...]:
    """The names in a line, separated by semicolons."""
    parts = (" ".join(part.split()) for part in line.text().split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _pair(first: QWidget, second: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(first, 1)
    row.addWidget(second, 1)
    return pair


def _complete(line: QLineEdit, known: list[str]) -> None:
    completer = QCompleter(known, line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    line.setCompleter(completer)
