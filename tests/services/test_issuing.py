"""The document of a visit: made once, whole or not at all, and handed over."""

import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.visiting import SIGNING_PASSPHRASE, answer, answer_all, attach, complete, record

from assessor_app.compose import Application
from assessor_app.domain.problem import (
    IdentityProblem,
    IssueProblem,
    Problem,
    StoreProblem,
    VisitRefused,
)
from assessor_app.domain.visit import (
    Capacity,
    Declaration,
    HandoverWay,
    Outcome,
    Receiver,
    VisitState,
)
from assessor_app.reporting.reading import read_back
from assessor_app.services import issuing, verifying
from assessor_app.services.enrolment import Workplace
from assessor_app.services.handing_over import hand_over
from assessor_app.services.issuing import Issued, Stage, issue, write_again
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.signing.identity import Holder, Identity, make_trial_identity
from assessor_app.texts import Language


@pytest.fixture
def closed(session: Session, workplace: Workplace, tmp_path: Path) -> Session:
    session.record_receiver(
        Receiver(Declaration.RECEIVED, "Budi Santoso", "1976", "Kepala", Capacity.PLH, "Diterima")
    )
    complete(session, workplace, tmp_path)
    return session


@pytest.fixture
def identity(workplace: Workplace) -> Identity:
    now = workplace.store.clock.now()
    return issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)


def issued(
    session: Session,
    workplace: Workplace,
    identity: Identity,
    out: Path,
    language: Language = Language.INDONESIAN,
) -> Issued:
    return issue(session, workplace, identity, out=out, language=language)


def record_of(pdf: bytes) -> dict[str, object]:
    (attachment,) = read_back(pdf).attachments
    assert attachment.name == "temuan.json"
    loaded: dict[str, object] = json.loads(attachment.data)
    return loaded


@pytest.mark.parametrize("language", Language)
def test_a_document_is_signed_carries_its_record_and_verifies(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path, language: Language
) -> None:
    out = tmp_path / "temuan.pdf"
    head = workplace.store.head(closed.visit_id)

    done = issued(closed, workplace, identity, out, language)

    pdf = out.read_bytes()
    verdict = verifying.verify(pdf, roots=(), trust_trial=True)
    record = record_of(pdf)
    assert verdict.standing is verifying.Standing.VALID
    assert verifying.verify(pdf, roots=(), trust_trial=False).standing.value == "undetermined"
    assert (done.sha256, done.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))
    assert record["head"] == verdict.head == head
    assert verdict.number == done.number
    assert closed.snapshot.visit.state is VisitState.ISSUED
    (document,) = closed.snapshot.documents.values()
    assert document.sha256 == done.sha256
    signature = subprocess.run(["pdfsig", str(out)], capture_output=True, text=True, check=False)
    assert "Signature is Valid" in signature.stdout


