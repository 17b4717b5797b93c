"""Visits sent over a bad link, by a program that is killed, arrive: whole, once, all of them."""

from pathlib import Path

from tests.storm import office_in, record_visits, weathered
from tests.stormy_link import Weather

from assessor_app.syncing.shipment import PIECE_BYTES

ROUGH = Weather(reset=0.3, cut=0.2, late=0.2, late_s=0.05, carried=2_000_000)


def test_everything_arrives_once_over_a_link_that_breaks_and_with_kills(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        record_visits(office, tmp_path, visits=5, photos=4)
        came = weathered(
            office, tmp_path, seed=20261123, weather=ROUGH, longest_s=3, slow=1500, killed=2
        )

    assert (came.lost, came.doubled, came.differing) == (0, 0, 0)
    assert came.items == 15
    assert came.kills > 0
    assert came.broken > 0
    # What is broken off goes again: a piece at most for each of them.
    assert came.sent - came.bytes < (came.broken + came.kills) * PIECE_BYTES
