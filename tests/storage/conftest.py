"""The proofs that tests and `run.py soak` share stand in `benchmarks/`, whose modules are flat."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
