"""Signs over evidence: burnt into every copy, never into the original, and no cover gives way."""

import hashlib
import io
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.exchanging import Desks, desks_in
from tests.services import offered
from tests.services.test_redacting import dark_share, grey, now, take, white
from tests.visiting import answer_all

from assessor_app.domain.annotation import (
    MOST_ANNOTATIONS,
    Annotation,
    Ink,
    Shape,
    Spot,
    annotations_json,
    lines_of,
    read_annotations,
    shifted,
    united_annotations,
)
from assessor_app.domain.event import EventKind
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.redaction import SCALE, Box, Layer, Why
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.copies import is_current, photo, thumbnail
from assessor_app.services.evidence.derived import shown_picture
from assessor_app.services.evidence.redacting import renew_copies
from assessor_app.services.history import told
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.storage.vault import Form
from assessor_app.texts import Language

ARROW = Annotation(1, Shape.ARROW, (Spot(1000, 1000), Spot(6000, 6000)))
RING = Annotation(1, Shape.ELLIPSE, (Spot(2000, 2000), Spot(8000, 8000)), Ink.BLUE)
WORDS = Annotation(1, Shape.TEXT, (Spot(500, 8500),), Ink.BLACK, "antrean sampai ke jalan")
EVERYTHING = Layer(1, Box(0, 0, SCALE, SCALE), Why.FACE)

spots = st.builds(Spot, st.integers(0, SCALE), st.integers(0, SCALE))
signs = st.one_of(
    st.builds(
        Annotation,
        st.integers(1, 3),
        st.sampled_from([Shape.ARROW, Shape.LINE, Shape.BOX, Shape.ELLIPSE]),
        st.tuples(spots, spots).filter(
            lambda pair: max(abs(pair[0].x - pair[1].x), abs(pair[0].y - pair[1].y)) >= 40
        ),
        st.sampled_from(Ink),
        st.just(""),
    ),
    st.builds(
        Annotation,
        st.just(1),
        st.just(Shape.TEXT),
        st.tuples(spots),
        st.sampled_from(Ink),
        st.text("abc ß日", min_size=1, max_size=20).filter(lambda text: bool(text.strip())),
    ),
)


