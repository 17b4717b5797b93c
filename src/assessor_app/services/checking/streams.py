"""What is wrong with the events of one visit, since when, and what still vouches for the rest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from assessor_app.domain.anchors import (
    Anchor,
    AnchorKind,
    Lost,
    Streams,
    by_stream,
    holds,
    is_met,
    lost,
    vouching,
)
from assessor_app.domain.chain import Link
from assessor_app.domain.clocks import clock_jumps
from assessor_app.domain.event import EventKind, StreamHead
from assessor_app.services.checking.anchoring import of_checkpoint
from assessor_app.services.checking.noticed import Noticed, Remedy, Weight
from assessor_app.storage.differences import BREAKS, NOTHING, Difference, VisitRead

_CHAIN = ("event_unreadable", "event_altered", "chain_gap", "chain_broken")
_SHOWN = ("field", "late", "vault_file")
_SEALED = (EventKind.CLOSED, EventKind.ISSUED)


@dataclass(frozen=True, slots=True)
class Restoring:
    """That a backup made at `backup` was taken back at `at`: what came between is not here."""

    backup: datetime
    at: datetime

    def explains(self, found: Lost) -> bool:
        made = found.anchor.at
        return made is not None and self.backup < made <= self.at


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a visit's events are looked at with: what vouches for them, and whose devices."""

    anchors: tuple[Anchor, ...]
    devices: frozenset[str]  # that this store is, was, or trusts
    retired: frozenset[str]  # that this store was, before it was restored
    restorings: tuple[Restoring, ...] = ()
    exports: Mapping[tuple[str, str], Link] = field(default_factory=dict)
    """The events of exports, by the visit and the head that left this store, signed."""


def check_streams(read: VisitRead, around: Surroundings) -> list[Noticed]:
    """All that is to be noticed in one visit, without a look at its files."""
    links = by_stream(read.links)
    forged = {one.found for one in read.differences if one.kind == "checkpoint_forged"}
    genuine = [of_checkpoint(one) for one in read.checkpoints if one.head not in forged]
    look = _Look(read, links, (*genuine, *around.anchors), around)
    return [
        *look.chains(),
        *look.tails(),
        *look.forged(len(forged)),
        *([] if forged else [*look.unsigned(genuine), *look.unsigned_exports()]),
        *look.shown(),
        *look.papers(),
        *look.clocks(),
    ]


