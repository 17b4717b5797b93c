"""Files that somebody who knows the passphrase has changed: all refused, nothing taken in."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from tests.exchanging import SPOKEN, Desk, Desks, desks_in, shared_library
from tests.visiting import QUICK, answer, attach

from assessor_app.domain.chain import Link, read_link
from assessor_app.domain.event import Event, EventKind, Json, StreamHead, event_body, event_hash
from assessor_app.domain.problem import IssueProblem, StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.sealing.recovery_key import new_key_pair
from assessor_app.services.exchange.contents import checkpoint_line, event_line
from assessor_app.services.exchange.exporting import export_visit
from assessor_app.services.exchange.importing import import_visit
from assessor_app.services.instruments import bytes_of
from assessor_app.services.keys.recovery_key import read_key, read_private, seal_to
from assessor_app.storage.device import sign_checkpoint
from assessor_app.storage.vault import Form
from assessor_app.syncing.bundle import Locks, open_bundle, write_bundle
from assessor_app.syncing.manifest import Manifest, Part


@dataclass
class Forged:
    """The inside of a bundle, to be changed."""

    manifest: Manifest
    texts: dict[str, bytes]

    def events(self) -> list[Event]:
        lines = self.texts["events"].splitlines()
        return [read_link(line.partition(b" ")[2], "").event for line in lines]

    def put(self, events: list[Event], *, by: Desk | None = None) -> None:
        """Chain the events anew; signed anew where a device lends its key."""
        links: list[Link] = []
        for event in events:
            link = replace(event, prev=links[-1].hash if links else None)
            body = event_body(link)
            links.append(Link(link, body, event_hash(body)))
        self.texts["events"] = b"".join(event_line(one) for one in links)
        last = links[-1]
        heads = (StreamHead(last.event.device, last.event.seq, last.hash),)
        self.manifest = replace(self.manifest, streams=heads)
        if by is not None:
            store = by.workplace.store
            visit, wall = self.manifest.visit, store.clock.now()
            made = sign_checkpoint(store.device, visit=visit, heads=heads, wall=wall)
            self.texts["checkpoints"] = checkpoint_line(made)

    def lengthen(self, event: Event, *, by: Desk) -> None:
        """Let a stream go on with an event, as the device `by` vouches for."""
        store = by.workplace.store
        heads = {one.device: one for one in self.manifest.streams}
        end = heads[event.device]
        body = event_body(replace(event, id=store.new_id(), seq=end.seq + 1, prev=end.hash))
        self.texts["events"] += event_line(Link(event, body, event_hash(body)))
        heads[event.device] = StreamHead(event.device, end.seq + 1, event_hash(body))
        streams = tuple(sorted(heads.values()))
        self.manifest = replace(self.manifest, streams=streams)
        wall = store.clock.now()
        made = sign_checkpoint(store.device, visit=self.manifest.visit, heads=streams, wall=wall)
        self.texts["checkpoints"] += checkpoint_line(made)


Change = Callable[[Forged], None]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


@pytest.fixture
def here(desks: Desks) -> Desk:
    return desks("A")


@pytest.fixture
def there(desks: Desks) -> Desk:
    return desks("B")


@pytest.fixture
def path(here: Desk, tmp_path: Path) -> Path:
    session = here.begin()
    answer(session, "P15-06", "practice", "absent")
    attach(session, "P15-06", tmp_path)
    return here.export(session.visit_id)


def forge(path: Path, change: Change) -> Path:
    """The same file after a change to what is in it, sealed whole again."""
    with path.open("rb") as file:
        bundle = open_bundle(file, path, secret=SPOKEN)
        texts = {part.name: bundle.read(part) for part in bundle.manifest.parts}
    forged = Forged(bundle.manifest, texts)
    change(forged)
    parts = tuple(
        Part(name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in forged.texts.items()
    )
    out = path.with_suffix(".forged")
    with out.open("wb") as target:
        write_bundle(
            target,
            replace(forged.manifest, parts=parts),
            lambda part: contextlib.nullcontext((forged.texts[part.name],)),
            locks=Locks(SPOKEN, QUICK),
        )
    return out


def refused_whole(there: Desk, path: Path) -> str:
    """The code of the refusal; nothing of the file is in the store then."""
    store = there.workplace.store
    heads = store.log.stream_heads("store")
    with pytest.raises(StoreProblem) as refused:
        there.take_in(path)
    assert not store.log.frames()
    assert store.log.stream_heads("store") == heads
    assert not store.vault.ids()
    assert refused.value.places["path"] == path
    return refused.value.code


def test_an_altered_event_breaks_the_chain(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        forged.texts["events"] = forged.texts["events"].replace(b'"absent"', b'"present"')

    assert refused_whole(there, forge(path, change)) == "bundle_chain_broken"


def test_an_event_left_out_breaks_the_chain(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        lines = forged.texts["events"].splitlines(keepends=True)
        forged.texts["events"] = b"".join([lines[0], *lines[2:]])

    assert refused_whole(there, forge(path, change)) == "bundle_chain_broken"


def test_an_event_twice_breaks_the_chain(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        lines = forged.texts["events"].splitlines(keepends=True)
        forged.texts["events"] = b"".join([*lines, lines[-1]])

    assert refused_whole(there, forge(path, change)) == "bundle_chain_broken"


def test_a_cut_tail_does_not_meet_the_heads_that_the_file_names(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        lines = forged.texts["events"].splitlines(keepends=True)
        forged.texts["events"] = b"".join(lines[:-1])

    assert refused_whole(there, forge(path, change)) == "bundle_cut"


def test_a_cut_tail_with_heads_to_match_does_not_meet_the_checkpoint(
    path: Path, there: Desk
) -> None:
    def change(forged: Forged) -> None:
        forged.put(forged.events()[:-1])

    assert refused_whole(there, forge(path, change)) == "bundle_cut"


def test_a_cut_tail_without_its_checkpoint_is_signed_by_nobody(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        forged.put(forged.events()[:-1])
        forged.texts["checkpoints"] = b""

    assert refused_whole(there, forge(path, change)) == "bundle_checkpoint_forged"


def test_another_device_cannot_sign_for_the_maker(path: Path, there: Desk, desks: Desks) -> None:
    thief = desks("C")

    def change(forged: Forged) -> None:
        forged.put(forged.events(), by=thief)
        body = forged.texts["checkpoints"].partition(b" ")[2]
        loaded = json.loads(body) | {"device": forged.manifest.device}
        told = json.dumps(loaded, sort_keys=True, separators=(",", ":")).encode()
        signature = forged.texts["checkpoints"].partition(b" ")[0]
        forged.texts["checkpoints"] = signature + b" " + told + b"\n"

    assert refused_whole(there, forge(path, change)) == "bundle_checkpoint_forged"


@pytest.mark.parametrize("to", ["whose stream it is", "somebody else"])
def test_nobody_lets_the_stream_of_another_device_go_on(
    path: Path, here: Desk, there: Desk, desks: Desks, to: str
) -> None:
    there.take_in(path)
    (visit,) = there.workplace.store.log.frames()
    answer(there.open(visit), "P15-08", "practice", "present")
    told = there.export(visit)
    third = desks("C")
    third.take_in(path)

    def change(forged: Forged) -> None:
        said = next(one for one in forged.events() if one.kind is EventKind.RECORDED)
        (one,) = said.changes
        forged.lengthen(replace(said, changes=(replace(one, after="present"),)), by=there)

    taking = here if to == "whose stream it is" else third
    before = taking.workplace.store.log.stream_heads(visit)
    with pytest.raises(StoreProblem) as refused:
        taking.take_in(forge(told, change))

    assert refused.value.code == "bundle_checkpoint_forged"
    assert refused.value.places["device"] == here.workplace.store.device.id
    assert taking.workplace.store.log.stream_heads(visit) == before
    assert taking.take_in(told).new == 1


def test_no_key_of_a_device_comes_along_that_has_no_part_in_the_visit(
    path: Path, there: Desk, desks: Desks
) -> None:
    absent, liar = (desks(name).workplace.store.device for name in ("C", "D"))

    def change(forged: Forged) -> None:
        devices = {**forged.manifest.devices, absent.id: liar.public_key}
        forged.manifest = replace(forged.manifest, devices=devices)

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


@pytest.mark.parametrize("field", ["sha256", "size"])
def test_a_file_keeps_the_hash_and_size_that_it_was_captured_with(
    path: Path, here: Desk, there: Desk, field: str
) -> None:
    def change(forged: Forged) -> None:
        attached = next(one for one in forged.events() if one.kind is EventKind.ATTACHED)
        changes = tuple(
            replace(one, after=7 if field == "size" else "f" * 64) if one.field == field else one
            for one in attached.changes
        )
        forged.lengthen(replace(attached, changes=changes), by=here)

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


def test_a_file_of_another_size_than_its_event_says_is_refused(
    path: Path, here: Desk, there: Desk
) -> None:
    def change(forged: Forged) -> None:
        forged.put(
            [
                replace(
                    event,
                    changes=tuple(
                        replace(one, after=7) if one.field == "size" else one
                        for one in event.changes
                    ),
                )
                for event in forged.events()
            ],
            by=here,
        )

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


def test_an_event_of_another_visit_is_refused(path: Path, here: Desk, there: Desk) -> None:
    def change(forged: Forged) -> None:
        first, *rest = forged.events()
        forged.put([first, *(replace(one, visit="store") for one in rest)], by=here)

    assert refused_whole(there, forge(path, change)) == "bundle_event_foreign"


def test_a_visit_by_the_name_of_the_store_is_refused(path: Path, here: Desk, there: Desk) -> None:
    def change(forged: Forged) -> None:
        forged.manifest = replace(forged.manifest, visit="store")
        forged.put([replace(one, visit="store") for one in forged.events()], by=here)

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


def test_evidence_that_is_another_file_is_refused(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        name = next(name for name in forged.texts if name.startswith("evidence/"))
        forged.texts[name] = b"another photo"

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


def test_evidence_that_no_event_names_is_refused(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        forged.texts["evidence/00000000-0000-7000-8000-000000000001"] = b"stowaway"

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


@pytest.mark.parametrize("name", ["evidence/../../../keys.json", "evidence/", "evidence/.part"])
def test_a_name_that_leads_out_of_the_vault_is_refused(path: Path, there: Desk, name: str) -> None:
    def change(forged: Forged) -> None:
        forged.texts[name] = b"{}"

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


def test_an_event_that_names_a_file_by_a_path_is_refused(
    path: Path, here: Desk, there: Desk
) -> None:
    def change(forged: Forged) -> None:
        events = forged.events()
        told = [
            replace(one, entity="evidence/../../keys.json")
            if one.entity.startswith("evidence/")
            else one
            for one in events[-1].changes
        ]
        forged.put([*events[:-1], replace(events[-1], changes=tuple(told))], by=here)
        for name in [name for name in forged.texts if name.startswith("evidence/")]:
            del forged.texts[name]

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


def test_a_newer_schema_names_the_application_that_is_needed(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        forged.manifest = replace(forged.manifest, schema="9999", app="7.0.0")

    forged = forge(path, change)
    with pytest.raises(StoreProblem) as refused:
        there.take_in(forged)

    assert refused.value.code == "bundle_newer"
    assert refused.value.places["app"] == "7.0.0"


def test_another_instrument_under_its_digest_is_refused(path: Path, there: Desk) -> None:
    def change(forged: Forged) -> None:
        name = next(name for name in forged.texts if name.startswith("instrument/"))
        forged.texts[name] += b"\n# changed\n"

    assert refused_whole(there, forge(path, change)) == "bundle_damaged"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "fürchterlich"),
        ("arrival", "kemarin"),
        ("unit", 5),
        ("unit", ["Dinas"]),
        ("team", [1]),
        ("object_type", "kapal"),
        ("instrument_version", "2015-pemda@99"),
        ("instrument_version", {"id": "2015-pemda"}),
        ("answer", {"id": "absent"}),
        ("media_type", 7),
        ("attached_to", ["observation/P15-06"]),
    ],
)
def test_values_that_no_program_writes_are_refused(
    path: Path, here: Desk, there: Desk, field: str, value: Json
) -> None:
    def said(event: Event) -> Event:
        changes = (
            replace(one, after=value) if one.field == field else one for one in event.changes
        )
        return replace(event, changes=tuple(changes))

    def change(forged: Forged) -> None:
        forged.put([said(event) for event in forged.events()], by=here)

    assert refused_whole(there, forge(path, change)) == "bundle_unreadable"


def test_a_file_of_another_visit_is_never_written_over(
    path: Path, here: Desk, there: Desk, tmp_path: Path
) -> None:
    other = there.begin()
    attach(other, "P15-06", tmp_path, colour="navy")
    (known,) = other.snapshot.evidence
    before = there.workplace.store.vault.ids()

    def change(forged: Forged) -> None:
        events = forged.events()
        told = [
            replace(one, entity=f"evidence/{known}") if one.entity.startswith("evidence/") else one
            for one in events[-1].changes
        ]
        name = next(name for name in forged.texts if name.startswith("evidence/"))
        forged.texts[f"evidence/{known}"] = forged.texts.pop(name)
        forged.put([*events[:-1], replace(events[-1], changes=tuple(told))], by=here)

    with pytest.raises(StoreProblem) as refused:
        there.take_in(forge(path, change))

    assert refused.value.code == "bundle_file_taken"
    assert there.workplace.store.vault.ids() == before


def test_another_passphrase_and_a_missing_file_are_told(path: Path, there: Desk) -> None:
    with pytest.raises(StoreProblem) as refused:
        import_visit(there.workplace, path, library=there.library, secret="bukan itu")
    with pytest.raises(StoreProblem) as missing:
        there.take_in(path.with_name("tidak-ada.visit"))

    assert refused.value.code == "bundle_passphrase_wrong"
    assert missing.value.code == "given_missing"


def test_an_export_never_writes_over_a_file_and_needs_a_passphrase(path: Path, here: Desk) -> None:
    (visit,) = here.workplace.store.log.frames()

    def export(passphrase: str, out: Path) -> None:
        export_visit(
            here.workplace, visit, out, library=here.library, passphrase=passphrase, cost=QUICK
        )

    with pytest.raises(IssueProblem) as taken:
        export(SPOKEN, path)
    with pytest.raises(StoreProblem) as empty:
        export("  ", path.with_suffix(".new"))

    assert taken.value.code == "file_exists"
    assert empty.value.code == "bundle_passphrase_empty"


def test_an_export_that_is_given_up_leaves_nothing(path: Path, here: Desk) -> None:
    (visit,) = here.workplace.store.log.frames()
    out, before = path.with_suffix(".new"), set(path.parent.iterdir())

    def give_up(_: int, __: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_visit(
            here.workplace,
            visit,
            out,
            library=here.library,
            passphrase=SPOKEN,
            cost=QUICK,
            progress=give_up,
        )

    assert set(path.parent.iterdir()) == before


def test_an_import_that_is_given_up_leaves_nothing(path: Path, there: Desk) -> None:
    for fraction in (0.1, 0.9):

        def give_up(done: int, total: int, fraction: float = fraction) -> None:
            if done > total * fraction:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            import_visit(
                there.workplace, path, library=there.library, secret=SPOKEN, progress=give_up
            )

    store = there.workplace.store
    assert not store.log.frames()
    assert not store.vault.ids()
    assert there.take_in(path).new == 3


def test_damaged_evidence_ends_an_export_and_is_named(path: Path, here: Desk) -> None:
    (visit,) = here.workplace.store.log.frames()
    (file,) = here.workplace.store.vault.folder.rglob("*.original")
    file.write_bytes(file.read_bytes()[:-20])

    with pytest.raises(StoreProblem) as refused:
        here.export(visit)

    assert refused.value.code == "evidence_damaged"
    assert here.exported(visit, evidence=False).left_out


def test_headquarters_imports_with_its_recovery_key(
    here: Desk, there: Desk, tmp_path: Path
) -> None:
    pair = new_key_pair("pusat")
    private, public = tmp_path / "hq.pem", tmp_path / "hq.pub"
    private.write_bytes(pair.private)
    public.write_bytes(pair.public)
    seal_to(here.workplace.store, read_key(public))
    session = here.begin()
    path = here.export(session.visit_id)

    secret = read_private(private, "pusat")
    done = import_visit(there.workplace, path, library=there.library, secret=secret)

    assert isinstance(secret, X25519PrivateKey)
    assert done.snapshot == session.snapshot
    with pytest.raises(StoreProblem, match="recovery_file_missing"):
        read_private(tmp_path / "none.pem", "pusat")


def test_the_instrument_comes_along_where_it_is_not_known(
    desks: Desks, here: Desk, tmp_path: Path
) -> None:
    empty = Library([tmp_path / "no-instruments"], kept=tmp_path / "pinned")
    there = desks("B", library=empty)
    session = here.begin("small")

    there.take_in(here.export(session.visit_id))

    digest = session.instrument.digest
    pin = session.instrument.pin
    assert there.open(session.visit_id).instrument == session.instrument
    assert bytes_of(pin, digest, empty) == bytes_of(pin, digest, shared_library())


def test_evidence_that_was_replaced_ends_an_export(path: Path, here: Desk) -> None:
    (visit,) = here.workplace.store.log.frames()
    (evidence,) = here.open(visit).snapshot.evidence
    here.workplace.store.vault.put(evidence, Form.ORIGINAL, b"another photo")

    with pytest.raises(StoreProblem) as refused:
        here.export(visit)

    assert refused.value.code == "evidence_replaced"
    assert refused.value.places["file"] == evidence


def test_a_medium_that_fails_after_the_check_leaves_nothing(path: Path, there: Desk) -> None:
    def damage(done: int, total: int) -> None:
        if done == total // 2:  # all is verified, nothing taken in yet
            os.truncate(path, path.stat().st_size - 20)

    with pytest.raises(StoreProblem) as refused:
        import_visit(there.workplace, path, library=there.library, secret=SPOKEN, progress=damage)

    assert refused.value.code == "bundle_damaged"
    assert not there.workplace.store.log.frames()
    assert not there.workplace.store.vault.ids()


def test_an_export_that_cannot_be_recorded_is_taken_back(path: Path, here: Desk) -> None:
    (visit,) = here.workplace.store.log.frames()
    here.workplace.store.new_id.count = 1_000_001  # type: ignore[attr-defined]  # an id that is taken
    before = set(path.parent.iterdir())

    with pytest.raises(StoreProblem):
        here.export(visit)

    assert set(path.parent.iterdir()) == before
