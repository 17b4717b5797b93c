"""The verifier's page: a PDF is dropped or chosen, and judged without any network."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.problem import IssueProblem, Problem, StoreProblem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import centred, let_flow
from assessor_app.ui.pages.parts.file_place import documents_folder
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.parts.ticks import tick
from assessor_app.ui.pages.parts.waiting import Waiting
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon, set_look
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import heading, quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # pyHanko is fetched when a file is judged
    from assessor_app.services.verifying import Verdict
    from assessor_app.ui.pages.verify.verdict_card import Files

_MARGIN = 16
_WIDEST = 1000
_PICTURE = 48
_STAGES = {"content": "stopping.content", "signatures": "stopping.signatures"}
_MOST_DROPPED = 2  # a file, and the earlier one that it continues


class VerifyPage(QWidget):
    """Needs no store: whoever was handed a document may ask here."""

    left = Signal()

    def __init__(self, desk: Desk, path: Path | None = None) -> None:
        super().__init__()
        self.setObjectName("verify")
        self.setAcceptDrops(True)
        self._desk = desk
        self._path: Path | None = None
        self._earlier: Path | None = None
        self._notice = Notice(desk.tokens, "verify.notice")
        self._trial = tick(desk.say("verify.trial"), "verify.trial")
        self._trial.toggled.connect(self._on_trial_toggled)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(title(desk.say("verify.title")))
        self._column.addWidget(self._drop_zone())
        self._column.addWidget(self._notice)
        self._column.addStretch()
        self._shown: QWidget | None = None
        self._lay_out(content)
        self._waiting = Waiting(desk, Busy(self, desk.tokens), owner=self, stopped=self._on_stopped)
        QShortcut(QKeySequence("Escape"), self, self.left.emit)
        if path is not None:
            self.verify(path)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._choose.setFocus()

    def take_over(self, before: QWidget) -> None:
        """Go on with the file of the same page in another language or other colours."""
        if isinstance(before, VerifyPage) and before.path and before.path != self.path:
            self.verify(before.path, earlier=before.earlier)

    @property
    def path(self) -> Path | None:
        """The file that was judged last."""
        return self._path

    @property
    def earlier(self) -> Path | None:
        """The file that it was compared with."""
        return self._earlier

    def verify(self, path: Path, *, earlier: Path | None = None) -> None:
        """Judge a file, and whether it continues an earlier one, and show what was found."""
        self._path, self._earlier = path, earlier
        self._notice.clear()
        say = self._desk.say
        self._waiting.begin(
            partial(_judged, self._desk, path, earlier, self._trial.isChecked()),
            say("verify.working"),
            done=partial(self._on_judged, _named(path, earlier)),
            failed=self._on_failed,
            worded=lambda stage: say(_STAGES[stage]),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()
            set_look(self._zone, "role", "notice")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        set_look(self._zone, "role", "card")

    def dropEvent(self, event: QDropEvent) -> None:
        set_look(self._zone, "role", "card")
        dropped = _dropped(event.mimeData())
        if dropped:
            event.acceptProposedAction()
            later, *earlier = dropped
            self.verify(later, earlier=earlier[0] if earlier else None)

    # How it is laid out

    def _lay_out(self, content: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(centred(content, "verify.scroll", widest=_WIDEST))

    def _drop_zone(self) -> QWidget:
        desk = self._desk
        self._zone = Card()
        picture = QLabel()
        shown = icon("shield-check", desk.tokens.accent, size=_PICTURE)
        picture.setPixmap(shown.pixmap(QSize(_PICTURE, _PICTURE)))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(heading(desk.say("verify.drop")))
        words.addWidget(quiet(desk.say("verify.drop_why")))
        self._choose = primary(
            desk,
            "verify.choose",
            text=desk.say("verify.choose"),
            sign="folder",
            act=self._on_choose_wanted,
        )
        row = QHBoxLayout()
        row.setSpacing(_MARGIN)
        row.addWidget(picture)
        row.addLayout(words, 1)
        row.addWidget(self._choose)
        self._zone.body.addLayout(row)
        trial = QVBoxLayout()
        trial.setSpacing(0)
        trial.addWidget(self._trial, 0, Qt.AlignmentFlag.AlignLeft)
        trial.addWidget(quiet(desk.say("verify.trial_why")))
        self._zone.body.addLayout(trial)
        return self._zone

    def _compare_button(self) -> QWidget:
        button = QPushButton(self._desk.say("verify.compare"))
        button.setObjectName("verify.compare")
        button.setToolTip(self._desk.say("verify.compare_why"))
        button.clicked.connect(self._on_compare_wanted)
        return button

    # What happens

    def _on_choose_wanted(self) -> None:
        path = self._ask_which("verify.dialog")
        if path is not None:
            self.verify(path)

    def _on_compare_wanted(self) -> None:
        earlier = self._ask_which("verify.dialog_earlier")
        if earlier is not None and self._path is not None:
            self.verify(self._path, earlier=earlier)

    def _ask_which(self, titled: str) -> Path | None:
        """A file, or None where the dialog was closed."""
        say, folder = self._desk.say, str(documents_folder())
        chosen, _ = QFileDialog.getOpenFileName(self, say(titled), folder, say("verify.filter"))
        return Path(chosen) if chosen else None

    def _on_trial_toggled(self) -> None:
        if self._path is not None:
            self.verify(self._path, earlier=self._earlier)

    def _on_stopped(self, _told: str) -> None:
        """Of a file that was not judged to the end nothing is said: an earlier verdict is gone."""
        self._path = self._earlier = None
        self._show(None)
        self._notice.tell(self._desk.say("stopping.not_verified"), Tone.INFO)

    def _on_judged(self, files: "Files", verdict: "Verdict") -> None:
        """Show what was found in a file."""
        from assessor_app.services.verifying import explain
        from assessor_app.ui.pages.verify.verdict_card import verdict_card

        sentences = explain(verdict, self._desk.language, self._desk.words.zone)
        card = verdict_card(self._desk, verdict, sentences, files=files)
        card.body.addWidget(self._compare_button(), 0, Qt.AlignmentFlag.AlignLeft)
        self._show(card)

    def _on_failed(self, problem: Problem) -> None:
        self._show(None)
        self._notice.tell(self._desk.told(problem), Tone.ERROR)

    def _show(self, card: QWidget | None) -> None:
        if self._shown is not None:
            self._shown.setParent(None)
            self._shown.deleteLater()
        self._shown = card
        if card is not None:
            let_flow(card)
            self._column.insertWidget(self._column.indexOf(self._notice) + 1, card)


def _dropped(data: QMimeData) -> list[Path]:
    """The file of what is dragged, or two, the longer one first: signatures only add to a file."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return sorted(files[:_MOST_DROPPED], key=_size, reverse=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _named(path: Path, earlier: Path | None) -> "Files":
    from assessor_app.ui.pages.verify.verdict_card import Files

    return Files(path.name, earlier.name if earlier else "")


def _judged(
    desk: Desk,
    path: Path,
    earlier: Path | None,
    trust_trial: bool,  # noqa: FBT001 - for partial
    tell: Tell,
) -> "Verdict":
    from assessor_app.services import verifying

    try:
        return verifying.verify_file(
            path,
            roots=desk.application.roots,
            trust_trial=trust_trial,
            continues=earlier,
            known=desk.application.revocations,
            progress=lambda stage: tell(stage.value),
        )
    except StoreProblem as problem:
        file = Path(str(problem.places["path"])).name
        if problem.code == "given_unreadable":
            cause = problem.places["cause"]
            raise IssueProblem("verify_unreadable", file=file, cause=cause) from problem
        raise IssueProblem("verify_no_file", file=file) from problem
