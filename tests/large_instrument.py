"""A drawn-up instrument of any length: long names, both kinds of scale, products and respondents.

No Ombudsman's instrument: it is as wide and as wordy as a year's instrument may become.
"""

import json
from collections.abc import Mapping
from decimal import Decimal

ID = "lebar"
NAME_LENGTH = 400  # characters of the longest names, at most
_LONG_EVERY, _PRODUCTS_EVERY, _RESPONDENTS_EVERY, _PARTIAL_EVERY = 15, 50, 30, 4
_PER_VARIABLE, _PER_DIMENSION = 10, 3

Text = Mapping[str, str]

_SUBJECTS: tuple[tuple[str, str], ...] = (
    ("Maklumat pelayanan", "Service pledge"),
    ("Standar pelayanan", "Service standard"),
    ("Persyaratan pelayanan", "Requirements of the service"),
    ("Biaya atau tarif pelayanan", "Fees of the service"),
    ("Jangka waktu penyelesaian", "Time within which the service is given"),
    ("Alur dan prosedur pelayanan", "Steps and procedure of the service"),
    ("Sarana pengaduan", "Means to complain"),
    ("Petugas pengelola pengaduan", "Officers who take complaints"),
    ("Ruang tunggu dan loket", "Waiting room and counters"),
    ("Sarana bagi pengguna berkebutuhan khusus", "Facilities for users with special needs"),
    ("Survei kepuasan masyarakat", "Survey of the public's satisfaction"),
    ("Visi, misi, dan moto pelayanan", "Vision, mission and motto of the service"),
)
_ASPECTS: tuple[tuple[str, str], ...] = (
    ("ditetapkan oleh pimpinan dan masih berlaku", "set by the head of office and still in force"),
    ("dipasang di tempat yang mudah dilihat pengguna", "posted where users see it easily"),
    ("dimuat di situs web dan media sosial resmi", "published on the website and official media"),
    ("diketahui dan dijalankan oleh petugas di loket", "known and applied by counter officers"),
    ("ditinjau paling sedikit satu kali dalam setahun", "reviewed at least once a year"),
)
_WIDER = (
    (
        ", termasuk bagi pengguna lanjut usia, ibu hamil, anak-anak, dan penyandang "
        "disabilitas yang datang sendiri maupun didampingi, pada setiap hari dan jam "
        "pelayanan, di loket utama maupun di unit pelayanan keliling, dalam bahasa Indonesia "
        "dan bahasa daerah setempat yang mudah dipahami, dengan huruf yang terbaca dari "
        "jarak tiga meter, dan tanpa pungutan apa pun di luar yang ditetapkan dalam "
        "peraturan perundang-undangan yang berlaku"
    ),
    (
        ", including for elderly users, pregnant women, children and persons with "
        "disabilities who come alone or accompanied, on every day and hour of service, at "
        "the main counter as well as at mobile service units, in Indonesian and in the local "
        "language that is easily understood, in letters that can be read from three metres, "
        "and without any charge other than those that are set by the laws and regulations "
        "that are in force at the time of the visit"
    ),
)
_LAWS = (
    "UU Nomor 25 Tahun 2009 tentang Pelayanan Publik, Pasal 21 dan Pasal 22 ayat (1)",
    "Peraturan Pemerintah Nomor 96 Tahun 2012, Pasal 26",
    "Peraturan Menteri PANRB Nomor 15 Tahun 2014 tentang Pedoman Standar Pelayanan",
)
_DIMENSIONS = (
    ("Standar pelayanan", "Service standard"),
    ("Kompetensi pelaksana", "Competence of officers"),
    ("Sarana dan prasarana", "Facilities"),
    ("Pengelolaan pengaduan", "Handling of complaints"),
    ("Pengawasan", "Supervision"),
)
_RUBRICS = {
    "present": ("Ada dan lengkap", "Present and complete"),
    "partial": ("Ada sebagian", "Present in part"),
    "absent": ("Tidak ada", "Absent"),
}


def code(number: int) -> str:
    """The code of an indicator, counted from 1."""
    return f"L-{number:03}"


def is_partial(number: int) -> bool:
    """Whether the indicator knows an answer between present and absent."""
    return number % _PARTIAL_EVERY == 0


def asked(number: int) -> str:
    if number % _PRODUCTS_EVERY == 0:
        return "per_product"
    return "per_respondent" if number % _RESPONDENTS_EVERY == 0 else "once"


def has_both_sides(number: int) -> bool:
    """Respondents are only heard: there is no paper beside their word."""
    return asked(number) != "per_respondent"


