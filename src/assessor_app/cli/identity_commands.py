"""`identity`: who signs on this device, headquarters' word on it, and the roots trusted here."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, refusal, table
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.numbers import in_fours
from assessor_app.services.identities import ending, identity_file

if TYPE_CHECKING:  # what they are made of is large
    from assessor_app.services.identity_changes import Imported
    from assessor_app.services.identity_known import Known
    from assessor_app.services.pinning import Root

NEW_SIGNING = "ASSESSOR_NEW_SIGNING_PASSPHRASE"
_INDENT = "  "

NewSigningPassphraseFile = Annotated[
    Path | None,
    typer.Option(help="Berkas frasa sandi tanda tangan baru / file with the new one."),
]
Reason = Annotated[str | None, typer.Option(help="Alasan / the reason.")]


def register(app: typer.Typer) -> None:
    identity = typer.Typer(help="Identitas tanda tangan / signing identities.")
    identity.command()(show)
    identity.command()(request)
    identity.command(name="import")(import_answer)
    identity.command()(new)
    identity.command()(passphrase)
    identity.command()(roots)
    root = typer.Typer(help="Sertifikat induk kantor pusat / headquarters' root certificates.")
    root.command()(add)
    root.command()(remove)
    identity.add_typer(root, name="root")
    app.add_typer(identity, name="identity")


def show(ctx: typer.Context) -> None:
    """Identitas semua asesor: pemegang, penerbit, masa berlaku, label / all identities."""
    from assessor_app.services import identity_known

    context = context_of(ctx, looking=True)
    application = context.application
    listed = identity_known.identities(
        context.workplace, roots=application.roots, now=application.clock.now()
    )
    data: Json = [_known_data(context, one) for one in listed]
    answer(context, data, "\n\n".join(_told(context, one) for one in listed))


def request(
    ctx: typer.Context,
    *,
    out: Annotated[Path, typer.Option(help="Berkas permintaan (.csr) / the request's file.")],
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Kunci baru, bukan yang menunggu / another key.")
    ] = False,
) -> None:
    """Tulis permintaan sertifikat untuk kantor pusat; kuncinya tetap di sini / make a request."""
    from assessor_app.services import identity_changes

    context = context_of(ctx)
    workplace = context.workplace
    signing = context.signing_passphrase(new=not identity_file(workplace).exists())
    asked = identity_changes.request_certificate(workplace, signing, out=out, new_key=new_key)
    name = "identity.requested_again" if asked.again else "identity.requested"
    told = context.say(name, path=asked.path, key=in_fours(asked.key))
    data: Json = {"ok": True, "path": str(asked.path), "key": asked.key, "again": asked.again}
    answer(context, data, told)


def import_answer(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Sertifikat (PEM, DER, PKCS#7) / certificate.")],
) -> None:
    """Pasang sertifikat dari kantor pusat / import headquarters' answer."""
    from assessor_app.services import identity_changes

    context = context_of(ctx)
    made = identity_changes.import_certificate(
        context.workplace, file, context.signing_passphrase()
    )
    _tell_made(context, made, "imported")


def new(
    ctx: typer.Context,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Ganti sekarang juga / even while one is valid.")
    ] = False,
) -> None:
    """Buat identitas uji coba untuk Anda sendiri / make a trial identity of your own."""
    from assessor_app.services import identity_changes

    context = context_of(ctx)
    workplace = context.workplace
    identity_changes.require_replaceable(workplace, replacing=replace)
    made = identity_changes.new_identity(
        workplace, context.signing_passphrase(new=True), replacing=replace
    )
    _tell_made(context, made, "made")


def passphrase(
    ctx: typer.Context, *, new_signing_passphrase_file: NewSigningPassphraseFile = None
) -> None:
    """Ganti frasa sandi tanda tangan Anda / change your signing passphrase."""
    from assessor_app.services import identity_changes

    context = context_of(ctx)
    workplace = context.workplace
    old = context.signing_passphrase()
    chosen = context.secret(
        new_signing_passphrase_file, NEW_SIGNING, "identity.ask.new_signing", new=True
    )
    identity_changes.change_signing_passphrase(workplace, old, chosen)
    answer(context, {"ok": True}, context.say("identity.passphrase_changed"))


def roots(ctx: typer.Context) -> None:
    """Sertifikat induk yang dipercaya di sini / the root certificates that are trusted here."""
    from assessor_app.services import pinning

    context = context_of(ctx, looking=True)
    listed = pinning.roots_of(context.workplace)
    names = ("name", "until", "source", "fingerprint")
    heads = [context.say(f"identity.root.head_{name}") for name in names]
    rows = [
        (
            one.name,
            context.words.moment(one.not_after),
            context.say(f"identity.root.{_source(one)}"),
            in_fours(one.fingerprint),
        )
        for one in listed
    ]
    told = table(rows, heads) if listed else context.say("identity.root.none")
    answer(context, [_root_data(one) for one in listed], told)


