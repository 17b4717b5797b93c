"""Every widget in its states, both schemes, as pictures: `python -m tests.ui.gallery FOLDER`."""

import os
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.zone import ZoneColour
from assessor_app.paths import resources_dir
from assessor_app.ui.theme import Scheme, Tokens, apply_theme, dress, icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.evidence_strip import EvidenceStrip, Thumb
from assessor_app.ui.widgets.fields import Field, NoteEdit, choose, combo, line_edit
from assessor_app.ui.widgets.gap_matrix import GapMatrix
from assessor_app.ui.widgets.gauge import Gauge, GaugeBand, GaugeValue
from assessor_app.ui.widgets.labels import body, heading, quiet, strong, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.paired_bars import BarRow, PairedBars
from assessor_app.ui.widgets.paper import PaperView
from assessor_app.ui.widgets.steps import Steps
from assessor_app.ui.widgets.strength import StrengthMeter
from assessor_app.ui.widgets.zone_chip import ZoneChip

OPTIONS = (
    Option("present", "Ada", "1", Mark.PRESENT),
    Option("partial", "Ada sebagian", "2", Mark.PARTIAL),
    Option("absent", "Tidak ada", "3", Mark.ABSENT),
    Option("na", "Tidak dinilai", "0", Mark.NONE),
)
BANDS = (
    GaugeBand(Decimal(55), ZoneColour.RED),
    GaugeBand(Decimal(88), ZoneColour.YELLOW),
    GaugeBand(Decimal(110), ZoneColour.GREEN),
)
VALUE = GaugeValue(
    points=Decimal("66.1"),
    text="66,1",
    paper=Decimal("92.5"),
    practice=Decimal(61),
    most=Decimal(97),
    maximum=Decimal(110),
    caption="83 dari 150 indikator dinilai",
    spoken="Nilai sementara 66,1 dari 110, zona kuning",
)


def buttons(tokens: Tokens) -> QWidget:
    page, rows = _page("Tombol")
    for state in ("", "disabled", "focus"):
        row = QHBoxLayout()
        for role in ("primary", "plain", "flat", "danger"):
            made = button(f"{role} {state}", f"b.{role}.{state}", role=role)
            made.setIcon(icon("save", tokens.on_accent if role == "primary" else tokens.ink))
            made.setEnabled(state != "disabled")
            made.setProperty("shown", state)
            row.addWidget(made)
        sign = icon_button("Ganti bahasa", f"b.icon.{state}", icon("globe", tokens.ink))
        sign.setEnabled(state != "disabled")
        sign.setProperty("shown", state)
        row.addWidget(sign)
        row.addStretch()
        rows.addLayout(row)
    steps = Steps("steps", [("a", "Tinjau"), ("b", "Pratinjau"), ("c", "Tanda tangan")], tokens)
    steps.show_step("b")
    steps.set_open({"a", "b"})
    rows.addWidget(steps)
    rows.addWidget(_words())
    return page


