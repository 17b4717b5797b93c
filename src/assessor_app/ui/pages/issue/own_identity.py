"""What the assessor at work signs with, said before the passphrase is asked for."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.services.identities import ending
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.notice import Notice, Tone


class OwnIdentity(QWidget):
    """Trial or issued by the office, and a warning where it ends soon, has ended or is missing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        from assessor_app.services.identity_known import own_identity

        application, say = desk.application, desk.say
        now = application.clock.now()
        own = own_identity(desk.workplace, roots=application.roots, now=now)
        notice = Notice(desk.tokens, "issue.sign.identity")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        if not own.is_there:
            notice.tell(say("device.identity.state_none"), Tone.ERROR)
        elif own.facts is not None and own.standing is not None:
            facts, words = own.facts, desk.words
            is_trial = own.standing.value == "trial"
            told = (
                say("issue.sign.trial") if is_trial else say("issue.sign.office", by=facts.issuer)
            )
            column.addWidget(quiet(told))
            ends = ending(facts.common_name, facts.not_after, now, zone=words.zone)
            if ends is not None:
                tone = Tone.ERROR if ends.code == "identity_ended" else Tone.WARNING
                notice.tell(desk.told(ends), tone)
        column.addWidget(notice)
