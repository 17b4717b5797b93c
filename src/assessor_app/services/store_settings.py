"""The settings that belong to the store: kept as events, so that who changed them can be seen."""

import base64
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from assessor_app.domain.event import STORE, EventKind, Heads, Json, differing
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace, time_zone
from assessor_app.services.entries import clean_text
from assessor_app.services.evidence.watching import WatchedFolder
from assessor_app.services.photo_folders import NAME as PHOTO_FOLDERS
from assessor_app.services.photo_folders import (
    folders_from_text,
    folders_json,
    read_folders,
    require_apart,
)
from assessor_app.storage.log import Draft

ENTITY = "setting"
LONGEST_IDLE = 240
"""Minutes after which a store that is set to lock itself is locked at the latest."""
LONGEST_RETENTION = 3650
"""Days that names and contacts may be set to be kept at most: ten years."""
DEFAULT_RETENTION = 365
"""Days: one round of assessment, until its results are fixed and objections to them are decided.

Our own choice, not the law's: UU 27/2022 asks that data go when its purpose has ended, and leaves
the number to the office (docs/privacy.md).
"""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """What is set in this store.

    `idle_minutes` of 0 never locks; `backup_place` is a folder beside the store's own, as on
    another medium; `retention_days` counts from the end of a visit (services/retention.py);
    `keyring` says whether the system's keyring may open the store (services/keys/access.py).
    `letterhead_…` head the documents (services/letterhead.py): None takes the usual; the lines of
    an address are apart by a new line, the logo is a small PNG or JPEG.
    """

    timezone: str = "UTC"
    idle_minutes: int = 10
    lock_on_suspend: bool = True
    backup_place: Path | None = None
    retention_days: int = DEFAULT_RETENTION
    keyring: bool = False
    letterhead_organisation: str | None = None
    letterhead_office: str | None = None
    letterhead_address: str | None = None
    letterhead_contact: str | None = None
    letterhead_logo: bytes | None = None
    photo_folders: tuple[WatchedFolder, ...] = ()


_LINES_AT_MOST = 160
"""Characters of one line of a letterhead."""
_ADDRESS_LINES = 3
NAMES = tuple(field.name for field in fields(StoreSettings))
_LETTERHEAD = frozenset(name for name in NAMES if name.startswith("letterhead_"))


def settings(workplace: Workplace) -> StoreSettings:
    """What is set; the default where nothing was, or where it is not understood any more."""
    heads = workplace.store.log.heads(STORE)
    known = StoreSettings(timezone=workplace.profile.zone.key)
    for name in NAMES:
        try:
            known = replace(known, **_read(name, heads))  # type: ignore[arg-type] # checked by name
        except StoreProblem:
            continue  # of another version of the product: its own default is safe
    return known


def change_settings(workplace: Workplace, /, **values: object) -> StoreSettings:
    """Set what is named, all or nothing; returns what is set then.

    A time zone holds for papers from the next unlocking on. Raises StoreProblem, naming the
    setting: `setting_unknown`, `setting_not_number`, `setting_out_of_range`, `setting_not_truth`,
    `setting_not_text`, `setting_folder_unfit`, `timezone_unknown`, `letterhead_too_long`,
    `logo_unfit`, `photo_folder_unfit`,
    `photo_folders_too_many`, `photo_folder_in_store`, or as the reading of a logo's file (a Path)
    does.
    """
    home = workplace.store.folder.parent
    checked = {name: _checked(name, value) for name, value in values.items()}
    place = checked.get("backup_place")
    if place is not None:
        _require_place(Path(str(place)), home=home)
    require_apart(read_folders(checked.get(PHOTO_FOLDERS)), home=home)
    drafted = {(ENTITY, name): value for name, value in checked.items()}
    changed = differing(drafted, workplace.store.log.heads(STORE))
    if changed:
        workplace.store.log.append(Draft(STORE, EventKind.SETTING_CHANGED, changed))
    return settings(workplace)


