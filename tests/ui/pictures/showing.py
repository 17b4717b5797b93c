"""Views shown in the window, one after the other, and pictures taken of them."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import Home, Setting, View, rest
from tests.ui.survey import on_top

from assessor_app.ui.desk import Desk
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.theme import apply_theme

COLOURS = 128  # of a stored picture
_HOMES = itertools.count(1)


def shown(
    views: Iterable[View], round_: Round, setting: Setting
) -> Iterator[tuple[View, MainWindow]]:
    """Each view in a window of its own, at rest."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, setting.scheme, text=setting.text)
    for view in views:
        with _window(_desk(view, round_, setting), setting, round_) as window:
            if view.home in (Home.LOCKED, Home.NEW):
                rest(window)
            if view.where is not None:
                window.go(view.where(round_))
                rest(window)
            if view.then is not None:
                view.then(window, round_)
                rest(window)
            yield view, window


def _desk(view: View, round_: Round, setting: Setting) -> Desk:
    match view.home:
        case Home.NEW:
            application = round_.home(f"new-{next(_HOMES)}")
        case Home.EMPTY:
            application = round_.empty_application
        case _:
            application = round_.application
    desk = Desk(
        application.home,
        language=setting.language,
        scheme=setting.scheme,
        text=setting.text,
        application=application,
    )
    if view.home in (Home.OPEN, Home.EMPTY):
        desk.open_with(round_.workplace if view.home is Home.OPEN else round_.unfilled)
    return desk


@contextmanager
def _window(desk: Desk, setting: Setting, round_: Round) -> Iterator[MainWindow]:
    """A window that leaves the round's stores open for the next one."""
    window = MainWindow(desk)
    window.resize(*setting.size)
    window.show()
    yield window
    desk.tasks.wait()
    desk.background.wait()
    if desk.unlocked and desk.home.name not in ("home", "empty"):  # made by the view itself
        window.keeper.background.stop()
        desk.workplace.store.close()
    window.hide()  # closing it would record what is typed, in the store that is left to others
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    desk.forget()


def picture(window: QWidget) -> QPixmap:
    """The window with the dialog over it, where there is one: they are two for the screen."""
    seen, top = window.grab(), on_top(window)
    if top is not window:
        painter = QPainter(seen)
        painter.fillRect(seen.rect(), QColor(0, 0, 0, 90))
        left, above = window.width() - top.width(), window.height() - top.height()
        painter.drawPixmap(left // 2, above // 2, top.grab())
        painter.end()
    return seen


def keep(window: QWidget, path: Path) -> None:
    """As a small PNG: the window has few colours."""
    raw = path.with_suffix(".raw.png")
    picture(window).save(str(raw))
    with Image.open(raw) as whole:
        with_few_colours(whole.convert("RGB")).save(path, optimize=True)
    raw.unlink()


def with_few_colours(whole: Image.Image) -> Image.Image:
    """The grounds as they are, and something near to all the rest.

    Half of the colours are the commonest. The others are spread over all hues, however seldom: a
    small red sign would be grey in the company of the commonest alone.
    """
    common = whole.getcolors(whole.width * whole.height) or []
    common.sort(key=lambda one: one[0], reverse=True)
    palette = [part for _, colour in common[: COLOURS // 2] for part in _three(colour)]
    seldom = whole.quantize(COLOURS // 2, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette += (seldom.getpalette() or [])[: COLOURS // 2 * 3]
    form = Image.new("P", (1, 1))
    form.putpalette(palette)
    return whole.quantize(palette=form, dither=Image.Dither.NONE)


def _three(colour: object) -> tuple[int, ...]:
    assert isinstance(colour, tuple)  # as every picture with red, green and blue has them
    return colour
