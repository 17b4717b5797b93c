"""What a guess costs: fitted to the device, never below the floor, and derived as Argon2id is."""

import subprocess
import sys

import pytest

from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.cost import FLOOR, SHORT_OF_MEMORY, Cost, calibrated, derive


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (2.0, FLOOR),  # a slow device waits: the floor holds
        (0.3, FLOOR),
        (0.2, Cost(64 * 1024, 4, 4)),
        (0.1, Cost(128 * 1024, 4, 4)),
        (0.05, Cost(256 * 1024, 4, 4)),
        (0.001, Cost(256 * 1024, 12, 4)),  # the memory stays what another tablet has
        (0.0, Cost(256 * 1024, 12, 4)),
    ],
)
def test_the_cost_grows_with_the_device_and_never_falls_below_the_floor(
    seconds: float, expected: Cost
) -> None:
    assert calibrated(lambda _: seconds) == expected


def test_a_device_short_of_memory_takes_less_of_it_and_more_passes() -> None:
    def measure(cost: Cost) -> float:
        if cost.memory_kib > 32 * 1024:
            raise StoreProblem("memory_short", mebibytes=64)
        return 0.05

    cost = calibrated(measure)

    assert cost.memory_kib == SHORT_OF_MEMORY.memory_kib
    assert cost.passes == 11


def test_on_this_device_the_cost_is_measured_and_sane() -> None:
    cost = calibrated()

    assert cost.is_sane()
    assert cost.memory_kib >= FLOOR.memory_kib
    assert cost.passes >= FLOOR.passes


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory in the way of Linux")
def test_a_device_without_the_memory_says_how_much_it_takes() -> None:
    program = (
        "import resource\n"
        "from assessor_app.sealing.cost import Cost, derive\n"
        "from assessor_app.domain.problem import StoreProblem\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))\n"
        "try:\n"
        "    derive(b'x', bytes(16), Cost(memory_kib=2**20))\n"
        "except StoreProblem as problem:\n"
        "    print(problem)\n"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )

    assert told.stdout.strip() == "memory_short(mebibytes=1024)"


def test_the_derived_key_is_argon2id_as_its_reference_gives_it() -> None:
    # RFC 9106, section 5.3 uses associated data that the product does not; this vector is the
    # reference implementation's own (test.c: t=2, m=256 KiB, p=1, "password", "somesalt").
    key = derive(b"password", b"somesalt", Cost(memory_kib=256, passes=2, lanes=1))

    assert key.hex() == "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"
