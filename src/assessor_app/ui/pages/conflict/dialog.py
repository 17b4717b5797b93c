"""What two devices recorded differently, side by side, until one of it is chosen."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import Problem
from assessor_app.services.change_reason import change_reason
from assessor_app.services.conflicts import Said, Shown, conflicts
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.photo_view import PhotoView
from assessor_app.ui.pages.checklist.photos import Photos
from assessor_app.ui.pages.conflict.card import SaidCard
from assessor_app.ui.pages.parts.reason_bar import ReasonBar
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import Space
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import heading, quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.stacking import Stacking

_BOTH_PX = 640  # of two cards beside each other
_SHARE = 0.86  # of the window's size


def entities_in_conflict(session: Session, code: str) -> frozenset[str]:
    """The entities of an indicator that two devices recorded differently, its evidence too."""
    snapshot = session.snapshot
    if not snapshot.conflicts:
        return frozenset()  # as nearly always, and asked at every answer
    own = f"observation/{code}/"
    proofs = {
        f"evidence/{id_}"
        for id_, one in snapshot.evidence.items()
        if any(key.indicator == code for key in one.attached_to)
    }
    return frozenset(
        one.entity
        for one in snapshot.conflicts
        if one.entity.startswith(own) or one.entity in proofs
    )


class ConflictDialog(QDialog):
    """Each choice is one event; the dialog closes with the last one."""

    resolved = Signal(object)  # Done

    def __init__(
        self, desk: Desk, session: Session, entities: Collection[str], over: QWidget
    ) -> None:
        super().__init__(over)
        self.setObjectName("conflict")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("conflict.title"))
        self._desk = desk
        self._session = session
        self._entities = frozenset(entities)
        self._cards: list[tuple[SaidCard, Said]] = []
        self._photos = Photos(desk, session, self)
        self._photos.changed.connect(self._show_thumbs)
        self._notice = Notice(desk.tokens, "conflict.notice")
        self._reasons = ReasonBar(desk, session, "conflict.reason")
        self._reasons.refused.connect(self._on_refused)
        self._content = QWidget()
        self._sections = QVBoxLayout(self._content)
        self._sections.setContentsMargins(0, 0, 8, 0)
        self._sections.setSpacing(12)
        close = button(desk.say("conflict.later"), "conflict.close")
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(title(desk.say("conflict.title")))
        column.addWidget(quiet(desk.say("conflict.intro")))
        column.addWidget(self._notice)
        column.addWidget(self._reasons)
        column.addWidget(scrolling(self._content, "conflict.sections"), stretch=1)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(over.window().size() * _SHARE)
        self._read()

    # What is shown

    def _read(self) -> None:
        """Read what still stands against each other; in a worker, since it reads all events."""
        session, workplace, words = self._session, self._desk.workplace, self._desk.words

        def work(_: Tell) -> tuple[Shown, ...]:
            return conflicts(session, workplace, words)

        self._desk.tasks.run(work, owner=self, done=self._show, failed=self._on_refused)

    def _show(self, found: Sequence[Shown]) -> None:
        own = [one for one in found if one.entity in self._entities]
        self._cards.clear()
        while (item := self._sections.takeAt(0)) is not None:
            left = item.widget()
            if left is not None:
                left.setParent(None)  # at once: what follows bears the same names
                left.deleteLater()
        if not own:
            self.accept()
            return
        fields = Counter(said.event for one in own for said in one.sides)
        for number, one in enumerate(own):
            self._sections.addWidget(self._section(one, number, fields=fields))
        self._sections.addStretch(1)
        self._show_thumbs()
        if not self._session.snapshot.takes_answers:
            self._notice.tell(self._desk.say("conflict.closed"), Tone.INFO)

    def _section(self, shown: Shown, number: int, *, fields: Counter[str]) -> QWidget:
        section = QWidget()
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading(self._place(shown)))
        row = Stacking(below=_BOTH_PX, space=Space.MEDIUM)
        for place, said in enumerate(shown.sides):
            name = f"conflict.{number}.{place}"
            card = SaidCard(self._desk, said, name, of_several=fields[said.event] > 1)
            card.set_choosable(choosable=self._session.snapshot.takes_answers)
            card.chosen.connect(partial(self._choose, shown, said, shown.field))
            card.whole_chosen.connect(partial(self._choose, shown, said, None))
            card.photo_opened.connect(self._on_photo)
            row.addWidget(card, stretch=1)
            self._cards.append((card, said))
        column.addLayout(row)
        if shown.others:
            column.addWidget(quiet(self._desk.say("conflict.others", count=len(shown.others))))
        return section

    def _place(self, shown: Shown) -> str:
        """Where it is, with the question where it is an indicator's."""
        if shown.key is None:
            return self._desk.say("conflict.part", part=shown.place, field=shown.name)
        text = self._question(shown.key)
        return self._desk.say("conflict.asked", place=shown.place, text=text)

    def _question(self, key: ObservationKey) -> str:
        for indicator in self._session.instrument.indicators():
            if indicator.code == key.indicator:
                return self._desk.words.of(indicator.text)
        return key.indicator

    def _show_thumbs(self) -> None:
        evidence = self._session.snapshot.evidence
        for card, said in self._cards:
            items = [evidence[one.evidence] for one in said.proofs if one.evidence in evidence]
            card.show_thumbs(self._photos.thumbs(items))

    # What is chosen

    def _choose(self, shown: Shown, said: Said, field: str | None) -> None:
        act: Callable[[], None] = partial(self._resolve, shown.entity, said.event, field)
        if self._reasons.lacks:
            what = self._desk.say("conflict.choice", value=said.value)
            self._reasons.wait_with("choice", what, act)
        else:
            act()

    def _resolve(self, entity: str, event: str, field: str | None) -> None:
        self._notice.clear()
        reason = change_reason(self._desk.workplace, self._session)
        try:
            done: Done = self._session.resolve(entity, event, field=field, reason=reason)
        except Problem as problem:
            self._on_refused(problem)
            return
        self.resolved.emit(done)
        self._read()

    def _on_refused(self, problem: Problem) -> None:
        self._notice.tell(self._desk.told(problem), Tone.ERROR)

    def _on_photo(self, evidence: str) -> None:
        view = PhotoView(self._desk, self._session.snapshot.evidence[evidence], self)
        view.refused.connect(self._on_refused)
        view.open()
