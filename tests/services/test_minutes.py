"""Minutes: what a visit that was not completed leaves behind, signed and checkable."""

import json
from datetime import UTC, timedelta
from itertools import product
from pathlib import Path

import pytest
from tests.conftest import SteppingClock
from tests.visiting import SIGNING_PASSPHRASE, answer, attach, complete, record

from assessor_app.domain.event import FieldHead
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import (
    Capacity,
    Declaration,
    Outcome,
    Receiver,
    VisitKind,
    VisitState,
)
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import read_back
from assessor_app.services import issuing, verifying
from assessor_app.services.documents import issued_pdf, latest_document
from assessor_app.services.enrolment import Workplace
from assessor_app.services.issuing import Issued, Stage, issue, write_again
from assessor_app.services.report import minutes
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.signing.identity import Identity
from assessor_app.texts import Language

ACCOUNT = (
    "Satuan pengamanan di pintu meminta surat izin kepala dinas. Surat tugas diperlihatkan, "
    "tetapi tim tidak diizinkan masuk sampai kepala dinas kembali dari dinas luar. Tim menunggu "
    "empat puluh menit dan menghubungi sekretaris dinas lewat telepon, tanpa hasil. Petugas loket "
    "tidak bersedia menyebutkan nama. Tim meninggalkan kantor setelah diminta pergi dua kali."
)
AT_THE_DOOR = (Outcome.ENTRY_REFUSED, Outcome.OFFICE_CLOSED)
BEGUN = (Outcome.INTERRUPTED, Outcome.STOPPED)


@pytest.fixture
def identity(workplace: Workplace) -> Identity:
    now = workplace.store.clock.now()
    return issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)


@pytest.fixture
def instrument(library: Library) -> Instrument:
    return library.get("2015-pemda")


@pytest.fixture
def visit(workplace: Workplace, library: Library, instrument: Instrument) -> Session:
    """A visit with everything known at the door, and a receiver who refuses."""
    new = NewVisit(
        institution="Pemerintah Kota Ambon",
        unit="Dinas Kependudukan dan Pencatatan Sipil",
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=workplace.store.clock.now(),
        team=["Siti Rahma, S.H.", "Yusuf Latuconsina"],
        address_visited="Jl. Sultan Hairun No. 1, Uritetu, Kec. Sirimau, Kota Ambon",
        assignment_letter="B/123/LM.11/XI/2026",
        sample=True,
    )
    session = open_session(
        workplace.store, start_visit(workplace.store, new, instrument, library=library), library
    )
    session.record_receiver(
        Receiver(
            Declaration.REFUSED,
            name="Budi Santoso",
            nip="19760101 200001 1 001",
            position="Kepala Seksi",
            capacity=Capacity.PLH,
            response="Kami keberatan karena tidak diberi tahu lebih dahulu.",
        )
    )
    return session


def end(
    session: Session, workplace: Workplace, outcome: Outcome, account: str | None = ACCOUNT
) -> None:
    departure = workplace.store.clock.now()
    close_visit(session, workplace, outcome, departure=departure, account=account)


def begin_assessing(session: Session, folder: Path) -> None:
    """Twelve indicators answered, three of them with a gap, one of those on both sides."""
    absent = {"P15-03": "practice", "P15-06": "practice", "P15-10": "both"}
    for indicator in list(session.instrument.indicators())[:12]:
        for side in indicator.sides:
            missing = absent.get(indicator.code) in (side.value, "both")
            answer(session, indicator.code, side.value, "absent" if missing else "present")
    attach(session, "P15-03", folder, colour="teal")
    attach(session, "P15-06", folder, colour="navy")
    given = {"indicator": "P15-16", "side": "practice", "not_assessed_reason": "Ruangan terkunci"}
    record(session, given)


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(text.split()) for text in read_back(pdf).page_texts]


def minutes_told(session: Session) -> dict[str, str]:
    """The counts that the minutes print, by their names."""
    seen, words = session.seen(), Words(Language.INDONESIAN, UTC)
    told = minutes.recorded(seen.outlook.compared, seen.snapshot, Outcome.STOPPED, words)
    assert told is not None
    return {one.label: one.value for one in told.counts}


