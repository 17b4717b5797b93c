"""The sheet for the coaching talk: what to repair, in which order, with what effort; on paper.

It is a working paper of the assessor's, says so, and is no document of the visit.
"""

import html
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QWidget

from assessor_app.domain.visit import Visit
from assessor_app.services.improving import Way
from assessor_app.services.picture_file import write_picture
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.improve import told
from assessor_app.ui.pages.parts.file_place import documents_folder, free_path, with_suffix

_MARGIN_MM = 18
_DPI = 300


def sheet(desk: Desk, visit: Visit, way: Way, ticked: Collection[str]) -> str:
    """The sheet as rich text: every repair that is known, heaviest first, to be ticked by hand."""
    say, words = desk.say, desk.words
    rows = "".join(
        _row(desk, way, code, advised=code in advised, ticked=code in ticked)
        for advised in [{one.indicator for one in way.plan.repairs}]
        for code in [one.code for one in told.repair_texts(desk, way)]
    )
    heads = "".join(
        f"<th align='left'>{_text(say(f'coaching.head.{name}'))}</th>"
        for name in ("done", "what", "points", "effort", "advised")
    )
    mark = f"<h2>{_text(words('sample_mark'))}</h2>" if visit.sample else ""
    lines = [
        told.outcome(desk, way),
        told.simulated(desk, way, ticked) if ticked else "",
        *told.cautions(desk, way),
        words("improve.statement"),
    ]
    below = "".join(f"<p>{_text(line)}</p>" for line in lines if line)
    office = say("coaching.office", unit=visit.unit, institution=visit.institution)
    return (
        f"{mark}<h1>{_text(say('coaching.sheet'))}</h1><p><b>{_text(office)}</b></p>{below}"
        f"<table width='100%' cellpadding='6' border='1' cellspacing='0'>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def print_sheet(desk: Desk, over: QWidget, text: str) -> None:
    """Let a printer be chosen, and print."""
    from assessor_app.ui.pages.parts.printing import ask_printer, new_printer

    printer = new_printer(desk.say("coaching.sheet"))
    if ask_printer(over, printer, title=desk.say("coaching.print"), pages=1):
        _document(desk, text).print_(printer)


def ask_where(desk: Desk, over: QWidget, unit: str) -> Path | None:
    """Where the PDF is to be written; None where the dialog was left."""
    usual = free_path(documents_folder(), f"{desk.say('coaching.sheet')} {unit}")
    chosen, _ = QFileDialog.getSaveFileName(
        over,
        desk.say("coaching.export"),
        str(usual),
        "*.pdf",
        options=QFileDialog.Option.DontConfirmOverwrite,  # it is refused: nothing is replaced
    )
    return with_suffix(chosen) if chosen else None


def save_sheet(desk: Desk, text: str, path: Path) -> None:
    """Write the sheet as a PDF, whole or not at all. Raises as `write_picture`."""
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(desk.say("coaching.sheet"))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    _document(desk, text).print_(writer)
    buffer.close()
    write_picture(path, bytes(out.data()))


def _document(desk: Desk, text: str) -> QTextDocument:
    document = QTextDocument()
    document.setMetaInformation(
        QTextDocument.MetaInformation.DocumentTitle, desk.say("coaching.sheet")
    )
    document.setHtml(text)
    return document


def _row(desk: Desk, way: Way, code: str, *, advised: bool, ticked: bool) -> str:
    words, say = desk.words, desk.say
    repair = next(one for one in way.possible if one.indicator == code)
    indicator = way.instrument.indicator(code)
    advice = words.of(indicator.advice) if indicator.advice else ""
    what = f"<b>{_text(code)}</b> {_text(words.of(indicator.text))}"
    if advice:
        what += f"<br/>{_text(advice)}"
    cells = (
        _text(say("coaching.ticked" if ticked else "coaching.unticked")),
        what,
        _text(words.points(repair.gain)),
        _text(words.weight(repair.effort)),
        _text(say("improve.advised")) if advised else "",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _text(plain: str) -> str:
    return html.escape(plain)
