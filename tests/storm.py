"""Visits sent over a link as bad as in the field, by a program that is killed, until all are in."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import begin
from tests.sending import noisy_photo
from tests.stormy_link import StormyLink, Weather
from tests.syncing.storages import SECRET, USER
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE, complete

from assessor_app.compose import Application, build
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.outbox import ItemState
from assessor_app.services.enrolment import Profile, Workplace, time_zone
from assessor_app.services.evidence.intake import take_in
from assessor_app.services.headquarters.certifying import certify
from assessor_app.services.headquarters.founding import found
from assessor_app.services.headquarters.receiving import receive
from assessor_app.services.headquarters.trusting import write_card
from assessor_app.services.identity_changes import import_certificate, request_certificate
from assessor_app.services.session import open_session
from assessor_app.services.sync.joining import join
from assessor_app.services.sync.place import open_transport
from assessor_app.services.sync.pulling import pull
from assessor_app.storage import outbox
from assessor_app.storage.vault import form_named
from assessor_app.syncing.shipment import piece_name

_FOLDER = "kiriman"
_SMALL = (420, 320)  # pixels of noise: some 200 kB that nothing compresses
_KILLED = 0.5  # of the runs after those that are killed anyway
_SERVER = """
import sys
from pathlib import Path
from tests.syncing.storages import serving_webdav
with serving_webdav(Path(sys.argv[1])) as address:
    print(address, flush=True)
    sys.stdin.read()
"""
_ENDED_BY_THE_LINE = 1
_RUNS = 400  # after which it would never come to an end


@dataclass(frozen=True, slots=True)
class Weathered:
    """What came of it. Bytes are those of sealed pieces and manifests, `sent` as the link saw them.

    `lost` are items without a receipt, `doubled` visits that arrived as another; `differing` are
    files and events that headquarters lacks, has twice, or otherwise than the device.
    """

    items: int
    lost: int
    doubled: int
    differing: int
    bytes: int
    sent: int
    runs: int
    kills: int
    connections: int
    broken: int

    @property
    def twice(self) -> float:
        """The share of the bytes that went over the link more than once."""
        return max(0.0, self.sent / self.bytes - 1)


@dataclass
class Office:
    """A device with its visits, and headquarters; both are real stores on the disk."""

    device: Application
    workplace: Workplace
    headquarters: Application
    receiving: Workplace
    visits: list[str] = field(default_factory=list)


@contextmanager
def office_in(folder: Path) -> Iterator[Office]:
    """A device that is certified by a headquarters, and has joined it."""
    device, workplace = _enrolled(folder / "device", "Hasan Slamat", "Perwakilan Maluku")
    above, receiving = _enrolled(folder / "headquarters", "Sekretariat", "Ombudsman RI")
    try:
        founded = found(receiving, "Ombudsman RI", passphrase=SIGNING_PASSPHRASE)
        card, request, answer = (folder / name for name in ("card.hq", "asked.pem", "answer.pem"))
        write_card(receiving.store, card)
        request_certificate(workplace, SIGNING_PASSPHRASE, out=request)
        certify(receiving, request, out=answer, passphrase=SIGNING_PASSPHRASE)
        join(workplace, card, fingerprint=founded.fingerprint)
        import_certificate(workplace, answer, SIGNING_PASSPHRASE)
        yield Office(device, workplace, above, receiving)
    finally:
        workplace.store.close()
        receiving.store.close()


def record_visits(office: Office, folder: Path, *, visits: int, photos: int) -> None:
    """Visits that have ended, each with its photos, none like another."""
    library = office.device.library
    for number in range(visits):
        visit = begin(office.workplace, library.get("2015-pemda"), library)
        for place in range(photos):
            photo = noisy_photo(folder, number * photos + place, size=_SMALL)
            session = open_session(office.workplace.store, visit, library)
            taken = take_in(photo, zone=office.workplace.profile.zone)
            session.attach("P15-06", Side.PRACTICE, taken, source=EvidenceSource.FILE)
            photo.unlink()
        complete(open_session(office.workplace.store, visit, library), office.workplace, folder)
        office.visits.append(visit)


def weathered(
    office: Office,
    folder: Path,
    *,
    seed: int,
    weather: Weather,
    longest_s: float,
    slow: int,
    killed: int,
) -> Weathered:
    """Send everything over a bad link, killing the program by chance, until each part is receipted.

    The first `killed` runs are, later ones by chance: after at most `longest_s` seconds, in which
    the program sends `slow` kB a second.
    """
    chance, runs, kills = random.Random(seed), 0, 0
    lying = folder / "webdav"
    (lying / _FOLDER).mkdir(parents=True)
    with serving(lying) as address:
        port = int(address.rpartition(":")[2])
        with StormyLink(port, seed=seed, weather=weather) as link:
            through = f"webdav://127.0.0.1:{link.port}/{_FOLDER}"
            while not _all_ended(office):
                if runs == _RUNS:
                    break
                runs += 1
                is_killed = chance.random() < _KILLED or runs <= killed
                after = chance.uniform(0.2, longest_s) if is_killed else None
                kills += _push(office, through, kill_after=after, slow=slow)
                if runs % 2 == 0:
                    _exchange(office, f"{address}/{_FOLDER}")
            seen = link.seen
    return _judged(office, sent=seen.sent_bytes, runs=runs, kills=kills, link=link)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A WebDAV server in a process of its own: it leaves files open where a client hangs up."""
    command = [sys.executable, "-c", _SERVER, str(folder)]
    root = Path(__file__).parents[1]
    running = subprocess.Popen(
        command, cwd=root, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
    finally:
        running.communicate()


def _enrolled(home: Path, name: str, office: str) -> tuple[Application, Workplace]:
    application = build(home, cost=QUICK)
    profile = Profile(name, office, None, None, time_zone("Asia/Jayapura"))
    application.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=SIGNING_PASSPHRASE)
    return application, application.unlock(PASSPHRASE)


