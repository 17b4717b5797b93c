"""What came into watched folders and where it landed, and what is still on its way."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.services.evidence.watching import Arrived
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.incoming import Progress
from assessor_app.ui.pages.checklist.photos import Goal, Photos
from assessor_app.ui.spoken import Role, announce, spoken_as
from assessor_app.ui.theme import dress, icon, set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.eliding import ElidingLabel
from assessor_app.ui.widgets.labels import body
from assessor_app.ui.widgets.notice import Tone, look_of
from assessor_app.ui.widgets.share_line import ShareLine

_SIGN_PX = 22
_FEW = 2  # files from which progress is worth a line
_NAMED = 3  # failures that are named; the others are counted


class Offer(QFrame):
    """A line with up to two things to do about it; hidden until something is told."""

    first = Signal()
    second = Signal()

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        spoken_as(self, Role.AlertMessage)
        self.setObjectName(name)
        self._desk = desk
        self._tone: Tone | None = None
        self._sign = QLabel()
        self._text = body("")
        self._text.setObjectName(f"{name}.text")
        self._one = button("", f"{name}.first")
        self._other = button("", f"{name}.second", role="flat")
        self._one.clicked.connect(self.first)
        self._other.clicked.connect(self.second)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 4, 4)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self._text, stretch=1)
        row.addWidget(self._one)
        row.addWidget(self._other)
        dress(self, "notice")
        self.setVisible(False)

    def tell(self, text: str, tone: Tone, *, first: str = "", second: str = "") -> None:
        """Show a sentence, and a word on each button; one without a word is not there.

        Read out when it appears and when it turns, not at every file that is counted in it.
        """
        if self.isHidden() or tone is not self._tone:
            announce(self, text)
        self._tone = tone
        name, hue = look_of(self._desk.tokens, tone)
        set_look(self, "tone", tone.value)
        set_look(self._text, "tone", tone.value)
        self._sign.setPixmap(icon(name, hue.ink, size=_SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
        self._text.setText(text)
        self.setAccessibleName(text)
        for made, word in ((self._one, first), (self._other, second)):
            made.setText(word.replace("&", "&&"))
            made.setAccessibleName(word)
            made.setVisible(bool(word))
        self.setVisible(True)

    def clear(self) -> None:
        self.setVisible(False)


class Landing(QWidget):
    """Takes what came to the indicator that is looked at, or says that it waits.

    It asks `goal` where photos land now, None where none may, and reports what is to be done.
    """

    undo_wanted = Signal(object, list)  # Goal, evidence ids
    move_wanted = Signal(object, list)  # Goal, evidence ids
    unattached_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        session: Session,
        photos: Photos,
        *,
        goal: Callable[[], Goal | None],
    ) -> None:
        super().__init__()
        self.setObjectName("landing")
        self._desk, self._session, self._photos, self._goal = desk, session, photos, goal
        self._landed: list[str] = []
        self._landed_at: Goal | None = None
        self._arrived = Offer(desk, "landing.arrived")
        self._waits = Offer(desk, "landing.waits")
        self._coming = Offer(desk, "landing.coming")
        self._way = ShareLine("landing.progress", desk.tokens)
        self._state = ElidingLabel()
        self._state.setObjectName("landing.state")
        dress(self._state, "quiet")
        self._loose = button("", "landing.unattached", role="flat")
        self._furnish()
        self._connect()

    def show_all(self) -> None:
        """Show how the folders stand, what waits and what is on its way; take what came."""
        self._take()
        self._show_waiting()
        self.show_state()
        self._show_progress()

    def left_the_indicator(self) -> None:
        """The assessor went on: what landed before is settled."""
        self._landed, self._landed_at = [], None
        self._arrived.clear()
        self.show_all()

    # How it is laid out

    def _furnish(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self._arrived, self._waits, self._coming, self._way):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._state, stretch=1)
        foot.addWidget(self._loose)
        column.addLayout(foot)

    def _connect(self) -> None:
        self._photos.landed.connect(self._on_landed)
        self._photos.incoming.changed.connect(self._show_progress)
        self._photos.changed.connect(self.show_state)
        if self._photos.watch is not None:
            self._photos.watch.changed.connect(self.show_all)
        self._arrived.first.connect(self._on_undo)
        self._arrived.second.connect(self._on_move)
        self._waits.first.connect(self._on_take_older)
        self._waits.second.connect(self._on_leave_older)
        self._coming.first.connect(self._on_coming)
        self._loose.clicked.connect(self.unattached_wanted)

    # What came

    def _take(self) -> None:
        """What came lands here, where the visit takes it now and the page can be seen."""
        watch, goal = self._photos.watch, self._goal()
        if watch is None or goal is None or not watch.waiting:
            return
        self._photos.take_arrived(goal, watch.take())

    def _on_landed(self, goal: Goal, evidence: str) -> None:
        if goal != self._landed_at:
            self._landed, self._landed_at = [], goal
        self._landed.append(evidence)
        say, words = self._desk.say, self._desk.words
        self._arrived.tell(
            say(
                "landing.arrived" if len(self._landed) > 1 else "landing.arrived_one",
                count=len(self._landed),
                indicator=goal.indicator,
                side=words(f"side_within.{goal.side.value}"),
            ),
            Tone.SUCCESS,
            first=say("landing.undo"),
            second=say("landing.move"),
        )

    def _on_undo(self) -> None:
        landed, self._landed = self._landed, []
        self._arrived.clear()
        self.undo_wanted.emit(self._landed_at, landed)

    def _on_move(self) -> None:
        self.move_wanted.emit(self._landed_at, list(self._landed))

    def forget_landed(self) -> None:
        """They were moved elsewhere: nothing more is offered of them."""
        self._landed = []
        self._arrived.clear()

    # What waits

    def _show_waiting(self) -> None:
        watch, say = self._photos.watch, self._desk.say
        if watch is None:
            return
        if watch.waiting and self._goal() is None:
            told = "landing.waits_paused" if self._session.snapshot.paused else "landing.waits"
            self._waits.tell(say(told, count=len(watch.waiting)), Tone.INFO)
        elif watch.older and self._goal() is not None:
            told = say("landing.older", count=len(watch.older), names=_names(watch.older))
            take, leave = say("landing.older_take"), say("landing.older_leave")
            self._waits.tell(told, Tone.INFO, first=take, second=leave)
        else:
            self._waits.clear()

    def _on_take_older(self) -> None:
        watch, goal = self._photos.watch, self._goal()
        if watch is not None and goal is not None:
            self._photos.take_arrived(goal, watch.take_older())
        self._show_waiting()

    def _on_leave_older(self) -> None:
        if self._photos.watch is not None:
            self._photos.watch.take_older()
        self._show_waiting()

    # How it stands

    def show_state(self) -> None:
        """Show which folders are watched, and how much evidence is of nothing."""
        say, watch = self._desk.say, self._photos.watch
        folders = watch.folders if watch is not None else ()
        missing = set(watch.missing) if watch is not None else set()
        parts = [
            say("landing.missing" if one.path in missing else "landing.watched", name=one.path.name)
            for one in folders
        ]
        if watch is not None and watch.settling:
            parts.insert(0, say("arriving.settling", count=watch.settling))
        self._state.set_whole_text(" · ".join(parts))
        self._state.setVisible(bool(parts))
        loose = len(self._session.snapshot.unattached)
        told = say("landing.unattached", count=loose)
        self._loose.setText(told)
        self._loose.setAccessibleName(told)
        self._loose.setVisible(bool(loose))

    # What is on its way

    def _show_progress(self) -> None:
        progress, say = self._photos.incoming.progress, self._desk.say
        running = progress.running and progress.total >= _FEW
        self._way.setVisible(running)
        if running:
            self._way.show_share(progress.finished / progress.total)
            name = progress.names[0] if progress.names else ""
            at = min(progress.finished + 1, progress.total)
            told = say("landing.coming", at=at, total=progress.total, name=name)
            self._coming.tell(told, Tone.INFO, first=say("landing.stop"))
        elif progress.total >= _FEW and (progress.failed or progress.stopped):
            self._coming.tell(self._ended(progress), Tone.WARNING, first=say("landing.seen"))
        else:
            self._coming.clear()

    def _ended(self, progress: Progress) -> str:
        say = self._desk.say
        taken = progress.total - len(progress.failed) - progress.stopped
        parts = [say("landing.ended", taken=taken, total=progress.total)]
        if progress.stopped:
            parts.append(say("landing.stopped", count=progress.stopped))
        parts += [self._desk.told(problem) for _, problem in progress.failed[:_NAMED]]
        if len(progress.failed) > _NAMED:
            names = ", ".join(name for name, _ in progress.failed[_NAMED:])
            parts.append(say("landing.failed_more", names=names))
        return " ".join(parts)

    def _on_coming(self) -> None:
        if self._photos.incoming.progress.running:
            self._photos.incoming.stop()
        else:
            self._photos.incoming.forget()


def _names(found: Sequence[Arrived]) -> str:
    listed = ", ".join(one.path.name for one in found[:_NAMED])
    return f"{listed} …" if len(found) > _NAMED else listed
