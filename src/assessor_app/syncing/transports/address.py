"""The address of a storage, as people type or paste it, and the transport it leads to."""

import os
import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import assert_never
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from assessor_app.domain.problem import StoreProblem
from assessor_app.syncing.transports.folder import FolderTransport
from assessor_app.syncing.transports.remote import RETRIES, RemoteTransport, s3, webdav

IS_WINDOWS = os.name == "nt"


class StorageKind(StrEnum):
    FOLDER = "folder"
    WEBDAV = "webdav"
    S3 = "s3"


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: a user and password, or an access key's id and secret."""

    user: str | None = None
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Address:
    """`text` is how it is written down; no secret is ever in it.

    `endpoint` and `root` are the server and the folder there, `root` alone a folder of this
    device. `region` and `bucket` are S3's.
    """

    kind: StorageKind
    text: str
    root: str
    endpoint: str | None = None
    bucket: str = ""
    region: str = ""


_WEBDAV = {
    **dict.fromkeys(("webdavs", "davs", "dav+https", "webdav+https", "https"), "https"),
    **dict.fromkeys(("webdav", "dav", "dav+http", "webdav+http", "http"), "http"),
}
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_FOR_PEOPLE = re.compile(r"/(?:index\.php/)?(?:s/\w+/?$|apps/|login\b)")
"""What a Nextcloud shows in a browser's line: a shared link, the list of files."""
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ANY_REGION = "us-east-1"
"""What servers of S3 other than Amazon's take where nothing is said."""


def read_address(text: str, *, windows: bool = IS_WINDOWS) -> Address:
    """What an address says: a folder's path or `file:` URL, WebDAV, or S3.

    Raises StoreProblem `storage_address_empty`, `storage_address_unknown`,
    `storage_address_incomplete`, `storage_address_secret`, `storage_address_open`,
    `storage_address_browser`, `storage_address_key` or `storage_address_region`.
    """
    told = text.strip().strip("\"'").strip()
    if not told:
        raise StoreProblem("storage_address_empty")
    scheme = _scheme(told, windows=windows)
    if scheme is None:
        return _folder(told, windows=windows)
    try:
        url = urlsplit(told)
        _ = url.port  # is looked at only now
    except ValueError as error:
        raise StoreProblem("storage_address_incomplete", address=_without_secret(told)) from error
    if url.username is not None or url.password is not None:
        raise StoreProblem("storage_address_secret", address=_without_secret(told))
    if scheme == "file":
        return _folder(_path_of(url, windows=windows), windows=windows)
    if not url.hostname:
        raise StoreProblem("storage_address_incomplete", address=told)
    if scheme == "s3":
        return _s3(told, url)
    if scheme not in _WEBDAV:
        raise StoreProblem("storage_address_unknown", address=told)
    return _webdav(told, url, _WEBDAV[scheme])


def open_address(
    address: Address, *, credentials: Credentials = Credentials(), retries: int = RETRIES
) -> FolderTransport | RemoteTransport:
    """The transport to it; nothing is asked yet. Raises StoreProblem `storage_needs_extra`."""
    match address.kind:
        case StorageKind.FOLDER:
            return FolderTransport(Path(address.root))
        case StorageKind.WEBDAV:
            return webdav(
                address.text,
                endpoint=address.endpoint or "",
                root=address.root,
                user=credentials.user,
                secret=credentials.secret,
                retries=retries,
            )
        case StorageKind.S3:
            return s3(
                address.text,
                bucket=address.bucket,
                root=address.root,
                endpoint=address.endpoint,
                region=address.region,
                user=credentials.user,
                secret=credentials.secret,
                retries=retries,
            )
        case _:
            assert_never(address.kind)


def _scheme(told: str, *, windows: bool) -> str | None:
    """None for a path; `C:` is a drive where there are drives."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", told)
    if found is None or (len(found[1]) == 1 and windows):
        return None
    if _DRIVE.match(told):  # a path of another system
        raise StoreProblem("storage_address_unknown", address=told)
    if found[1].casefold() != "file" and not told[found.end() :].startswith("//"):
        return None  # a folder with a colon in its name
    return found[1].casefold()


def _folder(path: str, *, windows: bool) -> Address:
    """A relative path is meant from where the command was typed; kept is where that is."""
    if windows and not IS_WINDOWS:  # looked at from elsewhere: left as it is written
        return Address(StorageKind.FOLDER, path, path)
    whole = str(Path(path).expanduser().absolute())
    return Address(StorageKind.FOLDER, whole, whole)


def _path_of(url: SplitResult, *, windows: bool) -> str:
    """The path of a `file:` URL: `file:///C:/x` and `file://server/share` are Windows'."""
    path = unquote(url.path)
    # A path may hold what has a meaning in other URLs.
    path += f"?{unquote(url.query)}" if url.query else ""
    path += f"#{unquote(url.fragment)}" if url.fragment else ""
    is_here = url.netloc.casefold() in ("", "localhost")
    if windows:
        if not is_here:
            return rf"\\{url.netloc}{path}".replace("/", "\\")
        return path.lstrip("/").replace("/", "\\") if _DRIVE.match(path[1:]) else path
    if not is_here or not path.startswith("/"):
        raise StoreProblem("storage_address_incomplete", address=url.geturl())
    return path


def _webdav(told: str, url: SplitResult, scheme: str) -> Address:
    if url.query or url.fragment or _FOR_PEOPLE.search(url.path):
        raise StoreProblem("storage_address_browser", address=told)
    if scheme == "http" and not _is_this_device(url.hostname or ""):
        raise StoreProblem("storage_address_open", address=told)
    root = f"{unquote(url.path).rstrip('/')}/"
    text = f"{'webdavs' if scheme == 'https' else 'webdav'}://{url.netloc}{url.path.rstrip('/')}"
    return Address(StorageKind.WEBDAV, text, root, f"{scheme}://{url.netloc}")


def _s3(told: str, url: SplitResult) -> Address:
    if not _BUCKET.fullmatch(url.netloc) or url.fragment:
        raise StoreProblem("storage_address_incomplete", address=told)
    asked = dict(parse_qsl(url.query, keep_blank_values=True))
    unknown = asked.keys() - {"endpoint", "region"}
    if unknown:
        raise StoreProblem("storage_address_key", address=told, key=", ".join(sorted(unknown)))
    endpoint, region = asked.get("endpoint", ""), asked.get("region", "")
    if not endpoint and not region:
        raise StoreProblem("storage_address_region", address=told)
    if endpoint:
        endpoint = _endpoint(told, endpoint)
    return Address(
        StorageKind.S3,
        told,
        f"{unquote(url.path).rstrip('/')}/",
        endpoint or None,
        bucket=url.netloc,
        region=region or _ANY_REGION,
    )


def _endpoint(told: str, endpoint: str) -> str:
    """The server of a bucket. Its secret never travels, therefore one without TLS will do."""
    whole = endpoint if "://" in endpoint else f"https://{endpoint}"
    url = urlsplit(whole)
    if url.username is not None or url.password is not None:
        raise StoreProblem("storage_address_secret", address=_without_secret(told))
    if url.scheme not in ("http", "https") or not url.hostname:
        raise StoreProblem("storage_address_incomplete", address=told)
    return whole.rstrip("/")


def _is_this_device(host: str) -> bool:
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _without_secret(told: str) -> str:
    return re.sub(r"//[^/@]*@", "//", unquote(told) if "%40" not in told else told)