def _push(office: Office, address: str, *, kill_after: float | None, slow: int) -> bool:
    """One run of the product's own command; whether it was killed before its end."""
    command = [sys.executable, "-m", "assessor_app", "push", "--to", address, "--user", USER]
    if kill_after is not None:  # it is to be in the middle of it
        command += ["--limit", str(slow)]
    given: Mapping[str, str] = {
        **os.environ,
        "ASSESSOR_HOME": str(office.device.home),
        "ASSESSOR_PASSPHRASE": PASSPHRASE,
        "ASSESSOR_STORAGE_SECRET": SECRET,
    }
    running = subprocess.Popen(
        [*command, "--json"], env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        told, failed = running.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.communicate()
        return True
    if running.returncode not in (0, _ENDED_BY_THE_LINE) or not told.startswith(b"{"):
        raise RuntimeError(f"push ended with {running.returncode}: {told!r} {failed!r}")
    return False


def _exchange(office: Office, address: str) -> None:
    """Headquarters takes in what has arrived, and the device fetches what it wrote."""
    above = open_transport(office.receiving, address, user=USER, secret=SECRET)
    receive(office.receiving, above, library=office.headquarters.library)
    pull(office.workplace, open_transport(office.workplace, address, user=USER, secret=SECRET))


def _all_ended(office: Office) -> bool:
    items = outbox.items(office.workplace.store)
    ended = sum(one.state is ItemState.RECEIPTED for one in items)
    return bool(items) and ended == len(items) and {one.visit for one in items} >= {*office.visits}


def _judged(office: Office, *, sent: int, runs: int, kills: int, link: StormyLink) -> Weathered:
    store = office.workplace.store
    items = outbox.items(store)
    pieces = {
        piece_name(piece.sha256): piece.size
        for item in items
        for piece in outbox.pieces(store, item.id)
    }
    manifests = {
        one.manifest: outbox.sealed_path(store, one.manifest) for one in outbox.shipments(store)
    }
    arrived = office.receiving.store.log.visits()
    return Weathered(
        items=len(items),
        lost=sum(one.state is not ItemState.RECEIPTED for one in items),
        doubled=len(arrived) - len({*arrived} & {*office.visits}),
        differing=sum(_differing(office, visit) for visit in office.visits),
        bytes=sum(pieces.values())
        + sum(path.stat().st_size for path in manifests.values() if path.exists()),
        sent=sent,
        runs=runs,
        kills=kills,
        connections=link.seen.connections,
        broken=link.seen.broken,
    )


def _differing(office: Office, visit: str) -> int:
    """How many events and files of a visit headquarters lacks, or has otherwise."""
    here, there = office.workplace.store, office.receiving.store
    sent = {(one.event.id, one.hash) for one in here.log.stored(visit)}
    got = [(one.event.id, one.hash) for one in there.log.stored(visit)]
    wrong = len(sent ^ {*got}) + len(got) - len({*got})
    for file, named in here.log.vault_files(visit).items():
        form = form_named(named.entity)
        wrong += not there.vault.has(file, form) or (
            there.vault.get(file, form) != here.vault.get(file, form)
        )
    return wrong
