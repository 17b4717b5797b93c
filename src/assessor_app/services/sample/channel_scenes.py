"""Scenes of how an office informs its users and hears their complaints."""

from PIL import Image, ImageDraw

from assessor_app.services.sample.canvas import (
    BLUE,
    DARK,
    GREEN,
    GREY,
    INK,
    PAPER,
    RED,
    STEEL,
    TEAL,
    WOOD,
    YELLOW,
    Colour,
    Picture,
    font,
    shade,
)
from assessor_app.services.sample.furniture import chair, clock, frame, monitor, plant
from assessor_app.services.sample.posters import blank, flow_chart
from assessor_app.services.sample.rooms import FLOOR, HALL_DEPTH, hall, near_wall

_NEAR = 1.75


def complaint_box() -> Picture:
    """A complaint box beside the way out."""
    z = 2.5
    picture = near_wall(z=z)
    picture.panel(0.42, 0, z=z, size=(1.16, 2.1), colour=shade(WOOD, 0.7))
    picture.panel(0.5, 0.02, z=z, size=(1.0, 2.0), colour=(176, 206, 212))
    shine = [(0.62, 0.2), (0.84, 0.2), (1.38, 1.9), (1.16, 1.9)]
    picture.face([(x, y, z) for x, y in shine], (198, 221, 226))
    picture.panel(0.58, 0.86, z=z, size=(0.05, 0.36), colour=STEEL, round_by=0.02)
    picture.sign("PINTU KELUAR", 0.52, 2.2, z=z, size=(0.96, 0.2), colour=GREEN)
    _box(picture, -0.5)
    return picture


def complaint_box_with_notice() -> Picture:
    """A complaint box with the procedure beside it."""
    picture = near_wall(z=_NEAR)
    frame(picture, 0.06, 0.72, z=_NEAR, size=(1.0, 1.2))
    steps = ("Tulis pengaduan Anda", "Masukkan ke kotak", "Dijawab dalam 5 hari kerja")
    size = (picture.pixels(1.0, z=_NEAR), picture.pixels(1.2, z=_NEAR))
    picture.hang(flow_chart(size, title="TATA CARA PENGADUAN", steps=steps), 0.06, 0.72, z=_NEAR)
    _box(picture, -0.62)
    return picture


def complaint_box_without_notice() -> Picture:
    """A complaint box beside an empty frame: no word on how to complain."""
    picture = near_wall(z=_NEAR)
    _box(picture, -0.5)
    frame(picture, 0.12, 0.82, z=_NEAR, size=(0.8, 1.0), colour=STEEL)
    picture.panel(0.12, 0.82, z=_NEAR, size=(0.8, 1.0), colour=(228, 226, 218))
    shine = [(0.2, 0.82), (0.36, 0.82), (0.8, 1.82), (0.64, 1.82)]
    picture.face([(x, y, _NEAR) for x, y in shine], (238, 236, 230))
    return picture


def complaint_desk_unattended() -> Picture:
    """A complaint desk with a telephone, and nobody there."""
    picture = hall()
    picture.sign("PENGADUAN", -1.0, 2.2, z=HALL_DEPTH, size=(2.0, 0.4), colour=BLUE)
    clock(picture, 2.2, 2.35, z=HALL_DEPTH)
    plant(picture, -2.7, z=4.8)
    picture.panel(-0.3, 0.75, z=4.4, size=(0.6, 0.62), colour=shade(DARK, 1.1), round_by=0.1)
    picture.panel(-0.05, 0.3, z=4.4, size=(0.1, 0.5), colour=DARK)
    picture.shadow(-1.5, z=3.4, size=(3.0, 0.8), colour=FLOOR)
    picture.box(-1.4, 0, z=3.4, size=(2.8, 0.74, 0.7), colour=shade(WOOD, 0.95))
    picture.panel(-1.32, 0.08, z=3.4, size=(2.64, 0.58), colour=shade(WOOD, 1.1))
    picture.box(-1.5, 0.74, z=3.35, size=(3.0, 0.05, 0.8), colour=shade(WOOD, 0.8))
    monitor(picture, 0.7, 0.79, z=3.7)
    _telephone(picture, -0.95, 0.79, z=3.5)
    picture.sign("PETUGAS\nPENGADUAN", -0.32, 0.8, z=3.4, size=(0.6, 0.24), colour=YELLOW, ink=INK)
    chair(picture, -1.0, z=2.5)
    chair(picture, 0.5, z=2.5)
    return picture


