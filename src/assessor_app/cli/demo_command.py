"""`demo`: one whole sample visit on real parts, each step with its time."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer
from assessor_app.cli.score_commands import score_data
from assessor_app.compose import Application, build
from assessor_app.domain.aggregation import UnitScore, aggregate
from assessor_app.domain.event import Json
from assessor_app.domain.gap import GapKind
from assessor_app.domain.problem import IssueProblem
from assessor_app.domain.results import classify
from assessor_app.domain.visit import Outcome
from assessor_app.services import results
from assessor_app.services.enrolment import Profile, Workplace, time_zone
from assessor_app.services.handing_over import hand_over_by_usb
from assessor_app.services.report.summary import zone_name
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

if TYPE_CHECKING:  # imported when the demo runs: half a second that no other command pays
    from assessor_app.services.issuing import Issued
    from assessor_app.services.sample.visit import SampleAssessor, SampleVisit

PASSPHRASE = "contoh: sandi penyimpanan"  # noqa: S105 - of a sample store, printed to the user
SIGNING_PASSPHRASE = "contoh: sandi tanda tangan"  # noqa: S105 - of the sample key, printed to the user
_MARK = ".assessor-demo"


def register(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help="Folder yang dibuat baru setiap kali.")] = Path(
        "build/demo"
    ),
) -> None:
    """Satu kunjungan contoh yang utuh: pendaftaran sampai PDF bertanda tangan yang diperiksa."""
    run = _Run(context_of(ctx), out)
    data = run.walk()
    if run.context.as_json:
        answer(run.context, data, "")
    if data["standing"] != "valid":
        raise typer.Exit(1)


class _Run:
    """One run of the demo: says each step as it is done, with the seconds that it took."""

    def __init__(self, context: Context, out: Path) -> None:
        self.context = context
        self.out = out
        self.steps: list[Json] = []

    def walk(self) -> dict[str, Json]:
        """The whole visit; returns what `--json` prints."""
        from assessor_app.services.sample import walk
        from assessor_app.services.sample.visit import sample_visit

        _fresh(self.out)
        self._say(self.context.say("demo.begin", out=self.out))
        sample = sample_visit()
        application = build(self.out / "home")
        with self._step("enrol"):
            workplace = _enrolled(application, sample.assessor)
            walk.head_letters(workplace, sample, folder=self.out / "photos")
        words = Words(self.context.language, workplace.profile.zone)
        aggregated = self._published(workplace, application, words)
        session = self._visited(workplace, application, sample)
        issued = self._issued(workplace, session)
        with self._step("verify"):
            from assessor_app.services import verifying

            pdf = issued.path.read_bytes()
            verdict = verifying.verify(pdf, roots=application.roots, trust_trial=True)
        with self._step("handover"):
            self._handed_over(application, workplace, session, sample.handed_to)
        with self._step("rebuild") as told:
            differences = workplace.store.rebuild().differences
            told["count"] = len(differences)
        sentences = list(verifying.explain(verdict, self.context.language, words.zone))
        self._conclude(session, words, issued.path, sentences)
        workplace.store.close()
        return {
            "pdf": str(issued.path),
            "visit": session.visit_id,
            "number": issued.number,
            "scores": {
                basis.value: score_data(one, explain=False)
                for basis, one in session.scores().items()
            },
            "gaps": len(_gaps(session)),
            "findings": len(session.findings()),
            "aggregated": aggregated,
            "differences": len(differences),
            "standing": verdict.standing.value,
            "sentences": sentences,
            "steps": self.steps,
        }

    def _visited(
        self, workplace: Workplace, application: Application, sample: "SampleVisit"
    ) -> Session:
        """From the door to the closed visit."""
        from assessor_app.services.sample import walk

        with self._step("start", unit=sample.visit.unit):
            session = walk.start(workplace, sample, application.library)
        with self._step("record") as told:
            told["count"] = walk.record(session, workplace, sample)
        with self._step("draw") as told:
            drawn = walk.photograph(session, workplace, sample, folder=self.out / "photos")
            for count, name in enumerate(drawn, start=1):
                told["count"] = count
                self._progress(f"{count}: {name}")
        with self._step("close") as told:
            walk.finish_findings(session, workplace, sample)
            close_visit(session, workplace, Outcome.COMPLETED, departure=application.clock.now())
            told |= {"count": len(session.findings()), "gaps": len(_gaps(session))}
        return session

    def _issued(self, workplace: Workplace, session: Session) -> "Issued":
        from assessor_app.services import issuing

        with self._step("issue") as told:
            now = workplace.store.clock.now()
            identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
            out = self.out / "temuan-contoh.pdf"
            issued = issuing.issue(
                session, workplace, identity, out=out, language=Language.INDONESIAN
            )
            told["number"] = issued.number
        return issued

    def _handed_over(
        self, application: Application, workplace: Workplace, session: Session, to: str
    ) -> None:
        """Onto a folder in the place of a stick."""
        stick, now = self.out / "usb", workplace.store.clock.now()
        stick.mkdir()
        hand_over_by_usb(session, workplace, to=to, at=now, onto=stick, roots=application.roots)

    def _published(
        self, workplace: Workplace, application: Application, words: Words
    ) -> dict[str, Json]:
        """Record the published results; what can be computed again must come out the same."""
        from assessor_app.services.sample.published import published_results

        with self._step("register") as told:
            found = published_results()
            results.register(workplace.store, found)
            told["count"] = len(found)
        institution, year = "Kabupaten Maluku Tenggara", 2023
        kept = [
            one
            for one in results.published(workplace.store)
            if (one.institution, one.year) == (institution, year)
        ]
        units = [
            UnitScore(one.unit, one.score) for one in kept if one.unit and one.score is not None
        ]
        whole = next(one for one in kept if one.unit is None)
        method = application.library.get("2023-2024")
        mean = aggregate(units, method).score
        band = classify(method, mean)
        if band is None or (mean, band.category, band.zone) != (
            whole.score,
            whole.category,
            whole.zone,
        ):
            raise IssueProblem("sample_mismatch", found=mean, expected=whole.score)
        self._say(
            self.context.say(
                "demo.aggregate",
                institution=institution,
                year=year,
                count=len(units),
                score=words.points(mean),
                category=band.category,
                zone=words(f"zone.{band.zone.value}").lower(),
            )
        )
        return {
            "institution": institution,
            "year": year,
            "score": f"{mean:.2f}",
            "category": band.category,
            "zone": band.zone.value,
        }

    @contextmanager
    def _step(self, name: str, **places: object) -> Iterator[dict[str, object]]:
        told: dict[str, object] = dict(places)
        began = time.perf_counter()
        yield told
        seconds = time.perf_counter() - began
        what = self.context.say(f"demo.{name}", **told)
        self.steps.append({"step": name, "seconds": f"{seconds:.3f}"})
        self._say(self.context.say("demo.step", seconds=seconds, what=what))

    def _conclude(self, session: Session, words: Words, path: Path, sentences: list[str]) -> None:
        self._say("")
        for basis, one in session.scores().items():
            zone = f" – {zone_name(one.band, words)}" if one.band else ""
            maximum = words.weight(one.maximum)
            name = words(f"basis.{basis.value}")
            self._say(f"{name}: {words.points(one.points)} / {maximum}{zone}")
        official = next(iter(session.scores().values()))
        self._say(words(f"standing.{official.standing.value}"))
        self._say("")
        self._say(self.context.say("demo.pdf", path=path))
        self._say(self.context.say("demo.words"))
        for sentence in sentences:
            self._say(f"  {sentence}")
        self._say(self.context.say("demo.store", home=self.out / "home", passphrase=PASSPHRASE))

    def _progress(self, what: str) -> None:
        """What is being done, on one line that the next step overwrites; for people only."""
        if sys.stderr.isatty() and not self.context.as_json:
            sys.stderr.write(f"\r\x1b[K{what}\r")

    def _say(self, sentence: str) -> None:
        self._progress("")
        if not self.context.as_json:
            typer.echo(sentence)


def _fresh(out: Path) -> None:
    """An empty folder; only one that an earlier demo made is emptied."""
    if out.exists() and any(out.iterdir()):
        if not (out / _MARK).exists():
            raise IssueProblem("demo_folder_not_ours", path=out)
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / _MARK).touch()


def _enrolled(application: Application, assessor: "SampleAssessor") -> Workplace:
    profile = Profile(
        name=assessor.name,
        office=assessor.office,
        nip=assessor.nip,
        position=assessor.position,
        zone=time_zone(assessor.timezone),
    )
    application.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=SIGNING_PASSPHRASE)
    return application.unlock(PASSPHRASE)


def _gaps(session: Session) -> list[GapKind]:
    return [one.gap.kind for one in session.compared() if one.gap and one.gap.needs_evidence]
