"""What the container of a sound or video recording says plainly: how long, when, where, pictures.

Everything in these files is given to us by others: nothing here trusts a length, and what is not
understood is not said.
"""

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from assessor_app.domain.instants import plausible
from assessor_app.domain.observation import Place

_MOST_BOXES = 10_000  # of one level
_LARGEST_HEADER = 64_000_000  # bytes of a part that is read into memory
_LONGEST_MS = 14 * 24 * 3600 * 1000  # two weeks: whatever claims more is damaged
_SINCE_1904 = datetime(1904, 1, 1, tzinfo=UTC)  # of QuickTime and ISO/IEC 14496-12
_SINCE_2001 = datetime(2001, 1, 1, tzinfo=UTC)  # of Matroska, in nanoseconds
_DAMAGED = (OSError, ValueError, OverflowError, struct.error, IndexError)


@dataclass(frozen=True, slots=True)
class SeenRecording:
    """What a recording claims of itself; `has_pictures` is None where that could not be read."""

    duration_ms: int | None = None
    captured_at: datetime | None = None
    place: Place | None = None
    has_pictures: bool | None = None


def see_recording(file: BinaryIO, media_type: str) -> SeenRecording:
    """Read what the container says of itself; nothing where it is damaged or says nothing."""
    try:
        match media_type:
            case "video/mp4" | "video/quicktime" | "video/3gpp" | "audio/mp4":
                return _iso_media(file)
            case "audio/wav":
                return SeenRecording(duration_ms=_sane(_wav_ms(file)))
            case "audio/ogg":
                return SeenRecording(duration_ms=_sane(_ogg_ms(file)))
            case "video/webm" | "video/x-matroska":
                return _matroska(file)
            case _:
                return SeenRecording()
    except _DAMAGED:
        return SeenRecording()


def _sane(duration_ms: float | None) -> int | None:
    """Whole milliseconds; nothing where that is no length that a recording has."""
    if duration_ms is None or not 0.5 < duration_ms <= _LONGEST_MS:  # noqa: PLR2004 - rounds to 0
        return None
    return round(duration_ms)


def _since(beginning: datetime, later: timedelta) -> datetime | None:
    """When it was made; nothing for an unset clock, which does not make the rest untrue."""
    try:
        return plausible(beginning + later)
    except (ValueError, OverflowError):
        return None


def _length(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)


# ISO base media: MP4, MOV, M4A, 3GP


def _iso_media(file: BinaryIO) -> SeenRecording:
    moov = _moov(file)
    if moov is None:
        return SeenRecording()
    parts = list(_boxes(moov))
    header = next((body for name, body in parts if name == b"mvhd"), b"")
    duration_ms, captured_at = _mvhd(header) if header else (None, None)
    tracks = [body for name, body in parts if name == b"trak"]
    return SeenRecording(
        duration_ms=_sane(duration_ms),
        captured_at=captured_at,
        place=_iso_place(parts),
        has_pictures=any(_handler(track) == b"vide" for track in tracks) if tracks else None,
    )


def _moov(file: BinaryIO) -> bytes | None:
    """The box that describes the tracks: phones write it at the end."""
    end, at = _length(file), 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:  # noqa: PLR2004 - size and name of a box
            return None
        size, skip = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, skip = int.from_bytes(head[8:16], "big"), 16
        size = size or end - at  # 0: it goes on to the end
        if size < skip:
            return None
        if head[4:8] == b"moov":
            file.seek(at + skip)
            return file.read(min(size - skip, _LARGEST_HEADER))
        at += size
    return None


def _boxes(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    for _ in range(_MOST_BOXES):
        size = int.from_bytes(body[at : at + 4], "big")
        if size < 8 or at + size > len(body):  # noqa: PLR2004 - size and name of a box
            return
        yield body[at + 4 : at + 8], body[at + 8 : at + size]
        at += size


def _mvhd(body: bytes) -> tuple[float | None, datetime | None]:
    """Duration in milliseconds, and when it was made."""
    form = ">QQIQ" if body[0] == 1 else ">IIII"
    made, _, scale, duration = struct.unpack_from(form, body, 4)
    unset = duration in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF) or not scale
    captured_at = _since(_SINCE_1904, timedelta(seconds=made)) if made else None
    return None if unset else duration * 1000 / scale, captured_at


def _handler(track: bytes) -> bytes:
    """What a track holds: `vide`, `soun` and others."""
    media = next((body for name, body in _boxes(track) if name == b"mdia"), b"")
    handler = next((body for name, body in _boxes(media) if name == b"hdlr"), b"")
    return handler[8:12]


_ISO_6709 = re.compile(rb"([+-]\d{2}(?:\.\d{1,8})?)([+-]\d{3}(?:\.\d{1,8})?)(?![\d.])")


def _iso_place(parts: list[tuple[bytes, bytes]]) -> Place | None:
    """The position as phones write it: `udta/©xyz`, Apple's `meta`, or 3GPP's `udta/loci`."""
    user = [(name, body) for top, held in parts if top == b"udta" for name, body in _boxes(held)]
    texts = [body for name, body in user if name == b"\xa9xyz"]
    texts += [body for name, body in parts if name == b"meta" and b"location.ISO6709" in body]
    for body in texts:
        found = _ISO_6709.search(body)
        if found is not None:
            latitude, longitude = (float(one) for one in found.groups())
            return _place(latitude, longitude)
    return next((_loci(body) for name, body in user if name == b"loci"), None)


