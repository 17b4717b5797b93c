"""The receiver before the document: strokes are of one person, and are kept with the visit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.exchanging import Desk, Desks, desks_in
from tests.services.test_issuing_parties import DRAWN, NAME, closed, issued, lead, told
from tests.visiting import answer

from assessor_app.domain.handwriting import Handwriting, Point
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import (
    Capacity,
    Declaration,
    Outcome,
    Receiver,
    ReceiverSigns,
    VisitKind,
    VisitState,
)
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.sweeping import sweep
from assessor_app.services.receiving import carried_over, fix_receiver, handwriting_of
from assessor_app.services.session import Session, open_session
from assessor_app.services.signatories import require_settled
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.signing.identity import Identity

__all__ = ["closed", "lead"]  # fixtures


def test_the_same_strokes_saved_again_are_kept_once(closed: Session, workplace: Workplace) -> None:
    first = fix_receiver(closed, workplace, DRAWN, handwriting=NAME)
    again = fix_receiver(closed, workplace, DRAWN, handwriting=NAME)
    more = fix_receiver(closed, workplace, replace(DRAWN, nip="1976"), handwriting=NAME)

    assert first.event
    assert more.event
    assert again.event is None
    assert len(list(workplace.store.vault.folder.rglob("*.handwriting"))) == 1


def test_strokes_that_could_not_be_recorded_are_taken_out_again(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    issued(closed, workplace, lead, tmp_path / "ba.pdf")

    with pytest.raises(VisitRefused, match="receiver_fixed"):
        fix_receiver(closed, workplace, DRAWN, handwriting=NAME)

    assert not list(workplace.store.vault.folder.rglob("*.handwriting"))


def test_a_drawn_signature_is_undone_with_the_receiver(
    session: Session, workplace: Workplace
) -> None:
    fix_receiver(session, workplace, Receiver(Declaration.RECEIVED, "Budi Santoso"))
    fix_receiver(session, workplace, DRAWN, handwriting=NAME)

    session.undo()

    known = session.snapshot.receiver
    assert known is not None
    assert (known.signs, known.handwriting) == (None, None)


def test_strokes_without_a_signature_are_refused(closed: Session, workplace: Workplace) -> None:
    with pytest.raises(VisitRefused, match="handwriting_missing"):
        fix_receiver(closed, workplace, DRAWN)


@pytest.mark.parametrize("again", [None, NAME])
def test_strokes_are_never_kept_for_another_name(
    closed: Session, workplace: Workplace, again: Handwriting | None
) -> None:
    fix_receiver(closed, workplace, DRAWN, handwriting=NAME)

    with pytest.raises(VisitRefused, match="handwriting_of_other"):
        fix_receiver(closed, workplace, replace(DRAWN, name="Ani Lestari"), handwriting=again)

    fix_receiver(closed, workplace, replace(DRAWN, name=" Budi Santoso "))  # the same person
    known = closed.snapshot.receiver
    assert known is not None
    assert handwriting_of(known, workplace.store.vault) == NAME
    fix_receiver(closed, workplace, Receiver(Declaration.RECEIVED, "Ani Lestari"))
    assert handwriting_of(closed.snapshot.receiver, workplace.store.vault) is None


def test_strokes_that_were_taken_back_are_not_used_again(
    session: Session, workplace: Workplace
) -> None:
    fix_receiver(session, workplace, DRAWN, handwriting=NAME)
    before = session.snapshot.receiver
    assert before is not None
    session.undo()

    with pytest.raises(VisitRefused, match="handwriting_missing"):
        fix_receiver(session, workplace, replace(DRAWN, handwriting=before.handwriting))

    sweep(workplace)
    session.redo()
    assert handwriting_of(session.snapshot.receiver, workplace.store.vault) == NAME


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((Point(0, 0, 9, 500), Point(900, 300, 3, 500)), "handwriting_unreadable"),
        ((Point(0, 0, -1, 500), Point(900, 300, 3, 500)), "handwriting_unreadable"),
        ((Point(5, 5, 0, 500),), "handwriting_empty"),
    ],
)
def test_strokes_that_no_document_could_be_made_of_are_not_recorded(
    closed: Session, workplace: Workplace, points: tuple[Point, ...], code: str
) -> None:
    with pytest.raises(VisitRefused, match=code):
        fix_receiver(closed, workplace, DRAWN, handwriting=Handwriting(1000, 400, (points,)))

    assert not list(workplace.store.vault.folder.rglob("*.handwriting"))


@pytest.mark.parametrize("points", [2, 10_000])
def test_a_signature_of_any_size_is_drawn_into_its_box(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path, points: int
) -> None:
    strokes = tuple(Point(10 * n % 100_000, 99_000 * (n % 2), n, n % 1001) for n in range(points))
    fix_receiver(closed, workplace, DRAWN, handwriting=Handwriting(100_000, 100_000, (strokes,)))

    made = issued(closed, workplace, lead, tmp_path / "ba.pdf")

    assert made.size < 1_000_000


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path / "desks") as made:
        yield made


def hand(visit: str, *, of: Desk, to: Desk) -> None:
    to.take_in(of.export(visit))


def test_the_strokes_travel_with_the_visit(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    fix_receiver(session, here.workplace, DRAWN, handwriting=NAME)

    hand(session.visit_id, of=here, to=there)

    receiver = there.open(session.visit_id).snapshot.receiver
    assert handwriting_of(receiver, there.workplace.store.vault) == NAME


def two_receivers(here: Desk, there: Desk) -> Session:
    """A closed visit of which two devices recorded different receivers, brought together."""
    session = here.begin()
    visit = session.visit_id
    now = here.clock.now()
    close_visit(session, here.workplace, Outcome.STOPPED, departure=now, account="Diminta pergi.")
    hand(visit, of=here, to=there)
    fix_receiver(here.open(visit), here.workplace, DRAWN, handwriting=NAME)
    on_paper = Receiver(Declaration.RECEIVED, "Ani Lestari", signs=ReceiverSigns.ON_PAPER)
    fix_receiver(there.open(visit), there.workplace, on_paper)
    hand(visit, of=there, to=here)
    return here.open(visit)


def test_two_different_receivers_are_no_document_until_one_is_recorded_again(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = two_receivers(here, there)
    with pytest.raises(VisitRefused, match="receiver_disputed"):
        require_settled(session, receiver=True)

    fix_receiver(session, here.workplace, Receiver(Declaration.RECEIVED, "Ani Lestari"))

    require_settled(session, receiver=True)
    hand(session.visit_id, of=here, to=there)
    assert here.rows(session.visit_id) == there.rows(session.visit_id)


def test_of_two_receivers_one_holds_whole_and_never_half_of_each(desks: Desks) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    visit = session.visit_id
    hand(visit, of=here, to=there)
    fix_receiver(session, here.workplace, DRAWN, handwriting=NAME)
    theirs = there.open(visit)
    done = fix_receiver(
        theirs,
        there.workplace,
        Receiver(Declaration.RECEIVED, "Ani Lestari", signs=ReceiverSigns.ON_PAPER),
    )
    hand(visit, of=there, to=here)
    session = here.open(visit)
    assert done.event

    session.resolve("receiver", done.event, field="name")

    known = session.snapshot.receiver
    assert known is not None
    assert (known.name, known.signs, known.handwriting) == (
        "Ani Lestari",
        ReceiverSigns.ON_PAPER,
        None,
    )
    assert not session.snapshot.conflicts


def test_only_the_lead_certifies_and_takes_the_lead_of_a_closed_visit_with_a_reason(
    desks: Desks,
) -> None:
    here, there = desks("A"), desks("B")
    session = here.begin()
    visit = session.visit_id
    answer(session, "P15-06", "practice", "absent")
    now = here.clock.now()
    close_visit(session, here.workplace, Outcome.STOPPED, departure=now, account="Diminta pergi.")
    hand(visit, of=here, to=there)
    theirs = there.open(visit)
    with pytest.raises(VisitRefused, match="only_the_lead_certifies"):
        require_settled(theirs, receiver=True)

    theirs.take_lead("laptop ketua hilang sesudah kunjungan ditutup")

    require_settled(theirs, receiver=True)
    hand(visit, of=there, to=here)
    assert here.rows(visit) == there.rows(visit)
    ours = here.open(visit)
    assert ours.snapshot.visit.state is VisitState.CLOSED
    assert not here.workplace.store.log.late(visit)
    with pytest.raises(VisitRefused, match="only_the_lead_certifies"):
        require_settled(ours, receiver=True)


def test_a_mystery_visit_asks_nobody_to_receive_and_its_document_says_so(
    workplace: Workplace, library: Library, lead: Identity, tmp_path: Path
) -> None:
    new = NewVisit(
        institution="Kota Ambon",
        unit="Dinas Kependudukan",
        object_type="opd",
        kind=VisitKind.MYSTERY,
        arrival=workplace.store.clock.now(),
        team=["Siti Rahma, S.H."],
    )
    visit = start_visit(workplace.store, new, library.get("2015-pemda"), library=library)
    session = open_session(workplace.store, visit, library)
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.STOPPED, departure=now, account="Diminta pergi.")

    issued(session, workplace, lead, tmp_path / "ba.pdf")

    words = told((tmp_path / "ba.pdf").read_bytes())
    assert "Kunjungan tersamar: tidak ada pembicaraan penutup" in words
    assert "Penerima tidak dicatat" not in words


KNOWN = Receiver(
    Declaration.RECEIVED,
    "Budi Santoso",
    nip="19700101 199001 1 001",
    position="Kepala Dinas",
    capacity=Capacity.PLH,
    response="Kami keberatan.",
    signs=ReceiverSigns.ON_PAPER,
)


def test_what_is_not_said_again_of_a_receiver_is_carried_over() -> None:
    assert carried_over(KNOWN, Receiver(Declaration.RECEIVED)) == KNOWN

    refuses = carried_over(KNOWN, Receiver(Declaration.REFUSED, "Budi Santoso", reason="Keberatan"))
    assert refuses == replace(KNOWN, declared=Declaration.REFUSED, reason="Keberatan", signs=None)

    silent = carried_over(KNOWN, Receiver(Declaration.RECEIVED, response=""))
    assert (silent.response, silent.nip) == ("", KNOWN.nip)

    first = Receiver(Declaration.ABSENT)
    assert carried_over(None, first) is first


def test_another_receiver_gets_no_post_and_no_number_of_the_former() -> None:
    other = carried_over(KNOWN, Receiver(Declaration.RECEIVED, "Ani Lestari"))

    assert (other.nip, other.position, other.capacity, other.signs) == (None, None, None, None)
    assert other.response == KNOWN.response
