"""Evidence is moved, shared, taken away and attached again; nothing of it is ever lost."""

from datetime import UTC
from pathlib import Path

import pytest
from tests.services import offered
from tests.visiting import answer_all, attach, jpeg

from assessor_app.domain.components import Component
from assessor_app.domain.event import EventKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Evidence, EvidenceSource, ObservationKey
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.attaching import stage, unstage
from assessor_app.services.evidence.copies import chosen
from assessor_app.services.evidence.editing import About, captions, clean_name
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.evidence.sweeping import sweep
from assessor_app.services.evidence.words import components_told, way_told, web_told
from assessor_app.services.history import told
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.timeline import indicator_history
from assessor_app.services.visits import close_visit
from assessor_app.storage.vault import Form
from assessor_app.texts import Language

HERE = ObservationKey("P15-06", Side.PRACTICE)
THERE = ObservationKey("P15-08", Side.PAPERWORK)
WORDS = Words(Language.INDONESIAN, UTC)


@pytest.fixture
def item(session: Session, tmp_path: Path) -> Evidence:
    attach(session, HERE.indicator, tmp_path)
    (found,) = session.snapshot.evidence.values()
    return found


def now(session: Session, item: Evidence) -> Evidence:
    snapshot = session.snapshot
    return snapshot.evidence.get(item.id) or snapshot.unattached[item.id]


def last_told(session: Session) -> str:
    event = session.next_undo
    assert event is not None
    return told(event, session.instrument, WORDS, snapshot=session.snapshot)


def test_what_is_moved_is_there_and_no_longer_here(session: Session, item: Evidence) -> None:
    done = session.move_evidence([item.id], THERE.indicator, THERE.side, away_from=HERE)

    assert now(session, item).attached_to == (THERE,)
    assert {HERE.indicator, THERE.indicator} <= done.indicators
    assert "dipindahkan" in last_told(session)
    session.undo()
    assert now(session, item).attached_to == (HERE,)


def test_what_is_shared_is_kept_once(session: Session, item: Evidence) -> None:
    session.share_evidence(item.id, THERE.indicator, THERE.side)

    assert set(now(session, item).attached_to) == {HERE, THERE}
    with pytest.raises(RecordRefused) as refused:
        session.share_evidence(item.id, THERE.indicator, THERE.side)
    assert refused.value.code == "evidence_already_there"


def test_of_shared_evidence_one_place_is_left(session: Session, item: Evidence) -> None:
    session.share_evidence(item.id, THERE.indicator, THERE.side)

    session.detach_evidence([item.id], away_from=HERE)

    assert now(session, item).attached_to == (THERE,)


def test_what_is_detached_is_kept_listed_and_can_be_attached_again(
    session: Session, item: Evidence, workplace: Workplace
) -> None:
    session.detach_evidence([item.id])

    assert session.snapshot.evidence == {}
    assert list(session.snapshot.unattached) == [item.id]
    assert chosen(session.snapshot, item.id[-6:]).id == item.id
    sweep(workplace)
    assert workplace.store.vault.has(item.id, Form.ORIGINAL)
    session.move_evidence([item.id], THERE.indicator, THERE.side)
    assert now(session, item).attached_to == (THERE,)
    assert session.snapshot.unattached == {}


def test_several_are_detached_in_one_action_and_come_back_by_one_undo(
    session: Session, tmp_path: Path
) -> None:
    for colour in ("teal", "navy", "red"):
        attach(session, HERE.indicator, tmp_path, colour=colour)
    all_of_them = list(session.snapshot.evidence)

    session.detach_evidence(all_of_them)

    assert list(session.snapshot.unattached) == all_of_them
    assert "3 bukti dilepas" in last_told(session)
    session.undo()
    assert list(session.snapshot.evidence) == all_of_them


def test_a_file_that_comes_again_is_attached_again_and_not_doubled(
    session: Session, item: Evidence, workplace: Workplace
) -> None:
    session.detach_evidence([item.id])
    again = take_in_bytes(jpeg("teal"), name="lagi", zone=UTC)
    staged = stage(workplace, session.snapshot, again)

    session.attach(THERE.indicator, THERE.side, staged, source=EvidenceSource.MESSENGER)

    unstage(workplace, session.snapshot, staged)
    assert now(session, item).attached_to == (THERE,)
    assert len(session.snapshot.evidence) == 1


def test_evidence_of_nothing_does_not_prove_a_gap(session: Session, item: Evidence) -> None:
    answer_all(session, absent={HERE.indicator: "practice"})
    assert session.open_rules(Outcome.COMPLETED) == ()

    session.detach_evidence([item.id])

    assert [one.indicator for one in session.open_rules(Outcome.COMPLETED)] == [HERE.indicator]


def test_a_closed_visit_keeps_its_evidence_where_it_is(
    session: Session, item: Evidence, workplace: Workplace
) -> None:
    answer_all(session)
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    with pytest.raises(VisitRefused):
        session.detach_evidence([item.id])
    with pytest.raises(VisitRefused):
        session.edit_evidence(item.id, caption="lain")


def test_after_the_exit_talk_a_move_needs_its_reason(session: Session, item: Evidence) -> None:
    session.begin_exit_talk()

    with pytest.raises(VisitRefused) as refused:
        session.detach_evidence([item.id])
    assert refused.value.code == "reason_after_exit_talk"
    session.detach_evidence([item.id], reason="salah pasang")
    assert list(session.snapshot.unattached) == [item.id]


