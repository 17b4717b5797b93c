"""What is answered of: a service product or a respondent is chosen, a product named or renamed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from assessor_app.services.standing import Done

if TYPE_CHECKING:  # the page that it is a part of
    from assessor_app.ui.pages.checklist.page import ChecklistPage


class Subjects(QObject):
    """A part of the page: whose answers the panes show."""

    def __init__(self, page: "ChecklistPage") -> None:
        super().__init__(page)
        self._page = page

    def choose(self, name: str) -> None:
        """Look at another product or respondent; what is typed is recorded first."""
        if self._page.settle():
            self._page.spot.choose(name)
        self.show()

    def show(self) -> None:
        """Show what is recorded of the product or respondent that is looked at now."""
        page = self._page
        if page.place.look_at_another(page.spot):
            page.show_seen()
            page.setFocus()  # a digit is an answer again, and chooses nothing in the list
        else:
            page.build_pane()

    def name_product(self, product: str, name: str) -> None:
        """A service product is named, or (by its id) renamed; a known one is only looked at."""
        page, session = self._page, self._page.session
        known = {one.casefold() for one in session.snapshot.products.values()}
        if not product and name.casefold() in known:
            self.choose(name)
            return

        def act(reason: str | None) -> Done:
            return session.name_product(name, product=product or None, reason=reason)

        what = page.desk.say("products.naming", name=name)
        done = page.recording.carry_out(("product", product or name), act, what=what)
        if done is None:
            return
        if page.pane is not None and page.pane.products is not None:
            page.pane.products.clear_new()
        page.spot.choose(name)  # it is what is answered next
        page.build_pane()
        page.setFocus()
