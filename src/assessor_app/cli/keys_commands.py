"""`keys` and `recovery`: who can open the store, and what headquarters does when nobody can."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.identity_commands import NEW_SIGNING, NewSigningPassphraseFile
from assessor_app.cli.printing import answer, table
from assessor_app.domain.event import Json
from assessor_app.services.enrolment import COMFORTABLE_PASSPHRASE, Profile
from assessor_app.services.keys import access
from assessor_app.services.keys.access import Assessor
from assessor_app.services.keys.recovery import new_recovery_key, recover

_NEW = "ASSESSOR_NEW_PASSPHRASE"
_RECOVERY = "ASSESSOR_RECOVERY_PASSPHRASE"

NewPassphraseFile = Annotated[
    Path | None, typer.Option(help="Berkas frasa sandi baru / file with the new passphrase.")
]
KeyPassphraseFile = Annotated[
    Path | None,
    typer.Option(help="Berkas frasa sandi kunci pemulihan / the recovery key's passphrase."),
]
Reason = Annotated[str | None, typer.Option(help="Alasan / the reason.")]


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


def register(app: typer.Typer) -> None:
    keys = typer.Typer(help="Siapa yang dapat membuka penyimpanan / who can open the store.")
    keys.command(name="list")(list_keys)
    keys.command(name="change-passphrase")(change_passphrase)
    keys.command(name="add-assessor")(add_assessor)
    keys.command(name="remove-assessor")(remove_assessor)
    keys.command()(keyring)
    sealed = typer.Typer(help="Kunci pemulihan kantor pusat / headquarters' recovery key.")
    sealed.command(name="add")(add_recovery)
    sealed.command(name="remove")(remove_recovery)
    keys.add_typer(sealed, name="recovery")
    app.add_typer(keys, name="keys")
    headquarters = typer.Typer(help="Untuk kantor pusat / for headquarters.")
    headquarters.command(name="new-key")(new_key)
    headquarters.command(name="open")(open_by_recovery)
    app.add_typer(headquarters, name="recovery")


def list_keys(ctx: typer.Context) -> None:
    """Daftar asesor, kunci pemulihan, dan gantungan kunci sistem / who can open the store."""
    context = context_of(ctx, looking=True)
    people = access.assessors(context.workplace)
    recovery = access.recovery_keys(context.workplace)
    heads = [context.say(f"keys.head.{name}") for name in ("id", "name", "office", "access")]
    rows = [(one.id, one.name, one.office, _told_access(context, one)) for one in people]
    lines = [table(rows, heads), ""]
    lines += [context.say("keys.recovery.sealed", fingerprint=one) for one in recovery]
    if not recovery:
        lines.append(context.say("keys.recovery.none"))
    data: dict[str, Json] = {
        "assessors": [_assessor_data(one) for one in people],
        "recovery": list(recovery),
    }
    answer(context, data, "\n".join(lines))


def change_passphrase(ctx: typer.Context, *, new_passphrase_file: NewPassphraseFile = None) -> None:
    """Ganti frasa sandi Anda sendiri / change your own passphrase."""
    context = context_of(ctx)
    old = context.passphrase()
    context.use(context.application.unlock(old))
    new = _new_passphrase(context, new_passphrase_file)
    missed = access.change_passphrase(context.workplace, old, new)
    lines = [context.say("keys.changed")]
    lines += [context.say("keys.not_reached", place=place) for place in missed]
    data: Json = {"ok": True, "not_reached": [str(place) for place in missed]}
    answer(context, data, "\n".join(lines))


def add_assessor(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Option(help="Nama asesor / the assessor's name.")],
    office: Annotated[str, typer.Option(help="Kantor / the Ombudsman office.")],
    nip: Annotated[str | None, typer.Option(help="NIP.")] = None,
    position: Annotated[str | None, typer.Option(help="Jabatan / position.")] = None,
    new_passphrase_file: NewPassphraseFile = None,
    new_signing_passphrase_file: NewSigningPassphraseFile = None,
) -> None:
    """Tambahkan asesor dengan frasa sandinya sendiri / add an assessor to this device."""
    context = context_of(ctx)
    zone = context.workplace.profile.zone
    profile = Profile(name=name, office=office, nip=nip, position=position, zone=zone)
    passphrase = _new_passphrase(context, new_passphrase_file)
    signing = None
    if new_signing_passphrase_file is not None or NEW_SIGNING in os.environ:
        signing = context.secret(
            new_signing_passphrase_file, NEW_SIGNING, "identity.ask.new_signing", new=True
        )
    made = access.add_assessor(context.workplace, profile, passphrase, signing=signing)
    lines = [context.say("keys.added", name=name, id=made)]
    if signing is None:
        lines.append(context.say("identity.added_without", name=name))
    answer(context, {"assessor": made, "identity": signing is not None}, "\n".join(lines))


def remove_assessor(
    ctx: typer.Context,
    assessor: Annotated[str, typer.Argument(help="Nama atau bagian id / name or part of the id.")],
    *,
    own: Annotated[
        bool, typer.Option("--own", help="Akses Anda sendiri / your own access.")
    ] = False,
    reason: Reason = None,
) -> None:
    """Cabut akses seorang asesor; catatannya tetap ada / take an assessor's access away."""
    context = context_of(ctx)
    found = access.find_assessor(access.assessors(context.workplace), assessor)
    access.remove_assessor(context.workplace, found.id, own=own, reason=reason)
    answer(context, {"assessor": found.id}, context.say("keys.removed", name=found.name))


