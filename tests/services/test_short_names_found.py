"""Offices are found by the short names of daily use, in the register and in the list of visits."""

import time
import tomllib
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from assessor_app.domain.folding import folded
from assessor_app.domain.listing import Listed, Shelf, Sieve
from assessor_app.domain.register import DatedName, Institution, Names, Register, Unit
from assessor_app.domain.register_index import RegisterIndex
from assessor_app.domain.short_names import AlsoCalled, ShortNames
from assessor_app.domain.visit import VisitKind
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services.enrolment import Workplace
from assessor_app.services.register.keeping import save
from assessor_app.services.register.other_names import other_names
from assessor_app.services.register.reading import kept
from assessor_app.services.register.short_names import short_names
from assessor_app.services.visits import NewVisit, all_visits, start_visit


@pytest.mark.parametrize(
    ("typed", "office"),
    [
        ("dukcapil", "Dinas Kependudukan dan Pencatatan Sipil"),
        ("disdukcapil", "DINAS KEPENDUDUKAN & PENCATATAN SIPIL"),
        ("DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
        ("kantah", "Kantor Pertanahan Kota Ambon"),
        ("bpn", "Kantor Pertanahan Kabupaten Buru"),
        ("polres", "Kepolisian Resor Maluku Tengah"),
        ("polres", "Polresta Pulau Ambon"),
        ("puskesmas", "Pusat Kesehatan Masyarakat Waihaong"),
        ("rsud", "Rumah Sakit Umum Daerah dr. M. Haulussy"),
        ("dinkes", "Dinas Kesehatan"),
        ("disdik", "Dinas Pendidikan dan Kebudayaan"),
        ("dinsos", "Dinas Sosial"),
        ("samsat", "Kantor Sistem Administrasi Manunggal Satu Atap Ambon"),
        ("pencatatan sipil", "Disdukcapil Kota Ambon"),
        ("dukcapil", "Disdukcapil Kota Ambon"),
        ("kepolisian resor", "Polres Buru"),
    ],
)
def test_a_short_name_finds_the_office_and_a_long_one_the_short(typed: str, office: str) -> None:
    found = index_of(office, "Dinas Perikanan").search(typed)

    assert [one.name for one in found] == [office]


@pytest.mark.parametrize(
    ("typed", "office"),
    [
        ("dinkes", "Dinas Perikanan"),
        ("dukcapil", "Dinas Pengendalian Penduduk"),
        ("rsud", "Rumah Sakit Umum Pusat dr. J. Leimena"),
        ("polres", "Kepolisian Sektor Nusaniwe"),
    ],
)
def test_a_short_name_finds_no_other_kind_of_office(typed: str, office: str) -> None:
    assert not index_of(office).search(typed)


def test_what_is_called_so_itself_goes_before_what_belongs_to_it() -> None:
    of = Institution("i", Names(DatedName("Kepolisian Negara Republik Indonesia")))
    units = [Unit(str(at), Names(DatedName(name)), "i") for at, name in enumerate(("Satpas", "X"))]
    own = Unit("own", Names(DatedName("Kepolisian Negara Cabang")), "i")
    register = Register({"i": of}, {one.id: one for one in (*units, own)})

    found = RegisterIndex(register, short=short_names()).search("polri")

    assert [one.id for one in found] == ["own", "0", "1"]


def test_an_institution_is_found_by_its_short_name() -> None:
    of = Institution("i", Names(DatedName("Kepolisian Negara Republik Indonesia")))
    gone = Institution("g", Names(DatedName("Kepolisian Negara Lama")), retired=True)
    index = RegisterIndex(Register({"i": of, "g": gone}, {}), short=short_names())

    assert index.search_institutions("polri") == [of]
    assert index.search_institutions("polri", standing_only=False) == [gone, of]
    assert not index.search_institutions("polda")


def test_the_register_of_a_store_knows_them_and_keeps_its_names(workplace: Workplace) -> None:
    of = Institution(workplace.store.new_id(), Names(DatedName("Kota Ambon")))
    save(workplace.store, of)
    name = "Dinas Kependudukan dan Pencatatan Sipil"
    save(workplace.store, Unit(workplace.store.new_id(), Names(DatedName(name)), of.id))

    (found,) = kept(workplace.store).index.search("dukcapil")

    assert found.names.all == (name,)


def test_a_visit_is_found_by_a_short_name_without_any_register(
    workplace: Workplace, library: Library
) -> None:
    frame = NewVisit(
        institution="Kota Ambon",
        unit="Dinas Kependudukan dan Pencatatan Sipil",
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=datetime(2026, 3, 2, 1, tzinfo=UTC),
        team=("Sari",),
    )
    instrument = library.get("2015-pemda")
    start_visit(workplace.store, frame, instrument, library=library)
    visits = all_visits(workplace.store)

    shelf = Shelf(tuple(map(Listed, visits)), UTC, other_names(workplace.store, visits))

    assert len(shelf.sifted(Sieve("dukcapil ambon")).rows) == 1
    assert not shelf.sifted(Sieve("dinkes")).rows
    assert visits[0].unit == frame.unit


def test_ten_thousand_offices_are_asked_for_their_short_names_at_once() -> None:
    names = [f"Dinas Kependudukan dan Pencatatan Sipil Kabupaten {at}" for at in range(10_000)]
    short = short_names()
    for name in names:
        folded(name)
    began = time.perf_counter()

    assert all("dukcapil" in short.of(name) for name in names)

    assert time.perf_counter() - began < 1.0


def test_every_short_name_says_where_it_comes_from_and_finds_something() -> None:
    told = tomllib.loads((resources_dir() / "short_names.toml").read_text(encoding="utf-8"))

    for one in told["office"]:
        assert one["source"] in {"glossary", "usage"}
        assert set(one) == {"source", *(field.name for field in fields(AlsoCalled))}
        for name in one["long"]:
            assert set(one["short"]) <= set(short_names().of(f"{name} Contoh"))


def test_without_short_names_nothing_is_added() -> None:
    assert ShortNames().of("Dinas Kesehatan") == ()


def index_of(*names: str) -> RegisterIndex:
    of = Institution("i", Names(DatedName("Kota Ambon")))
    units = {str(at): Unit(str(at), Names(DatedName(name)), "i") for at, name in enumerate(names)}
    return RegisterIndex(Register({"i": of}, units), short=short_names())
