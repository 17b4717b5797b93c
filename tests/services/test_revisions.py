"""A visit that was reopened: its next document names the one that it takes the place of."""

import json
from datetime import UTC
from pathlib import Path

import pytest
from tests.visiting import LATER, SIGNING_PASSPHRASE, complete

from assessor_app.domain.event import EventKind
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import Outcome, VisitState
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import ReadBack, read_back
from assessor_app.services import steps
from assessor_app.services.awaited import AWAITED
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.issuing import Issued, issue, signing_identity
from assessor_app.services.preview import preview
from assessor_app.services.session import Session, open_session
from assessor_app.services.verifying import explain, verify
from assessor_app.services.visits import close_visit
from assessor_app.storage.log import Draft
from assessor_app.texts import Language


def issued(session: Session, workplace: Workplace, out: Path) -> Issued:
    now = workplace.store.clock.now()
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    return issue(session, workplace, identity, out=out, language=Language.INDONESIAN)


def reopened(session: Session, workplace: Workplace, library: Library) -> Session:
    """As headquarters does it: after issue no assessor can."""
    values = steps.reopened(session.snapshot, at=workplace.store.clock.now())
    values["visit", "state"] = VisitState.OPEN.value
    draft = Draft(session.visit_id, EventKind.REOPENED, values, reason="keberatan diterima")
    workplace.store.log.append(draft)
    return open_session(workplace.store, session.visit_id, library)


def changed(session: Session, answer: str) -> None:
    given = {"indicator": "P15-06", "side": "practice", "answer": answer, "reason": "dicek ulang"}
    entry = entry_from(given, zone=UTC, now=LATER)
    session.record(entry, reason=entry.reason)


def text(content: ReadBack) -> str:
    return "".join("".join(page.split()) for page in content.page_texts)


def supersedes(content: ReadBack) -> object:
    return json.loads(content.attachments[0].data)["document"].get("supersedes")


def test_each_revision_supersedes_the_one_before_by_number_and_hash(
    session: Session, workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    first = issued(session, workplace, tmp_path / "r1.pdf")
    session = reopened(session, workplace, library)
    changed(session, "present")
    draft = read_back(preview(session, workplace, Language.INDONESIAN))
    now = workplace.store.clock.now
    close_visit(session, workplace, Outcome.COMPLETED, departure=now())
    second = issued(session, workplace, tmp_path / "r2.pdf")
    session = reopened(session, workplace, library)
    close_visit(session, workplace, Outcome.INTERRUPTED, departure=now(), account="listrik padam")
    third = issued(session, workplace, tmp_path / "r3.pdf")

    contents = [read_back(one.path.read_bytes()) for one in (first, second, third)]
    assert supersedes(contents[0]) is None
    assert supersedes(contents[1]) == {"number": first.number, "sha256": first.sha256}
    assert supersedes(contents[2]) == {"number": second.number, "sha256": second.sha256}
    assert "Menggantikan" not in text(contents[0])
    for content, before in ((contents[1], first), (contents[2], second)):
        assert f"Menggantikan{before.number}" in text(content)
        assert before.sha256 in text(content)
    assert f"Menggantikan{first.number}" in text(draft)
    assert [one.number[-2:] for one in (first, second, third)] == ["R1", "R2", "R3"]
    known = session.snapshot.documents.values()
    assert [one.revision for one in known] == [1, 2, 3]
    told = [
        explain(verify(one.path.read_bytes(), roots=(), trust_trial=True), Language.ENGLISH)
        for one in (first, second, third)
    ]
    assert not any("supersedes" in line for line in told[0])
    assert any(f"supersedes document {first.number}" in line for line in told[1])
    assert any(second.sha256 in line for line in told[2])
    assert all("VALID" in lines[0] for lines in told)


def test_findings_wait_for_evidence_that_is_not_here_yet(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    evidence = next(iter(session.snapshot.evidence))
    values = {(f"file/{evidence}", AWAITED): True}
    workplace.store.log.append(Draft("store", EventKind.IMPORTED, values))

    with pytest.raises(VisitRefused) as refused:
        issued(session, workplace, tmp_path / "r1.pdf")

    assert refused.value.code == "evidence_awaited"
    assert refused.value.places["count"] == 1
    assert not (tmp_path / "r1.pdf").exists()
