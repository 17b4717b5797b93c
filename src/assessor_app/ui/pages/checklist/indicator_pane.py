"""The indicator in the middle: what it asks, and its sides beside each other.

Its gap bar is made here and stands below, where it does not scroll away.
"""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instrument import Asked, Indicator, Side
from assessor_app.domain.observation import Observation
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.gap_bar import GapBar
from assessor_app.ui.pages.checklist.guidance import Guidance
from assessor_app.ui.pages.checklist.respondents_bar import RespondentsBar
from assessor_app.ui.pages.checklist.side_pane import SidePane
from assessor_app.ui.pages.checklist.subject_bar import SubjectBar
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.evidence_strip import Thumb
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import Notice, Tone


class IndicatorPane(QWidget):
    """One indicator of one subject; built anew for each, since each has its own scale and sides."""

    recorded = Signal(str, object)  # side, dict of fields
    photos_wanted = Signal(str)
    files_dropped = Signal(str, list)
    image_pasted = Signal(str, QImage)
    photo_opened = Signal(str)
    subject_chosen = Signal(str)
    history_wanted = Signal()
    conflict_wanted = Signal()

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
    ) -> None:
        super().__init__()
        self._desk = desk
        self._indicator = indicator
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        column.addLayout(self._head(variable, place))
        column.addWidget(heading(desk.words.of(indicator.text)))
        self._conflict = Notice(desk.tokens, f"indicator.{indicator.code}.conflict")
        self._conflict.acted.connect(self.conflict_wanted)
        column.addWidget(self._conflict)
        self._about = Guidance(desk, indicator)
        column.addWidget(self._about)
        self.respondents: RespondentsBar | None = None
        if indicator.asked is Asked.PER_RESPONDENT and indicator.roles:
            self.respondents = RespondentsBar(desk, indicator)
            self.respondents.chosen.connect(self.subject_chosen)
            column.addWidget(self.respondents)
        elif indicator.asked is not Asked.ONCE:
            self._subject = self._subject_bar(subjects, subject)
            column.addWidget(self._subject)
        sides = QHBoxLayout()
        sides.setSpacing(12)
        self.panes: dict[Side, SidePane] = {}
        for side in indicator.sides:
            pane = self._side(side, seen[side])
            sides.addWidget(pane, stretch=1)
            self.panes[side] = pane
        column.addLayout(sides, stretch=1 if self.panes else 0)
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
        if self.respondents is not None:
            self.respondents.set_editable(editable=editable)
        reasons = [one.no_evidence_reason for one in seen.values() if one.no_evidence_reason]
        whys = [one.not_applicable_reason for one in seen.values() if one.not_applicable_reason]
        self.gap.show_gap(
            compared,
            lacks_evidence=lacks_evidence,
            reason=reasons[0] if reasons else "",
            why_not=whys[0] if whys else "",
            editable=editable,
        )

    def show_conflicts(self, count: int, *, editable: bool) -> None:
        """Say that two devices recorded different things here, and lead to the choice."""
        if not count:
            self._conflict.clear()
            return
        say = self._desk.say
        action = say("conflict.compare") if editable else say("conflict.look")
        self._conflict.tell(say("conflict.here", count=count), Tone.WARNING, action=action)

    def _closing(self, side: Side, unfit: Collection[Side], compared: Compared | None) -> str:
        """Why a side takes no answer: the indicator does not apply, or is not asked now."""
        if compared is not None and compared.applies is Applies.NOT_RELEVANT:
            return self._desk.say("side.not_relevant")
        if unfit and self._indicator.asked is Asked.PER_RESPONDENT:
            return self._desk.say("side.settled_for_all")
        return self._desk.say("side.settled_elsewhere") if unfit and side not in unfit else ""

    def show_thumbs(self, side: Side, thumbs: Sequence[Thumb], *, pending: int) -> None:
        self.panes[side].show_thumbs(thumbs, pending=pending)

    def show_active(self, active: Side) -> None:
        for side, pane in self.panes.items():
            pane.show_active(active=side is active and len(self.panes) > 1)

    def settle(self) -> bool:
        """Report all that is typed and not recorded yet; False where some of it cannot be."""
        settled = [pane.settle() for pane in self.panes.values()]
        self.gap.reason.typed.settle()
        return all(settled)

    def refuse(self, side: Side, fields: Mapping[str, object]) -> None:
        """These fields of a side could not be recorded: what is typed in them stays."""
        self.panes[side].refuse(fields)
        if "no_evidence_reason" in fields:
            self.gap.reason.typed.refuse()

    def _head(self, variable: str, place: str) -> QHBoxLayout:
        words, say = self._desk.words, self._desk.say
        code = QLabel(self._indicator.code)
        dress(code, "badge")
        code.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        indicator = self._indicator
        sourced = "checklist.weight" if indicator.verified else "checklist.weight_unverified"
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(code)
        row.addWidget(quiet(say("checklist.under", variable=variable)), stretch=1)
        if indicator.weight:  # a question without a score has none
            told = say(sourced, weight=words.weight(indicator.weight))
            row.addWidget(self._one_line(told))
        row.addWidget(self._one_line(place))
        if indicator.asked is Asked.PER_PRODUCT:
            row.addWidget(self._product_fold())
        history = icon_button(
            say("history.open"),
            f"indicator.{indicator.code}.history",
            icon("history", self._desk.tokens.accent),
        )
        history.clicked.connect(self.history_wanted)
        row.addWidget(history)
        self._fold = icon_button(
            say("checklist.guidance"),
            f"indicator.{indicator.code}.guidance",
            icon("info", self._desk.tokens.accent),
        )
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_guidance_folded)
        row.addWidget(self._fold)
        return row

    def _product_fold(self) -> QPushButton:
        """Shows the products, which most visits look at as one."""
        fold = button(
            self._desk.say("subject.per_product.fold"),
            f"indicator.{self._indicator.code}.products",
            role="flat",
            icon=icon("add", self._desk.tokens.accent),
        )
        fold.setCheckable(True)
        fold.toggled.connect(self._on_products_folded)
        return fold

    def _one_line(self, text: str) -> QLabel:
        label = quiet(text)
        label.setWordWrap(False)
        return label

    def _subject_bar(self, names: Sequence[str], chosen: str) -> SubjectBar:
        say = self._desk.say
        kind = self._indicator.asked.value
        whole = say("subject.whole") if self._indicator.asked is Asked.PER_PRODUCT else ""
        bar = SubjectBar(
            f"indicator.{self._indicator.code}.subject",
            names,
            label=say(f"subject.{kind}.label"),
            whole=whole,
            new=say(f"subject.{kind}.new"),
        )
        bar.show_chosen(chosen)
        bar.setVisible(bool(names) or self._indicator.asked is Asked.PER_RESPONDENT)
        bar.chosen.connect(self.subject_chosen)
        return bar

    def _side(self, side: Side, seen: Observation) -> SidePane:
        pane = SidePane(self._desk, self._indicator, side, seen)
        name = side.value
        pane.recorded.connect(lambda fields: self.recorded.emit(name, fields))
        pane.photos_wanted.connect(lambda: self.photos_wanted.emit(name))
        pane.files_dropped.connect(lambda files: self.files_dropped.emit(name, files))
        pane.image_pasted.connect(lambda image: self.image_pasted.emit(name, image))
        pane.photo_opened.connect(self.photo_opened)
        return pane

    def _on_products_folded(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._subject.setVisible(shown)

    def _on_guidance_folded(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._about.setVisible(shown)

    def _on_reason(self, text: str) -> None:
        """The attested reason is kept with what was seen, where that is asked."""
        side = Side.PRACTICE if Side.PRACTICE in self.panes else self._indicator.sides[0]
        self.recorded.emit(side.value, {"no_evidence_reason": text})
