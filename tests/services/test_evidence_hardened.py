"""Evidence under bad input and in odd orders: lying files, two devices, turned pictures."""

import contextlib
import io
from collections.abc import Callable, Iterable
from datetime import UTC
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from tests.exchanging import Desks, desks_in
from tests.services import offered
from tests.services.test_redacting import dark_share, now
from tests.visiting import answer_all, attach, jpeg

from assessor_app.domain.annotation import Annotation, Ink, Shape, Spot
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource, ObservationKey
from assessor_app.domain.problem import EvidenceRefused, RecordRefused, VisitRefused
from assessor_app.domain.redaction import SCALE, Box, Layer, Why
from assessor_app.domain.visit import Outcome, Snapshot
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.copies import is_current, photo, thumbnail
from assessor_app.services.evidence.covering import mark_in
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.report.cards import photo as printed
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

HERE = ObservationKey("P15-06", Side.PRACTICE)
THERE = ObservationKey("P15-08", Side.PAPERWORK)
ELSEWHERE = ObservationKey("P15-07", Side.PRACTICE)
WORDS = Words(Language.INDONESIAN, UTC)


def taken(session: Session, data: bytes) -> str:
    """The id of a file that was attached just now."""
    known = set(session.snapshot.evidence)
    found = take_in_bytes(data, name="berkas", zone=UTC)
    session.attach(HERE.indicator, HERE.side, found, source=EvidenceSource.FILE)
    (new,) = set(session.snapshot.evidence) - known
    return new


def pixels(jpeg_: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.int_]]":
    with Image.open(io.BytesIO(jpeg_)) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def places(snapshot: Snapshot, id_: str) -> tuple[ObservationKey, ...]:
    found = snapshot.evidence.get(id_) or snapshot.unattached[id_]
    return found.attached_to


# What the office is handed


def test_the_page_that_proves_is_the_one_that_is_printed(
    session: Session, workplace: Workplace
) -> None:
    id_ = taken(session, _pages())
    item = session.snapshot.evidence[id_]
    assert _hue(photo(workplace, item)) == "red"

    session.edit_evidence(id_, page=3)

    item = session.snapshot.evidence[id_]
    assert not is_current(workplace.store.vault, item)
    card = printed(item, HERE, workplace.store.vault, WORDS)
    assert _hue(card.jpeg) == "blue"
    assert "3" in card.details
    assert _hue(thumbnail(workplace, item)) == "blue"
    assert is_current(workplace.store.vault, item)
    session.undo()
    again = session.snapshot.evidence[id_]
    assert _hue(photo(workplace, again)) == "red"
    assert mark_in(photo(workplace, again)) == b""


