"""Files are taken in by a process of their own: as by ours, whatever becomes of that process."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.services.offered import pdf, wav
from tests.visiting import jpeg

from assessor_app.domain.problem import EvidenceRefused
from assessor_app.services.evidence import apart, decoder, intake
from assessor_app.services.evidence.apart import Apart

ZONE = ZoneInfo("Asia/Jayapura")


@pytest.fixture(scope="module")
def decoding() -> Iterator[Apart]:
    made = Apart()
    yield made
    made.end()


@pytest.mark.parametrize(
    ("name", "data"), [("a.jpg", jpeg()), ("b.pdf", pdf("Satu", "Dua")), ("c.wav", wav())]
)
def test_a_file_is_taken_in_as_by_this_process(
    decoding: Apart, tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    there = decoding.take_in(path, zone=ZONE)

    assert there.original == path
    assert there == replace(intake.take_in(path, zone=ZONE), original=path)


def test_what_is_no_file_keeps_its_bytes(decoding: Apart) -> None:
    there = decoding.take_in_bytes(jpeg("navy"), name="Papan klip", zone=UTC)

    assert there == intake.take_in_bytes(jpeg("navy"), name="Papan klip", zone=UTC)
    assert there.name == "Papan klip"


def test_a_refusal_comes_over_with_what_it_says(decoding: Apart, tmp_path: Path) -> None:
    path = tmp_path / "surat.txt"
    path.write_text("bukan foto", encoding="utf-8")

    with pytest.raises(EvidenceRefused) as refused:
        decoding.take_in(path, zone=UTC)
    with pytest.raises(EvidenceRefused) as missing:
        decoding.take_in(tmp_path / "hilang.jpg", zone=UTC)

    assert refused.value.code == "evidence_kind_unknown"
    assert refused.value.places == {"file": path.name}
    assert missing.value.code == "file_missing"


def test_a_process_that_was_killed_between_two_files_is_started_again(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    made = Apart()
    made.take_in(path, zone=UTC)
    process = made._process
    assert process is not None

    process.kill()
    again = made.take_in(path, zone=UTC)

    assert again.sha256
    assert made._process is not process
    made.end()


FALLS = "import sys; sys.stdin.buffer.read(9); import os; os._exit(11)"
HANGS = "import time; time.sleep(600)"
CHATTERS = "print('kata pustaka', flush=True); import time; time.sleep(600)"


@pytest.mark.parametrize("does", [FALLS, HANGS, CHATTERS])
def test_a_file_that_no_decoder_survives_is_refused_as_damaged(
    monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    monkeypatch.setattr(apart, "PATIENCE_S", 0.3)
    made = Apart(command=_python(does))

    with pytest.raises(EvidenceRefused) as refused:
        made.take_in_bytes(jpeg(), name="jahat.heic", zone=UTC)

    assert refused.value.code == "photo_damaged"
    assert refused.value.places["file"] == "jahat.heic"
    made.end()


def test_where_no_process_can_be_started_the_file_is_taken_in_here(tmp_path: Path) -> None:
    made = Apart(command=lambda: [str(tmp_path / "tidak-ada")])

    there = made.take_in_bytes(jpeg(), name="a.jpg", zone=UTC)

    assert there == intake.take_in_bytes(jpeg(), name="a.jpg", zone=UTC)


def test_the_process_ends_when_nobody_writes_to_it_any_more() -> None:
    made = Apart()
    made.take_in_bytes(jpeg(), name="a.jpg", zone=UTC)
    process = made._process
    assert process is not None
    assert process.stdin is not None

    process.stdin.close()

    assert process.wait(timeout=20) == 0
    made.end()


def test_the_process_ends_by_itself_once_it_is_idle() -> None:
    told = (
        "from assessor_app.services.evidence import decoder; decoder.IDLE_S = 0.2; decoder.serve()"
    )
    made = Apart(command=_python(told))
    made.take_in_bytes(jpeg(), name="a.jpg", zone=UTC)
    process = made._process
    assert process is not None

    assert process.wait(timeout=20) == 0

    assert made.take_in_bytes(jpeg(), name="a.jpg", zone=UTC).sha256  # by a new one
    made.end()


def test_a_process_goes_with_the_last_who_knows_of_it() -> None:
    made = Apart()
    made.take_in_bytes(jpeg(), name="a.jpg", zone=UTC)
    process = made._process
    assert process is not None

    del made

    assert process.returncode is not None


def test_the_window_decodes_nothing_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    told = f"""
import sys
from datetime import UTC
from pathlib import Path
from assessor_app.services.evidence.apart import Apart
import assessor_app.services.session
made = Apart()
made.take_in(Path({str(path)!r}), zone=UTC)
made.end()
print([one for one in ("PIL", "pi_heif", "pypdfium2") if one in sys.modules])
"""

    ran = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, timeout=60, check=True
    )

    assert ran.stdout.strip() == "[]"


def test_the_decoder_answers_as_the_other_end_expects(tmp_path: Path) -> None:
    """The same in one process, step by step: what the two send each other."""
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    wanted = apart.Wanted("a.jpg", UTC, path=path)
    with (tmp_path / "pipe").open("w+b") as pipe:
        apart.send(decoder._answer(wanted), pipe)
        apart.send(decoder._answer(apart.Wanted("b", UTC, data=b"?")), pipe)
        pipe.seek(0)

        taken, refused, end = (apart.receive(pipe) for _ in range(3))

    assert taken == apart.taken_in(wanted)
    assert refused == apart.Refused("evidence_kind_unknown", {"file": "b"})
    assert end is None


def _python(told: str) -> Callable[[], list[str]]:
    return lambda: [sys.executable, "-c", told]
