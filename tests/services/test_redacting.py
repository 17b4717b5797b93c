"""What is covered of evidence is gone from every copy, whatever happens between event and copy."""

import io
import os
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from tests.exchanging import Desks, desks_in
from tests.services import offered
from tests.visiting import answer, answer_all, attach

from assessor_app.domain.event import EventKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Evidence, EvidenceSource
from assessor_app.domain.problem import RecordRefused, StoreProblem, VisitRefused
from assessor_app.domain.redaction import SCALE, Box, Layer, Why
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.copies import is_current, photo, thumbnail
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.evidence.redacting import renew_copies
from assessor_app.services.history import told
from assessor_app.services.preview import preview
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.storage.vault import DERIVED, Form, Vault
from assessor_app.texts import Language

LEFT = Layer(1, Box(0, 0, SCALE // 2, SCALE), Why.FACE)
MIDDLE = Layer(1, Box(3000, 3000, 7000, 7000), Why.PHONE)
RIGHT = Layer(1, Box(SCALE // 2, 0, SCALE, SCALE), Why.CHILD)
_BLACK = 12  # of 255: what JPEG makes of black


def white(mode: str = "RGB", *, form: str = "JPEG", size: tuple[int, int] = (640, 480)) -> bytes:
    """A picture all white, so that whatever is dark in a copy was covered."""
    out = io.BytesIO()
    deep = mode == "I;16"
    picture = (
        Image.new(mode, size, 65_535) if deep else Image.new("RGB", size, "white").convert(mode)
    )
    picture.save(out, form)
    return out.getvalue()


def take(session: Session, data: bytes, *, code: str = "P15-06") -> Evidence:
    before = set(session.snapshot.evidence)
    taken = take_in_bytes(data, name="berkas", zone=UTC)
    session.attach(code, Side.PRACTICE, taken, source=EvidenceSource.FILE)
    (new,) = set(session.snapshot.evidence) - before
    return session.snapshot.evidence[new]


def now(session: Session, item: Evidence) -> Evidence:
    return session.snapshot.evidence[item.id]


def grey(jpeg: bytes) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    with Image.open(io.BytesIO(jpeg)) as picture:
        return np.asarray(picture.convert("L"))


def dark_share(jpeg: bytes) -> float:
    return float((grey(jpeg) <= _BLACK).mean())


def pictures_of(pdf: bytes) -> list[bytes]:
    """The pictures of evidence that a PDF holds."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for image in page.get_images().values():
                assert isinstance(image, pikepdf.Stream)
                out = io.BytesIO()
                pikepdf.PdfImage(image).as_pil_image().convert("RGB").save(out, "PNG")
                found.append(out.getvalue())
    return found


def copies(workplace: Workplace, item: Evidence) -> list[bytes]:
    return [photo(workplace, item), thumbnail(workplace, item)]


def test_covered_pixels_are_gone_from_both_copies_and_the_original_stays(
    session: Session, workplace: Workplace
) -> None:
    item = take(session, white())
    before = workplace.store.vault.get(item.id, Form.ORIGINAL)

    session.redact(item.id, [MIDDLE])

    for copy in copies(workplace, now(session, item)):
        seen = grey(copy)
        high, wide = seen.shape
        inside = seen[int(0.31 * high) : int(0.69 * high), int(0.31 * wide) : int(0.69 * wide)]
        assert inside.max() <= _BLACK
        outside = np.concatenate(
            [seen[: int(0.28 * high)].ravel(), seen[:, : int(0.28 * wide)].ravel()]
        )
        assert outside.min() >= 255 - _BLACK
    assert workplace.store.vault.get(item.id, Form.ORIGINAL) == before
    assert now(session, item).sha256 == item.sha256


def test_nothing_under_a_box_can_be_told_from_the_copy(
    session: Session, workplace: Workplace
) -> None:
    """Two photos that differ only under the box have the very same copies."""
    plain = np.full((480, 640, 3), 200, np.uint8)
    secret = plain.copy()
    secret[150:330, 200:440] = np.random.default_rng(7).integers(0, 255, (180, 240, 3))
    found = []
    for pixels in (plain, secret):
        out = io.BytesIO()
        Image.fromarray(pixels).save(out, "PNG")
        item = take(session, out.getvalue())
        session.redact(item.id, [MIDDLE])
        with Image.open(io.BytesIO(photo(workplace, now(session, item)))) as picture:
            found.append(picture.convert("RGB").tobytes())

    assert found[0] == found[1]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_mode_is_covered(
    session: Session, workplace: Workplace, mode: str
) -> None:
    item = take(session, white(mode, form="PNG"))

    session.redact(item.id, [LEFT])

    for copy in copies(workplace, now(session, item)):
        assert 0.49 <= dark_share(copy) <= 0.52


def test_a_photo_that_lies_on_its_side_is_covered_as_it_stands_upright(
    session: Session, workplace: Workplace
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right: 640 x 480 becomes 480 x 640
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "white").save(out, "JPEG", exif=exif)
    item = take(session, out.getvalue())

    session.redact(item.id, [LEFT])

    seen = grey(photo(workplace, now(session, item)))
    assert seen.shape == (640, 480)
    assert seen[:, :236].max() <= _BLACK
    assert seen[:, 244:].min() >= 255 - _BLACK


def test_the_first_page_of_a_document_is_covered(session: Session, workplace: Workplace) -> None:
    item = take(session, offered.pdf("Nama: Sari", "Lampiran"))
    plain = photo(workplace, item)

    session.redact(item.id, [LEFT, RIGHT._replace(page=2)])

    covered = now(session, item)
    assert dark_share(plain) < 0.1
    assert 0.49 <= dark_share(photo(workplace, covered)) <= 0.55
    with pytest.raises(RecordRefused) as refused:
        session.redact(item.id, [LEFT._replace(page=3)])
    assert refused.value.code == "layer_page_unknown"


def test_an_undo_shows_again_and_a_redo_covers_again(
    session: Session, workplace: Workplace
) -> None:
    item = take(session, white())
    plain = copies(workplace, item)
    session.redact(item.id, [LEFT])
    covered = copies(workplace, now(session, item))

    done, undone = session.undo()

    assert undone.kind is EventKind.REDACTED
    assert "P15-06" in done.indicators
    assert copies(workplace, now(session, item)) == plain
    session.redo()
    assert copies(workplace, now(session, item)) == covered != plain
    assert photo(workplace, item) == plain[0]  # whoever still holds it as it was


def test_a_copy_that_was_made_under_other_layers_reaches_no_pdf(
    session: Session, workplace: Workplace
) -> None:
    """As after a crash between the event and the copy: the vault holds the photo uncovered."""
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    item = take(session, white())
    vault = workplace.store.vault
    stale = {form: vault.get(item.id, form) for form in DERIVED}

    session.redact(item.id, [LEFT])
    for form, copy in stale.items():
        vault.put(item.id, form, copy)

    assert not is_current(vault, now(session, item))
    (shown,) = pictures_of(preview(session, workplace, Language.INDONESIAN))
    assert 0.49 <= dark_share(shown) <= 0.52
    assert vault.get(item.id, Form.REPORT) != stale[Form.REPORT]
    assert is_current(vault, now(session, item))


def test_a_covered_copy_is_not_shown_where_the_cover_was_taken_off(
    session: Session, workplace: Workplace
) -> None:
    item = take(session, white())
    plain = copies(workplace, item)
    session.redact(item.id, [LEFT])
    copies(workplace, now(session, item))

    session.redact(item.id, [])

    assert copies(workplace, now(session, item)) == plain


def test_a_killed_process_leaves_no_uncovered_copy_to_be_printed(
    session: Session, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies while the new copy is written; another one opens the store."""
    item = take(session, white())
    session.redact(item.id, [LEFT])
    child = os.fork()
    if not child:  # a copy of this process, killed in the midst of its work

        def killed(*_: object) -> None:
            os.kill(os.getpid(), 9)

        monkeypatch.setattr(Vault, "put", killed)
        photo(workplace, now(session, item))
        os._exit(0)
    _, status = os.waitpid(child, 0)

    assert os.WIFSIGNALED(status)
    assert not is_current(workplace.store.vault, now(session, item))
    for copy in copies(workplace, now(session, item)):
        assert 0.49 <= dark_share(copy) <= 0.52


def test_a_full_disk_hides_no_picture_and_uncovers_none(
    session: Session, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = take(session, white())
    session.redact(item.id, [LEFT])

    def full(*_: object) -> None:
        raise StoreProblem("disk_full", path="/")

    monkeypatch.setattr(Vault, "put", full)

    for copy in copies(workplace, now(session, item)):
        assert 0.49 <= dark_share(copy) <= 0.52


def test_without_its_original_a_covered_photo_is_not_shown_at_all(
    session: Session, workplace: Workplace
) -> None:
    item = take(session, white())
    session.redact(item.id, [LEFT])
    workplace.store.vault.drop(item.id, Form.ORIGINAL)

    for show in (photo, thumbnail):
        with pytest.raises(StoreProblem) as refused:
            show(workplace, now(session, item))
        assert refused.value.code == "evidence_missing"


def test_an_original_that_was_exchanged_gives_no_copy(
    session: Session, workplace: Workplace
) -> None:
    item = take(session, white())
    session.redact(item.id, [LEFT])
    workplace.store.vault.put(item.id, Form.ORIGINAL, white(size=(320, 240)))

    with pytest.raises(StoreProblem) as refused:
        photo(workplace, now(session, item))

    assert refused.value.code == "evidence_damaged"


def test_a_worker_makes_the_copies_anew_and_tells_how_far_it_is(
    session: Session, workplace: Workplace
) -> None:
    items = [take(session, white(size=(640, 480 + number))) for number in range(3)]
    recording = take(session, offered.wav())
    for item in items[:2]:
        session.redact(item.id, [LEFT])
    heard: list[tuple[int, int]] = []
    listed: Iterable[Evidence] = session.snapshot.evidence.values()

    renewed = renew_copies(workplace, listed, progress=lambda *at: heard.append(at))

    assert renewed == 2
    assert heard == [(1, 3), (2, 3), (3, 3)]
    assert all(is_current(workplace.store.vault, now(session, one)) for one in items)
    assert photo(workplace, recording) == b""


def test_the_same_layers_are_recorded_once(session: Session) -> None:
    item = take(session, white())

    first = session.redact(item.id, [MIDDLE, LEFT], reason="  wajah pengguna ")
    again = session.redact(item.id, [LEFT, MIDDLE, LEFT])

    assert (first.event is None, again.event is None) == (False, True)
    assert now(session, item).layers == (LEFT, MIDDLE)


def test_what_cannot_be_covered_is_refused(session: Session) -> None:
    item, recording = take(session, white()), take(session, offered.wav())

    for id_, layers, code in (
        ("0" * 32, [LEFT], "evidence_unknown"),
        (recording.id, [LEFT], "layers_need_picture"),
        (item.id, [LEFT._replace(page=2)], "layer_page_unknown"),
        (item.id, [LEFT._replace(box=Box(0, 0, SCALE + 1, 10))], "layer_outside"),
    ):
        with pytest.raises(RecordRefused) as refused:
            session.redact(id_, layers)
        assert refused.value.code == code


def test_a_photo_is_covered_until_its_document_is_issued(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    answer_all(session)
    attach(session, "P15-06", tmp_path, colour="teal")
    (item,) = session.snapshot.evidence.values()
    session.begin_exit_talk()
    session.redact(item.id, [LEFT])  # it changes nothing of what was said: no reason is asked for
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    session.redact(item.id, [LEFT, MIDDLE])

    assert now(session, item).layers == (LEFT, MIDDLE)
    session.issued({}, of=session.seen())
    with pytest.raises(VisitRefused) as refused:
        session.redact(item.id, [])
    assert refused.value.code == "redaction_fixed"
    assert now(session, item).layers == (LEFT, MIDDLE)


def test_the_history_says_what_of_which_file_was_covered(session: Session) -> None:
    item = take(session, white())
    words = {language: Words(language, UTC) for language in Language}
    session.redact(item.id, [LEFT, MIDDLE, MIDDLE._replace(why=Why.FACE)])
    covered = session.undo()[1]
    session.redo()
    session.redact(item.id, [])
    uncovered = session.undo()[1]

    said = [
        told(one, session.instrument, words[language], snapshot=session.snapshot)
        for language in Language
        for one in (covered, uncovered)
    ]

    assert said == [
        "P15-06, dalam praktik: bagian foto ditutup: wajah (2), nomor telepon",
        "P15-06, dalam praktik: penutup foto dilepas",
        "P15-06, in practice: part of the photo covered: face (2), phone number",
        "P15-06, in practice: cover taken off the photo",
    ]


@pytest.fixture
def desks(tmp_path: Path) -> Iterable[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def test_two_devices_that_covered_different_parts_cover_both(desks: Desks) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    item = take(session, white())
    other.take_in(one.export(session.visit_id))
    theirs = other.open(session.visit_id)
    photo(one.workplace, item)
    session.redact(item.id, [LEFT])
    theirs.redact(item.id, [MIDDLE])
    photo(other.workplace, now(theirs, item))

    other.take_in(one.export(session.visit_id))
    one.take_in(other.export(session.visit_id))

    for desk in (one, other):
        merged = desk.open(session.visit_id)
        assert now(merged, item).layers == (LEFT, MIDDLE)
        assert merged.snapshot.conflicts == ()
        assert dark_share(photo(desk.workplace, now(merged, item))) > 0.55
    with pytest.raises(VisitRefused) as refused:
        session.redact(item.id, [])  # a window that was left open and has not seen it
    assert refused.value.code == "visit_moved_on"


def test_after_a_merge_an_undo_takes_no_cover_of_the_other_off(desks: Desks) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    item = take(session, white())
    other.take_in(one.export(session.visit_id))
    session.redact(item.id, [LEFT])
    other.open(session.visit_id).redact(item.id, [RIGHT])
    one.take_in(other.export(session.visit_id))
    merged = one.open(session.visit_id)

    with pytest.raises(VisitRefused):
        merged.undo()

    assert now(merged, item).layers == (LEFT, RIGHT)
    merged.redact(item.id, [LEFT, RIGHT, MIDDLE])
    with pytest.raises(VisitRefused) as refused:
        merged.undo()
    assert refused.value.code == "undo_of_choice"


def test_a_cover_of_who_had_not_heard_of_the_closing_holds(desks: Desks) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    item = take(session, white())
    other.take_in(one.export(session.visit_id))
    other.open(session.visit_id).redact(item.id, [MIDDLE])
    now_ = one.workplace.store.clock.now
    account = "Dihentikan"
    close_visit(session, one.workplace, Outcome.STOPPED, departure=now_(), account=account)

    came = one.take_in(other.export(session.visit_id))

    closed = one.open(session.visit_id)
    assert came.late == 1
    assert now(closed, item).layers == (MIDDLE,)
    assert 0.14 <= dark_share(photo(one.workplace, now(closed, item))) <= 0.18
    closed.redact(item.id, [LEFT])  # who sees it may decide otherwise
    assert now(one.open(session.visit_id), item).layers == (LEFT,)
    other.take_in(one.export(session.visit_id))
    assert one.rows(session.visit_id) == other.rows(session.visit_id)