def add(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Sertifikat induk / the root certificate.")],
    *,
    fingerprint: Annotated[
        str, typer.Option(help="Sidik yang tercetak (SHA-256) / the printed fingerprint.")
    ],
) -> None:
    """Pasang sertifikat induk yang sidiknya Anda ketik dari kertas / pin a root certificate."""
    from assessor_app.services import pinning

    context = context_of(ctx)
    root = pinning.add_root(context.workplace, file, fingerprint=fingerprint)
    told = context.say(
        "identity.root.added", name=root.name, fingerprint=in_fours(root.fingerprint)
    )
    answer(context, _root_data(root), told)


def remove(
    ctx: typer.Context,
    fingerprint: Annotated[str, typer.Argument(help="Awal sidiknya / its first characters.")],
    *,
    reason: Reason = None,
) -> None:
    """Cabut sertifikat induk yang dipasang di sini / trust a root no more."""
    from assessor_app.services import pinning

    context = context_of(ctx)
    root = pinning.remove_root(context.workplace, fingerprint, reason=reason)
    answer(context, _root_data(root), context.say("identity.root.removed", name=root.name))


def warn_of_ends(context: Context, signing: Iterable[tuple[str, datetime]]) -> None:
    """Say of each identity that is about to sign, by name and end, that it ends soon."""
    now, zone = context.application.clock.now(), context.words.zone
    for name, not_after in signing:
        notice = ending(name, not_after, now, zone=zone)
        if notice is not None:
            typer.echo(refusal(notice, context.language), err=True)


def _tell_made(context: Context, made: "Imported", name: str) -> None:
    until = context.words.moment(made.not_after)
    lines = [context.say(f"identity.{name}", name=made.name, until=until)]
    if made.former is not None:
        lines.append(context.say("identity.aside", path=made.former))
    if made.request_dropped:
        lines.append(context.say("identity.request_dropped"))
    former = str(made.former) if made.former else None
    data: Json = {"ok": True, "not_after": instant_text(made.not_after), "former": former}
    answer(context, data, "\n".join(lines))


def _told(context: Context, one: "Known") -> str:
    """An assessor's identity in lines."""
    name = one.assessor.name
    lines = [context.say("identity.own", name=name) if one.assessor.is_self else name]
    lines += [f"{_INDENT}{line}" for line in _lines(context, one)]
    return "\n".join(lines)


def _lines(context: Context, one: "Known") -> list[str]:
    say, words = context.say, context.words
    lines = [] if one.is_there or not one.is_expected else [say("identity.gone", path=one.path)]
    if one.facts is None or one.standing is None:
        lines.append(say("identity.unseen" if one.is_expected else "identity.none"))
    else:
        facts, worth = one.facts, one.standing.value
        now = context.application.clock.now()
        validity = "over" if facts.not_after < now else "validity"
        lines += [
            say(
                "identity.holder",
                name=facts.common_name,
                office=facts.organization or "–",
                number=facts.employee_id or "–",
            ),
            say(
                "identity.issuer", issuer=facts.issuer, standing=words(f"identity.standing.{worth}")
            ),
            say("identity.label", label=words(f"identity.label.{worth}")),
            say("identity.fingerprint", fingerprint=in_fours(facts.fingerprint)),
            say(
                f"identity.{validity}",
                since=words.moment(facts.not_before),
                until=words.moment(facts.not_after),
                days=one.days_left(now, zone=words.zone),
            ),
        ]
        notice = ending(facts.common_name, facts.not_after, now, zone=context.words.zone)
        lines += [refusal(notice, context.language)] if notice else []
    if one.request is not None:
        moment, key = words.moment(one.request.at), in_fours(one.request.key)
        lines.append(say("identity.waiting", moment=moment, key=key))
    return [*lines, *(say("identity.former", path=path) for path in one.formers)]


def _known_data(context: Context, one: "Known") -> Json:
    facts, now = one.facts, context.application.clock.now()
    notice = (
        ending(facts.common_name, facts.not_after, now, zone=context.words.zone) if facts else None
    )
    label = context.words(f"identity.label.{one.standing.value}") if one.standing else None
    return {
        "assessor": one.assessor.id,
        "name": one.assessor.name,
        "is_self": one.assessor.is_self,
        "file": str(one.path),
        "is_there": one.is_there,
        "standing": one.standing.value if one.standing else None,
        "label": label,
        "holder": facts.common_name if facts else None,
        "office": facts.organization if facts else None,
        "nip": facts.employee_id if facts else None,
        "issuer": facts.issuer if facts else None,
        "fingerprint": facts.fingerprint if facts else None,
        "not_before": instant_text(facts.not_before) if facts else None,
        "not_after": instant_text(facts.not_after) if facts else None,
        "days_left": one.days_left(now, zone=context.words.zone),
        "notice": notice.code if notice else None,
        "request": {"key": one.request.key, "at": instant_text(one.request.at)}
        if one.request
        else None,
        "former": [str(path) for path in one.formers],
    }


def _root_data(one: "Root") -> Json:
    return {
        "name": one.name,
        "fingerprint": one.fingerprint,
        "not_after": instant_text(one.not_after),
        "source": _source(one),
    }


def _source(one: "Root") -> str:
    if one.is_shipped:
        return "shipped"
    return "recorded" if one.is_recorded else "unrecorded"
