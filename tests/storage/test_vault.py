"""The evidence vault: sealed, bound to its name, whole or refused."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.visiting import PASSPHRASE

from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.stream import CHUNK_BYTES
from assessor_app.storage.claims import claimed
from assessor_app.storage.files import writing_whole
from assessor_app.storage.keys import DataKey, open_keys
from assessor_app.storage.vault import Form, Sealed, SourceFailed, Vault

NAME = "01890000-0000-7000-8000-0000000000ab"
OTHER = "01890000-0000-7000-8000-0000000000cd"
RELEASED = Path(__file__).parent / "released" / "0001" / "home" / "store"
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


@pytest.fixture(scope="module")
def kept_sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Vault, bytes]:
    """A vault with one file, and that file as it lies on the disk."""
    vault = Vault(tmp_path_factory.mktemp("vault"), DataKey(bytes(32)))
    vault.put(NAME, Form.REPORT, b"bukti" * 40)
    assert vault.opens(NAME, Form.REPORT)
    return vault, stored(vault).read_bytes()


@given(place=st.integers(0, 200), bit=st.integers(0, 7))
@settings(max_examples=60)
def test_one_flipped_bit_is_noticed(kept_sealed: tuple[Vault, bytes], place: int, bit: int) -> None:
    vault, whole = kept_sealed
    sealed = bytearray(whole)
    sealed[place % len(sealed)] ^= 1 << bit
    stored(vault).write_bytes(bytes(sealed))

    assert refused_code(vault, form=Form.REPORT) == "evidence_damaged"
    assert not vault.opens(NAME, Form.REPORT)


def test_a_lost_file_is_named(vault: Vault) -> None:
    assert not vault.has(NAME, Form.ORIGINAL)
    assert refused_code(vault) == "evidence_missing"
    vault.put(NAME, Form.ORIGINAL, b"x")
    assert vault.has(NAME, Form.ORIGINAL)
    vault.drop(NAME, Form.ORIGINAL)
    assert refused_code(vault) == "evidence_missing"


class Failing(io.BytesIO):
    """A stick that is pulled out while it is read."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_files_sealed_by_the_first_release_open_unchanged() -> None:
    vault = Vault(RELEASED / "evidence", open_keys(RELEASED / "keys.json", PASSPHRASE).key)

    found = {
        (one.id[:18], one.form): vault.get(one.id, one.form) for one in vault.walk() if one.form
    }

    assert len(found) == 7
    assert all(
        data.startswith(b"%PDF" if form is Form.DOCUMENT else b"\xff\xd8\xff")
        for (_, form), data in found.items()
    )


def test_a_file_is_hashed_while_it_is_sealed(vault: Vault) -> None:
    data = os.urandom(3 * CHUNK_BYTES + 5)

    put = vault.put_file(NAME, Form.ORIGINAL, io.BytesIO(data))

    assert put == (hashlib.sha256(data).hexdigest(), len(data))
    out = io.BytesIO()
    assert vault.stream_to(NAME, Form.ORIGINAL, out) == put
    assert out.getvalue() == data
    vault.check(NAME, Form.ORIGINAL, put.sha256)


def test_a_source_that_fails_leaves_nothing_behind(vault: Vault) -> None:
    with pytest.raises(SourceFailed, match="Input/output error"):
        vault.put_file(NAME, Form.ORIGINAL, Failing(bytes(3 * CHUNK_BYTES)))

    assert list(vault.walk()) == []


def test_another_file_in_the_place_of_the_recorded_one_is_named(vault: Vault) -> None:
    vault.put(NAME, Form.ORIGINAL, b"as it was")
    recorded = hashlib.sha256(b"as it was").hexdigest()
    vault.put(NAME, Form.ORIGINAL, b"as it was not")

    with pytest.raises(StoreProblem) as refused:
        vault.check(NAME, Form.ORIGINAL, recorded)

    assert (refused.value.code, refused.value.places["file"]) == ("evidence_replaced", NAME)


