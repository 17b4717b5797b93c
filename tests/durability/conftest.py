"""The proofs live in benchmarks/, where `run.py soak` runs them long; here they run short."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from power_cut import Recording, Syncing, recorded


@pytest.fixture(scope="session")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> dict[Syncing, Recording]:
    """One visit as the product asked the disk for it, once as it syncs and once worse."""
    folder = tmp_path_factory.mktemp("recorded")
    modes = (Syncing.FULL, Syncing.NORMAL)
    return dict(zip(modes, recorded(folder, modes), strict=True))
