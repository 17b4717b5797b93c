"""The evidence and documents of a bundle on their way into the vault."""

import contextlib
from collections.abc import Iterator, Mapping

from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.exchange.carrying import Carrier
from assessor_app.services.exchange.verified import Checked
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Form, SourceFailed
from assessor_app.syncing.bundle import PieceReader, Progress
from assessor_app.syncing.manifest import Part

_HARMED = frozenset({"evidence_damaged", "evidence_replaced"})


@contextlib.contextmanager
def brought(
    workplace: Workplace, bundle: Carrier, found: Checked, *, progress: Progress | None
) -> Iterator[Mapping[str, Form]]:
    """Have the files of a bundle in the vault; gone again where the block ends badly.

    Gives those that were not here, by id, and those that were damaged. What an event names
    already and is here unharmed stays untouched. Raises StoreProblem as reading and writing do.
    """
    store = workplace.store
    known, put = store.log.vault_files(), dict[str, Form]()
    done, total = 0, sum(part.size for part in found.parts)
    try:
        for part in found.parts:
            form, sha256 = found.files[part.id]
            if part.id not in known or not store.vault.has(part.id, form):
                put[part.id] = form
                _put(store, bundle, part, form=form, sha256=sha256)
            elif not _is_whole(store, part.id, form, sha256=sha256):
                with store.vault.replacing(part.id, form):
                    _put(store, bundle, part, form=form, sha256=sha256)
                put[part.id] = form
            done += part.size
            if progress is not None:
                progress(done, total)
        yield put
    except BaseException:
        # An interrupt may have come after the commit: only what no event names goes again.
        named = store.log.vault_files()
        for id_, form in put.items():
            if id_ not in named:
                store.vault.drop(id_, form)
        raise


def require_all(store: Store, files: Mapping[str, Form]) -> None:
    """Raise StoreProblem `evidence_swept` where one of the files is gone again."""
    for id_, form in files.items():
        store.vault.require(id_, form)


def _is_whole(store: Store, id_: str, form: Form, *, sha256: str) -> bool:
    """Whether a file that is here is the one that was recorded, its seal unbroken."""
    try:
        store.vault.check(id_, form, sha256)
    except StoreProblem as problem:
        if problem.code not in _HARMED:
            raise
        return False
    return True


def _put(store: Store, bundle: Carrier, part: Part, *, form: Form, sha256: str) -> None:
    source = PieceReader(bundle.pieces(part))
    try:
        measured = store.vault.put_file(part.id, form, source)
    except SourceFailed as error:  # the medium was taken out
        raise StoreProblem("file_failed", path=bundle.path, cause=error) from error
    if measured.sha256 != sha256:  # it was changed since it was verified
        raise StoreProblem("bundle_damaged", path=bundle.path)
