"""The long proofs, one JSON line each: kills, power cuts, full disks, flipped bits, a full store.

`run.py soak` takes some twenty minutes, `run.py soak --short` less than three. The exit code is 1
where a promise was not kept. How long a thing took is printed beside its target and breaks none: it
is the machine's as much as ours.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import bench_store
import bit_flips
import disk_full
import kill_nine
import power_cut
import signed_flips
import sync_storm
from assessor_app.storage.tables import SCHEMA
from full_store import SHORT, WHOLE
from migration_kills import migration_kills
from places import told

_RELEASED = Path(__file__).parents[1] / "tests" / "storage" / "released"
_RELEASED_PASSPHRASE = "sandi untuk uji"  # tests/visiting.py


def main(*, short: bool) -> bool:
    """Run all; whether every promise was kept."""
    proofs: tuple[Callable[[Path, bool], Iterator[bool]], ...] = (
        _kills,
        _migrations,
        _cuts,
        _flips,
        _storm,
    )
    kept = []
    for proof in proofs:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            kept += list(proof(Path(folder), short))
    bench_store.measured(SHORT if short else WHOLE)
    return all(kept)


def _kills(folder: Path, short: bool) -> Iterator[bool]:  # noqa: FBT001 - one of several proofs
    found = kill_nine.killed(folder, kills=20 if short else 500)
    _tell("kill_nine", found, target="0 lost, 0 corrupt, p95 to reopen and check < 100 ms")
    yield not (found.lost or found.corrupt)


def _migrations(_folder: Path, short: bool) -> Iterator[bool]:  # noqa: FBT001 - one of several proofs
    """Kills while a store of each earlier schema is migrated."""
    for released in sorted(_RELEASED.iterdir()):
        if released.name == SCHEMA or not (released / "home").is_dir():
            continue
        found = migration_kills(
            released / "home", _RELEASED_PASSPHRASE, kills=6 if short else 100, seed=20261122
        )
        _tell("migration_kills", found, target="no faults", schema=released.name)
        yield not found.faults


def _cuts(folder: Path, short: bool) -> Iterator[bool]:  # noqa: FBT001 - one of several proofs
    """Power cuts, and the same recording's writes on a full disk."""
    recordings = power_cut.recorded(folder, tuple(power_cut.Syncing))
    for recording in recordings:
        found = power_cut.cut(recording, folder, cuts=40 if short else 400)
        as_promised = recording.syncing is power_cut.Syncing.FULL
        target = "0 lost, 0 corrupt" if as_promised else "some lost: the harness can fail"
        _tell("power_cut", found, target=target)
        yield not (found.lost or found.corrupt) if as_promised else found.lost > 0
    filled = disk_full.filled(recordings[0], folder, moments=12 if short else None)
    _tell("disk_full", filled, target="all 0 from lost to stuck")
    yield filled.held


def _flips(folder: Path, short: bool) -> Iterator[bool]:  # noqa: FBT001 - one of several proofs
    made = bit_flips.stores(folder)
    count = 8 if short else 200
    for found in (
        bit_flips.in_pages(made),
        bit_flips.in_keys(made, flips=count),
        bit_flips.in_evidence(made, flips=count),
        bit_flips.in_log(made, flips=30 if short else None),
        bit_flips.in_sectors_of_log(made, sectors=15 if short else None),
    ):
        _tell("bit_flips", found, target="none unseen")
        yield not found.unseen
    document = made.closed / "out" / "temuan.pdf"
    signed = signed_flips.in_document(document, flips=40 if short else 500)
    _tell("bit_flips", signed, target="all refused")
    yield not signed.unseen


def _storm(folder: Path, short: bool) -> Iterator[bool]:  # noqa: FBT001 - one of several proofs
    """Visits sent over a link that breaks, by a program that is killed."""
    visits, photos, longest_s, killed = (4, 5, 3.0, 3) if short else (50, 20, 12.0, 12)
    came = sync_storm.storm(
        folder, visits=visits, photos=photos, longest_s=longest_s, killed=killed
    )
    _tell("sync_storm", came, target=sync_storm.TARGET, twice=came.twice)
    yield sync_storm.kept(came)


def _tell(name: str, found: object, *, target: str, **more: object) -> None:
    figures = {one.name: getattr(found, one.name) for one in fields(found)}  # type: ignore[arg-type]  # each is a dataclass
    told(name, **more, **figures, target=target)


if __name__ == "__main__":
    sys.exit(not main(short="--short" in sys.argv))
