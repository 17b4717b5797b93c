"""Widgets are tried in the product's own dress."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from assessor_app.ui.theme import Scheme, Tokens, apply_theme


@pytest.fixture
def tokens(qapp: QApplication) -> Iterator[Tokens]:
    yield apply_theme(qapp, Scheme.LIGHT)
    qapp.setStyleSheet("")
