"""What to ask for, how to look, and the legal basis of an indicator: one tap away."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Source
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.labels import quiet, strong


class Guidance(QWidget):
    """Hidden until it is asked for; says only what the instrument's source says."""

    def __init__(self, desk: Desk, indicator: Indicator) -> None:
        super().__init__()
        words, say = desk.words, desk.say
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        if indicator.guidance is not None:
            self._add(words.of(indicator.guidance))
        if indicator.evidence_asked is not None:
            self._add(say("checklist.evidence_asked", evidence=words.of(indicator.evidence_asked)))
        if indicator.evidence_items:
            self._column.addWidget(strong(say("checklist.evidence_items")))
            for item in indicator.evidence_items:
                self._add(say("checklist.evidence_item", item=words.of(item)))
        if indicator.legal_basis:
            source = indicator.legal_source
            sourced = source is not None and source.verified
            name = "checklist.legal" if sourced else "checklist.legal_unverified"
            self._add(say(name, legal="; ".join(indicator.legal_basis)))
        doubtful = _doubtful(indicator)
        if doubtful is not None:
            self._add(words("method.unverified_source", note=words.note_of(doubtful)))
        self.setVisible(False)

    def _add(self, text: str) -> None:
        self._column.addWidget(quiet(text))


def _doubtful(indicator: Indicator) -> Source | None:
    """The source that is not sure: of the weight, else of the text."""
    for source in (indicator.weight_source, indicator.text_source):
        if source is not None and not source.verified:
            return source
    return None
