"""The settings of sending: which headquarters, which storage, and whether that works."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.sending import headquarters_keys, trust_list
from tests.syncing.storages import SECRET, USER, serving_webdav
from tests.ui.pages.hands import assert_usable, click, part, shown, wait_for_tasks

from assessor_app.domain.numbers import in_fours
from assessor_app.services.sync.place import set_storage, storage_of
from assessor_app.services.sync.trusted import joined
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.headquarters import HeadquartersSection
from assessor_app.ui.pages.device.storage import StorageSection
from assessor_app.ui.widgets.notice import Tone


@pytest.fixture
def storage(desk: Desk, qtbot: QtBot) -> StorageSection:
    section = StorageSection(desk)
    section.refresh()
    return shown(qtbot, section)


@pytest.fixture
def headquarters(desk: Desk, qtbot: QtBot) -> HeadquartersSection:
    section = HeadquartersSection(desk)
    section.refresh()
    return shown(qtbot, section)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "ombudsman.hq"
    path.write_bytes(trust_list())
    return path


def told(section: QWidget) -> str:
    QApplication.processEvents()  # rows that were made anew are laid out
    return "\n".join(one.text() for one in section.findChildren(QLabel) if one.isVisible())


def fill(section: QWidget, **lines: str) -> None:
    for name, text in lines.items():
        part(section, QLineEdit, f"device.storage.{name}").setText(text)


def test_a_stick_is_set_tried_and_forgotten(
    storage: StorageSection, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    assert storage.state().tone is Tone.INFO
    fill(storage, address=str(tmp_path), limit="200")
    click(storage, "device.storage.save")
    known = storage_of(desk.workplace)
    assert known is not None
    assert (known.place, known.limit) == (str(tmp_path), 200)
    click(storage, "device.storage.try")
    wait_for_tasks(qtbot, desk)
    assert "dapat melakukan semua" in told(storage)
    assert storage.state().text == "Sudah dicoba, dapat dipakai"
    assert_usable(storage)
    click(storage, "device.storage.forget")
    assert storage_of(desk.workplace) is None


def test_a_wrong_password_is_told_in_words_and_a_right_one_is_kept_unseen(
    storage: StorageSection, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    with serving_webdav(tmp_path) as address:
        fill(storage, address=f"{address}/kiriman", user=USER, secret="salah")
        click(storage, "device.storage.save")
        click(storage, "device.storage.try")
        wait_for_tasks(qtbot, desk)
        assert "Gagal" in told(storage)
        assert storage.state().tone is Tone.WARNING
        fill(storage, secret=SECRET)
        click(storage, "device.storage.save")
        assert part(storage, QLineEdit, "device.storage.secret").text() == ""
        fill(storage, limit="50")  # what was not typed again stays
        click(storage, "device.storage.save")
        click(storage, "device.storage.try")
        wait_for_tasks(qtbot, desk)
    known = storage_of(desk.workplace)
    assert known is not None
    assert (known.secret, known.limit) == (SECRET, 50)
    assert "Menulis\nBaik" in told(storage)
    assert "Jam perangkat ini" in told(storage)  # the clock of this test is far from the server's
    assert SECRET not in told(storage)


def test_another_user_does_not_get_the_password_of_the_one_before(desk: Desk, qtbot: QtBot) -> None:
    place = "webdavs://cloud.example.go.id/kiriman"
    set_storage(desk.workplace, place, user="tablet-01", secret=SECRET)
    section = StorageSection(desk)
    section.refresh()
    shown(qtbot, section)

    fill(section, user="tablet-02")
    click(section, "device.storage.save")

    assert "tablet-02" not in str(storage_of(desk.workplace))
    assert "kata sandi" in told(section)
    fill(section, user="tablet-01", limit="70")
    click(section, "device.storage.save")
    known = storage_of(desk.workplace)
    assert known is not None
    assert (known.user, known.secret, known.limit) == ("tablet-01", SECRET, 70)


def test_what_stands_in_the_fields_is_tried_saved_or_not(
    storage: StorageSection, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    fill(storage, address=str(tmp_path))
    click(storage, "device.storage.try")
    wait_for_tasks(qtbot, desk)
    assert "dapat melakukan semua" in told(storage)
    assert storage_of(desk.workplace) is None
    assert storage.state().text == "Belum ditetapkan"
    click(storage, "device.storage.save")
    click(storage, "device.storage.try")
    wait_for_tasks(qtbot, desk)
    assert storage.state().text == "Sudah dicoba, dapat dipakai"

    fill(storage, address=str(tmp_path / "not" / "there"))
    click(storage, "device.storage.try")
    wait_for_tasks(qtbot, desk)

    assert "belum dapat dipakai" in told(storage)
    assert storage.state().text == "Ditetapkan"  # of what is set, nothing is said by that


def test_what_cannot_be_tried_at_all_is_not_said_to_work(
    storage: StorageSection, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    fill(storage, address=str(tmp_path))
    click(storage, "device.storage.save")
    click(storage, "device.storage.try")
    wait_for_tasks(qtbot, desk)
    fill(storage, address="")
    click(storage, "device.storage.try")
    assert storage.state().text == "Ditetapkan"
    assert "alamat" in told(storage)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({"address": "https://u:p@example.go.id/x"}, "sandi"),
        ({"address": ""}, "alamat"),
        ({"limit": "cepat"}, "cepat"),
        ({"limit": "9" * 40}, "10000000"),
        ({"limit": "9" * 5000}, "10000000"),
    ],
    ids=lambda given: str(given)[:30],
)
def test_what_cannot_be_set_is_refused_and_changes_nothing(
    desk: Desk, tmp_path: Path, qtbot: QtBot, lines: dict[str, str], said: str
) -> None:
    set_storage(desk.workplace, str(tmp_path))
    storage = StorageSection(desk)
    storage.refresh()
    shown(qtbot, storage)
    fill(storage, **lines)
    click(storage, "device.storage.save")
    assert said in told(storage)
    known = storage_of(desk.workplace)
    assert known is not None
    assert known.place == str(tmp_path)


def test_a_card_is_joined_once_its_fingerprint_is_said_to_be_compared(
    headquarters: HeadquartersSection, desk: Desk, card: Path
) -> None:
    join = part(headquarters, QPushButton, "device.headquarters.join")
    assert headquarters.state().text == "Belum bergabung"
    headquarters.look_at(card)
    assert in_fours(headquarters_keys().fingerprint) in told(headquarters)
    assert join.isVisible()
    assert not join.isEnabled()
    assert joined(desk.workplace.store) is None
    part(headquarters, QCheckBox, "device.headquarters.compared").setChecked(True)
    click(headquarters, "device.headquarters.join")
    found = joined(desk.workplace.store)
    assert found is not None
    assert found.name in headquarters.state().text
    assert not join.isVisible()
    assert_usable(headquarters)


def test_what_is_no_card_is_refused(
    headquarters: HeadquartersSection, desk: Desk, tmp_path: Path
) -> None:
    other = tmp_path / "foto.hq"
    other.write_bytes(b"not a card")
    headquarters.look_at(other)
    assert "foto.hq" in told(headquarters)
    assert not part(headquarters, QPushButton, "device.headquarters.join").isVisible()
    assert joined(desk.workplace.store) is None


def test_a_card_that_was_exchanged_after_it_was_shown_is_not_joined(
    headquarters: HeadquartersSection, desk: Desk, card: Path
) -> None:
    headquarters.look_at(card)
    part(headquarters, QCheckBox, "device.headquarters.compared").setChecked(True)
    card.write_bytes(b"another")
    click(headquarters, "device.headquarters.join")
    assert joined(desk.workplace.store) is None
