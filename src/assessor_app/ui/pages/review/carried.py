"""What an earlier visit left open and how it stands now, each a link to its indicator."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.follow_up import Judged
from assessor_app.domain.problem import Problem
from assessor_app.services.carrying import carried
from assessor_app.services.follow_up import Moved, moved_since
from assessor_app.services.report.follow_up import due_then, since, summary
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.row_list import Row
from assessor_app.ui.pages.checklist.follow_up_looks import LOOKS
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.notice import Notice, Tone


class CarriedSection(QWidget):
    """Of a follow-up visit all its items; of another one what it was told to look at."""

    indicator_wanted = Signal(str)  # its code

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._summary = strong("")
        self._summary.setObjectName("review.carried.summary")
        self._changed = Notice(desk.tokens, "review.carried.changed")
        self._list = RowView("review.carried", desk.tokens, spoken=desk.say("follow_up.spoken"))
        self._list.followed.connect(self._on_followed)
        hint = "follow_up.hint" if session.snapshot.followed else "follow_up.carried_hint"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._summary)
        column.addWidget(quiet(desk.say(hint)))
        column.addWidget(self._changed)
        column.addWidget(self._list, stretch=1)
        self._look_for_changes()

    @property
    def wanted(self) -> bool:
        """Whether there is anything to show."""
        return bool(self._items())

    def refresh(self) -> int:
        """Show how all of it stands now; returns how many items there are."""
        items, words = self._items(), self._desk.words
        self._summary.setText(summary(items, words) if items else "")
        self._list.rows.show_rows([self._row(one, place) for place, one in enumerate(items)])
        if items and not self._list.currentIndex().isValid():
            self._list.choose_first()
        return len(items)

    def _items(self) -> tuple[Judged, ...]:
        desk = self._desk
        return carried(desk.workplace, desk.application.library, self._session)

    def _row(self, one: Judged, place: int) -> Row:
        words, say = self._desk.words, self._desk.say
        sign, tone = LOOKS[one.standing]
        texts = self._session.instrument.by_code
        known = texts.get(one.item.indicator)
        text = words.of(known.text) if known else words("followed.unknown_indicator")
        product = self._session.snapshot.products.get(one.item.product)
        if product:
            text = say("review.of_product", text=text, product=product)
        if one.item.added:
            then = say("follow_up.added")
        else:
            kind = words(f"finding.{one.item.gap_kind}")
            then = say(
                "follow_up.then", kind=kind, since=since(one, words), due=due_then(one, words)
            )
        standing = words(f"followed.standing.{one.standing.value}")
        return Row(
            say("follow_up.row", standing=standing, text=text),
            target=f"{place} {one.item.indicator}" if known else f"{place} ",
            code=one.item.indicator,
            detail=then,
            sign=sign,
            tone=tone,
        )

    def _look_for_changes(self) -> None:
        """Read the visits before, whole, in a worker: the page is not kept waiting for it."""
        if not self._session.snapshot.followed:
            return
        workplace, library = self._desk.workplace, self._desk.application.library
        session = self._session

        def work(_: object) -> Moved | None:
            return moved_since(workplace, library, session)

        def failed(_: Problem) -> None:
            """What cannot be read of an earlier visit keeps nobody from this one."""

        self._desk.tasks.run(work, owner=self, done=self._tell_changed, failed=failed)

    def _tell_changed(self, moved: Moved | None) -> None:
        """Say that the visits before have changed since this follow-up began."""
        if moved is None:
            return
        desk = self._desk
        nothing = desk.say("follow_up.nothing_changed")
        gone, new = (", ".join(codes) or nothing for codes in (moved.gone, moved.new))
        self._changed.tell(desk.say("follow_up.changed", gone=gone, new=new), Tone.INFO)

    def _on_followed(self, target: str) -> None:
        code = target.partition(" ")[2]
        if code:
            self.indicator_wanted.emit(code)