def test_a_caption_is_edited_taken_away_and_offered_again(
    session: Session, item: Evidence, tmp_path: Path
) -> None:
    session.edit_evidence(item.id, caption="Loket 3 tutup")
    assert now(session, item).caption == "Loket 3 tutup"
    assert captions(session.snapshot) == ("Loket 3 tutup",)
    assert "Loket 3 tutup" in last_told(session)
    assert session.edit_evidence(item.id, caption="Loket 3 tutup ").event is None

    session.edit_evidence(item.id, caption=None)

    assert now(session, item).caption is None
    assert captions(session.snapshot) == ()


def test_a_web_page_has_its_address_when_it_was_seen_and_what_of_the_14(
    session: Session, workplace: Workplace
) -> None:
    taken = take_in_bytes(jpeg("navy"), name="tangkapan", zone=UTC)
    moment = workplace.store.clock.now()
    about = About(
        url="disdukcapil.ambon.go.id/ktp",
        seen_at=moment,
        components=(Component.FEE, Component.REQUIREMENTS),
    )

    session.attach(HERE.indicator, HERE.side, taken, source=EvidenceSource.CLIPBOARD, about=about)

    (item,) = session.snapshot.evidence.values()
    assert item.url == "https://disdukcapil.ambon.go.id/ktp"
    assert item.seen_at == moment
    assert item.components == (Component.REQUIREMENTS, Component.FEE)
    assert "2 dari 14" in web_told(item, WORDS)
    session.edit_evidence(item.id, components=[one.value for one in Component])
    assert components_told(now(session, item).components or (), WORDS).startswith("14 dari 14")
    assert "14 dari 14" in last_told(session)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "halo", "https://", "a b.id", "http://["]
)
def test_what_is_no_address_is_refused(session: Session, item: Evidence, url: str) -> None:
    with pytest.raises(RecordRefused) as refused:
        session.edit_evidence(item.id, url=url)

    assert refused.value.code == "url_unfit"


def test_a_component_that_is_none_of_the_14_is_refused(session: Session, item: Evidence) -> None:
    with pytest.raises(RecordRefused) as refused:
        session.edit_evidence(item.id, components=["luck"])
    assert refused.value.code == "component_unknown"
    with pytest.raises(RecordRefused):
        session.edit_evidence(item.id, components="fee")


def test_of_a_document_the_page_that_proves_is_noted(session: Session) -> None:
    taken = take_in_bytes(offered.pdf("A", "B", "C"), name="sop", zone=UTC)
    session.attach(HERE.indicator, HERE.side, taken, source=EvidenceSource.FILE)
    (item,) = session.snapshot.evidence.values()

    session.edit_evidence(item.id, page=3)

    assert now(session, item).page == 3
    for page in (0, 4, True, "2"):
        with pytest.raises(RecordRefused):
            session.edit_evidence(item.id, page=page)
    about = About(components=())
    again = take_in_bytes(offered.pdf("D"), name="sop", zone=UTC)
    with pytest.raises(RecordRefused) as refused:
        session.attach("P15-08", HERE.side, again, source=EvidenceSource.FILE, about=about)
    assert refused.value.code == "components_need_picture"


def test_the_way_by_which_a_file_came_is_kept(session: Session) -> None:
    taken = take_in_bytes(jpeg("red"), name="IMG", zone=UTC)
    about = About(file_name="DCIM\\100\\IMG_0001.jpg")

    session.attach(HERE.indicator, HERE.side, taken, source=EvidenceSource.CABLE, about=about)

    (item,) = session.snapshot.evidence.values()
    assert item.source is EvidenceSource.CABLE
    assert item.file_name == "DCIM/100/IMG_0001.jpg"
    assert "DCIM/100/IMG_0001.jpg" in way_told(item, WORDS)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (None, None),
        ("a" * 500 + ".jpg", ("a" * 500 + ".jpg")[-400:]),
        ("foto\x07.jpg", "foto�.jpg"),
        ("foto\udcff.jpg", "foto�.jpg"),
        ("/x/y.jpg", "x/y.jpg"),
        ("", None),
    ],
)
def test_a_files_name_is_kept_as_it_can_be_shown(name: str | None, kept: str | None) -> None:
    assert clean_name(name) == kept


def test_a_picture_of_the_door_belongs_to_the_visit(session: Session, workplace: Workplace) -> None:
    taken = take_in_bytes(jpeg("navy"), name="pintu", zone=UTC)
    session.attach_to_visit(taken, source=EvidenceSource.CAMERA, caption="Pintu terkunci")

    (item,) = session.snapshot.evidence_of_visit
    assert item.attached_to == ()
    assert "kunjungan" in last_told(session)
    with pytest.raises(RecordRefused) as refused:
        session.attach_to_visit(taken, source=EvidenceSource.CAMERA)
    assert refused.value.code == "evidence_already_there"
    session.share_evidence(item.id, HERE.indicator, HERE.side)
    assert now(session, item).of_visit
    assert now(session, item).attached_to == (HERE,)


def test_unknown_evidence_is_refused(session: Session) -> None:
    with pytest.raises(RecordRefused) as refused:
        session.detach_evidence(["nothing"])
    assert refused.value.code == "evidence_unknown"


def test_the_history_of_both_indicators_tells_of_a_move(
    session: Session, item: Evidence, workplace: Workplace
) -> None:
    session.move_evidence([item.id], THERE.indicator, THERE.side, away_from=HERE)

    for code in (HERE.indicator, THERE.indicator):
        lines = indicator_history(session, workplace, WORDS, code)
        assert lines[0].event.kind is EventKind.EVIDENCE_EDITED
        assert lines[0].changes[0].name
