"""The outline narrows and widens row by row, with its groups, and counts what each filter holds."""

import random

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from assessor_app.ui.models.outline import OutlineGroup, OutlineModel, Role
from assessor_app.ui.models.outline_row import Narrowing, OutlineRow, Show, Sign


def row(code: str, **more: object) -> OutlineRow:
    known = {
        "code": code,
        "text": f"Teks {code}",
        "paper": Sign.OPEN,
        "practice": Sign.OPEN,
        "gap": False,
        "lacks_evidence": False,
        "spoken": code,
    }
    return OutlineRow(**{**known, **more})  # type: ignore[arg-type]  # the names are those of a row


def gap(code: str, **more: object) -> OutlineRow:
    signs = {"paper": Sign.PRESENT, "practice": Sign.ABSENT, "gap": True}
    return row(code, **signs, cells=frozenset({(0, 1)}), **more)


@pytest.fixture
def model(qapp: QApplication) -> OutlineModel:
    """Two dimensions of two variables of three rows: A1 … A6, B1 … B6."""
    groups = [
        OutlineGroup(
            name,
            groups=tuple(
                OutlineGroup(f"{name}{part}", rows=tuple(row(f"{name}{one}") for one in numbers))
                for part, numbers in (("x", (1, 2, 3)), ("y", (4, 5, 6)))
            ),
        )
        for name in "AB"
    ]
    made = OutlineModel(groups)
    tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal, made
    )
    assert tester is not None
    return made


def shown(model: QAbstractItemModel, above: QModelIndex | None = None) -> list[str]:
    """The codes of the rows in their order, as a view walks them."""
    parent = above or QModelIndex()
    found: list[str] = []
    for place in range(model.rowCount(parent)):
        index = model.index(place, 0, parent)
        code = index.data(Role.CODE)
        found += [code] if isinstance(code, str) else shown(model, index)
    return found


def groups_shown(model: QAbstractItemModel) -> list[str]:
    tops = [model.index(place, 0) for place in range(model.rowCount())]
    inner = [model.index(one, 0, top) for top in tops for one in range(model.rowCount(top))]
    return [index.data() for index in (*tops, *inner)]


def test_a_filter_shows_its_rows_and_their_groups_alone(model: OutlineModel) -> None:
    model.renew([gap("A5")])

    model.narrow(Narrowing(show=Show.GAPS))

    assert shown(model) == ["A5"]
    assert groups_shown(model) == ["A", "Ay"]


@pytest.mark.parametrize(
    ("show", "changed"),
    [
        (Show.GAPS, gap("B2")),
        (Show.UNPROVEN, gap("B2", lacks_evidence=True)),
        (Show.MARKED, row("B2", marked=True)),
        (Show.MINE, row("B2", mine=True)),
    ],
)
def test_a_row_comes_into_a_filter_and_goes_from_it(
    model: OutlineModel, show: Show, changed: OutlineRow
) -> None:
    model.narrow(Narrowing(show=show))
    assert shown(model) == []

    model.renew([changed])
    assert shown(model) == ["B2"]
    assert model.tally.within[show] == 1
    model.renew([row("B2")])

    assert shown(model) == []
    assert groups_shown(model) == []
    assert model.tally.within[show] == 0


def test_what_is_kept_stays_until_it_is_let_go(model: OutlineModel) -> None:
    model.narrow(Narrowing(show=Show.OPEN))
    model.keep("A2")
    model.renew([gap("A2")])
    assert "A2" in shown(model)

    model.keep("A3")
    assert "A2" in shown(model)
    model.let_go("A2")

    assert shown(model)[:2] == ["A1", "A3"]


def test_filter_place_and_words_are_wanted_together(model: OutlineModel) -> None:
    model.renew([gap("A1"), gap("A2", marked=True), row("A3", marked=True)])

    model.narrow(Narrowing(show=Show.MARKED, cell=(0, 1)))
    assert shown(model) == ["A2"]
    model.narrow(Narrowing(show=Show.MARKED, words="TEKS a3"))

    assert shown(model) == ["A3"]
    assert not model.empty
    model.narrow(Narrowing(show=Show.MARKED, words="x"))
    assert model.empty


def test_what_is_not_asked_is_in_no_filter_and_no_count(model: OutlineModel) -> None:
    model.renew([gap("A1", hidden=True)])

    assert "A1" not in shown(model) or model.place_of("A1").isValid()
    model.narrow(Narrowing(show=Show.GAPS))
    assert shown(model) == []
    assert model.tally.within[Show.ALL] == 11


def test_single_changes_come_to_the_same_as_all_at_once(model: OutlineModel) -> None:
    """Whatever is changed, kept and narrowed: the tree is that of a model made anew."""
    chance = random.Random(7)
    kept = ""
    for _ in range(400):
        code = chance.choice(model.codes())
        match chance.randrange(4):
            case 0:
                before, kept = kept, code
                model.keep(code)
                model.let_go(before)
            case 1:
                model.narrow(Narrowing(show=chance.choice(list(Show))))
            case _:
                flags = ("gap", "lacks_evidence", "marked", "mine", "hidden")
                model.renew([row(code, **{one: chance.random() < 0.3 for one in flags})])
        takes = model.narrowing.takes
        wanted = [one for one in model.codes() if one == kept or takes(model.row(one))]
        assert shown(model) == wanted
        counted = sum(model.row(one).gap and not model.row(one).hidden for one in model.codes())
        assert model.tally.within[Show.GAPS] == counted
