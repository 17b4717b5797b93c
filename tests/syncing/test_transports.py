"""Every storage keeps the same contract: folder, WebDAV, S3, and what stands over another."""

import base64
import errno
import hashlib
import os
import secrets
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from moto.s3.models import s3_backends
from tests.syncing.storages import (
    ACCOUNT,
    BUCKET,
    SECRET,
    USER,
    s3_address,
    serving_s3,
    serving_webdav,
)

from assessor_app.syncing.transports.address import Credentials, open_address, read_address
from assessor_app.syncing.transports.failing import FailingTransport
from assessor_app.syncing.transports.folder import FolderTransport
from assessor_app.syncing.transports.throttled import ThrottledTransport
from assessor_app.syncing.transports.transport import Transport, TransportFailed

Place = Callable[[str], Transport]
OWN = Credentials(USER, SECRET)
PIECE = secrets.token_bytes(1024 * 1024)
BAD_NAMES = (
    "",
    "/p/ab",
    "p//ab",
    "p/ab/",
    "../ab",
    "p/../m",
    "p/./m",
    "p/.hidden",
    "p/ends.",
    "P/ab",
    "p\\ab",
    "p/a b",
    "p/ä",
    "p/a?x",
    "p/a%2e",
    "c:x",
    "p/\n",
    "a" * 201,
)


@pytest.fixture(scope="session")
def webdav_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("webdav")
    with serving_webdav(folder) as address:
        yield address, folder


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    with serving_s3() as endpoint:
        yield endpoint


