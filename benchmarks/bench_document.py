"""The document of 100 indicators and 40 photos: made, signed, and verified."""

import tempfile
import time
from datetime import UTC
from pathlib import Path

from fpdf import FPDF

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.visit import Outcome
from assessor_app.paths import resources_dir
from assessor_app.services import issuing, verifying
from assessor_app.services.entries import entry_from
from assessor_app.services.evidence.intake import take_in
from assessor_app.services.sample.photos import Scene, draw
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.storage.vault import Form
from assessor_app.texts import Language
from places import PASSPHRASE, WIDE, begun, enrolled, told

INDICATORS, PHOTOS = 100, 40


def main() -> None:
    """Seconds and bytes; target: rendered and signed in under 3 s, under 8 MB."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        application, workplace = enrolled(folder, indicators=INDICATORS)
        session = begun(application, workplace, WIDE)
        _record(session, folder)
        close_visit(session, workplace, Outcome.COMPLETED, departure=application.clock.now())
        identity = issuing.signing_identity(workplace, PASSPHRASE, now=application.clock.now())
        began = time.perf_counter()
        issued = issuing.issue(
            session,
            workplace,
            identity,
            out=folder / "temuan.pdf",
            language=Language.INDONESIAN,
        )
        ours = time.perf_counter() - began
        pdf = issued.path.read_bytes()
        began = time.perf_counter()
        verdict = verifying.verify(pdf, roots=(), trust_trial=True)
        verified = time.perf_counter() - began
        photos = [workplace.store.vault.get(one, Form.REPORT) for one in session.snapshot.evidence]
        rival = _rival(session, photos)
        workplace.store.close()
    told(
        "document",
        indicators=INDICATORS,
        photos=PHOTOS,
        render_and_sign_s=ours,
        megabytes=len(pdf) / 1e6,
        verify_s=verified,
        standing=verdict.standing.value,
        fpdf2_unsigned_table_and_photos_s=rival,
        target="render and sign < 3 s, < 8 MB",
    )


def _record(session: Session, folder: Path) -> None:
    now = session.snapshot.visit.arrival
    for place, indicator in enumerate(session.instrument.indicators()):
        for side in Side:
            missing = side is Side.PRACTICE and place < PHOTOS
            given = {
                "indicator": indicator.code,
                "side": side.value,
                "answer": "absent" if missing else "present",
                "note": "Tercatat saat kunjungan; terlihat dari kursi tunggu pengguna layanan.",
            }
            session.record(entry_from(given, zone=UTC, now=now))
        if place < PHOTOS:
            scene = list(Scene)[place % len(Scene)]
            path = folder / "foto.jpg"
            path.write_bytes(
                draw(scene, taken=now.replace(microsecond=0, second=place), place=None)
            )
            session.attach(
                indicator.code, Side.PRACTICE, take_in(path, zone=UTC), source=EvidenceSource.FILE
            )


def _rival(session: Session, photos: list[bytes]) -> float:
    """fpdf2: the same indicators in one table and the same photos, without design or signature."""
    began = time.perf_counter()
    pdf = FPDF()
    for style, face in (("", "Regular"), ("B", "Bold")):
        pdf.add_font("Noto", style=style, fname=resources_dir() / "fonts" / f"NotoSans-{face}.ttf")
    pdf.set_font("Noto", size=8)
    pdf.add_page()
    with pdf.table() as table:
        for indicator in session.instrument.indicators():
            row = table.row()
            for cell in (indicator.code, indicator.text.id, "Ada", "Tidak ada"):
                row.cell(cell)
    for jpeg in photos:
        pdf.image(jpeg, w=80)
    pdf.output()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
