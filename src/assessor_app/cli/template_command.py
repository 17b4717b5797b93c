"""`finding-template …`: one's own words for findings and their advice, kept in this store."""

from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, table
from assessor_app.domain.event import Json
from assessor_app.services.finding_templates import (
    OwnTemplate,
    Part,
    change_template,
    forget_template,
    keep_template,
    own_templates,
)


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Contoh rumusan sendiri / own wordings.", no_args_is_help=True)
    group.command(name="list")(list_templates)
    group.command()(keep)
    group.command()(change)
    group.command()(forget)
    app.add_typer(group, name="finding-template")


def list_templates(ctx: typer.Context) -> None:
    """Semua contoh sendiri, dengan tempat isiannya / all of one's own."""
    context = context_of(ctx, looking=True)
    _tell(context, own_templates(context.workplace))


def keep(
    ctx: typer.Context,
    text: str,
    *,
    part: Annotated[Part, typer.Option(help="Rumusan atau saran / for what.")] = Part.WORDING,
    indicator: Annotated[str | None, typer.Option(help="Hanya untuk indikator ini.")] = None,
) -> None:
    """Simpan; {indicator}, {code}, {unit}, {institution}, {product} diisi saat dipakai."""
    context = context_of(ctx)
    keep_template(context.workplace, text, part, indicator=indicator)
    _tell(context, own_templates(context.workplace))


def change(ctx: typer.Context, template: str, text: str) -> None:
    """Ganti kata-katanya / give it other words."""
    context = context_of(ctx)
    change_template(context.workplace, template, text)
    _tell(context, own_templates(context.workplace))


def forget(ctx: typer.Context, template: str) -> None:
    """Jangan ditawarkan lagi / offer it no more."""
    context = context_of(ctx)
    forget_template(context.workplace, template)
    _tell(context, own_templates(context.workplace))


def _tell(context: Context, found: tuple[OwnTemplate, ...]) -> None:
    data: Json = {
        "ok": True,
        "templates": [
            {"id": one.id, "part": one.part.value, "indicator": one.indicator, "text": one.text}
            for one in found
        ],
    }
    heads = [
        context.say(f"finding_template.{name}") for name in ("id", "part", "indicator", "text")
    ]
    rows = [
        (one.id, context.say(f"finding_template.{one.part.value}"), one.indicator or "", one.text)
        for one in found
    ]
    answer(context, data, table(rows, heads) if rows else context.say("finding_template.none"))
