"""What is typed in the form of a new visit, kept until it is started or thrown away."""

import json
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from assessor_app.domain.event import STORE
from assessor_app.domain.problem import Problem
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.ui import drafts
from assessor_app.ui.desk import Desk

_FORM = "form"  # the one field of that draft: JSON
_RESTS_MS = 1000


class KeptForm(QObject):
    """Sealed in the store when typing rests, so that lock, close and crash lose nothing.

    It is the assessor's own: whoever else opens the store finds an empty form.
    """

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        *,
        name: str,
        more: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """`more` is what stands in the page and in none of its editors."""
        super().__init__(page)
        self._more = more
        self._workplace = desk.workplace
        self._page = page
        self._name = f"{name}.{desk.workplace.store.assessor}"
        self._ended = False
        self._empty: Mapping[str, object] = {}
        self._blank = self._typed()  # before anything is filled in beforehand
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_RESTS_MS)
        self._resting.timeout.connect(self.keep)

    def begin(self) -> Mapping[str, object]:
        """Put back what was typed before, which is returned, and watch what is typed now."""
        self._empty = self._typed()
        before = self._kept()
        drafts.put_back(self._page, before)
        for line in self._page.findChildren(QLineEdit):
            line.textChanged.connect(self._on_typed)
        for text in self._page.findChildren(QPlainTextEdit):
            text.textChanged.connect(self._on_typed)
        for combo in self._page.findChildren(QComboBox):
            combo.currentIndexChanged.connect(self._on_typed)
        return before

    def _on_typed(self) -> None:
        self._resting.start()

    def begin_anew(self) -> None:
        """Forget what was typed before, and watch what is typed now."""
        self._write({})
        self.begin()

    def keep(self) -> None:
        """Keep what differs from the empty form; nothing is kept of a form that has ended."""
        self._resting.stop()
        typed = self._typed()
        touched = any(value != self._empty.get(name) for name, value in typed.items())
        own = {name: value for name, value in typed.items() if value != self._blank.get(name)}
        self._write({_FORM: json.dumps(own)} if touched and not self._ended else {})

    def end(self) -> None:
        """The visit was started, or the form thrown away: nothing of it is kept."""
        self._ended = True
        self.keep()

    def _typed(self) -> dict[str, object]:
        typed = {
            name: value
            for name, value in drafts.kept(self._page).items()
            if isinstance(value, str | bool) and not name.startswith("(")
        }
        return {**typed, **self._more()}

    def _kept(self) -> Mapping[str, object]:
        text = draft(self._workplace, STORE, name=self._name).get(_FORM)
        try:
            told = json.loads(text) if text else {}
        except ValueError:  # of another version of the product
            return {}
        return told if isinstance(told, dict) else {}

    def _write(self, value: Mapping[str, str]) -> None:
        try:
            keep_draft(self._workplace, STORE, name=self._name, value=value)
        except Problem:
            return  # a full or read-only medium keeps nobody from going on
