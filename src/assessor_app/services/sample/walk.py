"""The sample visit walked with the product's own verbs: what the demo and the window load."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.visit import Receiver, ReceiverSigns, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.evidence.intake import take_in
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.sample import letterhead
from assessor_app.services.sample.photos import draw
from assessor_app.services.sample.visit import SampleIndicator, SamplePhoto, SampleSide, SampleVisit
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, start_visit

_AMBON = (-3.6954, 128.1814)
_MINUTES_EACH = timedelta(minutes=5)


def head_letters(workplace: Workplace, sample: SampleVisit, *, folder: Path) -> None:
    """Set the sample office's letterhead: only in a store that holds nothing but the sample."""
    letterhead.head(workplace, sample.letterhead, folder=folder)


def start(workplace: Workplace, sample: SampleVisit, library: Library) -> Session:
    """Begin the sample visit, as long before now as it lasts."""
    frame = sample.visit
    instrument = library.get(frame.instrument)
    visit = start_visit(
        workplace.store,
        NewVisit(
            institution=frame.institution,
            unit=frame.unit,
            object_type=frame.object,
            kind=VisitKind.UNANNOUNCED,
            arrival=workplace.store.clock.now() - timedelta(minutes=frame.minutes),
            team=(workplace.profile.name, *frame.team),
            address_visited=frame.address,
            assignment_letter=frame.assignment_letter,
            sample=True,
        ),
        instrument,
        library=library,
    )
    return open_session(workplace.store, visit, library)


def record(session: Session, workplace: Workplace, sample: SampleVisit) -> int:
    """Record every indicator on both sides; returns how many answers were recorded."""
    count = 0
    for place, indicator in enumerate(sample.indicators):
        observed = _observed(session, place)
        for side in Side:
            entry = entry_from(
                _given(indicator, side, observed),
                zone=workplace.profile.zone,
                now=workplace.store.clock.now(),
            )
            session.record(entry)
            count += 1
    return count


def photograph(
    session: Session, workplace: Workplace, sample: SampleVisit, *, folder: Path
) -> Iterator[str]:
    """Draw the photos into a folder and attach them; yields the name of each file."""
    folder.mkdir(parents=True, exist_ok=True)
    zone = workplace.profile.zone
    for place, indicator in enumerate(sample.indicators):
        for number, photo in enumerate(indicator.photos):
            taken = _observed(session, place) + timedelta(seconds=40 * (number + 1))
            file = folder / f"{indicator.code}-{number + 1}-{photo.scene.value}.jpg"
            file.write_bytes(draw(photo.scene, taken=taken.astimezone(zone), place=_AMBON))
            _attach(session, indicator.code, photo, file, workplace)
            yield file.name


def finish_findings(session: Session, workplace: Workplace, sample: SampleVisit) -> None:
    """Set the due dates that the assessor set, and record who receives the document."""
    day = workplace.store.clock.now().astimezone(workplace.profile.zone).date()
    for wanted in sample.findings:
        edit = FindingEdit(owner=wanted.owner, due=day + timedelta(days=wanted.due_days))
        edit_finding(session, workplace, wanted.indicator, edit)
    session.begin_exit_talk()
    receiver = sample.receiver
    session.record_receiver(
        Receiver(
            declared=receiver.declared,
            name=receiver.name,
            nip=receiver.nip,
            position=receiver.position,
            capacity=receiver.capacity,
            signs=ReceiverSigns.ON_PAPER,
            response=receiver.response,
        )
    )


def _attach(
    session: Session, code: str, photo: SamplePhoto, file: Path, workplace: Workplace
) -> None:
    session.attach(
        code,
        photo.side,
        take_in(file, zone=workplace.profile.zone),
        source=EvidenceSource.FILE,
        caption=photo.caption,
    )


def _observed(session: Session, place: int) -> datetime:
    return session.snapshot.visit.arrival + _MINUTES_EACH * (place + 1)


def _given(indicator: SampleIndicator, side: Side, observed: datetime) -> dict[str, object]:
    told: SampleSide = indicator.on(side)
    given: dict[str, object] = {
        "indicator": indicator.code,
        "side": side.value,
        "answer": told.answer,
        "observed_at": observed.isoformat(),
    }
    if told.note:
        given["note"] = told.note
    if told.no_evidence_reason:
        given["no_evidence_reason"] = told.no_evidence_reason
    if told.document:
        given["document"] = told.document.model_dump(mode="json", exclude_none=True)
    return given