def keyring(ctx: typer.Context, switch: Annotated[Switch, typer.Argument()]) -> None:
    """Buka lewat gantungan kunci sistem operasi, on/off / open by the system's keyring."""
    context = context_of(ctx)
    if switch is Switch.ON:
        access.keep_in_keyring(context.workplace)
    else:
        access.forget_keyring(context.workplace)
    told = context.say(f"keys.keyring.{switch}")
    answer(context, {"keyring": switch is Switch.ON}, told)


def add_recovery(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Berkas kunci publik / the public key's file.")],
    *,
    reason: Reason = None,
) -> None:
    """Izinkan kantor pusat memulihkan penyimpanan ini / let headquarters open this store."""
    context = context_of(ctx)
    made = access.add_recovery(context.workplace, file, reason=reason)
    told = context.say("keys.recovery.sealed", fingerprint=made)
    answer(context, {"recovery": made}, told)


def remove_recovery(
    ctx: typer.Context,
    fingerprint: Annotated[str, typer.Argument(help="Awal sidik kunci / its first characters.")],
    *,
    reason: Reason = None,
) -> None:
    """Cabut kunci pemulihan / take a recovery key away."""
    context = context_of(ctx)
    gone = access.remove_recovery(context.workplace, fingerprint, reason=reason)
    answer(context, {"recovery": gone}, context.say("keys.recovery.removed", fingerprint=gone))


def new_key(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(help="Berkas kunci privat / the private key's file.")],
    *,
    key_passphrase_file: KeyPassphraseFile = None,
) -> None:
    """Buat pasangan kunci pemulihan kantor pusat / make headquarters' recovery key."""
    context = context_of(ctx)
    asked = context.secret(key_passphrase_file, _RECOVERY, "keys.ask.recovery", new=True)
    made = new_recovery_key(out, asked)
    told = context.say(
        "recovery.made", private=made.private, public=made.public, fingerprint=made.fingerprint
    )
    data = {"private": str(made.private), "public": str(made.public)}
    answer(context, {**data, "fingerprint": made.fingerprint}, told)


def open_by_recovery(
    ctx: typer.Context,
    *,
    key: Annotated[Path, typer.Option(help="Berkas kunci privat / the private key's file.")],
    assessor: Annotated[
        str | None, typer.Option(help="Nama atau bagian id asesor / who gets a new passphrase.")
    ] = None,
    key_passphrase_file: KeyPassphraseFile = None,
    new_passphrase_file: NewPassphraseFile = None,
    reason: Reason = None,
) -> None:
    """Buka penyimpanan dengan kunci kantor pusat; beri asesor frasa sandi baru / recover."""
    context = context_of(ctx)
    private_passphrase = context.secret(key_passphrase_file, _RECOVERY, "keys.ask.recovery")
    workplace = recover(
        context.home,
        key,
        private_passphrase=private_passphrase,
        new_passphrase=_new_passphrase(context, new_passphrase_file),
        clock=context.application.clock,
        new_id=context.application.new_id,
        assessor=assessor,
        reason=reason,
    )
    context.use(workplace)
    told = context.say("recovery.opened", name=workplace.profile.name)
    answer(context, {"assessor": workplace.store.assessor}, told)


def _new_passphrase(context: Context, file: Path | None) -> str:
    passphrase = context.secret(file, _NEW, "keys.ask.new", new=True)
    if passphrase and len(passphrase) < COMFORTABLE_PASSPHRASE:
        typer.echo(context.say("enrol.short", length=COMFORTABLE_PASSPHRASE), err=True)
    return passphrase


def _told_access(context: Context, one: Assessor) -> str:
    if not one.can_open:
        return context.say("keys.access.none")
    name = "keyring" if one.in_keyring else "passphrase"
    told = context.say(f"keys.access.{name}")
    return context.say("keys.access.own", access=told) if one.is_self else told


def _assessor_data(one: Assessor) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "office": one.office,
        "nip": one.nip,
        "position": one.position,
        "can_open": one.can_open,
        "in_keyring": one.in_keyring,
        "is_self": one.is_self,
    }