def _loci(body: bytes) -> Place | None:
    """A position as 3GPP TS 26.244 writes it, after a name and a role: in 65536ths of a degree."""
    at = body.index(b"\0", 6) + 2
    longitude, latitude = struct.unpack_from(">ii", body, at)
    return _place(latitude / 65536, longitude / 65536)


def _place(latitude: float, longitude: float) -> Place | None:
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - degrees on a globe
        return None
    return Place(f"{latitude:.6f}", f"{longitude:.6f}")


# WAV


def _wav_ms(file: BinaryIO) -> float | None:
    file.seek(0)
    if file.read(12)[:4] != b"RIFF":  # RF64 holds its sizes elsewhere
        return None
    end, at, rate = _length(file), 12, 0
    for _ in range(_MOST_BOXES):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:  # noqa: PLR2004 - name and size of a chunk
            return None
        size = int.from_bytes(head[4:], "little")
        if head[:4] == b"fmt ":
            rate = int.from_bytes(file.read(12)[8:12], "little")  # bytes a second
        if head[:4] == b"data":
            # Recorders that were cut off leave the size at nought or at its highest.
            there = end - at - 8
            return (min(size or there, there) * 1000 / rate) if rate else None
        at += 8 + size + size % 2
    return None


# Ogg


def _ogg_ms(file: BinaryIO) -> float | None:
    file.seek(0)
    opening = file.read(512)
    rate = _ogg_rate(opening)
    end = _length(file)
    file.seek(max(0, end - 65_536))  # a page has at most 65,307 bytes
    tail = file.read()
    last = tail.rfind(b"OggS")
    if not rate or last < 0:
        return None
    granule = int.from_bytes(tail[last + 6 : last + 14], "little", signed=True)
    return granule * 1000 / rate if granule > 0 else None


def _ogg_rate(opening: bytes) -> int:
    """How many of its units a second has; Opus counts in 48 kHz whatever it holds (RFC 7845)."""
    if b"OpusHead" in opening:
        return 48_000
    at = opening.find(b"\x01vorbis")
    return int.from_bytes(opening[at + 12 : at + 16], "little") if at >= 0 else 0


# Matroska and WebM (RFC 9559, RFC 8794)

_SEGMENT, _INFO, _TRACKS = 0x18538067, 0x1549A966, 0x1654AE6B
_SCALE, _DURATION, _DATE = 0x2AD7B1, 0x4489, 0x4461
_ENTRY, _TRACK_TYPE, _PICTURES = 0xAE, 0x83, 1


def _matroska(file: BinaryIO) -> SeenRecording:
    """Only what stands before the first cluster, where writers put it."""
    file.seek(0)
    head = file.read(1_000_000)
    segment = next((at for id_, at, _ in _elements(head, 0) if id_ == _SEGMENT), None)
    if segment is None:
        return SeenRecording()
    scale, duration, captured_at = 1_000_000, None, None
    has_pictures: bool | None = None
    for id_, at, size in _elements(head, segment):
        body = head[at : at + size]
        if id_ == _INFO:
            inner = {one: body[start : start + wide] for one, start, wide in _elements(body, 0)}
            scale = int.from_bytes(inner.get(_SCALE, b""), "big") or scale
            duration = _float(inner.get(_DURATION, b""))
            captured_at = _matroska_date(inner.get(_DATE, b""))
        elif id_ == _TRACKS:
            has_pictures = _PICTURES in _track_types(body)
    told = None if duration is None else duration * scale / 1e6
    return SeenRecording(_sane(told), captured_at, None, has_pictures)


def _track_types(tracks: bytes) -> set[int]:
    entries = [tracks[at : at + size] for id_, at, size in _elements(tracks, 0) if id_ == _ENTRY]
    return {
        int.from_bytes(entry[at : at + size], "big")
        for entry in entries
        for id_, at, size in _elements(entry, 0)
        if id_ == _TRACK_TYPE
    }


def _elements(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Each element's id, where its content begins, and how many bytes of it there are."""
    for _ in range(_MOST_BOXES):
        if at >= len(data):
            return
        id_bytes = _width(data[at])
        size_bytes = _width(data[at + id_bytes])
        content = at + id_bytes + size_bytes
        raw = int.from_bytes(data[at + id_bytes : content], "big")
        size = raw & ((1 << 7 * size_bytes) - 1)
        unknown = size == (1 << 7 * size_bytes) - 1  # of a stream that was not finished
        size = len(data) - content if unknown else size
        yield int.from_bytes(data[at : at + id_bytes], "big"), content, size
        at = content + size


def _width(first: int) -> int:
    """Bytes of a number, by its leading noughts."""
    if not first:
        raise ValueError("no number of Matroska")
    return 9 - first.bit_length()


def _float(data: bytes) -> float | None:
    form = {4: ">f", 8: ">d"}.get(len(data))
    return None if form is None else float(struct.unpack(form, data)[0])


def _matroska_date(data: bytes) -> datetime | None:
    if len(data) != 8:  # noqa: PLR2004 - a signed number of nanoseconds
        return None
    nanoseconds = int.from_bytes(data, "big", signed=True)
    return _since(_SINCE_2001, timedelta(microseconds=nanoseconds // 1000))
