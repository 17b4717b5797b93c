"""`person …`, `setting …` and `store wipe`: personal data, the store's settings, and the end."""

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, table
from assessor_app.cli.privacy_telling import (
    due_data,
    people_data,
    people_table,
    person_told,
    preview_data,
    preview_told,
    setting_value,
)
from assessor_app.domain.event import Json
from assessor_app.domain.problem import RecordRefused, StoreProblem
from assessor_app.services.people import (
    Person,
    erase_person,
    finish_erasing,
    keep_person,
    people,
    person,
    respondent_called,
)
from assessor_app.services.retention import apply_retention, due, terms
from assessor_app.services.store_settings import (
    NAMES,
    change_settings,
    setting_from_text,
    settings,
)
from assessor_app.services.visits import find_visit
from assessor_app.services.wiping import finish_wipe, wipe_interrupted, wipe_preview
from assessor_app.services.wiping import wipe as wipe_device

_FIELDS = ("name", "contact", "note")
_ELSEWHERE = ("keyring",)


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Data pribadi responden / personal data.", no_args_is_help=True)
    group.command()(keep)
    group.command()(show)
    group.command(name="list")(list_people)
    group.command()(erase)
    group.command()(retention)
    app.add_typer(group, name="person")
    group = typer.Typer(help="Setelan penyimpanan / settings.", no_args_is_help=True)
    group.command(name="list")(list_settings)
    group.command(name="set")(set_one)
    app.add_typer(group, name="setting")


def register_wipe(store: typer.Typer) -> None:
    """Add `wipe` to the group of commands about the store."""
    store.command()(wipe)


def keep(ctx: typer.Context, visit: str, pseudonym: str) -> None:
    """Simpan nama dan kontak responden; dibaca dari masukan, bukan dari baris perintah.

    At a terminal it asks; else it reads one JSON object with name, contact and note from the
    standard input: a command line is kept in histories and lists of processes.
    """
    context = context_of(ctx)
    workplace = context.workplace
    visit_id = find_visit(workplace.store, visit)
    respondent_called(workplace, visit_id, pseudonym=pseudonym)  # before anybody types for nothing
    given = _asked(context) if sys.stdin.isatty() else _read_person(sys.stdin.buffer.read())
    respondent = keep_person(workplace, visit_id, pseudonym=pseudonym, person=given)
    until = next(one.until for one in terms(workplace) if one.respondent == respondent)
    answer(
        context,
        {"ok": True, "respondent": respondent, "until": until.isoformat()},
        context.say("person.kept", pseudonym=pseudonym, until=context.words.moment(until)),
    )


def show(ctx: typer.Context, visit: str, pseudonym: str) -> None:
    """Tampilkan data pribadi seorang responden / show what is kept of one."""
    context = context_of(ctx, looking=True)
    respondent = _respondent(context, visit, pseudonym)
    found = person(context.workplace, respondent)
    data, told = person_told(context, pseudonym, found)
    answer(context, {"respondent": respondent, **data}, told)


def list_people(ctx: typer.Context) -> None:
    """Daftar responden yang data pribadinya disimpan atau dihapus, tanpa namanya."""
    context = context_of(ctx, looking=True)
    found = people(context.workplace)
    until = {one.respondent: one.until for one in terms(context.workplace)}
    answer(context, people_data(found, until), people_table(context, found, until))


def erase(
    ctx: typer.Context,
    visit: str,
    pseudonym: str,
    *,
    reason: Annotated[str, typer.Option(help="Alasan, mis. permintaan yang bersangkutan.")],
) -> None:
    """Hapus data pribadi seorang responden; kuncinya dimusnahkan."""
    context = context_of(ctx)
    respondent = _respondent(context, visit, pseudonym)
    missed = erase_person(context.workplace, respondent, reason=reason)
    lines = [context.say("person.erased", pseudonym=pseudonym)]
    lines += [context.say("person.not_reached", place=place) for place in missed]
    data: Json = {"ok": True, "respondent": respondent, "not_reached": [str(one) for one in missed]}
    answer(context, data, "\n".join(lines))


def retention(
    ctx: typer.Context,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Hapus yang sudah lewat masanya.")] = False,
) -> None:
    """Data pribadi yang masa simpannya lewat; dengan --yes dihapus / what is due."""
    context = context_of(ctx)
    workplace, now = context.workplace, context.application.clock.now()
    if yes:
        over = apply_retention(workplace, now)
    else:
        finish_erasing(workplace)
        over = due(workplace, now)
    name = "person.applied" if yes else "person.due"
    lines = [context.say(name, count=len(over))]
    lines += [f"  {one.pseudonym}  {one.visit}  {context.words.moment(one.until)}" for one in over]
    told = "\n".join(lines) if over else context.say("person.nothing_due")
    answer(context, {"erased": yes, "due": due_data(over)}, told)