def setting_from_text(name: str, text: str) -> object:
    """What somebody typed for a setting, as `change_settings` takes it.

    Truths are said in either language; an empty text or `-` means none, `;` parts the lines of an
    address, and a logo is the path of its file. Raises StoreProblem as `change_settings` does.
    """
    told = text.strip()
    if name in ("idle_minutes", "retention_days") and told.lstrip("+-").isdecimal():
        with contextlib.suppress(ValueError):
            return int(told)
    if name in ("lock_on_suspend", "keyring"):
        return _TRUTHS.get(told.casefold(), told)
    if told in ("", "-"):
        return None
    if name == PHOTO_FOLDERS:
        return folders_from_text(told)
    if name == "letterhead_address":
        return "\n".join(line.strip() for line in told.split(";"))
    return Path(told) if name == "letterhead_logo" else told


_TRUTHS: Mapping[str, bool] = {
    **dict.fromkeys(("on", "true", "yes", "ya", "hidup"), True),
    **dict.fromkeys(("off", "false", "no", "tidak", "mati"), False),
}


def _read(name: str, heads: Heads) -> dict[str, object]:
    found = heads.get((ENTITY, name))
    if not found:
        return {}
    value = _checked(name, found[-1].value)
    if name == PHOTO_FOLDERS:
        return {name: read_folders(value)}
    if name == "letterhead_logo" and isinstance(value, str):
        return {name: _logo_bytes(name, value)}
    return {name: Path(value) if name == "backup_place" and isinstance(value, str) else value}


def _checked(name: str, value: object) -> Json:  # noqa: PLR0911 - one a kind of value
    """A setting's value as the record keeps it."""
    match name:
        case "timezone":
            return time_zone(_text(name, value)).key
        case "idle_minutes":
            return _number(name, value, least=0, most=LONGEST_IDLE)
        case "retention_days":
            return _number(name, value, least=1, most=LONGEST_RETENTION)
        case "lock_on_suspend" | "keyring":
            return _truth(name, value)
        case "backup_place":
            return None if value is None else _text(name, value)
        case "photo_folders":
            return folders_json(value)
        case _ if name in _LETTERHEAD:
            return None if value is None else _headed(name, value)
        case _:
            raise StoreProblem("setting_unknown", name=name, known=", ".join(NAMES))


def _number(name: str, value: object, *, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise StoreProblem("setting_not_number", name=name, value=value)
    if not least <= value <= most:
        raise StoreProblem("setting_out_of_range", name=name, value=value, least=least, most=most)
    return value


def _truth(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise StoreProblem("setting_not_truth", name=name, value=value)
    return value


def _text(name: str, value: object) -> str:
    text = clean_text(str(value) if isinstance(value, Path) else value, name)
    if text is None:
        raise StoreProblem("setting_not_text", name=name)
    return text


def _headed(name: str, value: object) -> str:
    """A part of the letterhead: a logo, or as many short lines as its place has room for."""
    if name == "letterhead_logo":
        return _logo(name, value)
    lines = [line.strip() for line in _text(name, value).split("\n") if line.strip()]
    most = _ADDRESS_LINES if name == "letterhead_address" else 1
    longest = max(map(len, lines), default=0)
    if len(lines) > most or longest > _LINES_AT_MOST:
        raise StoreProblem("letterhead_too_long", name=name, lines=most, longest=_LINES_AT_MOST)
    return "\n".join(lines)


def _logo(name: str, value: object) -> str:
    """The picture in a file, made small, or one that is kept already: base64."""
    if isinstance(value, Path):
        from assessor_app.services.logo import logo_of

        return base64.b64encode(logo_of(value)).decode("ascii")
    if not isinstance(value, str) or not _logo_bytes(name, value):
        raise StoreProblem("setting_not_text", name=name)
    return value


def _logo_bytes(name: str, text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise StoreProblem("setting_not_text", name=name) from error


def _require_place(place: Path, *, home: Path) -> None:
    """A place for backups is there, and lies outside of the store that it is to outlive."""
    try:
        outside = place.is_dir() and not place.resolve().is_relative_to(home.resolve())
    except OSError:  # a name that no file system takes, a medium of somebody else
        outside = False
    if not place.is_absolute() or not outside:
        raise StoreProblem("setting_folder_unfit", name="backup_place", path=place, home=home)
