"""`verify`: is this PDF the document that was signed, by whom, and is it whole?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.given import end_as_wrong_usage, read_given
from assessor_app.cli.printing import answer, refusal
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import IdentityProblem, StoreProblem

if TYPE_CHECKING:  # pyHanko is fetched when a file is judged
    from assessor_app.services.verifying import Verdict

_EXIT_CODES = {"valid": 0, "refused": 1, "undetermined": 3}


def register(app: typer.Typer) -> None:
    app.command()(verify)


def verify(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Berkas PDF / the PDF.")],
    *,
    continues: Annotated[
        Path | None,
        typer.Option(help="Berkas lebih awal yang dilanjutkan / the earlier file it continues."),
    ] = None,
    trust_trial: Annotated[
        bool, typer.Option(help="Terima identitas uji coba / accept a trial identity.")
    ] = False,
    root: Annotated[
        list[Path] | None, typer.Option(help="Sertifikat akar lain, berulang / further roots.")
    ] = None,
) -> None:
    """Periksa dokumen: 0 sah, 1 ditolak, 2 salah pakai, 3 tidak dapat dipastikan."""
    context = context_of(ctx)
    verdict = _judged(context, file, continues, trust_trial=trust_trial, further=root or ())
    sentences = _sentences(context, verdict)
    answer(context, _data(verdict, sentences), "\n".join(sentences))
    raise typer.Exit(_EXIT_CODES[verdict.standing.value])


def _judged(
    context: Context,
    file: Path,
    continues: Path | None,
    *,
    trust_trial: bool,
    further: list[Path] | tuple[()],
) -> "Verdict":
    from assessor_app.services import verifying

    roots = (*context.application.roots, *(read_given(context, path) for path in further))
    try:
        return verifying.verify_file(
            file,
            roots=roots,
            trust_trial=trust_trial,
            continues=continues,
            known=context.application.revocations,
        )
    except StoreProblem as problem:
        raise end_as_wrong_usage(context, problem) from problem
    except IdentityProblem as problem:  # a root that is no certificate: wrong usage, no verdict
        raise typer.BadParameter(refusal(problem, context.language)) from problem


def _sentences(context: Context, verdict: "Verdict") -> list[str]:
    from assessor_app.services.verifying import explain

    return list(explain(verdict, context.language))


def _data(verdict: "Verdict", sentences: list[str]) -> Json:
    return {
        "standing": verdict.standing.value,
        "reasons": [one.code for one in verdict.reasons],
        "sentences": list(sentences),
        "number": verdict.number,
        "record_sha256": verdict.record_hash,
        "head": verdict.head,
        "continues": verdict.continues,
        "signers": [
            {
                "name": one.signer.common_name if one.signer else None,
                "fingerprint": one.signer.fingerprint if one.signer else None,
                "trust": one.trust.value,
                "signed_at": instant_text(one.claimed_at) if one.claimed_at else None,
                "role": part.value,
                "field": one.field,
            }
            for one, part in zip(verdict.signers, verdict.parts, strict=True)
        ],
    }
