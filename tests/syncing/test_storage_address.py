"""Addresses of storages as people type and paste them."""

import sys
from pathlib import Path

import pytest

from assessor_app.domain.problem import StoreProblem
from assessor_app.syncing.transports.address import (
    Address,
    Credentials,
    StorageKind,
    open_address,
    read_address,
)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/media/usb/kiriman", "/media/usb/kiriman"),
        ("  '/media/usb/Kiriman Kantor' ", "/media/usb/Kiriman Kantor"),
        ("file:///media/usb", "/media/usb"),
        ("file://localhost/media/usb", "/media/usb"),
        ("FILE:///media/Kiriman%20Kantor", "/media/Kiriman Kantor"),
        ("file:///media/a?b#c", "/media/a?b#c"),
        ("/media/a:b", "/media/a:b"),
    ],
)
def test_a_path_and_a_file_url_are_a_folder(typed: str, path: str) -> None:
    found = read_address(typed, windows=False)

    assert (found.kind, found.root, found.text) == (StorageKind.FOLDER, path, path)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        (r"E:\Kiriman", r"E:\Kiriman"),
        ("e:/kiriman", "e:/kiriman"),
        (r"\\server\bersama\kiriman", r"\\server\bersama\kiriman"),
        ("file:///E:/Kiriman%20Kantor", r"E:\Kiriman Kantor"),
        ("file://server/bersama/kiriman", r"\\server\bersama\kiriman"),
        ("file:///kiriman", "/kiriman"),
    ],
)
def test_drives_and_shares_of_windows_are_folders_there(typed: str, path: str) -> None:
    found = read_address(typed, windows=True)

    assert (found.kind, found.root) == (StorageKind.FOLDER, path)


def test_a_relative_path_is_kept_as_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert read_address("kiriman").root == str(tmp_path / "kiriman")
    assert read_address("a:b", windows=False).root == str(tmp_path / "a:b")


@pytest.mark.parametrize("scheme", ["webdavs", "davs", "dav+https", "webdav+https", "https"])
def test_a_nextcloud_is_written_in_many_ways(scheme: str) -> None:
    path = "/remote.php/dav/files/tablet-07/Kiriman%20Kantor/"

    found = read_address(f"{scheme}://cloud.example.go.id:8443{path}")

    assert found == Address(
        StorageKind.WEBDAV,
        text=f"webdavs://cloud.example.go.id:8443{path.rstrip('/')}",
        root="/remote.php/dav/files/tablet-07/Kiriman Kantor/",
        endpoint="https://cloud.example.go.id:8443",
    )
    assert read_address(found.text) == found


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:8080"])
def test_without_tls_only_this_device_is_spoken_to(host: str) -> None:
    assert read_address(f"webdav://{host}/x").endpoint == f"http://{host}"


@pytest.mark.parametrize(
    ("typed", "endpoint", "region", "root"),
    [
        (
            "s3://kunjungan/unit%201?endpoint=https://s3.example.go.id",
            "https://s3.example.go.id",
            "us-east-1",
            "/unit 1/",
        ),
        ("s3://kunjungan?endpoint=s3.example.go.id/", "https://s3.example.go.id", "us-east-1", "/"),
        ("s3://kunjungan/?region=ap-southeast-3", None, "ap-southeast-3", "/"),
        (
            "s3://kunjungan?endpoint=http://10.0.0.7:9000&region=jkt",
            "http://10.0.0.7:9000",
            "jkt",
            "/",
        ),
    ],
)
def test_a_bucket_says_where_it_is(
    typed: str, endpoint: str | None, region: str, root: str
) -> None:
    found = read_address(typed)

    assert (found.bucket, found.endpoint, found.region) == ("kunjungan", endpoint, region)
    assert found.root == root


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "storage_address_empty"),
        (' "" ', "storage_address_empty"),
        ("ftp://server/x", "storage_address_unknown"),
        ("sftp://server/x", "storage_address_unknown"),
        ("javascript://x/y", "storage_address_unknown"),
        (r"E:\Kiriman", "storage_address_unknown"),
        ("webdavs://", "storage_address_incomplete"),
        ("https:///x", "storage_address_incomplete"),
        ("https://server:port/x", "storage_address_incomplete"),
        ("https://[::1/x", "storage_address_incomplete"),
        ("file://server/x", "storage_address_incomplete"),
        ("file:x", "storage_address_incomplete"),
        ("s3://Kunjungan?region=x", "storage_address_incomplete"),
        ("s3://kunjungan:80?region=x", "storage_address_incomplete"),
        ("s3://kunjungan?region=x#y", "storage_address_incomplete"),
        ("s3://kunjungan?endpoint=ftp://x", "storage_address_incomplete"),
        ("s3://kunjungan?endpoint=https://u:p@x", "storage_address_secret"),
        ("https://siti:rahasia@cloud.example.go.id/x", "storage_address_secret"),
        ("https://siti%40kantor:rahasia@cloud.example.go.id/x", "storage_address_secret"),
        ("s3://key:rahasia@kunjungan?region=x", "storage_address_secret"),
        ("http://cloud.example.go.id/x", "storage_address_open"),
        ("webdav://10.0.0.7/x", "storage_address_open"),
        ("https://cloud.example.go.id/s/Abc123", "storage_address_browser"),
        ("https://cloud.example.go.id/index.php/s/Abc123", "storage_address_browser"),
        ("https://cloud.example.go.id/apps/files/?dir=/x", "storage_address_browser"),
        ("https://cloud.example.go.id/index.php/login", "storage_address_browser"),
        ("https://cloud.example.go.id/dav#x", "storage_address_browser"),
        ("s3://kunjungan?endpiont=x&region=y", "storage_address_key"),
        ("s3://kunjungan/x", "storage_address_region"),
    ],
)
def test_what_is_no_address_is_told_without_its_secret(typed: str, code: str) -> None:
    with pytest.raises(StoreProblem) as refused:
        read_address(typed, windows=False)

    assert refused.value.code == code
    assert "rahasia" not in str(refused.value)


def test_a_secret_is_not_printed() -> None:
    own = Credentials("siti", "rahasia")
    transport = open_address(read_address("webdavs://cloud.example.go.id/x"), credentials=own)

    assert "rahasia" not in repr(own) + repr(transport)


@pytest.mark.parametrize("address", ["webdavs://server/x", "s3://kunjungan?region=x"])
def test_without_the_extra_it_is_told_what_to_install(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opendal", None)

    with pytest.raises(StoreProblem) as refused:
        open_address(read_address(address))

    assert refused.value.code == "storage_needs_extra"


def test_a_folder_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opendal", None)
    transport = open_address(read_address(str(tmp_path)))
    transport.put("m/x", b"y")

    assert transport.get("m/x") == b"y"
