"""The list of visits, and how a visit begins."""

from tests.ui.pictures.view import Home, View

from assessor_app.ui.directory import PageName, Where

VIEWS = (
    View("visits", lambda _: Where(PageName.VISITS)),
    View("visits-empty", lambda _: Where(PageName.VISITS), home=Home.EMPTY),
    View("new-visit", lambda _: Where(PageName.NEW_VISIT)),
    View("refused", lambda _: Where(PageName.REFUSED)),
)
