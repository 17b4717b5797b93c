"""One whole visit in steps, each a verb of the product; what was acknowledged after each."""

import hashlib
import io
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC
from functools import partial
from pathlib import Path

from PIL import Image

from assessor_app.compose import build
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.visit import HandoverWay, Outcome
from assessor_app.services import handing_over, issuing
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language
from checked import state
from places import PASSPHRASE, QUICK, WIDE, begun, enrol

INDICATORS = 4
ABSENT = (f"W-{2:03}", Side.PRACTICE)  # the gap that the photo is of
ENROL = "enrol"  # the one step before there is a store
Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Said:
    """What the assessor was told after a step: from then on no power cut may take it away."""

    step: str
    state: str
    """A digest of all that the product showed then; no two steps have the same.

    Empty before anything was unlocked.
    """
    files: Mapping[str, str]
    """Files outside of the store, by name, with their SHA-256."""

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


def said_from(line: bytes) -> Said:
    return Said(**json.loads(line))


class Walk:
    """A visit of one assessor, from enrolment to the signed document and the export in `root/out`.

    A step that was refused can be taken again.
    """

    def __init__(self, root: Path) -> None:
        self.home, self.out = root / "home", root / "out" / "temuan.pdf"
        self.application = build(self.home, cost=QUICK)
        self._workplace: Workplace | None = None
        self._session: Session | None = None

    @property
    def workplace(self) -> Workplace:
        if self._workplace is None:
            raise RuntimeError("nobody has unlocked")
        return self._workplace

    @property
    def session(self) -> Session:
        if self._session is None:
            raise RuntimeError("the visit has not begun")
        return self._session

    def steps(self) -> tuple[tuple[str, Step], ...]:
        codes = [f"W-{number:03}" for number in range(1, INDICATORS + 1)]
        answers = [(code, side) for code in codes for side in Side]
        return (
            (ENROL, partial(enrol, self.application)),
            ("unlock", self._unlock),
            ("begin", self._begin),
            *(
                (f"{code} {side.value}", partial(self._answer, code, side))
                for code, side in answers
            ),
            ("photo", self._photograph),
            ("slip", self._slip),
            ("undo", self._undo),
            ("close", self._close),
            ("issue", self._issue),
            ("hand over", self._hand_over),
            ("export", self._export),
        )

    def said(self, step: str) -> Said:
        written = sorted(path for path in self.out.parent.glob("*") if path.is_file())
        files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in written}
        held = state(self._workplace, self._session) if self._workplace else ""
        return Said(step, held, files)

    def named_files(self) -> frozenset[str]:
        """The ids of the files in the vault that events name."""
        if self._workplace is None:
            return frozenset()
        return frozenset(self._workplace.store.log.vault_files())

    def close(self) -> None:
        if self._workplace is not None:
            self._workplace.store.close()

    def _unlock(self) -> None:
        self._workplace = self.application.unlock(PASSPHRASE)

    def _begin(self) -> None:
        self._session = begun(self.application, self.workplace, WIDE)

    def _answer(self, code: str, side: Side) -> None:
        answer = "absent" if (code, side) == ABSENT else "present"
        self._record(code, side, answer, note=f"Terlihat di loket {code}, {side.value}")

    def _photograph(self) -> None:
        code, side = ABSENT
        photo = take_in_bytes(picture(), name="loket.jpg", zone=UTC)
        self.session.attach(code, side, photo, source=EvidenceSource.CAMERA)

    def _slip(self) -> None:
        self._record("W-001", Side.PRACTICE, "absent", note="Salah tekan")

    def _undo(self) -> None:
        self.session.undo()

    def _close(self) -> None:
        now = self.application.clock.now()
        close_visit(self.session, self.workplace, Outcome.COMPLETED, departure=now)

    def _issue(self) -> None:
        now = self.application.clock.now()
        identity = issuing.signing_identity(self.workplace, PASSPHRASE, now=now)
        issuing.issue(
            self.session, self.workplace, identity, out=self.out, language=Language.INDONESIAN
        )

    def _hand_over(self) -> None:
        now = self.application.clock.now()
        handing_over.hand_over(
            self.session, self.workplace, to="Kepala Dinas", way=HandoverWay.PRINT, at=now
        )

    def _export(self) -> None:
        export_visit(
            self.workplace,
            self.session.visit_id,
            self.out.with_name("kunjungan.assessor"),
            library=self.application.library,
            passphrase=PASSPHRASE,
            cost=QUICK,
        )

    def _record(self, code: str, side: Side, answer: str, *, note: str) -> None:
        given = {"indicator": code, "side": side.value, "answer": answer, "note": note}
        self.session.record(entry_from(given, zone=UTC, now=self.application.clock.now()))


def walk(root: Path, tell: Callable[[Said], None], *, last: str | None = None) -> None:
    """Take every step up to `last`, and tell each once the product has said that it is done."""
    visit = Walk(root)
    for name, step in visit.steps():
        step()
        tell(visit.said(name))
        if name == last:
            break
    visit.close()


def say_to(handle: int, said: Said) -> None:
    """Tell of a step by a call that the product has no use for, so that it can be told apart."""
    os.writev(handle, [said.line()])


def picture() -> bytes:
    """A photo of more than one chunk of the vault; noise does not compress away."""
    noise = Image.effect_noise((480, 360), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=92)
    return out.getvalue()
