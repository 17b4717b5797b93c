"""Every page as a picture: both languages, light and dark, two sizes. `run.py pictures [FOLDER]`.

Made of the sample visit on real parts, through the window itself.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QTabBar, QWidget
from tests.ui.survey import on_top
from tests.ui.two_devices import two_devices

from assessor_app.compose import Application
from assessor_app.domain.results import PublishedResult
from assessor_app.domain.visit import HandoverWay, Outcome, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services import handing_over, issuing, results
from assessor_app.services.clock import new_id, system_clock
from assessor_app.services.enrolment import Profile, Workplace, time_zone
from assessor_app.services.people import Person, keep_person
from assessor_app.services.results import Wanted
from assessor_app.services.sample import walk
from assessor_app.services.sample.published import published_results
from assessor_app.services.sample.visit import SampleVisit, sample_visit
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.storage.keys import Cost
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.device.page import DevicePage
from assessor_app.ui.pages.results.page import ResultsPage, Standing
from assessor_app.ui.theme import Scheme, apply_theme

SIZES = ((1366, 768), (1024, 768))
SECRET = "contoh: sandi penyimpanan"
_Part = TypeVar("_Part", bound=QWidget)
_RANKED = 2023  # the year whose results are side by side
COLOURS = 128  # of a stored picture


def main(arguments: list[str]) -> int:
    out = Path(arguments[0] if arguments else "docs/pictures/window")
    out.mkdir(parents=True, exist_ok=True)
    qt = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        round_ = Round(Path(folder))
        for scheme in Scheme:
            apply_theme(qt, scheme)
            for language in Language:
                for size in SIZES:
                    for name, window in round_.pages(language, scheme, size):
                        told = f"{name}-{language.value}-{scheme.value}-{size[0]}.png"
                        _keep(window, out / told)
                        sys.stdout.write(f"{told}\n")
    return 0


class Round:
    """A home with one visit begun, one walked, one closed and one issued."""

    def __init__(self, folder: Path, sample: SampleVisit | None = None) -> None:
        """Everything is done as in `sample`, by default the shipped one."""
        self.folder = folder
        self.sample = sample = sample or sample_visit()
        library = Library([resources_dir() / "instruments"])
        cost = Cost(memory_kib=64, passes=1, lanes=1)
        self.application = Application(folder / "home", system_clock(), new_id, library, cost)
        self.empty = Application(folder / "none", system_clock(), new_id, library, cost)
        self._starts = 0
        self._cost = cost
        someone = sample.assessor
        profile = Profile(
            someone.name, someone.office, someone.nip, someone.position, time_zone(someone.timezone)
        )
        self.application.enrol(profile, passphrase=SECRET, signing_passphrase=SECRET)
        self.workplace = self.application.unlock(SECRET)
        self.begun = walk.start(self.workplace, sample, library)
        walk.record(self.begun, self.workplace, sample)
        for _ in range(3):
            self.begun.undo()
        self.walked = self._walked()
        self.interviewed = self._interviewed()
        self.unscored = begun(self.workplace, sample, "2026", library)
        self.two_devices = two_devices(self.workplace, sample, library, folder=folder)
        self.results = self.published()
        results.register(self.workplace.store, self.results)
        self.issued = self._walked()
        walk.finish_findings(self.issued, self.workplace, sample)
        now = self.workplace.store.clock.now()
        close_visit(self.issued, self.workplace, Outcome.COMPLETED, departure=now)
        identity = issuing.signing_identity(self.workplace, SECRET, now=now)
        self.pdf = folder / "temuan.pdf"
        issuing.issue(
            self.issued,
            self.workplace,
            identity,
            out=self.pdf,
            language=Language.INDONESIAN,
        )
        now = self.workplace.store.clock.now()
        handing_over.hand_over(
            self.issued, self.workplace, to=sample.handed_to, way=HandoverWay.USB, at=now
        )

    def _walked(self) -> Session:
        session = walk.start(self.workplace, self.sample, self.application.library)
        walk.record(session, self.workplace, self.sample)
        self.photograph(session)
        return session

    def _interviewed(self) -> Session:
        """A visit with interviews, under an instrument of other kinds of answers."""
        session = begun(self.workplace, self.sample, "2023-2024", self.application.library)
        for name, post in (("Pimpinan-1", "pimpinan"), ("Pengguna 1", "pengguna")):
            session.introduce(name, post=post)
            someone = Person(
                self.sample.assessor.name
            )  # as foreign to the code as all that is typed
            keep_person(self.workplace, session.visit_id, pseudonym=name, person=someone)
        return session

    def published(self) -> Sequence[PublishedResult]:
        """The results of the sample."""
        return published_results()

    def photograph(self, session: Session) -> None:
        """The photos of the sample, drawn and attached."""
        folder = self.folder / "photos"
        list(walk.photograph(session, self.workplace, self.sample, folder=folder))

    def pages(
        self, language: Language, scheme: Scheme, size: tuple[int, int]
    ) -> Iterator[tuple[str, MainWindow]]:
        """Each page by its name, shown in a window."""
        walked, issued, begun = (one.visit_id for one in (self.walked, self.issued, self.begun))
        asked, unscored = self.interviewed.visit_id, self.unscored.visit_id
        places: list[tuple[str, Where, Callable[[QWidget], None] | None]] = [
            ("visits", Where(PageName.VISITS), None),
            ("new-visit", Where(PageName.NEW_VISIT), None),
            ("refused", Where(PageName.REFUSED), None),
            ("checklist", Where(PageName.CHECKLIST, visit=walked, indicator="P15-06"), None),
            ("checklist-gap", Where(PageName.CHECKLIST, visit=begun, indicator="P15-02"), None),
            ("checklist-parts", Where(PageName.CHECKLIST, visit=asked, indicator="I22-01"), None),
            ("checklist-agree", Where(PageName.CHECKLIST, visit=asked, indicator="O22-01"), None),
            ("checklist-time", Where(PageName.CHECKLIST, visit=unscored, indicator="PG-06"), None),
            ("review-missing", Where(PageName.REVIEW, visit=begun), None),
            ("review-findings", Where(PageName.REVIEW, visit=walked), lambda page: _tab(page, 1)),
            ("review-receiver", Where(PageName.REVIEW, visit=walked), lambda page: _tab(page, 2)),
            ("improve", Where(PageName.IMPROVE, visit=walked), None),
            ("issue-draft", Where(PageName.ISSUE, visit=walked), None),
            ("issue", Where(PageName.ISSUE, visit=issued), None),
            ("results", Where(PageName.RESULTS), self._of_one_province),
            ("results-institution", Where(PageName.RESULTS), self._of_one_institution),
            ("verify", Where(PageName.VERIFY, path=self.pdf), None),
            ("device", Where(PageName.DEVICE), None),
            ("device-lock", Where(PageName.DEVICE), lambda page: _part_of_device(page, "lock")),
            ("device-backup", Where(PageName.DEVICE), lambda page: _part_of_device(page, "backup")),
            ("device-check", Where(PageName.DEVICE), _checked),
            (
                "device-privacy",
                Where(PageName.DEVICE),
                lambda page: _part_of_device(page, "privacy"),
            ),
            ("device-keys", Where(PageName.DEVICE), lambda page: _part_of_device(page, "keys")),
            *self.two_devices.places(),
        ]
        yield from self._locked("enrol", self.empty, language, scheme, size)
        yield from self._first_start(language, scheme, size)
        yield from self._locked("unlock", self.application, language, scheme, size)
        for name, where, then in places:
            desk = _desk(self.application, language, scheme)
            desk.open_with(self.workplace)
            with _shown(desk, size) as window:
                window.go(where)
                _rest(desk)
                if then is not None:
                    then(window.page)
                    _rest(desk)
                yield name, window

    def _first_start(
        self, language: Language, scheme: Scheme, size: tuple[int, int]
    ) -> Iterator[tuple[str, MainWindow]]:
        """A store that has just been made, and its list of visits, which is empty."""
        self._starts += 1
        known = self.application
        home = self.folder / f"start-{self._starts}"
        fresh = Application(home, known.clock, known.new_id, known.library, self._cost)
        desk = _desk(fresh, language, scheme)
        with _shown(desk, size) as window:
            _rest(desk)
            profile = self.workplace.profile
            for name, text in (
                ("name", profile.name),
                ("office", profile.office),
                ("passphrase", SECRET),
                ("again", SECRET),
            ):
                _part(window, QLineEdit, f"enrol.{name}").setText(text)
            _part(window, QPushButton, "enrol.go").click()
            _rest(desk)
            yield "enrol-done", window
            _part(window, QPushButton, "enrol.start").click()
            _rest(desk)
            yield "visits-empty", window
            window.keeper.background.stop()
            desk.workplace.store.close()

    def _of_one_province(self, page: QWidget) -> None:
        """The results of 2023 in the province with the highest score."""
        scored = [one for one in self.results if one.year == _RANKED and one.unit is None]
        highest = max(scored, key=lambda one: one.score or 0)
        assert isinstance(page, ResultsPage)
        page.stand(Standing(Wanted(year=_RANKED, province=highest.province)))

    def _of_one_institution(self, page: QWidget) -> None:
        """The institution with results of the most years, a number read by other rules."""
        years = Counter(one.institution for one in self.results if one.unit is None)
        assert isinstance(page, ResultsPage)
        page.stand(Standing(Wanted(year=_RANKED), years.most_common(1)[0][0]))
        rules = page.findChild(QComboBox, "results.rules.year")
        assert isinstance(rules, QComboBox)
        rules.setCurrentIndex(rules.findData("2021"))

    def _locked(
        self,
        name: str,
        application: Application,
        language: Language,
        scheme: Scheme,
        size: tuple[int, int],
    ) -> Iterator[tuple[str, MainWindow]]:
        desk = _desk(application, language, scheme)
        with _shown(desk, size) as window:
            _rest(desk)
            yield name, window


def begun(workplace: Workplace, sample: SampleVisit, instrument: str, library: Library) -> Session:
    """A visit that has just begun under an instrument."""
    new = NewVisit(
        institution=sample.visit.institution,
        unit=sample.visit.unit,
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=workplace.store.clock.now(),
        team=(workplace.profile.name,),
    )
    visit = start_visit(workplace.store, new, library.get(instrument), library=library)
    return open_session(workplace.store, visit, library)


def _desk(application: Application, language: Language, scheme: Scheme) -> Desk:
    return Desk(application.home, language=language, scheme=scheme, application=application)


@contextmanager
def _shown(desk: Desk, size: tuple[int, int]) -> Iterator[MainWindow]:
    """A window that leaves the store open for the next one."""
    window = MainWindow(desk)
    window.resize(*size)
    window.show()
    yield window
    desk.tasks.wait()
    desk.background.wait()
    desk.forget()
    window.hide()  # closing it would record what is typed, in the store that is left to others
    window.deleteLater()
    QApplication.processEvents()


def _rest(desk: Desk) -> None:
    """Until nothing is being worked on and all is painted."""
    for _ in range(20):
        QApplication.processEvents()
    while desk.tasks.running:
        QTest.qWait(5)
    for _ in range(20):
        QApplication.processEvents()


def _part(window: MainWindow, kind: type[_Part], name: str) -> _Part:
    found = window.page.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def _tab(page: QWidget, place: int) -> None:
    tabs = page.findChild(QTabBar, "review.tabs")
    assert isinstance(tabs, QTabBar)
    tabs.setCurrentIndex(place)


def _picture(window: QWidget) -> QPixmap:
    """The window with the dialog over it, where there is one: they are two for the screen."""
    picture, top = window.grab(), on_top(window)
    if top is not window:
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
        left, above = window.width() - top.width(), window.height() - top.height()
        painter.drawPixmap(left // 2, above // 2, top.grab())
        painter.end()
    return picture


def _part_of_device(page: QWidget, name: str) -> None:
    assert isinstance(page, DevicePage)
    page.show_section(name)


def _checked(page: QWidget) -> None:
    """The check of a store with a signed document in it."""
    _part_of_device(page, "check")
    go = page.findChild(QPushButton, "device.check.go")
    assert isinstance(go, QPushButton)
    go.click()


def _keep(window: QWidget, path: Path) -> None:
    """As a small PNG: the window has few colours."""
    raw = path.with_suffix(".raw.png")
    _picture(window).save(str(raw))
    with Image.open(raw) as whole:
        whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    raw.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
