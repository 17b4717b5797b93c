"""Texts are printed as documents are: on A4, numbered, black on white, and stopped on request."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import PATIENCE_MS

from assessor_app.compose import Application
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts import printing
from assessor_app.ui.pages.parts.print_job import PrintJob
from assessor_app.ui.pages.parts.text_pages import Text, from_markdown, text_pages
from assessor_app.ui.theme import Scheme, apply_theme
from assessor_app.ui.widgets.notice import Notice

LONG = "\n\n".join(f"Langkah {number}: catat apa yang terlihat." for number in range(120))


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    """The window as it is at night, with the largest letters."""
    apply_theme(qapp, Scheme.DARK, text=150)
    yield
    apply_theme(qapp, Scheme.LIGHT)


def foot(number: int, count: int) -> str:
    return f"{number}/{count}"


def words_of(pdf: bytes | Path) -> list[str]:
    """What stands on each page, without the spaces, which are where a reader of PDF puts them."""
    texts = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return ["".join(text.split()) for text in texts]


def test_every_page_of_a_text_says_what_it_is_and_its_number() -> None:
    pdf, count = text_pages(Text("Panduan", from_markdown(LONG)), foot=foot)

    pages = words_of(pdf)
    assert len(pages) == count > 1
    assert all(f"{number}/{count}" in page for number, page in enumerate(pages, start=1))
    assert all("Panduan" in page for page in pages)
    assert [sum(f"Langkah{one}:" in page for page in pages) for one in range(120)] == [1] * 120


@pytest.mark.usefixtures("dark")
def test_paper_has_neither_the_windows_colours_nor_its_letters(qapp: QApplication) -> None:
    text = f"# Judul\n\n[Daftar periksa](02-keys.md)\n\n{LONG}"
    dark, count = text_pages(Text("Panduan", from_markdown(text)), foot=foot)
    apply_theme(qapp, Scheme.LIGHT)

    assert text_pages(Text("Panduan", from_markdown(text)), foot=foot)[1] == count
    page = pypdfium2.PdfDocument(dark)[0].render(scale=2).to_numpy()
    assert page.max() == 255
    assert page.min() < 40
    assert (page.max(axis=2) - page.min(axis=2)).max() < 16  # nothing has a hue


def test_a_picture_is_never_wider_than_its_page(tmp_path: Path, qapp: QApplication) -> None:
    wide = QImage(3000, 400, QImage.Format.Format_RGB32)
    wide.fill(0xFF204060)
    wide.save(str(tmp_path / "a.png"))
    text = Text("Panduan", from_markdown("Awal\n\n![Layar](a.png)\n\nAkhir"), tmp_path)

    page = pypdfium2.PdfDocument(text_pages(text, foot=foot)[0])[0]
    drawn = page.render(scale=1).to_numpy().min(axis=2) < 128
    columns = drawn.any(axis=0).nonzero()[0]
    width = page.get_size()[0]
    assert columns[0] >= 45
    assert width / 2 < columns[-1] <= width - 45


@pytest.fixture
def to_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The print dialog, accepted with a PDF for a printer."""
    out = tmp_path / "cetakan.pdf"

    def accept(_: QWidget, printer: QPrinter, **__: object) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        printer.setResolution(100)
        return True

    monkeypatch.setattr(printing, "ask_printer", accept)
    return out


@pytest.fixture
def page(application: Application, qtbot: QtBot) -> Iterator[tuple[PrintJob, Callable[[], str]]]:
    """A page with a notice, and what the notice says."""
    desk = Desk(
        application.home,
        language=Language.INDONESIAN,
        scheme=Scheme.LIGHT,
        application=application,
    )
    shown = QWidget()
    qtbot.addWidget(shown)
    notice = Notice(desk.tokens, "notice")
    QVBoxLayout(shown).addWidget(notice)
    job = PrintJob(desk, notice, owner=shown)
    yield job, lambda: " ".join(one.text() for one in notice.findChildren(QLabel))
    desk.tasks.wait()


def test_a_text_goes_to_the_printer_in_a_worker_and_its_end_is_told(
    page: tuple[PrintJob, Callable[[], str]], to_file: Path, qtbot: QtBot
) -> None:
    job, told = page
    with qtbot.waitSignal(job.printed, timeout=PATIENCE_MS):
        job.begin_text(Text("Panduan", from_markdown(LONG)))

    count = len(pypdfium2.PdfDocument(to_file))
    assert count > 1
    assert f"Terkirim ke pencetak: {count} halaman." in told()
