"""Evidence of the open visit: taken in by a worker, kept by the session, shown small."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QWidget

from assessor_app.domain.annotation import Annotations
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Evidence, EvidenceKind, EvidenceSource
from assessor_app.domain.problem import Problem, VisitRefused
from assessor_app.domain.redaction import Layers
from assessor_app.services.change_reason import change_reason, reason_lacks
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.copies import thumbnail
from assessor_app.services.evidence.covering import shown_page
from assessor_app.services.evidence.editing import NOTHING_TOLD, About
from assessor_app.services.evidence.watching import Arrived
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.incoming import Coming, Incoming
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.evidence_strip import Thumb

if TYPE_CHECKING:
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.evidence.taken import TakenIn
    from assessor_app.ui.photo_watch import PhotoWatch

_Take = Callable[[], "TakenIn"]
_Shown = tuple[str, Layers, Annotations, int]
"""What a small picture is of: evidence, what is covered and drawn over, and which page."""
MOST_THUMBS = 96  # kept in memory, 80 kB each
_MAY_BE_HALF = frozenset(
    {
        "photo_damaged",
        "not_a_photo",
        "evidence_kind_unknown",
        "file_unreadable",
        "file_changed",
        "file_empty",
        "file_missing",
    }
)
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


@dataclass(frozen=True, slots=True)
class Way:
    """How a file came: its name, by what, and what is told of it."""

    name: str
    source: EvidenceSource
    about: About = NOTHING_TOLD
    caption: str | None = None
    arrived: Arrived | None = None


class Photos(QObject):
    """What comes in stays with the observation it was meant for, wherever the assessor goes."""

    attached = Signal(object, object)  # Goal, Done
    landed = Signal(object, str)  # Goal, the evidence's id: it came from a watched folder
    refused = Signal(object)  # Problem
    changed = Signal()  # thumbnails came, or what is pending
    reason_wanted = Signal()  # something waits to be attached until there is a reason

    def __init__(self, desk: Desk, session: Session, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self.session = session
        self._owner = owner
        self._thumbs: OrderedDict[_Shown, QImage] = OrderedDict()
        self._loading: set[_Shown] = set()
        self._pending: Counter[Goal] = Counter()
        self._waiting: list[tuple[Goal, TakenIn, Way]] = []
        self._soon = QTimer(self)  # told once in a turn, however much changed in it
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.changed)
        self.incoming = Incoming(desk.tasks, owner, self)
        self.watch: PhotoWatch | None = None
        """What looks after the folders that photos arrive in, where any is watched."""

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
        self._forget_besides(listed)
        return [self._thumb(number, item) for number, item in enumerate(listed, start=1)]

    def _forget_besides(self, listed: Sequence[Evidence]) -> None:
        """Let go of the pictures that were shown longest ago; not of those that are shown now."""
        for item in listed:
            if (shown := _as_shown(item)) in self._thumbs:
                self._thumbs.move_to_end(shown)
        while len(self._thumbs) > max(MOST_THUMBS, len(listed)):
            self._thumbs.popitem(last=False)

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
        """Take files in, two at a time, each attached as soon as it is ready."""
        self._take(
            goal,
            [
                (self._read(path), Way(path.name, EvidenceSource.FILE, About(file_name=path.name)))
                for path in paths
            ],
        )

    def take_arrived(self, goal: Goal, arrived: Iterable[Arrived]) -> None:
        """Take in what came into a watched folder; the path by which each came is kept."""
        self._take(
            goal,
            [
                (
                    self._read(one.path),
                    Way(one.name, one.source, About(file_name=one.name), arrived=one),
                )
                for one in arrived
            ],
        )

    def take_web(
        self, goal: Goal, image: QImage | Path, about: About, *, caption: str | None
    ) -> None:
        """Take in a screenshot with the address that it was made at, and what was seen there."""
        if isinstance(image, Path):
            way = Way(image.name, EvidenceSource.FILE, about, caption=caption)
            self._take(goal, [(self._read(image), way)])
            return
        name = self._desk.say("evidence.clipboard")
        way = Way(name, EvidenceSource.CLIPBOARD, about, caption=caption)
        self._take(goal, [(partial(_from_picture, self._desk, image, name), way)])

    def take_image(self, goal: Goal, image: QImage) -> None:
        """Take in a picture from the clipboard, as the PNG that it is there."""
        name = self._desk.say("evidence.clipboard")
        way = Way(name, EvidenceSource.CLIPBOARD)
        self._take(goal, [(partial(_from_picture, self._desk, image, name), way)])

    def _read(self, path: Path) -> _Take:
        return partial(_from_file, self._desk, path)

    def _take(self, goal: Goal, files: Sequence[tuple[_Take, Way]]) -> None:
        """All at once, so that what shows them is told once."""
        self._pending[goal] += len(files)
        self.incoming.add([self._coming(goal, take, way) for take, way in files])
        self._soon.start()

    def _coming(self, goal: Goal, take: _Take, way: Way) -> Coming:
        def done(taken: "TakenIn") -> None:
            self._pending[goal] -= 1
            self._attach(goal, taken, way)

        def failed(problem: Problem) -> None:
            self._pending[goal] -= 1
            if not self._comes_again(way, problem):
                self.refused.emit(problem)
            self._soon.start()

        def left() -> None:
            self._pending[goal] -= 1
            self._soon.start()

        work = _sealing(take, self._desk.workplace, self.session)
        return Coming(way.name, work, done, failed, left)

    def _comes_again(self, way: "Way", problem: Problem) -> bool:
        """Whether a photo of a watched folder is tried once more: it may be half written yet."""
        if way.arrived is None or self.watch is None or problem.code not in _MAY_BE_HALF:
            return False
        return self.watch.try_again(way.arrived)

    @property
    def waits(self) -> bool:
        """Whether something was taken in that needs the reason of the change to be attached."""
        return bool(self._waiting)

    def attach_waiting(self) -> None:
        """Attach what waited for its reason."""
        waiting, self._waiting = self._waiting, []
        for goal, taken, way in waiting:
            self._attach(goal, taken, way)

    def _attach(self, goal: Goal, taken: "TakenIn", way: Way) -> None:
        from assessor_app.services.evidence import attaching

        if reason_lacks(self._desk.workplace, self.session):
            # The exit talk began while it was taken in: it must not be lost for that.
            self._waiting.append((goal, taken, way))
            self.refused.emit(VisitRefused("reason_after_exit_talk", visit=self.session.visit_id))
            self._soon.start()
            self.reason_wanted.emit()
            return
        try:
            done: Done = self.session.attach(
                goal.indicator,
                goal.side,
                taken,
                source=way.source,
                product=goal.product,
                respondent=goal.respondent,
                caption=way.caption,
                about=way.about,
                reason=change_reason(self._desk.workplace, self.session),
            )
        except Problem as problem:
            if not attaching.may_be_recorded(problem):
                attaching.unstage(self._desk.workplace, self.session.snapshot, taken)
            if way.arrived is None or problem.code != "evidence_already_there":
                self.refused.emit(problem)
        else:
            attaching.unstage(self._desk.workplace, self.session.snapshot, taken)
            self.attached.emit(goal, done)
            item = attaching.same_photo(self.session.snapshot, taken)
            if way.arrived is not None and item is not None:
                self.landed.emit(goal, item.id)
        self._soon.start()

    def _load(self, items: Sequence[Evidence]) -> None:
        wanted = {_as_shown(one) for one in items}
        self._loading |= wanted
        workplace = self._desk.workplace

        def work(_: Tell) -> dict[_Shown, QImage]:
            return {_as_shown(one): _drawn(workplace, one) for one in items}

        def done(found: dict[_Shown, QImage]) -> None:
            self._loading -= wanted
            self._thumbs |= found
            self._soon.start()

        def failed(problem: Problem) -> None:
            self._loading -= wanted
            self.refused.emit(problem)

        self._desk.tasks.run(work, owner=self._owner, done=done, failed=failed)


def _from_file(desk: Desk, path: Path) -> "TakenIn":
    return desk.decoder.take_in(path, zone=desk.workplace.profile.zone)


def _from_picture(desk: Desk, image: QImage, name: str) -> "TakenIn":
    """What is on the clipboard, as the PNG that it is there."""
    zone = desk.workplace.profile.zone
    return desk.decoder.take_in_bytes(png_of(image), name=name, zone=zone)


def _sealing(take: _Take, workplace: "Workplace", session: Session) -> "Callable[[Tell], TakenIn]":
    """The work for a worker: to seal a long video would hold the window still."""

    def work(_: Tell) -> "TakenIn":
        from assessor_app.services.evidence.attaching import stage

        return stage(workplace, session.snapshot, take())

    return work


def _as_shown(item: Evidence) -> _Shown:
    return item.id, item.layers, item.annotations, shown_page(item)


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


def png_of(image: QImage) -> bytes:
    """A picture of the clipboard as a file's bytes."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs do not know a device
    return bytes(data.data())
