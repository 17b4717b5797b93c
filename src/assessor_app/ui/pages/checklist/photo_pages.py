"""A document page by page: small ones, drawn as they come into view, and one large."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.observation import Evidence
from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.drawn_pages import PAGE_WIDE, THUMB_WIDE, drawn_pages
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.page_list import PageList
from assessor_app.ui.widgets.zoom_view import ZoomView

_BATCH = 4  # small pages that one look into the document draws


class PhotoPages(QWidget):
    """Begins at the page that proves, where one was noted."""

    failed = Signal(object)  # Problem
    proving_page = Signal(object)  # the page, from 1; None for none

    def __init__(self, desk: Desk, item: Evidence, *, editable: bool) -> None:
        super().__init__()
        self.setObjectName("photo.document")
        self._desk, self._item = desk, item
        self._count = item.pages or 1
        self._page = item.page or 1
        self._thumbs: set[int] = set()
        self._drawing = False
        self._list = PageList("photo.page_list")
        self._list.setAccessibleName(desk.say("proof.pages"))
        self.view = ZoomView("photo.page", desk.tokens)
        self._at = quiet("")
        self._proves = button(
            desk.say("proof.page_proves"),
            "photo.page_proves",
            icon=icon("check", desk.tokens.ink),
        )
        self._proves.setCheckable(True)
        self._proves.setVisible(editable)
        self._furnish()
        self._list.chosen.connect(lambda index: self.go_to(index + 1))
        self._list.verticalScrollBar().valueChanged.connect(lambda _: self._draw_thumbs())
        self._proves.clicked.connect(self._on_proves)
        self.view.stepped.connect(lambda by: self.go_to(self._page + by))
        say = desk.say
        names = [say("proof.page", page=n, pages=self._count) for n in range(1, self._count + 1)]
        self._list.show_names(names)
        self._list.show_current(self._page - 1)
        self._load()
        self._draw_thumbs()

    @property
    def page(self) -> int:
        """The page that is looked at, from 1."""
        return self._page

    def show_item(self, item: Evidence) -> None:
        """It was covered, drawn upon, or another page of it proves now."""
        redrawn = (item.layers, item.annotations) != (self._item.layers, self._item.annotations)
        self._item = item
        if redrawn:
            self._thumbs.clear()
            self._load()
            self._draw_thumbs()
        self._show_at()

    def go_to(self, page: int) -> None:
        if 1 <= page <= self._count and page != self._page:
            self._page = page
            self._list.show_current(page - 1)
            self._load()

    def _furnish(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.view, stretch=1)
        foot = QHBoxLayout()
        foot.addWidget(self._at, stretch=1)
        foot.addWidget(self._proves)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._list)
        row.addLayout(column, stretch=1)
        self._list.setVisible(self._count > 1)

    def _show_at(self) -> None:
        say, proves = self._desk.say, self._item.page
        told = say("proof.page", page=self._page, pages=self._count)
        if proves is not None:
            told = say("proof.page_noted", at=told, page=proves)
        self._at.setText(told)
        self._proves.setChecked(proves == self._page)

    def _on_proves(self) -> None:
        self.proving_page.emit(self._page if self._proves.isChecked() else None)
        self._show_at()

    def _load(self) -> None:
        """The page that is looked at; one that was left meanwhile is not shown any more."""
        page = self._page
        self._show_at()

        def show(found: dict[int, QImage]) -> None:
            if page == self._page:
                self.view.show_image(found[page])
                self.view.setAccessibleName(
                    self._desk.say("proof.page", page=page, pages=self._count)
                )

        self._draw([page], PAGE_WIDE, show)

    def _draw_thumbs(self) -> None:
        """Those in view that are not drawn yet, a few at a time."""
        wanted = [page for page in self._in_view() if page not in self._thumbs][:_BATCH]
        if self._drawing or not wanted or self._count == 1:
            return
        self._drawing = True

        def show(found: dict[int, QImage]) -> None:
            self._drawing = False
            self._thumbs |= found.keys()
            for page, picture in found.items():
                self._list.show_thumb(page - 1, picture)
            self._draw_thumbs()

        self._draw(wanted, THUMB_WIDE, show)

    def _in_view(self) -> list[int]:
        """The pages whose small pictures are seen, and a few below them."""
        first = self._row(self._list.indexAt(self._list.viewport().rect().center()))
        around = range(max(1, first - _BATCH), min(self._count, first + 2 * _BATCH) + 1)
        return list(around)

    def _row(self, index: QModelIndex) -> int:
        return index.row() + 1 if index.isValid() else 1

    def _draw(
        self, pages: list[int], width: int, show: Callable[[dict[int, QImage]], None]
    ) -> None:
        work = partial(_drawn, self._desk, self._item, pages, width)
        self._desk.tasks.run(work, owner=self, done=show, failed=self._on_failed)

    def _on_failed(self, problem: Problem) -> None:
        self._drawing = False
        self.failed.emit(problem)


def _drawn(desk: Desk, item: Evidence, pages: list[int], width: int, _: Tell) -> dict[int, QImage]:
    return drawn_pages(desk.workplace, item, pages, width=width)
