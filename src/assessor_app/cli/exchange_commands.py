"""`export`, `import`: one visit out into a sealed file, and in from a colleague's."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer
from assessor_app.cli.progress import telling
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.exchange.importing import BundleSecret, Imported, import_visit
from assessor_app.services.keys.recovery_key import read_private
from assessor_app.services.told_fields import SHORT_DEVICE
from assessor_app.services.trust import fingerprint

_BUNDLE, _RECOVERY = "ASSESSOR_BUNDLE_PASSPHRASE", "ASSESSOR_RECOVERY_PASSPHRASE"
_SHORT_PRINT = 16  # digits of a key's fingerprint that two people compare
_PassphraseFile = Annotated[
    Path | None,
    typer.Option(help="Berkas frasa sandi berkas kunjungan / the visit file's passphrase."),
]


class Stage(StrEnum):
    """What a long command is at."""

    SEALING = "sealing"
    TAKING_IN = "taking_in"


def register(app: typer.Typer) -> None:
    app.command(name="export")(export)
    app.command(name="import")(take_in)


def export(
    ctx: typer.Context,
    visit: str,
    file: Annotated[Path, typer.Argument(help="Berkas yang ditulis / the file to write.")],
    *,
    bundle_passphrase_file: _PassphraseFile = None,
    without_evidence: Annotated[
        bool, typer.Option(help="Kecil, tanpa bukti; bukti menyusul / without evidence.")
    ] = False,
) -> None:
    """Ekspor satu kunjungan ke berkas terkunci untuk rekan / export one visit."""
    context = context_of(ctx)
    visit_id = context.session(visit).visit_id
    asked = context.secret(bundle_passphrase_file, _BUNDLE, "ask.bundle", new=True)
    with telling(context, "exchange.stage") as tell:
        done = export_visit(
            context.workplace,
            visit_id,
            file,
            library=context.application.library,
            passphrase=asked,
            cost=context.application.cost,
            evidence=not without_evidence,
            progress=lambda part, whole: tell(Stage.SEALING, part, whole),
        )
    device = context.workplace.store.device
    key = fingerprint(device.public_key)
    data: Json = {
        "ok": True,
        "path": str(done.path),
        "device": device.id,
        "key_sha256": key,
        "visit": done.visit,
        "head": done.head,
        "sha256": done.sha256,
        "size": done.size,
        "events": done.events,
        "files": done.files,
        "left_out": list(done.left_out),
    }
    lines = [
        context.say(
            "export.done", path=done.path, events=done.events, files=done.files, hash=done.sha256
        )
    ]
    if done.left_out:
        lines.append(context.say("export.left_out", count=len(done.left_out)))
    shown = context.say("export.device", device=device.id[-SHORT_DEVICE:], key=key[:_SHORT_PRINT])
    answer(context, data, "\n".join([*lines, shown, context.say("export.tell")]))


def take_in(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Berkas dari rekan / a colleague's file.")],
    *,
    bundle_passphrase_file: _PassphraseFile = None,
    recovery_key: Annotated[
        Path | None, typer.Option(help="Kunci pemulihan kantor pusat / headquarters' private key.")
    ] = None,
) -> None:
    """Impor kunjungan dari berkas rekan, sesudah diperiksa seluruhnya / import a visit."""
    context = context_of(ctx)
    if recovery_key is None:
        opens: BundleSecret = context.secret(bundle_passphrase_file, _BUNDLE, "ask.bundle")
    else:
        asked = context.secret(bundle_passphrase_file, _RECOVERY, "keys.ask.recovery")
        opens = read_private(recovery_key, asked)
    with telling(context, "exchange.stage") as tell:
        done = import_visit(
            context.workplace,
            file,
            library=context.application.library,
            secret=opens,
            progress=lambda part, whole: tell(Stage.TAKING_IN, part, whole),
        )
    answer(context, _data(done), "\n".join(_told(context, done)))


def _data(done: Imported) -> Json:
    return {
        "ok": True,
        "visit": done.visit,
        "made_by": done.made_by.name,
        "made_at": instant_text(done.manifest.made_at),
        "new": done.new,
        "files": done.files,
        "missing": list(done.missing),
        "late": done.late,
        "conflicts": done.conflicts,
        "former": [key.entity for key in done.former],
        "devices": [{"device": one.device, "key_sha256": one.fingerprint} for one in done.devices],
        "people": [{"name": one.name, "office": one.office} for one in done.people],
    }


def _told(context: Context, done: Imported) -> list[str]:
    visit = done.snapshot.visit
    lines = [
        context.say(
            "import.of",
            institution=visit.institution,
            unit=visit.unit,
            name=done.made_by.name,
            moment=context.words.moment(done.manifest.made_at),
        ),
        context.say("import.nothing_new")
        if done.nothing_new
        else context.say("import.new", events=done.new, files=done.files),
    ]
    lines += [
        context.say(
            "import.device", device=one.device[-SHORT_DEVICE:], key=one.fingerprint[:_SHORT_PRINT]
        )
        for one in done.devices
    ]
    if done.missing:
        lines.append(context.say("import.missing", count=len(done.missing)))
    if done.conflicts:
        lines.append(context.say("import.conflicts", count=done.conflicts, visit=done.visit))
    if done.former:
        codes = ", ".join(sorted({key.indicator for key in done.former}))
        lines.append(context.say("import.former", indicators=codes))
    if done.late:
        lines.append(context.say("import.late", count=done.late, visit=done.visit))
    return lines