def name(number: int) -> Text:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    aspect = _ASPECTS[number % len(_ASPECTS)]
    both = zip(("id", "en"), subject, aspect, _WIDER, strict=True)
    if number % _LONG_EVERY:
        return {language: f"{of} {what}" for language, of, what, _ in both}
    return {
        language: f"{of} {what}{wider}"[:NAME_LENGTH].rpartition(" ")[0]
        for language, of, what, wider in both
    }


def instrument(indicators: int) -> str:
    """The instrument's file with that many indicators; JSON is YAML."""
    return json.dumps(
        {
            "form": 1,
            "id": ID,
            "version": "1",
            "year": 2026,
            "title": _both("Instrumen lebar untuk uji", "Wide instrument for tests"),
            "legal_basis": "Buatan untuk uji",
            "maximum": 100,
            "object_types": [{"code": "opd", "name": _both("Perangkat daerah", "Local office")}],
            "sources": {
                "terbaca": {"verified": True, "note": _both("Terbaca.", "Read.")},
                "dugaan": {"verified": False, "note": _both("Dugaan.", "Inferred.")},
            },
            "scales": {
                "ada": _scale("presence", ("present", 1), ("absent", 0)),
                "sebagian": _scale("partial", ("present", 1), ("partial", 0.5), ("absent", 0)),
            },
            "counts": {"rule": "lower", "source": "terbaca"},
            "aggregation": {"rule": "mean_of_units", "source": "terbaca"},
            "bands": _bands(),
            "dimensions": _dimensions(indicators),
        }
    )


def _both(indonesian: str, english: str) -> Text:
    return {"id": indonesian, "en": english}


def _scale(kind: str, *levels: tuple[str, float]) -> Mapping[str, object]:
    return {
        "kind": kind,
        "levels": [
            {"value": value, "fulfilment": fulfilment, "rubric": _both(*_RUBRICS[value])}
            for value, fulfilment in levels
        ],
    }


def _bands() -> Mapping[str, object]:
    zones = (
        ("C", 0, 53.99, "red", ("Zona merah", "Red zone")),
        ("B", 54, 77.99, "yellow", ("Zona kuning", "Yellow zone")),
        ("A", 78, 100, "green", ("Zona hijau", "Green zone")),
    )
    return {
        "source": "terbaca",
        "step": 0.01,
        "zones": [
            {"category": category, "lower": lower, "upper": upper, "zone": zone, "name": both}
            for category, lower, upper, zone, both in (
                (*given, _both(*names)) for *given, names in zones
            )
        ],
    }


def _dimensions(indicators: int) -> list[Mapping[str, object]]:
    rows = [_indicator(number, of=indicators) for number in range(1, indicators + 1)]
    variables = [
        {
            "name": _both(f"Variabel {at + 1}: {id_}", f"Variable {at + 1}: {en}"),
            "indicators": rows[at * _PER_VARIABLE : (at + 1) * _PER_VARIABLE],
        }
        for at in range(-(-len(rows) // _PER_VARIABLE))
        for id_, en in (_SUBJECTS[at % len(_SUBJECTS)],)
    ]
    return [
        {
            "code": f"d{at + 1}",
            "name": _both(*_DIMENSIONS[at % len(_DIMENSIONS)]),
            "source": "terbaca",
            "variables": variables[at * _PER_DIMENSION : (at + 1) * _PER_DIMENSION],
        }
        for at in range(-(-len(variables) // _PER_DIMENSION))
    ]


def _indicator(number: int, *, of: int) -> Mapping[str, object]:
    named = name(number)
    return {
        "code": code(number),
        "text": named,
        "text_source": "terbaca",
        "scale": "sebagian" if is_partial(number) else "ada",
        "sides": ["paperwork", "practice"] if has_both_sides(number) else ["practice"],
        "asked": asked(number),
        "weight": _weight(number, of=of),
        "weight_source": "dugaan" if number % 20 == 0 else "terbaca",
        "legal_basis": _LAWS[: 1 + number % len(_LAWS)],
        "legal_source": "terbaca",
        "evidence_asked": _both("Foto dan salinan dokumen.", "Photo and copy of the document."),
        "advice": _both(
            f"Penyelenggara agar melengkapi dan memasang {named['id'][:80].lower()} paling lambat "
            "satu bulan setelah kunjungan, lalu melaporkannya kepada Ombudsman.",
            f"The provider should complete and post {named['en'][:80].lower()} within one month "
            "of the visit, then report it to the Ombudsman.",
        ),
    }


def _weight(number: int, *, of: int) -> float:
    """Points to two digits, 100 in all."""
    each = (Decimal(100) / of).quantize(Decimal("0.01"))
    return float(each if number < of else 100 - each * (of - 1))
