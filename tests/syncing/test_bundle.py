"""The file of a visit: sealed, whole or refused, whatever is done to it."""

import contextlib
import hashlib
import io
import json
import os
import tracemalloc
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tests.visiting import QUICK

from assessor_app.domain.event import StreamHead
from assessor_app.domain.problem import StoreProblem
from assessor_app.syncing.bundle import (
    Bundle,
    Locks,
    PartDiffers,
    PieceReader,
    open_bundle,
    write_bundle,
)
from assessor_app.syncing.manifest import Card, Manifest, Part, manifest_bytes, read_manifest

PATH = Path("kunjungan.visit")
SPOKEN = "lisan saja"
TEXTS = {"events": b"satu\ndua\n", "checkpoints": b"", "evidence/x": b"\xff\xd8" * 40_000}


def manifest_of(texts: Mapping[str, bytes]) -> Manifest:
    return Manifest(
        visit="v",
        app="0.1.0",
        schema="0002",
        device="d",
        maker="a",
        made_at=datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC),
        instrument="i",
        streams=(StreamHead("d", 2, "ff"),),
        devices={"d": "00" * 32},
        people=(Card("a", "Siti", "Maluku"),),
        parts=tuple(
            Part(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in texts.items()
        ),
        left_out=("y",),
    )


def contents_of(
    texts: Mapping[str, bytes],
) -> Callable[[Part], AbstractContextManager[Iterable[bytes]]]:
    return lambda part: contextlib.nullcontext((texts[part.name],))


def written(
    texts: Mapping[str, bytes] = TEXTS, *, recovery: tuple[X25519PrivateKey, ...] = ()
) -> bytes:
    target = io.BytesIO()
    locks = Locks(SPOKEN, QUICK, tuple(one.public_key() for one in recovery))
    write_bundle(target, manifest_of(texts), contents_of(texts), locks=locks)
    return target.getvalue()


def opened(data: bytes, *, secret: str | X25519PrivateKey = SPOKEN) -> Bundle:
    return open_bundle(io.BytesIO(data), PATH, secret=secret)


def refusal(data: bytes, *, secret: str | X25519PrivateKey = SPOKEN) -> str:
    with pytest.raises(StoreProblem) as refused:
        opened(data, secret=secret).check()
    assert refused.value.places["path"] == PATH
    return refused.value.code


@given(st.lists(st.binary(max_size=200_000), max_size=3))
def test_every_part_comes_out_as_it_went_in(files: list[bytes]) -> None:
    texts = {"events": b"e", "checkpoints": b""}
    texts |= {f"evidence/{number}": data for number, data in enumerate(files)}

    bundle = opened(written(texts))

    bundle.check()
    assert bundle.manifest == manifest_of(texts)
    assert {part.name: bundle.read(part) for part in bundle.manifest.parts} == texts


def test_progress_goes_from_nothing_to_all() -> None:
    heard: list[tuple[int, int]] = []
    total = sum(len(data) for data in TEXTS.values())
    write_bundle(
        io.BytesIO(),
        manifest_of(TEXTS),
        contents_of(TEXTS),
        locks=Locks(SPOKEN, QUICK),
        progress=lambda done, whole: heard.append((done, whole)),
    )
    assert heard[-1] == (total, total)
    heard.clear()

    opened(written()).check(lambda done, whole: heard.append((done, whole)))

    assert heard == sorted(heard)
    assert heard[-1] == (total, total)


def test_a_flipped_bit_anywhere_is_noticed() -> None:
    data = written({"events": b"e" * 20, "checkpoints": b"c"})
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1 << place % 8
        assert refusal(bytes(changed)) in {
            "bundle_damaged",
            "bundle_foreign",
            "bundle_newer",
            "bundle_passphrase_wrong",
        }, place


