"""Pictures of visits with names that nobody expected: saved whole, read back, said as they are."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import part, shown, wait_for_tasks
from tests.visiting import answer

from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.pictures.page import PicturesPage
from assessor_app.ui.pages.pictures.saving import as_png, as_svg

_SVG = "{http://www.w3.org/2000/svg}"
NAMES = (
    "Dinas <b>& \"Kawan\" 'A' ]]>",
    "مكتب خدمة الجمهور في أمبون",
    "Dinas " + "Penanaman Modal dan Pelayanan Terpadu Satu Pintu " * 8,
    "x" * 400,
    "D\u200binas\u202e 🏛 e\u0301",
    "Dinas\x0bSatu\x00Dua\ufffe\nTiga",
)


@pytest.fixture
def page(desk: Desk, session: Session, qtbot: QtBot) -> PicturesPage:
    answer(session, "P15-01", "paperwork", "present")
    answer(session, "P15-01", "practice", "absent")
    made = shown(qtbot, PicturesPage(desk, session))
    wait_for_tasks(qtbot, desk)
    return made


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_any_name_gives_a_picture_that_can_be_read(page: PicturesPage, name: str) -> None:
    plain = page.sheet(page.cards[0].picture)
    odd = replace(plain, subject=name, picture=replace(plain.picture, title=name))

    root = ET.fromstring(as_svg(odd))  # noqa: S314 - made by ourselves just before
    image = QImage.fromData(as_png(odd, scale=1))

    title = root.findtext(f"{_SVG}title") or ""
    assert "".join(title.split()) == "".join(_readable(name).split())
    assert QSvgRenderer(QByteArray(as_svg(odd))).isValid()
    assert image.width() == QImage.fromData(as_png(plain, scale=1)).width()
    assert image.height() >= QImage.fromData(as_png(plain, scale=1)).height()


def _readable(name: str) -> str:
    """Without what no XML can hold."""
    return "".join(" " if sign in "\x00\x0b\ufffe" else sign for sign in name)


@pytest.mark.parametrize("suffix", [".png", ".svg", ".SVG"])
def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(
    page: PicturesPage, tmp_path: Path, suffix: str
) -> None:
    missing = tmp_path / "tidak ada" / f"gambar{suffix}"
    page.save_to(page.cards[0].picture, missing)
    assert part(page, QLabel, "pictures.notice.text").isVisible()

    folder = tmp_path / "gambar"
    folder.mkdir()
    taken = folder / f"ada{suffix}"
    taken.write_bytes(b"milik orang lain")
    page.save_to(page.cards[0].picture, taken)

    assert taken.read_bytes() == b"milik orang lain"
    assert [one.name for one in folder.iterdir()] == [taken.name]


@pytest.mark.parametrize("name", ["a: b?*|<>.svg", "قسم.svg", "spasi di belakang .svg"])
def test_a_file_of_any_name_is_whole(page: PicturesPage, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "gambar"
    folder.mkdir()
    path = folder / name
    page.save_to(page.cards[0].picture, path)

    ET.fromstring(path.read_bytes())  # noqa: S314 - made by ourselves just before
    assert [one.name for one in folder.iterdir()] == [name]
