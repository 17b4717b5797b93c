"""The folders that new photos are watched for: which they are, and what brings the photos there."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from assessor_app.domain.event import Json
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.entries import clean_text
from assessor_app.services.evidence.watching import WatchedFolder

NAME = "photo_folders"
MOST_FOLDERS = 6
WAYS = (
    EvidenceSource.CAMERA,
    EvidenceSource.CABLE,
    EvidenceSource.MESSENGER,
    EvidenceSource.WATCHED_FOLDER,
)
"""What can bring photos into a folder."""


def folders_json(value: object) -> Json:
    """The folders as the record keeps them; None where there are none.

    Takes WatchedFolder values, or mappings as the record has them. Raises StoreProblem
    `photo_folder_unfit`, `photo_folders_too_many`.
    """
    if value is None:
        return None
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise StoreProblem("photo_folder_unfit", path=value)
    found = list(dict.fromkeys(_folder(one) for one in value))
    if len({one.path for one in found}) > MOST_FOLDERS:
        raise StoreProblem("photo_folders_too_many", count=len(found), limit=MOST_FOLDERS)
    by_path = {one.path: one for one in found}  # the way that was said last
    return [{"path": str(path), "source": by_path[path].source.value} for path in by_path] or None


def read_folders(held: Json) -> tuple[WatchedFolder, ...]:
    """The folders that the record holds. Raises StoreProblem `photo_folder_unfit`."""
    if held is None:
        return ()
    if isinstance(held, str) or not isinstance(held, Sequence):
        raise StoreProblem("photo_folder_unfit", path=held)
    return tuple(_folder(one) for one in held)


def require_apart(folders: Iterable[WatchedFolder], *, home: Path) -> None:
    """Raise StoreProblem `photo_folder_in_store` where one holds the store, or lies in it."""
    inside = home.resolve()
    for one in folders:
        place = one.path.resolve()
        if place.is_relative_to(inside) or inside.is_relative_to(place):
            raise StoreProblem("photo_folder_in_store", path=one.path)


def folders_from_text(text: str) -> tuple[WatchedFolder, ...]:
    """What somebody typed: folders apart by `;`, each after its way and `=` where it is said.

    `camera=/media/DCIM;messenger=/home/siti/Unduhan`. Raises StoreProblem `photo_folder_unfit`.
    """
    found = []
    for told in filter(None, (one.strip() for one in text.split(";"))):
        way, sign, path = told.partition("=")
        known = sign and way.strip() in {one.value for one in WAYS}
        given = {"path": path.strip(), "source": way.strip()} if known else {"path": told}
        found.append(_folder(given))
    return tuple(found)


def folders_text(folders: Iterable[WatchedFolder]) -> str:
    """The folders as `folders_from_text` takes them."""
    return ";".join(f"{one.source.value}={one.path}" for one in folders)


def _folder(one: object) -> WatchedFolder:
    if isinstance(one, WatchedFolder):
        one = {"path": str(one.path), "source": one.source.value}
    if not isinstance(one, Mapping):
        raise StoreProblem("photo_folder_unfit", path=one)
    told = one.get("path")
    way = str(one.get("source", EvidenceSource.WATCHED_FOLDER.value))
    path = clean_text(told, NAME) if isinstance(told, str) else None
    if path is None or way not in {each.value for each in WAYS} or not Path(path).is_absolute():
        raise StoreProblem("photo_folder_unfit", path=told)
    return WatchedFolder(Path(path), EvidenceSource(way))
