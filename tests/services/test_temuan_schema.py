"""The published schema of temuan.json says what a record is: no less, and no more."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.conftest import CountingIds, SteppingClock, begin
from tests.services import offered
from tests.services.walking import walk_kinds
from tests.visiting import PASSPHRASE, QUICK, answer, record

from assessor_app.compose import Application
from assessor_app.domain.annotation import Annotation, Shape, Spot
from assessor_app.domain.components import Component
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource, Place
from assessor_app.domain.redaction import Box, Layer, Why
from assessor_app.domain.visit import Capacity, Declaration, Outcome, Receiver, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.editing import About
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.report.content import compose
from assessor_app.services.report.parties import Role, alone
from assessor_app.services.report.record import DocumentKind, Imprint, Signer, Superseded
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.texts import Language

SCHEMA = Path(__file__).parents[2] / "docs" / "temuan.schema.json"
Records = dict[str, tuple[Any, Any]]


@cache
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


@cache
def validator(part: str = "") -> Draft202012Validator:
    """Of the whole schema, or of one of its parts."""
    whole = schema()
    if not part:
        return Draft202012Validator(whole)
    chosen = {"$defs": whole["$defs"], "$ref": f"#/$defs/{part}"}
    return Draft202012Validator({"$schema": whole["$schema"], **chosen})


def faults(value: Any, part: str = "") -> list[str]:
    found = validator(part).iter_errors(value)
    return [f"{one.json_path}: {one.message[:200]}" for one in found]


def lean(value: Any) -> Any:
    """The same with one of each form in every list: each change is a validation of the whole."""
    if isinstance(value, dict):
        return {name: lean(inner) for name, inner in value.items()}
    if not isinstance(value, list):
        return value
    return list({_form(one): lean(one) for one in reversed(value)}.values())[::-1]


def _form(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(["{", *(f"{name}:{_form(value[name])}" for name in sorted(value)), "}"])
    if isinstance(value, list):
        return " ".join(["[", *sorted({_form(one) for one in value}), "]"])
    return type(value).__name__


def made(session: Session, workplace: Workplace, kind: DocumentKind) -> tuple[Any, Any]:
    """The embedded and the full record of a document, parsed."""
    imprint = Imprint(
        "T-2026-1-R2",
        2,
        kind,
        "id",
        SteppingClock().moment,
        (Signer("Siti", "ab" * 32, "TTD_Asesor1", Role.LEAD),),
        **named(kind),
    )
    words = Words(Language.INDONESIAN, workplace.profile.zone)
    composed = compose(session.seen(), workplace, imprint, words, parties=alone(workplace.profile))
    assert composed.record is not None
    return json.loads(composed.record), json.loads(composed.full_record)


def named(kind: DocumentKind) -> dict[str, Any]:
    """What an imprint says of the document before it: what it replaces and why, or adds to."""
    before = Superseded("T-2026-1-R1", "cd" * 32)
    if kind is DocumentKind.ADDENDUM:
        return {"adds_to": before, "statement": "hubungi 0812-3456-7890"}
    return {"supersedes": before, "because": "hubungi 0812-3456-7890"}


@pytest.fixture(scope="module")
def records(enrolled: Path, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Records:
    """A visit of every kind of answer and evidence; one just begun; minutes of one that paused."""
    folder = tmp_path_factory.mktemp("schema")
    home = shutil.copytree(enrolled, folder / "home")
    application = Application(home, SteppingClock(), CountingIds(count=900), library, QUICK)
    workplace = application.unlock(PASSPHRASE)

    def opened(name: str) -> Session:
        instrument = library.get(name)
        return open_session(workplace.store, begin(workplace, instrument, library), library)

    empty, full, minutes = opened("2015-pemda"), opened("kinds"), opened("unweighted")
    fill(full, workplace, folder)
    pause(minutes, workplace)
    found = {
        "empty": made(empty, workplace, DocumentKind.FINDINGS),
        "full": made(full, workplace, DocumentKind.FINDINGS),
        "minutes": made(minutes, workplace, DocumentKind.MINUTES),
        "addendum": made(full, workplace, DocumentKind.ADDENDUM),
        "follow_up": made(followed(full, workplace, library), workplace, DocumentKind.FINDINGS),
    }
    workplace.store.close()
    return found


def try_channels(session: Session, proof: str, *, note: str) -> None:
    """A channel of the unit's that was tried, one that is none, and a service that was timed."""
    product = next(iter(session.snapshot.products.values()), None)
    tried: dict[str, object] = {
        "channel": "phone",
        "address": "0911-352123",
        "indicator": "K-08",
        "product": product,
        "way": "called",
        "result": "answered",
        "answered_after_s": 40,
        "proof": [proof],
        "note": note,
    }
    session.record_trial(tried, zone=UTC)
    session.record_trial({"channel": "phone", "address": "112"}, zone=UTC)
    measured: dict[str, object] = {
        "indicator": "K-08",
        "product": product,
        "started_at": "2026-11-21T09:00:00+09:00",
        "seconds": 300,
        "what": note,
        "note": note,
    }
    session.record_timing(measured, zone=UTC)


