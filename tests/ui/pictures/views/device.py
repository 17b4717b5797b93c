"""The settings, section by section."""

from tests.sending import trust_list
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import Act, Home, View, in_turn, press

from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.device.headquarters import HeadquartersSection
from assessor_app.ui.pages.device.page import DevicePage


def _section(name: str) -> Act:
    def act(window: MainWindow, _: Round) -> None:
        assert isinstance(window.page, DevicePage)
        window.page.show_section(name)

    return act


def _device(_: Round) -> Where:
    return Where(PageName.DEVICE)


def _with_document(round_: Round) -> Where:
    """The check finds a signed document to look at."""
    assert round_.issued is not None
    return Where(PageName.DEVICE)


def _card_looked_at(window: MainWindow, round_: Round) -> None:
    """A card that is compared before it is joined."""
    assert isinstance(window.page, DevicePage)
    window.page.show_section("headquarters")
    card = round_.folder / "ombudsman.hq"
    card.write_bytes(trust_list())
    section = window.page.findChild(HeadquartersSection)
    assert section is not None
    section.look_at(card)


VIEWS = (
    View("settings-locked", _device, home=Home.LOCKED),
    View("settings-look", _device, _section("look")),
    View("device", _device),
    View("device-identity", _device, _section("identity")),
    View("device-letterhead", _device, _section("letterhead")),
    View("device-lock", _device, _section("lock")),
    View("device-storage", _device, _section("storage")),
    View("device-headquarters", _device, _card_looked_at),
    View("device-backup", _device, _section("backup")),
    View("device-check", _with_document, in_turn(_section("check"), press("device.check.go"))),
    View("device-privacy", _device, _section("privacy")),
    View("device-keys", _device, _section("keys")),
)
