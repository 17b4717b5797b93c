"""A throw-away product for a benchmark: its own home, a cheap passphrase, a wide instrument."""

import json
import statistics
from collections.abc import Sequence
from pathlib import Path

from assessor_app.compose import Application, build
from assessor_app.domain.visit import VisitKind
from assessor_app.services.enrolment import Profile, Workplace, time_zone
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, start_visit
from assessor_app.storage.keys import Cost

PASSPHRASE = "sandi tolok ukur"
WIDE = "lebar"
_PER_VARIABLE, _PER_DIMENSION = 10, 10
_HELP = {
    "evidence_asked": {"id": "Foto.", "en": "Photo."},
    "advice": {
        "id": "Penyelenggara agar menyediakan unsur ini di ruang pelayanan.",
        "en": "The provider should provide this item in the service room.",
    },
}
_HELPED = 2000  # indicators: with more, an instrument's file would pass 2 MB with all that help
QUICK = Cost(memory_kib=64, passes=1, lanes=1)


def enrolled(folder: Path, *, indicators: int = 100) -> tuple[Application, Workplace]:
    """An enrolled home with the shipped instruments and one of that many indicators."""
    home = folder / "home"
    furnish(home, indicators=indicators)
    application = build(home, cost=QUICK)
    enrol(application)
    return application, application.unlock(PASSPHRASE)


def furnish(home: Path, *, indicators: int) -> None:
    """A home in which nobody is enrolled yet, with an instrument of that many indicators."""
    (home / "instruments").mkdir(parents=True)
    (home / "instruments" / f"{WIDE}.yaml").write_text(_wide(indicators), encoding="utf-8")


def enrol(application: Application) -> None:
    profile = Profile(
        name="Asesor Tolok Ukur",
        office="Ombudsman RI Perwakilan Maluku",
        nip=None,
        position=None,
        zone=time_zone("Asia/Jayapura"),
    )
    application.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=PASSPHRASE)


def begun(application: Application, workplace: Workplace, instrument: str) -> Session:
    visit = start_visit(
        workplace.store,
        NewVisit(
            institution="Kota Ambon",
            unit="Dinas Kesehatan",
            object_type="opd",
            kind=VisitKind.UNANNOUNCED,
            arrival=application.clock.now(),
            team=[workplace.profile.name],
        ),
        application.library.get(instrument),
        library=application.library,
    )
    return open_session(workplace.store, visit, application.library)


def told(name: str, **figures: object) -> None:
    """One JSON line; floats with four digits."""
    rounded = {
        key: round(value, 4) if isinstance(value, float) else value
        for key, value in figures.items()
    }
    print(json.dumps({"benchmark": name, **rounded}), flush=True)


def percentile(seconds: Sequence[float], share: float) -> float:
    """The share-th percentile (0 to 1) of some times, in milliseconds."""
    return statistics.quantiles(seconds, n=100)[round(share * 100) - 1] * 1000


def _wide(count: int) -> str:
    text = "Ketersediaan unsur pelayanan yang terlihat oleh pengguna layanan, butir {number}"
    rows: list[dict[str, object]] = [
        {
            "code": f"W-{number:03}",
            "text": {"id": text.format(number=number), "en": f"Visible item {number}"},
            "text_source": "buatan",
            "scale": "ada",
            "sides": ["paperwork", "practice"],
            "asked": "once",
            "weight": 1,
            "weight_source": "buatan",
            "legal_basis": ["UU Nomor 25 Tahun 2009, Pasal 21"],
            "legal_source": "buatan",
            **(_HELP if count <= _HELPED else {}),
        }
        for number in range(1, count + 1)
    ]
    wording = {"id": "Buatan", "en": "Made up"}
    source = {"rule": "practice", "source": "buatan"}
    half = count // 2
    return json.dumps(  # JSON is YAML
        {
            "form": 1,
            "id": WIDE,
            "version": "1",
            "year": 2026,
            "title": wording,
            "legal_basis": "Buatan untuk tolok ukur",
            "maximum": count,
            "object_types": [{"code": "opd", "name": wording}],
            "sources": {"buatan": {"verified": False, "note": {"id": "Buatan.", "en": "Made up."}}},
            "scales": {
                "ada": {
                    "kind": "presence",
                    "levels": [
                        {"value": "present", "fulfilment": 1, "rubric": wording},
                        {"value": "absent", "fulfilment": 0, "rubric": wording},
                    ],
                }
            },
            "counts": source,
            "aggregation": {"rule": "mean_of_units", "source": "buatan"},
            "bands": {
                "source": "buatan",
                "step": 1,
                "between": {"rule": "lower", "source": "buatan"},
                "zones": [
                    {"lower": 0, "upper": half, "zone": "red", "name": wording},
                    {"lower": half + 1, "upper": count, "zone": "green", "name": wording},
                ],
            },
            "dimensions": [
                {
                    "code": f"d{at}",
                    "name": {"id": f"Dimensi {at}", "en": f"Dimension {at}"},
                    "source": "buatan",
                    "variables": [
                        {"name": wording, "indicators": of} for of in _parts(within, _PER_VARIABLE)
                    ],
                }
                for at, within in enumerate(_parts(rows, _PER_VARIABLE * _PER_DIMENSION), start=1)
            ],
        }
    )


def _parts(rows: Sequence[object], size: int) -> list[Sequence[object]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]