def test_covers_and_signs_of_the_printed_page_alone_are_burnt_in(
    session: Session, workplace: Workplace
) -> None:
    id_ = taken(session, _pages())
    session.redact(id_, [Layer(1, Box(0, 0, SCALE, SCALE), Why.FACE)])
    session.edit_evidence(id_, page=3)
    clear = photo(workplace, session.snapshot.evidence[id_])
    assert dark_share(clear) < 0.01

    session.redact(
        id_,
        [
            Layer(1, Box(0, 0, SCALE, SCALE), Why.FACE),
            Layer(3, Box(0, 0, SCALE, SCALE // 2), Why.FACE),
        ],
    )

    half = dark_share(photo(workplace, session.snapshot.evidence[id_]))
    assert 0.4 < half < 0.6


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_turned_picture_is_covered_and_drawn_upon_as_it_stands_upright(
    session: Session, workplace: Workplace, orientation: int
) -> None:
    """Coordinates are those of the upright picture, whatever way the camera held it."""
    id_ = taken(session, _white_turned(orientation))
    session.redact(id_, [Layer(1, Box(0, 0, SCALE // 2, SCALE // 4), Why.FACE)])
    line = Annotation(1, Shape.LINE, (Spot(1000, 8000), Spot(9000, 8000)), Ink.RED)
    session.annotate(id_, [line])

    seen = pixels(printed(session.snapshot.evidence[id_], HERE, workplace.store.vault, WORDS).jpeg)

    height, width, _ = seen.shape
    assert (width, height) == (400, 200)
    assert seen[: height // 4 - 2, : width // 2 - 2].max() < 40
    assert seen[: height // 4 - 2, width // 2 + 3 :].min() > 200
    red = seen[round(height * 0.8), round(width * 0.15) : round(width * 0.85)]
    assert (red[:, 0] - red[:, 1]).min() > 60


# Moves, and what takes them back


def test_a_chain_of_moves_is_taken_back_step_by_step_and_given_back_again(
    session: Session, tmp_path: Path
) -> None:
    attach(session, HERE.indicator, tmp_path)
    (id_,) = session.snapshot.evidence
    steps: list[Callable[[], Done]] = [
        lambda: session.share_evidence(id_, THERE.indicator, THERE.side),
        lambda: session.move_evidence([id_], ELSEWHERE.indicator, ELSEWHERE.side, away_from=HERE),
        lambda: session.detach_evidence([id_], away_from=THERE),
        lambda: session.detach_evidence([id_]),
        lambda: session.move_evidence([id_], HERE.indicator, HERE.side),
        lambda: session.edit_evidence(id_, caption="Loket 3"),
    ]
    states = [now_told(session, id_)]
    for step in steps:
        step()
        states.append(now_told(session, id_))
    assert len(set(states)) == len(states) - 1  # at last it is where it was, then has a caption

    for before in reversed(states[:-1]):
        session.undo()
        assert now_told(session, id_) == before
    for after in states[1:]:
        session.redo()
        assert now_told(session, id_) == after


def now_told(session: Session, id_: str) -> tuple[object, ...]:
    found = session.snapshot.evidence.get(id_) or session.snapshot.unattached[id_]
    return (found.attached_to, found.of_visit, found.caption)


def test_what_proves_the_visit_itself_can_be_moved_detached_and_taken_back(
    session: Session, workplace: Workplace
) -> None:
    found = take_in_bytes(jpeg("red"), name="pintu", zone=UTC)
    session.attach_to_visit(found, source=EvidenceSource.CAMERA)
    (id_,) = session.snapshot.evidence

    session.share_evidence(id_, HERE.indicator, HERE.side)
    session.detach_evidence([id_], away_from="visit")

    item = session.snapshot.evidence[id_]
    assert (item.attached_to, item.of_visit) == ((HERE,), False)
    session.undo()
    assert session.snapshot.evidence[id_].of_visit
    again = take_in_bytes(jpeg("red"), name="pintu", zone=UTC)
    with pytest.raises(RecordRefused) as refused:
        session.attach_to_visit(again, source=EvidenceSource.CAMERA)
    assert refused.value.code == "evidence_already_there"


def test_a_paused_or_closed_visit_takes_none_of_the_verbs(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    attach(session, HERE.indicator, tmp_path)
    (id_,) = session.snapshot.evidence
    sign = Annotation(1, Shape.LINE, (Spot(0, 0), Spot(9000, 9000)))
    verbs: tuple[Callable[[], Done], ...] = (
        lambda: session.edit_evidence(id_, caption="x"),
        lambda: session.move_evidence([id_], THERE.indicator, THERE.side),
        lambda: session.share_evidence(id_, THERE.indicator, THERE.side),
        lambda: session.detach_evidence([id_]),
        lambda: session.annotate(id_, [sign]),
    )
    session.pause("Istirahat", at=workplace.store.clock.now())
    before = session.snapshot
    for verb in verbs:
        with pytest.raises(VisitRefused):
            verb()
    assert session.snapshot == before
    session.resume(at=workplace.store.clock.now())
    answer_all(session)
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    for verb in verbs:
        with pytest.raises(VisitRefused):
            verb()


# Two devices


@pytest.fixture
def desks(tmp_path: Path) -> Iterable[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def test_one_photo_that_two_devices_moved_goes_missing_nowhere(desks: Desks) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    id_ = taken(session, jpeg("green"))
    other.take_in(one.export(session.visit_id))
    session.move_evidence([id_], THERE.indicator, THERE.side)
    there = other.open(session.visit_id)
    there.move_evidence([id_], ELSEWHERE.indicator, ELSEWHERE.side)
    there.edit_evidence(id_, caption="dari B")

    one.take_in(other.export(session.visit_id))
    other.take_in(one.export(session.visit_id))

    here, there = one.open(session.visit_id), other.open(session.visit_id)
    assert places(here.snapshot, id_) == places(there.snapshot, id_)
    assert set(places(here.snapshot, id_)) & {THERE, ELSEWHERE}
    assert now(here, here.snapshot.evidence[id_]).caption == "dari B"
    assert [one.entity for one in here.snapshot.conflicts] == [
        one.entity for one in there.snapshot.conflicts
    ]


def test_annotations_url_and_page_travel_and_come_back_the_same(desks: Desks) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    id_ = taken(session, _pages())
    sign = Annotation(2, Shape.BOX, (Spot(100, 100), Spot(5000, 5000)), Ink.BLUE)
    session.annotate(id_, [sign])
    session.edit_evidence(id_, page=2, url="kota.go.id/sop", caption="SOP")
    other.take_in(one.export(session.visit_id))

    there = other.open(session.visit_id).snapshot.evidence[id_]

    assert there == session.snapshot.evidence[id_]
    assert photo(other.workplace, there) == photo(one.workplace, session.snapshot.evidence[id_])
    assert one.take_in(other.export(session.visit_id)).nothing_new


# Bad input


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert('a.b')",
        "javascript://kota.go.id/%0aalert(1)",
        "data:text/html,halo.id",
        "mailto:siti@kota.go.id",
        "https://siti:rahasia@kota.go.id",
        "https://kota.go.id/a b",
        "https://kota.go.id/\u202eexe.piz",
        "https://kota.go.id/\u00a0x",
        "https://kota.go.id:abc/",
        "https://kota.go.id:99999/",
        "kota.go.id/" + "a" * 10_000,
        "https:///kota",
        "//kota.go.id\\@x",
    ],
)
def test_an_address_that_leads_elsewhere_or_nowhere_is_refused(
    session: Session, tmp_path: Path, url: str
) -> None:
    attach(session, HERE.indicator, tmp_path)
    (id_,) = session.snapshot.evidence

    with pytest.raises(RecordRefused):
        session.edit_evidence(id_, url=url)

    assert session.snapshot.evidence[id_].url is None


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("  kota.go.id  ", "https://kota.go.id"),
        ("http://kota.go.id:8080/a?b=c#d", "http://kota.go.id:8080/a?b=c#d"),
        ("HTTPS://Kota.go.id/Ä", "HTTPS://Kota.go.id/Ä"),
        ("192.168.1.7/profil", "https://192.168.1.7/profil"),
        ("", None),
    ],
)
def test_an_address_is_kept_as_it_was_typed(
    session: Session, tmp_path: Path, url: str, kept: str | None
) -> None:
    attach(session, HERE.indicator, tmp_path)
    (id_,) = session.snapshot.evidence

    session.edit_evidence(id_, url=url)

    assert session.snapshot.evidence[id_].url == kept


def _heic_damages() -> list[bytes]:
    whole = offered.heic(offered.marked())
    middle = len(whole) // 2
    return [
        whole[:200],
        whole[:middle],
        whole[:-40],
        whole[:300] + bytes(200) + whole[500:],
        whole[:24] + b"\xff" * (len(whole) - 24),
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + jpeg(),
        b"\xff\xff\xff\xffftypheic" + whole[12:],
    ]


@pytest.mark.parametrize("number", range(8))
def test_a_damaged_or_lying_heic_is_refused_in_words_or_shown(number: int) -> None:
    data = _heic_damages()[number]
    told = {"photo_damaged", "not_a_photo", "evidence_kind_unknown"}

    with contextlib.suppress(EvidenceRefused):
        assert pixels(take_in_bytes(data, name="IMG.HEIC", zone=UTC).report_copy).size
        return
    with pytest.raises(EvidenceRefused) as refused:
        take_in_bytes(data, name="IMG.HEIC", zone=UTC)
    assert refused.value.code in told


def test_ten_bit_heic_and_a_burst_are_one_picture() -> None:
    deep = io.BytesIO()
    grey = np.linspace(0, 65535, 64 * 64, dtype=np.uint16).reshape(64, 64)
    encoded = pillow_heif.encode  # of the tests: the product only decodes
    encoded("RGB;16", (64, 64), np.dstack([grey] * 3).tobytes(), deep, quality=90)
    burst = io.BytesIO()
    several = pillow_heif.from_pillow(offered.marked())
    several.add_from_pillow(Image.new("RGB", (100, 100), "white"))
    several.save(burst)

    ten = take_in_bytes(deep.getvalue(), name="10.heic", zone=UTC)
    first = take_in_bytes(burst.getvalue(), name="burst.heic", zone=UTC)

    assert 0 <= pixels(ten.report_copy).min() < 20
    assert pixels(ten.report_copy).max() > 235
    assert pixels(first.report_copy).shape[:2] == (200, 400)


def _pages() -> bytes:
    """Three pages, in red, white and blue."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 400))
    for colour in ((1, 0, 0), (1, 1, 1), (0, 0, 1)):
        canvas.setFillColorRGB(*colour)
        canvas.rect(0, 0, 300, 400, fill=1, stroke=0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _hue(jpeg_: bytes) -> str:
    red, green, blue = pixels(jpeg_).mean(axis=(0, 1))
    if min(red, green, blue) > 200:
        return "white"
    return "red" if red > blue else "blue"


def _white_turned(orientation: int) -> bytes:
    """White, 400 x 200 as it stands upright; its pixels lie as a camera held that way stores."""
    turned = {1: 0, 3: 180, 6: 90, 8: 270}[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "white").rotate(turned, expand=True).save(
        out, "JPEG", quality=95, exif=exif
    )
    return out.getvalue()
