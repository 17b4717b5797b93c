"""Scenes of what hangs on the walls, and of what should hang there."""

from PIL import ImageDraw

from assessor_app.services.sample.canvas import (
    BLUE,
    GREY,
    INK,
    RED,
    TEAL,
    WOOD,
    YELLOW,
    Picture,
    shade,
)
from assessor_app.services.sample.furniture import frame
from assessor_app.services.sample.posters import flow_chart, poster, table
from assessor_app.services.sample.rooms import near_wall

_NEAR = 1.75  # metres to the wall: as close as one stands to read
_PROMISE = (
    "Dengan ini, kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan "
    "yang telah ditetapkan dan melakukan perbaikan secara terus-menerus."
)
_SANCTION = (
    "Apabila tidak menepati janji ini, kami siap menerima sanksi sesuai peraturan "
    "perundang-undangan yang berlaku."
)


def board_without_pledge() -> Picture:
    """A notice board where the pledge's frame is empty."""
    picture = near_wall(z=_NEAR)
    _notice_board(picture)
    frame(picture, 0.32, 0.98, z=_NEAR, size=(0.72, 0.9))
    picture.panel(0.32, 0.98, z=_NEAR, size=(0.72, 0.9), colour=(226, 221, 210))
    shine = [(0.4, 0.98), (0.54, 0.98), (0.94, 1.88), (0.8, 1.88)]
    picture.face([(x, y, _NEAR) for x, y in shine], (236, 232, 223))
    plate = (0.8, 0.12)
    picture.sign("MAKLUMAT PELAYANAN", 0.28, 0.74, z=_NEAR, size=plate, colour=YELLOW, ink=INK)
    return picture


def board_with_pledge() -> Picture:
    """The signed pledge in its frame."""
    picture = near_wall(z=_NEAR)
    frame(picture, -0.78, 0.78, z=_NEAR, size=(1.56, 1.2))
    size = (picture.pixels(1.56, z=_NEAR), picture.pixels(1.2, z=_NEAR))
    sheet = poster(
        size,
        title="MAKLUMAT PELAYANAN",
        lines=[_PROMISE, _SANCTION, "", ""],
        colour=TEAL,
        centred=True,
    )
    pen = ImageDraw.Draw(sheet)
    x, y = size[0] * 0.72, size[1] * 0.8
    signature = [(0, 30), (60, -50), (100, 40), (150, -30), (190, 30), (260, 0), (330, 10)]
    pen.line([(x - 160 + a, y + b) for a, b in signature], fill=BLUE, width=9, joint="curve")
    pen.line((x - 260, y + 70, x + 260, y + 70), fill=GREY, width=4)
    picture.hang(sheet, -0.78, 0.78, z=_NEAR)
    picture.text("Kepala Dinas", 0.344, 0.835, z=_NEAR, height=0.044)
    return picture


def requirements_board() -> Picture:
    """The requirements of a service, posted."""
    picture = near_wall(z=_NEAR)
    frame(picture, -0.72, 0.72, z=_NEAR, size=(1.44, 1.36))
    size = (picture.pixels(1.44, z=_NEAR), picture.pixels(1.36, z=_NEAR))
    lines = [
        "Kartu Keluarga baru",
        "1.  Surat pengantar RT/RW",
        "2.  Buku nikah",
        "3.  Kartu Keluarga lama",
        "4.  Formulir F-1.02 terisi",
    ]
    picture.hang(poster(size, title="PERSYARATAN", lines=lines, colour=BLUE), -0.72, 0.72, z=_NEAR)
    return picture


def wall_without_flow_chart() -> Picture:
    """A wall where only the heading and the marks of a flow chart are left."""
    picture = near_wall(z=_NEAR)
    sign = (1.3, 0.2)
    picture.sign("ALUR PELAYANAN", -0.65, 1.96, z=_NEAR, size=sign, colour=YELLOW, ink=INK)
    picture.panel(-0.58, 0.64, z=_NEAR, size=(1.16, 1.24), colour=(250, 248, 243))
    for x in (-0.52, 0.52):
        for y in (0.7, 1.82):
            picture.disc(x, y, z=_NEAR, radius=0.016, colour=GREY)
    torn = [(-0.58, 1.88), (-0.2, 1.88), (-0.28, 1.83), (-0.34, 1.79), (-0.45, 1.77), (-0.58, 1.7)]
    picture.face([(x, y, _NEAR) for x, y in torn], TEAL)
    torn = [(0.58, 0.64), (0.34, 0.64), (0.42, 0.68), (0.47, 0.74), (0.58, 0.79)]
    picture.face([(x, y, _NEAR) for x, y in torn], (214, 226, 224))
    for x, y in ((-0.64, 1.8), (0.5, 1.82), (-0.62, 0.6), (0.48, 0.58)):
        tape = [(x, y), (x + 0.14, y + 0.03), (x + 0.13, y + 0.09), (x - 0.01, y + 0.06)]
        picture.face([(a, b, _NEAR) for a, b in tape], (222, 206, 166))
    picture.sign("LOKET 1", 0.9, 1.6, z=_NEAR, size=(0.36, 0.16), colour=BLUE)
    picture.sign("LOKET 2", 0.9, 1.3, z=_NEAR, size=(0.36, 0.16), colour=BLUE)
    return picture