def test_a_cut_file_and_a_longer_one_are_damaged() -> None:
    data = written()
    for length in (len(data) - 1, len(data) - 70_000, len(data) // 2, 1000, 40):
        assert refusal(data[:length]) in {"bundle_damaged", "bundle_foreign"}, length
    assert refusal(data + b"x") == "bundle_damaged"


def test_parts_of_another_file_do_not_fit_in() -> None:
    first, second = written(), written()
    place = len(first) - 50_000  # within the evidence, sealed anew each time
    assert refusal(first[:place] + second[place:]) == "bundle_damaged"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"ASSESSOR-BUNDLE\n\0", b"\0" * 5000])
def test_what_is_no_bundle_is_called_foreign(data: bytes) -> None:
    assert refusal(data) == "bundle_foreign"


def test_a_newer_form_names_the_application_that_is_needed() -> None:
    data = written()
    start = len(b"ASSESSOR-BUNDLE\n")
    length = int.from_bytes(data[start : start + 4], "big")
    head = json.loads(data[start + 4 : start + 4 + length])
    newer = json.dumps({**head, "form": 2, "app": "3.0.0", "slots": "unheard of"}).encode()

    with pytest.raises(StoreProblem) as refused:
        opened(data[:start] + len(newer).to_bytes(4, "big") + newer + b"who knows")

    assert refused.value.code == "bundle_newer"
    assert refused.value.places["app"] == "3.0.0"


def test_another_passphrase_does_not_open_it() -> None:
    assert refusal(written(), secret="bukan itu") == "bundle_passphrase_wrong"


def test_headquarters_opens_what_was_sealed_to_its_key() -> None:
    own, other = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    data = written(recovery=(own,))

    opened(data, secret=own).check()

    assert refusal(data, secret=other) == "bundle_recovery_missing"
    assert refusal(written(), secret=own) == "bundle_recovery_missing"


def test_a_part_that_is_not_what_was_promised_ends_the_writing() -> None:
    promised = manifest_of(TEXTS)
    with pytest.raises(PartDiffers) as differs:
        write_bundle(
            io.BytesIO(),
            promised,
            contents_of({**TEXTS, "evidence/x": b"another photo"}),
            locks=Locks(SPOKEN, QUICK),
        )
    assert differs.value.part.name == "evidence/x"


@pytest.mark.parametrize(
    "change",
    [
        {"parts": [["events", 1, "x"], ["events", 1, "x"], ["checkpoints", 0, "y"]]},
        {"parts": [["events", -1, "x"], ["checkpoints", 0, "y"]]},
        {"parts": [["events", True, "x"], ["checkpoints", 0, "y"]]},
        {"parts": [["events", 1, "x"]]},
        {"visit": 1},
        {"streams": "none"},
        {"devices": {"d": 1}},
        {"made_at": "yesterday"},
        {"people": [["a", "b"]]},
    ],
)
def test_a_manifest_of_another_make_is_none(change: dict[str, object]) -> None:
    loaded = json.loads(manifest_bytes(manifest_of(TEXTS)))
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_manifest(json.dumps({**loaded, **change}).encode())


def test_a_long_part_does_not_fill_the_memory() -> None:
    size, piece = 48 * 1024 * 1024, bytes(1024 * 1024)
    digest = hashlib.sha256(bytes(size)).hexdigest()
    promised = manifest_of({"events": b"", "checkpoints": b""})
    parts = (*promised.parts, Part("evidence/x", size, digest))
    manifest = replace(promised, parts=parts)

    def contents(part: Part) -> AbstractContextManager[Iterable[bytes]]:
        count = part.size // len(piece)
        return contextlib.nullcontext(piece for _ in range(count))

    tracemalloc.start()
    with Path(os.devnull).open("wb") as target:
        write_bundle(target, manifest, contents, locks=Locks(SPOKEN, QUICK))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8 * 1024 * 1024


def test_pieces_are_read_in_any_size() -> None:
    reader = PieceReader([b"", b"abc", b"", b"defg"])
    assert [reader.read(2) for _ in range(5)] == [b"ab", b"c", b"de", b"fg", b""]
    assert (reader.size, reader.sha256) == (7, hashlib.sha256(b"abcdefg").hexdigest())
