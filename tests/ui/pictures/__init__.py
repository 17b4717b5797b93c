"""Every page and state of the window: where each is, and how one gets there.

One registry serves `python3 run.py pictures` (each as a picture) and `tests/ui/test_every_page.py`
(each read and worked by the survey). To add yours, put a file into `views/`, named after your part:

    from tests.ui.pictures.view import View, press
    from assessor_app.ui.directory import PageName, Where

    VIEWS = (
        View("register", lambda round_: Where(PageName.REGISTER)),
        View("register-faults", lambda round_: Where(PageName.REGISTER), press("register.import")),
    )

`where` is asked when the view is wanted, so that what it needs is made then: `Round` (round.py) has
a store with visits in several states (`walked`, `begun`, `issued` …), and `round_.once("yours",
make)` makes one of your own, once for all views. `then` (window, round_) leads on to the state:
`press`, `in_turn` and `part` help, `rest` waits until all work is done. A view must leave the
record of the shared visits as others expect it: what changes one has a visit of its own.
`python3 run.py pictures FOLDER --only register` shows them; `--list` names all.
"""
