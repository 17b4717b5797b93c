"""What comes back of a document: scans, and the file itself with later signatures."""

import hashlib
import io
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from tests.conftest import SteppingClock, begin
from tests.exchanging import SPOKEN, desks_in
from tests.services import offered
from tests.services.issued_home import countersigned, with_minutes
from tests.signing.attacks import with_note_over_page
from tests.signing.people import assessor
from tests.visiting import QUICK, SIGNING_PASSPHRASE, jpeg

from assessor_app.domain.event import EventKind
from assessor_app.domain.problem import IssueProblem, Problem, StoreProblem
from assessor_app.domain.visit import HandoverWay, Outcome, ReturnedKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.documents import issued_pdf
from assessor_app.services.enrolment import Workplace
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.exchange.importing import import_visit
from assessor_app.services.handing_over import hand_over
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.report.words import Words
from assessor_app.services.returned import (
    BroughtBack,
    as_picture,
    bring_back,
    ending,
    returned_file,
    returned_named,
    save_returned,
)
from assessor_app.services.session import Session, open_session
from assessor_app.services.timeline import visit_history
from assessor_app.services.visits import close_visit
from assessor_app.storage.vault import Form
from assessor_app.texts import Language


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, enrolled: Path, library: Library
) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("issued") / "home"
    return home, with_minutes(enrolled, home, library)


@pytest.fixture
def clock() -> SteppingClock:
    """An hour after the document was issued."""
    return SteppingClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.fixture
def home(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "home"))


@pytest.fixture
def issued(workplace: Workplace, made: tuple[Path, str], library: Library) -> Session:
    return open_session(workplace.store, made[1], library)


@pytest.fixture(scope="module")
def signed_on(made: tuple[Path, str]) -> bytes:
    """Our document with a further signature."""
    return countersigned(made[0].with_name("home.pdf").read_bytes(), assessor())


def brought(
    session: Session,
    workplace: Workplace,
    path: Path,
    *,
    kind: ReturnedKind | None = None,
    sender: str = "Sekretaris Dinas",
) -> BroughtBack:
    now = workplace.store.clock.now()
    return bring_back(
        session, workplace, path, sender=sender, at=now, kind=kind, note=" cap basah "
    )


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def scan(form: str) -> bytes:
    """A photo of the signed print."""
    out = io.BytesIO()
    picture = Image.new("RGB", (600, 800), "white")
    if form == "heic":
        return offered.heic(picture)
    picture.save(out, form)
    return out.getvalue()


def nothing_kept(session: Session, workplace: Workplace) -> bool:
    return not session.snapshot.returned and not list(
        workplace.store.vault.folder.rglob(f"*.{Form.RETURNED}")
    )


