"""The sample visit, as data: what the demo records, with the scenes that it draws for it."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import WhereSeen
from assessor_app.domain.visit import Capacity, Declaration
from assessor_app.instruments.document import read_document
from assessor_app.paths import resources_dir
from assessor_app.services.sample.photos import Scene

Day = date
_Text = Annotated[str, BeforeValidator(str)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SampleAssessor(_Form):
    name: str
    nip: str
    position: str
    office: str
    timezone: str


class SampleLetterhead(_Form):
    address: tuple[str, ...]
    contact: str


class SampleFrame(_Form):
    institution: str
    unit: str
    object: str
    instrument: str
    address: str
    assignment_letter: str
    team: tuple[str, ...]
    minutes: int  # from arrival to departure


class SampleReceiver(_Form):
    declared: Declaration
    name: str
    nip: str
    position: str
    capacity: Capacity
    response: str


class SampleDocument(_Form):
    kind: str | None = None
    number: _Text | None = None
    date: Day | None = None
    signatory: str | None = None
    where_seen: WhereSeen | None = None


class SampleSide(_Form):
    answer: str
    note: str | None = None
    document: SampleDocument | None = None
    no_evidence_reason: str | None = None


class SamplePhoto(_Form):
    scene: Scene
    side: Side
    caption: str


class SampleIndicator(_Form):
    code: str
    paperwork: SampleSide
    practice: SampleSide
    photos: tuple[SamplePhoto, ...] = ()

    def on(self, side: Side) -> SampleSide:
        return self.paperwork if side is Side.PAPERWORK else self.practice


class SampleFinding(_Form):
    indicator: str
    due_days: int
    owner: str


class SampleVisit(_Form):
    """Everything of the sample visit; `resources/sample/visit.yaml` holds it."""

    assessor: SampleAssessor
    letterhead: SampleLetterhead
    visit: SampleFrame
    receiver: SampleReceiver
    handed_to: str
    findings: tuple[SampleFinding, ...]
    indicators: tuple[SampleIndicator, ...]


def sample_visit() -> SampleVisit:
    """The shipped sample visit."""
    shipped = resources_dir() / "sample" / "visit.yaml"
    return SampleVisit.model_validate(read_document(shipped).tree)
