"""What is printed of personal data, of settings, and of what a wiping would take away."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from assessor_app.cli.context import Context
from assessor_app.cli.printing import sample_mark, table
from assessor_app.domain.event import Json
from assessor_app.domain.visit import Visit
from assessor_app.services.evidence.words import size
from assessor_app.services.people import RESTORED, Erased, KnownPerson, Person
from assessor_app.services.photo_folders import folders_text
from assessor_app.services.report.words import NONE
from assessor_app.services.retention import RETENTION, Due
from assessor_app.services.trust import names_of_people
from assessor_app.services.wiping import NewestBackup, WipePreview


def person_told(
    context: Context, pseudonym: str, found: Person | Erased | None
) -> tuple[dict[str, Json], str]:
    """What is kept of a respondent, or that it was erased, as data and as a sentence."""
    match found:
        case Person(name, contact, note):
            return {"state": "kept", "name": name, "contact": contact, "note": note}, context.say(
                "person.told",
                pseudonym=pseudonym,
                name=name,
                contact=contact or NONE,
                note=note or NONE,
            )
        case Erased(at, by, reason):
            return {
                "state": "erased",
                "at": at.isoformat(),
                "by": by,
                "reason": reason,
            }, context.say(
                "person.was_erased",
                pseudonym=pseudonym,
                at=context.words.moment(at),
                by=names_of_people(context.workplace.store).get(by, by),
                reason=_reason(context, reason),
            )
        case None:
            return {"state": None}, context.say("person.never", pseudonym=pseudonym)


def people_data(found: Iterable[KnownPerson], until: Mapping[str, datetime]) -> Json:
    """A list that may be looked at in company: no names."""
    return [
        {
            "respondent": one.respondent,
            "visit": one.visit,
            "pseudonym": one.pseudonym,
            "state": _state(one),
            "until": until[one.respondent].isoformat() if one.respondent in until else None,
        }
        for one in found
    ]


def people_table(
    context: Context, found: Iterable[KnownPerson], until: Mapping[str, datetime]
) -> str:
    rows = [
        (
            one.pseudonym,
            one.visit,
            context.say(f"person_state.{_state(one)}"),
            context.words.moment(until[one.respondent]) if one.respondent in until else NONE,
        )
        for one in found
    ]
    heads = [context.say(f"person.head_{name}") for name in ("pseudonym", "visit", "state")]
    heads.append(context.say("person.head_until"))
    return table(rows, heads) if rows else context.say("person.none")


def due_data(over: Iterable[Due]) -> list[Json]:
    return [
        {
            "respondent": one.respondent,
            "visit": one.visit,
            "pseudonym": one.pseudonym,
            "until": one.until.isoformat(),
        }
        for one in over
    ]


def setting_value(context: Context, value: object) -> str:
    """A setting's value as it is printed."""
    if isinstance(value, bool):
        return context.say("setting.on" if value else "setting.off")
    if isinstance(value, bytes):
        return size(len(value), context.words)
    if isinstance(value, tuple):
        return folders_text(value) or context.say("setting.unset")
    told = "" if value is None else str(value).replace("\n", "; ")
    return told or context.say("setting.unset")


def preview_data(preview: WipePreview) -> dict[str, Json]:
    newest = preview.newest
    return {
        "ok": False,
        "code": "wipe_not_confirmed",
        "device": preview.device,
        "confirmation": preview.confirmation,
        "visits": preview.visits,
        "unsent": [one.id for one in preview.unsent],
        "events": preview.events,
        "evidence_files": preview.evidence_files,
        "evidence_bytes": preview.evidence_bytes,
        "people": preview.people,
        "backups": [str(folder) for folder in preview.backups],
        "unreached": [str(folder) for folder in preview.unreached],
        "newest_backup": None
        if newest is None
        else {
            "folder": str(newest.folder),
            "made_at": newest.made_at.isoformat(),
            "lacking": [one.id for one in newest.lacking],
        },
    }


def preview_told(context: Context, preview: WipePreview) -> str:
    """What would be lost, and how to go on."""
    lines = [
        context.say("wipe.head", device=preview.device),
        context.say("wipe.visits", visits=preview.visits, events=preview.events),
    ]
    if preview.evidence_files:
        told = size(preview.evidence_bytes, context.words)
        lines.append(context.say("wipe.evidence", files=preview.evidence_files, size=told))
    if preview.people:
        lines.append(context.say("wipe.people", people=preview.people))
    if preview.unsent:
        lines.append(context.say("wipe.unsent", count=len(preview.unsent)))
        lines += [_visit(context, one) for one in preview.unsent]
    else:
        lines.append(context.say("wipe.all_sent"))
    lines += _backup_told(context, preview.newest)
    lines += [context.say("wipe.unreached", path=folder) for folder in preview.unreached]
    lines.append(context.say("wipe.how", confirmation=preview.confirmation))
    return "\n".join(lines)


def _backup_told(context: Context, newest: NewestBackup | None) -> list[str]:
    if newest is None:
        return [context.say("wipe.no_backup")]
    made = context.words.moment(newest.made_at)
    lines = [context.say("wipe.backup", path=newest.folder, made=made)]
    if newest.lacking:
        lines.append(context.say("wipe.backup_lacks", count=len(newest.lacking)))
        lines += [_visit(context, one) for one in newest.lacking]
    else:
        lines.append(context.say("wipe.backup_whole"))
    return [*lines, context.say("wipe.backups_stay")]


def _visit(context: Context, one: Visit) -> str:
    return context.say(
        "wipe.visit",
        visit=one.id,
        institution=sample_mark(one, context.words) + one.institution,
        unit=one.unit,
        arrival=context.words.moment(one.arrival),
        state=context.words(f"state.{one.state.value}"),
    )


def _state(one: KnownPerson) -> str:
    match one.data:
        case Person():
            return "kept"
        case Erased():
            return "erased"
        case None:
            return "unreadable"


def _reason(context: Context, reason: str) -> str:
    known = {one: context.say(f"reason.{one}") for one in (RETENTION, RESTORED)}
    return known.get(reason, reason)
