"""A visit keeps its instrument, whatever becomes of the file that it was begun with."""

from datetime import date
from pathlib import Path

import pytest
from tests.conftest import begin

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.instruments import default_instrument
from assessor_app.services.session import open_session

SMALL = Path(__file__).parents[1] / "instruments" / "files" / "small.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small.yaml").write_bytes(SMALL.read_bytes())
    return tmp_path


def library(folder: Path) -> Library:
    return Library([folder], kept=folder / "pinned")


def written(folder: Path, *, name: str = "small.yaml", **changes: str) -> Path:
    text = SMALL.read_text(encoding="utf-8")
    for key, value in changes.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{key}: "))
        text = text.replace(line, f"{key}: {value}", 1)
    path = folder / name
    path.write_text(f"{text}\n# another edition\n", encoding="utf-8")
    return path


def test_a_visit_opens_when_its_file_was_changed_or_is_gone(
    workplace: Workplace, folder: Path
) -> None:
    begun_with = library(folder)
    visit = begin(workplace, begun_with.get("small"), begun_with)
    written(folder)
    changed = open_session(workplace.store, visit, library(folder))
    (folder / "small.yaml").unlink()
    gone = open_session(workplace.store, visit, library(folder))

    assert changed.instrument == gone.instrument == begun_with.get("small")


def test_a_file_that_changed_since_it_was_read_begins_no_visit(
    workplace: Workplace, folder: Path
) -> None:
    before = library(folder)
    small = before.get("small")
    written(folder)

    with pytest.raises(InstrumentFault, match="instrument_changed_since"):
        begin(workplace, small, before)
    visit = begin(workplace, before.get("small"), before)

    assert open_session(workplace.store, visit, library(folder)).instrument.digest != small.digest


def test_a_copy_that_was_damaged_is_made_anew(workplace: Workplace, folder: Path) -> None:
    begun_with = library(folder)
    visit = begin(workplace, begun_with.get("small"), begun_with)
    (copy,) = (folder / "pinned").iterdir()
    copy.write_bytes(b"")
    open_session(workplace.store, visit, library(folder))

    assert copy.read_bytes() == SMALL.read_bytes()


def test_a_copy_that_cannot_be_kept_begins_no_visit(workplace: Workplace, folder: Path) -> None:
    (folder / "pinned").write_bytes(b"a file where the folder belongs")
    begun_with = library(folder)

    with pytest.raises(InstrumentFault, match="instrument_not_kept"):
        begin(workplace, begun_with.get("small"), begun_with)


def test_a_new_visit_takes_the_highest_version_of_the_latest_year(folder: Path) -> None:
    written(folder, name="newer.yaml", version='"10"')
    written(folder, name="older.yaml", version='"9"')
    written(folder, name="next.yaml", id="next", year="2199", version='"1"')
    small = library(folder).get("small")

    chosen = default_instrument(library(folder), today=date(small.year, 5, 1))

    assert chosen.pin == "small@10"


def test_the_products_own_instrument_comes_before_others_of_its_year(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    written(home, name="aaa.yaml", id="aaa", version='"7"')

    known = Library([folder, home])

    year = known.get("small").year
    assert default_instrument(known, today=date(year, 5, 1)).id == "small"


def test_without_any_instrument_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(InstrumentFault, match="instrument_none"):
        default_instrument(Library([tmp_path]), today=date(2026, 5, 1))
