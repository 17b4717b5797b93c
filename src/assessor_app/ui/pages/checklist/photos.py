"""Evidence of the open visit: taken in by a worker, kept by the session, shown small."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QWidget

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Evidence, EvidenceKind, EvidenceSource
from assessor_app.domain.problem import Problem, VisitRefused
from assessor_app.domain.redaction import Layers
from assessor_app.services.change_reason import change_reason, reason_lacks
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.copies import thumbnail
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.evidence_strip import Thumb

if TYPE_CHECKING:
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.evidence.intake import TakenIn

_Take = Callable[[], "TakenIn"]
_Shown = tuple[str, Layers]
"""What a small picture is of: evidence, and what of it is covered."""
THUMB_PX = 144  # twice the size that is shown, for fine screens
SIGNS = {
    EvidenceKind.PHOTO: "camera",
    EvidenceKind.DOCUMENT: "document",
    EvidenceKind.AUDIO: "sound",
    EvidenceKind.VIDEO: "video",
}
"""The icon that stands for a kind of evidence."""
PICTURED = frozenset({EvidenceKind.PHOTO, EvidenceKind.DOCUMENT})
"""Kinds that have a small picture."""


@dataclass(frozen=True, slots=True)
class Goal:
    """To which observation a file is to be attached."""

    indicator: str
    side: Side
    product: str | None = None
    respondent: str | None = None


class Photos(QObject):
    """What comes in stays with the observation it was meant for, wherever the assessor goes."""

    attached = Signal(object, object)  # Goal, Done
    refused = Signal(object)  # Problem
    changed = Signal()  # thumbnails came, or what is pending
    reason_wanted = Signal()  # something waits to be attached until there is a reason

    def __init__(self, desk: Desk, session: Session, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self.session = session
        self._owner = owner
        self._thumbs: dict[_Shown, QImage] = {}
        self._loading: set[_Shown] = set()
        self._pending: Counter[Goal] = Counter()
        self._waiting: list[tuple[Goal, TakenIn, EvidenceSource]] = []

    def thumbs(self, items: Iterable[Evidence]) -> list[Thumb]:
        """The small pictures that are there; the others are loaded and told by `changed`."""
        listed = list(items)
        wanted = [
            item
            for item in listed
            if item.kind in PICTURED and _as_shown(item) not in self._thumbs.keys() | self._loading
        ]
        if wanted:
            self._load(wanted)
        return [self._thumb(number, item) for number, item in enumerate(listed, start=1)]

    def _thumb(self, number: int, item: Evidence) -> Thumb:
        words = self._desk.words
        name = evidence_words.name_of(item, number, words)
        plain = item.kind is EvidenceKind.PHOTO
        told = name if plain else f"{name} ({evidence_words.facts(item, words)})"
        badge = "" if plain else evidence_words.extent(item, words)
        if item.layers:
            parts = evidence_words.covered_parts(item.layers, words)
            covered = self._desk.say("redaction.covered", parts=parts)
            told, badge = f"{told}. {covered}", self._desk.say("redaction.badge")
        return Thumb(
            item.id,
            self._thumbs.get(_as_shown(item), QImage()),
            told,
            sign="" if plain else SIGNS[item.kind],
            badge=badge,
        )

    def pending(self, goal: Goal) -> int:
        return self._pending[goal]

    @property
    def busy(self) -> bool:
        """Whether photos are still being taken in."""
        return any(self._pending.values())

    def take_files(self, goal: Goal, paths: Sequence[Path]) -> None:
        """Take files in, one after another, each attached as soon as it is ready."""
        from assessor_app.services.evidence.intake import take_in

        zone = self._desk.workplace.profile.zone
        for path in paths:
            self._take(goal, partial(take_in, path, zone=zone), EvidenceSource.FILE)

    def take_image(self, goal: Goal, image: QImage) -> None:
        """Take in a picture from the clipboard, as the PNG that it is there."""
        from assessor_app.services.evidence.intake import take_in_bytes

        zone = self._desk.workplace.profile.zone
        name = self._desk.say("evidence.clipboard")

        def take() -> "TakenIn":
            return take_in_bytes(_png(image), name=name, zone=zone)

        self._take(goal, take, EvidenceSource.CLIPBOARD)

    def _take(self, goal: Goal, take: _Take, source: EvidenceSource) -> None:
        self._pending[goal] += 1
        self.changed.emit()

        def done(taken: "TakenIn") -> None:
            self._pending[goal] -= 1
            self._attach(goal, taken, source)

        def failed(problem: Problem) -> None:
            self._pending[goal] -= 1
            self.refused.emit(problem)
            self.changed.emit()

        work = _sealing(take, self._desk.workplace, self.session)
        self._desk.tasks.run(work, owner=self._owner, done=done, failed=failed)

    @property
    def waits(self) -> bool:
        """Whether something was taken in that needs the reason of the change to be attached."""
        return bool(self._waiting)

    def attach_waiting(self) -> None:
        """Attach what waited for its reason."""
        waiting, self._waiting = self._waiting, []
        for goal, taken, source in waiting:
            self._attach(goal, taken, source)

    def _attach(self, goal: Goal, taken: "TakenIn", source: EvidenceSource) -> None:
        from assessor_app.services.evidence import attaching

        if reason_lacks(self._desk.workplace, self.session):
            # The exit talk began while it was taken in: it must not be lost for that.
            self._waiting.append((goal, taken, source))
            self.refused.emit(VisitRefused("reason_after_exit_talk", visit=self.session.visit_id))
            self.changed.emit()
            self.reason_wanted.emit()
            return
        try:
            done: Done = self.session.attach(
                goal.indicator,
                goal.side,
                taken,
                source=source,
                product=goal.product,
                respondent=goal.respondent,
                reason=change_reason(self._desk.workplace, self.session),
            )
        except Problem as problem:
            if not attaching.may_be_recorded(problem):
                attaching.unstage(self._desk.workplace, self.session.snapshot, taken)
            self.refused.emit(problem)
        else:
            attaching.unstage(self._desk.workplace, self.session.snapshot, taken)
            self.attached.emit(goal, done)
        self.changed.emit()

    def _load(self, items: Sequence[Evidence]) -> None:
        wanted = {_as_shown(one) for one in items}
        self._loading |= wanted
        workplace = self._desk.workplace

        def work(_: Tell) -> dict[_Shown, QImage]:
            return {_as_shown(one): _drawn(workplace, one) for one in items}

        def done(found: dict[_Shown, QImage]) -> None:
            self._loading -= wanted
            self._thumbs |= found
            self.changed.emit()

        def failed(problem: Problem) -> None:
            self._loading -= wanted
            self.refused.emit(problem)

        self._desk.tasks.run(work, owner=self._owner, done=done, failed=failed)


def _sealing(take: _Take, workplace: "Workplace", session: Session) -> "Callable[[Tell], TakenIn]":
    """The work for a worker: to seal a long video would hold the window still."""

    def work(_: Tell) -> "TakenIn":
        from assessor_app.services.evidence.attaching import stage

        return stage(workplace, session.snapshot, take())

    return work


def _as_shown(item: Evidence) -> _Shown:
    return item.id, item.layers


def _drawn(workplace: "Workplace", item: Evidence) -> QImage:
    """A small picture; nothing for one that is lost, which opening it will tell."""
    try:
        return small(thumbnail(workplace, item))
    except Problem:
        return QImage()


def small(jpeg: bytes, *, side: int = THUMB_PX) -> QImage:
    """A picture decoded no larger than `side` pixels: a QImage, which a worker may make."""
    data = QByteArray(jpeg)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    size = reader.size()
    wanted = size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
    if wanted.isValid():
        reader.setScaledSize(wanted)
    return reader.read()


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs do not know a device
    return bytes(data.data())