def fill(session: Session, workplace: Workplace, folder: Path) -> None:
    """All that can stand in a record, and something personal in every text."""
    walk_kinds(session, folder)
    phone = "hubungi 0812-3456-7890"
    seen = {"observed_at": "2026-11-21T09:00:00+09:00", "note": phone}
    paper = {
        "document": {"kind": "SK", "date": "2024-01-02", "signatory": "X", "where_seen": "shown"}
    }
    record(session, {"indicator": "K-02", "side": "practice", "answer": "partial", **seen})
    record(session, {"indicator": "K-02", "side": "paperwork", "answer": "present", **paper})
    why = {"not_assessed_reason": phone}
    record(session, {"indicator": "K-10", "side": "practice", "respondent": "P-1", **why})
    record(session, {"indicator": "K-08", "side": "practice", **why})
    record(session, {"indicator": "K-06", "side": "practice", "not_applicable_reason": phone})
    for data in (offered.pdf("A", "B"), offered.recording("clip.mp4")):
        taken = take_in_bytes(data, name="berkas", zone=workplace.profile.zone)
        source = EvidenceSource.FILE
        session.attach("K-01", Side.PRACTICE, taken, source=source, caption=phone)
    photo = next(one for one in session.snapshot.evidence.values() if one.pages is None)
    session.redact(photo.id, [Layer(1, Box(0, 0, 500, 500), Why.HEALTH)])
    placed = take_in_bytes(offered.heic(offered.marked()), name="foto", zone=workplace.profile.zone)
    placed = replace(placed, place=Place("-3.695400", "128.181400"))
    about = About(
        file_name="DCIM/siti.heic",
        url="https://contoh.go.id/?tel=0812-3456-7890",
        seen_at=workplace.store.clock.now(),
        components=(Component.FEE,),
    )
    session.attach("K-01", Side.PRACTICE, placed, source=EvidenceSource.CAMERA, about=about)
    signs = (
        Annotation(1, Shape.ARROW, (Spot(0, 0), Spot(900, 900))),
        Annotation(1, Shape.TEXT, (Spot(100, 100),), text=phone),
    )
    session.annotate(photo.id, signs)
    document = next(one for one in session.snapshot.evidence.values() if one.pages == 2)
    session.edit_evidence(document.id, page=2)
    try_channels(session, document.id, note=phone)
    finding = session.findings()[0]
    session.edit_finding(finding.id, {"wording": phone, "advice": "Pasang.", "owner": "Kepala"})
    session.record_receiver(
        Receiver(
            *(Declaration.RECEIVED, "Budi", "1976", "Kepala", Capacity.PLT, phone),
            said_by="Budi",
            said_at=workplace.store.clock.now(),
        )
    )
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.COMPLETED, departure=now)


def followed(before: Session, workplace: Workplace, library: Library) -> Session:
    """A follow-up of a visit, one indicator more than what was found."""
    seen = before.snapshot.visit
    new = NewVisit(
        institution=seen.institution,
        unit=seen.unit,
        object_type=seen.object_type,
        kind=VisitKind.FOLLOW_UP,
        arrival=workplace.store.clock.now(),
        team=[workplace.profile.name],
        predecessor=seen.id,
    )
    visit = start_visit(workplace.store, new, before.instrument, library=library)
    session = open_session(workplace.store, visit, library)
    session.follow_also("K-13")
    return session


def pause(session: Session, workplace: Workplace) -> None:
    now = workplace.store.clock.now
    session.pause("Listrik padam, 0812-3456-7890", at=now())
    session.resume(at=now())
    answer(session, "U-01", "practice", "present")
    session.record_receiver(Receiver(Declaration.REFUSED, reason="Tidak berwenang"))
    account = "Dihentikan. Saksi: sari@contoh.id"
    close_visit(session, workplace, Outcome.STOPPED, departure=now(), account=account)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", ["empty", "full", "minutes", "addendum", "follow_up"])
