"""Visits under the test instruments of every kind of answer, walked to their end."""

from pathlib import Path

from tests.visiting import attach, record

from assessor_app.domain.visit import Declaration, Outcome, Receiver
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit

COMPONENTS = (
    "persyaratan prosedur waktu biaya produk pengaduan dasar sarana kompetensi pengawasan jumlah"
)
"""Eleven of the fourteen."""

Given = tuple[str, str, object, dict[str, object]]
"""Indicator, side and answer, and what else the line says."""

USERS: tuple[Given, ...] = tuple(
    ("K-11", "practice", str(value), {"respondent": f"U-{number}", "post": "pengguna"})
    for number, value in enumerate((5, 5, 4, 4, 4, 3, 2, 5), start=1)
)
ANSWERS: tuple[Given, ...] = (
    ("K-01", "paperwork", "present", {"document": {"kind": "SK", "number": "470/11/2024"}}),
    ("K-01", "practice", "absent", {"note": "Bingkai kosong di sebelah loket 1."}),
    ("K-02", "paperwork", "present", {}),
    ("K-02", "practice", "partial", {"note": "Nomor telepon pengaduan tidak tercantum."}),
    ("K-03", "paperwork", "monthly", {}),
    ("K-03", "practice", "quarterly", {}),
    ("K-04", "practice", "shared", {"product": "KTP-el"}),
    ("K-04", "practice", "none-at-all", {"product": "Akta kelahiran"}),
    ("K-05", "paperwork", 7, {}),
    ("K-05", "practice", 4, {}),
    ("K-06", "practice", 12, {}),
    ("K-07", "paperwork", 5, {"product": "KTP-el"}),
    ("K-07", "practice", "9,5", {"product": "KTP-el"}),
    ("K-07", "paperwork", "none", {"product": "Akta kelahiran"}),
    ("K-07", "practice", 3, {"product": "Akta kelahiran"}),
    ("K-08", "paperwork", 30, {}),
    ("K-08", "practice", 25, {}),
    ("K-09", "paperwork", [*COMPONENTS.split(), "jaminan", "keamanan", "evaluasi"], {}),
    ("K-09", "practice", COMPONENTS.split(), {}),
    ("K-10", "practice", "4", {"respondent": "K-1", "post": "kepala", "substitute": True}),
    ("K-10", "practice", "2", {"respondent": "P-1", "post": "petugas-loket"}),
    *USERS,
    ("K-13", "practice", "Antrean Pro 2, dipasang 2023", {}),
    ("K-14", "paperwork", "2024-03-12", {}),
)
"""Every indicator of `kinds.yaml` but the note and the photo."""


def walk_kinds(session: Session, folder: Path) -> None:
    """Answer every kind of question, with a photo for each gap."""
    for indicator, side, given, more in ANSWERS:
        record(session, {"indicator": indicator, "side": side, "answer": given, **more})
    for code, colour in (("K-01", "teal"), ("K-02", "navy"), ("K-03", "olive"), ("K-15", "gray")):
        attach(session, code, folder, colour=colour)
    for code, product in (
        ("K-05", None),
        ("K-07", "KTP-el"),
        ("K-07", "Akta kelahiran"),
        ("K-09", None),
    ):
        given = {"indicator": code, "side": "practice", "no_evidence_reason": "Dihitung di tempat."}
        record(session, given | ({"product": product} if product else {}))


def walk_unweighted(session: Session) -> None:
    """Answer the instrument without weights; one thing does not apply, one was not assessed."""
    for code, paper, practice in (("U-01", "present", "partial"), ("U-02", "present", "absent")):
        record(session, {"indicator": code, "side": "paperwork", "answer": paper})
        record(
            session,
            {
                "indicator": code,
                "side": "practice",
                "answer": practice,
                "no_evidence_reason": "Tidak boleh memotret di ruang ini.",
            },
        )
    reason = {"not_applicable_reason": "Layanan ini hanya daring; tidak ada ruang tunggu."}
    record(session, {"indicator": "U-03", "side": "practice", **reason})
    record(session, {"indicator": "U-04", "side": "practice", "answer": ["spanduk", "layar"]})


def close(session: Session, workplace: Workplace) -> None:
    session.record_receiver(Receiver(Declaration.RECEIVED, "Budi Santoso"))
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