def icons(tokens: Tokens) -> QWidget:
    page, rows = _page("Ikon")
    grid = QGridLayout()
    for index, path in enumerate(sorted((resources_dir() / "icons").glob("*.svg"))):
        cell = QVBoxLayout()
        picture = QLabel()
        picture.setPixmap(icon(path.stem, tokens.ink, size=48).pixmap(48, 48))
        cell.addWidget(picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        cell.addWidget(quiet(path.stem), alignment=Qt.AlignmentFlag.AlignHCenter)
        grid.addLayout(cell, index // 9, index % 9)
    rows.addLayout(grid)
    return page


def fields(tokens: Tokens) -> QWidget:
    page, rows = _page("Isian")
    name = line_edit("f.name", placeholder="Nama lengkap dengan gelar")
    hinted = Field("Nama", name, hint="Tercetak di bawah tanda tangan Anda.")
    secret = line_edit("f.secret", secret=True)
    secret.setText("rahasia")
    faulty = Field("Kata sandi", secret)
    faulty.show_fault("Kata sandi ini terlalu pendek. Pakai paling sedikit 12 huruf.")
    meter = StrengthMeter(tokens)
    meter.show_strength(2, "Cukup")
    listed = combo("f.language", [("id", "Bahasa Indonesia"), ("en", "English")])
    choose(listed, "en")
    date = QDateEdit(QDate(2026, 11, 22))
    date.setCalendarPopup(True)
    off = line_edit("f.off")
    off.setText("Tidak dapat diubah")
    off.setEnabled(False)
    note = NoteEdit("f.note", placeholder="Catatan")
    note.show_text("Loket buka pukul 08.10.\nPetugas ada.\nPapan biaya tidak terlihat.")
    check = QCheckBox("Saya sudah menyimpan petunjuk pemulihan")
    check.setChecked(True)
    radio = QRadioButton("Hanya satu sisi")
    radio.setChecked(True)
    progress = QProgressBar()
    progress.setTextVisible(False)
    progress.setValue(40)
    grid = QGridLayout()
    grid.setSpacing(16)
    parts = (
        hinted, faulty, meter, Field("Bahasa", listed), Field("Tanggal", date),
        Field("Terkunci", off), Field("Catatan", note), check, radio, progress,
    )  # fmt: skip
    for index, part in enumerate(parts):
        grid.addWidget(part, index // 2, index % 2)
    rows.addLayout(grid)
    return page


def answers(tokens: Tokens) -> QWidget:
    page, rows = _page("Jawaban")
    for columns, value in ((4, None), (2, "present"), (2, "partial"), (1, "absent"), (4, "na")):
        group = Choices(f"c{columns}{value}", OPTIONS, tokens, columns=columns)
        group.show_value(value)
        rows.addWidget(group)
    off = Choices("off", OPTIONS, tokens, columns=4)
    off.show_value("present")
    off.setEnabled(False)
    rows.addWidget(off)
    row = QHBoxLayout()
    for zone, text in (
        (ZoneColour.RED, "Zona merah"),
        (ZoneColour.YELLOW, "Zona kuning"),
        (ZoneColour.GREEN, "Zona hijau, sementara"),
        (None, "Belum ada nilai"),
    ):
        chip = ZoneChip(tokens)
        chip.show_zone(zone, text)
        row.addWidget(chip)
    row.addStretch()
    rows.addLayout(row)
    return page


def pictures(tokens: Tokens) -> QWidget:
    page, rows = _page("Nilai")
    row = QHBoxLayout()
    row.setSpacing(16)
    for value in (VALUE, _empty_value(), _full_value()):
        card = Card("Nilai sementara")
        gauge = Gauge(tokens, BANDS)
        gauge.show_value(value)
        card.body.addWidget(gauge)
        card.body.addStretch()
        row.addWidget(card)
    rows.addLayout(row)
    second = QHBoxLayout()
    second.setSpacing(16)
    for labels, counts in (
        (("Ada", "Sebagian", "Tidak ada"), ((28, 17, 11), (2, 2, 3), (0, 1, 1))),
        (("Ada", "Tidak ada"), ((74, 12), (0, 5))),
    ):
        card = Card("Matriks kesenjangan")
        matrix = GapMatrix(tokens, labels, across="Dalam praktik", down="Di atas kertas")
        matrix.show_counts(counts, "Matriks")
        card.body.addWidget(matrix)
        card.body.addStretch()
        second.addWidget(card)
    card = Card("Per dimensi")
    bars = PairedBars(tokens, "Di atas kertas", "Dalam praktik")
    bars.show_rows(_bar_rows())
    card.body.addWidget(bars)
    card.body.addStretch()
    second.addWidget(card)
    rows.addLayout(second)
    return page


def evidence(tokens: Tokens) -> QWidget:
    page, rows = _page("Bukti dan pesan")
    empty = EvidenceStrip("e.empty", tokens, add="Tambah foto", empty="Seret foto ke sini.")
    rows.addWidget(empty)
    strip = EvidenceStrip("e.full", tokens, add="Tambah foto", empty="")
    strip.show_thumbs([Thumb(str(n), _photo(n), f"Foto {n}") for n in range(1, 6)])
    strip.show_pending(2)
    rows.addWidget(strip)
    over = EvidenceStrip("e.over", tokens, add="Tambah foto", empty="Lepaskan foto di sini.")
    over.setProperty("over", True)
    rows.addWidget(over)
    for tone in Tone:
        notice = Notice(tokens, f"n.{tone}")
        text = "Jawaban Anda tersimpan. Foto yang ini tidak dapat dibaca; coba ambil lagi."
        notice.tell(text, tone, action="Coba lagi" if tone is Tone.ERROR else "")
        rows.addWidget(notice)
    return page


def lists(tokens: Tokens) -> QWidget:
    page, rows = _page("Daftar")
    table = QTableWidget(3, 3)
    table.setHorizontalHeaderLabels(["Lembaga", "Unit", "Keadaan"])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    for row in range(3):
        table.setRowHeight(row, 52)
        for column, text in enumerate(("Kota Ambon", "DPMPTSP", "berlangsung")):
            table.setItem(row, column, QTableWidgetItem(text))
    table.selectRow(1)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.horizontalHeader().setStretchLastSection(True)
    rows.addWidget(table)
    listed = QListWidget()
    listed.addItems([f"Baris {n}" for n in range(30)])
    listed.setCurrentRow(2)
    rows.addWidget(listed)
    return page


def paper(tokens: Tokens) -> QWidget:
    page, rows = _page("Pratinjau")
    view = PaperView()
    sheet = QImage(1240, 1754, QImage.Format.Format_RGB32)
    sheet.fill(QColor("white"))
    view.show_pages([sheet, sheet])
    rows.addWidget(view)
    return page


def waiting(tokens: Tokens) -> QWidget:
    page = answers(tokens)
    busy = Busy(page, tokens)
    page.resize(960, 640)
    busy.begin("Menandatangani berita acara. Ini perlu beberapa detik.")
    return page


def _words() -> QWidget:
    card = Card("Kartu")
    for label in (title("Judul halaman"), heading("Judul bagian"), body("Teks biasa."),
                  strong("Teks tebal"), quiet("Teks kecil yang menerangkan.")):  # fmt: skip
        card.body.addWidget(label)
    for role in ("mono", "badge", "chip", "fault"):
        label = quiet(f"{role} P15-06")
        dress(label, role)
        card.body.addWidget(label, alignment=Qt.AlignmentFlag.AlignLeft)
    return card


def _empty_value() -> GaugeValue:
    return GaugeValue(
        points=None, text="–", paper=None, practice=None, most=None, maximum=Decimal(110),
        caption="Belum ada indikator yang dinilai", spoken="Belum ada nilai",
    )  # fmt: skip


def _full_value() -> GaugeValue:
    most = Decimal(110)
    return GaugeValue(
        points=most, text="110,00", paper=most, practice=Decimal(0), most=most, maximum=most,
        caption="150 dari 150 indikator dinilai, tidak ada yang terbuka", spoken="Penuh",
    )  # fmt: skip


def _bar_rows() -> list[BarRow]:
    ten = Decimal(10)
    return [
        BarRow("Standar pelayanan", Decimal(9), Decimal(5), ten, "9,0 / 10", "5,0 / 10"),
        BarRow("Sarana prasarana dan fasilitas bagi kelompok rentan", Decimal(6), Decimal("0.1"),
               ten, "6,0 / 10", "0,1 / 10"),
        BarRow("Pengelolaan pengaduan", None, Decimal(8), ten, "–", "8,0 / 10"),
    ]  # fmt: skip


def _photo(number: int) -> QImage:
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number * 50 % 360, 90, 190))
    painter = QPainter(image)
    painter.setBrush(QColor("white"))
    painter.drawEllipse(120, 40, 60, 60)
    painter.end()
    return image


def _page(name: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    dress(page, "page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rows = QVBoxLayout(page)
    rows.setContentsMargins(24, 24, 24, 24)
    rows.setSpacing(16)
    rows.addWidget(title(name))
    return page, rows


ROOMS: tuple[Callable[[Tokens], QWidget], ...] = (
    buttons, icons, fields, answers, pictures, evidence, lists, paper, waiting,
)  # fmt: skip


def main(folder: Path) -> None:
    application = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in Scheme:
        tokens = apply_theme(application, scheme)
        for room in ROOMS:
            page = room(tokens)
            page.resize(1000, 640)
            page.show()
            page.activateWindow()
            application.processEvents()
            page.grab().save(str(folder / f"{room.__name__}-{scheme}.png"))
            _show_focus(page, folder / f"focus-{scheme}.png")
            page.close()
            page.deleteLater()
    application.processEvents()


def _show_focus(page: QWidget, path: Path) -> None:
    """One strip with every part that is meant to be shown while it has the focus."""
    parts = [part for part in page.findChildren(QWidget) if part.property("shown") == "focus"]
    if not parts:
        return
    strip = QImage(sum(part.width() + 24 for part in parts), 72, QImage.Format.Format_RGB32)
    strip.fill(page.palette().window().color())
    painter, left = QPainter(strip), 12
    for part in parts:
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        painter.drawPixmap(left, 12, part.grab())
        left += part.width() + 24
    painter.end()
    strip.save(str(path))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
