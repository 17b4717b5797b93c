"""A document that several sign: all of them or nobody, the receiver in one of five ways."""

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from tests.signing.people import (
    NOW,
    YEAR,
    Authority,
    headquarters,
)
from tests.signing.people import PASSPHRASE as PEOPLE
from tests.visiting import SIGNING_PASSPHRASE, complete

from assessor_app.domain.handwriting import Handwriting, Point, handwriting_bytes
from assessor_app.domain.problem import IdentityProblem, IssueProblem, Problem, VisitRefused
from assessor_app.domain.visit import Declaration, Outcome, Receiver, ReceiverSigns, VisitState
from assessor_app.reporting.reading import read_back
from assessor_app.services import issuing
from assessor_app.services.enrolment import Workplace
from assessor_app.services.issuing import Issued
from assessor_app.services.keys.access import add_assessor
from assessor_app.services.receiving import fix_receiver
from assessor_app.services.report.parties import Role, Signatory
from assessor_app.services.report.record import DocumentKind
from assessor_app.services.session import Session
from assessor_app.services.verifying import Standing, verify
from assessor_app.services.visits import close_visit
from assessor_app.signing.identity import Holder, Identity, make_trial_identity
from assessor_app.signing.verification import Changes, check_signatures
from assessor_app.storage.vault import Form
from assessor_app.texts import Language

NAME = Handwriting(
    4000,
    1500,
    (
        tuple(Point(400 + 30 * n, 700 + (n % 7) * 60, 10 * n, 300 + 5 * n) for n in range(90)),
        tuple(Point(600 + 40 * n, 1200, 1200 + 8 * n, 700) for n in range(40)),
    ),
)
DRAWN = Receiver(Declaration.RECEIVED, "Budi Santoso", signs=ReceiverSigns.HANDWRITING)
ABSENT = Receiver(Declaration.ABSENT)
CERTIFIED = Receiver(Declaration.RECEIVED, "Budi Santoso", signs=ReceiverSigns.CERTIFICATE)


@pytest.fixture
def closed(session: Session, workplace: Workplace) -> Session:
    """A visit that was interrupted at once: its minutes are made fast."""
    close_visit(
        session,
        workplace,
        Outcome.INTERRUPTED,
        departure=workplace.store.clock.now(),
        account="Listrik padam.",
    )
    return session


@pytest.fixture
def lead(workplace: Workplace) -> Identity:
    now = workplace.store.clock.now()
    return issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)


def colleague(name: str, folder: Path, *, ended: bool = False) -> Path:
    """A colleague's own identity in a file, as headquarters issued it."""
    end = NOW - timedelta(days=1) if ended else NOW + YEAR
    path = folder / f"{name.partition(' ')[0].lower()}.p12"
    path.write_bytes(headquarters().p12(name, end=end))
    return path


def head_of_office(folder: Path) -> Path:
    """The receiver's certificate, issued by an authority that is not ours."""
    path = folder / "kepala.p12"
    path.write_bytes(Authority("Penerbit Lain").p12("Budi Santoso"))
    return path


def by(*paths: Path, receiver: Path | None = None, passphrase: str = PEOPLE) -> list[Signatory]:
    listed = [Signatory(Role.ASSESSOR, passphrase, path=path) for path in paths]
    if receiver is not None:
        listed.append(Signatory(Role.RECEIVER, passphrase, path=receiver))
    return listed


def issued(
    session: Session,
    workplace: Workplace,
    lead: Identity,
    out: Path,
    *,
    others: Sequence[Signatory] = (),
    kind: DocumentKind | None = None,
) -> Issued:
    now = workplace.store.clock.now()
    signers = issuing.unlocked(workplace, lead, others, now=now)
    return issuing.issue(
        session,
        workplace,
        signers.lead,
        out=out,
        language=Language.INDONESIAN,
        further=signers.further,
        receiver=signers.receiver,
        kind=kind,
    )


def record_of(pdf: bytes) -> dict[str, object]:
    (attachment,) = read_back(pdf).attachments
    loaded: dict[str, object] = json.loads(attachment.data)
    return loaded


