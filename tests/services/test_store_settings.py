"""The store's own settings: typed, in range, and each change an event."""

from pathlib import Path

import pytest
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.event import STORE, EventKind, Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.store_settings import (
    DEFAULT_RETENTION,
    NAMES,
    StoreSettings,
    change_settings,
    setting_from_text,
    settings,
)
from assessor_app.storage.log import Draft


def changes(workplace: Workplace) -> list[dict[str, object]]:
    stored = workplace.store.log.stored(STORE)
    events = [link.event for link in stored if link.event.kind is EventKind.SETTING_CHANGED]
    return [{change.field: change.after for change in event.changes} for event in events]


def test_a_new_store_has_safe_settings(workplace: Workplace) -> None:
    assert settings(workplace) == StoreSettings(
        timezone="Asia/Jayapura",
        idle_minutes=10,
        lock_on_suspend=True,
        backup_place=None,
        retention_days=DEFAULT_RETENTION,
        keyring=False,
    )
    assert changes(workplace) == []


def test_a_setting_holds_after_a_restart(
    application: Application, workplace: Workplace, tmp_path: Path
) -> None:
    place = tmp_path / "usb"
    place.mkdir()

    changed = change_settings(
        workplace,
        idle_minutes=0,
        lock_on_suspend=False,
        backup_place=place,
        retention_days=1,
        timezone="Asia/Makassar",
    )

    again = application.unlock(PASSPHRASE)
    assert settings(again) == changed
    assert changed == StoreSettings("Asia/Makassar", 0, False, place, 1, False)
    assert again.profile.zone.key == "Asia/Makassar"
    again.store.close()


def test_only_what_differs_is_recorded(workplace: Workplace) -> None:
    change_settings(workplace, idle_minutes=5, retention_days=30)
    change_settings(workplace, idle_minutes=5, retention_days=31)
    change_settings(workplace, idle_minutes=5)

    assert changes(workplace) == [
        {"idle_minutes": 5, "retention_days": 30},
        {"retention_days": 31},
    ]


def test_a_place_can_be_taken_back(workplace: Workplace, tmp_path: Path) -> None:
    place = tmp_path / "usb"
    place.mkdir()
    change_settings(workplace, backup_place=str(place))
    place.rmdir()  # not plugged in: it stays set, and is told of where a backup is made
    assert settings(workplace).backup_place == place

    assert change_settings(workplace, backup_place=None).backup_place is None


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("idle_minutes", -1, "setting_out_of_range"),
        ("idle_minutes", 241, "setting_out_of_range"),
        ("idle_minutes", True, "setting_not_number"),
        ("idle_minutes", 2.5, "setting_not_number"),
        ("idle_minutes", "5", "setting_not_number"),
        ("retention_days", 0, "setting_out_of_range"),
        ("retention_days", 3651, "setting_out_of_range"),
        ("retention_days", None, "setting_not_number"),
        ("lock_on_suspend", 1, "setting_not_truth"),
        ("keyring", "on", "setting_not_truth"),
        ("timezone", " ", "setting_not_text"),
        ("timezone", "Asia/Ambon", "timezone_unknown"),
        ("backup_place", "", "setting_not_text"),
        ("backup_place", "relative", "setting_folder_unfit"),
        ("backup_place", "/no/such/place", "setting_folder_unfit"),
        ("idle", 5, "setting_unknown"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_name(
    workplace: Workplace, name: str, value: object, code: str
) -> None:
    with pytest.raises(StoreProblem) as refused:
        change_settings(workplace, **{"retention_days": 30, name: value})

    assert refused.value.code == code
    assert name in (refused.value.places.get("name"), "timezone")
    assert changes(workplace) == []


def test_backups_are_not_put_into_the_home_that_they_are_to_outlive(
    application: Application, workplace: Workplace, tmp_path: Path
) -> None:
    inside = application.home / "store" / "evidence"
    inside.mkdir(exist_ok=True)
    around = tmp_path / "elsewhere" / ".." / "home"
    around.parent.parent.mkdir()
    for place in (inside, application.home, around):
        with pytest.raises(StoreProblem, match="setting_folder_unfit"):
            change_settings(workplace, backup_place=place)


def test_what_a_setting_cannot_mean_falls_back_to_the_default(workplace: Workplace) -> None:
    """As another version of the product may have recorded it."""
    values: dict[tuple[str, str], Json] = {
        ("setting", "idle_minutes"): "soon",
        ("setting", "retention_days"): 40,
    }
    workplace.store.log.append(Draft(STORE, EventKind.SETTING_CHANGED, values))

    assert settings(workplace).idle_minutes == 10
    assert settings(workplace).retention_days == 40


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("idle_minutes", " 15 ", 15),
        ("idle_minutes", "-1", -1),
        ("idle_minutes", "lima", "lima"),
        ("idle_minutes", "--5", "--5"),
        ("retention_days", "9" * 5000, "9" * 5000),
        ("retention_days", "٣", 3),
        ("lock_on_suspend", "Ya", True),
        ("keyring", "mati", False),
        ("keyring", "maybe", "maybe"),
        ("backup_place", "-", None),
        ("backup_place", "/media/usb", "/media/usb"),
        ("timezone", "Asia/Jakarta", "Asia/Jakarta"),
        ("retention_days", "", None),
    ],
)
def test_what_is_typed_is_read_for_what_it_is(name: str, text: str, value: object) -> None:
    assert name in NAMES
    assert setting_from_text(name, text) == value


def test_a_folder_that_no_system_can_name_is_refused(workplace: Workplace) -> None:
    with pytest.raises(StoreProblem, match="setting_folder_unfit"):
        change_settings(workplace, backup_place=Path("/", "x" * 300))