def record_of(pdf: bytes) -> dict[str, object]:
    (attachment,) = read_back(pdf).attachments
    loaded: dict[str, object] = json.loads(attachment.data)
    return loaded


def visit_of(pdf: bytes) -> dict[str, object]:
    visit = record_of(pdf)["visit"]
    assert isinstance(visit, dict)
    return visit


def issued(
    session: Session,
    workplace: Workplace,
    identity: Identity,
    out: Path,
    language: Language = Language.INDONESIAN,
) -> Issued:
    return issue(session, workplace, identity, out=out, language=language)


@pytest.mark.parametrize("ending", list(product(AT_THE_DOOR, Language)))
def test_a_visit_that_ended_at_the_door_gets_one_page_that_verifies(
    visit: Session,
    workplace: Workplace,
    identity: Identity,
    tmp_path: Path,
    ending: tuple[Outcome, Language],
) -> None:
    outcome, language = ending
    end(visit, workplace, outcome)
    head = workplace.store.head(visit.visit_id)

    done = issued(visit, workplace, identity, tmp_path / "ba.pdf", language)

    pdf = (tmp_path / "ba.pdf").read_bytes()
    verdict = verifying.verify(pdf, roots=(), trust_trial=True)
    (page,) = pages_of(pdf)
    assert verdict.standing is verifying.Standing.VALID
    assert verdict.head == head
    assert done.number == f"BA-2026-{visit.visit_id[-8:].upper()}-R1"
    for told in (
        "Dinas Kependudukan dan Pencatatan Sipil",
        "Jl. Sultan Hairun No. 1",
        "Siti Rahma, S.H.; Yusuf Latuconsina",
        "B/123/LM.11/XI/2026",
        ACCOUNT,
        "Budi Santoso",
        "Kami keberatan karena tidak diberi tahu lebih dahulu.",
        head,
        "CONTOH",
    ):
        assert told in page
    assert page.count(done.number) >= 3


@pytest.mark.parametrize("ending", list(product(BEGUN, Language)))
def test_a_visit_that_broke_off_gets_two_pages_with_what_was_recorded(
    visit: Session,
    workplace: Workplace,
    identity: Identity,
    tmp_path: Path,
    ending: tuple[Outcome, Language],
) -> None:
    outcome, language = ending
    begin_assessing(visit, tmp_path)
    end(visit, workplace, outcome)

    issued(visit, workplace, identity, tmp_path / "ba.pdf", language)

    pdf = (tmp_path / "ba.pdf").read_bytes()
    first, *rest = pages_of(pdf)
    counted = {Language.INDONESIAN: "24 dari 40", Language.ENGLISH: "24 of 40"}
    assert len(rest) == 1
    assert counted[language] in first
    for code in ("P15-03", "P15-06", "P15-10"):
        assert code in first
    assert "P15-01" not in first
    assert "Ruangan terkunci" in first
    assert verifying.verify(pdf, roots=(), trust_trial=True).standing.value == "valid"


