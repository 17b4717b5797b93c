"""`hq`: headquarters, in a home of its own: founding it, certifying, receiving, revoking."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, refusal, table
from assessor_app.cli.storage_commands import SecretFile, User, given_secret
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.numbers import in_fours
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Profile, time_zone
from assessor_app.services.sync.place import open_transport

if TYPE_CHECKING:  # what they are made of is large
    from assessor_app.services.headquarters.receiving import Receiving, Told

_SHORT = 8  # digits of an id


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Kantor pusat / headquarters.", no_args_is_help=True)
    group.command()(init)
    group.command()(card)
    group.command()(certify)
    group.command()(devices)
    group.command()(receive)
    group.command()(revoke)
    group.command()(assign)
    group.command()(publish)
    app.add_typer(group, name="hq")


def init(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Option(help="Nama kantor pusat / its name on certificates.")],
    officer: Annotated[str, typer.Option(help="Penanggung jawab / who is responsible.")],
    timezone: Annotated[
        str | None, typer.Option(help="Zona waktu / time zone, e.g. Asia/Jakarta.")
    ] = None,
) -> None:
    """Dirikan kantor pusat di folder data tersendiri (--home) / found headquarters."""
    from assessor_app.services.headquarters.founding import found

    context = context_of(ctx)
    signing = context.signing_passphrase(new=True)
    zone = time_zone(timezone)
    try:
        context.application.enrol(
            Profile(name=officer, office=name, nip=None, position=None, zone=zone),
            passphrase=context.passphrase(new=True),
            signing_passphrase=signing,
        )
    except StoreProblem as problem:
        if problem.code != "already_enrolled":  # a crash may have come before the keys were made
            raise
    made = found(context.workplace, name, passphrase=signing)
    told = context.say(
        "hq.founded", name=made.name, home=context.home, fingerprint=in_fours(made.fingerprint)
    )
    answer(context, {"ok": True, "name": made.name, "fingerprint": made.fingerprint}, told)


def card(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Berkas kartu (.hq) / the card's file.")],
) -> None:
    """Tulis kartu yang dengannya perangkat bergabung / write the card that devices join with."""
    from assessor_app.services.headquarters.trusting import write_card

    context = context_of(ctx)
    keys = write_card(context.workplace.store, file)
    told = context.say("hq.card", path=file, fingerprint=in_fours(keys.fingerprint))
    answer(context, {"ok": True, "path": str(file), "fingerprint": keys.fingerprint}, told)


def certify(
    ctx: typer.Context,
    request: Annotated[Path, typer.Argument(help="Permintaan (.csr) / the request.")],
    *,
    out: Annotated[Path, typer.Option(help="Berkas jawaban (.pem) / the answer's file.")],
    key: Annotated[
        str | None, typer.Option(help="Kunci yang dibacakan asesor / the key, read out.")
    ] = None,
) -> None:
    """Terbitkan sertifikat untuk suatu permintaan dan kenali perangkatnya / answer a request."""
    from assessor_app.services.headquarters import certifying

    context = context_of(ctx)
    made = certifying.certify(
        context.workplace, request, out=out, passphrase=context.signing_passphrase(), key=key
    )
    said = "hq.certified" if key else "hq.certified_uncompared"
    told = context.say(
        said,
        name=made.holder,
        device=made.device,
        path=made.path,
        key=in_fours(made.key),
        until=context.words.moment(made.not_after),
    )
    data: Json = {
        "ok": True,
        "path": str(made.path),
        "holder": made.holder,
        "device": made.device,
        "fingerprint": made.fingerprint,
        "key": made.key,
        "not_after": instant_text(made.not_after),
    }
    answer(context, data, told)


def devices(ctx: typer.Context) -> None:
    """Perangkat dan sertifikat yang diterbitkan / devices and certificates."""
    from assessor_app.services.headquarters.devices import certified_devices, issued_certificates

    context = context_of(ctx, looking=True)
    store, say = context.workplace.store, context.say
    certificates = issued_certificates(store).values()
    rows, data = [], list[Json]()
    for one in certified_devices(store).values():
        own = [each for each in certificates if each.device == one.id]
        state = say("hq.device.revoked" if one.revoked else "hq.device.trusted")
        rows.append((one.holder, one.id, state))
        rows += [
            (
                "",
                each.fingerprint,
                say("hq.device.revoked")
                if each.revoked
                else say("hq.device.until", until=context.words.moment(each.not_after)),
            )
            for each in own
        ]
        data.append(
            {
                "device": one.id,
                "holder": one.holder,
                "revoked": instant_text(one.revoked.at) if one.revoked else None,
                "certificates": [
                    {
                        "fingerprint": each.fingerprint,
                        "not_after": instant_text(each.not_after),
                        "revoked": instant_text(each.revoked.at) if each.revoked else None,
                    }
                    for each in own
                ],
            }
        )
    heads = [say(f"hq.device.head_{name}") for name in ("holder", "id", "state")]
    answer(context, {"devices": data}, table(rows, heads) if rows else say("hq.device.none"))


def receive(
    ctx: typer.Context,
    storage: Annotated[
        str | None, typer.Argument(help="Tempat penyimpanan; tanpa ini yang ditetapkan / storage.")
    ] = None,
    *,
    user: User = None,
    secret_file: SecretFile = None,
) -> None:
    """Ambil, verifikasi, dan beri tanda terima; kode keluar 1 bila ada yang ditolak / receive."""
    from assessor_app.services.headquarters import receiving

    context = context_of(ctx)
    secret = None
    if storage is not None:
        secret = given_secret(context, storage, user=user, file=secret_file)
    transport = open_transport(context.workplace, storage, user=user, secret=secret)
    done = receiving.receive(context.workplace, transport, library=context.application.library)
    told = [receiving.told(part) for part in done.changed]
    answer(context, _received_data(context, done, told), _received_told(context, done, told))
    if done.strange or any(one.problem is not None for one in told):
        raise typer.Exit(1)


def revoke(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(help="Awal id perangkat atau sertifikat / its id.")],
    *,
    reason: Annotated[str, typer.Option(help="Alasan / the reason.")],
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="Sejak kapan / from when on."),
    ] = None,
) -> None:
    """Cabut kepercayaan pada perangkat atau sertifikat, dan beri tahu semua / revoke."""
    from assessor_app.services.headquarters import revoking

    context = context_of(ctx)
    at = None if since is None else since.replace(tzinfo=context.workplace.profile.zone)
    made = revoking.revoke(
        context.workplace, what, reason=reason, passphrase=context.signing_passphrase(), since=at
    )
    told = context.say(
        "hq.revoked",
        devices=len(made.devices),
        certificates=len(made.certificates),
        since=context.words.moment(made.since),
        letters=made.letters,
    )
    data: Json = {
        "ok": True,
        "devices": list(made.devices),
        "certificates": list(made.certificates),
        "since": instant_text(made.since),
        "letters": made.letters,
    }
    answer(context, data, told)


def assign(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Penugasan (JSON) / the assignment.")],
    *,
    to: Annotated[str, typer.Option(help="Perangkat / the device's id.")],
    sealed: Annotated[
        bool, typer.Option("--sealed", help="Segel dengan kode hari kunjungan / under a code.")
    ] = False,
) -> None:
    """Tugaskan tempat kepada satu perangkat; dikirim pada `hq receive` berikutnya / assign."""
    from assessor_app.services.headquarters import assigning

    context = context_of(ctx)
    made = assigning.assign(context.workplace, file, to=to, is_sealed=sealed)
    told = context.say(
        "hq.assigned", title=made.title, count=made.places, device=made.device[-_SHORT:]
    )
    if made.code is not None:
        told = "\n".join((told, context.say("hq.assigned_code", code=made.code)))
    data: Json = {
        "ok": True,
        "id": made.id,
        "device": made.device,
        "places": made.places,
        "code": made.code,
    }
    answer(context, data, told)


def publish(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Instrumen (YAML) / the instrument.")],
) -> None:
    """Terbitkan instrumen ke semua perangkat; dikirim pada `hq receive` berikutnya / publish."""
    from assessor_app.services.headquarters import publishing

    context = context_of(ctx)
    made = publishing.publish(context.workplace, file)
    told = context.say("hq.published", instrument=made.pin, count=made.devices)
    data: Json = {
        "ok": True,
        "instrument": made.pin,
        "sha256": made.digest,
        "devices": made.devices,
    }
    answer(context, data, told)


def _received_told(context: Context, done: "Receiving", told: list["Told"]) -> str:
    say = context.say
    lines = [say("hq.received", count=done.manifests, letters=done.letters)]
    for one in told:
        kind = say(f"sync.stage.{one.kind}") if one.kind else say("hq.part.manifest")
        lines.append(
            say(
                "hq.part.line",
                visit=one.visit[-_SHORT:] or "–",
                part=kind,
                state=say(f"hq.part.{one.state}"),
            )
        )
        if one.problem is not None:
            lines.append("  " + refusal(one.problem, context.language))
    lines += [refusal(problem, context.language) for problem in done.strange]
    return "\n".join(lines)


def _received_data(context: Context, done: "Receiving", told: list["Told"]) -> Json:
    return {
        "ok": not done.strange and all(one.problem is None for one in told),
        "manifests": done.manifests,
        "letters": done.letters,
        "changed": [
            {
                "manifest": one.manifest,
                "visit": one.visit,
                "device": one.device,
                "part": one.kind,
                "state": one.state,
                "pieces": one.pieces,
                "code": one.problem.code if one.problem else None,
                "error": refusal(one.problem, context.language) if one.problem else None,
            }
            for one in told
        ],
        "strange": [
            {"code": problem.code, "error": refusal(problem, context.language)}
            for problem in done.strange
        ],
    }
