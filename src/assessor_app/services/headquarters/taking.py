"""What is in a part, verified as nothing else here is, and taken into headquarters' store."""

from collections.abc import Callable, Mapping
from functools import partial

from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.embedded_record import find_record
from assessor_app.services.enrolment import Workplace
from assessor_app.services.exchange.verified import Checked
from assessor_app.services.headquarters.devices import certified_devices, issued_certificates
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.services.headquarters.shipments import Arrived
from assessor_app.services.revocations import Revocations
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Form, SourceFailed
from assessor_app.syncing.bundle import PieceReader
from assessor_app.syncing.manifest import EVIDENCE, Part
from assessor_app.syncing.part import OpenedPart, PartKind

_DOCUMENT = "document"
_SMALLER = "report"  # the kind of a smaller picture, by the id of its evidence


def take_part(
    workplace: Workplace, opened: OpenedPart, arrived: Arrived, *, library: Library
) -> None:
    """Take in what a part brings. Raises StoreProblem: nothing of it is taken in then.

    `part_foreign` where it is of another visit, or brings what no event of its visit names;
    `device_unknown`; `document_refused`; and what an import raises.
    """
    if opened.table.visit != arrived.shipment.visit:
        raise StoreProblem("part_foreign", path=opened.path)
    match opened.table.kind:
        case PartKind.RECORD:
            _take_record(workplace, opened, arrived, library=library)
        case PartKind.DERIVATIVES:
            _take_files(workplace.store, opened, forms={_SMALLER: Form.REPORT})
        case PartKind.ORIGINALS:
            _take_files(workplace.store, opened, forms={EVIDENCE: Form.ORIGINAL})


def _take_record(
    workplace: Workplace, opened: OpenedPart, arrived: Arrived, *, library: Library
) -> None:
    from assessor_app.services.exchange.importing import take_in

    store, manifest = workplace.store, opened.manifest
    known = certified_devices(store)
    strange = sorted(manifest.devices.keys() - known.keys())
    if strange:
        raise StoreProblem("device_unknown", name=opened.path, device=strange[0])
    if (manifest.visit, manifest.device) != (arrived.shipment.visit, arrived.shipment.device):
        raise StoreProblem("part_foreign", path=opened.path)
    take_in(
        workplace,
        opened,
        library=library,
        approve=partial(_approve, store, opened, arrived.shipment.head),
    )


def _approve(store: Store, opened: OpenedPart, head: str, found: Checked) -> None:
    """That the record is the one that the manifest names, and its documents are of it."""
    if found.head != head:
        raise StoreProblem("part_foreign", path=opened.path)
    require = _judge_of(store, opened, found)
    for part in found.parts:
        if part.kind == _DOCUMENT:
            require(part)


def _judge_of(store: Store, opened: OpenedPart, found: Checked) -> Callable[[Part], None]:
    from assessor_app.reporting.reading import read_attachments
    from assessor_app.services.verifying import Standing, verify

    roots = (keys_of(store).root,)
    revoked = {
        one.fingerprint: one.revoked
        for one in issued_certificates(store).values()
        if one.revoked is not None
    }
    hashes = {(one.event.device, one.event.seq): one.hash for one in found.links}

    def require(part: Part) -> None:
        pdf = opened.read(part)
        verdict = verify(pdf, roots=roots, trust_trial=True, known=Revocations((), revoked))
        if verdict.standing is Standing.REFUSED:
            why = verdict.reasons[0].code
            raise StoreProblem("document_refused", document=part.id, why=why)
        record = find_record(read_attachments(pdf))
        if (
            record is None
            or record.visit != opened.manifest.visit
            or any(hashes.get((one.device, one.seq)) != one.hash for one in record.streams)
        ):
            raise StoreProblem("document_refused", document=part.id, why="record_not_of_this_visit")

    return require


def _take_files(store: Store, opened: OpenedPart, *, forms: Mapping[str, Form]) -> None:
    """Files of evidence into the vault: only what an event of this visit has named before."""
    opened.check()
    named = store.log.vault_files(opened.table.visit)
    for part in opened.table.entries:
        form, known = forms.get(part.kind), named.get(part.id)
        if form is None or known is None or not known.entity.startswith(f"{EVIDENCE}/"):
            raise StoreProblem("part_foreign", path=opened.path)
        if form is Form.ORIGINAL and known.sha256 != part.sha256:
            raise StoreProblem("part_foreign", path=opened.path)
    for part in opened.table.entries:
        if not store.vault.has(part.id, forms[part.kind]):
            _put(store, opened, part, form=forms[part.kind])


def _put(store: Store, opened: OpenedPart, part: Part, *, form: Form) -> None:
    try:
        store.vault.put_file(part.id, form, PieceReader(opened.pieces(part)))
    except SourceFailed as error:
        raise StoreProblem("part_damaged", path=opened.path) from error
