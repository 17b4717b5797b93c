"""What the viewer shows of evidence: the picture that is handed out, a finer one, or a card."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from assessor_app.domain.observation import Evidence
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.copies import photo
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.photos import SIGNS
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.labels import heading, quiet

if TYPE_CHECKING:
    from assessor_app.services.enrolment import Workplace

_SIGN_PX = 72
_FINE_PX = 4096  # the longer side of the picture that is looked at closely


def recording_card(desk: Desk, item: Evidence) -> QWidget:
    """A card in place of a picture: what it is, how long, how large, and how to hear it."""
    card = QWidget()
    card.setObjectName("photo.recording")
    sign = QLabel()
    size = QSize(_SIGN_PX, _SIGN_PX)
    sign.setPixmap(icon(SIGNS[item.kind], desk.tokens.accent, size=_SIGN_PX).pixmap(size))
    column = QVBoxLayout(card)
    column.setSpacing(12)
    column.addStretch(1)
    told = heading(evidence_words.facts(item, desk.words))
    parts: Sequence[QLabel] = (sign, told, quiet(desk.say("photo.play_outside")))
    for part in parts:
        part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(part)
    column.addStretch(1)
    return card


def as_handed_out(workplace: "Workplace", item: Evidence, _: Tell) -> QImage:
    return QImage.fromData(photo(workplace, item))


def as_fine_as_it_is(workplace: "Workplace", item: Evidence, _: Tell) -> QImage:
    from assessor_app.services.evidence.derived import shown_picture

    picture = shown_picture(workplace.store.vault, item, side=_FINE_PX)
    width, height = picture.size
    plain = picture.tobytes()
    return QImage(plain, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
