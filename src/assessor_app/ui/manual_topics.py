"""Which page of the manual fits where one is."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from assessor_app.domain.visit import ISSUED_STATES, Visit, VisitKind
from assessor_app.ui.directory import PageName

FIRST = "start"

TOPICS: Mapping[PageName, str] = {
    PageName.ENROL: "enrol",
    PageName.UNLOCK: "unlock",
    PageName.VISITS: "visits",
    PageName.NEW_VISIT: "new-visit",
    PageName.REFUSED: "closed-door",
    PageName.CHECKLIST: "checklist",
    PageName.INTERVIEWS: "interviews",
    PageName.TRIALS: "trials",
    PageName.PICTURES: "pictures",
    PageName.REVIEW: "review",
    PageName.IMPROVE: "way-to-green",
    PageName.ISSUE: "findings",
    PageName.RESULTS: "results",
    PageName.REGISTER: "register",
    PageName.PREFLIGHT: "preflight",
    PageName.SENDING: "sending",
    PageName.VERIFY: "verify",
    PageName.DEVICE: "settings",
}

SECTIONS: Mapping[str, str] = {
    "identity": "signing-identity",
    "photos": "evidence",
    "lock": "unlock",
    "backup": "backup",
    "check": "backup",
    "privacy": "privacy",
    "keys": "privacy",
}
"""Parts of the settings that a page of their own tells of."""

DIALOGS: Mapping[str, str] = {
    "annotation": "covering",
    "amend": "findings",
    "conflict": "several-devices",
    "due_dates": "review",
    "export": "several-devices",
    "finding_templates": "review",
    "follow_up.adding": "follow-up",
    "follow_up.then_photos": "follow-up",
    "import": "several-devices",
    "keys": "keys",
    "lead.take": "several-devices",
    "people.erase": "privacy",
    "person": "privacy",
    "photo": "evidence",
    "place": "evidence",
    "redaction": "covering",
    "restore": "backup",
    "signing_pad": "review",
    "unattached": "evidence",
    "web": "evidence",
    "wipe": "privacy",
}
"""Dialogs that a page of their own tells of; over any other one reads of the page below."""


def topic_at(where: PageName, page: QWidget, over: QWidget, visit: Visit | None) -> str:
    """What the manual is to tell of: the dialog one is in, a part of the page, or the page."""
    dialog = DIALOGS.get(over.objectName())
    if dialog is not None:
        return dialog
    if where is PageName.DEVICE:
        standing = str(getattr(page, "standing", ""))
        return SECTIONS.get(standing, TOPICS[where])
    if visit is not None and where is PageName.ISSUE and visit.state in ISSUED_STATES:
        return "hand-over"
    if visit is not None and where is PageName.CHECKLIST and visit.kind is VisitKind.FOLLOW_UP:
        return "follow-up"
    return TOPICS.get(where, FIRST)
