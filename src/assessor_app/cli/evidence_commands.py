"""`evidence list` and `save`: what a visit has as evidence, and a copy of it as it was taken in."""

from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli import evidence_editing
from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, table
from assessor_app.domain.annotation import annotations_json
from assessor_app.domain.components import components_json
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.observation import Evidence
from assessor_app.services.embedded_record import SHORT_HASH
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.copies import chosen, save_copy
from assessor_app.services.evidence.editing import places_of
from assessor_app.services.report.words import NONE

_SHORT_ID = 12  # characters from the end: these are random, the beginning is the time


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Bukti suatu kunjungan / a visit's evidence.", no_args_is_help=True)
    group.command(name="list")(list_evidence)
    group.command()(save)
    evidence_editing.register(group)
    app.add_typer(group, name="evidence")


def list_evidence(ctx: typer.Context, visit: str) -> None:
    """Daftar bukti: jenis, ukuran, waktu, sidik / list what a visit has as evidence."""
    context = context_of(ctx, looking=True)
    snapshot = context.session(visit).snapshot
    known = {**snapshot.evidence, **snapshot.unattached}
    items = [item for _, item in sorted(known.items())]
    if not items:
        answer(context, [], context.say("evidence.none"))
        return
    names = ("id", "kind", "size", "made", "of", "hash", "caption")
    heads = [context.say(f"evidence.head.{name}") for name in names]
    told = table([_row(item, context) for item in items], heads)
    answer(context, [_data(item) for item in items], told)


def save(
    ctx: typer.Context,
    visit: str,
    evidence: Annotated[str, typer.Argument(help="Nomor bukti atau akhirnya / its id or its end.")],
    out: Annotated[Path, typer.Option(help="Berkas yang ditulis / the file to write.")],
) -> None:
    """Simpan salinan bukti yang sidiknya sudah dicocokkan / save a copy, its hash checked."""
    context = context_of(ctx, looking=True)
    item = chosen(context.session(visit).snapshot, evidence)
    save_copy(context.workplace, item, out)
    answer(
        context,
        {"ok": True, "id": item.id, "path": str(out), "sha256": item.sha256, "size": item.size},
        context.say(
            "evidence.saved",
            path=out,
            facts=evidence_words.facts(item, context.words),
            hash=item.sha256,
        ),
    )


def _row(item: Evidence, context: Context) -> tuple[str, ...]:
    words = context.words
    extent = evidence_words.extent(item, words)
    kind = evidence_words.kind(item, words)
    at = item.captured_at
    return (
        item.id[-_SHORT_ID:],
        f"{kind}, {extent}" if extent else kind,
        evidence_words.size(item.size, words),
        words.moment(at) if at else NONE,
        _places(item, context),
        item.sha256[:SHORT_HASH],
        item.caption or NONE,
    )


def _places(item: Evidence, context: Context) -> str:
    words = context.words
    told = [f"{key.indicator} {words.side(key.side).lower()}" for key in item.attached_to]
    if item.of_visit:
        told.append(words("findings.whole_visit"))
    return ", ".join(told) or context.say("evidence.unattached")


def _data(item: Evidence) -> Json:
    place = item.place
    return {
        "id": item.id,
        "kind": item.kind.value,
        "media_type": item.media_type,
        "size": item.size,
        "pages": item.pages,
        "duration_ms": item.duration_ms,
        "sha256": item.sha256,
        "source": item.source.value,
        "captured_at": instant_text(item.captured_at) if item.captured_at else None,
        "place": {"latitude": place.latitude, "longitude": place.longitude} if place else None,
        "caption": item.caption,
        "attached_to": list(places_of(item)),
        "file_name": item.file_name,
        "url": item.url,
        "seen_at": instant_text(item.seen_at) if item.seen_at else None,
        "components": None if item.components is None else components_json(item.components),
        "page": item.page,
        "annotations": annotations_json(item.annotations),
    }
