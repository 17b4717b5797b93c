"""A page on the web or in social media: its address, a screenshot, the 14 components."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.components import COUNT, TO_BE_PUBLISHED, Component
from assessor_app.domain.observation import Evidence
from assessor_app.domain.problem import Problem
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.editing import About, clean_url
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import heading, quiet, strong
from assessor_app.ui.widgets.scrolling import scrolling

_WIDE = 860  # pixels, at letters of normal size
_TWO_COLUMNS = 720  # pixels of the window from which the 14 stand in two columns
_PICTURE_PX = (220, 140)


class WebForm(QDialog):
    """New evidence of a web page, or what is said of a screenshot that is there already."""

    given = Signal(object, object)  # About, and the screenshot: QImage, Path, or None

    def __init__(self, desk: Desk, over: QWidget, *, item: Evidence | None = None) -> None:
        super().__init__(over)
        self.setObjectName("web")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = desk.say
        self._desk = desk
        self._columns = 2 if over.window().width() >= grown(_TWO_COLUMNS) else 1
        self._new = item is None
        self._shot: QImage | Path | None = None
        self._looked = item is not None and item.components is not None
        self.setWindowTitle(say("web.title"))
        self._url = line_edit("web.url", placeholder="https://")
        self._url_field = Field(say("web.url"), self._url)
        self._paste = button(say("web.paste"), "web.paste", icon=icon("paste", desk.tokens.ink))
        self._file = button(say("web.file"), "web.file", icon=icon("folder", desk.tokens.ink))
        self._picture = QLabel()
        self._picture.setObjectName("web.picture")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumSize(*_PICTURE_PX)
        self._count = strong("")
        self._ticks = {one: self._tick(one) for one in Component}
        self._take = button(
            say("web.take" if self._new else "web.keep"), "web.take", role="primary"
        )
        self._leave = button(say("web.leave"), "web.leave")
        self._furnish()
        self._connect()
        self._show_item(item)
        room = over.window().size()
        self.resize(min(grown(_WIDE), room.width()), round(room.height() * 0.9))
        self._url.setFocus()

    def ask_for_file(self) -> Path | None:
        """The screenshot that is chosen in a dialog; None where it is left."""
        chosen, _ = QFileDialog.getOpenFileName(self, self._desk.say("web.file"))
        return Path(chosen) if chosen else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes the screenshot, wherever the focus is but in the address."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._new:
            self._on_paste()
        else:
            super().keyPressEvent(event)

    def show_shot(self, shot: QImage | Path) -> None:
        """Show the screenshot that is to be taken."""
        self._shot = shot
        picture = QPixmap(str(shot)) if isinstance(shot, Path) else QPixmap.fromImage(shot)
        if picture.isNull():  # a form that Qt does not read: it is looked at when it is taken
            self._picture.setText(shot.name if isinstance(shot, Path) else "")
            return
        self._picture.setPixmap(
            picture.scaled(
                *_PICTURE_PX,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        self._show_count()

    # How it is laid out

    def _tick(self, one: Component) -> QCheckBox:
        text = self._desk.words(f"component.{one.value}")
        if one in TO_BE_PUBLISHED:
            text = self._desk.say("web.to_be_published", component=text)
        return tick(text, f"web.component.{one.value}")

    def _furnish(self) -> None:
        say = self._desk.say
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(12)
        column.addWidget(heading(say("web.title")))
        column.addWidget(self._url_field)
        shot = QHBoxLayout()
        shot.setSpacing(12)
        shot.addWidget(self._picture)
        ways = QVBoxLayout()
        ways.addWidget(quiet(say("web.shot")))
        ways.addWidget(self._paste)
        ways.addWidget(self._file)
        ways.addStretch(1)
        shot.addLayout(ways, stretch=1)
        holder = QWidget()
        holder.setLayout(shot)
        holder.setVisible(self._new)
        column.addWidget(holder)
        column.addWidget(self._count)
        column.addWidget(quiet(say("web.hint")))
        grid = QGridLayout()
        grid.setSpacing(4)
        half = -(-COUNT // self._columns)
        for number, made in enumerate(self._ticks.values()):
            grid.addWidget(made, number % half, number // half)
        column.addLayout(grid)
        column.addStretch(1)
        acts = QHBoxLayout()
        acts.addStretch(1)
        acts.addWidget(self._leave)
        acts.addWidget(self._take)
        whole = QVBoxLayout(self)
        whole.addWidget(scrolling(content, "web.area"), stretch=1)
        whole.addLayout(acts)

    def _connect(self) -> None:
        self._paste.clicked.connect(self._on_paste)
        self._file.clicked.connect(self._on_file)
        self._take.clicked.connect(self._on_take)
        self._leave.clicked.connect(self.reject)
        for made in self._ticks.values():
            made.clicked.connect(self._on_ticked)

    def _show_item(self, item: Evidence | None) -> None:
        if item is not None:
            self._url.setText(item.url or "")
            for one in item.components or ():
                self._ticks[one].setChecked(True)
        else:
            self._picture.setText(self._desk.say("web.no_shot"))
        self._show_count()

    def _show_count(self) -> None:
        told = evidence_words.components_told(self._seen(), self._desk.words)
        self._count.setText(told)
        self._take.setEnabled(self._shot is not None or not self._new)

    def _seen(self) -> tuple[Component, ...]:
        return tuple(one for one, made in self._ticks.items() if made.isChecked())

    # What the assessor did

    def _on_ticked(self) -> None:
        self._looked = True
        self._show_count()

    def _on_paste(self) -> None:
        image = QGuiApplication.clipboard().image()
        if image.isNull():
            self._picture.setText(self._desk.say("web.nothing_to_paste"))
            return
        self.show_shot(image)

    def _on_file(self) -> None:
        chosen = self.ask_for_file()
        if chosen is not None:
            self.show_shot(chosen)

    def _on_take(self) -> None:
        """What cannot be an address is said at its field, and nothing is taken."""
        try:
            url = clean_url(self._url.text())
        except Problem as problem:
            self._url_field.show_fault(self._desk.told(problem))
            self._url.setFocus()
            return
        moment = self._desk.workplace.store.clock.now() if self._new and url else None
        about = About(url=url, seen_at=moment, components=self._seen() if self._looked else None)
        self.accept()
        self.given.emit(about, self._shot)
