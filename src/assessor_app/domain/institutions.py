"""What institutions and kinds of office are called: in the press, in tables, at the keyboard."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assessor_app.domain.results import InstitutionLevel, PublishedResult

OBJECT_NAMES: Mapping[str, tuple[str, ...]] = {
    "kota": ("kota", "kodya", "pemkot", "kota administrasi", "city"),
    "kabupaten": ("kabupaten", "kab", "pemkab", "regency"),
    "provinsi": ("provinsi", "prov", "propinsi", "pemprov", "province"),
    "kementerian": ("kementerian", "kemen", "ministry"),
    "lembaga": ("lembaga", "lpnk", "lembaga negara", "badan", "agency"),
    "opd": ("opd", "skpd", "perangkat daerah", "unit", "upp", "office"),
    "dinas": ("dinas", "badan daerah", "department"),
    "puskesmas": ("puskesmas", "pkm", "fktp", "health centre"),
    "rsud": ("rsud", "rs", "rumah sakit", "fktl", "hospital"),
    "sekolah": ("sekolah", "school"),
    "kecamatan": ("kecamatan", "kec", "distrik"),
    "kelurahan": ("kelurahan", "kel"),
    "unit-kl": ("unit kl", "unit kementerian", "unit lembaga"),
    "polres": ("polres", "polres metro", "kepolisian resor", "police"),
    "polresta": ("polresta", "polrestabes", "polres kota"),
    "kantah": ("kantah", "kantor pertanahan", "bpn", "atr bpn", "land office"),
    "kanwil-bpn": ("kanwil bpn", "kanwil atr bpn", "kanwil pertanahan"),
    "kanim": ("kanim", "kantor imigrasi", "imigrasi", "immigration"),
    "lapas": ("lapas", "lembaga pemasyarakatan", "prison"),
    "rutan": ("rutan", "rumah tahanan", "rumah tahanan negara"),
    "bapas": ("bapas", "balai pemasyarakatan"),
    "lain": ("lain", "lainnya", "other"),
}
"""Kinds of office by the code that instruments use, with what people call them."""

_STANDS_FOR: Mapping[str, tuple[str, ...]] = {
    "dinas": ("opd",),
    "puskesmas": ("opd", "dinas"),
    "rsud": ("opd", "dinas"),
    "sekolah": ("opd", "dinas"),
    "kecamatan": ("opd",),
    "kelurahan": ("kecamatan", "opd"),
    "opd": ("dinas",),
    "unit-kl": ("kementerian", "lembaga"),
    "polresta": ("polres",),
    "kanwil-bpn": ("kantah",),
    "rutan": ("lapas",),
    "bapas": ("lapas",),
}
"""What else a year may call the same kind of office, where it has no name of its own for it."""

_VERTICAL_OBJECTS = (
    *("polresta", "polres", "kantah", "kanwil-bpn"),
    *("kanim", "lapas", "rutan", "bapas"),
)
_UNIT_OBJECTS = ("puskesmas", "rsud", "dinas", "sekolah", "kecamatan", "kelurahan")

_PREFIXES: tuple[tuple[str, str, InstitutionLevel], ...] = (
    (r"(?:pemerintah\s+kota|pemkot|kota)", "Kota", InstitutionLevel.CITY),
    (r"(?:pemerintah\s+kabupaten|pemkab|kabupaten|kab)", "Kabupaten", InstitutionLevel.REGENCY),
    (
        r"(?:pemerintah\s+provinsi|pemprov|provinsi|propinsi|prov)",
        "Provinsi",
        InstitutionLevel.PROVINCE,
    ),
    (r"(?:kantah|kantor\s+pertanahan)", "Kantah", InstitutionLevel.VERTICAL),
    (r"polrestabes", "Polrestabes", InstitutionLevel.VERTICAL),
    (r"polresta", "Polresta", InstitutionLevel.VERTICAL),
    (r"(?:polres|kepolisian\s+resor)", "Polres", InstitutionLevel.VERTICAL),
    (r"(?:kanim|kantor\s+imigrasi)", "Kanim", InstitutionLevel.VERTICAL),
    (r"lapas", "Lapas", InstitutionLevel.VERTICAL),
    (r"rutan", "Rutan", InstitutionLevel.VERTICAL),
    (r"bapas", "Bapas", InstitutionLevel.VERTICAL),
    (r"kanwil", "Kanwil", InstitutionLevel.VERTICAL),
    (r"kementerian", "Kementerian", InstitutionLevel.MINISTRY),
)
"""How an institution's name begins, how we begin it, and what that tells of its level."""

_READ = tuple(
    (re.compile(rf"{pattern}(?:\.\s*|\s+)(?=\S)", re.IGNORECASE), begins, level)
    for pattern, begins, level in _PREFIXES
)

