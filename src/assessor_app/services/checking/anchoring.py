"""Anchors of the record: what checkpoints, documents and backups say that a visit held."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.anchors import Anchor, AnchorKind
from assessor_app.domain.event import STORE
from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.problem import IssueProblem, StoreProblem
from assessor_app.services.checking.noticed import Explained, Noticed, Remedy, Weight
from assessor_app.services.embedded_record import find_record
from assessor_app.storage.device import Checkpoint
from assessor_app.storage.generations import generations, own_folder
from assessor_app.storage.layout import BACKUPS
from assessor_app.storage.manifest import read_manifest
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Form

_VALID, _REFUSED = "valid", "refused"  # services/verifying.py, which is slow to import


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that somebody brought; `name` is what they call the file."""

    name: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """What was read as an anchor: the anchor, or why it is none, or both."""

    anchor: Anchor | None
    noticed: tuple[Noticed, ...] = ()


def of_checkpoint(made: Checkpoint) -> Anchor:
    """The anchor that a checkpoint is, which was found genuine before."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        at = instant_from_text(str(json.loads(made.body)["wall"]))
        return Anchor(AnchorKind.CHECKPOINT, made.visit, made.device, made.streams(), at)
    return Anchor(AnchorKind.CHECKPOINT, made.visit, made.device, made.streams())


def of_paper(paper: Paper, *, roots: Sequence[bytes]) -> Read:
    """The anchor that a document is: only an intact one that belongs to its record can be one."""
    standing, why = _judged(paper.pdf, roots=roots, trust_trial=False)
    anchor = _anchor(paper.pdf, AnchorKind.PAPER)
    places = {"name": paper.name, "verdict": why}
    if standing == _REFUSED or anchor is None:
        refused = Noticed("paper_refused", Weight.UNDETERMINED, Remedy.ANCHOR, places=places)
        return Read(None, (refused,))
    if standing != _VALID:
        return Read(anchor, (Noticed("paper_signer_unknown", Weight.REMARK, places=places),))
    return Read(anchor)


def of_documents(store: Store, ids: Iterable[str]) -> Iterator[Read]:
    """The anchors that the documents in the vault are; their signatures are looked at as well.

    Whoever has the store's key can write its events anew, but not what was signed by another key
    under another passphrase. A document that is missing or damaged is told of as a file.
    """
    for id_ in ids:
        try:
            pdf = store.vault.get(id_, Form.DOCUMENT)
        except StoreProblem:
            continue
        anchor = _anchor(pdf, AnchorKind.DOCUMENT)
        standing, why = _judged(pdf, roots=(), trust_trial=True)
        if anchor is None or standing == _REFUSED:
            places = {"id": id_, "verdict": why}
            visit = anchor.visit if anchor else None
            refused = Noticed(
                "document_refused", Weight.BROKEN, Remedy.EVIDENCE, visit, places=places
            )
            yield Read(None, (refused,))
        else:
            yield Read(anchor)


def of_backups(store: Store) -> Iterator[Anchor]:
    """The anchors that the backups beside this store are: what their sealed manifests name."""
    key = store.unlocked.key
    with contextlib.suppress(StoreProblem, OSError):  # a place that cannot be read says nothing
        for one in generations(own_folder(store.folder.parent / BACKUPS, key)):
            with contextlib.suppress(StoreProblem):
                manifest = read_manifest(one.folder, key)
                for visit, streams in manifest.streams.items():
                    yield Anchor(
                        AnchorKind.BACKUP, visit, one.folder.name, streams, manifest.made_at
                    )


def _judged(pdf: bytes, *, roots: Sequence[bytes], trust_trial: bool) -> tuple[str, Explained]:
    from assessor_app.services.verifying import explain, verify

    verdict = verify(pdf, roots=roots, trust_trial=trust_trial)
    why = Explained(
        verdict.reasons[0].code, lambda language, zone: explain(verdict, language, zone)[1]
    )
    return verdict.standing.value, why


def _anchor(pdf: bytes, kind: AnchorKind) -> Anchor | None:
    from assessor_app.reporting.reading import read_attachments

    try:
        record = find_record(read_attachments(pdf))
    except IssueProblem:
        return None
    if record is None or record.visit == STORE:
        return None
    return Anchor(kind, record.visit, record.number, record.streams, _instant(record.made_at))


def _instant(text: str | None) -> datetime | None:
    try:
        return None if text is None else instant_from_text(text)
    except ValueError:
        return None
