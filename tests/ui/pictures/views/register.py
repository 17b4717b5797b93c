"""The register: its list, one office, a table looked at and one with faults, and what is asked."""

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import Act, View, part, press, rest

from assessor_app.domain.institutions import OBJECT_NAMES
from assessor_app.services.register.reading import kept
from assessor_app.services.register.table import preview, take_over
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.register.page import RegisterPage

_HEAD = "instansi,provinsi,nama unit,kode,jenis objek,alamat,nama lama,berlaku sejak,digabung ke\n"
_OFFICES = _HEAD + (
    "Kota Contoh,Maluku,Dinas Kependudukan dan Pencatatan Sipil,CTH-01,dinas,"
    "Jalan Pattimura No. 12,Kantor Catatan Sipil,1/2/2024,\n"
    "Kota Contoh,Maluku,Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu,CTH-02,dinas,"
    "Jalan A. Y. Patty No. 3,,,\n"
    "Kota Contoh,Maluku,Puskesmas Waihaong,CTH-03,puskesmas,Jalan Tulukabessy,,,\n"
    "Kota Contoh,Maluku,Kantor Perizinan,CTH-04,dinas,,,,CTH-02\n"
    "Polres Contoh,Maluku,Satpas SIM,POL-01,polres,,,,\n"
)
_MORE = _HEAD + (
    "Kota Contoh,,Dinas Dukcapil,CTH-01,dinas,,,1/3/2026,\n"
    "Kota Contoh,,Puskesmas Waihaon,,puskesmas,,,,\n"
    "Kabupaten Contoh,Maluku,Dinas Kesehatan,KBC-01,dinas,,,,\n"
)
_WRONG = _HEAD + (
    ",,Dinas Kesehatan,,,,,,\nKota Contoh,,Dinas Sosial,,kapal,,,1900-01-01,\n"
    "Kota Contoh,,Dinas Sosial,,,,,,\nKota Contoh,,Dinas Baru,,,,,,CTH-99\n"
)

TYPED = tuple(
    sorted(
        {
            cell
            for text in (_OFFICES, _MORE, _WRONG)
            for row in text.splitlines()
            for cell in row.split(",")
            if cell
        }
        | {"kantor.csv", "lagi.csv", "salah.csv", "din", *OBJECT_NAMES},
        key=len,
        reverse=True,
    )
)
"""What stands in the tables of these views, as an assessor's own words do."""


def _filled(round_: Round) -> Path:
    """The folder of the tables, with the first of them taken over."""

    def make(one: Round) -> Path:
        folder = one.workplace.store.folder.parent
        for name, text in (("kantor", _OFFICES), ("lagi", _MORE), ("salah", _WRONG)):
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        store = one.workplace.store
        seen = preview(store, one.application.library, folder / "kantor.csv")
        take_over(store, seen)
        return folder

    return round_.once("register", make)


def _register(round_: Round) -> Where:
    _filled(round_)
    return Where(PageName.REGISTER)


def _page(window: MainWindow) -> RegisterPage:
    page = window.page
    assert isinstance(page, RegisterPage)
    return page


def _office(window: MainWindow, round_: Round) -> None:
    unit = kept(round_.workplace.store).index.unit_by_code("CTH-02")
    assert unit is not None
    rest(window)
    _page(window).open_office(unit.id)
    rest(window)


def _table(name: str) -> Act:
    def act(window: MainWindow, round_: Round) -> None:
        rest(window)
        _page(window).import_file(_filled(round_) / f"{name}.csv")
        rest(window)

    return act


def _searched(window: MainWindow, _: Round) -> None:
    rest(window)
    part(window, QLineEdit, "register.search").setText("dinas")
    rest(window)


def _dialog(name: str) -> Act:
    def act(window: MainWindow, round_: Round) -> None:
        _office(window, round_)
        press(name)(window, round_)

    return act


def _typed(window: MainWindow, _: Round) -> None:
    rest(window)
    QTest.keyClicks(part(window, QLineEdit, "new_visit.search"), "din")
    rest(window)


def _new_visit(round_: Round) -> Where:
    _filled(round_)
    return Where(PageName.NEW_VISIT)


VIEWS = (
    View("register", _register),
    View("register-searched", _register, _searched),
    View("register-office", _register, _office),
    View("register-preview", _register, _table("lagi")),
    View("register-faults", _register, _table("salah")),
    View("register-add", _register, press("register.add")),
    View("register-rename", _register, _dialog("register.office.rename")),
    View("register-merge", _register, _dialog("register.office.merge")),
    View("new-visit-search", _new_visit, _typed),
)