def test_gaps_are_told_with_both_answers(
    visit: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    begin_assessing(visit, tmp_path)
    end(visit, workplace, Outcome.STOPPED)

    issued(visit, workplace, identity, tmp_path / "ba.pdf")

    page = pages_of((tmp_path / "ba.pdf").read_bytes())[0]
    assert "P15-06 Ketersediaan maklumat pelayanan Ada Tidak ada Hanya di atas kertas" in page
    assert "Tidak ada Tidak ada Tidak ada di keduanya" in page
    recorded = minutes_told(visit)
    assert (recorded["Kesenjangan"], recorded["Tidak ada di keduanya"]) == ("2", "1")


@pytest.mark.parametrize("outcome", BEGUN)
def test_where_nothing_was_answered_nothing_is_said_to_agree(
    visit: Session, workplace: Workplace, identity: Identity, tmp_path: Path, outcome: Outcome
) -> None:
    end(visit, workplace, outcome)

    issued(visit, workplace, identity, tmp_path / "ba.pdf")

    told = " ".join(pages_of((tmp_path / "ba.pdf").read_bytes()))
    assert "Tidak ada yang dapat dibandingkan" in told
    assert "Tidak ada kesenjangan" not in told


@pytest.mark.parametrize("outcome", [*AT_THE_DOOR, *BEGUN])
def test_no_score_is_told_on_the_page_or_in_the_record(
    visit: Session, workplace: Workplace, identity: Identity, tmp_path: Path, outcome: Outcome
) -> None:
    begin_assessing(visit, tmp_path)
    end(visit, workplace, outcome)

    issued(visit, workplace, identity, tmp_path / "ba.pdf")

    pdf = (tmp_path / "ba.pdf").read_bytes()
    told, record = " ".join(pages_of(pdf)), record_of(pdf)
    assert "nilai tidak diberikan untuk kunjungan yang tidak selesai" in told
    assert "Zona" not in told
    assert "poin" not in told
    assert record["scores"] == {}
    assert record["findings"] == []
    assert record["document"] == {
        "number": f"BA-2026-{visit.visit_id[-8:].upper()}-R1",
        "revision": 1,
        "kind": "minutes",
        "language": "id",
        "made_at": json.loads(json.dumps(record["document"]))["made_at"],
    }


def test_a_visit_of_two_sessions_tells_both_and_why_the_first_ended(
    visit: Session,
    workplace: Workplace,
    identity: Identity,
    clock: SteppingClock,
    tmp_path: Path,
) -> None:
    visit.pause("Listrik padam di seluruh kantor", at=clock.now())
    clock.moment += timedelta(hours=20)
    visit.resume(at=clock.now())
    end(visit, workplace, Outcome.INTERRUPTED)

    issued(visit, workplace, identity, tmp_path / "ba.pdf")

    pdf = (tmp_path / "ba.pdf").read_bytes()
    sessions = json.loads(json.dumps(record_of(pdf)["sessions"]))
    assert "Listrik padam di seluruh kantor" in pages_of(pdf)[0]
    assert "Lihat “Apa yang terjadi”" in pages_of(pdf)[0]
    assert [one["why"] for one in sessions] == ["Listrik padam di seluruh kantor", None]
    assert visit_of(pdf)["account"] == ACCOUNT
    assert sessions[0]["to"] < sessions[1]["from"] < sessions[1]["to"]


def test_a_visit_that_ends_in_a_pause_tells_why_it_paused_and_what_happened(
    visit: Session, workplace: Workplace, identity: Identity, clock: SteppingClock, tmp_path: Path
) -> None:
    visit.pause("Istirahat siang", at=clock.now())
    visit.resume(at=clock.now())
    visit.pause("Listrik padam di seluruh kantor", at=clock.now())
    end(visit, workplace, Outcome.INTERRUPTED)

    issued(visit, workplace, identity, tmp_path / "ba.pdf")

    pdf = (tmp_path / "ba.pdf").read_bytes()
    first = pages_of(pdf)[0]
    assert visit.snapshot.sessions[-1].why == "Listrik padam di seluruh kantor"
    assert visit_of(pdf)["account"] == visit.snapshot.account == ACCOUNT
    assert "Listrik padam di seluruh kantor" in first
    assert "Lihat “Apa yang terjadi”" not in first


def test_a_pause_is_no_account_where_none_was_given(
    visit: Session, workplace: Workplace, clock: SteppingClock
) -> None:
    visit.pause("Istirahat siang", at=clock.now())

    with pytest.raises(VisitRefused, match="account_missing"):
        end(visit, workplace, Outcome.STOPPED, account=None)


def test_an_older_store_tells_what_happened_where_it_stood(
    visit: Session, workplace: Workplace
) -> None:
    """Before `visit.account` there was, the close wrote it as `why` of the last session."""
    end(visit, workplace, Outcome.STOPPED)
    heads = dict(workplace.store.log.heads(visit.visit_id))
    del heads["visit", "account"]
    heads["session/1", "why"] = (FieldHead("an event", ACCOUNT),)

    snapshot = read_snapshot(visit.visit_id, heads)

    assert snapshot.account == ACCOUNT
    assert minutes.account(snapshot, Words(Language.INDONESIAN, UTC)) == ACCOUNT


def test_findings_carry_their_sessions_too(
    session: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)

    done = issued(session, workplace, identity, tmp_path / "t.pdf")

    (only,) = json.loads(json.dumps(record_of((tmp_path / "t.pdf").read_bytes())["sessions"]))
    assert (only["number"], only["why"]) == (1, None)
    assert done.number.startswith("T-2026-")


def test_minutes_are_written_again_byte_for_byte(
    visit: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    end(visit, workplace, Outcome.ENTRY_REFUSED)
    first = issued(visit, workplace, identity, tmp_path / "a.pdf")

    second = write_again(visit, workplace, tmp_path / "b.pdf")

    document = latest_document(visit)
    assert document is not None
    assert document.kind == "minutes"
    assert second is not None
    assert (second.sha256, second.again) == (first.sha256, True)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert issued_pdf(visit, workplace) == (tmp_path / "a.pdf").read_bytes()


def test_there_are_no_bytes_of_a_document_that_was_not_issued(
    visit: Session, workplace: Workplace
) -> None:
    with pytest.raises(VisitRefused) as refused:
        issued_pdf(visit, workplace)

    assert refused.value.code == "nothing_issued"


def test_an_older_visit_that_was_closed_without_a_word_says_so(
    visit: Session,
    workplace: Workplace,
    identity: Identity,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as older:  # as a version before closed it
        older.setattr("assessor_app.services.steps.told_account", lambda *_, **__: None)
        end(visit, workplace, Outcome.OFFICE_CLOSED, account=None)

    issued(visit, workplace, identity, tmp_path / "ba.pdf")

    (page,) = pages_of((tmp_path / "ba.pdf").read_bytes())
    assert "Tidak ada keterangan yang dicatat." in page


def test_texts_nobody_would_write_lay_out_and_nothing_of_them_vanishes(
    workplace: Workplace,
    library: Library,
    instrument: Instrument,
    identity: Identity,
    tmp_path: Path,
) -> None:
    name = ("<b>Dinas &amp; بسم الله שלום 🏢 " + "x" * 60 + " ") * 5
    new = NewVisit(
        institution=name[:400].strip(),
        unit=name[:400].strip(),
        object_type="opd",
        kind=VisitKind.MYSTERY,
        arrival=workplace.store.clock.now(),
        team=[name[:400].strip(), "W" * 400],
        address_visited=name[:400].strip(),
        assignment_letter="1" * 400,
    )
    session = open_session(
        workplace.store, start_visit(workplace.store, new, instrument, library=library), library
    )
    words = [f"kata{number:05d}" for number in range(4900)]
    account = f"{name} {' '.join(words)}"[:50_000].strip()
    session.record_receiver(Receiver(Declaration.ABSENT, name="W" * 400, response=account[:9000]))
    end(session, workplace, Outcome.STOPPED, account=account)

    issued(session, workplace, identity, tmp_path / "ba.pdf")

    pdf = (tmp_path / "ba.pdf").read_bytes()
    told = "".join("".join(pages_of(pdf)).split())
    assert visit_of(pdf)["account"] == account
    assert all(word in told for word in words if word in account)
    assert verifying.verify(pdf, roots=(), trust_trial=True).standing.value == "valid"


def test_issuing_tells_its_stages_in_order(
    visit: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    end(visit, workplace, Outcome.ENTRY_REFUSED)
    told: list[Stage] = []

    issue(
        visit,
        workplace,
        identity,
        out=tmp_path / "ba.pdf",
        language=Language.INDONESIAN,
        progress=told.append,
    )

    assert told == ["compose", "render", "sign", "write"]


@pytest.mark.parametrize("stage", Stage)
def test_whoever_breaks_off_while_it_is_made_leaves_nothing(
    visit: Session, workplace: Workplace, identity: Identity, tmp_path: Path, stage: Stage
) -> None:
    end(visit, workplace, Outcome.ENTRY_REFUSED)

    def break_off(now: Stage) -> None:
        if now is stage:
            raise KeyboardInterrupt

    out = tmp_path / "ba.pdf"
    with pytest.raises(KeyboardInterrupt):
        issue(
            visit,
            workplace,
            identity,
            out=out,
            language=Language.INDONESIAN,
            progress=break_off,
        )

    assert visit.snapshot.visit.state is VisitState.CLOSED
    assert not out.exists()
    assert not list((workplace.store.folder / "evidence").rglob("*.document"))
