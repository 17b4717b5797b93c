"""Where the assessor was when the store was locked, sealed in the store until it is opened again.

What is typed and could not be recorded goes with it; what is secret does not. It is the assessor's
own: whoever else opens the store meanwhile finds neither the place nor the text.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QTabBar, QWidget

from assessor_app.domain.event import STORE
from assessor_app.domain.problem import Problem
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.ui import drafts
from assessor_app.ui.directory import DOORS, PageName, Where

if TYPE_CHECKING:  # a value that is only passed on here
    from assessor_app.services.enrolment import Workplace

_NAME = "left"
_LEFT = "page"  # the one field of that draft: JSON


@dataclass(frozen=True, slots=True)
class Sealed:
    """A page as it was when the store was locked.

    `typed` is by the names of editors, `scrolled` and `tabs` by those of areas and tab bars.
    `head` is that of the visit then; `recorded` says that nothing typed was refused.
    """

    where: Where
    typed: dict[str, object]
    scrolled: dict[str, int]
    tabs: dict[str, int]
    subject: str
    head: str
    recorded: bool


def seal(workplace: "Workplace", where: Where, page: QWidget | None, *, recorded: bool) -> None:
    """Keep a page for the next unlocking. What cannot be kept holds no lock up.

    Without the page itself only the place is kept.
    """
    if where.page in DOORS:
        return
    page = page or QWidget()
    areas = [one for one in page.findChildren(QScrollArea) if one.objectName()]
    bars = [one for one in page.findChildren(QTabBar) if one.objectName()]
    spot = getattr(page, "spot", None)
    text = json.dumps(
        {
            "page": where.page.value,
            "visit": where.visit,
            "indicator": where.indicator,
            "path": None if where.path is None else str(where.path),
            "typed": _plain(page),
            "scrolled": {one.objectName(): one.verticalScrollBar().value() for one in areas},
            "tabs": {one.objectName(): one.currentIndex() for one in bars},
            "subject": str(getattr(spot, "subject", "") or ""),
            "head": _head(workplace, where.visit),
            "recorded": recorded,
        }
    )
    try:
        keep_draft(workplace, STORE, name=_name(workplace), value={_LEFT: text})
    except Problem:
        return  # a full or read-only medium must not keep the store open


def unseal(workplace: "Workplace") -> Sealed | None:
    """The page that was left by this assessor when the store was locked; it is told once."""
    kept = draft(workplace, STORE, name=_name(workplace)).get(_LEFT)
    if kept is None:
        return None
    try:
        keep_draft(workplace, STORE, name=_name(workplace), value={})
        told = json.loads(kept)
        where = Where(
            PageName(told["page"]),
            visit=told["visit"],
            indicator=told["indicator"],
            path=Path(told["path"]) if told["path"] else None,
        )
        return Sealed(
            where,
            dict(told["typed"]),
            dict(told["scrolled"]),
            dict(told["tabs"]),
            subject=told["subject"],
            head=told["head"],
            recorded=told["recorded"],
        )
    except (Problem, ValueError, KeyError, TypeError):
        return None  # of another version of the product


def put_back(sealed: Sealed, workplace: "Workplace", page: QWidget) -> None:
    """Make the page that was built anew stand as it was left.

    Whoever recorded something in the visit meanwhile is not written over: what had been recorded
    at the lock is not typed again then.
    """
    _choose_subject(sealed, page)
    for bar in page.findChildren(QTabBar):
        if bar.objectName() in sealed.tabs:
            bar.setCurrentIndex(sealed.tabs[bar.objectName()])
    unchanged = sealed.head == _head(workplace, sealed.where.visit)
    if unchanged or not sealed.recorded:
        drafts.put_back(page, sealed.typed)


def scroll_back(sealed: Sealed, page: QWidget) -> None:
    """Scroll as it was, once the page is laid out."""
    for area in page.findChildren(QScrollArea):
        if area.objectName() in sealed.scrolled:
            area.verticalScrollBar().setValue(sealed.scrolled[area.objectName()])


def _choose_subject(sealed: Sealed, page: QWidget) -> None:
    """The product or respondent whose answers were shown: the same fields show another's."""
    from assessor_app.ui.pages.checklist.indicator_pane import (
        IndicatorPane,
    )

    pane = page.findChild(IndicatorPane)
    if isinstance(pane, IndicatorPane) and sealed.subject:
        pane.subject_chosen.emit(sealed.subject)


def _plain(page: QWidget) -> dict[str, object]:
    """What is typed, without passphrases: those are kept nowhere."""
    secret = {
        one.objectName()
        for one in page.findChildren(QLineEdit)
        if one.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    }
    return {
        name: value
        for name, value in drafts.kept(page).items()
        if name not in secret and isinstance(value, str | bool | int | None)
    }


def _head(workplace: "Workplace", visit: str | None) -> str:
    try:
        return workplace.store.head(visit) if visit else ""
    except Problem:
        return ""


def _name(workplace: "Workplace") -> str:
    return f"{_NAME}.{workplace.store.assessor}"
