"""The pictures of the open visit: to look at, to save as PNG or SVG, to copy, to read."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.problem import Problem
from assessor_app.services.improving import Way, way_of_visit
from assessor_app.services.picture_file import write_picture
from assessor_app.services.report.words import Words
from assessor_app.services.results_page import (
    InstitutionResults,
    gather,
    institution_results,
)
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.parts.file_place import documents_folder, free_path, with_suffix
from assessor_app.ui.pages.pictures.card import PictureCard
from assessor_app.ui.pages.pictures.drawn import Picture, pictures, trend_picture, way_picture
from assessor_app.ui.pages.pictures.saving import SCALES, Sheet, as_image, as_png, as_svg
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import choose, combo, value_of
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

_USUAL_SCALE = 2
_WIDE = 1180  # pixels from which two pictures have room beside each other


class PicturesPage(QWidget):
    """Drawn when it is opened; the years and the way come from a worker."""

    left = Signal()
    way_wanted = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("pictures")
        self._desk = desk
        self._session = session
        self._seen = session.seen()
        self._notice = Notice(desk.tokens, "pictures.notice")
        self._scale = combo(
            "pictures.scale",
            [(str(one), desk.say("pictures.scale", times=one)) for one in SCALES],
        )
        self._scale.setAccessibleName(desk.say("pictures.scale_name"))
        choose(self._scale, str(_USUAL_SCALE))
        self._cards: list[PictureCard] = []
        self._columns = [QVBoxLayout(), QVBoxLayout()]
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._furnish()
        for one in pictures(desk, self._seen):
            self._add(one)
        QShortcut(QKeySequence("Escape"), self, self.left.emit)
        self.hint = desk.say("pictures.keys")
        desk.tasks.run(
            partial(_years, desk, session), owner=self, done=self._on_years, failed=self._on_none
        )
        desk.tasks.run(partial(_way, session), owner=self, done=self._on_way, failed=self._on_none)

    @property
    def cards(self) -> Sequence[PictureCard]:
        return tuple(self._cards)

    def take_over(self, before: QWidget) -> None:
        """As large as chosen in another language or other colours."""
        if isinstance(before, PicturesPage):
            choose(self._scale, value_of(before._scale))  # noqa: SLF001 - of the same kind

    def _furnish(self) -> None:
        say, tokens = self._desk.say, self._desk.tokens
        back = button(
            say("pictures.back"), "pictures.back", role="flat", icon=icon("back", tokens.accent)
        )
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title(say("pictures.title")), 1)
        head.addWidget(self._scale)
        if self._seen.outlook.scores and self._seen.instrument.bands:
            head.addWidget(self._way_button())
        head.addWidget(back)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 6, 0)
        inner.setSpacing(12)
        inner.addLayout(self._beside)
        inner.addStretch(1)
        self._beside.setSpacing(12)
        for half in self._columns:
            half.setSpacing(12)
            half.addStretch(1)
            self._beside.addLayout(half, 1)
        let_flow(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(quiet(say("pictures.intro")))
        column.addWidget(self._notice)
        column.addWidget(scrolling(content, "pictures.area"), 1)

    def _way_button(self) -> QPushButton:
        say = self._desk.say
        way = button(say("pictures.to_way"), "pictures.way", tip=say("pictures.to_way_tip"))
        way.clicked.connect(self.way_wanted)
        return way

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if way != self._beside.direction():
            self._beside.setDirection(way)
            for place, card in enumerate(self._cards):  # one below the other they keep their order
                self._put(place, card)

    def _put(self, place: int, card: PictureCard) -> None:
        """A picture in its column, above the room that is left."""
        wide = self._beside.direction() == QBoxLayout.Direction.LeftToRight
        for half in self._columns:
            half.removeWidget(card)
        half = self._columns[place % 2 if wide else 0]
        half.insertWidget(half.count() - 1, card)

    def _add(self, picture: Picture) -> None:
        card = PictureCard(self._desk, picture)
        card.png_wanted.connect(partial(self._save, picture, ".png"))
        card.svg_wanted.connect(partial(self._save, picture, ".svg"))
        card.copy_wanted.connect(partial(self._copy, picture))
        self._cards.append(card)
        self._put(len(self._cards) - 1, card)

    # What comes later

    def _on_years(self, found: InstitutionResults | None) -> None:
        if found is not None and found.points:
            self._add(trend_picture(self._desk, found))

    def _on_way(self, way: Way) -> None:
        self._add(way_picture(self._desk, way))

    def _on_none(self, _: Problem) -> None:
        """What cannot be drawn is not there; the page of the way says why."""

    # Saved and copied

    def sheet(self, picture: Picture) -> Sheet:
        """A picture with what stands around it in a file."""
        words, say, visit = self._desk.words, self._desk.say, self._seen.snapshot.visit
        official = next(iter(self._seen.outlook.scores.values()), None)
        standing = words(f"standing.{official.standing.value}") if official else ""
        day = words.day(visit.arrival.astimezone(words.zone).date())
        return Sheet(
            picture=picture,
            subject=say(
                "pictures.subject", unit=visit.unit, institution=visit.institution, day=day
            ),
            standing=standing,
            source=say(
                "pictures.source",
                instrument=words.of(self._seen.instrument.title),
                made=_made(self._desk, words),
            ),
            mark=words("sample_mark") if visit.sample else "",
        )

    def _save(self, picture: Picture, suffix: str) -> None:
        path = self._asked(picture, suffix)
        if path is not None:
            self.save_to(picture, path)

    def save_to(self, picture: Picture, path: Path) -> None:
        """Write a picture; what it is its ending says."""
        sheet = self.sheet(picture)
        is_svg = path.suffix.casefold() == ".svg"
        data = as_svg(sheet) if is_svg else as_png(sheet, scale=int(value_of(self._scale)))
        try:
            write_picture(path, data)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._notice.tell(self._desk.say("pictures.saved", path=path), Tone.SUCCESS)

    def _copy(self, picture: Picture) -> None:
        image = as_image(self.sheet(picture), scale=int(value_of(self._scale)))
        QGuiApplication.clipboard().setImage(image)
        self.said.emit(self._desk.say("pictures.copied", title=picture.title))

    def _asked(self, picture: Picture, suffix: str) -> Path | None:
        """Where it is to be saved; None where the dialog was left."""
        visit = self._seen.snapshot.visit
        usual = free_path(documents_folder(), f"{picture.title} {visit.unit}", suffix=suffix)
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self._desk.say("pictures.save_dialog"),
            str(usual),
            f"*{suffix}",
            options=QFileDialog.Option.DontConfirmOverwrite,  # it is refused: nothing is replaced
        )
        return with_suffix(chosen, suffix=suffix) if chosen else None


def _made(desk: Desk, words: Words) -> str:
    return words.moment(desk.application.clock.now())


def _years(desk: Desk, session: Session, _tell: Tell) -> InstitutionResults | None:
    gathered = gather(desk.workplace, desk.application.library)
    return institution_results(gathered, session.seen().snapshot.visit.institution)


def _way(session: Session, _tell: Tell) -> Way:
    seen = session.seen()
    return way_of_visit(seen.snapshot, seen.outlook, seen.instrument)
