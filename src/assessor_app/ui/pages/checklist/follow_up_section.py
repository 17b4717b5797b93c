"""What was found before at this indicator, above its answers: one line, and all of it on demand."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.domain.follow_up import Judged
from assessor_app.services.carrying import carried_at
from assessor_app.services.follow_up import photos_of_then
from assessor_app.services.report.cards import due_set_by_told, in_language
from assessor_app.services.report.follow_up import due_then, since
from assessor_app.ui.pages.checklist.follow_up_looks import LOOKS
from assessor_app.ui.pages.checklist.follow_up_photos import PhotosOfThen
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, quiet, strong

if TYPE_CHECKING:
    from assessor_app.ui.pages.checklist.sections import Around, Section

_SIGN_PX = 22


def follow_up_section(around: "Around") -> "Section | None":
    """Of a follow-up visit, and of one that carries over what the visit before left open."""
    from assessor_app.ui.pages.checklist.sections import Section

    visit = around.session.snapshot.visit
    if visit.predecessor is None or not _carried(around):
        return None
    card = FollowUpCard(around)
    return Section(card, show_seen=card.show_seen)


def _carried(around: "Around") -> Sequence[Judged]:
    """What was found of this indicator, of every product."""
    desk, library = around.desk, around.desk.application.library
    return carried_at(desk.workplace, library, around.session, around.spot.code)


class FollowUpCard(Card):
    """Shown only where something was found before, or where it was added to a follow-up."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._name = f"follow_up.{around.spot.code}"
        self.setObjectName(self._name)
        self.body.setContentsMargins(12, 2, 4, 2)
        self.body.setSpacing(4)
        self._sign, self._standing = QLabel(), strong("")
        self._standing.setObjectName(f"{self._name}.standing")
        self._standing.setWordWrap(False)
        self._then = quiet("")
        self._then.setObjectName(f"{self._name}.then")
        say = around.desk.say
        self._fold = button(say("follow_up.more"), f"{self._name}.more", role="flat")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_folded)
        self._drop = button(say("follow_up.drop"), f"{self._name}.drop", role="flat")
        self._drop.clicked.connect(self._on_drop)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._standing)
        row.addWidget(self._then, stretch=1)
        row.addWidget(self._fold)
        row.addWidget(self._drop)
        self.body.addLayout(row)
        self._more: QWidget | None = None

    def show_seen(self) -> None:
        """Show how it stands now; of several products the one that is looked at."""
        judged = self._judged()
        self.setVisible(bool(judged))
        if not judged:
            return
        one, desk = judged[0], self._around.desk
        sign, hue = LOOKS[one.standing]
        ink = getattr(desk.tokens, hue).ink
        self._sign.setPixmap(icon(sign, ink, size=_SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
        self._standing.setText(desk.words(f"followed.standing.{one.standing.value}"))
        self._then.setText(self._told(one))
        self.setAccessibleName(f"{self._standing.text()}. {self._then.text()}")
        added = one.item.added
        self._fold.setVisible(not added)
        self._drop.setVisible(added and self._around.session.snapshot.takes_answers)

    def _judged(self) -> Sequence[Judged]:
        found = _carried(self._around)
        own = [one for one in found if one.item.product == self._around.spot.product]
        return own or found

    def _told(self, one: Judged) -> str:
        desk = self._around.desk
        if one.item.added:
            return desk.say("follow_up.added")
        words = desk.words
        kind = words(f"finding.{one.item.gap_kind}")
        return desk.say(
            "follow_up.then", kind=kind, since=since(one, words), due=due_then(one, words)
        )

    def _on_folded(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._more is None and shown:
            self._more = self._details(self._judged()[0])
            self.body.addWidget(self._more)
        if self._more is not None:
            self._more.setVisible(shown)

    def _details(self, one: Judged) -> QWidget:
        desk, item = self._around.desk, one.item
        more = QWidget()
        column = QVBoxLayout(more)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(4)
        wording, advice = (in_language(text, desk.words) for text in (item.wording, item.advice))
        if wording:
            column.addWidget(body(wording))
        if advice:
            column.addWidget(quiet(desk.say("follow_up.advice", advice=advice)))
        if item.due_date is not None:
            told = due_set_by_told(item.due_set_by, desk.words)
            due = desk.say("follow_up.due", due=due_then(one, desk.words), who=told)
            column.addWidget(quiet(due))
        photos = photos_of_then(desk.workplace, self._around.session, item)
        if photos:
            look = button(
                desk.say("follow_up.photos", count=len(photos)),
                f"{self._name}.photos",
                icon=icon("camera", desk.tokens.accent),
            )
            look.clicked.connect(lambda: PhotosOfThen(desk, self._around.page, photos).open())
            row = QHBoxLayout()
            row.addWidget(look)
            row.addStretch(1)
            column.addLayout(row)
        self._add_last_year(column)
        return more

    def _add_last_year(self, column: QVBoxLayout) -> None:
        """What was answered then: of a visit that asks everything, which is told nowhere else."""
        from assessor_app.ui.pages.checklist.last_year import last_year_card

        if not self._around.session.snapshot.followed:
            card = last_year_card(self._around)
            if card is not None:
                dress(card, "bare")
                column.addWidget(card)

    def _on_drop(self) -> None:
        code, around = self._around.spot.code, self._around
        around.recording.carry_out(
            code,
            lambda reason: around.session.follow_no_more(code, reason=reason),
            what=around.desk.say("follow_up.dropping", code=code),
        )
