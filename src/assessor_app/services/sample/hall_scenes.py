"""Scenes of the service hall: counters, queue, waiting room, priority service."""

from assessor_app.services.sample.canvas import (
    BLUE,
    DARK,
    INK,
    PAPER,
    STEEL,
    TEAL,
    WOOD,
    YELLOW,
    Picture,
    shade,
)
from assessor_app.services.sample.furniture import bench, clock, counter, monitor, plant, wheelchair
from assessor_app.services.sample.rooms import FLOOR, HALL_DEPTH, hall

_COUNTER = 4.1  # metres to the counter


def service_counter() -> Picture:
    """Three named windows, staffed and lit."""
    picture = hall()
    picture.sign("PELAYANAN UMUM", -1.5, 2.3, z=HALL_DEPTH, size=(3.0, 0.38))
    names = ("LOKET 1\nPENDAFTARAN", "LOKET 2\nPEMERIKSAAN", "LOKET 3\nPENGAMBILAN")
    for index, name in enumerate(names):
        x = -2.05 + index * 1.5
        picture.sign(name, x, 1.66, z=HALL_DEPTH - 0.6, size=(1.1, 0.36), colour=BLUE)
    for x in (-2.95, 2.75):
        plant(picture, x, z=4.7)
    counter(picture, -2.4, z=_COUNTER, width=4.6, colour=TEAL)
    for index in range(3):
        x = -1.95 + index * 1.42
        monitor(picture, x, 1.08, z=_COUNTER + 0.2)
        picture.panel(x + 0.58, 1.08, z=_COUNTER, size=(0.3, 0.02), colour=PAPER)
    for x in (-0.87, 0.57):
        picture.panel(x, 1.08, z=_COUNTER, size=(0.03, 0.6), colour=shade(STEEL, 1.3))
    return picture


def queue_machine() -> Picture:
    """A ticket machine before the counters."""
    picture = hall()
    picture.sign("PELAYANAN UMUM", -2.9, 2.28, z=HALL_DEPTH, size=(2.4, 0.34))
    picture.panel(0.9, 1.95, z=HALL_DEPTH, size=(1.7, 0.62), colour=DARK, round_by=0.03)
    picture.text("NOMOR ANTREAN", 1.75, 2.45, z=HALL_DEPTH, height=0.13, colour=PAPER)
    picture.text("A 014", 1.75, 2.18, z=HALL_DEPTH, height=0.32, colour=YELLOW)
    counter(picture, 0.4, z=4.6, width=2.8, colour=TEAL)
    monitor(picture, 0.9, 1.08, z=4.8)
    monitor(picture, 2.1, 1.08, z=4.8)
    picture.shadow(-1.15, z=2.7, size=(0.72, 0.5), colour=FLOOR)
    picture.box(-1.1, 0.0, z=2.7, size=(0.62, 0.06, 0.45), colour=DARK)
    picture.box(-1.02, 0.06, z=2.75, size=(0.46, 1.0, 0.3), colour=BLUE)
    picture.box(-1.1, 1.02, z=2.7, size=(0.62, 0.5, 0.3), colour=shade(BLUE, 0.8))
    picture.panel(-1.06, 1.1, z=2.7, size=(0.54, 0.38), colour=(228, 238, 244), round_by=0.02)
    picture.text("AMBIL NOMOR ANTREAN", -0.79, 1.43, z=2.7, height=0.036)
    for index, name in enumerate(("A  PENDAFTARAN", "B  PENGAMBILAN", "C  INFORMASI")):
        y = 1.305 - index * 0.092
        picture.panel(-1.02, y, z=2.7, size=(0.46, 0.076), colour=TEAL, round_by=0.015)
        picture.text(name, -0.79, y + 0.038, z=2.7, height=0.036, colour=PAPER)
    picture.panel(-0.89, 0.86, z=2.75, size=(0.2, 0.03), colour=INK)
    picture.panel(-0.86, 0.7, z=2.75, size=(0.14, 0.17), colour=PAPER)
    picture.text("A 015", -0.79, 0.78, z=2.75, height=0.045)
    plant(picture, -2.7, z=4.6)
    return picture


def waiting_room() -> Picture:
    """Rows of seats, a screen and a clock."""
    picture = hall()
    picture.sign("RUANG TUNGGU", -2.9, 2.2, z=HALL_DEPTH, size=(1.9, 0.34))
    clock(picture, -0.55, 2.35, z=HALL_DEPTH)
    picture.panel(0.2, 1.6, z=HALL_DEPTH, size=(1.9, 1.08), colour=DARK, round_by=0.03)
    picture.panel(0.25, 1.65, z=HALL_DEPTH, size=(1.8, 0.98), colour=(222, 234, 240))
    picture.panel(0.25, 2.4, z=HALL_DEPTH, size=(1.8, 0.23), colour=TEAL)
    picture.text("INFORMASI LAYANAN", 1.15, 2.515, z=HALL_DEPTH, height=0.13, colour=PAPER)
    for index, words in enumerate(("Jam layanan 08.00–15.00", "Istirahat 12.00–13.00", "Gratis")):
        y = 2.2 - index * 0.21
        picture.text(words, 1.15, y, z=HALL_DEPTH, height=0.115, bold=False)
    plant(picture, 2.8, z=4.9)
    bench(picture, -2.3, z=4.0, seats=7)
    bench(picture, -2.1, z=2.9, seats=7)
    return picture


def priority_counter() -> Picture:
    """A counter for the elderly, pregnant women and persons with disabilities."""
    picture = hall()
    picture.sign("LOKET PRIORITAS", -1.4, 2.22, z=HALL_DEPTH, size=(2.8, 0.4), colour=BLUE)
    words = "Lanjut usia  ·  Ibu hamil  ·  Penyandang disabilitas"
    picture.text(words, 0, 2.04, z=HALL_DEPTH, height=0.12)
    picture.shadow(0.0, z=_COUNTER, size=(2.0, 0.7), colour=FLOOR)
    counter(picture, -2.3, z=_COUNTER, width=2.3, colour=BLUE)
    picture.box(0.0, 0, z=_COUNTER, size=(2.0, 0.68, 0.6), colour=shade(BLUE, 1.15))
    picture.box(-0.04, 0.68, z=_COUNTER - 0.06, size=(2.1, 0.05, 0.7), colour=WOOD)
    monitor(picture, -1.7, 1.08, z=_COUNTER + 0.2)
    monitor(picture, 1.2, 0.74, z=_COUNTER + 0.2)
    picture.disc(0.62, 0.34, z=_COUNTER, radius=0.24, colour=PAPER)
    wheelchair(picture, 0.62, 0.33, z=_COUNTER, height=0.3)
    plant(picture, 2.8, z=4.6)
    return picture