def flow_chart_posted() -> Picture:
    """The service flow where users see it."""
    picture = near_wall(z=_NEAR)
    frame(picture, -0.6, 0.6, z=_NEAR, size=(1.2, 1.46))
    size = (picture.pixels(1.2, z=_NEAR), picture.pixels(1.46, z=_NEAR))
    steps = (
        "Ambil nomor antrean",
        "Serahkan berkas di Loket 1",
        "Pemeriksaan berkas",
        "Penerbitan dokumen",
        "Ambil hasil di Loket 3",
    )
    picture.hang(flow_chart(size, title="ALUR PELAYANAN", steps=steps), -0.6, 0.6, z=_NEAR)
    return picture


def fee_board() -> Picture:
    """The fees of every service product, posted."""
    picture = near_wall(z=_NEAR)
    frame(picture, -0.86, 0.74, z=_NEAR, size=(1.72, 1.26))
    size = (picture.pixels(1.72, z=_NEAR), picture.pixels(1.26, z=_NEAR))
    rows = (
        ("Produk layanan", "Waktu", "Biaya"),
        ("Kartu Keluarga", "1 hari kerja", "Gratis"),
        ("KTP elektronik", "1 hari kerja", "Gratis"),
        ("Akta kelahiran", "2 hari kerja", "Gratis"),
        ("Akta kematian", "2 hari kerja", "Gratis"),
        ("Surat pindah", "1 hari kerja", "Gratis"),
    )
    picture.hang(table(size, title="BIAYA DAN WAKTU LAYANAN", rows=rows), -0.86, 0.74, z=_NEAR)
    return picture


def vision_board() -> Picture:
    """Vision, mission and motto of the office."""
    picture = near_wall(z=_NEAR)
    frame(picture, -0.84, 0.72, z=_NEAR, size=(1.68, 1.3), colour=shade(WOOD, 0.8))
    size = (picture.pixels(1.68, z=_NEAR), picture.pixels(1.3, z=_NEAR))
    lines = [
        "Visi: Pelayanan yang pasti, terbuka, dan ramah bagi semua.",
        "Misi: Layanan tepat waktu, informasi yang jelas, jawaban atas setiap pengaduan.",
        "Moto: Cepat, Tepat, Terbuka.",
    ]
    sheet = poster(size, title="VISI, MISI, DAN MOTO", lines=lines, colour=BLUE)
    picture.hang(sheet, -0.84, 0.72, z=_NEAR)
    return picture


def _notice_board(picture: Picture) -> None:
    """A cork board with papers, to the left of the picture's middle."""
    frame(picture, -1.16, 0.74, z=_NEAR, size=(1.3, 1.16), colour=shade(WOOD, 0.85))
    picture.panel(-1.16, 0.74, z=_NEAR, size=(1.3, 1.16), colour=(206, 170, 124))
    papers = (
        (-1.1, 1.3, 0.44, 0.54, "JAM LAYANAN", ("Senin–Kamis 08.00–15.00", "Jumat 08.00–14.30")),
        (-0.6, 1.36, 0.34, 0.46, "BERITA", ("Perekaman KTP keliling bulan ini.",)),
        (-0.2, 1.28, 0.3, 0.52, "LIBUR", ("Layanan tutup pada hari libur.",)),
        (-1.0, 0.8, 0.5, 0.42, "KONTAK", ("Telepon kantor (0911) 000000",)),
        (-0.4, 0.8, 0.44, 0.4, "AGENDA", ("Rapat koordinasi setiap Senin.",)),
    )
    for x, y, width, height, title, lines in papers:
        size = (picture.pixels(width, z=_NEAR), picture.pixels(height, z=_NEAR))
        picture.panel(x + 0.01, y - 0.014, z=_NEAR, size=(width, height), colour=(176, 142, 98))
        picture.hang(poster(size, title=title, lines=lines, colour=TEAL), x, y, z=_NEAR)
        picture.disc(x + 0.02, y + height - 0.01, z=_NEAR, radius=0.015, colour=RED)