@pytest.mark.parametrize(
    ("form", "name", "media_type"),
    [
        ("jpeg", "scan.jpg", "image/jpeg"),
        ("png", "scan.bin", "image/png"),
        ("heic", "IMG_1.HEIC", "image/heic"),
        ("pdf", "scan.pdf", "application/pdf"),
    ],
)
def test_a_scan_of_the_signed_print_is_attached_as_it_came(
    issued: Session,
    workplace: Workplace,
    library: Library,
    tmp_path: Path,
    *,
    form: str,
    name: str,
    media_type: str,
) -> None:
    data = scan(form)

    item = brought(issued, workplace, written(tmp_path, name, data)).item

    (document,) = issued.snapshot.documents.values()
    assert issued.snapshot.returned == (item,)
    assert (item.kind, item.media_type) == (ReturnedKind.WET_INK_COPY, media_type)
    assert (item.sha256, item.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (item.document, item.sender, item.note) == (
        document.id,
        "Sekretaris Dinas",
        "cap basah",
    )
    assert returned_file(workplace, item) == data
    assert issued.snapshot.visit.state is VisitState.ISSUED
    again = open_session(workplace.store, issued.visit_id, library)
    assert again.snapshot.returned == (item,)
    if media_type != "application/pdf":
        assert as_picture(data, item, workplace).startswith(b"\xff\xd8")


def test_our_own_file_with_a_later_signature_is_countersigned(
    issued: Session, workplace: Workplace, tmp_path: Path, signed_on: bytes
) -> None:
    item = brought(issued, workplace, written(tmp_path, "balik.pdf", signed_on)).item

    assert item.kind is ReturnedKind.COUNTERSIGNED
    assert signed_on.startswith(issued_pdf(issued, workplace))
    assert returned_file(workplace, item) == signed_on


@pytest.mark.parametrize("kind", [None, ReturnedKind.WET_INK_COPY])
def test_a_document_of_another_visit_is_no_scan_and_is_told_by_its_number(
    issued: Session,
    workplace: Workplace,
    library: Library,
    tmp_path: Path,
    *,
    kind: ReturnedKind | None,
) -> None:
    other = begin(workplace, library.get("2015-pemda"), library)
    elsewhere, out = open_session(workplace.store, other, library), tmp_path / "lain.pdf"
    now = workplace.store.clock.now()
    close_visit(elsewhere, workplace, Outcome.OFFICE_CLOSED, departure=now, account="Terkunci.")
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    done = issue(elsewhere, workplace, identity, out=out, language=Language.INDONESIAN)

    with pytest.raises(IssueProblem) as refused:
        brought(issued, workplace, out, kind=kind)

    assert refused.value.code == "returned_of_another"
    assert refused.value.places["number"] == done.number
    assert nothing_kept(issued, workplace)


@pytest.mark.parametrize("kind", [None, ReturnedKind.COUNTERSIGNED])
def test_our_file_changed_otherwise_is_not_countersigned(
    issued: Session, workplace: Workplace, tmp_path: Path, kind: ReturnedKind | None
) -> None:
    path = written(tmp_path, "b.pdf", with_note_over_page(issued_pdf(issued, workplace)))

    with pytest.raises(IssueProblem) as refused:
        brought(issued, workplace, path, kind=kind)

    assert refused.value.code == "returned_not_continuing"
    assert nothing_kept(issued, workplace)
    as_scan = brought(issued, workplace, path, kind=ReturnedKind.WET_INK_COPY)
    assert as_scan.item.kind is ReturnedKind.WET_INK_COPY


def test_a_file_that_begins_otherwise_than_ours_is_not_countersigned(
    issued: Session, workplace: Workplace, tmp_path: Path
) -> None:
    with pytest.raises(IssueProblem) as refused:
        brought(
            issued,
            workplace,
            written(tmp_path, "b.pdf", scan("pdf")),
            kind=ReturnedKind.COUNTERSIGNED,
        )

    assert refused.value.code == "returned_not_continuing"


def test_the_same_file_is_taken_once_and_the_document_itself_never(
    issued: Session, workplace: Workplace, tmp_path: Path
) -> None:
    first = written(tmp_path, "a.jpg", jpeg())
    brought(issued, workplace, first)
    ours = written(tmp_path, "ours.pdf", issued_pdf(issued, workplace))
    for path, code in ((first, "returned_already"), (ours, "returned_unchanged")):
        with pytest.raises(Problem) as refused:
            brought(issued, workplace, path)
        assert refused.value.code == code
    assert len(issued.snapshot.returned) == 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"ditandatangani", "evidence_kind_unknown"),
        ("a.jpg", b"", "file_empty"),
        ("a.webp", scan("webp"), "returned_form_unknown"),
        ("a.pdf", b"%PDF-1.7\nrusak", "document_damaged"),
        ("a.jpg", jpeg()[:400], "photo_damaged"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_stays(
    issued: Session, workplace: Workplace, tmp_path: Path, *, name: str, data: bytes, code: str
) -> None:
    with pytest.raises(Problem) as refused:
        brought(issued, workplace, written(tmp_path, name, data))

    assert refused.value.code == code
    assert nothing_kept(issued, workplace)


def test_nothing_comes_back_where_nothing_is_out(
    session: Session, workplace: Workplace, issued: Session, tmp_path: Path
) -> None:
    path = written(tmp_path, "a.jpg", jpeg())
    with pytest.raises(Problem) as unissued:
        brought(session, workplace, path)
    with pytest.raises(Problem) as nobody:
        brought(issued, workplace, path, sender="  ")
    early = workplace.store.clock.now() - timedelta(days=2)
    with pytest.raises(Problem) as too_early:
        bring_back(issued, workplace, path, sender="Ani", at=early)
    issued.void("Salah kantor")
    with pytest.raises(Problem) as void:
        brought(issued, workplace, path)

    refusals = (unissued, nobody, too_early, void)
    assert [one.value.code for one in refusals] == [
        "nothing_issued",
        "sender_missing",
        "returned_before_departure",
        "nothing_out",
    ]
    assert nothing_kept(issued, workplace)


def test_it_is_told_in_the_history_and_follows_the_hand_over(
    issued: Session, workplace: Workplace, tmp_path: Path
) -> None:
    now = workplace.store.clock.now()
    hand_over(issued, workplace, to="Ani", way=HandoverWay.PRINT, at=now)
    back = brought(issued, workplace, written(tmp_path, "a.jpg", jpeg()))

    line, before, *_ = visit_history(
        issued, workplace, Words(Language.INDONESIAN, workplace.profile.zone)
    )

    assert (line.event.id, line.event.kind) == (back.done.event, EventKind.RETURNED)
    assert line.did == "Dokumen kembali dari kantor"
    told = {one.field: one.after for one in line.changes}
    assert told["kind"] == "pindaian cetakan bertanda tangan basah"
    assert told["from"] == "Sekretaris Dinas"
    assert told["sha256"] == f"{back.item.sha256[:16]}…"
    assert "state" not in told
    assert before.event.kind is EventKind.HANDED_OVER
    assert {one.field for one in before.changes} >= {"to", "how", "hash_shown"}
    assert issued.snapshot.visit.state is VisitState.HANDED_OVER


def test_it_travels_with_the_visit_and_is_no_late_arrival(
    issued: Session, workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    item = brought(issued, workplace, written(tmp_path, "a.jpg", jpeg())).item
    exported = export_visit(
        workplace,
        issued.visit_id,
        tmp_path / "k.visit",
        library=library,
        passphrase=SPOKEN,
        cost=QUICK,
    )
    with desks_in(tmp_path) as desks:
        colleague = desks("B", library=library)
        colleague.take_in(exported.path)
        there = colleague.open(issued.visit_id)
        other = written(tmp_path, "b.jpg", jpeg("red"))
        colleague.clock.moment += timedelta(hours=2)
        second = brought(there, colleague.workplace, other).item
        back = colleague.export(issued.visit_id)

        assert there.snapshot.returned == (item, second)
        assert returned_file(colleague.workplace, item) == jpeg()
    import_visit(workplace, back, library=library, secret=SPOKEN)
    assert workplace.store.log.late(issued.visit_id) == frozenset()
    again = open_session(workplace.store, issued.visit_id, library)
    assert again.snapshot.returned == (item, second)
    assert returned_file(workplace, second) == jpeg("red")


def test_a_copy_is_saved_byte_for_byte_and_over_nothing(
    issued: Session, workplace: Workplace, tmp_path: Path
) -> None:
    item = brought(issued, workplace, written(tmp_path, "a.jpg", jpeg())).item
    out = tmp_path / f"salinan{ending(item)}"

    save_returned(workplace, returned_named(issued, item.id[-12:]), out)

    assert out.suffix == ".jpg"
    assert out.read_bytes() == jpeg()
    with pytest.raises(IssueProblem) as refused:
        save_returned(workplace, item, out)
    assert refused.value.code == "file_exists"
    with pytest.raises(Problem) as unknown:
        returned_named(issued, "tidak ada")
    assert unknown.value.code == "returned_unknown"


def test_a_file_that_was_replaced_in_the_vault_is_not_given_out(
    issued: Session, workplace: Workplace, tmp_path: Path
) -> None:
    item = brought(issued, workplace, written(tmp_path, "a.jpg", jpeg())).item
    workplace.store.vault.drop(item.id, Form.RETURNED)
    workplace.store.vault.put(item.id, Form.RETURNED, jpeg("red"))

    for attempt in (
        lambda: returned_file(workplace, item),
        lambda: save_returned(workplace, item, tmp_path / "b.jpg"),
    ):
        with pytest.raises(StoreProblem) as refused:
            attempt()
        assert refused.value.code == "evidence_replaced"
    assert not (tmp_path / "b.jpg").exists()


def test_where_the_event_cannot_be_kept_the_file_goes_again(
    issued: Session, workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreProblem("disk_full", path="x")

    with monkeypatch.context() as patched:
        patched.setattr(type(workplace.store.log), "append", fail)
        with pytest.raises(StoreProblem):
            brought(issued, workplace, written(tmp_path, "a.jpg", jpeg()))

    assert nothing_kept(issued, workplace)