def leaflet_rack() -> Picture:
    """A rack with leaflets on the services."""
    picture = near_wall(z=2.4)
    picture.shadow(-0.85, z=2.2, size=(1.7, 0.2), colour=FLOOR)
    picture.panel(-0.85, 0.1, z=2.3, size=(1.7, 1.78), colour=shade(WOOD, 1.12), round_by=0.03)
    picture.panel(-0.85, 1.66, z=2.3, size=(1.7, 0.22), colour=TEAL, round_by=0.03)
    picture.text("INFORMASI LAYANAN", 0, 1.77, z=2.3, height=0.12, colour=PAPER)
    names = ("KTP", "KK", "AKTA LAHIR", "PINDAH", "BIAYA", "ALUR", "SYARAT", "PENGADUAN", "KONTAK")
    colours = (BLUE, GREEN, RED, TEAL, YELLOW, BLUE, GREEN, RED, TEAL)
    for index, (name, colour) in enumerate(zip(names, colours, strict=True)):
        x = -0.72 + (index % 3) * 0.52
        y = 1.16 - (index // 3) * 0.5
        _leaflet(picture, x, y, name=name, colour=colour)
    return picture


def website() -> Picture:
    """A screen that shows the office's website with its services."""
    picture = near_wall(z=2.2)
    picture.box(-2.4, 0.62, z=1.55, size=(4.8, 0.06, 0.7), colour=shade(WOOD, 0.9))
    picture.panel(-2.4, 0, z=1.55, size=(4.8, 0.62), colour=shade(WOOD, 0.75))
    picture.panel(-0.11, 0.68, z=1.8, size=(0.22, 0.22), colour=shade(DARK, 0.85))
    picture.panel(-0.3, 0.675, z=1.78, size=(0.6, 0.03), colour=DARK, round_by=0.015)
    picture.panel(-0.86, 0.86, z=1.75, size=(1.72, 1.04), colour=DARK, round_by=0.03)
    size = (picture.pixels(1.64, z=1.75), picture.pixels(0.95, z=1.75))
    picture.hang(_page(size), -0.82, 0.91, z=1.75)
    return picture


def survey_kiosk() -> Picture:
    """A satisfaction survey with four faces to press."""
    picture = near_wall(z=2.3)
    picture.shadow(-0.3, z=1.95, size=(0.6, 0.3), colour=FLOOR)
    picture.panel(-0.11, 0.05, z=2.0, size=(0.22, 0.95), colour=shade(STEEL, 0.9))
    picture.box(-0.34, 0.0, z=1.95, size=(0.68, 0.06, 0.3), colour=DARK)
    picture.panel(-0.82, 0.86, z=1.9, size=(1.64, 0.94), colour=BLUE, round_by=0.06)
    picture.panel(-0.76, 0.92, z=1.9, size=(1.52, 0.82), colour=(238, 244, 247), round_by=0.04)
    picture.text("Puaskah Anda dengan layanan kami?", 0, 1.63, z=1.9, height=0.074)
    moods = (
        ("Sangat puas", GREEN, 1.0),
        ("Puas", (146, 178, 92), 0.5),
        ("Kurang", YELLOW, -0.4),
        ("Tidak puas", RED, -1.0),
    )
    for index, (word, colour, mood) in enumerate(moods):
        x = -0.555 + index * 0.37
        _face(picture, x, 1.31, colour=colour, mood=mood)
        picture.text(word, x, 1.045, z=1.9, height=0.052)
    return picture


def _box(picture: Picture, x: float) -> None:
    z = _NEAR - 0.1
    picture.panel(x - 0.27, 0.78, z=_NEAR, size=(0.6, 0.7), colour=(208, 202, 190))
    picture.panel(x - 0.28, 0.84, z=z, size=(0.56, 0.66), colour=(198, 220, 226), round_by=0.02)
    picture.panel(x - 0.28, 1.4, z=z, size=(0.56, 0.12), colour=BLUE, round_by=0.02)
    picture.panel(x - 0.16, 1.45, z=z, size=(0.32, 0.024), colour=INK)
    picture.panel(x - 0.24, 1.12, z=z, size=(0.48, 0.22), colour=PAPER)
    picture.text("KOTAK", x, 1.28, z=z, height=0.075)
    picture.text("PENGADUAN", x, 1.18, z=z, height=0.068)
    for index, (left, turn) in enumerate(((-0.2, 0.02), (-0.04, -0.015), (0.06, 0.02))):
        low = 0.86 + index * 0.012
        slip = [(x + left, low), (x + left + 0.16, low + turn)]
        slip += [(x + left + 0.15, low + 0.12 + turn), (x + left - 0.01, low + 0.12)]
        picture.face([(a, b, z) for a, b in slip], PAPER if index else (244, 240, 226))
    picture.disc(x + 0.22, 0.98, z=z, radius=0.03, colour=STEEL)
    picture.panel(x + 0.213, 0.95, z=z, size=(0.014, 0.03), colour=INK)


def _telephone(picture: Picture, x: float, y: float, *, z: float) -> None:
    body = [(x, y), (x + 0.36, y), (x + 0.3, y + 0.15), (x + 0.06, y + 0.15)]
    picture.face([(a, b, z) for a, b in body], DARK)
    picture.panel(x - 0.02, y + 0.15, z=z, size=(0.4, 0.06), colour=INK, round_by=0.03)
    for end in (x - 0.02, x + 0.29):
        picture.panel(end, y + 0.11, z=z, size=(0.09, 0.1), colour=INK, round_by=0.03)
    for row in range(3):
        for column in range(3):
            place = (x + 0.12 + column * 0.05, y + 0.03 + row * 0.035)
            picture.panel(*place, z=z, size=(0.032, 0.022), colour=STEEL)


def _leaflet(picture: Picture, x: float, y: float, *, name: str, colour: Colour) -> None:
    z = 2.3
    for behind in (0.024, 0.012):
        picture.panel(x + behind, y + behind, z=z, size=(0.38, 0.42), colour=(226, 222, 212))
    picture.panel(x, y, z=z, size=(0.38, 0.42), colour=PAPER)
    picture.panel(x, y + 0.26, z=z, size=(0.38, 0.16), colour=colour)
    picture.text(name, x + 0.19, y + 0.34, z=z, height=0.054, colour=PAPER)
    for line in range(2):
        width = 0.3 - line * 0.08
        place = (x + 0.04, y + 0.2 - line * 0.05)
        picture.panel(*place, z=z, size=(width, 0.018), colour=(206, 208, 206))
    picture.panel(x - 0.05, y - 0.04, z=z, size=(0.48, 0.14), colour=shade(WOOD, 0.86))


def _page(size: tuple[int, int]) -> Image.Image:
    """A plain website: address bar, heading, three services, complaint button."""
    width, height = size
    page = blank(width, height, (246, 249, 250))
    pen = ImageDraw.Draw(page)
    unit = height / 20
    pen.rectangle((0, 0, width, unit * 1.7), fill=(214, 220, 224))
    pen.rounded_rectangle((unit * 3, unit * 0.35, width - unit, unit * 1.35), unit / 2, fill=PAPER)
    address = font(round(unit * 0.72))
    pen.text(
        (unit * 3.6, unit * 0.85), "contoh.go.id/layanan", font=address, fill=GREY, anchor="lm"
    )
    for index, colour in enumerate((RED, YELLOW, GREEN)):
        x = unit * (0.55 + index * 0.8)
        pen.ellipse((x, unit * 0.6, x + unit * 0.5, unit * 1.1), fill=colour)
    pen.rectangle((0, unit * 1.7, width, unit * 6.2), fill=TEAL)
    pen.text(
        (unit * 1.5, unit * 3.3),
        "Standar Pelayanan",
        font=font(round(unit * 1.6), bold=True),
        fill=PAPER,
        anchor="lm",
    )
    pen.text(
        (unit * 1.5, unit * 5.1),
        "Persyaratan, alur, waktu, dan biaya setiap layanan",
        font=font(round(unit * 0.82)),
        fill=PAPER,
        anchor="lm",
    )
    services = (
        ("Kartu Keluarga", "1 hari kerja"),
        ("KTP elektronik", "1 hari kerja"),
        ("Akta kelahiran", "2 hari kerja"),
    )
    card = (width - unit * 5) / 3
    for index, (name, time) in enumerate(services):
        x = unit * 1.5 + index * (card + unit)
        pen.rounded_rectangle(
            (x, unit * 7.4, x + card, unit * 14.6),
            unit / 2,
            fill=PAPER,
            outline=(206, 214, 216),
            width=4,
        )
        pen.rounded_rectangle(
            (x, unit * 7.4, x + card, unit * 9.6), unit / 2, fill=shade(TEAL, 1.75)
        )
        pen.text(
            (x + unit * 0.6, unit * 8.5),
            name,
            font=font(round(unit * 0.95), bold=True),
            fill=INK,
            anchor="lm",
        )
        for row, words in enumerate((f"Waktu: {time}", "Biaya: gratis", "Lihat persyaratan")):
            y = unit * (10.7 + row * 1.4)
            pen.text(
                (x + unit * 0.6, y),
                words,
                font=font(round(unit * 0.82)),
                fill=BLUE if row > 1 else INK,
                anchor="lm",
            )
    pen.rounded_rectangle((unit * 1.5, unit * 16.2, unit * 15, unit * 18.4), unit / 2, fill=BLUE)
    pen.text(
        (unit * 8.25, unit * 17.3),
        "Sampaikan pengaduan",
        font=font(round(unit), bold=True),
        fill=PAPER,
        anchor="mm",
    )
    return page


def _face(picture: Picture, x: float, y: float, *, colour: Colour, mood: float) -> None:
    """A drawn face from sad (-1) to glad (1); nobody's."""
    z, radius = 1.9, 0.15
    picture.disc(x, y, z=z, radius=radius, colour=colour)
    for eye in (-0.05, 0.05):
        picture.disc(x + eye, y + 0.04, z=z, radius=0.017, colour=INK)
    depth = 0.06 * abs(mood)
    middle = y - 0.055 - (depth / 2 if mood < 0 else -depth / 2)
    left, top = picture.point(x - 0.075, middle + depth, z)
    right, bottom = picture.point(x + 0.075, middle - depth, z)
    start, end = (20, 160) if mood > 0 else (200, 340)
    picture.pen.arc((left, top, right, bottom), start, end, fill=INK, width=18)
