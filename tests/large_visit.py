"""A visit as large as they get, through the product's own services: answers, photos, long texts.

`large_visit` gives a closed visit of 150 indicators with 75 gaps and 100 photos unless told
otherwise. The same figures give the same record but for the keys, which are drawn anew.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests import large_instrument
from tests.detailed_photos import photograph
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.visit import Capacity, Declaration, Outcome, Receiver, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.clock import new_id
from assessor_app.services.enrolment import Profile, Workplace, time_zone
from assessor_app.services.entries import entry_from
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit

_LONG_EVERY = 12  # gaps whose note fills most of a page
_OTHER_EVERY = 10  # photos that prove no gap
_NOT_ASSESSED_EVERY = 19  # indicators without a gap of which one side was not assessed
_NOTES = (
    "Terlihat dari kursi tunggu pengguna layanan; petugas membenarkan keadaan ini.",
    (
        "Dokumen yang ditunjukkan bertanggal tiga tahun yang lalu – belum diperbarui; papan "
        "di dekat loket 2 memuat tarif ≥ Rp 25.000 yang tidak ada dalam peraturan."
    ),
    (
        "Menurut Ibu Nur’aini, petugas informasi, papan diturunkan saat pengecatan dan tidak "
        "dipasang kembali. Tiga pengguna yang ditanya tidak mengetahui keberadaannya."
    ),
)
_PARAGRAPH = (
    "Pada pukul 09.40 kami menunggu di depan loket bersama sebelas pengguna layanan. Nomor antrean "
    "tidak dipanggil selama dua puluh menit, sedangkan dua orang yang datang kemudian dilayani "
    "lebih dahulu setelah menelepon seseorang di dalam. Petugas menerangkan bahwa keduanya «sudah "
    "janjian», namun buku tamu tidak memuat nama mereka."
)
_ARABIC = "Di dinding tergantung tulisan «مرحبا بكم في خدمتنا» tanpa terjemahan."
_RESPONSE = (
    "Kami menerima dokumen ini. Sebagian papan sedang dicetak ulang dan akan dipasang dalam dua "
    "minggu; tarif pada papan lama keliru dan telah kami turunkan hari ini juga. "
) * 4


@dataclass
class SteppingClock:
    """A clock that moves on by a second with each look; the same in every run."""

    moment: datetime = datetime(2026, 11, 17, 0, 20, tzinfo=UTC)
    boot: str = "boot-1"
    _ticks: Iterator[int] = field(default_factory=itertools.count)

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def mono(self) -> int:
        return next(self._ticks) * 1_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is in a visit. `photo_side` is the photos' longer side in pixels.

    1280 is what a report shows; smaller ones are taken in faster.
    """

    indicators: int = 150
    gaps: int = 75
    photos: int = 100
    photo_side: int = 320


@dataclass(frozen=True, slots=True)
class LargeVisit:
    """A closed visit in a store that is open; `workplace.store.close()` is the caller's."""

    application: Application
    workplace: Workplace
    session: Session


def large_visit(folder: Path, size: Size | None = None) -> LargeVisit:
    """Enrol in an empty folder, make the visit, and close it as completed."""
    size = size or Size()
    application = _enrolled(folder, size.indicators)
    workplace = application.unlock(PASSPHRASE)
    session = _begun(application, workplace)
    _record(session, size)
    _photograph(session, size)
    session.record_receiver(
        Receiver(
            Declaration.RECEIVED,
            "Drs. H. Abdul Muthalib Lestaluhu, M.Si.",
            "19690412 199403 1 004",
            "Sekretaris Dinas",
            Capacity.PLH,
            _RESPONSE,
        )
    )
    departure = application.clock.now() + timedelta(seconds=1)
    close_visit(session, workplace, Outcome.COMPLETED, departure=departure)
    return LargeVisit(application, workplace, session)


def _enrolled(folder: Path, indicators: int) -> Application:
    instruments = folder / "instruments"
    instruments.mkdir(parents=True)
    file = instruments / f"{large_instrument.ID}.yaml"
    file.write_text(large_instrument.instrument(indicators), encoding="utf-8")
    application = Application(
        folder / "home", SteppingClock(), new_id, Library([instruments]), QUICK
    )
    profile = Profile(
        name="Siti Rahma Tuasikal, S.H., M.H.",
        office="Ombudsman RI Perwakilan Maluku",
        nip="19850101 201001 2 001",
        position="Asisten Muda",
        zone=time_zone("Asia/Jayapura"),
    )
    application.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=SIGNING_PASSPHRASE)
    return application


