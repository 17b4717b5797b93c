"""Fifty visits with twenty photos each, over a link that breaks, by a program that is killed."""

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.storm import Weathered, office_in, record_visits, weathered
from tests.stormy_link import Weather

from places import told

# Every second connection breaks, before it has carried 15 MB.
_WEATHER = Weather(reset=0.35, cut=0.15, late=0.2, late_s=0.3, carried=15_000_000)
_SLOW = 3000  # kilobytes a second, of the runs that are killed
_MOST_TWICE = 0.05
TARGET = f"0 lost, 0 doubled, 0 differing, twice under {_MOST_TWICE} where it is fifty visits"


def storm(folder: Path, *, visits: int, photos: int, longest_s: float, killed: int) -> Weathered:
    """Send so many visits until the last part is receipted."""
    with office_in(folder) as office:
        record_visits(office, folder, visits=visits, photos=photos)
        return weathered(
            office,
            folder,
            seed=20261123,
            weather=_WEATHER,
            longest_s=longest_s,
            slow=_SLOW,
            killed=killed,
        )


def kept(came: Weathered) -> bool:
    """Whether everything arrived once; how much went twice is told as a figure of a long run."""
    return not (came.lost or came.doubled or came.differing)


def main(*, visits: int = 50, photos: int = 20) -> bool:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        came = storm(Path(folder), visits=visits, photos=photos, longest_s=12, killed=12)
    told(
        "sync_storm",
        visits=visits,
        photos=photos,
        **asdict(came),
        twice=came.twice,
        target=TARGET,
    )
    return kept(came) and came.twice < _MOST_TWICE


if __name__ == "__main__":
    sys.exit(not main())
