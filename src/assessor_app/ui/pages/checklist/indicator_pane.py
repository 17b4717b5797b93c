"""The indicator in the middle: what it asks, and its sides beside each other.

Its gap bar is made here and stands below, where it does not scroll away.
"""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instrument import Asked, Indicator, Side
from assessor_app.domain.observation import Observation
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.gap_bar import GapBar
from assessor_app.ui.pages.checklist.guidance import Guidance
from assessor_app.ui.pages.checklist.pane_head import PaneHead
from assessor_app.ui.pages.checklist.product_grid import ProductGrid
from assessor_app.ui.pages.checklist.respondents_bar import RespondentsBar
from assessor_app.ui.pages.checklist.sections import Sections, Where
from assessor_app.ui.pages.checklist.side_pane import SidePane
from assessor_app.ui.pages.checklist.subject_bar import SubjectBar
from assessor_app.ui.widgets.evidence_strip import Thumb
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone


class IndicatorPane(QWidget):
    """One indicator of one subject; built anew for each, since each has its own scale and sides."""

    recorded = Signal(str, object)  # side, dict of fields
    photos_wanted = Signal(str)
    files_dropped = Signal(str, list)
    image_pasted = Signal(str, QImage)
    photo_opened = Signal(str)
    web_wanted = Signal(str)  # side
    subject_chosen = Signal(str)
    conflict_wanted = Signal()
    acted = Signal(str)  # an action of the key table
    left = Signal()  # a field is done with: the keys answer again
    products_folded = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        indicator: Indicator,
        seen: Mapping[Side, Observation],
        *,
        variable: str,
        place: str,
        subjects: Sequence[str],
        subject: str,
        sections: Sections,
        parent: QWidget | None = None,
    ) -> None:
        """What is built within `parent` from the start is not styled again when it comes there."""
        super().__init__(parent)
        self._desk = desk
        self._indicator = indicator
        self._sections = sections
        self._about: Guidance | None = None
        self.respondents: RespondentsBar | None = None
        self.products: ProductGrid | None = None
        self._above = QWidget()  # the products come below it
        self._above.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        self.head = PaneHead(desk, indicator, variable=variable, place=place)
        self.head.acted.connect(self.acted)
        column.addWidget(self.head)
        self._conflict: Notice | None = None  # made where devices differ
        self._column = column
        sections.furnish(column, Where.HEAD)
        self._add_subjects(subjects, subject)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(12)
        self.panes: dict[Side, SidePane] = {}
        for side in indicator.sides:
            pane = self._side(side, seen[side])
            self._sides.addWidget(pane, stretch=1)
            self.panes[side] = pane
        column.addLayout(self._sides, stretch=1 if self.panes else 0)
        sections.furnish(column, Where.FOOT)
        if not self.panes:
            column.addWidget(quiet(desk.say("answering.read")))
            column.addStretch(1)
        self.gap = GapBar(desk, indicator.code)
        self.gap.reason_settled.connect(self._on_reason)

    def show_seen(
        self,
        seen: Mapping[Side, Observation],
        compared: Compared | None,
        *,
        promised: str | None,
        lacks_evidence: bool,
        editable: bool,
    ) -> None:
        """Show what is recorded now; `promised` is the time on paper, where answers are times."""
        unfit = {side for side, one in seen.items() if one.not_applicable_reason}
        for side, pane in self.panes.items():
            pane.show_seen(
                seen[side], promised=promised, closed_by=self._closing(side, unfit, compared)
            )
            pane.set_editable(editable=editable)
        self.head.set_editable(editable=editable)
        for part in (self.respondents, self.products):
            if part is not None:
                part.set_editable(editable=editable)
        reasons = [one.no_evidence_reason for one in seen.values() if one.no_evidence_reason]
        whys = [one.not_applicable_reason for one in seen.values() if one.not_applicable_reason]
        self.gap.show_gap(
            compared,
            lacks_evidence=lacks_evidence,
            reason=reasons[0] if reasons else "",
            why_not=whys[0] if whys else "",
            editable=editable,
        )
        self._sections.show_seen()

    def show_conflicts(self, count: int, *, editable: bool) -> None:
        """Say that two devices recorded different things here, and lead to the choice."""
        if self._conflict is None and count:
            self._conflict = Notice(self._desk.tokens, f"indicator.{self._indicator.code}.conflict")
            self._conflict.acted.connect(self.conflict_wanted)
            self._column.insertWidget(self._column.indexOf(self.head) + 1, self._conflict)
        if self._conflict is None:
            return
        if not count:
            self._conflict.clear()
            return
        say = self._desk.say
        action = say("conflict.compare") if editable else say("conflict.look")
        self._conflict.tell(say("conflict.here", count=count), Tone.WARNING, action=action)

    def set_stacked(self, *, stacked: bool) -> None:
        """Put the sides below each other, where they have no room beside each other."""
        ways = QBoxLayout.Direction
        self._sides.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)
        self.gap.set_stacked(stacked=stacked)
        for pane in self.panes.values():
            pane.set_wide(wide=stacked)

    def toggle_guidance(self) -> None:
        """Show or hide guidance and legal basis; built when they are first wanted."""
        if self._about is None:
            self._about = Guidance(self._desk, self._indicator)
            self._column.insertWidget(self._column.indexOf(self.head) + 1, self._about)
        shown = self._about.isHidden()
        self._about.setVisible(shown)
        self.head.show_open("guidance", shown=shown)

    def toggle_products(self) -> None:
        """Show or hide the products beside each other, where each is asked for."""
        if self._indicator.asked is not Asked.PER_PRODUCT:
            return
        shown = self.products is None or self.products.isHidden()
        self.show_products(shown=shown)
        self.products_folded.emit(shown)

    def show_products(self, *, shown: bool) -> None:
        """Show the products beside each other, or none of them."""
        if self.products is None and shown:
            self.products = ProductGrid(self._desk, self._indicator)
            self._column.insertWidget(self._column.indexOf(self._above) + 1, self.products)
        if self.products is not None:
            self.products.setVisible(shown)
        self.head.show_open("products", shown=shown)

    def show_thumbs(self, side: Side, thumbs: Sequence[Thumb], *, pending: int) -> None:
        self.panes[side].show_thumbs(thumbs, pending=pending)

    def show_active(self, active: Side) -> None:
        for side, pane in self.panes.items():
            pane.show_active(active=side is active and len(self.panes) > 1)

    def settle(self) -> bool:
        """Report all that is typed and not recorded yet; False where some of it cannot be."""
        settled = [pane.settle() for pane in self.panes.values()]
        self.gap.reason.typed.settle()
        return self._sections.settle() and all(settled)

    def refuse(self, side: Side, fields: Mapping[str, object]) -> None:
        """These fields of a side could not be recorded: what is typed in them stays."""
        self.panes[side].refuse(fields)
        if "no_evidence_reason" in fields:
            self.gap.reason.typed.refuse()

    def _closing(self, side: Side, unfit: Collection[Side], compared: Compared | None) -> str:
        """Why a side takes no answer: the indicator does not apply, or is not asked now."""
        if compared is not None and compared.applies is Applies.NOT_RELEVANT:
            return self._desk.say("side.not_relevant")
        if unfit and self._indicator.asked is Asked.PER_RESPONDENT:
            return self._desk.say("side.settled_for_all")
        return self._desk.say("side.settled_elsewhere") if unfit and side not in unfit else ""

    def _add_subjects(self, names: Sequence[str], chosen: str) -> None:
        """Who or what is asked of, where that is not the unit as a whole."""
        indicator = self._indicator
        self._column.addWidget(self._above)
        if indicator.asked is Asked.PER_RESPONDENT and indicator.roles:
            self.respondents = RespondentsBar(self._desk, indicator)
            self.respondents.chosen.connect(self.subject_chosen)
            self._column.addWidget(self.respondents)
        elif indicator.asked is Asked.PER_RESPONDENT:
            bar = self._subject_bar(names)
            bar.show_chosen(chosen)
            self._column.addWidget(bar)

    def _subject_bar(self, names: Sequence[str]) -> SubjectBar:
        say = self._desk.say
        bar = SubjectBar(
            f"indicator.{self._indicator.code}.subject",
            names,
            label=say("subject.per_respondent.label"),
            whole="",
            new=say("subject.per_respondent.new"),
        )
        bar.chosen.connect(self.subject_chosen)
        return bar

    def _side(self, side: Side, seen: Observation) -> SidePane:
        pane = SidePane(self._desk, self._indicator, side, seen, parent=self)
        name = side.value
        pane.recorded.connect(lambda fields: self.recorded.emit(name, fields))
        pane.photos_wanted.connect(lambda: self.photos_wanted.emit(name))
        pane.files_dropped.connect(lambda files: self.files_dropped.emit(name, files))
        pane.image_pasted.connect(lambda image: self.image_pasted.emit(name, image))
        pane.photo_opened.connect(self.photo_opened)
        pane.web_wanted.connect(lambda: self.web_wanted.emit(name))
        pane.left.connect(self.left)
        return pane

    def _on_reason(self, text: str) -> None:
        """The attested reason is kept with what was seen, where that is asked."""
        side = Side.PRACTICE if Side.PRACTICE in self.panes else self._indicator.sides[0]
        self.recorded.emit(side.value, {"no_evidence_reason": text})
