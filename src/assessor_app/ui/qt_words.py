"""Qt's own words (file dialogs, menus of text fields), which ship in no Indonesian."""

import tomllib
from functools import cache

from PySide6.QtCore import QObject, QTranslator

from assessor_app.paths import resources_dir
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk


class QtWords(QTranslator):
    """Answers in the language that the desk speaks at the moment; Qt's own English otherwise.

    That English is given back as it came: nothing, or no words, would leave a button blank.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,  # noqa: ARG002 - Qt gives it; a word means the same in all of its dialogs
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,  # noqa: ARG002 - none of our words has a second meaning
        n: int = -1,  # noqa: ARG002 - Indonesian has one form for all numbers
    ) -> str:
        if self._desk.language is Language.ENGLISH:
            return sourceText
        return _words().get(sourceText, sourceText)


@cache
def _words() -> dict[str, str]:
    path = resources_dir() / "translations" / "qt.id.toml"
    words: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    return words
