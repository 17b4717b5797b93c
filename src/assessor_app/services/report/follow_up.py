"""What a document of a follow-up visit tells: how each item stood then and stands now."""

from dataclasses import replace
from datetime import date

from assessor_app.domain.event import Json
from assessor_app.domain.findings import Finding
from assessor_app.domain.follow_up import FollowUpStanding, Judged, repaired, standings
from assessor_app.domain.fulfilment import Applies
from assessor_app.domain.instants import instant_text
from assessor_app.domain.outlook import Seen
from assessor_app.domain.visit import Snapshot
from assessor_app.reporting import figures
from assessor_app.reporting.content import Fact, Mark
from assessor_app.reporting.report_content import FollowUp, FollowUpRow
from assessor_app.services.report.counting import unscored
from assessor_app.services.report.record_fields import day_or_none
from assessor_app.services.report.words import NONE, Words

MARKS = {
    FollowUpStanding.OVERDUE: Mark.ABSENT,
    FollowUpStanding.STILL_OPEN: Mark.PARTIAL,
    FollowUpStanding.NEWLY_BROKEN: Mark.ABSENT,
    FollowUpStanding.NOT_LOOKED_AT: Mark.NOT_ASSESSED,
    FollowUpStanding.NOT_ASSESSED: Mark.NOT_ASSESSED,
    FollowUpStanding.NOT_ASKED_HERE: Mark.NOT_ASKED,
    FollowUpStanding.REPAIRED: Mark.PRESENT,
    FollowUpStanding.NO_LONGER_APPLIES: Mark.NOT_ASKED,
    FollowUpStanding.IN_ORDER: Mark.PRESENT,
}
_COUNTED = (
    FollowUpStanding.OVERDUE,
    FollowUpStanding.STILL_OPEN,
    FollowUpStanding.NEWLY_BROKEN,
)


def judged(seen: Seen, *, on: date) -> tuple[Judged, ...]:
    """How each item stands on the day of the visit; empty where everything was asked."""
    return standings(seen.snapshot, seen.outlook.compared, on=on, findings=seen.outlook.findings)


def visit_day(snapshot: Snapshot, words: Words) -> date:
    """The day of the visit where the office is: what was due before it is overdue."""
    return snapshot.visit.arrival.astimezone(words.zone).date()


def only_asked(seen: Seen) -> Seen:
    """The visit without the indicators that a follow-up does not ask: no page speaks of them."""
    if not seen.snapshot.followed:
        return seen
    kept = tuple(one for one in seen.outlook.compared if one.applies is not Applies.NOT_FOLLOWED)
    return replace(seen, outlook=replace(seen.outlook, compared=kept))


def panel(seen: Seen, words: Words) -> figures.Unscored:
    """What stands in the place of scores: how much of what was found is repaired."""
    items = judged(seen, on=visit_day(seen.snapshot, words))
    done = repaired(items)
    counts = [
        Fact(words(f"followed.counted.{standing.value}"), str(_count(items, standing)))
        for standing in _COUNTED
    ]
    return replace(
        unscored(seen, words),
        statement=words("followed.no_score"),
        reason=words("followed.no_score_because"),
        answered=done.repaired,
        asked=done.found,
        progress=words("followed.repaired_of", repaired=done.repaired, found=done.found),
        counts=tuple(counts),
        label=words("followed.repaired_label"),
    )


def section(seen: Seen, words: Words) -> FollowUp | None:
    """Every item: what it was, what it is now, since when, until when, and what is owed."""
    items = judged(seen, on=visit_day(seen.snapshot, words))
    if not items:
        return None
    texts = {one.code: words.of(one.text) for one in seen.instrument.indicators()}
    return FollowUp(
        title=words("followed.title"),
        summary=summary(items, words),
        note=words("followed.note"),
        heads=tuple(
            words(f"followed.head.{name}") for name in ("item", "then", "due", "now", "new_due")
        ),
        rows=tuple(_row(one, seen.snapshot, texts, words) for one in items),
    )


def summary(items: tuple[Judged, ...], words: Words) -> str:
    """“3 of 5 repaired; 1 overdue, 1 newly broken”, in words."""
    done = repaired(items)
    told = words("followed.repaired_of", repaired=done.repaired, found=done.found)
    parts = [
        words("followed.count", standing=words(f"followed.standing.{one.value}"), count=count)
        for one in FollowUpStanding
        if one is not FollowUpStanding.REPAIRED and (count := _count(items, one))
    ]
    return words("followed.summary", repaired=told, rest="; ".join(parts)) if parts else told


def lead(finding: Finding, items: tuple[Judged, ...], words: Words) -> str:
    """How a finding of this visit stands since before, for its card; empty in other visits."""
    for one in items:
        if any(found.id == finding.id for found in one.findings):
            if one.item.added:
                return words("followed.card_new")
            return words(
                "followed.card",
                standing=words(f"followed.standing.{one.standing.value}"),
                found=since(one, words),
                due=due_then(one, words),
            )
    return ""


def since(one: Judged, words: Words) -> str:
    """When it was found first, and the document that told it last."""
    item = one.item
    day = words.day(item.found_at.astimezone(words.zone).date()) if item.found_at else NONE
    if item.document is None:
        return day
    return words("followed.found_in", day=day, document=item.document)


def due_then(one: Judged, words: Words) -> str:
    """The due date that it came with."""
    return words.day(one.item.due_date) if one.item.due_date else words("followed.no_due")


def record(seen: Seen, *, on: date) -> Json:
    """The items as `temuan.json` tells them."""
    snapshot = seen.snapshot
    return {
        "visit": snapshot.visit.predecessor,
        "items": [
            {
                "indicator": one.item.indicator,
                "product": snapshot.products.get(one.item.product),
                "standing": one.standing.value,
                "owed": one.owed,
                "added": one.item.added,
                "found": _found(one),
                "findings": [finding.id for finding in one.findings],
            }
            for one in judged(seen, on=on)
        ],
    }


def _found(one: Judged) -> Json:
    item = one.item
    if item.added:
        return None
    return {
        "finding": item.finding,
        "document": item.document,
        "kind": item.gap_kind,
        "found_at": instant_text(item.found_at) if item.found_at else None,
        "due_date": day_or_none(item.due_date) if item.due_date else None,
        "due_set_by": item.due_set_by,
        "wording": item.wording,
        "advice": item.advice,
    }


def _row(one: Judged, snapshot: Snapshot, texts: dict[str, str], words: Words) -> FollowUpRow:
    item = one.item
    product = snapshot.products.get(item.product, "")
    text = texts.get(item.indicator, words("followed.unknown_indicator"))
    known = [snapshot.findings.get(found.id) for found in one.findings]
    new_due = min((each.due_date for each in known if each and each.due_date), default=None)
    owed = words("followed.owed" if one.owed else "followed.not_owed")
    return FollowUpRow(
        code=item.indicator,
        text=f"{text} – {product}" if product else text,
        then=words("followed.was_added") if item.added else words(f"finding.{item.gap_kind}"),
        since="" if item.added else since(one, words),
        due="" if item.added else due_then(one, words),
        standing=words(f"followed.standing.{one.standing.value}"),
        mark=MARKS[one.standing],
        owed=owed,
        new_due=words.day(new_due) if new_due else NONE,
    )


def _count(items: tuple[Judged, ...], standing: FollowUpStanding) -> int:
    return sum(one.standing is standing for one in items)
