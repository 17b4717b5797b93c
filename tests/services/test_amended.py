"""A receiver who changes their mind after issue: a new document that supersedes, no new answers."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.conftest import SteppingClock
from tests.services.issued_home import with_minutes
from tests.visiting import SIGNING_PASSPHRASE, answer

from assessor_app.domain.event import EventKind
from assessor_app.domain.problem import Problem, VisitRefused
from assessor_app.domain.visit import Declaration, HandoverWay, Receiver, VisitState
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import read_back
from assessor_app.services.enrolment import Workplace
from assessor_app.services.handing_over import hand_over
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.receiving import fix_receiver
from assessor_app.services.session import Session, open_session
from assessor_app.services.verifying import Standing, verify
from assessor_app.texts import Language

NOW_RECEIVED = Receiver(Declaration.RECEIVED, "Budi Santoso")
WHY = "Kepala dinas kembali dan menerima dokumen"


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, enrolled: Path, library: Library
) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("issued") / "home"
    return home, with_minutes(enrolled, home, library)


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "home"))


@pytest.fixture
def issued(workplace: Workplace, made: tuple[Path, str], library: Library) -> Session:
    return open_session(workplace.store, made[1], library)


def test_the_next_document_names_the_one_that_it_supersedes(
    issued: Session, workplace: Workplace, tmp_path: Path
) -> None:
    (first,) = issued.snapshot.documents.values()
    now = workplace.store.clock.now()
    hand_over(issued, workplace, to="Satpam", way=HandoverWay.PRINT, at=now)

    fix_receiver(issued, workplace, NOW_RECEIVED, amends=WHY)
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    out = tmp_path / "r2.pdf"
    done = issue(issued, workplace, identity, out=out, language=Language.INDONESIAN)

    content = read_back(out.read_bytes())
    document = json.loads(content.attachments[0].data)["document"]
    second = issued.snapshot.latest_document
    assert second is not None
    assert document["supersedes"] == {"number": first.number, "sha256": first.sha256}
    assert (second.revision, second.predecessor) == (2, first.id)
    assert done.number.endswith("-R2")
    printed = "".join("".join(page.split()) for page in content.page_texts)
    assert f"Menggantikan{first.number}" in printed
    assert first.sha256 in printed
    assert "BudiSantoso" in printed
    verdict = verify(out.read_bytes(), roots=(), trust_trial=True)
    assert verdict.standing is Standing.VALID


def test_an_amendment_opens_nothing_but_the_receiver(issued: Session, workplace: Workplace) -> None:
    done = fix_receiver(issued, workplace, NOW_RECEIVED, amends=WHY)

    (event,) = (
        link.event
        for link in workplace.store.log.stored(issued.visit_id)
        if link.event.id == done.event
    )
    assert (event.kind, event.reason) == (EventKind.RECEIVER_RECORDED, WHY)
    assert issued.snapshot.visit.state is VisitState.CLOSED
    assert issued.snapshot.receiver == NOW_RECEIVED
    with pytest.raises(Problem) as no_answer:
        answer(issued, "P15-06", "practice", "present")
    with pytest.raises(VisitRefused) as no_reopening:
        issued.reopen("ingin mengubah jawaban", at=workplace.store.clock.now())
    assert no_answer.value.code == "visit_not_answerable"
    assert no_reopening.value.code == "reopened_by_headquarters"


@pytest.mark.parametrize(("amends", "code"), [(None, "receiver_fixed"), ("  ", "reason_missing")])
def test_after_issue_the_receiver_changes_only_with_a_reason(
    issued: Session, workplace: Workplace, amends: str | None, code: str
) -> None:
    with pytest.raises(VisitRefused) as refused:
        fix_receiver(issued, workplace, NOW_RECEIVED, amends=amends)

    assert refused.value.code == code
    assert issued.snapshot.visit.state is VisitState.ISSUED
    issued.void("Salah kantor")
    with pytest.raises(VisitRefused) as void:
        fix_receiver(issued, workplace, NOW_RECEIVED, amends=WHY)
    assert void.value.code == "receiver_fixed"
