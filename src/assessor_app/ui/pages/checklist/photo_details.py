"""Beside the picture: its caption, what its file claims, how it came, and what it proves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.observation import Evidence, EvidenceKind, ObservationKey
from assessor_app.services.evidence import words as evidence_words
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.fields import Field, RestingLine
from assessor_app.ui.widgets.labels import body, quiet, strong

WIDE = 300  # pixels, at letters of normal size
_SHORT_HASH = 16  # hex digits, as the pages print


class PhotoDetails(QWidget):
    """Knows one piece of evidence; reports what the assessor says of it."""

    caption_given = Signal(str)
    web_wanted = Signal()
    move_wanted = Signal()
    share_wanted = Signal()
    detach_wanted = Signal(object)  # ObservationKey, or None for the visit

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("photo.details")
        self.setMinimumWidth(grown(WIDE))
        self._desk = desk
        say = desk.say
        self._caption = RestingLine("photo.caption", placeholder=say("proof.caption_place"))
        self._caption.settled.connect(self.caption_given)
        self._written = body("")
        self._field = Field(say("proof.caption"), self._caption)
        self._places = QVBoxLayout()
        self._places.setSpacing(2)
        self._claims = quiet("")
        self._way = quiet("")
        self._web = quiet("")
        self._web_button = self._act("web", "globe")
        self._move = self._act("move", "move-to")
        self._share = self._act("share", "share")
        self._web_button.clicked.connect(self.web_wanted)
        self._move.clicked.connect(self.move_wanted)
        self._share.clicked.connect(self.share_wanted)
        self._furnish()

    def settle(self) -> None:
        """Report a caption that is typed and not reported yet."""
        self._caption.typed.settle()

    def show_item(self, item: Evidence, *, captions: Sequence[str], editable: bool) -> None:
        """Show what is recorded of a piece of evidence; nothing is reported by this."""
        say, words = self._desk.say, self._desk.words
        self._caption.typed.show_text(item.caption or "")
        completer = QCompleter(list(captions), self._caption)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._caption.setCompleter(completer)
        self._field.setVisible(editable)
        self._written.setText(item.caption or "")
        self._written.setVisible(bool(item.caption) and not editable)
        place = item.place
        claims = [evidence_words.facts(item, words), evidence_words.made_at(item, words)]
        if place is not None:
            claims.append(say("proof.position", latitude=place.latitude, longitude=place.longitude))
        self._claims.setText(say("proof.claims", claims="\n".join(claims)))
        self._way.setText(
            say(
                "proof.way",
                way=evidence_words.way_told(item, words),
                hash=item.sha256[:_SHORT_HASH],
            )
        )
        self._web.setText(evidence_words.web_told(item, words))
        self._web.setVisible(bool(item.url) or item.components is not None)
        self._web_button.setVisible(editable and item.kind is EvidenceKind.PHOTO)
        for made in (self._move, self._share):
            made.setVisible(editable)
        self._show_places(item, editable=editable)

    def _show_places(self, item: Evidence, *, editable: bool) -> None:
        while (old := self._places.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        words, say = self._desk.words, self._desk.say
        rows: list[tuple[str, ObservationKey | None]] = [
            (f"{key.indicator}, {words(f'side_within.{key.side.value}')}", key)
            for key in item.attached_to
        ]
        if item.of_visit:
            rows.append((words("findings.of_visit"), None))
        for told, key in rows:
            self._places.addWidget(self._row(told, key, editable=editable))
        if not rows:
            self._places.addWidget(quiet(say("proof.unattached")))

    def _row(self, told: str, key: ObservationKey | None, *, editable: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(body(told), stretch=1)
        if editable:
            name = key.entity.replace("/", ".") if key else "visit"
            sign = icon("detach", self._desk.tokens.ink)
            away = icon_button(
                self._desk.say("proof.detach", place=told), f"photo.detach.{name}", sign
            )
            away.clicked.connect(lambda: self.detach_wanted.emit(key))
            line.addWidget(away)
        return row

    def _act(self, name: str, sign: str) -> QPushButton:
        text = self._desk.say(f"proof.{name}")
        return button(text, f"photo.{name}", icon=icon(sign, self._desk.tokens.ink))

    def _furnish(self) -> None:
        say = self._desk.say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._field)
        column.addWidget(self._written)
        column.addWidget(strong(say("proof.proves")))
        column.addLayout(self._places)
        for part in (self._move, self._share, self._web, self._web_button):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self._way)
        column.addWidget(self._claims)
