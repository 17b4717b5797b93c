"""The settings, section by section."""

from tests.ui.pictures.round import Round
from tests.ui.pictures.view import Act, Home, View, in_turn, press

from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
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


VIEWS = (
    View("settings-locked", _device, home=Home.LOCKED),
    View("settings-look", _device, _section("look")),
    View("device", _device),
    View("device-identity", _device, _section("identity")),
    View("device-letterhead", _device, _section("letterhead")),
    View("device-lock", _device, _section("lock")),
    View("device-backup", _device, _section("backup")),
    View("device-check", _with_document, in_turn(_section("check"), press("device.check.go"))),
    View("device-privacy", _device, _section("privacy")),
    View("device-keys", _device, _section("keys")),
)
