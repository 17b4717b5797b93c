"""A part says what is in it, and is refused where anything in it is otherwise."""

import contextlib
import hashlib
import struct
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.problem import StoreProblem
from assessor_app.syncing.bundle import PartDiffers
from assessor_app.syncing.manifest import Manifest, Part
from assessor_app.syncing.part import OpenedPart, PartKind, Table, open_part, part_bytes

PATH = Path("part")
VISIT = "0194f1a0-0000-7000-8000-000000000001"
FILES = {"evidence/0a": b"a photo" * 1000, "evidence/0b": b""}
TEXTS = {"events": b"one event\n", "checkpoints": b"one checkpoint\n"}


def entries(of: dict[str, bytes]) -> tuple[Part, ...]:
    return tuple(
        Part(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in of.items()
    )


def content_of(part: Part) -> AbstractContextManager[Iterable[bytes]]:
    data = (FILES | TEXTS)[part.name]
    return contextlib.nullcontext((data[:10], data[10:]))


def record() -> Table:
    about = Manifest(
        visit=VISIT,
        app="1.0",
        schema="0003",
        device="device",
        maker="maker",
        made_at=datetime(2026, 11, 22, tzinfo=UTC),
        instrument="instrument",
        streams=(),
        devices={},
        people=(),
        parts=entries(TEXTS),
        left_out=(),
    )
    return Table(PartKind.RECORD, VISIT, entries(TEXTS), about)


ORIGINALS = Table(PartKind.ORIGINALS, VISIT, entries(FILES))


def written(table: Table) -> bytes:
    return b"".join(part_bytes(table, content_of))


def opened(content: bytes) -> OpenedPart:
    return open_part(BytesIO(content), PATH)


def with_table(table: dict[str, Json], *, behind: bytes = b"") -> bytes:
    plain = canonical(table)
    return b"ASSESSOR-PART\n" + struct.pack(">I", len(plain)) + plain + behind


def plain_table(**changed: Json) -> dict[str, Json]:
    named: Json = [[one.name, one.size, one.sha256] for one in entries(FILES)]
    return {
        "v": 1,
        "kind": "originals",
        "visit": VISIT,
        "entries": named,
        "about": None,
        **changed,
    }


def test_what_is_written_is_read() -> None:
    for table in (ORIGINALS, record()):
        part = opened(written(table))
        assert part.table == table
        part.check()
        for entry in table.entries:
            assert part.read(entry) == (FILES | TEXTS)[entry.name]


def test_progress_is_told_in_bytes() -> None:
    told: list[tuple[int, int]] = []
    list(part_bytes(ORIGINALS, content_of, progress=lambda *now: told.append(now)))
    assert told == [(7000, 7000), (7000, 7000)]
    told.clear()
    opened(written(ORIGINALS)).check(lambda *now: told.append(now))
    assert told == [(7000, 7000)]


def test_an_entry_that_is_not_what_the_table_says_is_not_written() -> None:
    wrong = replace(ORIGINALS.entries[0], sha256="0" * 64)
    with pytest.raises(PartDiffers):
        list(part_bytes(replace(ORIGINALS, entries=(wrong,)), content_of))


def test_only_a_record_has_a_manifest() -> None:
    assert opened(written(record())).manifest.visit == VISIT
    with pytest.raises(StoreProblem, match="part_damaged"):
        _ = opened(written(ORIGINALS)).manifest


@pytest.mark.parametrize(
    "changed",
    [
        {"entries": [["../../x", 0, "0" * 64]]},
        {"entries": [["/etc/passwd", 0, "0" * 64]]},
        {"entries": [["evidence/..", 0, "0" * 64]]},
        {"entries": [["evidence/0a", -1, "0" * 64]]},
        {"entries": [["evidence/0a", 1.5, "0" * 64]]},
        {"entries": [["evidence/0a", 1, "short"]]},
        {"entries": [["evidence/0a", 1, "0" * 64]] * 2},
        {"entries": [["evidence/0a", 1]]},
        {"entries": "none"},
        {"kind": "secrets"},
        {"kind": "record"},
        {"visit": 7},
        {"about": {}},
        {"v": "1"},
    ],
    ids=str,
)
def test_a_table_that_no_program_of_ours_writes_is_refused(changed: dict[str, Json]) -> None:
    with pytest.raises(StoreProblem, match="part_damaged"):
        opened(with_table(plain_table(**changed)))


def test_a_record_that_says_otherwise_than_its_table_is_refused() -> None:
    about = record().about
    assert about is not None
    other = Table(PartKind.RECORD, VISIT, entries(TEXTS)[:1], about)
    with pytest.raises(StoreProblem, match="part_damaged"):
        opened(written(other))


def test_a_newer_form_is_told_as_such() -> None:
    with pytest.raises(StoreProblem, match="part_newer"):
        opened(with_table(plain_table(v=2)))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 a zip", b"ASSESSOR-PART\n\xff\xff\xff\xff{}"]
)
def test_what_is_no_part_is_refused(content: bytes) -> None:
    with pytest.raises(StoreProblem, match="part_damaged"):
        opened(content)


def test_a_table_that_is_not_canonical_is_refused() -> None:
    content = with_table(plain_table()).replace(b'"about":null', b'"about" :null')
    shifted = content.replace(
        struct.pack(">I", len(canonical(plain_table()))),
        struct.pack(">I", len(canonical(plain_table())) + 1),
    )
    with pytest.raises(StoreProblem, match="part_damaged"):
        opened(shifted)


def test_altered_cut_and_appended_bytes_are_seen() -> None:
    whole = written(ORIGINALS)
    for content in (whole[:-1], whole + b"x", whole[:-5] + b"y" + whole[-4:]):
        with pytest.raises(StoreProblem, match="part_damaged"):
            opened(content).check()
