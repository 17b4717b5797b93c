"""What the page of results has done in a worker: read, take a table over, write an empty one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assessor_app.services.results_page import Gathered, gather
from assessor_app.ui.desk import Desk
from assessor_app.ui.tasks import Tell

if TYPE_CHECKING:  # the reading of tables is fetched in the worker
    from assessor_app.services.results_file import Imported


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file, and all results as they stand after it."""

    file: str
    imported: "Imported"
    gathered: Gathered


def gathering(desk: Desk) -> Callable[[Tell], Gathered]:
    """Read all results."""
    workplace = desk.workplace
    return lambda _: gather(workplace, desk.application.library)


def importing(desk: Desk, path: Path) -> Callable[[Tell], Taken]:
    """Take a table of results over, whole or not at all."""
    workplace = desk.workplace

    def work(tell: Tell) -> Taken:
        from assessor_app.services.results_file import import_results

        def heard(done: int, total: int) -> None:
            tell(desk.say("results.importing_row", file=path.name, done=done, total=total))

        library = desk.application.library
        imported = import_results(workplace, library, path, progress=heard)
        return Taken(path.name, imported, gather(workplace, library))

    return work


def loading_sample(desk: Desk) -> Callable[[Tell], Gathered]:
    """Register the published results that the sample begins with."""
    workplace = desk.workplace

    def work(_tell: Tell) -> Gathered:
        from assessor_app.services import results
        from assessor_app.services.sample.published import published_results

        results.register(workplace.store, published_results())
        return gather(workplace, desk.application.library)

    return work


def writing_template(path: Path) -> Callable[[Tell], Path]:
    """Write an empty table where nothing is yet."""

    def work(_tell: Tell) -> Path:
        from assessor_app.services.results_file import write_template

        write_template(path)
        return path

    return work