PROVINCES: Mapping[str, str] = {
    "sumut": "Sumatera Utara",
    "sumbar": "Sumatera Barat",
    "sumsel": "Sumatera Selatan",
    "kepri": "Kepulauan Riau",
    "babel": "Kepulauan Bangka Belitung",
    "bangka belitung": "Kepulauan Bangka Belitung",
    "dki": "DKI Jakarta",
    "jakarta": "DKI Jakarta",
    "jabar": "Jawa Barat",
    "jateng": "Jawa Tengah",
    "jatim": "Jawa Timur",
    "diy": "DI Yogyakarta",
    "yogyakarta": "DI Yogyakarta",
    "ntb": "Nusa Tenggara Barat",
    "ntt": "Nusa Tenggara Timur",
    "kalbar": "Kalimantan Barat",
    "kalteng": "Kalimantan Tengah",
    "kalsel": "Kalimantan Selatan",
    "kaltim": "Kalimantan Timur",
    "kaltara": "Kalimantan Utara",
    "sulut": "Sulawesi Utara",
    "sulteng": "Sulawesi Tengah",
    "sulsel": "Sulawesi Selatan",
    "sultra": "Sulawesi Tenggara",
    "sulbar": "Sulawesi Barat",
    "malut": "Maluku Utara",
}
"""Provinces by the short names that newspapers use."""


@dataclass(frozen=True, slots=True)
class Named:
    """An institution by the name it is kept under, and what its name tells."""

    name: str
    level: InstitutionLevel | None


@lru_cache(maxsize=4096)
def named(text: str) -> Named:
    """An institution from its name as printed: "Kab. Solok" is Kabupaten Solok, a regency.

    A name that begins in no known way is kept as it is, and tells no level.
    """
    plain = " ".join(text.split())
    for pattern, begins, level in _READ:
        found = pattern.match(plain)
        if found:
            rest = plain[found.end() :]
            if level is InstitutionLevel.PROVINCE:
                rest = province_name(rest)
            return Named(f"{begins} {rest}", level)
    return Named(plain, None)


def province_name(text: str) -> str:
    """A province by its whole name: "Babel" and "Prov. Babel" are Kepulauan Bangka Belitung."""
    plain = " ".join(text.split())
    short = re.sub(r"^(?:provinsi|propinsi|prov)(?:\.\s*|\s+)", "", plain, flags=re.IGNORECASE)
    return PROVINCES.get(short.casefold().rstrip("."), short)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are the same but for case and spaces."""
    return name_key(one) == name_key(other)


def name_key(name: str | None) -> str:
    """What a name is compared by."""
    return " ".join((name or "").casefold().split())


def institution_key(name: str) -> str:
    """What an institution is compared by: "Kab. Solok" is Kabupaten Solok."""
    return name_key(named(name).name)


ResultKey = tuple[str, str, int]


def result_key(result: PublishedResult) -> ResultKey:
    """Which result it is, whatever its figures: institution, unit (or its own) and year."""
    return institution_key(result.institution), name_key(result.unit), result.year


def object_codes(text: str) -> tuple[str, ...]:
    """The codes that a kind of office may have, the nearest first; its own words where unknown."""
    plain = _plain(text)
    for code, names in OBJECT_NAMES.items():
        if plain in names or plain.replace(" ", "-") == code:
            return (code, *_STANDS_FOR.get(code, ()))
    return (plain.replace(" ", "-"),)


def objects_of(result: PublishedResult) -> tuple[str, ...]:
    """The codes of the kind of office that a result is of, the nearest first."""
    if result.object_type is not None:
        return object_codes(result.object_type)
    if result.unit is not None:
        return _unit_objects(result)
    level = result.level or named(result.institution).level
    if level is InstitutionLevel.VERTICAL:
        return vertical_objects(result.institution)
    return (level.value,) if level else ()


def vertical_objects(name: str) -> tuple[str, ...]:
    """The codes of a vertical agency's office that a name tells: Polres, Kantah …; else none."""
    return _beginning(name, _VERTICAL_OBJECTS)


def vertical_code(code: str) -> bool:
    """Whether a kind of office (its code) is a vertical agency's, whichever years assess it."""
    return code in _VERTICAL_OBJECTS


def _unit_objects(result: PublishedResult) -> tuple[str, ...]:
    """A unit's own kind; any kind of local government is judged by the same method as its units."""
    own = _beginning(result.unit or "", _UNIT_OBJECTS) or object_codes("opd")
    level = result.level or named(result.institution).level
    return (*own, level.value) if level else own


def _beginning(name: str, codes: Iterable[str]) -> tuple[str, ...]:
    plain = _plain(name)
    for code in codes:
        for alias in OBJECT_NAMES[code]:
            if plain == alias or plain.startswith(f"{alias} "):
                return object_codes(code)
    return ()


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[._/-]", " ", text).casefold().split())
