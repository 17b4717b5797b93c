"""The office gets a record with leaves left out; what is sealed can be proven to be the same."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.conftest import CountingIds, SteppingClock, begin
from tests.exchanging import desks_in
from tests.services import offered
from tests.services.walking import close, walk_kinds
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE, photo_file, record

from assessor_app.compose import Application
from assessor_app.domain.event import EventKind, canonical
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.problem import IssueProblem, StoreProblem
from assessor_app.domain.redaction import Box, Layer, Why
from assessor_app.domain.visit import Declaration, Receiver
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import Attachment, read_back
from assessor_app.services import issuing
from assessor_app.services.disclosing import (
    FaultKind,
    Proof,
    prove,
    prove_by_bundle,
    prove_document,
)
from assessor_app.services.embedded_record import find_record
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.intake import take_in
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.full_record import Kept, kept_record
from assessor_app.services.people import Person, keep_person
from assessor_app.services.report.content import compose
from assessor_app.services.report.for_office import (
    covered_text,
    for_office,
    imprint_for_office,
    kept_names,
    personal_texts,
)
from assessor_app.services.report.leaving_out import leaf_hash, salt_of
from assessor_app.services.report.parties import alone
from assessor_app.services.report.record import DocumentKind, Imprint
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session, open_session
from assessor_app.storage.log import Draft
from assessor_app.storage.vault import Form
from assessor_app.texts import Language

SPOKEN = "disampaikan lisan"
PHONE, NIK, NAME = "0812-3456-7890", "3174012345678901", "Sari Dewi"
SECRETS = (PHONE, NIK, NAME, "Menyebut dua komponen", "anaknya sakit")
Edit = Callable[[Any], object]


@dataclass(frozen=True)
class Told:
    """A visit that holds personal data, issued and exported."""

    home: Path
    visit: str
    pdf: bytes
    bundle: Path
    embedded: bytes
    full: bytes


def walk(session: Session, workplace: Workplace, folder: Path) -> None:
    """Every kind of answer, and personal data wherever an assessor can write some."""
    walk_kinds(session, folder)
    heard = {"indicator": "K-10", "side": "practice", "respondent": "P-1", "answer": "2"}
    record(session, {**heard, "note": "Menyebut dua komponen"})
    user = {"indicator": "K-11", "side": "practice", "respondent": "U-1", "answer": "5"}
    record(session, {**user, "note": f"anaknya sakit, {NIK}"})
    note = f"Hubungi Bu Sari di {PHONE}; kantor buka 07.30-15.00"
    record(session, {"indicator": "K-03", "side": "practice", "answer": "quarterly", "note": note})
    written = f"Antrean Pro 2, pemasang {NAME}"
    record(session, {"indicator": "K-13", "side": "practice", "answer": written})
    keep_person(workplace, session.visit_id, pseudonym="U-1", person=Person(NAME, PHONE))
    for item in session.snapshot.evidence.values():
        session.redact(item.id, [Layer(1, Box(0, 0, 5000, 5000), Why.FACE)])


@pytest.fixture(scope="module")
def told(enrolled: Path, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("disclosed")
    home = Path(shutil.copytree(enrolled, folder / "home"))
    workplace = opened(home, library)
    visit = begin(workplace, library.get("kinds"), library)
    session = open_session(workplace.store, visit, library)
    walk(session, workplace, folder)
    close(session, workplace)
    now = workplace.store.clock.now()
    identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    out = folder / "temuan.pdf"
    issuing.issue(session, workplace, identity, out=out, language=Language.INDONESIAN)
    bundle = folder / "a.visit"
    export_visit(workplace, visit, bundle, library=library, passphrase=SPOKEN, cost=QUICK)
    (file,) = [
        one
        for one in workplace.store.log.vault_files(visit).values()
        if one.entity.startswith("record/")
    ]
    full = workplace.store.vault.get(file.id, Form.RECORD)
    workplace.store.close()
    pdf = out.read_bytes()
    (attachment,) = read_back(pdf).attachments
    return Told(home, visit, pdf, bundle, attachment.data, full)


def opened(home: Path, library: Library) -> Workplace:
    return Application(home, SteppingClock(), CountingIds(count=5000), library, QUICK).unlock(
        PASSPHRASE
    )


@pytest.fixture
def here(told: Told, library: Library) -> Iterator[Workplace]:
    """The store that issued it."""
    workplace = opened(told.home, library)
    yield workplace
    workplace.store.close()


def indicator(record_: Any, code: str) -> Any:
    return next(one for one in record_["indicators"] if one["code"] == code)


def pages(told: Told) -> str:
    return " ".join(" ".join(read_back(told.pdf).page_texts).split())


def test_nothing_personal_stands_in_the_document_or_its_record(told: Told) -> None:
    text = pages(told)
    for secret in (*SECRETS, "Bu Sari"):
        assert secret not in text, secret
        assert secret.encode() not in told.embedded, secret
    assert "(nomor ditutup); kantor buka 07.30-15.00" in text
    assert "(nama ditutup)" in text
    for secret in SECRETS:
        assert secret.encode() in told.full, secret


def test_respondents_are_told_as_a_group(told: Told) -> None:
    record_ = json.loads(told.embedded)
    officers, users = indicator(record_, "K-10"), indicator(record_, "K-11")

    # Of two officers each would know what the other one said.
    assert officers["heard"] == [{"side": "practice", "group": "officer", "respondents": 2}]
    assert (users["heard"][0]["group"], users["heard"][0]["respondents"]) == ("user", 8)
    assert users["heard"][0]["answers"] == {"2": 1, "3": 1, "4": 3, "5": 3}
    for one in (*officers["observations"], *users["observations"]):
        assert one.keys() == {"left_out"}  # not even who answered, and who only gave a reason
    whole = json.loads(told.full)["record"]
    assert indicator(whole, "K-10")["heard"] == officers["heard"]
    assert {one["answer"] for one in indicator(whole, "K-10")["observations"]} == {"2", "4"}


def test_what_was_covered_of_pictures_is_told(told: Told) -> None:
    for item in json.loads(told.embedded)["evidence"]:
        assert item["layers"] == [
            {"kind": "redaction", "why": "face", "page": 1, "box": [0, 0, 5000, 5000]}
        ]


def test_the_hash_of_the_full_record_is_printed_and_signed(told: Told) -> None:
    sha256 = hashlib.sha256(told.full).hexdigest()
    known = find_record([Attachment("temuan.json", told.embedded)])

    assert known is not None
    assert known.full_record == sha256
    assert sha256 in pages(told).replace(" ", "")
    assert json.loads(told.embedded)["full_record"] == {"sha256": sha256}


def test_every_leaf_is_a_salted_hash_by_the_recipe_that_is_published(told: Told) -> None:
    """Worked out here by hand, as docs/temuan.md says it."""
    sealed = json.loads(told.full)

    def at(pointer: str) -> Any:
        found = sealed["record"]
        for name in pointer.split("/")[1:]:
            found = found[int(name) if isinstance(found, list) else name]
        return found

    leaves = dict(left_out(json.loads(told.embedded)))
    assert leaves.keys() == sealed["salts"].keys()
    assert len(set(sealed["salts"].values())) == len(leaves) > 10
    for pointer, digest in leaves.items():
        salt = bytes.fromhex(sealed["salts"][pointer])
        assert len(salt) == 16
        assert hashlib.sha256(salt + canonical(at(pointer))).hexdigest() == digest
        assert salt == salt_of(bytes.fromhex(sealed["seed"]), pointer)


def left_out(value: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        if value.keys() == {"left_out"}:
            yield pointer, value["left_out"]
            return
        for name, inner in value.items():
            yield from left_out(inner, f"{pointer}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from left_out(inner, f"{pointer}/{number}")


def test_the_full_record_is_proven_in_the_store_and_by_the_exported_file(
    told: Told, here: Workplace
) -> None:
    by_store = prove_document(told.pdf, here.store)
    by_bundle = prove_by_bundle(told.pdf, told.bundle, secret=SPOKEN)

    assert by_store == by_bundle
    assert by_store.proof.proven
    assert by_store.proof.leaves == len(dict(left_out(json.loads(told.embedded))))
    assert by_store.visit == told.visit


def changed(data: bytes, edit: Edit) -> bytes:
    loaded = json.loads(data)
    edit(loaded)
    return canonical(loaded)


def leaf_of(told: Told, code: str) -> tuple[str, int]:
    """What a respondent said: its pointer, and the place of the indicator."""
    record_ = json.loads(told.embedded)
    place = [one["code"] for one in record_["indicators"]].index(code)
    return f"/indicators/{place}/observations/0", place


def kinds(proof: Proof) -> dict[str, FaultKind]:
    return {one.pointer: one.kind for one in proof.faults}


def test_a_leaf_that_was_changed_is_named(told: Told) -> None:
    pointer, place = leaf_of(told, "K-10")

    def lie(full: Any) -> None:
        full["record"]["indicators"][place]["observations"][0]["answer"] = "14"

    proof = prove(told.embedded, changed(told.full, lie))

    assert kinds(proof) == {"": FaultKind.OTHER_FILE, pointer: FaultKind.LEAF_DIFFERS}
    assert proof.leaves == prove(told.embedded, told.full).leaves - 1


def parent_of(full: Any, pointer: str) -> tuple[Any, Any]:
    """What holds the value at a pointer into the record, and under which name."""
    found, (*way, last) = full["record"], pointer.split("/")[1:]
    for name in way:
        found = found[int(name) if isinstance(found, list) else name]
    return found, int(last) if isinstance(found, list) else last


def test_every_single_leaf_that_was_changed_is_named(told: Told) -> None:
    for pointer in json.loads(told.full)["salts"]:

        def lie(full: Any, pointer: str = pointer) -> None:
            holder, name = parent_of(full, pointer)
            holder[name] = "lain"

        found = kinds(prove(told.embedded, changed(told.full, lie)))
        assert found == {"": FaultKind.OTHER_FILE, pointer: FaultKind.LEAF_DIFFERS}, pointer


def test_no_change_of_the_full_record_passes(told: Told) -> None:
    pointer, place = leaf_of(told, "K-10")
    note = next(one for one in json.loads(told.full)["salts"] if one.endswith("/note"))

    def within(full: Any) -> Any:
        return full["record"]["indicators"][place]["observations"][0]

    def noted(full: Any) -> Any:
        return parent_of(full, note)[0]

    lies: dict[str, tuple[Edit, str, FaultKind]] = {
        "salt": (
            lambda full: full["salts"].__setitem__(pointer, "00" * 16),
            pointer,
            FaultKind.LEAF_DIFFERS,
        ),
        "short salt": (
            lambda full: full["salts"].__setitem__(pointer, "00" * 15),
            pointer,
            FaultKind.LEAF_MISSING,
        ),
        "no salt": (lambda full: full["salts"].pop(pointer), pointer, FaultKind.LEAF_MISSING),
        "no hex": (
            lambda full: full["salts"].__setitem__(pointer, "xx"),
            pointer,
            FaultKind.LEAF_MISSING,
        ),
        "less": (lambda full: within(full).pop("answer"), pointer, FaultKind.LEAF_DIFFERS),
        "no value": (lambda full: noted(full).pop("note"), note, FaultKind.LEAF_MISSING),
        "more": (
            lambda full: noted(full).__setitem__("extra", "x"),
            note.replace("note", "extra"),
            FaultKind.LEFT_OVER,
        ),
        "salt of nothing": (
            lambda full: full["salts"].__setitem__("/head", "00" * 16),
            "/head",
            FaultKind.LEFT_OVER,
        ),
        "shown": (
            lambda full: full["record"]["visit"].__setitem__("unit", "Dinas lain"),
            "/visit/unit",
            FaultKind.DIFFERS,
        ),
        "type": (
            lambda full: full["record"].__setitem__("v", True),
            "/v",
            FaultKind.DIFFERS,
        ),
        "fewer": (
            lambda full: full["record"]["indicators"].pop(),
            "/indicators",
            FaultKind.DIFFERS,
        ),
    }
    for name, (edit, where, what) in lies.items():
        found = kinds(prove(told.embedded, changed(told.full, edit)))
        assert found[""] is FaultKind.OTHER_FILE, name
        assert found[where] is what, name


@pytest.mark.parametrize(
    "full",
    [b"", b"null", b"[]", b"{}", b"\xff", b'{"v":1}', b'{"v": 1}', b"[" * 100_000],
    ids=["empty", "null", "list", "object", "bytes", "poor", "spaces", "deep"],
)
def test_what_is_no_full_record_proves_nothing(told: Told, full: bytes) -> None:
    assert kinds(prove(told.embedded, full)) == {"": FaultKind.UNREADABLE}


def test_the_full_record_of_another_document_is_not_taken(told: Told) -> None:
    other = changed(told.full, lambda full: full.__setitem__("seed", "00" * 32))

    assert kinds(prove(told.embedded, other)) == {"": FaultKind.OTHER_FILE}


def test_a_document_that_this_store_does_not_know_is_told(told: Told, workplace: Workplace) -> None:
    with pytest.raises(StoreProblem) as refused:
        prove_document(told.pdf, workplace.store)
    assert refused.value.code == "full_record_missing"

    with pytest.raises(StoreProblem) as refused:
        prove_by_bundle(told.pdf, told.bundle, secret="sandi lain")
    assert refused.value.code == "bundle_passphrase_wrong"


def test_a_pdf_without_a_record_proves_nothing(workplace: Workplace) -> None:
    with pytest.raises(IssueProblem) as refused:
        prove_document(offered.pdf("Surat"), workplace.store)

    assert refused.value.code == "record_not_found"


def test_a_damaged_full_record_is_told_by_the_store(
    told: Told, library: Library, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(told.home, tmp_path / "home"))
    workplace = opened(home, library)
    (sealed,) = [one for one in workplace.store.vault.walk() if one.form is Form.RECORD]
    sealed.path.write_bytes(b"rusak")

    with pytest.raises(StoreProblem) as refused:
        prove_document(told.pdf, workplace.store)

    assert refused.value.code == "evidence_damaged"
    workplace.store.close()


def test_the_salts_travel_in_the_sealed_file_and_nowhere_else(told: Told) -> None:
    salts = json.loads(told.full)["salts"].values()
    raw = told.bundle.read_bytes()

    for salt in salts:
        assert salt.encode() not in told.pdf
        assert bytes.fromhex(salt) not in told.pdf
        assert salt.encode() not in raw


def first_version() -> bytes:
    """A record as documents carried it before any leaf was left out."""
    signer = {"name": "S", "fingerprint": "f", "field": "TTD_Asesor1"}
    return canonical(
        {
            "v": 1,
            "document": {"number": "T-1", "made_at": "2026-11-22T00:00:00.000000Z"},
            "visit": {"id": "x"},
            "head": "h",
            "streams": [],
            "signers": [signer],
        }
    )


def carrying(record_: bytes) -> bytes:
    """A PDF with this file attached as its record."""
    out = BytesIO()
    with pikepdf.open(BytesIO(offered.pdf("Temuan"))) as document:
        document.attachments["temuan.json"] = record_
        document.save(out)
    return out.getvalue()


def test_records_of_the_first_version_are_still_read_and_have_nothing_to_prove(
    workplace: Workplace, tmp_path: Path
) -> None:
    known = find_record([Attachment("temuan.json", first_version())])
    pdf = carrying(first_version())

    assert known is not None
    assert known.full_record is None
    for found in (
        prove_document(pdf, workplace.store),
        prove_by_bundle(pdf, tmp_path / "tidak-perlu", secret=""),
    ):
        assert found.nothing_left_out
        assert (found.proof.proven, found.number) == (True, "T-1")


def test_a_bundle_of_another_visit_does_not_prove_it(told: Told, tmp_path: Path) -> None:
    with desks_in(tmp_path) as desks:
        other = desks("B")
        bundle = other.export(other.begin().visit_id)

        with pytest.raises(StoreProblem) as refused:
            prove_by_bundle(told.pdf, bundle, secret=SPOKEN)

    assert refused.value.code == "full_record_missing"


@pytest.mark.parametrize(
    "full", [None, {}, {"sha256": "x"}, {"sha256": "A" * 64}, {"sha256": 1}, "x"]
)
def test_a_record_of_version_two_names_its_full_record(told: Told, full: object) -> None:
    wrong = changed(told.embedded, lambda found: found.__setitem__("full_record", full))

    assert find_record([Attachment("temuan.json", wrong)]) is None


def composed(session: Session, workplace: Workplace, seed: bytes) -> tuple[bytes, bytes]:
    imprint = Imprint("1", 1, DocumentKind.FINDINGS, "id", SteppingClock().moment, (), seed=seed)
    words = Words(Language.INDONESIAN, workplace.profile.zone)
    made = compose(session.seen(), workplace, imprint, words, parties=alone(workplace.profile))
    assert made.record is not None
    return made.record, made.full_record


def test_the_same_seed_gives_the_same_records_and_another_one_other_leaves(
    session: Session, workplace: Workplace
) -> None:
    note = {"note": f"Telepon {PHONE}"}
    record(session, {"indicator": "P15-06", "side": "practice", "answer": "absent", **note})

    first, again = (composed(session, workplace, b"s" * 32) for _ in range(2))
    other = composed(session, workplace, b"t" * 32)

    assert first == again
    assert (
        dict(left_out(json.loads(first[0]))).keys() == dict(left_out(json.loads(other[0]))).keys()
    )
    assert set(dict(left_out(json.loads(first[0]))).values()).isdisjoint(
        dict(left_out(json.loads(other[0]))).values()
    )
    assert prove(*other).proven
    assert not prove(first[0], other[1]).proven


def test_two_documents_of_their_own_making_have_seeds_of_their_own(workplace: Workplace) -> None:
    made = [
        Imprint("1", 1, DocumentKind.FINDINGS, "id", SteppingClock().moment, ()) for _ in range(2)
    ]

    assert made[0].seed != made[1].seed
    assert {len(one.seed) for one in made} == {32}
    assert made[0].seed.hex() not in repr(made[0])
    assert leaf_hash(b"", "x") == hashlib.sha256(b'"x"').hexdigest()


def test_personal_texts_are_listed_before_the_visit_is_closed(
    session: Session, workplace: Workplace
) -> None:
    note = {"note": f"Telepon {PHONE}, surel sari@contoh.id"}
    record(session, {"indicator": "P15-06", "side": "practice", "answer": "absent", **note})
    record(
        session, {"indicator": "P15-07", "side": "practice", "answer": "absent", "note": "Tutup"}
    )
    names = kept_names(workplace, session.visit_id)

    (found,) = personal_texts(session.snapshot, session.instrument, names)

    assert found.entity.startswith("observation/P15-06/")
    assert (found.field, found.text, len(found.parts)) == ("note", note["note"], 2)


def test_whatever_is_covered_is_listed_wherever_it_was_written(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    """One telephone in every text that an assessor can write; all are found, all are covered."""
    now, present = workplace.store.clock.now, {"answer": "present"}
    session.pause(f"Istirahat {PHONE}", at=now())
    session.resume(at=now())
    for field in ("not_assessed_reason", "no_evidence_reason"):
        record(session, {"indicator": "P15-06", "side": "practice", field: PHONE})
    record(session, {"indicator": "P15-07", "side": "practice", "not_applicable_reason": PHONE})
    taken = take_in(photo_file(tmp_path), zone=UTC)
    source = EvidenceSource.FILE
    session.attach("P15-08", Side.PRACTICE, taken, source=source, caption=PHONE)
    session.introduce(f"Ibu {PHONE}")
    record(session, {"indicator": "P15-12", "side": "practice", "answer": "absent", "note": PHONE})
    record(session, {"indicator": "P15-12", "side": "paperwork", "answer": "absent"})
    (finding,) = session.findings()
    session.edit_finding(finding.id, {"wording": {"id": PHONE, "en": PHONE}, "advice": PHONE})
    session.record_receiver(
        Receiver(Declaration.REFUSED, position=PHONE, response=PHONE, reason=PHONE)
    )
    papers = {"kind": f"SK {PHONE}", "number": PHONE, "signatory": PHONE}
    record(session, {"indicator": "P15-12", "side": "paperwork", "document": papers})
    record(session, {"indicator": "P15-01", "side": "practice", "product": PHONE, **present})
    visit = replace(session.snapshot.visit, address_visited=PHONE, assignment_letter=PHONE)
    snapshot = replace(session.snapshot, account=PHONE, visit=visit)
    seen = replace(session.seen(), snapshot=snapshot)

    found = personal_texts(seen.snapshot, session.instrument, ())
    shown = for_office(seen, (), Words(Language.ENGLISH, UTC))

    places = {(one.entity.partition("/")[0], one.field) for one in found}
    assert places == {
        ("session", "why"),
        ("observation", "not_assessed_reason"),
        ("observation", "no_evidence_reason"),
        ("observation", "not_applicable_reason"),
        ("observation", "note"),
        ("evidence", "caption"),
        ("respondent", "pseudonym"),
        ("finding", "wording"),
        ("finding", "advice"),
        ("receiver", "response"),
        ("receiver", "reason"),
        ("visit", "account"),
        ("visit", "address_visited"),
        ("visit", "assignment_letter"),
        ("observation", "document_kind"),
        ("observation", "document_number"),
        ("observation", "document_signatory"),
        ("product", "name"),
        ("receiver", "position"),
    }
    assert personal_texts(shown.snapshot, session.instrument, ()) == []
    assert PHONE in str(seen.snapshot)
    assert PHONE not in str(shown.snapshot)


def test_a_number_that_may_be_read_is_printed_without_its_braces() -> None:
    words = Words(Language.INDONESIAN, UTC)

    told = covered_text(f"Kantor {{{{0911-352123}}}}, Ibu {PHONE}", (), words)

    assert told == "Kantor 0911-352123, Ibu ■■■ (nomor ditutup)"


def test_why_a_document_was_made_anew_and_what_it_adds_are_covered_too() -> None:
    moment, words = SteppingClock().moment, Words(Language.INDONESIAN, UTC)
    imprint = Imprint("1", 2, DocumentKind.FINDINGS, "id", moment, (), because=f"Telepon {PHONE}")
    imprint = replace(imprint, statement=f"Menurut {NAME}, [[loket 2]]")

    told = imprint_for_office(imprint, (NAME,), words)

    assert told.because == "Telepon ■■■ (nomor ditutup)"
    assert told.statement == "Menurut ■■■ (nama ditutup), ■■■ (ditutup)"
    assert told.seed == imprint.seed


def test_another_device_proves_it_with_what_it_was_given(told: Told, tmp_path: Path) -> None:
    with desks_in(tmp_path) as desks:
        other = desks("B")
        other.take_in(told.bundle)

        assert prove_document(told.pdf, other.workplace.store).proof.proven


def records_in(workplace: Workplace) -> list[str]:
    return [one.id for one in workplace.store.vault.walk() if one.form is Form.RECORD]


def interrupted(workplace: Workplace, act: Callable[[Kept], object]) -> None:
    """Keep a full record, do something, and be interrupted."""
    with kept_record(workplace.store, b"{}", document="d") as kept:
        assert len(records_in(workplace)) == 1
        act(kept)
        raise KeyboardInterrupt


def test_a_full_record_goes_again_where_its_document_is_not_issued(workplace: Workplace) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(workplace, lambda _: None)

    assert records_in(workplace) == []


def test_a_full_record_that_an_event_names_stays_whatever_comes_after(
    session: Session, workplace: Workplace
) -> None:
    def name(kept: Kept) -> None:
        draft = Draft(session.visit_id, EventKind.ISSUED, kept.values, require=kept.require)
        workplace.store.log.append(draft)

    with pytest.raises(KeyboardInterrupt):
        interrupted(workplace, name)

    (id_,) = records_in(workplace)
    assert id_ in workplace.store.log.named_files()
