"""The folders that new photos come from during a visit, and what brings them there."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.problem import Problem
from assessor_app.services.evidence.watching import WatchedFolder
from assessor_app.services.photo_folders import WAYS
from assessor_app.services.store_settings import change_settings, settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State, emptied
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import choose, combo, value_of
from assessor_app.ui.widgets.labels import body, quiet
from assessor_app.ui.widgets.notice import Notice, Tone


class PhotoFolderSection(Card):
    """What is chosen is kept at once, and watched from the next look at the checklist on."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("device.photos.title"))
        self._desk = desk
        self._notice = Notice(desk.tokens, "device.photos.notice")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        add = button(
            desk.say("device.photos.add"),
            "device.photos.add",
            icon=icon("folder", desk.tokens.ink),
        )
        add.clicked.connect(self._on_add)
        acts = QHBoxLayout()
        acts.addWidget(add)
        acts.addStretch(1)
        self.body.addWidget(quiet(desk.say("device.photos.told")))
        self.body.addWidget(self._notice)
        self.body.addLayout(self._rows)
        self.body.addLayout(acts)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Show what is watched, and whether it is there now."""
        emptied(self._rows)
        folders = self._folders()
        for one in folders:
            self._rows.addWidget(self._row(one))
        if not folders:
            self._rows.addWidget(quiet(self._desk.say("device.photos.none")))

    def state(self) -> State:
        """How many are watched, and whether one of them is not there."""
        say, folders = self._desk.say, self._folders()
        away = sum(not _is_there(one.path) for one in folders)
        if not folders:
            return State(say("device.photos.state_none"), Tone.INFO)
        if away:
            told = say("device.photos.state_away", count=len(folders), away=away)
            return State(told, Tone.WARNING)
        return State(say("device.photos.state", count=len(folders)), Tone.SUCCESS)

    def ask_for_folder(self) -> Path | None:
        """The folder that is chosen in a dialog; None where it is left."""
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        begun = QStandardPaths.writableLocation(pictures)
        chosen = QFileDialog.getExistingDirectory(
            self, self._desk.say("device.photos.choose"), begun
        )
        return Path(chosen) if chosen else None

    def add(self, path: Path) -> None:
        """Watch one more folder; which way brings photos there is guessed by its name."""
        self._set((*self._folders(), WatchedFolder(path, _likely(path))))

    def _folders(self) -> tuple[WatchedFolder, ...]:
        return settings(self._desk.workplace).photo_folders

    def _row(self, folder: WatchedFolder) -> QWidget:
        say, words = self._desk.say, self._desk.words
        name = folder.path.name
        state = say("device.photos.there" if _is_there(folder.path) else "device.photos.away")
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(12)
        told = body(say("device.photos.row", path=folder.path, state=state))
        way = combo(
            f"device.photos.way.{name}",
            [(one.value, words(f"evidence_source.{one.value}")) for one in WAYS],
        )
        choose(way, folder.source.value)
        way.setAccessibleName(say("device.photos.way", name=name))
        way.activated.connect(partial(self._on_way, folder, way))
        sign = icon("trash", self._desk.tokens.ink)
        away = icon_button(
            say("device.photos.remove", name=name), f"device.photos.remove.{name}", sign
        )
        away.clicked.connect(partial(self._on_removed, folder))
        line.addWidget(told, stretch=1)
        line.addWidget(way)
        line.addWidget(away)
        return row

    def _on_add(self) -> None:
        chosen = self.ask_for_folder()
        if chosen is not None:
            self.add(chosen)

    def _on_way(self, folder: WatchedFolder, way: QComboBox, _: int) -> None:
        other = WatchedFolder(folder.path, EvidenceSource(value_of(way)))
        self._set(tuple(other if one == folder else one for one in self._folders()))

    def _on_removed(self, folder: WatchedFolder) -> None:
        self._set(tuple(one for one in self._folders() if one != folder))

    def _set(self, folders: tuple[WatchedFolder, ...]) -> None:
        self._notice.clear()
        try:
            change_settings(self._desk.workplace, photo_folders=folders)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self.refresh()
        self.changed.emit()


def _is_there(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _likely(path: Path) -> EvidenceSource:
    """A camera's folders are called DCIM, a messenger's by its name; both can be put right."""
    told = str(path).casefold()
    if any(name in told for name in ("whatsapp", "telegram", "signal", "unduhan", "download")):
        return EvidenceSource.MESSENGER
    if "mtp" in told or "gphoto" in told or "/media/" in told:
        return EvidenceSource.CABLE
    return EvidenceSource.CAMERA if "dcim" in told else EvidenceSource.WATCHED_FOLDER
