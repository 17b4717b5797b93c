"""What is done to evidence that is there: described, moved, shared, taken away, drawn upon."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from assessor_app.domain.annotation import Annotations
from assessor_app.domain.observation import ObservationKey
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.photos import Goal
from assessor_app.ui.pages.checklist.place_dialog import PlaceDialog
from assessor_app.ui.pages.checklist.recording import Recording


class EvidenceActs(QObject):
    """Each is one action, which waits for its reason after the exit talk."""

    def __init__(self, desk: Desk, session: Session, recording: Recording) -> None:
        super().__init__(recording)
        self._desk, self._session, self._recording = desk, session, recording

    def say_otherwise(self, evidence: str, **values: object) -> Done | None:
        """Its caption, address, components, or page. None where it was refused or waits."""

        def act(reason: str | None) -> Done:
            return self._session.edit_evidence(evidence, reason=reason, **values)

        return self._do(("told", evidence, tuple(values)), act)

    def draw(self, evidence: str, annotations: Annotations) -> Done | None:
        """Draw just these signs over it."""

        def act(reason: str | None) -> Done:
            return self._session.annotate(evidence, annotations, reason=reason)

        return self._do(("drawn", evidence), act)

    def detach(
        self,
        evidence: Sequence[str],
        *,
        away_from: ObservationKey | Literal["visit"] | None = None,
    ) -> Done | None:
        """Take it away from an observation, or from all: it is listed as unattached then."""

        def act(reason: str | None) -> Done:
            return self._session.detach_evidence(evidence, away_from=away_from, reason=reason)

        return self._do(("detached", tuple(evidence)), act)

    def move(
        self, evidence: Sequence[str], goal: Goal, *, away_from: ObservationKey | None = None
    ) -> Done | None:
        """Take it to another observation."""

        def act(reason: str | None) -> Done:
            return self._session.move_evidence(
                evidence,
                goal.indicator,
                goal.side,
                product=goal.product,
                respondent=goal.respondent,
                away_from=away_from,
                reason=reason,
            )

        return self._do(("moved", tuple(evidence)), act)

    def share(self, evidence: str, goal: Goal) -> Done | None:
        """Let it prove one more side."""

        def act(reason: str | None) -> Done:
            return self._session.share_evidence(
                evidence,
                goal.indicator,
                goal.side,
                product=goal.product,
                respondent=goal.respondent,
                reason=reason,
            )

        return self._do(("shared", evidence), act)

    def ask_where(
        self, over: QWidget, *, title: str, act: Callable[[Goal], object], at: Goal | None = None
    ) -> PlaceDialog:
        """Let the assessor choose an observation, and act upon it."""
        dialog = PlaceDialog(self._desk, self._session, over, title=title, at=at)
        dialog.chosen.connect(partial(_call, act))
        dialog.open()
        return dialog

    def _do(self, key: object, act: Callable[[str | None], Done]) -> Done | None:
        what = self._desk.say("reason.evidence_edit")
        return self._recording.carry_out(key, act, what=what)


def _call(act: Callable[[Goal], object], goal: Goal) -> None:
    act(goal)
