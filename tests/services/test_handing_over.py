"""Handing over: recorded with the hash, and on a stick whole or not at all, never over anything."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import page
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.conftest import SteppingClock
from tests.reporting.conforming import breaches
from tests.services.issued_home import with_minutes
from tests.signing.people import Authority

from assessor_app.domain.problem import IssueProblem, Problem, StoreProblem, VisitRefused
from assessor_app.domain.visit import HandoverWay, VisitState
from assessor_app.durable import sync_folder
from assessor_app.instruments.library import Library
from assessor_app.reporting.check_page import render_check_page
from assessor_app.reporting.reading import read_back
from assessor_app.services import check_sheet
from assessor_app.services.documents import issued_pdf
from assessor_app.services.enrolment import Workplace
from assessor_app.services.handing_over import HandedOut, hand_over, hand_over_by_usb
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.signing.carried import carried
from assessor_app.texts import Language

NAMES = {
    Language.INDONESIAN: {"cara-memeriksa.pdf", "cara-memeriksa.txt"},
    Language.ENGLISH: {"how-to-check.pdf", "how-to-check.txt"},
}


@pytest.fixture(scope="module")
def homes(
    tmp_path_factory: pytest.TempPathFactory, enrolled: Path, library: Library
) -> dict[Language, tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("issued")
    return {
        language: (
            folder / language,
            with_minutes(enrolled, folder / language, library, language=language),
        )
        for language in Language
    }


@pytest.fixture
def clock() -> SteppingClock:
    """An hour after the document was issued."""
    return SteppingClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.fixture(params=[Language.INDONESIAN])
def language(request: pytest.FixtureRequest) -> Language:
    wanted: Language = request.param
    return wanted


@pytest.fixture
def home(homes: dict[Language, tuple[Path, str]], language: Language, tmp_path: Path) -> Path:
    return Path(shutil.copytree(homes[language][0], tmp_path / "home"))


@pytest.fixture
def issued(
    workplace: Workplace,
    homes: dict[Language, tuple[Path, str]],
    language: Language,
    library: Library,
) -> Session:
    return open_session(workplace.store, homes[language][1], library)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def by_usb(
    session: Session, workplace: Workplace, onto: Path, *, roots: tuple[bytes, ...] = ()
) -> HandedOut:
    now = workplace.store.clock.now()
    return hand_over_by_usb(session, workplace, to="Ibu Kepala", at=now, onto=onto, roots=roots)


def handed(session: Session, workplace: Workplace) -> list[object]:
    """The hashes shown at all hand-overs that were recorded."""
    heads = workplace.store.log.heads(session.visit_id)
    return [found[0].value for (_, field), found in heads.items() if field == "hash_shown"]


def nothing_came_of_it(session: Session, workplace: Workplace, stick: Path) -> bool:
    return (
        not list(stick.iterdir())
        and not handed(session, workplace)
        and session.snapshot.visit.state is VisitState.ISSUED
    )


def test_each_hand_over_is_recorded_with_whom_how_when_and_the_hash(
    issued: Session, workplace: Workplace
) -> None:
    now = workplace.store.clock.now()
    (document,) = issued.snapshot.documents.values()

    hand_over(issued, workplace, to="  Budi ", way=HandoverWay.PRINT, at=now)
    hand_over(issued, workplace, to="Sekretaris", way=HandoverWay.EMAIL, at=now)

    heads = workplace.store.log.heads(issued.visit_id)
    told: dict[str, list[object]] = {field: [] for field in ("to", "how", "hash_shown", "document")}
    for (entity, field), found in heads.items():
        if entity.startswith("handover/") and field in told:
            told[field].append(found[0].value)
    assert told["to"] == ["Budi", "Sekretaris"]
    assert told["how"] == ["print", "email"]
    assert told["hash_shown"] == [document.sha256] * 2
    assert told["document"] == [document.id] * 2
    assert issued.snapshot.visit.state is VisitState.HANDED_OVER


@pytest.mark.parametrize(
    ("to", "days", "code"), [(" ", 0, "name_missing"), ("Budi", -9, "handover_before_departure")]
)
def test_what_cannot_be_recorded_is_refused_before_anything_is_written(
    issued: Session, workplace: Workplace, stick: Path, *, to: str, days: int, code: str
) -> None:
    at = workplace.store.clock.now() + timedelta(days=days)
    for attempt in (
        lambda: hand_over(issued, workplace, to=to, way=HandoverWay.USB, at=at),
        lambda: hand_over_by_usb(issued, workplace, to=to, at=at, onto=stick, roots=()),
    ):
        with pytest.raises(Problem) as refused:
            attempt()
        assert refused.value.code == code
    assert nothing_came_of_it(issued, workplace, stick)


def test_where_nothing_was_issued_there_is_nothing_to_hand_over(
    session: Session, workplace: Workplace, stick: Path
) -> None:
    with pytest.raises(VisitRefused) as refused:
        by_usb(session, workplace, stick)

    assert refused.value.code == "nothing_issued"
    assert not list(stick.iterdir())


@pytest.mark.parametrize("language", Language, indirect=True)
def test_a_stick_holds_the_document_the_trial_certificate_and_the_sheet(
    issued: Session, workplace: Workplace, stick: Path, language: Language
) -> None:
    (document,) = issued.snapshot.documents.values()

    out = by_usb(issued, workplace, stick)

    pdf = (out.folder / f"{document.number}.pdf").read_bytes()
    names = {path.name for path in out.folder.iterdir()}
    (certificate,) = (name for name in names if name.endswith(".cer"))
    assert hashlib.sha256(pdf).hexdigest() == document.sha256
    assert handed(issued, workplace) == [document.sha256]
    assert out.folder == stick / document.number
    assert set(out.files) == names == {f"{document.number}.pdf", certificate} | NAMES[language]
    assert ("uji-coba" if language is Language.INDONESIAN else "trial") in certificate
    signer = carried((out.folder / certificate).read_bytes())
    assert signer.is_trial
    assert signer.name == "Siti Rahma, S.H."
    assert [path.name for path in stick.iterdir()] == [document.number]


@pytest.mark.parametrize("language", Language, indirect=True)
def test_the_sheet_is_one_page_that_names_hash_signer_and_every_file(
    issued: Session, workplace: Workplace, stick: Path, language: Language
) -> None:
    (document,) = issued.snapshot.documents.values()
    out = by_usb(issued, workplace, stick)
    sheet, told = sorted(NAMES[language])

    pages = read_back((out.folder / sheet).read_bytes()).page_texts
    plain = (out.folder / told).read_bytes().decode()

    assert len(pages) == 1
    printed = "".join(pages[0].split())
    certificate = next(name for name in out.files if name.endswith(".cer"))
    fingerprint = carried((out.folder / certificate).read_bytes()).fingerprint
    for name in (document.number, document.sha256, fingerprint, certificate, "SitiRahma,S.H."):
        assert name in printed
    for name in (*out.files, document.sha256, "certutil", "--trust-trial", "ombudsman.go.id"):
        assert name in plain
    assert "\r\n" in plain


def test_a_signer_of_an_authority_brings_the_pinned_root_instead(
    issued: Session, workplace: Workplace, stick: Path
) -> None:
    """The sheet of the files that `companions` chooses, for a document of another signer."""
    root = Authority("Ombudsman RI Akar Uji").certificate()
    signer = carried(Authority("Siti").certificate().public_bytes(Encoding.DER))

    chosen = tuple(
        check_sheet._beside((signer,), [root.public_bytes(Encoding.PEM)], Language.INDONESIAN)
    )

    assert [(one.file, one.is_root) for one in chosen] == [
        ("sertifikat-akar-ombudsman-ri-akar-uji.cer", True)
    ]
    assert chosen[0].certificate.der == root.public_bytes(Encoding.DER)


@pytest.mark.parametrize("language", Language, indirect=True)
@pytest.mark.parametrize("count", [5, 10])
def test_the_sheet_of_many_signers_is_one_conforming_page(
    issued: Session, workplace: Workplace, language: Language, count: int
) -> None:
    (document,) = issued.snapshot.documents.values()
    someone = carried(Authority("Siti").certificate().public_bytes(Encoding.DER))
    signers = [
        replace(someone, name=f"Siti Rahma Nomor {number}, S.H., M.H.", is_trial=number % 2 == 0)
        for number in range(count)
    ]
    root = Authority("Ombudsman RI Akar Uji").certificate().public_bytes(Encoding.PEM)
    sheet = render_check_page(
        check_sheet._page(
            document,
            signers,
            tuple(check_sheet._beside(signers, [root], language)),
            Words(language, workplace.profile.zone),
            to="Ibu Kepala Dinas Kependudukan dan Pencatatan Sipil",
            at=workplace.store.clock.now(),
        )
    )

    assert len(read_back(sheet).page_texts) == 1
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        assert breaches(sheet, profile) == []


def test_the_sheet_of_a_sample_says_so(issued: Session, workplace: Workplace) -> None:
    (document,) = issued.snapshot.documents.values()

    files = check_sheet.companions(
        document,
        issued_pdf(issued, workplace),
        workplace,
        roots=(),
        to="Budi",
        at=workplace.store.clock.now(),
        language=Language.INDONESIAN,
        sample=True,
    )

    assert "CONTOH" in files["cara-memeriksa.txt"].decode()
    assert "CONTOH" in read_back(files["cara-memeriksa.pdf"]).page_texts[0]


def test_what_is_on_the_stick_already_is_never_touched(
    issued: Session, workplace: Workplace, stick: Path
) -> None:
    (document,) = issued.snapshot.documents.values()
    mine = stick / document.number
    mine.mkdir()
    (mine / "catatan.txt").write_text("milik orang lain")

    first, second = by_usb(issued, workplace, stick), by_usb(issued, workplace, stick)

    assert [path.name for path in mine.iterdir()] == ["catatan.txt"]
    assert first.folder.name == f"{document.number} (2)"
    assert second.folder.name == f"{document.number} (3)"
    assert len(handed(issued, workplace)) == 2


def test_a_folder_that_is_not_there_is_refused(
    issued: Session, workplace: Workplace, tmp_path: Path, stick: Path
) -> None:
    with pytest.raises(IssueProblem) as refused:
        by_usb(issued, workplace, tmp_path / "nowhere")

    assert refused.value.code == "stick_folder_missing"
    assert nothing_came_of_it(issued, workplace, stick)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 48 KB: the document fills it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    assert mounted.returncode == 0, "the tests need root to make a small disk"
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_stick_keeps_nothing_and_nothing_is_recorded(
    issued: Session, workplace: Workplace, disk: Path
) -> None:
    with pytest.raises(StoreProblem) as refused:
        by_usb(issued, workplace, disk)

    assert refused.value.code == "disk_full"
    assert nothing_came_of_it(issued, workplace, disk)


def test_a_stick_that_cannot_be_written_says_so(
    issued: Session, workplace: Workplace, disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

    with pytest.raises(StoreProblem) as refused:
        by_usb(issued, workplace, disk)

    assert refused.value.code == "not_writable"
    assert nothing_came_of_it(issued, workplace, disk)


def test_a_stick_that_is_pulled_out_while_it_is_written_is_told(
    issued: Session, workplace: Workplace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, written = os.fsync, []

    def pulled_out(handle: int) -> None:
        real(handle)
        written.append(handle)
        if len(written) == 1:
            shutil.rmtree(stick)

    with monkeypatch.context() as patched:
        patched.setattr("assessor_app.storage.stick.os.fsync", pulled_out)
        with pytest.raises(StoreProblem) as refused:
            by_usb(issued, workplace, stick)

    assert refused.value.code == "stick_gone"
    assert refused.value.places["path"] == stick
    assert not handed(issued, workplace)


def test_a_stick_that_gives_back_other_bytes_is_refused(
    issued: Session, workplace: Workplace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worn or forged stick takes every write and loses it: here one bit of the document."""

    def forgetful(folder: Path) -> None:
        sync_folder(folder)
        for pdf in folder.glob("BA-*.pdf"):
            spoilt = bytearray(pdf.read_bytes())
            spoilt[len(spoilt) // 2] ^= 1
            pdf.write_bytes(spoilt)

    with monkeypatch.context() as patched:
        patched.setattr("assessor_app.storage.stick.sync_folder", forgetful)
        with pytest.raises(StoreProblem) as refused:
            by_usb(issued, workplace, stick)

    assert refused.value.code == "stick_wrote_otherwise"
    assert nothing_came_of_it(issued, workplace, stick)


def test_where_the_event_cannot_be_kept_the_files_go_again(
    issued: Session, workplace: Workplace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreProblem("disk_full", path="x")

    with monkeypatch.context() as patched:
        patched.setattr(type(workplace.store.log), "append", fail)
        with pytest.raises(StoreProblem):
            by_usb(issued, workplace, stick)

    assert nothing_came_of_it(issued, workplace, stick)


def test_what_was_recorded_stays_on_the_stick_whatever_happens_after_the_commit(
    issued: Session, workplace: Workplace, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = type(workplace.store.log).append

    def interrupted(*given: object) -> None:
        real(*given)  # type: ignore[arg-type]  # the very call
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(type(workplace.store.log), "append", interrupted)
        with pytest.raises(KeyboardInterrupt):
            by_usb(issued, workplace, stick)

    assert len(handed(issued, workplace)) == 1
    assert len(list(stick.iterdir())) == 1