def test_checking_tells_a_lost_file_from_a_damaged_one(vault: Vault) -> None:
    vault.put(NAME, Form.ORIGINAL, b"as it was")

    for code, spoil in (
        ("evidence_damaged", lambda: stored(vault).write_bytes(b"x")),
        ("evidence_missing", lambda: stored(vault).unlink()),
    ):
        spoil()
        with pytest.raises(StoreProblem) as refused:
            vault.check(NAME, Form.ORIGINAL, "")
        assert refused.value.code == code


def test_every_file_is_found_and_what_unfinished_writing_left(vault: Vault) -> None:
    assert list(vault.walk()) == []
    vault.put(NAME, Form.ORIGINAL, b"a")
    vault.put(NAME, Form.THUMBNAIL, b"b")
    vault.put(OTHER, Form.DOCUMENT, b"c")
    shelf = vault.folder / OTHER[-2:]
    rest = shelf / f".{OTHER}.original.0123456789ab.part"
    for foreign in (rest, shelf / "Thumbs.db", vault.folder / "notes.txt"):
        foreign.touch()

    found = {(one.id, one.form) for one in vault.walk()}

    forms = {(NAME, Form.ORIGINAL), (NAME, Form.THUMBNAIL), (OTHER, Form.DOCUMENT)}
    assert found == {*forms, (OTHER, None)}
    assert {one.id for one in vault.walk(besides={NAME})} == {OTHER}
    assert [one.path for one in vault.walk(besides={NAME, OTHER})] == [rest]
    assert vault.ids() == {NAME, OTHER}


def test_files_that_no_event_names_go_and_their_room_is_told(vault: Vault) -> None:
    vault.put(NAME, Form.ORIGINAL, b"a")
    vault.put(NAME, Form.REPORT, b"b")
    files = list(vault.walk())

    assert vault.remove(files) == 2 * (16 + 32 + 7 + 1 + 16)
    assert list(vault.walk()) == []
    assert vault.remove(files) == 0


def test_a_file_that_another_program_holds_open_stays(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.put(NAME, Form.ORIGINAL, b"a")

    def held(_: Path) -> None:
        raise PermissionError(13, "The process cannot access the file")  # what Windows says

    monkeypatch.setattr(Path, "unlink", held)

    assert vault.remove(list(vault.walk())) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows itself keeps open files from being removed")
def test_a_claimed_file_is_left_alone_until_the_claim_ends(vault: Vault) -> None:
    vault.put(NAME, Form.ORIGINAL, b"a")
    vault.put(NAME, Form.REPORT, b"b")
    files = list(vault.walk())

    with vault.claiming(NAME, Form.ORIGINAL):
        assert vault.remove(files) is None
        assert vault.has(NAME, Form.REPORT)

    assert vault.remove(files)


@pytest.mark.skipif(os.name == "nt", reason="as above")
def test_a_file_that_is_being_written_is_claimed(vault: Vault) -> None:
    vault.put(NAME, Form.ORIGINAL, b"a")
    shelf = stored(vault).parent

    with writing_whole(shelf / f"{OTHER}.original") as file:
        (rest,) = shelf.glob("*.part")
        assert claimed(rest)
        assert vault.remove([Sealed(rest, OTHER, None)]) is None
        file.write(b"b")

    assert (shelf / f"{OTHER}.original").read_bytes() == b"b"
    assert not claimed(shelf / "nothing")


def test_only_a_file_that_is_there_can_be_claimed_or_required(vault: Vault) -> None:
    with pytest.raises(StoreProblem) as unnamed:
        vault.require(NAME, Form.ORIGINAL)
    with pytest.raises(StoreProblem) as unclaimed, vault.claiming(NAME, Form.ORIGINAL):
        pytest.fail("nothing is there to claim")

    assert {unnamed.value.code, unclaimed.value.code} == {"evidence_swept"}


def test_a_shelf_that_cannot_be_listed_is_told(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.put(NAME, Form.ORIGINAL, b"a")

    def failing(_: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", failing)
    with pytest.raises(StoreProblem) as refused:
        list(vault.walk())

    assert refused.value.code == "not_writable"
