"""`issue`, `verify`: the signed document, out and back."""

from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import context_of
from assessor_app.cli.given import read_given
from assessor_app.cli.printing import answer, refusal
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import IdentityProblem
from assessor_app.texts import Language

_EXIT_CODES = {"valid": 0, "refused": 1, "undetermined": 3}


def register(app: typer.Typer) -> None:
    app.command()(issue)
    app.command()(verify)


def issue(
    ctx: typer.Context,
    visit: str,
    out: Annotated[Path, typer.Option(help="Berkas PDF yang ditulis / the PDF to write.")],
    report_language: Annotated[
        Language, typer.Option("--report-lang", help="Bahasa dokumen / its language.")
    ] = Language.INDONESIAN,
    identity: Annotated[Path | None, typer.Option(help="PKCS#12 lain / another identity.")] = None,
) -> None:
    """Buat dan tanda tangani temuan, atau berita acara / make and sign findings or minutes."""
    from assessor_app.services import issuing

    context = context_of(ctx)
    workplace = context.workplace
    session = context.session(visit)
    issued = issuing.write_again(session, workplace, out)
    if issued is None:
        issuing.require_issuable(session, out)
        signer = issuing.signing_identity(
            workplace,
            context.signing_passphrase(),
            now=context.application.clock.now(),
            path=identity,
        )
        issued = issuing.issue(
            session,
            workplace,
            signer,
            out=out,
            language=report_language,
        )
    answer(
        context,
        {
            "ok": True,
            "path": str(issued.path),
            "number": issued.number,
            "sha256": issued.sha256,
            "size": issued.size,
            "again": issued.again,
        },
        context.say(
            "issue.again" if issued.again else "issue.done",
            path=issued.path,
            number=issued.number,
            hash=issued.sha256,
        ),
    )


def verify(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="Berkas PDF / the PDF.")],
    *,
    trust_trial: Annotated[
        bool, typer.Option(help="Terima identitas uji coba / accept a trial identity.")
    ] = False,
    root: Annotated[
        list[Path] | None, typer.Option(help="Sertifikat akar lain, berulang / further roots.")
    ] = None,
) -> None:
    """Periksa dokumen: 0 sah, 1 ditolak, 2 salah pakai, 3 tidak dapat dipastikan."""
    from assessor_app.services import verifying

    context = context_of(ctx)
    further = [read_given(context, path) for path in root or ()]
    try:
        verdict = verifying.verify(
            read_given(context, file),
            roots=(*context.application.roots, *further),
            trust_trial=trust_trial,
        )
    except IdentityProblem as problem:  # a root that is no certificate: wrong usage, no verdict
        raise typer.BadParameter(refusal(problem, context.language)) from problem
    data = {
        "standing": verdict.standing.value,
        "reasons": [one.code for one in verdict.reasons],
        "sentences": list(verifying.explain(verdict, context.language)),
        "number": verdict.number,
        "record_sha256": verdict.record_hash,
        "head": verdict.head,
        "signers": [
            {
                "name": one.signer.common_name if one.signer else None,
                "fingerprint": one.signer.fingerprint if one.signer else None,
                "trust": one.trust.value,
                "signed_at": instant_text(one.claimed_at) if one.claimed_at else None,
            }
            for one in verdict.signers
        ],
    }
    answer(context, data, "\n".join(verifying.explain(verdict, context.language)))
    raise typer.Exit(_EXIT_CODES[verdict.standing.value])