def test_every_record_is_valid_as_it_is_handed_out_and_as_it_is_sealed(
    records: Records, name: str
) -> None:
    embedded, full = records[name]

    assert faults(embedded) == []
    assert faults(full, "full_record") == []


def objects(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every object in a value, with its way; what stands in a list once for each."""
    if isinstance(value, dict):
        yield path, value
        for name, inner in value.items():
            yield from objects(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from objects(inner, (*path, number))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        value = value[name]
    return value


def kinds_of(found: Iterator[tuple[tuple[Any, ...], Any]]) -> list[tuple[Any, ...]]:
    """One object of each kind: by its way without the numbers, and its names."""
    seen: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for path, value in found:
        plain = tuple(one for one in path if not isinstance(one, int))
        seen.setdefault((plain, tuple(sorted(value))), path)
    return list(seen.values())


@pytest.mark.parametrize("name", ["full", "minutes", "addendum", "follow_up"])
def test_no_object_takes_a_name_that_the_schema_does_not_know(records: Records, name: str) -> None:
    embedded = lean(records[name][0])

    for path in kinds_of(objects(embedded)):
        if path[-1:] == ("answers",):  # its names are the answers themselves
            continue
        one = at(embedded, path)
        one["unknown"] = "x"
        assert not validator().is_valid(embedded), path
        del one["unknown"]


def test_every_value_has_its_kind(records: Records) -> None:
    """Nothing is left open: a value of another kind is refused wherever it stands."""
    embedded = lean(records["full"][0])

    for path in kinds_of(objects(embedded)):
        one = at(embedded, path)
        for name in list(one):
            kept = one[name]
            one[name] = 1.5
            assert not validator().is_valid(embedded), (*path, name)
            one[name] = kept


def test_what_the_record_always_has_is_required(records: Records) -> None:
    """In every object: what stands in each of its kind in all records cannot be taken away."""
    always: dict[tuple[Any, ...], set[str]] = {}
    for embedded, _ in records.values():
        for path, value in objects(embedded):
            if value.keys() == {"left_out"}:
                continue
            plain = tuple(one for one in path if not isinstance(one, int))
            always.setdefault(plain, set(value)).intersection_update(value)
    embedded = lean(records["full"][0])
    optional = {
        "supersedes",
        "because",
        "answers",
    }  # not of a first revision, nor of answers in own words

    for path in kinds_of(objects(embedded)):
        plain = tuple(one for one in path if not isinstance(one, int))
        if plain[-1:] in {("answers",), ("scores",)} or "document" in plain[1:]:
            continue
        one = at(embedded, path)
        if one.keys() == {"left_out"}:
            continue
        for name in sorted(always[plain] - optional):
            if path and path[0] == "findings" and plain[-1] in ("wording", "advice"):
                continue
            kept = one.pop(name)
            assert not validator().is_valid(embedded), (*path, name)
            one[name] = kept


def test_every_name_of_the_schema_occurs_in_a_record(records: Records) -> None:
    """What no record has would be a promise that nobody keeps."""
    known = {
        name
        for part, one in schema()["$defs"].items()
        for _, value in objects(one)
        if "properties" in value
        for name in value["properties"]
        if part != "full_record"
    }
    told = {
        name
        for pair in records.values()
        for one in pair
        for _, value in objects(one)
        for name in value
    }

    signed_otherwise = {
        "handwriting_sha256",
        "certificate",
        "signs",
    }  # tests/services/test_receivers
    assert known - told - signed_otherwise == set()


def test_every_text_that_may_be_personal_may_be_left_out(records: Records) -> None:
    left = {
        path[-1]
        for embedded, _ in records.values()
        for path, value in objects(embedded)
        if value.keys() == {"left_out"}
    }

    assert left >= {
        "note",
        "not_assessed_reason",
        "not_applicable_reason",
        "caption",
        "place",
        "wording",
        "response",
        "account",
        "why",
    }


def test_a_record_of_another_version_is_not_valid(records: Records) -> None:
    embedded = {**records["empty"][0], "v": 1}

    assert faults(embedded)


def test_an_addendum_has_its_statement_and_names_what_it_adds_to(records: Records) -> None:
    embedded = lean(records["addendum"][0])

    assert set(embedded["document"]["statement"]) == {"left_out"}
    for name in ("adds_to", "statement"):
        kept = embedded["document"].pop(name)
        assert not validator().is_valid(embedded), name
        embedded["document"][name] = kept
