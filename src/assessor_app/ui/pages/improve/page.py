"""The way to green: what an office has to repair with the least effort; advice for coaching."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.consistency import consistency
from assessor_app.domain.problem import Problem
from assessor_app.domain.scoring import Basis
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.efforts import efforts_of
from assessor_app.services.improving import (
    Way,
    score_together,
    way_of_institution,
    way_of_visit,
)
from assessor_app.services.method import InstitutionScore, year_of
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.improve import told
from assessor_app.ui.pages.improve.agreement import agreement_card
from assessor_app.ui.pages.improve.scope import Scope
from assessor_app.ui.pages.improve.since import SinceCard
from assessor_app.ui.pages.improve.way_panel import Wanted, WayPanel
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.parts.rest import rest_of
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import Space, icon
from assessor_app.ui.widgets.band_bar import BandBar
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.stacking import Stacking

_DRAFT = "improve"


_HEAD_PX = 900  # of the title, the scope and the ways beside each other
_BOTH_PX = 900  # of the way and the figures beside each other
_LINES_SEEN = 10  # of the figures at least


class ImprovePage(QWidget):
    """Computed anew, in a worker, whenever the target or an effort is changed.

    What is chosen is kept for this visit on this device; it is no part of the record, and nothing
    here stands in a document.
    """

    left = Signal()

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("improve")
        self._desk = desk
        self._session = session
        self._found: Way | None = None  # the unit's way that is shown
        self._asked = 0  # how often a way was asked for: what comes late is not shown
        self._notice = Notice(desk.tokens, "improve.problem")
        self._way = self._way_panel()
        self._bar = self._band_bar()
        self._rest = rest_of(self, self._seek)
        self._keeping = rest_of(self, self.settle)
        self._furnish()
        QShortcut(QKeySequence("Escape"), self, self.left.emit)
        self._seek()
        self._look_around()

    def settle(self) -> bool:
        """Keep the target and the efforts; False, with the fault shown, where that failed."""
        if self._way is None:
            return True
        visit, typed = self._session.visit_id, self._way.typed()
        try:
            keep_draft(self._desk.workplace, visit, name=_DRAFT, value=typed)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return False
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        if self._way is not None:
            self._way.take_focus()
        else:
            self._back.setFocus()

    # How it is laid out

    def _way_panel(self) -> WayPanel | None:
        """The repairs; None where the instrument gives no score, or no zone for it."""
        session = self._session
        if not (session.scores() and session.instrument.bands):
            return None
        kept = draft(self._desk.workplace, session.visit_id, name=_DRAFT)
        official = session.scores()[Basis.OFFICIAL]
        panel = WayPanel(self._desk, session.instrument, official, kept=kept)
        panel.changed.connect(self._on_changed)
        panel.scope_changed.connect(self._on_scope_changed)
        panel.tried_out.connect(self._on_tried_out)
        return panel

    def _band_bar(self) -> BandBar | None:
        if self._way is None:
            return None
        instrument = self._session.instrument
        bands = told.bar_bands(instrument)
        return BandBar(self._desk.tokens, bands, maximum=instrument.maximum)

    def _furnish(self) -> None:
        say = self._desk.say
        self._back = button(
            say("improve.back"),
            "improve.back",
            role="flat",
            icon=icon("back", self._desk.tokens.accent),
        )
        self._back.clicked.connect(self.left)
        head, ways = Stacking(below=_HEAD_PX, space=Space.SMALL), QHBoxLayout()
        head.addWidget(title(say("improve.title")), 1)
        if self._way is not None:
            head.addWidget(self._way.choice, 2)
            ink = self._desk.tokens.accent
            for name, sign, act in (
                ("print", "print", self._on_print),
                ("export", "save", self._on_export),
            ):
                made = icon_button(say(f"coaching.{name}"), f"improve.{name}", icon(sign, ink))
                made.clicked.connect(act)
                ways.addWidget(made)
        ways.addStretch(1)
        ways.addWidget(self._back)
        head.addLayout(ways)
        content = QWidget()
        row = Stacking(below=_BOTH_PX)
        content.setLayout(row)
        if self._way is not None:
            row.addWidget(self._way, 3)
        figures = self._figures()
        figures.setMinimumHeight(_LINES_SEEN * self.fontMetrics().lineSpacing())
        row.addWidget(figures, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(quiet(self._desk.words("improve.statement")))
        if self._way is not None:
            column.addWidget(self._way.choice.told)
        column.addWidget(self._notice)
        # One below the other in large letters they are higher than the window.
        column.addWidget(scrolling(content, "improve.both"), 1)

    def _figures(self) -> QWidget:
        """The picture of the way, and beside it what the unit or the institution is."""
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        if self._bar is not None:
            card = Card(self._desk.say("improve.picture"))
            card.body.addWidget(self._bar)
            card.body.addWidget(quiet(self._desk.words("improve.rule")))
            column.addWidget(card)
        self._of_unit = self._unit_figures()
        self._basis = body("")
        self._of_institution = Card(self._desk.say("improve.basis"))
        self._of_institution.setObjectName("improve.basis")
        self._of_institution.body.addWidget(self._basis)
        self._of_institution.setVisible(False)
        column.addWidget(self._of_unit)
        column.addWidget(self._of_institution)
        column.addStretch()
        let_flow(figures)
        return scrolling(figures, "improve.figures")

    def _unit_figures(self) -> QWidget:
        """Paper against practice, and what an earlier visit to the unit left."""
        of_unit = QWidget()
        column = QVBoxLayout(of_unit)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        found = consistency(self._session.outlook(), self._session.instrument)
        column.addWidget(agreement_card(self._desk, found))
        column.addWidget(SinceCard(self._desk, self._session))
        return of_unit

    # What happens

    def _on_changed(self) -> None:
        self._rest.start()

    def _on_scope_changed(self) -> None:
        if self._way is None or self._bar is None:
            return
        whole = self._way.wanted.scope is Scope.INSTITUTION
        self._of_unit.setVisible(not whole)
        self._of_institution.setVisible(whole)
        self._bar.show_value(None)
        self._seek()

    def _seek(self) -> None:
        """Look for the way with what is chosen and typed now."""
        self._asked += 1
        self.settle()
        wanted = self._way.wanted if self._way is not None else Wanted(Scope.UNIT, "", {})
        self._desk.tasks.run(
            partial(_found, self._desk, self._session, wanted),
            owner=self,
            done=partial(self._on_found, self._asked),
            failed=partial(self._on_failed, self._asked),
        )

    def _look_around(self) -> None:
        """Look whether other units of the institution count together with this one."""
        if self._way is None:
            return
        self._desk.tasks.run(
            partial(_together, self._desk, self._session),
            owner=self,
            done=self._on_together,
            failed=self._on_alone,
        )

    def _on_together(self, whole: InstitutionScore) -> None:
        if self._way is not None:
            self._basis.setText("\n\n".join(told.basis(self._desk, whole)))
            self._way.open_institution(whole)

    def _on_alone(self, problem: Problem) -> None:
        if self._way is not None:
            self._way.close_institution(self._desk.told(problem))

    def _on_found(self, asked: int, way: Way) -> None:
        if asked != self._asked or self._way is None or self._bar is None:
            return
        self._notice.clear()
        self._way.show_way(way)
        self._found = way if way.unit is not None else None
        self._show_simulated(way)

    def _on_tried_out(self) -> None:
        """Other repairs are ticked: where they lead is seen at once, and kept when it rests."""
        if self._found is not None:
            self._show_simulated(self._found)
        self._keeping.start()

    def _show_simulated(self, way: Way) -> None:
        """The way that is advised on the bar; the one that is ticked, once anything is."""
        if self._way is None or self._bar is None:
            return
        ticked = self._way.ticked if way.unit is not None else frozenset()
        self._way.show_simulated(told.simulated(self._desk, way, ticked))
        self._bar.show_value(told.bar_value(self._desk, way, ticked=ticked))

    def _on_print(self) -> None:
        """The sheet for the coaching talk, on paper."""
        from assessor_app.ui.pages.improve.sheet import print_sheet

        if self._found is not None and self._way is not None:
            print_sheet(self._desk, self, self._sheet(self._found))

    def _on_export(self) -> None:
        """The same sheet as a PDF."""
        from assessor_app.ui.pages.improve.sheet import ask_where, save_sheet

        if self._found is None:
            return
        path = ask_where(self._desk, self, self._session.snapshot.visit.unit)
        if path is None:
            return
        try:
            save_sheet(self._desk, self._sheet(self._found), path)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._notice.tell(self._desk.say("coaching.saved", path=path), Tone.SUCCESS)

    def _sheet(self, way: Way) -> str:
        from assessor_app.ui.pages.improve.sheet import sheet

        ticked = self._way.ticked if self._way is not None else frozenset()
        return sheet(self._desk, self._session.snapshot.visit, way, ticked)

    def _on_failed(self, asked: int, problem: Problem) -> None:
        if asked == self._asked:
            self._notice.tell(self._desk.told(problem), Tone.INFO)


def _found(desk: Desk, session: Session, wanted: Wanted, _tell: Tell) -> Way:
    seen, efforts = session.seen(), efforts_of(wanted.efforts)
    target, visit = wanted.target or None, seen.snapshot.visit
    if wanted.scope is Scope.UNIT:
        return way_of_visit(
            seen.snapshot, seen.outlook, seen.instrument, target=target, efforts=efforts
        )
    return way_of_institution(
        desk.workplace,
        desk.application.library,
        visit.institution,
        year_of(visit, desk.workplace),
        target=target,
        efforts=efforts,
        sample=visit.sample,
    )


def _together(desk: Desk, session: Session, _tell: Tell) -> InstitutionScore:
    visit = session.seen().snapshot.visit
    return score_together(desk.workplace, desk.application.library, visit)
