"""One of the values that stand against each other: who recorded it, when, where, by what proof."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assessor_app.services.conflicts import Said
from assessor_app.services.told_fields import SHORT_DEVICE
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import TOUCH_TARGET_PX
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.evidence_strip import Thumb
from assessor_app.ui.widgets.labels import body, heading, quiet, strong
from assessor_app.ui.widgets.thumbs import ThumbButton


class SaidCard(Card):
    """Reports which of them is chosen: this field of it, or all that was recorded with it."""

    chosen = Signal()
    whole_chosen = Signal()
    photo_opened = Signal(str)

    def __init__(self, desk: Desk, said: Said, name: str, *, of_several: bool) -> None:
        """`of_several` says whether it stands against others in more fields than this one."""
        super().__init__()
        self.setObjectName(name)
        self._desk = desk
        self._thumbs = QWidget()
        self._thumb_row = QHBoxLayout(self._thumbs)
        self._thumb_row.setContentsMargins(0, 0, 0, 0)
        self._thumb_row.setSpacing(8)
        self._thumb_row.addStretch(1)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(6)
        for part in self._texts(said):
            self.body.addWidget(part)
        self.body.addWidget(self._thumbs)
        self._thumbs.hide()
        self.body.addStretch(1)
        self._ways = self._choices(said, name, of_several=of_several)
        for way in self._ways:
            self.body.addWidget(way)

    def show_thumbs(self, thumbs: Sequence[Thumb]) -> None:
        """Show what its author attached there."""
        while (item := self._thumb_row.takeAt(0)) is not None:
            left = item.widget()
            if left is not None:
                left.hide()
                left.deleteLater()
        for one in thumbs:
            tile = ThumbButton(one.id, tokens=self._desk.tokens)
            tile.show_picture(one.image, one.caption, sign=one.sign, badge=one.badge)
            tile.setObjectName(f"{self.objectName()}.thumb.{one.id}")
            tile.opened.connect(self.photo_opened)
            self._thumb_row.addWidget(tile)
        self._thumb_row.addStretch(1)
        self._thumbs.setVisible(bool(thumbs))

    def set_choosable(self, *, choosable: bool) -> None:
        """Whether the visit takes the choice now."""
        for way in self._ways:
            way.setVisible(choosable)

    def _texts(self, said: Said) -> list[QWidget]:
        say, words = self._desk.say, self._desk.words
        device = (
            words("timeline.own_device")
            if said.own_device
            else words("timeline.other_device", device=said.device[-SHORT_DEVICE:])
        )
        texts: list[QWidget] = [
            quiet(said.name),
            heading(said.value),
            strong(said.author),
            quiet(say("conflict.when", device=device, moment=words.moment(said.recorded_at))),
        ]
        if said.observed_at is not None:
            texts.append(quiet(say("observed.at", moment=words.moment(said.observed_at))))
        if said.note and said.note != said.value:
            texts.append(body(say("conflict.note", note=said.note)))
        if not said.proofs:
            texts.append(quiet(say("conflict.no_proof")))
        return texts

    def _choices(self, said: Said, name: str, *, of_several: bool) -> list[QWidget]:
        say = self._desk.say
        spoken = say("conflict.spoken", value=said.value, author=said.author)
        choose = button(say("conflict.choose"), f"{name}.choose", role="primary", tip=spoken)
        choose.clicked.connect(self.chosen)
        ways: list[QWidget] = [choose]
        if of_several:
            whole = button(say("conflict.whole"), f"{name}.whole", tip=spoken)
            whole.clicked.connect(self.whole_chosen)
            ways.append(whole)
        for way in ways:
            way.setMinimumHeight(TOUCH_TARGET_PX)
        return ways
