"""The documents of one visit: findings and minutes side by side, and addenda to them."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import CountingIds, SteppingClock, begin
from tests.services.issued_home import with_minutes
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE, answer, complete

from assessor_app.compose import Application
from assessor_app.domain.documents import Addendum, DocumentKind, due
from assessor_app.domain.event import EventKind
from assessor_app.domain.problem import Problem, VisitRefused
from assessor_app.domain.visit import Declaration, Document, HandoverWay, Receiver, VisitState
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import ReadBack, read_back
from assessor_app.services.documents import Issued, require_document, write_again, write_copy
from assessor_app.services.enrolment import Workplace
from assessor_app.services.handing_over import hand_over, hand_over_by_usb
from assessor_app.services.issuing import issue, require_issuable, signing_identity
from assessor_app.services.preview import preview
from assessor_app.services.receiving import fix_receiver
from assessor_app.services.session import Session, open_session
from assessor_app.services.verifying import Standing, explain, verify
from assessor_app.texts import Language

FINDINGS, MINUTES = DocumentKind.FINDINGS, DocumentKind.MINUTES
WHY = "kepala dinas kembali dan menerima dokumen"
STATED = (
    "Loket disabilitas dibuka lagi pada 24 November 2026.\nHubungi [[Ibu Sari]] 0812-3456-7890."
)


@dataclass(frozen=True, slots=True)
class Made:
    """A completed visit whose minutes were issued first, then its findings and an addendum."""

    home: Path
    visit: str
    minutes: Issued
    findings: Issued
    addendum: Issued

    def all(self) -> tuple[Issued, ...]:
        return (self.minutes, self.findings, self.addendum)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, enrolled: Path, library: Library) -> Made:
    folder = tmp_path_factory.mktemp("documents")
    home = Path(shutil.copytree(enrolled, folder / "home"))
    workplace = Application(home, SteppingClock(), CountingIds(count=500), library, QUICK).unlock(
        PASSPHRASE
    )
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    complete(session, workplace, folder)
    minutes = issued(session, workplace, folder / "minutes.pdf", kind=MINUTES)
    now = workplace.store.clock.now()
    hand_over(session, workplace, to="Kepala Dinas", way=HandoverWay.PRINT, at=now)
    findings = issued(session, workplace, folder / "findings.pdf")
    addendum = issued(session, workplace, folder / "addendum.pdf", addendum=Addendum(STATED))
    workplace.store.close()
    return Made(home, visit, minutes, findings, addendum)


@pytest.fixture
def home(made: Made, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.home, tmp_path / "home"))


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.fixture
def visit(workplace: Workplace, made: Made, library: Library) -> Session:
    return open_session(workplace.store, made.visit, library)


def issued(
    session: Session,
    workplace: Workplace,
    out: Path,
    *,
    kind: DocumentKind | None = None,
    addendum: Addendum | None = None,
) -> Issued:
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=workplace.store.clock.now())
    return issue(
        session,
        workplace,
        identity,
        out=out,
        language=Language.INDONESIAN,
        kind=kind,
        addendum=addendum,
    )


def content(one: Issued) -> ReadBack:
    return read_back(one.path.read_bytes())


def text(read: ReadBack) -> str:
    return "".join("".join(page.split()) for page in read.page_texts)


def told(one: Issued) -> dict[str, object]:
    document: dict[str, object] = json.loads(content(one).attachments[0].data)["document"]
    return document


def by_kind(session: Session, kind: DocumentKind) -> Document:
    (found,) = (one for one in session.snapshot.documents.values() if one.kind == kind)
    return found


def test_findings_stand_beside_minutes_and_neither_is_a_revision_of_the_other(
    made: Made, visit: Session
) -> None:
    known = visit.snapshot.documents.values()

    assert [one.number.split("-")[0] for one in known] == ["BA", "T", "AD"]
    assert made.minutes.number.endswith("-R1")
    assert made.findings.number.endswith("-R1")
    assert [one.round for one in known] == [1, 1, 1]
    for one in (made.minutes, made.findings):
        assert "supersedes" not in told(one)
        assert "Menggantikan" not in text(content(one))
    for one in made.all():
        verdict = verify(one.path.read_bytes(), roots=(), trust_trial=True)
        assert verdict.standing is Standing.VALID


def test_a_further_document_takes_the_visit_nowhere_and_opens_no_answer(
    visit: Session, workplace: Workplace
) -> None:
    assert visit.snapshot.visit.state is VisitState.HANDED_OVER
    kinds = [link.event.kind for link in workplace.store.log.stored(visit.visit_id)][-4:]
    assert kinds == [
        EventKind.ISSUED,
        EventKind.HANDED_OVER,
        EventKind.ISSUED,
        EventKind.ISSUED,
    ]
    with pytest.raises(Problem) as refused:
        answer(visit, "P15-06", "practice", "present")
    assert refused.value.code == "visit_not_answerable"


def test_what_was_issued_once_is_written_again_and_not_made_again(
    made: Made, visit: Session, workplace: Workplace, tmp_path: Path
) -> None:
    again = write_again(visit, workplace, tmp_path / "t.pdf")
    short = write_again(visit, workplace, tmp_path / "ba.pdf", kind=MINUTES)
    added = write_copy(
        visit, workplace, by_kind(visit, DocumentKind.ADDENDUM), out=tmp_path / "ad.pdf"
    )

    assert again is not None
    assert short is not None
    assert [one.sha256 for one in (short, again, added)] == [one.sha256 for one in made.all()]
    assert (tmp_path / "ba.pdf").read_bytes() == made.minutes.path.read_bytes()
    assert due(visit.snapshot) == (DocumentKind.ADDENDUM,)
    with pytest.raises(VisitRefused) as refused:
        require_issuable(visit, tmp_path / "x.pdf", kind=MINUTES)
    assert refused.value.code == "issued_already"
    assert refused.value.places["number"] == made.minutes.number


def test_an_addendum_names_what_it_adds_to_and_states_it_whole(made: Made, visit: Session) -> None:
    read, document = content(made.addendum), told(made.addendum)
    known = by_kind(visit, DocumentKind.ADDENDUM)

    assert document["adds_to"] == {
        "number": made.findings.number,
        "sha256": made.findings.sha256,
    }
    assert "supersedes" not in document
    assert known.predecessor == by_kind(visit, FINDINGS).id
    printed = text(read)
    assert made.findings.sha256 in printed
    assert "Loketdisabilitasdibukalagipada24November2026." in printed
    record = json.loads(read.attachments[0].data)
    held = ("indicators", "findings", "evidence", "respondents", "sessions")
    assert all(record[name] == [] for name in held)
    assert record["scores"] == {}
    lines = explain(
        verify(made.addendum.path.read_bytes(), roots=(), trust_trial=True), Language.ENGLISH
    )
    assert any(f"adds to document {made.findings.number}" in line for line in lines)


def test_what_an_addendum_says_of_persons_is_covered_and_provable(
    made: Made, visit: Session, workplace: Workplace
) -> None:
    record = json.loads(content(made.addendum).attachments[0].data)
    sealed = [
        one
        for one in workplace.store.log.vault_files(visit.visit_id).values()
        if one.sha256 == record["full_record"]["sha256"]
    ]

    assert "Sari" not in text(content(made.addendum))
    assert "0812" not in text(content(made.addendum))
    assert set(record["document"]["statement"]) == {"left_out"}
    assert len(sealed) == 1


@pytest.mark.parametrize(
    ("statement", "code"), [("", "addendum_empty"), (" \n ", "addendum_empty")]
)
def test_an_addendum_states_something(
    visit: Session, tmp_path: Path, statement: str, code: str
) -> None:
    with pytest.raises(VisitRefused) as refused:
        require_issuable(visit, tmp_path / "a.pdf", addendum=Addendum(statement))

    assert refused.value.code == code


def test_an_addendum_needs_a_document_that_stands(
    visit: Session, workplace: Workplace, tmp_path: Path, library: Library
) -> None:
    other = begin(workplace, library.get("2015-pemda"), library)
    open_one = open_session(workplace.store, other, library)
    first = by_kind(visit, MINUTES)
    added = by_kind(visit, DocumentKind.ADDENDUM)

    assert refusal(open_one, tmp_path, Addendum("x")) == "addendum_without_document"
    assert refusal(visit, tmp_path, Addendum("x", to=added)) == "addendum_to_addendum"
    assert refusal(visit, tmp_path, Addendum("x", to=first)) == ""
    with pytest.raises(VisitRefused) as without:
        require_issuable(visit, tmp_path / "x.pdf", kind=DocumentKind.ADDENDUM)
    assert without.value.code == "addendum_empty"

    fix_receiver(visit, workplace, Receiver(Declaration.RECEIVED, "Budi"), amends=WHY)
    assert refusal(visit, tmp_path, Addendum("x")) == "addendum_without_document"
    second = issued(visit, workplace, tmp_path / "ba2.pdf", kind=MINUTES)
    assert refusal(visit, tmp_path, Addendum("x", to=first)) == "addendum_to_replaced"
    visit.void("salah kantor")
    assert refusal(visit, tmp_path, Addendum("x")) == "already_void"
    with pytest.raises(VisitRefused):
        write_copy(visit, workplace, first, out=tmp_path / "y.pdf")
    assert second.number.endswith("-R2")


def refusal(session: Session, folder: Path, addendum: Addendum) -> str:
    try:
        require_issuable(session, folder / "none.pdf", addendum=addendum)
    except VisitRefused as refused:
        return refused.code
    return ""


def test_after_a_change_of_mind_each_kind_supersedes_its_own_and_says_why(
    made: Made, visit: Session, workplace: Workplace, tmp_path: Path
) -> None:
    fix_receiver(visit, workplace, Receiver(Declaration.RECEIVED, "Budi"), amends=WHY)
    draft = read_back(preview(visit, workplace, Language.INDONESIAN, kind=MINUTES))

    short = issued(visit, workplace, tmp_path / "ba2.pdf", kind=MINUTES)
    whole = issued(visit, workplace, tmp_path / "t2.pdf")

    why = "".join(WHY.split())
    for new, before in ((short, made.minutes), (whole, made.findings)):
        assert new.number == before.number.replace("-R1", "-R2")
        assert told(new)["supersedes"] == {"number": before.number, "sha256": before.sha256}
        assert told(new)["because"] == WHY
        assert f"Menggantikan{before.number}karena:{why}" in text(content(new))
        verdict = verify(new.path.read_bytes(), roots=(), trust_trial=True)
        assert verdict.standing is Standing.VALID
    assert f"Menggantikan{made.minutes.number}karena:{why}" in text(draft)
    assert visit.snapshot.visit.state is VisitState.ISSUED


def test_each_document_is_handed_over_by_its_number(
    made: Made, visit: Session, workplace: Workplace, tmp_path: Path
) -> None:
    now = workplace.store.clock.now()
    findings = require_document(visit, made.findings.number.lower())

    out = hand_over_by_usb(
        visit, workplace, to="Ibu", at=now, onto=tmp_path, roots=(), document=findings
    )
    hand_over(visit, workplace, to="Ibu", way=HandoverWay.EMAIL, at=now)

    assert out.folder.name == made.findings.number
    (written,) = out.folder.glob("T-*.pdf")
    assert hashlib.sha256(written.read_bytes()).hexdigest() == made.findings.sha256
    heads = workplace.store.log.heads(visit.visit_id)
    shown = [found[-1].value for (_, field), found in heads.items() if field == "hash_shown"]
    assert shown == [made.minutes.sha256, made.findings.sha256, made.addendum.sha256]
    with pytest.raises(VisitRefused) as refused:
        require_document(visit, "T-2026-X-R9")
    assert refused.value.code == "document_unknown"
    assert made.findings.number in str(refused.value.places["known"])


def test_of_a_visit_that_ended_otherwise_there_are_minutes_and_addenda_only(
    enrolled: Path, library: Library, tmp_path: Path
) -> None:
    home = tmp_path / "closed" / "home"
    home.parent.mkdir()
    visit = with_minutes(enrolled, home, library)
    application = Application(home, SteppingClock(), CountingIds(count=900), library, QUICK)
    workplace = application.unlock(PASSPHRASE)
    session = open_session(workplace.store, visit, library)

    assert due(session.snapshot) == (DocumentKind.ADDENDUM,)
    with pytest.raises(VisitRefused) as refused:
        require_issuable(session, tmp_path / "t.pdf", kind=FINDINGS)
    assert refused.value.code == "findings_of_completed_only"
    draft = read_back(
        preview(session, workplace, Language.ENGLISH, addendum=Addendum("The door was opened."))
    )
    assert "Thedoorwasopened." in text(draft)
    assert "Addendum" in text(draft)
    workplace.store.close()
