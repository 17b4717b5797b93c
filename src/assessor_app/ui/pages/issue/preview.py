"""The document as it will be printed, or as it was issued, page under page."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import icon_button
from assessor_app.ui.widgets.fields import choose, combo, value_of
from assessor_app.ui.widgets.labels import strong
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.paper import PaperView

if TYPE_CHECKING:  # ReportLab: imported by the work that needs it
    from assessor_app.services.preview import Picture

_PICTURE_PX = 1200  # wide: sharp where the paper is shown half as wide on a dense screen


class PreviewPane(QWidget):
    """Draws anew when the document's language is changed; what was asked for last is shown."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._asked = 0
        self._shown = 0
        self._language = combo(
            "issue.language",
            [(one.value, desk.say(f"issue.language.{one.value}")) for one in Language],
        )
        choose(self._language, Language.INDONESIAN.value)
        self._language.setAccessibleName(desk.say("issue.language.label"))
        self._language.currentIndexChanged.connect(lambda _: self.refresh())
        self._label = strong("")
        self._label.setBuddy(self._language)
        self._notice = Notice(desk.tokens, "issue.preview.notice")
        self._paper = PaperView()
        self._paper.setObjectName("issue.paper")
        self._busy = Busy(self._paper, desk.tokens)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self._label, stretch=1)
        row.addWidget(self._language)
        for name, sign, zoom in (
            ("zoom_out", "dash", self._paper.zoom_out),
            ("zoom_in", "add", self._paper.zoom_in),
        ):
            made = icon_button(
                desk.say(f"issue.preview.{name}"), f"issue.{name}", icon(sign, desk.tokens.ink)
            )
            made.clicked.connect(zoom)
            row.addWidget(made)
        column.addLayout(row)
        column.addWidget(self._notice)
        column.addWidget(self._paper, stretch=1)

    @property
    def language(self) -> Language:
        """The language that the document is made in."""
        return Language(value_of(self._language))

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self._shown

    def take_focus(self) -> None:
        self._paper.setFocus()

    def choose_language(self, language: Language) -> None:
        choose(self._language, language.value)

    def refresh(self) -> None:
        """Draw the document that there is, or the one that would be issued now."""
        issued = bool(self._session.snapshot.documents)
        self._language.setVisible(not issued)
        name = "issued" if issued else "draft"
        self._label.setText(self._desk.say(f"issue.preview.{name}"))
        self._paper.setAccessibleName(self._label.text())
        self._asked += 1
        focused = QApplication.focusWidget()
        self._busy.begin(self._desk.say("issue.preview.drawing"))
        if focused is not None:  # the veil lies over the paper only: the rest can be used
            focused.setFocus()
        self._desk.tasks.run(
            _draw(self._desk, self._session, issued=issued, language=self.language),
            owner=self,
            done=partial(self._on_drawn, self._asked),
            failed=partial(self._on_failed, self._asked),
            progress=self._busy.show_progress,
        )

    def _on_drawn(self, asked: int, images: list[QImage]) -> None:
        if asked != self._asked:
            return
        self._busy.end()
        self._notice.clear()
        self._paper.show_pages(images)
        self._shown = len(images)

    def _on_failed(self, asked: int, problem: Problem) -> None:
        if asked != self._asked:
            return
        self._busy.end()
        self._paper.clear()
        self._shown = 0
        self._notice.tell(self._desk.told(problem), Tone.ERROR)


def _draw(
    desk: Desk, session: Session, *, issued: bool, language: Language
) -> Callable[[Tell], list[QImage]]:
    """The work for a worker; it knows no widget (issue.py says why)."""
    workplace = desk.workplace
    sentence = partial(desk.say, "issue.preview.page")

    def work(tell: Tell) -> list[QImage]:
        from assessor_app.services import preview

        def told(number: int, count: int) -> None:
            tell(sentence(number=number, count=count))

        if issued:
            pdf = preview.issued_pdf(session, workplace)
        else:
            pdf = preview.preview(session, workplace, language)
        return [_image(one) for one in preview.pictures(pdf, width=_PICTURE_PX, tell=told)]

    return work


def _image(page: "Picture") -> QImage:
    """A copy: the picture's own bytes go when it does."""
    form = QImage.Format.Format_BGR888
    return QImage(page.pixels, page.width, page.height, page.stride, form).copy()
