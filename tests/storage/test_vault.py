"""The evidence vault: sealed, bound to its name, whole or refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.keys import DataKey
from assessor_app.storage.vault import CHUNK_BYTES, Form, Vault

NAME = "01890000-0000-7000-8000-0000000000ab"
SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "evidence", DataKey(bytes(32)))


def stored(vault: Vault) -> Path:
    (path,) = [path for path in vault.folder.rglob("*") if path.is_file()]
    return path


def refused_code(vault: Vault, name: str = NAME, form: Form = Form.ORIGINAL) -> str:
    with pytest.raises(StoreProblem) as refused:
        vault.get(name, form)
    return refused.value.code


@pytest.mark.parametrize("size", SIZES)
def test_bytes_come_back_as_they_were_put(vault: Vault, size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    vault.put(NAME, Form.ORIGINAL, data[:size])

    assert vault.get(NAME, Form.ORIGINAL) == data[:size]


def test_the_file_shows_nothing_of_what_is_in_it(vault: Vault) -> None:
    vault.put(NAME, Form.ORIGINAL, b"\xff\xd8\xff\xe0 JFIF Kota Ambon" * 100)

    assert b"JFIF" not in stored(vault).read_bytes()


@pytest.mark.parametrize("cut", [1, 16, CHUNK_BYTES + 16, 2 * (CHUNK_BYTES + 16)])
def test_a_shortened_file_is_refused_even_at_the_edge_of_a_chunk(vault: Vault, cut: int) -> None:
    vault.put(NAME, Form.ORIGINAL, bytes(3 * CHUNK_BYTES))
    path = stored(vault)
    path.write_bytes(path.read_bytes()[:-cut])

    assert refused_code(vault) == "evidence_damaged"


def test_chunks_in_another_order_are_refused(vault: Vault) -> None:
    vault.put(NAME, Form.ORIGINAL, bytes(CHUNK_BYTES) + b"x" * CHUNK_BYTES)
    path = stored(vault)
    sealed = path.read_bytes()
    step = CHUNK_BYTES + 16
    head = len(sealed) - 2 * step
    path.write_bytes(sealed[:head] + sealed[head + step :] + sealed[head : head + step])

    assert refused_code(vault) == "evidence_damaged"


def test_a_file_under_another_name_is_refused(vault: Vault) -> None:
    vault.put(NAME, Form.ORIGINAL, b"a")
    sealed = stored(vault).read_bytes()
    other = NAME[:-2] + "cd"
    vault.put(other, Form.ORIGINAL, b"b")
    (vault.folder / "cd" / f"{other}.original").write_bytes(sealed)

    assert refused_code(vault, other) == "evidence_damaged"


@given(place=st.integers(0, 200), bit=st.integers(0, 7))
@settings(max_examples=60)
def test_one_flipped_bit_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    vault = Vault(tmp_path_factory.mktemp("vault"), DataKey(bytes(32)))
    vault.put(NAME, Form.REPORT, b"bukti" * 40)
    path = stored(vault)
    sealed = bytearray(path.read_bytes())
    sealed[place % len(sealed)] ^= 1 << bit
    path.write_bytes(bytes(sealed))

    assert refused_code(vault, form=Form.REPORT) == "evidence_damaged"


def test_a_lost_file_is_named(vault: Vault) -> None:
    assert not vault.has(NAME, Form.ORIGINAL)
    assert refused_code(vault) == "evidence_missing"
    vault.put(NAME, Form.ORIGINAL, b"x")
    assert vault.has(NAME, Form.ORIGINAL)
    vault.drop(NAME, Form.ORIGINAL)
    assert refused_code(vault) == "evidence_missing"
