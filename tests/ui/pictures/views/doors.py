"""Where the product begins: a home without a store, its first start, and the locked store."""

from PySide6.QtWidgets import QLineEdit
from tests.ui.pictures.round import SECRET, Round
from tests.ui.pictures.view import Home, View, part, press

from assessor_app.ui.main_window import MainWindow


def _filled(window: MainWindow, round_: Round) -> None:
    for name, text in (
        ("name", round_.profile.name),
        ("office", round_.profile.office),
        ("passphrase", SECRET),
        ("again", SECRET),
    ):
        part(window, QLineEdit, f"enrol.{name}").setText(text)


def _enrolled(window: MainWindow, round_: Round) -> None:
    _filled(window, round_)
    press("enrol.go")(window, round_)


def _wrong(window: MainWindow, round_: Round) -> None:
    part(window, QLineEdit, "unlock.passphrase").setText(SECRET[::-1])
    press("unlock.open")(window, round_)


VIEWS = (
    View("enrol", home=Home.NEW),
    View("enrol-filled", then=_filled, home=Home.NEW),
    View("enrol-faults", then=press("enrol.go"), home=Home.NEW),
    View("enrol-done", then=_enrolled, home=Home.NEW),
    View("unlock", home=Home.LOCKED),
    View("unlock-wrong", then=_wrong, home=Home.LOCKED),
)
