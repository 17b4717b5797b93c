"""How the window speaks and looks: language, colours, size of letters."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.parts import State
from assessor_app.ui.theme import TEXT_SIZES, Theme
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.labels import heading, quiet
from assessor_app.ui.widgets.notice import Tone


class LookSection(Card):
    """What is chosen is put on by the window, which builds this page anew in it."""

    changed = Signal()
    chosen = Signal(object)  # Look

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say("look.title"))
        self._desk = desk
        say = desk.say
        languages = [(one.value, say(f"look.language_name.{one.value}")) for one in Language]
        themes = [(one.value, say(f"look.theme_name.{one.value}")) for one in Theme]
        sizes = [(str(one), say("look.percent", percent=one)) for one in TEXT_SIZES]
        self._language = self._choices("language", languages, columns=2)
        self._theme = self._choices("theme", themes, columns=2)
        self._text = self._choices("text", sizes, columns=4)
        self._language.chosen.connect(self._on_language)
        self._theme.chosen.connect(self._on_theme)
        self._text.chosen.connect(self._on_text)
        self.body.addWidget(quiet(say("look.told")))
        for name, one in (("language", self._language), ("theme", self._theme)):
            self.body.addWidget(heading(say(f"look.{name}")))
            self.body.addWidget(one)
        self.body.addWidget(heading(say("look.text")))
        self.body.addWidget(quiet(say("look.text_hint")))
        self.body.addWidget(self._text)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Show what is chosen."""
        look = self._desk.look
        self._language.show_value(look.language.value)
        self._theme.show_value(look.theme.value)
        self._text.show_value(str(look.text))

    def state(self) -> State:
        look, say = self._desk.look, self._desk.say
        told = say(
            "look.state",
            language=say(f"look.language_name.{look.language.value}"),
            theme=say(f"look.theme_name.{look.theme.value}"),
            text=look.text,
        )
        return State(told, Tone.SUCCESS)

    def _choices(self, name: str, rows: Sequence[tuple[str, str]], *, columns: int) -> Choices:
        options = [Option(value, text, "", Mark.CHOSEN) for value, text in rows]
        group = self._desk.say(f"look.{name}")
        return Choices(
            f"device.look.{name}", options, self._desk.tokens, columns=columns, group=group
        )

    def _on_language(self, value: str) -> None:
        self.chosen.emit(replace(self._desk.look, language=Language(value)))

    def _on_theme(self, value: str) -> None:
        self.chosen.emit(replace(self._desk.look, theme=Theme(value)))

    def _on_text(self, value: str) -> None:
        self.chosen.emit(replace(self._desk.look, text=int(value)))
