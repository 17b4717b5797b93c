"""`issue`: the signed documents of a visit."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.identity_commands import warn_of_ends
from assessor_app.cli.printing import answer
from assessor_app.cli.redaction_commands import hint_at_unexamined
from assessor_app.cli.signers_given import Given, signatories
from assessor_app.domain.documents import Addendum, DocumentKind
from assessor_app.domain.problem import RecordRefused
from assessor_app.services.documents import require_document, write_again, write_copy
from assessor_app.services.entries import LONGEST_TEXT
from assessor_app.services.given_file import content_of
from assessor_app.texts import Language

if TYPE_CHECKING:  # ReportLab and pyHanko: imported by the command that needs them
    from assessor_app.services.issuing import Issued


def register(app: typer.Typer) -> None:
    app.command()(issue)


def issue(
    ctx: typer.Context,
    visit: str,
    *,
    out: Annotated[Path, typer.Option(help="Berkas PDF yang ditulis / the PDF to write.")],
    report_language: Annotated[
        Language, typer.Option("--report-lang", help="Bahasa dokumen / its language.")
    ] = Language.INDONESIAN,
    identity: Annotated[Path | None, typer.Option(help="PKCS#12 lain / another identity.")] = None,
    signer: Annotated[
        list[str] | None,
        typer.Option(help="Asesor lain: PKCS#12 atau namanya / a further assessor; repeatable."),
    ] = None,
    signer_passphrase_file: Annotated[
        list[Path] | None, typer.Option(help="Frasa sandi tiap --signer, berurutan / in order.")
    ] = None,
    receiver_p12: Annotated[
        Path | None, typer.Option(help="PKCS#12 penerima sendiri / the receiver's own.")
    ] = None,
    receiver_passphrase_file: Annotated[
        Path | None, typer.Option(help="Frasa sandi --receiver-p12 / its passphrase.")
    ] = None,
    kind: Annotated[
        DocumentKind | None, typer.Option(help="Temuan atau berita acara / what is made.")
    ] = None,
    addendum: Annotated[
        str | None,
        typer.Option(help="Isi adendum; @BERKAS untuk berkas teks / its statement, or @FILE."),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(help="Nomor dokumen yang ditambah, atau ditulis lagi / added to, or copied."),
    ] = None,
) -> None:
    """Buat dan tanda tangani temuan, berita acara, atau adendum / make and sign a document."""
    from assessor_app.services import issuing

    context = context_of(ctx)
    if addendum is not None and kind not in (None, DocumentKind.ADDENDUM):
        raise typer.BadParameter(context.say("addendum.no_other_kind"))
    session = context.session(visit)
    named = None if document is None else require_document(session, document)
    added = None if addendum is None else Addendum(_statement(addendum), to=named)
    given = Given(
        signer or (), signer_passphrase_file or (), receiver_p12, receiver_passphrase_file
    )
    issued, unexamined = None, hint_at_unexamined(context, visit, session.snapshot)
    if named is not None and added is None:
        issued = write_copy(session, context.workplace, named, out=out)
    elif added is None:
        issued = write_again(session, context.workplace, out, kind=kind)
    if issued is None:
        by_certificate = receiver_p12 is not None
        issuing.require_issuable(
            session, out, kind=kind, addendum=added, receiver_signs=by_certificate
        )
        now = context.application.clock.now()
        lead = issuing.signing_identity(
            context.workplace, context.signing_passphrase(), now=now, path=identity
        )
        signers = issuing.unlocked(context.workplace, lead, signatories(context, given), now=now)
        all_signers = (signers.lead, *signers.further)
        warn_of_ends(context, [(one.common_name, one.not_after) for one in all_signers])
        issued = issuing.issue(
            session,
            context.workplace,
            signers.lead,
            out=out,
            language=report_language,
            further=signers.further,
            receiver=signers.receiver,
            kind=kind,
            addendum=added,
        )
    _tell(context, issued, unexamined=unexamined)


def _statement(given: str) -> str:
    """What an addendum states: the text that was given, or what is in the file after an @.

    Raises RecordRefused `statement_not_text`, StoreProblem as `content_of`.
    """
    if not given.startswith("@"):
        return given
    data = content_of(Path(given[1:]), most=4 * LONGEST_TEXT + 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordRefused("statement_not_text", path=given[1:]) from error


def _tell(context: Context, issued: "Issued", *, unexamined: int) -> None:
    answer(
        context,
        {
            "ok": True,
            "path": str(issued.path),
            "number": issued.number,
            "sha256": issued.sha256,
            "size": issued.size,
            "again": issued.again,
            "unexamined": unexamined,
        },
        context.say(
            "issue.again" if issued.again else "issue.done",
            path=issued.path,
            number=issued.number,
            hash=issued.sha256,
        ),
    )
