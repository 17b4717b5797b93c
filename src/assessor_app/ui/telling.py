"""What is told over whichever page is shown: a refusal, or what was found beside the work."""

from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.notice import Notice, Tone


class Telling(Notice):
    """Made when there is something to tell."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.tokens, "window.notice")
        self._desk = desk

    def refuse(self, text: str) -> None:
        """Say what could not be done."""
        self.tell(text, Tone.ERROR)

    def inform(self, text: str) -> None:
        """Say what came meanwhile."""
        self.tell(text, Tone.INFO)

    def point_out(self, text: str, tone: Tone = Tone.WARNING) -> None:
        """Say what was found beside the work, with the way to the page that minds it."""
        self.tell(text, tone, action=self._desk.say("bar.device"))
