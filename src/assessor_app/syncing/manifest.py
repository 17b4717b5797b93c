"""What a bundle says of itself: which visit, made where and by whom, of which parts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.event import StreamHead, canonical
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.syncing.reading import as_count, as_list, as_text

EVENTS, CHECKPOINTS = "events", "checkpoints"
INSTRUMENT, EVIDENCE = "instrument", "evidence"
"""Kinds of parts. An instrument has its digest behind a slash; evidence, like every other file of
the vault, its id behind the kind of entity that names it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sealed part: its name, and size and SHA-256 (hex) of its plain bytes."""

    name: str
    size: int
    sha256: str

    @property
    def kind(self) -> str:
        return self.name.partition("/")[0]

    @property
    def id(self) -> str:
        return self.name.partition("/")[2]


@dataclass(frozen=True, slots=True)
class Card:
    """A person whose actions are in the events: what a colleague may know."""

    assessor: str
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the file holds, as of its making.

    `app` and `schema` are those of the program that made it, `device` and `maker` (an assessor's
    id) who did. `streams` are the heads of all streams in it, `devices` the public keys (hex) of
    all that wrote or signed. `left_out` are the ids of evidence that the events name and the file
    does not bring.
    """

    visit: str
    app: str
    schema: str
    device: str
    maker: str
    made_at: datetime
    instrument: str
    streams: tuple[StreamHead, ...]
    devices: Mapping[str, str]
    people: tuple[Card, ...]
    parts: tuple[Part, ...]
    left_out: tuple[str, ...]

    def part(self, name: str) -> Part:
        """Raises KeyError where there is none of that name."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)

    def of_kind(self, kind: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.kind == kind)


def manifest_bytes(manifest: Manifest) -> bytes:
    """The canonical form that is sealed."""
    return canonical(
        {
            "visit": manifest.visit,
            "app": manifest.app,
            "schema": manifest.schema,
            "device": manifest.device,
            "maker": manifest.maker,
            "made_at": instant_text(manifest.made_at),
            "instrument": manifest.instrument,
            "streams": [[one.device, one.seq, one.hash] for one in manifest.streams],
            "devices": dict(manifest.devices),
            "people": [[one.assessor, one.name, one.office] for one in manifest.people],
            "parts": [[one.name, one.size, one.sha256] for one in manifest.parts],
            "left_out": list(manifest.left_out),
        }
    )


def read_manifest(plain: bytes) -> Manifest:
    """Raises ValueError, KeyError or TypeError where it is no manifest."""
    loaded = json.loads(plain)
    parts = tuple(Part(*_sized(one)) for one in as_list(loaded["parts"]))
    names = [part.name for part in parts]
    if len(set(names)) != len(names) or not {EVENTS, CHECKPOINTS} <= set(names):
        raise ValueError("a part is missing, or there twice")
    return Manifest(
        visit=as_text(loaded["visit"]),
        app=as_text(loaded["app"]),
        schema=as_text(loaded["schema"]),
        device=as_text(loaded["device"]),
        maker=as_text(loaded["maker"]),
        made_at=instant_from_text(as_text(loaded["made_at"])),
        instrument=as_text(loaded["instrument"]),
        streams=tuple(StreamHead(*_sized(one)) for one in as_list(loaded["streams"])),
        devices={id_: as_text(key) for id_, key in dict(loaded["devices"]).items()},
        people=tuple(_card(one) for one in as_list(loaded["people"])),
        parts=parts,
        left_out=tuple(as_text(one) for one in as_list(loaded["left_out"])),
    )


def _card(row: object) -> Card:
    assessor, name, office = as_list(row)
    return Card(as_text(assessor), as_text(name), as_text(office))


def _sized(row: object) -> tuple[str, int, str]:
    """A name, a number that is not negative, and a hash."""
    name, size, digest = as_list(row)
    return as_text(name), as_count(size), as_text(digest)