@dataclass(frozen=True, slots=True)
class _Look:
    read: VisitRead
    streams: Streams
    anchors: tuple[Anchor, ...]
    around: Surroundings

    def chains(self) -> Iterator[Noticed]:
        """The first break of each kind in each stream, with how many there are."""
        for device, found in self._breaks().items():
            unread = {one.seq for one in found if one.kind == "event_unreadable"}
            for kind in _CHAIN:
                places = sorted(
                    number
                    for one in found
                    if one.kind == kind and (number := _first_bad(one)) not in unread - {one.seq}
                )
                if places:
                    yield self._broken(
                        kind,
                        device,
                        places[0],
                        count=len(places),
                        missing=sum(_missing(one) for one in found if one.kind == kind),
                    )

    def tails(self) -> Iterator[Noticed]:
        """What anchors name and the streams do not hold."""
        broken = {
            device: min(_first_bad(one) for one in found)
            for device, found in self._breaks().items()
        }
        for (device, cut), one in sorted(lost(self.anchors, self.streams).items()):
            if not cut and broken.get(device, one.head.seq + 1) <= one.head.seq:
                continue  # the chain itself says more exactly where it was changed
            yield self._cut(one) if cut else self._rewritten(one)

    def forged(self, count: int) -> Iterator[Noticed]:
        if count:
            places = {"count": count}
            yield self._noticed("checkpoint_forged", Remedy.RECORD, places=places)

    def unsigned(self, genuine: Iterable[Anchor]) -> Iterator[Noticed]:
        """Steps that a device signs in the same transaction, whose signature is not there."""
        signed = {head for one in genuine for head in one.streams}
        for link in self.read.links:
            event = link.event
            if event.kind not in _SEALED or event.device not in self.around.devices:
                continue
            if StreamHead(event.device, event.seq, link.hash) not in signed:
                noticed = self._noticed("checkpoint_missing", Remedy.RECORD)
                yield replace(noticed, bad=link, good=self._before(event.device, event.seq))

    def unsigned_exports(self) -> Iterator[Noticed]:
        """Exports, before which the device signs the visit, whose signature is not there."""
        signed = {one.head for one in self.read.checkpoints}
        for (visit, head), link in self.around.exports.items():
            if visit == self.read.visit and head not in signed:
                noticed = self._noticed("export_unsigned", Remedy.RECORD)
                yield replace(noticed, about=link)

    def shown(self) -> Iterator[Noticed]:
        """What is shown, or looked for, and is not what the events say.

        Where events were changed themselves, what is shown may well be what was recorded.
        """
        broken = any(one.kind in BREAKS for one in self.read.differences)
        known = {link.event.id: link for link in self.read.links}
        grouped: defaultdict[str, list[Difference]] = defaultdict(list)
        for one in self.read.differences:
            if one.kind in (*_SHOWN, "event_column"):
                grouped[one.kind].append(one)
        for kind, found in grouped.items():
            first = found[0]
            place = first.place.rpartition(" ")[0] if kind == "field" else first.place
            says = {"place": place, "found": first.found, "expected": first.expected}
            only_shown = kind in _SHOWN and not broken
            noticed = self._noticed(
                f"{kind}_{'differs_too' if kind == 'field' and broken else 'differs'}",
                Remedy.SHOWN if only_shown else Remedy.RECORD,
                places={"count": len(found), **says},
            )
            yield replace(noticed, about=known.get(first.event))

    def papers(self) -> Iterator[Noticed]:
        """Whether each document that somebody brought matches, besides what it shows to be gone."""
        for one in self.around.anchors:
            if one.kind is not AnchorKind.PAPER:
                continue
            places = {"number": one.name, "count": sum(head.seq for head in one.streams)}
            if is_met(one, self.streams):
                yield Noticed("paper_met", Weight.REMARK, visit=self.read.visit, places=places)
            elif self.read.links:
                known = {device: max(stream) for device, stream in self.streams.items()}
                gone = (max(0, head.seq - known.get(head.device, 0)) for head in one.streams)
                places["missing"] = sum(gone)
                yield self._noticed("paper_unmet", Remedy.RECORD, places=places)

    def clocks(self) -> Iterator[Noticed]:
        known = {link.event.id: link for link in self.read.links}
        for jump in clock_jumps(self.read.events):
            yield Noticed(
                f"clock_{jump.turn.value}",
                Weight.REMARK,
                visit=self.read.visit,
                places={"by": jump.by, "device": jump.after.device},
                good=known[jump.before.id],
                bad=known[jump.after.id],
            )

    def _cut(self, one: Lost) -> Noticed:
        device = one.head.device
        gone = not self.read.links
        code = "visit_gone" if gone else "tail_cut"
        explained = (
            device in self.around.retired
            and one.anchor.kind is not AnchorKind.PAPER
            and any(restoring.explains(one) for restoring in self.around.restorings)
        )
        if gone and one.anchor.kind is AnchorKind.PAPER and device not in self.around.devices:
            places: dict[str, object] = {"number": one.anchor.name}
            return Noticed(
                *("paper_foreign", Weight.UNDETERMINED, Remedy.ANCHOR, self.read.visit), places
            )
        if explained:
            code = "lost_by_restoring"
        places = {"missing": one.missing, "device": device, "last": one.last, "anchor": one.anchor}
        noticed = self._noticed(code, Remedy.BEHIND, places=places)
        if explained:
            noticed = replace(noticed, weight=Weight.REMARK, remedy=Remedy.NOTHING)
        good, before = self._before(device, one.last + 1), self._vouching(device, one.last + 1)
        return replace(noticed, good=good, anchors=before)

    def _rewritten(self, one: Lost) -> Noticed:
        noticed = self._broken(
            "rewritten", one.head.device, one.last + 1, last=one.head.seq, anchor=one.anchor
        )
        return replace(noticed, bad=self.streams[one.head.device].get(one.head.seq))

    def _breaks(self) -> Mapping[str, list[Difference]]:
        found: defaultdict[str, list[Difference]] = defaultdict(list)
        for one in self.read.differences:
            if one.kind in _CHAIN:
                found[one.device].append(one)
        return found

    def _broken(self, code: str, device: str, seq_bad: int, **places: object) -> Noticed:
        known = {"device": device, "seq": seq_bad, **places}
        noticed = self._noticed(code, Remedy.RECORD, places=known)
        return replace(
            noticed,
            good=self._before(device, seq_bad),
            bad=self.streams.get(device, {}).get(seq_bad),
            anchors=self._vouching(device, seq_bad),
        )

    def _vouching(self, device: str, seq_bad: int) -> tuple[Anchor, ...]:
        met = [one for one in self.anchors if self._is_good(one, device, seq_bad)]
        return vouching(met, device, before=seq_bad)

    def _is_good(self, anchor: Anchor, device: str, seq_bad: int) -> bool:
        heads = [head for head in anchor.streams if head.device == device and head.seq < seq_bad]
        return bool(heads) and all(holds(head, self.streams) for head in heads)

    def _before(self, device: str, seq: int) -> Link | None:
        stream = self.streams.get(device, {})
        last = max((number for number in stream if number < seq), default=None)
        return None if last is None else stream[last]

    def _noticed(
        self, code: str, remedy: Remedy, *, places: Mapping[str, object] | None = None
    ) -> Noticed:
        return Noticed(code, Weight.BROKEN, remedy, self.read.visit, places or {})


def _first_bad(one: Difference) -> int:
    """The number of the first event that may not be what was recorded."""
    match one.kind:
        case "chain_gap" if one.expected.isdecimal():
            return int(one.expected)  # the one that is missing
        case "chain_broken" if one.seq > 1 and one.found != NOTHING:
            return one.seq - 1  # it is another than the one that this one was chained to
        case _:
            return one.seq


def _missing(one: Difference) -> int:
    """How many events a gap stands for."""
    if one.kind != "chain_gap" or not (one.found.isdecimal() and one.expected.isdecimal()):
        return 0
    return max(0, int(one.found) - int(one.expected))