def test_the_record_holds_both_sides_the_scores_and_the_receiver(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    out = tmp_path / "temuan.pdf"
    issued(closed, workplace, identity, out)

    record = json.loads(json.dumps(record_of(out.read_bytes())))

    by_code = {one["code"]: one for one in record["indicators"]}
    pledge = {one["side"]: one["answer"] for one in by_code["P15-06"]["observations"]}
    assert pledge == {"paperwork": "present", "practice": "absent"}
    assert by_code["P15-06"]["gaps"][0]["kind"] == "paper_only"
    assert record["scores"]["official"]["points"] == "96"
    assert record["scores"]["official"]["standing"] == "simulation"
    assert record["receiver"]["name"] == "Budi Santoso"
    assert [one["indicator"] for one in record["findings"]] == ["P15-06", "P15-08", "P15-12"]
    assert len(record["evidence"]) == 2
    assert "place" not in record["evidence"][0]


def test_the_pages_say_what_was_recorded(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    out = tmp_path / "temuan.pdf"
    done = issued(closed, workplace, identity, out)

    pages = read_back(out.read_bytes()).page_texts

    told = " ".join(" ".join(pages).split())
    assert all(done.number in page for page in pages)
    for words in ("96,00", "Zona hijau", "Simulasi", "Budi Santoso", "bukan berarti menyetujui"):
        assert words in told
    assert "CONTOH" not in told


def test_a_document_is_not_issued_of_a_visit_that_changed_while_it_was_made(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    """The window goes on while a worker signs: it must not sign what holds no more."""
    out, new = tmp_path / "temuan.pdf", Receiver(Declaration.RECEIVED, "Kepala Baru")

    def changing(stage: Stage) -> None:
        if stage is Stage.SIGN:
            closed.record_receiver(new)

    with pytest.raises(VisitRefused) as refused:
        issue(closed, workplace, identity, out=out, language=Language.INDONESIAN, progress=changing)

    assert refused.value.code == "visit_moved_on"
    assert not out.exists()
    assert not list(workplace.store.vault.folder.rglob("*.document"))
    assert closed.snapshot.visit.state is VisitState.CLOSED
    assert not closed.snapshot.documents
    issued(closed, workplace, identity, out)
    assert record_of(out.read_bytes())["receiver"] == {
        "declared": "received",
        "name": "Kepala Baru",
        "nip": None,
        "position": None,
        "capacity": None,
        "response": None,
    }


def test_the_record_and_the_pages_tell_the_visit_as_it_was_when_signing_began(
    closed: Session, workplace: Workplace
) -> None:
    seen = closed.seen()

    closed.record_receiver(Receiver(Declaration.REFUSED, "Kepala Baru"))

    assert seen.snapshot.receiver is not None
    assert seen.snapshot.receiver.name == "Budi Santoso"
    assert (
        seen.streams != closed.seen().streams == workplace.store.log.stream_heads(closed.visit_id)
    )


def test_a_document_of_the_same_record_is_written_again_byte_for_byte(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    first = issued(closed, workplace, identity, tmp_path / "a.pdf")

    second = write_again(closed, workplace, tmp_path / "b.pdf")

    assert second is not None
    assert second.again
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert second.sha256 == first.sha256
    with pytest.raises(IssueProblem) as refused:
        write_again(closed, workplace, tmp_path / "b.pdf")
    assert refused.value.code == "file_exists"


def test_what_was_issued_stays_whatever_happens_after_the_commit(
    closed: Session,
    workplace: Workplace,
    identity: Identity,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = type(workplace.store.log).append

    def interrupted(*given: object) -> None:
        real(*given)  # type: ignore[arg-type]  # the very call
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(type(workplace.store.log), "append", interrupted)
        with pytest.raises(KeyboardInterrupt):
            issued(closed, workplace, identity, tmp_path / "a.pdf")

    again = Session(workplace.store, closed.visit_id, closed.instrument)
    assert again.snapshot.visit.state is VisitState.ISSUED
    assert (tmp_path / "a.pdf").exists()
    assert write_again(again, workplace, tmp_path / "b.pdf") is not None


def test_the_document_of_a_void_visit_is_not_written_again(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    issued(closed, workplace, identity, tmp_path / "a.pdf")
    closed.void("Salah kantor")

    with pytest.raises(VisitRefused) as refused:
        write_again(closed, workplace, tmp_path / "b.pdf")

    assert refused.value.code == "already_void"


def test_only_a_closed_visit_is_issued(
    session: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    with pytest.raises(VisitRefused) as refused:
        issued(session, workplace, identity, tmp_path / "a.pdf")

    assert refused.value.code == "visit_not_closed"
    assert write_again(session, workplace, tmp_path / "a.pdf") is None


@pytest.mark.parametrize("place", ["none/a.pdf", "."])
def test_a_place_that_cannot_take_the_file_is_refused_first(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path, place: str
) -> None:
    with pytest.raises(IssueProblem) as refused:
        issued(closed, workplace, identity, tmp_path / place)

    assert refused.value.code == "folder_missing"


@pytest.mark.parametrize("kind", ["pipe", "dangling link", "file"])
def test_whatever_stands_at_the_place_already_stays(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "there"
    match kind:
        case "pipe":
            os.mkfifo(out)
        case "dangling link":
            out.symlink_to(tmp_path / "nowhere")
        case _:
            out.write_text("x")
    before = out.lstat()

    with pytest.raises(IssueProblem) as refused:
        issued(closed, workplace, identity, out)

    assert refused.value.code == "file_exists"
    assert (out.lstat().st_mode, out.lstat().st_ino) == (before.st_mode, before.st_ino)


def nothing_stays(session: Session, workplace: Workplace, folder: Path) -> bool:
    documents = list((workplace.store.folder / "evidence").rglob("*.document"))
    return (
        session.snapshot.visit.state is VisitState.CLOSED
        and not documents
        and not list(folder.glob("*.pdf"))
        and not list(folder.glob(".*"))
    )


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 64 KB, full after a part of the document."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    assert mounted.returncode == 0, "the tests need root to make a small disk"
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_visit_closed_and_nothing_half_written(
    closed: Session, workplace: Workplace, identity: Identity, small_disk: Path, tmp_path: Path
) -> None:
    with pytest.raises(StoreProblem) as refused:
        issued(closed, workplace, identity, small_disk / "temuan.pdf")

    assert refused.value.code == "disk_full"
    assert nothing_stays(closed, workplace, small_disk)
    assert issued(closed, workplace, identity, tmp_path / "temuan.pdf").size > 64_000


def test_where_the_event_cannot_be_kept_the_file_goes_again(
    closed: Session,
    workplace: Workplace,
    identity: Identity,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise StoreProblem("disk_full", path="x")

    out = tmp_path / "out"
    out.mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(type(workplace.store.log), "_seal", fail)
        with pytest.raises(StoreProblem):
            issued(closed, workplace, identity, out / "temuan.pdf")

    assert nothing_stays(closed, workplace, out)


@pytest.mark.parametrize(
    ("passphrase", "made", "code"),
    [
        ("salah", timedelta(0), "identity_passphrase_wrong"),
        ("benar", timedelta(days=-400), "identity_expired"),
        ("benar", timedelta(days=30), "identity_not_yet_valid"),
    ],
)
def test_an_identity_that_cannot_sign_is_refused(
    workplace: Workplace, tmp_path: Path, passphrase: str, made: timedelta, code: str
) -> None:
    now: datetime = workplace.store.clock.now()
    p12 = make_trial_identity(
        holder=Holder(name="Siti", office="Kantor"), passphrase="benar", now=now + made, days=365
    )
    path = tmp_path / "lain.p12"
    path.write_bytes(p12)

    with pytest.raises(IdentityProblem) as refused:
        issuing.signing_identity(workplace, passphrase, now=now, path=path)

    assert refused.value.code == code


def test_the_pages_name_whom_the_certificate_names(
    closed: Session, workplace: Workplace, tmp_path: Path
) -> None:
    now = workplace.store.clock.now()
    holder = Holder(name="Budi Lain", office="Perwakilan Lain", employee_id="123")
    path = tmp_path / "budi.p12"
    path.write_bytes(make_trial_identity(holder=holder, passphrase="x", now=now))
    budi = issuing.signing_identity(workplace, "x", now=now, path=path)

    issued(closed, workplace, budi, tmp_path / "t.pdf")

    pages = read_back((tmp_path / "t.pdf").read_bytes()).page_texts
    signature_page = next(page for page in pages if "Pengesahan" in page and "NIP" in page)
    assert "Budi Lain" in pages[0]
    assert "Budi Lain" in signature_page
    assert "Siti Rahma" not in signature_page


def test_a_missing_identity_file_is_told(workplace: Workplace, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem) as refused:
        issuing.signing_identity(
            workplace, "x", now=workplace.store.clock.now(), path=tmp_path / "none.p12"
        )

    assert refused.value.code == "file_failed"


def test_the_hand_over_is_recorded_with_the_hash_shown(
    closed: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    now = workplace.store.clock.now()
    with pytest.raises(VisitRefused):
        hand_over(closed, workplace, to="Budi", way=HandoverWay.USB, at=now)
    done = issued(closed, workplace, identity, tmp_path / "a.pdf")
    with pytest.raises(Problem):
        hand_over(closed, workplace, to=" ", way=HandoverWay.USB, at=now)
    early = now - timedelta(days=9000)
    with pytest.raises(VisitRefused) as refused:
        hand_over(closed, workplace, to="Budi", way=HandoverWay.USB, at=early)
    assert refused.value.code == "handover_before_departure"
    hand_over(closed, workplace, to="Budi", way=HandoverWay.USB, at=now)
    hand_over(closed, workplace, to="Sekretaris", way=HandoverWay.PRINT, at=now)

    heads = workplace.store.log.heads(closed.visit_id)
    shown = [found[0].value for (_, field), found in heads.items() if field == "hash_shown"]
    assert shown == [done.sha256, done.sha256]
    assert closed.snapshot.visit.state is VisitState.HANDED_OVER


HOSTILE = "<b>&amp; 🏢 بسم الله שלום \\ %s {x} " * 3


def test_hostile_and_long_texts_survive_to_the_page_and_the_record(
    session: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    answer_all(session, absent={"P15-06": "practice"})
    attach(session, "P15-06", tmp_path)
    note = (HOSTILE + "x" * 40 + " ") * 200
    note = note[:20_000].strip()
    answer(session, "P15-06", "practice", "absent", note=note)
    session.record_receiver(Receiver(Declaration.REFUSED, response=HOSTILE))
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    issued(session, workplace, identity, tmp_path / "t.pdf")

    record = json.loads(json.dumps(record_of((tmp_path / "t.pdf").read_bytes())))
    (pledge,) = [one for one in record["indicators"] if one["code"] == "P15-06"]
    (seen,) = [one for one in pledge["observations"] if one["side"] == "practice"]
    assert seen["note"] == note
    pdf = (tmp_path / "t.pdf").read_bytes()
    assert verifying.verify(pdf, roots=(), trust_trial=True).standing.value == "valid"


def test_every_kind_of_indicator_has_its_place_on_the_pages(
    small: Session, workplace: Workplace, identity: Identity, tmp_path: Path
) -> None:
    answer(small, "T-01", "practice", "2", respondent="R1", note="Menyebut tujuh")
    answer(small, "T-01", "practice", "4", respondent="R2")
    answer(small, "T-02", "paperwork", "absent")
    answer(small, "T-03", "paperwork", "present")
    answer(small, "T-03", "practice", "partial")
    for product, value in (("KTP-el", "absent"), ("Akta", "present")):
        answer(small, "T-04", "paperwork", "present", product=product)
        answer(small, "T-04", "practice", value, product=product)
    for code in ("T-05", "T-06"):
        answer(small, code, "paperwork", "absent")
        answer(small, code, "practice", "present")
    for code, colour in (("T-03", "red"), ("T-05", "green"), ("T-06", "blue")):
        attach(small, code, tmp_path, colour=colour)
    given = {
        "indicator": "T-04",
        "side": "practice",
        "product": "KTP-el",
        "no_evidence_reason": "Tidak ada yang dapat difoto",
    }
    record(small, given)
    close_visit(small, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    issued(small, workplace, identity, tmp_path / "t.pdf")

    told = " ".join(" ".join(read_back((tmp_path / "t.pdf").read_bytes()).page_texts).split())
    for words in (
        "KTP-el",
        "n = 2, rerata 3,0",
        "75,0 % terpenuhi.",
        "Ada sebagian",
        "Tidak ada yang dapat difoto",
    ):
        assert words in told
    assert "Menyebut tujuh" not in told  # what one respondent was noted to say


def test_issuing_leaves_events_and_projection_in_agreement(
    application: Application,
    closed: Session,
    workplace: Workplace,
    identity: Identity,
    tmp_path: Path,
) -> None:
    issued(closed, workplace, identity, tmp_path / "a.pdf")

    assert workplace.store.rebuild().differences == ()
