"""Scenes of what an office has on paper: decisions, binders, and what officers wear."""

import math

from PIL import Image, ImageDraw

from assessor_app.services.sample.canvas import (
    BLUE,
    DARK,
    GREY,
    HEIGHT,
    INK,
    PAPER,
    RED,
    STEEL,
    TEAL,
    WIDTH,
    WOOD,
    YELLOW,
    Colour,
    Picture,
    font,
    shade,
)
from assessor_app.services.sample.posters import blank, flow_chart, poster
from assessor_app.services.sample.rooms import near_wall

_SHEET = (1240, 1750)  # pixels: A4 seen from above


def documents() -> Picture:
    """A decision and the binder of the service standard, on a table."""
    picture = _table()
    _lay(picture, _decision(), centre=(1180, 1500), turn=4)
    _lay(picture, _binder("STANDAR\nPELAYANAN", BLUE), centre=(2780, 1480), turn=-3)
    _pen(picture, (1960, 2420), (2120, 900))
    return picture


def flow_chart_in_binder() -> Picture:
    """The service flow, kept in an open binder."""
    picture = _table()
    steps = ("Ambil nomor antrean", "Serahkan berkas", "Pemeriksaan", "Penerbitan", "Ambil hasil")
    right = flow_chart((1170, 1660), title="ALUR PELAYANAN", steps=steps)
    lines = [
        "1. Persyaratan",
        "2. Alur pelayanan",
        "3. Jangka waktu",
        "4. Biaya/tarif",
        "5. Produk",
    ]
    left = poster((1170, 1660), title="STANDAR PELAYANAN", lines=[*lines, "6. Pengaduan"])
    cover = blank(2700, 1880, shade(BLUE, 0.85))
    cover.paste(left, (100, 110))
    cover.paste(right, (1430, 110))
    pen = ImageDraw.Draw(cover)
    pen.rectangle((1290, 0, 1410, 1880), fill=shade(BLUE, 0.7))
    for y in (340, 940, 1540):
        pen.rounded_rectangle((1215, y - 24, 1485, y + 24), 26, fill=STEEL)
        pen.rounded_rectangle((1215, y - 24, 1485, y), 26, fill=shade(STEEL, 1.5))
    _lay(picture, cover, centre=(WIDTH // 2, HEIGHT // 2), turn=1.5)
    return picture


def complaint_procedure() -> Picture:
    """The complaint procedure as a signed document in a folder."""
    picture = _table()
    lines = [
        "SOP Pengelolaan Pengaduan",
        "1. Petugas mencatat pengaduan dalam register.",
        "2. Petugas memeriksa dan meneruskan.",
        "3. Jawaban paling lambat 5 hari kerja.",
    ]
    sheet = poster(_SHEET, title="SOP PENGADUAN", lines=[*lines, "", ""], colour=TEAL)
    _sign(sheet)
    _lay(picture, _binder("PENGADUAN", RED), centre=(1150, 1480), turn=3)
    _lay(picture, sheet, centre=(2720, 1520), turn=-4)
    return picture


def pledge_document() -> Picture:
    """The signed pledge, kept in a folder instead of posted."""
    picture = _table()
    folder = blank(2760, 1960, YELLOW)
    ImageDraw.Draw(folder).rectangle((1366, 0, 1394, 1960), fill=shade(YELLOW, 0.8))
    promise = (
        "Dengan ini, kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan "
        "yang telah ditetapkan."
    )
    lines = [
        promise,
        "Apabila tidak menepati janji ini, kami siap menerima sanksi.",
        "",
        "",
    ]
    sheet = poster(_SHEET, title="MAKLUMAT PELAYANAN", lines=lines, centred=True)
    _sign(sheet)
    folder.paste(sheet, (1450, 105))
    label = ImageDraw.Draw(folder)
    label.rectangle((200, 480, 1190, 880), fill=PAPER)
    label.text((695, 680), "ARSIP 2015", font=font(130, bold=True), fill=INK, anchor="mm")
    _lay(picture, folder, centre=(WIDTH // 2, HEIGHT // 2), turn=-2)
    return picture


def uniform() -> Picture:
    """A uniform shirt on a hanger with its name tag."""
    picture = near_wall(z=1.6)
    z, cloth = 1.55, (178, 160, 112)
    picture.panel(-1.6, 1.98, z=1.6, size=(3.2, 0.06), colour=STEEL, round_by=0.03)
    picture.line((0, 1.98, z), (0, 1.86, z), colour=GREY, thick=0.018)
    for side in (-1, 1):
        picture.line((0, 1.86, z), (side * 0.42, 1.7, z), colour=shade(WOOD, 0.8), thick=0.04)
    body = [(-0.16, 1.82), (-0.5, 1.66), (-0.46, 0.62), (0.46, 0.62), (0.5, 1.66), (0.16, 1.82)]
    picture.face([(x, y, z) for x, y in body], cloth)
    for side in (-1, 1):
        sleeve = [(0.5, 1.66), (0.78, 1.22), (0.58, 1.12), (0.45, 1.36)]
        picture.face([(side * x, y, z) for x, y in sleeve], shade(cloth, 0.88))
        collar = [(0.16, 1.84), (0.0, 1.66), (0.14, 1.6), (0.26, 1.76)]
        picture.face([(side * x, y, z) for x, y in collar], shade(cloth, 1.22))
        pocket = (side * 0.24 - 0.13, 1.18)
        picture.panel(*pocket, z=z, size=(0.26, 0.24), colour=shade(cloth, 0.93))
        picture.panel(pocket[0], 1.36, z=z, size=(0.26, 0.07), colour=shade(cloth, 0.84))
    picture.face([(-0.1, 1.78, z), (0.1, 1.78, z), (0.0, 1.66, z)], shade(cloth, 0.7))
    picture.line((0, 1.64, z), (0, 0.62, z), colour=shade(cloth, 0.82), thick=0.012)
    for button in range(5):
        picture.disc(0.03, 1.52 - button * 0.2, z=z, radius=0.014, colour=shade(cloth, 0.6))
    picture.panel(0.1, 1.46, z=z, size=(0.28, 0.07), colour=DARK, round_by=0.01)
    picture.text("CONTOH NAMA", 0.24, 1.496, z=z, height=0.032, colour=PAPER)
    _lanyard(picture, z)
    return picture


def _table() -> Picture:
    """A wooden table from above."""
    picture = Picture()
    planks = 6
    for index in range(planks):
        top = HEIGHT * index // planks
        tone = shade(WOOD, 1.12 + 0.04 * (index % 3))
        bottom = HEIGHT * (index + 1) // planks
        picture.fade((0, top, WIDTH, bottom), top=tone, bottom=shade(tone, 0.97))
        picture.pen.line((0, top, WIDTH, top), fill=shade(WOOD, 0.86), width=8)
        for grain in (0.3, 0.62):
            y = top + (bottom - top) * grain
            picture.pen.line((0, y, WIDTH, y + 14), fill=shade(tone, 0.95), width=5)
    return picture


def _lay(picture: Picture, sheet: Image.Image, *, centre: tuple[int, int], turn: float) -> None:
    """Put a sheet on the table, turned by degrees, over its shadow."""
    # Turned at half size and enlarged: a quarter of the time, and no softer than a real photograph.
    half = sheet.reduce(2).rotate(turn, Image.Resampling.BILINEAR, expand=True)
    turned = half.resize((half.width * 2, half.height * 2), Image.Resampling.BILINEAR)
    corners = _corners(sheet.size, turned.size, turn)
    shape = Image.new("L", turned.size)
    ImageDraw.Draw(shape).polygon(corners, fill=255)
    left, top = centre[0] - turned.width // 2, centre[1] - turned.height // 2
    shadow = [(left + x + 22, top + y + 30) for x, y in corners]
    picture.pen.polygon(shadow, fill=shade(WOOD, 0.82))
    picture.image.paste(turned, (left, top), shape)


def _corners(
    size: tuple[int, int], canvas: tuple[int, int], turn: float
) -> list[tuple[float, float]]:
    """Where the corners of a sheet come to lie on a canvas when it is turned by degrees."""
    # Two pixels inside, so that no edge of the turned sheet shows what lies behind it.
    right, low = size[0] / 2 - 2, size[1] / 2 - 2
    along, across = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    places = ((-right, -low), (right, -low), (right, low), (-right, low))
    middle_x, middle_y = canvas[0] / 2, canvas[1] / 2
    return [
        (middle_x + x * along + y * across, middle_y - x * across + y * along) for x, y in places
    ]


def _decision() -> Image.Image:
    sheet = blank(*_SHEET)
    pen = ImageDraw.Draw(sheet)
    width = _SHEET[0]
    pen.ellipse((width / 2 - 90, 90, width / 2 + 90, 270), outline=TEAL, width=14)
    pen.ellipse((width / 2 - 50, 130, width / 2 + 50, 230), fill=shade(TEAL, 1.5))
    heading = ("KEPUTUSAN KEPALA DINAS", "NOMOR 00 TAHUN 2015", "TENTANG", "STANDAR PELAYANAN")
    for row, words in enumerate(heading):
        face = font(66 if row in (0, 3) else 46, bold=True)
        pen.text((width / 2, 360 + row * 84), words, font=face, fill=INK, anchor="mm")
    pen.line((120, 700, width - 120, 700), fill=INK, width=6)
    rows = ("Menimbang", "Mengingat", "Memutuskan", "Menetapkan")
    for row, words in enumerate(rows):
        y = 780 + row * 150
        pen.text((120, y), words, font=font(44, bold=True), fill=INK, anchor="lm")
        for line in range(2):
            right = width - 120 - line * 170
            pen.rounded_rectangle(
                (440, y - 22 + line * 56, right, y - 2 + line * 56), 10, fill=(206, 208, 206)
            )
    _sign(sheet)
    return sheet


def _sign(sheet: Image.Image) -> None:
    """A signature over a stamp, at the foot of a sheet; nobody's."""
    pen = ImageDraw.Draw(sheet)
    x, y = sheet.width - 420, sheet.height - 260
    pen.ellipse((x - 200, y - 110, x + 40, y + 130), outline=(126, 110, 176), width=9)
    pen.ellipse((x - 160, y - 70, x, y + 90), outline=(126, 110, 176), width=5)
    stroke = [(-120, 50), (-60, -70), (-20, 60), (40, -50), (90, 40), (150, -10), (250, 10)]
    pen.line([(x + a, y + b) for a, b in stroke], fill=BLUE, width=11, joint="curve")
    pen.line((x - 140, y + 110, x + 280, y + 110), fill=GREY, width=4)
    pen.text((x + 70, y + 150), "Kepala Dinas", font=font(42), fill=INK, anchor="mm")


def _binder(words: str, colour: Colour) -> Image.Image:
    cover = blank(1340, 1840, colour)
    pen = ImageDraw.Draw(cover)
    pen.rectangle((0, 0, 150, 1840), fill=shade(colour, 0.75))
    pen.rounded_rectangle((290, 360, 1210, 900), 30, fill=PAPER)
    letters = font(128, bold=True)
    pen.multiline_text((750, 630), words, font=letters, fill=INK, anchor="mm", align="center")
    pen.ellipse((45, 1500, 105, 1560), fill=STEEL)
    return cover


def _pen(picture: Picture, start: tuple[int, int], end: tuple[int, int]) -> None:
    shadow = [(start[0] + 16, start[1] + 20), (end[0] + 16, end[1] + 20)]
    picture.pen.line(shadow, fill=shade(WOOD, 0.82), width=44)
    picture.pen.line([start, end], fill=DARK, width=44)
    tip = (start[0] - 12, start[1] + 110)
    picture.pen.polygon([(start[0] - 22, start[1]), (start[0] + 22, start[1] + 4), tip], fill=STEEL)


def _lanyard(picture: Picture, z: float) -> None:
    """A name tag beside the shirt, without a portrait."""
    for side in (-0.1, 0.1):
        picture.line((1.0 + side, 1.98, z), (1.0 + side * 0.2, 1.42, z), colour=RED, thick=0.02)
    picture.panel(0.83, 0.94, z=z, size=(0.34, 0.48), colour=PAPER, round_by=0.02)
    picture.panel(0.83, 1.3, z=z, size=(0.34, 0.12), colour=BLUE, round_by=0.02)
    picture.text("PETUGAS", 1.0, 1.36, z=z, height=0.05, colour=PAPER)
    picture.disc(1.0, 1.19, z=z, radius=0.07, colour=(214, 218, 220))
    picture.text("CONTOH NAMA", 1.0, 1.07, z=z, height=0.034)
    picture.text("Loket 1", 1.0, 1.01, z=z, height=0.032, bold=False)