@pytest.fixture(params=["folder", "webdav", "s3", "failing", "throttled"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Opens a storage of one kind, by the name of a folder that nobody else uses."""
    unique = secrets.token_hex(6)

    def folder(name: str) -> Path:
        made = tmp_path / name
        made.mkdir(exist_ok=True)
        return made

    def opened(name: str) -> Transport:
        match request.param:
            case "folder":
                return open_address(read_address(str(folder(name))))
            case "webdav":
                server, _ = request.getfixturevalue("webdav_server")
                address = read_address(f"{server}/{unique}/{name} (rahasia)")
                return open_address(address, credentials=OWN, retries=0)
            case "s3":
                endpoint = request.getfixturevalue("s3_server")
                address = read_address(s3_address(endpoint, f"{unique}/{name}"))
                return open_address(address, credentials=OWN, retries=0)
            case "failing":
                return FailingTransport(FolderTransport(folder(name)), lambda *_: None)
            case _:
                return ThrottledTransport(FolderTransport(folder(name)), limit=10**9)

    return opened


@pytest.fixture
def transport(place: Place) -> Transport:
    return place("a")


def test_a_piece_comes_back_as_it_went(transport: Transport) -> None:
    name = f"p/ab/{hashlib.sha256(PIECE).hexdigest()}"
    assert transport.size(name) is None

    transport.put(name, PIECE)

    assert transport.size(name) == len(PIECE)
    assert transport.get(name) == PIECE
    assert list(transport.list("p/")) == [name]


def test_an_empty_piece_is_there_with_no_bytes(transport: Transport) -> None:
    transport.put("p/00/empty", b"")

    assert transport.size("p/00/empty") == 0
    assert transport.get("p/00/empty") == b""


def test_the_same_piece_twice_is_one(transport: Transport) -> None:
    transport.put("m/one", b"manifest")
    transport.put("m/one", b"manifest")

    assert list(transport.list("")) == ["m/one"]


def test_what_was_cut_off_is_put_again_whole(transport: Transport) -> None:
    transport.put("p/ab/piece", PIECE[:100])
    transport.put("p/ab/piece", PIECE)

    assert transport.get("p/ab/piece") == PIECE


def test_what_is_deleted_is_gone_and_may_be_deleted_again(transport: Transport) -> None:
    transport.put("m/one", b"x")

    transport.delete("m/one")
    transport.delete("m/one")
    transport.delete("m/never/was")

    assert transport.size("m/one") is None
    assert list(transport.list("m/")) == []


def test_a_name_that_is_not_there_has_no_size_and_is_told_as_missing(transport: Transport) -> None:
    assert transport.size("b/none/none") is None
    with pytest.raises(TransportFailed) as failed:
        transport.get("b/none/none")

    assert failed.value.code == "storage_missing"
    assert list(transport.list("b/none")) == []


def test_a_folder_is_no_piece(transport: Transport) -> None:
    transport.put("p/ab/piece", b"x")

    assert transport.size("p/ab") is None


def test_a_list_keeps_to_its_folder_with_or_without_its_slash(transport: Transport) -> None:
    for name in ("b/aa/1", "b/aa/2", "b/ab/3", "b/aab/4", "m/5"):
        transport.put(name, name.encode())

    assert sorted(transport.list("b/aa/")) == ["b/aa/1", "b/aa/2"]
    assert sorted(transport.list("b/aa")) == ["b/aa/1", "b/aa/2"]
    assert sorted(transport.list("b/")) == ["b/aa/1", "b/aa/2", "b/aab/4", "b/ab/3"]
    assert len(list(transport.list(""))) == 5


def test_two_folders_of_one_server_know_nothing_of_each_other(place: Place) -> None:
    one, other = place("a"), place("b")

    one.put("m/same", b"one")

    assert other.size("m/same") is None
    assert list(other.list("")) == []


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_bad_name_is_refused_before_anything_is_asked(transport: Transport, name: str) -> None:
    for work in (
        lambda: transport.put(name, b"x"),
        lambda: transport.get(name),
        lambda: transport.size(name),
        lambda: transport.delete(name),
    ):
        with pytest.raises(ValueError, match="no name"):
            work()
    if name:
        with pytest.raises(ValueError, match="no name"):
            list(transport.list(f"{name}/"))


def test_thousands_of_names_are_listed_once_each(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path)
    names = {f"p/{number % 256:02x}/{number:064x}" for number in range(3000)}
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    assert sorted(transport.list("p/")) == sorted(names)


def test_thousands_of_names_are_listed_by_webdav(webdav_server: tuple[str, Path]) -> None:
    server, folder = webdav_server
    names = {f"m/{number:064x}" for number in range(1100)}
    (folder / "many" / "m").mkdir(parents=True)
    for name in names:
        (folder / "many" / name).touch()
    transport = open_address(read_address(f"{server}/many"), credentials=OWN, retries=0)

    assert sorted(transport.list("m/")) == sorted(names)


def test_thousands_of_names_are_listed_by_s3_page_by_page(s3_server: str) -> None:
    names = {f"m/{number:04x}" for number in range(1100)}  # a page has 1,000
    for name in names:  # by the server's own hand: a put takes it 15 ms
        s3_backends[ACCOUNT]["aws"].put_object(BUCKET, f"many/{name}", b"")
    address = read_address(s3_address(s3_server, "many"))
    transport = open_address(address, credentials=OWN, retries=0)

    assert sorted(transport.list("m/")) == sorted(names)


def test_what_others_left_in_the_folder_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    for name in ("Thumbs.db", ".DS_Store", ".piece.abc.part", "Foto Liburan.JPG", "piece"):
        (tmp_path / "p" / name).write_bytes(b"x")
    (tmp_path / "p" / "way-out").symlink_to("/etc")
    (tmp_path / "p" / "other").symlink_to(tmp_path / "p" / "piece")

    assert list(FolderTransport(tmp_path).list("")) == ["p/piece"]


def test_what_a_kill_left_on_a_stick_goes_with_the_next_put(tmp_path: Path) -> None:
    (tmp_path / ".piece.0123456789ab.part").write_bytes(PIECE[:100])
    (tmp_path / ".other.0123456789ab.part").write_bytes(PIECE[:100])
    transport = FolderTransport(tmp_path)

    transport.put("piece", PIECE)

    assert {one.name for one in tmp_path.iterdir()} == {"piece", ".other.0123456789ab.part"}


@pytest.mark.parametrize("kind", ["webdav", "s3"])
def test_a_put_that_is_cut_off_on_the_line_never_looks_whole(
    request: pytest.FixtureRequest, kind: str
) -> None:
    if kind == "webdav":
        server, _ = request.getfixturevalue("webdav_server")
        address = read_address(f"{server}/cut")
        path = "/cut/m/piece"
    else:
        server = request.getfixturevalue("s3_server")
        address = read_address(s3_address(server, "cut"))
        path = f"/{BUCKET}/cut/m/piece"
    transport = open_address(address, credentials=OWN, retries=0)
    transport.put("m/other", b"so that the folder is there")

    half_a_put(server.rpartition("/")[2], path)

    assert transport.size("m/piece") != len(PIECE)
    transport.put("m/piece", PIECE)
    assert transport.get("m/piece") == PIECE


def half_a_put(place: str, path: str) -> None:
    """What a client that is killed leaves on the line: the head of a put and half of its bytes."""
    host, _, port = place.partition(":")
    own = base64.b64encode(f"{USER}:{SECRET}".encode()).decode()
    head = (
        f"PUT {path} HTTP/1.1\r\nHost: {place}\r\nAuthorization: Basic {own}\r\n"
        f"Content-Length: {len(PIECE)}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(head.encode() + PIECE[: len(PIECE) // 2])


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_an_interrupted_put_leaves_nothing_under_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "the stick was pulled out")

    monkeypatch.setattr(os, call, broken)
    transport = FolderTransport(tmp_path)

    with pytest.raises(TransportFailed) as failed:
        transport.put("piece", PIECE)

    assert failed.value.code == "storage_other"
    assert list(tmp_path.iterdir()) == []
    assert transport.size("piece") is None


def test_a_folder_without_room_says_that_it_is_full_and_keeps_no_half(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    transport = FolderTransport(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(PIECE) // 2, before[1]))
    try:
        with pytest.raises(TransportFailed) as failed:
            transport.put("piece", PIECE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert failed.value.code == "storage_full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code", "retry"),
    [
        (errno.ENOSPC, "storage_full", False),
        (errno.EDQUOT, "storage_full", False),
        (errno.EROFS, "storage_forbidden", False),
        (errno.EACCES, "storage_forbidden", False),
        (errno.EIO, "storage_other", False),
    ],
)
def test_what_the_system_says_of_a_folder_is_told_by_what_can_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, *, retry: bool
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refused)

    with pytest.raises(TransportFailed) as failed:
        FolderTransport(tmp_path).put("p/piece", b"x")

    assert (failed.value.code, failed.value.retry) == (code, retry)
    assert failed.value.places == {"place": str(tmp_path), "cause": os.strerror(number)}


def test_a_file_system_that_syncs_no_folders_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def only_files(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(handle)

    monkeypatch.setattr(os, "fsync", only_files)
    transport = FolderTransport(tmp_path)
    transport.put("p/piece", b"x")

    assert transport.get("p/piece") == b"x"


def test_a_stick_that_is_not_plugged_in_is_never_made_on_the_disk(tmp_path: Path) -> None:
    gone = tmp_path / "media" / "usb"
    transport = FolderTransport(gone)

    for work in (
        lambda: transport.put("p/ab/piece", b"x"),
        lambda: transport.get("p/ab/piece"),
        lambda: transport.size("p/ab/piece"),
        lambda: transport.delete("p/ab/piece"),
        lambda: list(transport.list("p/")),
    ):
        with pytest.raises(TransportFailed) as failed:
            work()
        assert failed.value.code == "storage_folder_missing"
    assert not gone.parent.exists()


def test_a_stick_that_is_pulled_out_between_two_looks_is_told_as_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    transport = FolderTransport(stick)
    real = FolderTransport._path

    def pulled(self: FolderTransport, name: str) -> Path:
        path = real(self, name)
        stick.rmdir()
        return path

    monkeypatch.setattr(FolderTransport, "_path", pulled)

    with pytest.raises(TransportFailed) as failed:
        transport.put("p/ab/piece", b"x")

    assert failed.value.code == "storage_folder_missing"
    assert not stick.exists()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, kind: str) -> None:
    """What lies under a name is a folder; what is to hold a piece is a file."""
    transport = FolderTransport(tmp_path)
    if kind == "folder":
        transport.put("p/ab/piece", b"x")
        with pytest.raises(TransportFailed) as failed:
            transport.delete("p/ab")
        assert failed.value.code in {"storage_other", "storage_forbidden"}
        with pytest.raises(TransportFailed) as failed:
            transport.get("p/ab")
        assert failed.value.code == "storage_missing"
    else:
        transport.put("p/ab", b"x")
        with pytest.raises(TransportFailed) as failed:
            transport.put("p/ab/piece", b"x")
        assert failed.value.code == "storage_other"
        assert list(transport.list("p/ab/")) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(TransportFailed) as failed:
        FolderTransport(tmp_path).put("piece", b"x")
    tmp_path.chmod(0o700)

    assert failed.value.code == "storage_forbidden"