def _begun(application: Application, workplace: Workplace) -> Session:
    visit = start_visit(
        workplace.store,
        NewVisit(
            institution="Pemerintah Kota Ambon",
            unit="Dinas Kependudukan dan Pencatatan Sipil Kota Ambon",
            object_type="opd",
            kind=VisitKind.UNANNOUNCED,
            arrival=application.clock.now(),
            team=[workplace.profile.name, "Hasan Slamat, S.E.", "Yohanes Talahatu, S.Sos."],
            address_visited="Jl. Sultan Hairun No. 1, Uritetu, Kec. Sirimau, Kota Ambon",
            assignment_letter="ST-118/ORI-PW.12/XI/2026",
        ),
        application.library.get(large_instrument.ID),
        library=application.library,
    )
    return open_session(workplace.store, visit, application.library)


def _record(session: Session, size: Size) -> None:
    for number in range(1, size.indicators + 1):
        for given in _answers(number, gap=number <= size.gaps):
            about = {"indicator": large_instrument.code(number), **given}
            session.record(entry_from(about, zone=UTC, now=session.snapshot.visit.arrival))


def _answers(number: int, *, gap: bool) -> Iterator[dict[str, object]]:
    match large_instrument.asked(number):
        case "per_respondent":
            for at, whose in enumerate(("Responden A", "Responden B", "Responden C")):
                yield {"respondent": whose, **_practice(number, gap=gap and at != 1)}
        case "per_product":
            for product in ("KTP-el", "Akta kelahiran"):
                yield {"product": product, **_paperwork(number, gap=gap)}
                yield {"product": product, **_practice(number, gap=gap)}
        case _:
            yield _paperwork(number, gap=gap)
            yield _practice(number, gap=gap)


def _paperwork(number: int, *, gap: bool) -> dict[str, object]:
    if not gap and number % _NOT_ASSESSED_EVERY == 0:
        return {
            "side": "paperwork",
            "not_assessed_reason": "Pejabat yang menyimpan dokumen sedang dinas luar sampai lusa.",
        }
    missing = gap and number % 6 in (4, 5)
    given: dict[str, object] = {"side": "paperwork", "answer": "absent" if missing else "present"}
    if not missing:
        given["document"] = {
            "kind": "Keputusan Kepala Dinas",
            "number": f"061/{number:03}/DKPS/2023",
            "date": "2023-02-14",
            "signatory": "Kepala Dinas Kependudukan dan Pencatatan Sipil",
            "where_seen": "shown",
        }
    return given


def _practice(number: int, *, gap: bool) -> dict[str, object]:
    if not gap:
        return {"side": "practice", "answer": "present", "note": _NOTES[0]}
    partly = large_instrument.is_partial(number) and number % 6 != 4
    answer = "present" if number % 6 == 5 else "partial" if partly else "absent"
    return {
        "side": "practice",
        "answer": answer,
        "note": note(number),
        "no_evidence_reason": "Pengguna layanan yang terlihat tidak berkenan difoto.",
    }


def note(number: int) -> str:
    """What is noted of a gap: a line or two, and of every twelfth several paragraphs."""
    short = _NOTES[number % len(_NOTES)]
    if number % _LONG_EVERY:
        return short
    return "\n\n".join((short, _ARABIC, *[_PARAGRAPH] * 6))


def _photograph(session: Session, size: Size) -> None:
    proven = [number for number in range(1, size.gaps + 1) if _takes_photos(number)]
    others = [n for n in range(size.gaps + 1, size.indicators + 1) if _takes_photos(n)]
    for at in range(size.photos):
        other = others and (not proven or at % _OTHER_EVERY == _OTHER_EVERY - 1)
        found = others if other else proven
        number = found[at % len(found)]
        jpeg = photograph(at, side=size.photo_side)
        session.attach(
            large_instrument.code(number),
            Side.PRACTICE,
            take_in_bytes(jpeg, name=f"foto {at}", zone=UTC),
            source=EvidenceSource.FILE,
            caption=f"Foto {at + 1}: keadaan di ruang pelayanan menurut butir {number}, dilihat "
            "dari tempat duduk pengguna.",
        )


def _takes_photos(number: int) -> bool:
    return large_instrument.asked(number) == "once"