def told(pdf: bytes) -> str:
    return " ".join(" ".join(read_back(pdf).page_texts).split())


def pdfsig(path: Path) -> str:
    done = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False)
    return done.stdout


def unissued(session: Session, workplace: Workplace, out: Path) -> None:
    """Nothing half-signed is anywhere, and the visit waits to be issued."""
    again = Session(workplace.store, session.visit_id, session.instrument)
    assert again.snapshot.visit.state is VisitState.CLOSED
    assert not again.snapshot.documents
    assert not list(workplace.store.vault.folder.rglob("*.document"))
    assert not list(workplace.store.vault.folder.rglob("*.record"))
    assert not [path for path in out.parent.iterdir() if out.name in path.name]


def test_two_assessors_and_the_receiver_sign_one_after_the_other(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    out = tmp_path / "ba.pdf"
    fix_receiver(closed, workplace, CERTIFIED)
    others = by(colleague("Rahmat Hidayat", tmp_path), receiver=head_of_office(tmp_path))

    issued(closed, workplace, lead, out, others=others)

    pdf = out.read_bytes()
    report = check_signatures(pdf, roots=[headquarters().root()])
    assert [made.field for made in report.signatures] == [
        "TTD_Asesor1",
        "TTD_Asesor2",
        "TTD_Penerima",
    ]
    assert report.certified
    assert all(made.intact and made.changes_allowed for made in report.signatures)
    assert [made.changes for made in report.signatures][-1] is Changes.NONE
    assert report.signatures[-1].covers_whole_file
    assert pdfsig(out).count("Signature is Valid.") == 3
    expected = [(made.field, made.signer.fingerprint) for made in report.signatures if made.signer]
    record = json.loads(json.dumps(record_of(pdf)))
    assert [(one["field"], one["fingerprint"]) for one in record["signers"]] == expected
    assert [one["role"] for one in record["signers"]] == ["lead", "assessor", "receiver"]
    assert record["receiver"]["certificate"] == expected[-1][1]
    assert verify(pdf, roots=[headquarters().root()], trust_trial=True).standing is Standing.VALID
    words = told(pdf)
    for sentence in (
        "Kami menyatakan",
        "Rahmat Hidayat",
        "tidak tersertifikasi",
        "sertifikat miliknya sendiri yang diterbitkan oleh Penerbit Lain",
    ):
        assert sentence in words
    assert "diterbitkan BSrE" not in words


def test_a_lone_assessor_is_enough_and_only_they_are_expected(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    out = tmp_path / "ba.pdf"

    issued(closed, workplace, lead, out)

    record = json.loads(json.dumps(record_of(out.read_bytes())))
    assert [one["field"] for one in record["signers"]] == ["TTD_Asesor1"]
    heads = workplace.store.log.heads(closed.visit_id)
    (kept,) = [
        found[-1].value for (_, field), found in heads.items() if field == "signers_expected"
    ]
    assert isinstance(kept, list | tuple)
    assert [one["role"] for one in kept if isinstance(one, dict)] == ["lead"]


@pytest.mark.parametrize(
    ("whose", "fault", "code"),
    [
        ("assessor", "passphrase", "signer_passphrase_wrong"),
        ("assessor", "ended", "identity_expired"),
        ("assessor", "no identity", "signer_file_unusable"),
        ("assessor", "gone", "given_missing"),
        ("receiver", "passphrase", "receiver_passphrase_wrong"),
        ("receiver", "ended", "receiver_certificate_expired"),
        ("receiver", "no identity", "receiver_file_unusable"),
        ("receiver", "gone", "given_missing"),
    ],
)
def test_nobody_signs_where_somebody_cannot_and_it_is_told_who(
    closed: Session,
    workplace: Workplace,
    lead: Identity,
    tmp_path: Path,
    *,
    whose: str,
    fault: str,
    code: str,
) -> None:
    out, faulty = tmp_path / "ba.pdf", colleague("Rahmat", tmp_path, ended=fault == "ended")
    if fault == "no identity":
        faulty.write_bytes(b"bukan")
    elif fault == "gone":
        faulty.unlink()
    good = colleague("Ani", tmp_path)
    others = by(good, faulty) if whose == "assessor" else by(good, receiver=faulty)
    if fault == "passphrase":
        others[-1] = replace(others[-1], passphrase="salah")
    fix_receiver(closed, workplace, CERTIFIED if whose == "receiver" else ABSENT)

    with pytest.raises(Problem) as refused:
        issued(closed, workplace, lead, out, others=others)

    assert (refused.value.code, refused.value.places["number"]) == (code, 2)
    assert refused.value.places.get("signer", "rahmat.p12") == "rahmat.p12"
    unissued(closed, workplace, out)


@pytest.mark.parametrize("second", ["the same file", "a renewed certificate", "the receiver"])
def test_the_same_person_does_not_sign_twice(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path, *, second: str
) -> None:
    key, out = ec.generate_private_key(ec.SECP256R1()), tmp_path / "ba.pdf"
    path, again = tmp_path / "rahmat.p12", tmp_path / "lagi.p12"
    path.write_bytes(headquarters().p12("Rahmat", key=key))
    again.write_bytes(headquarters().p12("Rahmat", key=key, end=NOW + 2 * YEAR))
    others = {
        "the same file": by(path, path),
        "a renewed certificate": by(path, again),
        "the receiver": by(path, receiver=path),
    }[second]
    fix_receiver(closed, workplace, CERTIFIED if second == "the receiver" else ABSENT)

    with pytest.raises(IdentityProblem, match="signer_twice"):
        issued(closed, workplace, lead, out, others=others)

    unissued(closed, workplace, out)


def test_another_assessor_of_this_device_signs_with_the_identity_that_it_keeps(
    closed: Session,
    workplace: Workplace,
    lead: Identity,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assessor_app.signing.identity._KDF_ROUNDS", 1000)
    profile = replace(workplace.profile, name="Rahmat Hidayat", nip=None, position="Asisten Muda")
    theirs = add_assessor(workplace, profile, "milik Rahmat", signing="tanda tangan Rahmat")
    wrong = Signatory(Role.ASSESSOR, SIGNING_PASSPHRASE, assessor=theirs, name="Rahmat Hidayat")
    out = tmp_path / "ba.pdf"
    with pytest.raises(IdentityProblem) as refused:
        issued(closed, workplace, lead, out, others=[wrong])
    assert refused.value.places == {"number": 1, "signer": "Rahmat Hidayat"}
    assert refused.value.code == "signer_passphrase_wrong"

    issued(closed, workplace, lead, out, others=[replace(wrong, passphrase="tanda tangan Rahmat")])

    made = check_signatures(out.read_bytes(), roots=()).signatures
    assert [one.name for one in made] == ["Siti Rahma, S.H.", "Rahmat Hidayat"]
    assert verify(out.read_bytes(), roots=(), trust_trial=True).standing is Standing.VALID
    told = " ".join(" ".join(read_back(out.read_bytes()).page_texts).split())
    assert "Asisten Muda" in told
    assert "Sidik sertifikat Siti Rahma, S.H." in told
    assert "Sidik sertifikat Rahmat Hidayat" in told


def test_a_receivers_trial_certificate_is_called_what_it_is(
    closed: Session,
    workplace: Workplace,
    lead: Identity,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assessor_app.signing.identity._KDF_ROUNDS", 1000)
    holder = Holder("Budi Santoso", "Dinas Kependudukan")
    p12 = make_trial_identity(holder=holder, passphrase=PEOPLE, now=workplace.store.clock.now())
    (tmp_path / "kepala.p12").write_bytes(p12)
    fix_receiver(closed, workplace, CERTIFIED)
    out = tmp_path / "ba.pdf"

    issued(closed, workplace, lead, out, others=by(receiver=tmp_path / "kepala.p12"))

    words = told(out.read_bytes())
    assert "Penerima menandatangani dengan identitas uji coba" in words
    assert "PP 71/2019 Pasal 60" in words
    assert "diterbitkan BSrE" not in words


def test_more_than_seven_assessors_do_not_fit_one_page(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    others = [headquarters().identity(f"Asesor {number}") for number in range(7)]

    with pytest.raises(IssueProblem, match="signers_too_many"):
        issuing.issue(
            closed,
            workplace,
            lead,
            out=tmp_path / "ba.pdf",
            language=Language.INDONESIAN,
            further=others,
        )


def test_the_receiver_signs_by_certificate_as_recorded_or_not_at_all(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    out, head = tmp_path / "ba.pdf", head_of_office(tmp_path)
    with pytest.raises(VisitRefused, match="receiver_signs_otherwise"):
        issued(closed, workplace, lead, out, others=by(receiver=head))
    fix_receiver(closed, workplace, CERTIFIED)
    with pytest.raises(VisitRefused, match="receiver_certificate_awaited"):
        issued(closed, workplace, lead, out)
    unissued(closed, workplace, out)


def test_nobody_signs_with_a_certificate_above_the_name_of_another(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    out, head = tmp_path / "ba.pdf", head_of_office(tmp_path)
    fix_receiver(closed, workplace, replace(CERTIFIED, name="dr. Wendy Pelupessy"))

    with pytest.raises(VisitRefused, match="receiver_is_another") as refused:
        issued(closed, workplace, lead, out, others=by(receiver=head))

    places = refused.value.places
    assert (places["name"], places["expected"]) == ("Budi Santoso", "dr. Wendy Pelupessy")
    assert closed.snapshot.receiver is not None
    assert closed.snapshot.receiver.certificate is None
    unissued(closed, workplace, out)


def test_a_drawn_signature_is_kept_sealed_and_drawn_and_its_hash_is_signed(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    out = tmp_path / "ba.pdf"
    fix_receiver(closed, workplace, DRAWN, handwriting=NAME)
    kept = closed.snapshot.receiver
    assert kept is not None
    assert kept.handwriting is not None

    issued(closed, workplace, lead, out)

    strokes = workplace.store.vault.get(kept.handwriting, Form.HANDWRITING)
    sha256 = hashlib.sha256(strokes).hexdigest()
    record = json.loads(json.dumps(record_of(out.read_bytes())))
    assert strokes == handwriting_bytes(NAME)
    assert record["receiver"]["signs"] == "handwriting"
    assert record["receiver"]["handwriting_sha256"] == sha256 == kept.handwriting_sha256
    assert "disegel oleh tanda tangan asesor" in told(out.read_bytes())
    assert [one["role"] for one in record["signers"]] == ["lead"]


def test_who_refuses_is_recorded_with_the_reason_that_the_document_prints(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    refusing = Receiver(Declaration.REFUSED, "Budi Santoso", signs=ReceiverSigns.ON_PAPER)
    with pytest.raises(VisitRefused, match="reason_of_refusal_missing"):
        fix_receiver(closed, workplace, refusing)

    fix_receiver(closed, workplace, replace(refusing, reason="Menunggu pimpinan."))
    issued(closed, workplace, lead, tmp_path / "ba.pdf")

    known = closed.snapshot.receiver
    assert known is not None
    assert known.signs is None
    assert "menolak menerima dokumen ini. Alasan: Menunggu pimpinan." in told(
        (tmp_path / "ba.pdf").read_bytes()
    )


def test_findings_are_not_made_of_a_visit_that_was_not_completed(
    closed: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    with pytest.raises(VisitRefused, match="findings_of_completed_only"):
        issued(closed, workplace, lead, tmp_path / "t.pdf", kind=DocumentKind.FINDINGS)


def test_minutes_are_made_of_a_completed_visit_where_wanted(
    session: Session, workplace: Workplace, lead: Identity, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)

    done = issued(session, workplace, lead, tmp_path / "ba.pdf", kind=DocumentKind.MINUTES)

    assert done.number.startswith("BA-")
    assert "Berita Acara" in told((tmp_path / "ba.pdf").read_bytes())