def list_settings(ctx: typer.Context) -> None:
    """Daftar setelan penyimpanan / list the settings of the store."""
    context = context_of(ctx, looking=True)
    found = settings(context.workplace)
    values = {name: getattr(found, name) for name in NAMES}
    rows = [
        (name, setting_value(context, value), context.say(f"setting_meaning.{name}"))
        for name, value in values.items()
    ]
    heads = [context.say(f"setting.head_{name}") for name in ("name", "value", "meaning")]
    data: dict[str, Json] = {name: _json(value) for name, value in values.items()}
    answer(context, data, table(rows, heads))


def set_one(
    ctx: typer.Context,
    name: str,
    value: Annotated[str, typer.Argument(help="Nilai; on/off; - untuk tidak ada.")],
) -> None:
    """Ubah satu setelan / change one setting."""
    context = context_of(ctx)
    if name in _ELSEWHERE:
        raise StoreProblem("setting_elsewhere", name=name)
    found = change_settings(context.workplace, **{name: setting_from_text(name, value)})
    now = getattr(found, name)
    told = context.say("setting.changed", name=name, value=setting_value(context, now))
    answer(context, {"ok": True, name: _json(now)}, told)


def wipe(
    ctx: typer.Context,
    *,
    confirm: Annotated[
        str | None, typer.Option(help="Delapan karakter terakhir dari id perangkat.")
    ] = None,
    backups: Annotated[bool, typer.Option("--backups", help="Cadangan juga.")] = False,
    instruments: Annotated[
        bool, typer.Option("--instruments", help="Instrumen buatan sendiri juga.")
    ] = False,
) -> None:
    """Hapus penyimpanan dari perangkat ini; tanpa --confirm hanya ditampilkan yang akan hilang."""
    context = context_of(ctx)
    if wipe_interrupted(context.home):  # its passphrase was given when it was begun
        left = finish_wipe(context.home)
        data: dict[str, Json] = {"ok": True, "finished": True}
        _tell_wiped(context, left, context.say("wipe.finished"), data=data)
        return
    preview = wipe_preview(context.workplace)
    if confirm is None:
        answer(context, preview_data(preview), preview_told(context, preview))
        raise typer.Exit(1)
    left = wipe_device(
        context.workplace,
        context.passphrase(),  # anew: who sits down at an unlocked device does not wipe it
        confirmed=confirm,
        backups=backups,
        instruments=instruments,
    )
    _tell_wiped(context, left, context.say("wipe.done"), data={"ok": True})


def _tell_wiped(
    context: Context, left: tuple[Path, ...], told: str, *, data: Mapping[str, Json]
) -> None:
    lines = [told, *(context.say("wipe.left", path=path) for path in left)]
    answer(context, {**data, "left": [str(path) for path in left]}, "\n".join(lines))


def _respondent(context: Context, visit: str, pseudonym: str) -> str:
    visit_id = find_visit(context.workplace.store, visit)
    return respondent_called(context.workplace, visit_id, pseudonym=pseudonym)


def _asked(context: Context) -> Person:
    given = {
        field: typer.prompt(context.say(f"person.ask_{field}"), default="", show_default=False)
        for field in _FIELDS
    }
    return Person(given["name"], given["contact"], given["note"])


def _read_person(line: bytes) -> Person:
    try:
        loaded = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise RecordRefused("person_not_utf8", position=error.start) from error
    except (ValueError, RecursionError) as error:
        raise RecordRefused("person_not_json", cause=type(error).__name__) from error
    if not isinstance(loaded, dict):
        raise RecordRefused("person_not_object")
    for name, value in loaded.items():
        if name not in _FIELDS:
            raise RecordRefused("person_field_unknown", field=name, fields=", ".join(_FIELDS))
        if value is not None and not isinstance(value, str):
            raise RecordRefused("person_field_not_text", field=name)
    return Person(loaded.get("name") or "", loaded.get("contact"), loaded.get("note"))


def _json(value: object) -> Json:
    """A setting as data; of a logo the SHA-256, by which it is known again."""
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, tuple):
        return [{"path": str(one.path), "source": one.source.value} for one in value]
    return value if isinstance(value, bool | int) or value is None else str(value)