def coloured(jpeg: bytes) -> float:
    """The share of the picture that is neither white nor black nor grey."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    return float((pixels.max(axis=2) - pixels.min(axis=2) > 60).mean())


def test_what_is_drawn_is_in_every_copy_and_never_in_the_original(
    session: Session, workplace: Workplace
) -> None:
    data = white()
    item = take(session, data)
    before = photo(workplace, item)

    session.annotate(item.id, [ARROW, RING, WORDS])

    drawn = now(session, item)
    assert not is_current(workplace.store.vault, drawn)
    assert coloured(photo(workplace, drawn)) > 0.005 > coloured(before)
    assert coloured(thumbnail(workplace, drawn)) > 0.005
    assert is_current(workplace.store.vault, drawn)
    original = workplace.store.vault.get(item.id, Form.ORIGINAL)
    assert original == data
    assert drawn.sha256 == hashlib.sha256(data).hexdigest()


def test_a_cover_wins_over_whatever_is_drawn(session: Session, workplace: Workplace) -> None:
    item = take(session, white())
    session.annotate(item.id, [ARROW, RING, WORDS])

    session.redact(item.id, [EVERYTHING])

    covered = now(session, item)
    assert dark_share(photo(workplace, covered)) == 1
    assert coloured(thumbnail(workplace, covered)) == 0
    assert np.asarray(shown_picture(workplace.store.vault, covered, side=4096)).max() == 0


def test_a_sign_stands_where_it_was_drawn(session: Session, workplace: Workplace) -> None:
    item = take(session, white(size=(1000, 500)))
    line = Annotation(1, Shape.LINE, (Spot(0, 5000), Spot(5000, 5000)), Ink.BLACK)

    session.annotate(item.id, [line])

    shown = grey(photo(workplace, now(session, item)))
    assert shown[250, 250] < 100
    assert shown[250, 750] > 240
    assert shown[100, 250] > 240


def test_words_are_moved_into_the_picture(session: Session, workplace: Workplace) -> None:
    """At the right edge, in a narrow picture, they are all there: smaller, and further left."""
    item = take(session, white(size=(300, 900)))
    at_edge = Annotation(1, Shape.TEXT, (Spot(9900, 9990),), Ink.BLACK, "w" * 60)

    session.annotate(item.id, [at_edge])

    shown = grey(photo(workplace, now(session, item)))
    found = np.argwhere(shown < 100)
    assert len(found) > 50
    assert shown[:, -1].min() > 150


def test_undo_takes_signs_away_again(session: Session, workplace: Workplace) -> None:
    item = take(session, white())
    session.annotate(item.id, [ARROW])
    words = Words(Language.INDONESIAN, UTC)

    _, undone = session.undo()

    assert undone.kind is EventKind.ANNOTATED
    assert now(session, item).annotations == ()
    assert coloured(photo(workplace, now(session, item))) < 0.001
    assert "tanda" in told(undone, session.instrument, words, snapshot=session.snapshot)


def test_the_same_signs_again_are_no_event(session: Session) -> None:
    item = take(session, white())
    session.annotate(item.id, [ARROW])

    assert session.annotate(item.id, [ARROW]).event is None
    assert session.annotate(item.id, []).event is not None


def test_copies_are_renewed_after_drawing(session: Session, workplace: Workplace) -> None:
    item = take(session, white())
    session.annotate(item.id, [ARROW])

    assert renew_copies(workplace, [now(session, item)]) == 1
    assert renew_copies(workplace, [now(session, item)]) == 0


@pytest.mark.parametrize(
    ("sign", "code"),
    [
        (ARROW._replace(points=(Spot(0, 0), Spot(10, 10))), "annotation_too_small"),
        (ARROW._replace(points=(Spot(0, 0), Spot(0, SCALE + 1))), "annotation_outside"),
        (ARROW._replace(points=(Spot(0, 0),)), "annotation_unfit"),
        (ARROW._replace(page=2), "annotation_page_unknown"),
        (WORDS._replace(text="  "), "annotation_text_missing"),
        (WORDS._replace(text="x" * 121), "annotation_text_too_long"),
        (Annotation(1, Shape.FREEHAND, (Spot(0, 0),)), "annotation_unfit"),
    ],
)
def test_what_cannot_be_drawn_is_refused(session: Session, sign: Annotation, code: str) -> None:
    item = take(session, white())

    with pytest.raises(RecordRefused) as refused:
        session.annotate(item.id, [sign])

    assert refused.value.code == code
    assert now(session, item).annotations == ()


def test_too_many_signs_are_refused(session: Session) -> None:
    item = take(session, white())
    many = [ARROW._replace(points=(Spot(0, n), Spot(900, n))) for n in range(MOST_ANNOTATIONS + 1)]

    with pytest.raises(RecordRefused) as refused:
        session.annotate(item.id, many)

    assert refused.value.code == "annotations_too_many"


def test_a_recording_has_nothing_to_draw_on(session: Session) -> None:
    item = take(session, offered.recording("clip.mp4"))

    with pytest.raises(RecordRefused) as refused:
        session.annotate(item.id, [ARROW])

    assert refused.value.code == "annotations_need_picture"


def test_a_closed_visit_takes_no_signs(session: Session, workplace: Workplace) -> None:
    item = take(session, white())
    answer_all(session)
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    with pytest.raises(VisitRefused):
        session.annotate(item.id, [ARROW])


@pytest.fixture
def desks(tmp_path: Path) -> Iterable[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def test_what_two_devices_drew_is_all_there_after_a_merge(desks: Desks) -> None:
    one, other = desks("A"), desks("B")
    session = one.begin()
    item = take(session, white())
    other.take_in(one.export(session.visit_id))
    session.annotate(item.id, [ARROW])
    other.open(session.visit_id).annotate(item.id, [RING])

    one.take_in(other.export(session.visit_id))

    merged = one.open(session.visit_id)
    assert now(merged, item).annotations == tuple(sorted([ARROW, RING]))
    assert merged.snapshot.conflicts == ()
    assert coloured(photo(one.workplace, now(merged, item))) > 0.01


@given(st.lists(signs, max_size=8))
def test_what_is_recorded_is_read_again(drawn: list[Annotation]) -> None:
    assert read_annotations(annotations_json(drawn)) == tuple(sorted(set(drawn)))


@given(st.lists(signs, max_size=5), st.lists(signs, max_size=5))
def test_two_devices_keep_what_either_drew(one: list[Annotation], other: list[Annotation]) -> None:
    either = united_annotations([annotations_json(one), annotations_json(other), None])

    assert read_annotations(either) == tuple(sorted({*one, *other}))
    assert either == united_annotations([annotations_json(other), annotations_json(one)])


@given(signs, st.integers(-SCALE, SCALE), st.integers(-SCALE, SCALE))
def test_a_sign_that_is_moved_stays_within_and_keeps_its_form(
    sign: Annotation, x: int, y: int
) -> None:
    moved = shifted(sign, x, y)

    assert all(0 <= spot.x <= SCALE and 0 <= spot.y <= SCALE for spot in moved.points)
    between = [(a.x - b.x, a.y - b.y) for a, b in zip(sign.points, sign.points[1:], strict=False)]
    after = [(a.x - b.x, a.y - b.y) for a, b in zip(moved.points, moved.points[1:], strict=False)]
    assert after == between


@given(signs)
def test_lines_stay_near_their_points(sign: Annotation) -> None:
    for line in lines_of(sign, 400, 300):
        assert all(-1 <= x <= 401 and -1 <= y <= 301 for x, y in line) or sign.shape is Shape.ARROW


@pytest.mark.parametrize(
    "held",
    [
        "arrow",
        [{}],
        [{"kind": "arrow", "ink": "red", "page": 1, "points": [[0, 0]]}],
        [{"kind": "arrow", "ink": "red", "page": 0, "points": [[0, 0], [900, 900]]}],
        [{"kind": "arrow", "ink": "pink", "page": 1, "points": [[0, 0], [900, 900]]}],
        [{"kind": "arrow", "ink": "red", "page": 1, "points": [[0, 0], [9, True]]}],
        [{"kind": "arrow", "ink": "red", "page": 1, "points": "ab"}],
        [{"kind": "arrow", "ink": "red", "page": 1, "points": ["ab", "cd"]}],
        [{"kind": "arrow", "ink": "red", "page": 1, "points": [[0, 0], [900, 900]], "x": 1}],
    ],
)
def test_what_is_no_sign_is_not_read(held: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_annotations(held)  # type: ignore[arg-type]  # what a damaged record may hold
