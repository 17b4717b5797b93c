"""A page of the manual on paper: its text, with its pictures as wide as the sheet."""

import re

from PySide6.QtCore import QMarginsF, QUrl
from PySide6.QtGui import QPagedPaintDevice, QTextDocument
from PySide6.QtWidgets import QWidget

from assessor_app.services.manual import ManualPage
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.manual.view import dress_document, picture_of
from assessor_app.ui.theme import Scheme, tokens

_PICTURE_PX = 600  # at 96 to the inch, on a sheet of A4 within its margins
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")


def print_page(desk: Desk, over: QWidget, page: ManualPage) -> None:
    """Let a printer be chosen, and print the page."""
    from assessor_app.ui.pages.parts.printing import ask_printer, new_printer

    printer = new_printer(page.title)
    if ask_printer(over, printer, title=desk.say("manual.print"), pages=1):
        write_page(page, printer)


def write_page(page: ManualPage, paper: QPagedPaintDevice) -> None:
    """Write a page onto sheets: always dark on white, whatever the window looks like."""
    paper.setPageMargins(QMarginsF())  # Qt leaves two centimetres around by itself
    document = QTextDocument()
    document.setMarkdown(page.text)  # first: it forgets what was added before
    for name in _PICTURE.findall(page.text):
        kind = QTextDocument.ResourceType.ImageResource.value
        document.addResource(kind, QUrl(name), picture_of(page, name, _PICTURE_PX))
    dress_document(document, tokens(Scheme.LIGHT))
    document.print_(paper)
