"""What can be told of everybody's signing identity without a passphrase: by whom, until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from assessor_app.domain.event import STORE
from assessor_app.services.enrolment import Workplace
from assessor_app.services.identities import days_until
from assessor_app.services.identity_record import FIRST, Kept, Request, all_kept, formers
from assessor_app.services.keys.access import Assessor, assessors
from assessor_app.signing.certificate import CertificateFacts, read_certificate
from assessor_app.signing.issuers import Standing, standing


@dataclass(frozen=True, slots=True)
class Known:
    """An assessor's identity as it can be told without its passphrase.

    `path` is where its file is, or would be; `is_there` whether it is, `is_expected` whether the
    record names one or an older version made one. `facts` and `standing` are
    None where no certificate is recorded: there is none, or an older version made it and it was
    not opened since. `formers` are the files of those that it took the place of.
    """

    assessor: Assessor
    path: Path
    is_there: bool
    is_expected: bool
    facts: CertificateFacts | None
    standing: Standing | None
    request: Request | None
    formers: tuple[Path, ...]

    def days_left(self, now: datetime, *, zone: tzinfo) -> int | None:
        """Days until the day on which it ends; negative once that is past."""
        return None if self.facts is None else days_until(self.facts.not_after, now, zone=zone)


def identities(workplace: Workplace, *, roots: Iterable[bytes], now: datetime) -> tuple[Known, ...]:
    """The identities of everybody who was enrolled here, against the pinned roots."""
    people = {one.id: one for one in assessors(workplace)}
    pinned, aside = tuple(roots), formers(workplace.store, workplace.store.log.heads(STORE))
    return tuple(
        _known(
            kept,
            people[kept.assessor],
            tuple(one.path for one in aside if one.assessor == kept.assessor),
            pinned,
            now,
        )
        for kept in all_kept(workplace.store)
        if kept.assessor in people
    )


def own_identity(workplace: Workplace, *, roots: Iterable[bytes], now: datetime) -> Known:
    """The identity of the assessor at work."""
    listed = identities(workplace, roots=roots, now=now)
    return next(one for one in listed if one.assessor.is_self)


def _known(
    kept: Kept, assessor: Assessor, aside: tuple[Path, ...], roots: tuple[bytes, ...], now: datetime
) -> Known:
    facts = worth = None
    if kept.certificate is not None:
        facts = read_certificate(kept.certificate)
        worth = standing(kept.certificate, kept.chain, roots=roots, at=now)
    path = kept.files.current
    return Known(
        assessor=assessor,
        path=path,
        is_there=path.exists(),
        is_expected=kept.file is not None or kept.entity == FIRST,
        facts=facts,
        standing=worth,
        request=kept.request,
        formers=aside,
    )
