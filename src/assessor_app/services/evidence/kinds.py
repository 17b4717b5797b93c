"""What a file is, told by its first bytes: a name or its ending can say anything."""

from collections.abc import Callable
from typing import NamedTuple

from assessor_app.domain.observation import EvidenceKind

HEAD_BYTES = 4096  # that are looked at; two frames of an MP3 fit


class Kind(NamedTuple):
    """A kind of evidence and its registered media type."""

    kind: EvidenceKind
    media_type: str


_JPEG = Kind(EvidenceKind.PHOTO, "image/jpeg")
_PNG = Kind(EvidenceKind.PHOTO, "image/png")
_WEBP = Kind(EvidenceKind.PHOTO, "image/webp")
_HEIC = Kind(EvidenceKind.PHOTO, "image/heic")
_HEIF = Kind(EvidenceKind.PHOTO, "image/heif")
_PDF = Kind(EvidenceKind.DOCUMENT, "application/pdf")
_WAV = Kind(EvidenceKind.AUDIO, "audio/wav")
_MP3 = Kind(EvidenceKind.AUDIO, "audio/mpeg")
_AAC = Kind(EvidenceKind.AUDIO, "audio/aac")
_AMR = Kind(EvidenceKind.AUDIO, "audio/amr")
_OGG_AUDIO = Kind(EvidenceKind.AUDIO, "audio/ogg")
_OGG_VIDEO = Kind(EvidenceKind.VIDEO, "video/ogg")
_M4A = Kind(EvidenceKind.AUDIO, "audio/mp4")
_MP4 = Kind(EvidenceKind.VIDEO, "video/mp4")
_MOV = Kind(EvidenceKind.VIDEO, "video/quicktime")
_3GP = Kind(EvidenceKind.VIDEO, "video/3gpp")
_WEBM = Kind(EvidenceKind.VIDEO, "video/webm")
_MKV = Kind(EvidenceKind.VIDEO, "video/x-matroska")

# Brands of ISO base media files (ISO/IEC 14496-12 and 23008-12, 3GPP TS 26.244, mp4ra.org).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})  # not taken: no camera of an office writes them
_PICTURE_BRANDS = _HEIC_BRANDS | _AVIF_BRANDS | {b"mif1", b"mif2", b"msf1", b"hevc", b"hevx"}
_MOVING_BRANDS = {b"qt  ": _MOV, b"M4A ": _M4A, b"M4B ": _M4A, b"M4P ": _M4A}
_OPENING_OF_OLD_MOV = frozenset({b"moov", b"wide"})  # QuickTime before it had brands
_SOUND_ONLY = {
    "video/mp4": _M4A,
    "video/3gpp": Kind(EvidenceKind.AUDIO, "audio/3gpp"),
    "video/webm": Kind(EvidenceKind.AUDIO, "audio/webm"),
    "video/x-matroska": Kind(EvidenceKind.AUDIO, "audio/x-matroska"),
    "video/quicktime": Kind(EvidenceKind.AUDIO, "audio/quicktime"),
}


def sniff(head: bytes) -> Kind | None:
    """What the first bytes of a file (`HEAD_BYTES` of them) say it is; None for what is not taken.

    A container that can hold pictures and sound counts as video until its tracks were read
    (`as_sound`).
    """
    return next((kind for look in _LOOKS if (kind := look(head)) is not None), None)


def as_sound(kind: Kind) -> Kind:
    """The same container where none of its tracks has pictures: a voice recording."""
    return _SOUND_ONLY.get(kind.media_type, kind)


def _by_signature(head: bytes) -> Kind | None:
    signatures = ((b"\xff\xd8\xff", _JPEG), (b"\x89PNG\r\n\x1a\n", _PNG), (b"#!AMR", _AMR))
    return next((kind for signature, kind in signatures if head.startswith(signature)), None)


def _pdf(head: bytes) -> Kind | None:
    # Scanners and mail put bytes before it; readers look through the first kilobyte.
    return _PDF if b"%PDF-" in head[:1024] else None


def _riff(head: bytes) -> Kind | None:
    if head[:4] not in (b"RIFF", b"RF64"):
        return None
    return {b"WEBP": _WEBP, b"WAVE": _WAV}.get(head[8:12])


def _iso_media(head: bytes) -> Kind | None:
    if head[4:8] in _OPENING_OF_OLD_MOV:
        return _MOV
    if head[4:8] != b"ftyp":
        return None
    size = min(int.from_bytes(head[:4], "big"), len(head))
    major = head[8:12]
    brands = {head[at : at + 4] for at in range(16, size - 3, 4)} | {major}
    if major in _PICTURE_BRANDS:
        return _HEIC if brands & _HEIC_BRANDS else None if brands & _AVIF_BRANDS else _HEIF
    if major.startswith((b"3gp", b"3g2")):
        return _3GP
    return _MOVING_BRANDS.get(major, _MP4)


def _ogg(head: bytes) -> Kind | None:
    if not head.startswith(b"OggS"):
        return None
    return _OGG_VIDEO if b"\x80theora" in head[:512] else _OGG_AUDIO


def _matroska(head: bytes) -> Kind | None:
    if not head.startswith(b"\x1a\x45\xdf\xa3"):
        return None
    opening = head[:64]
    return _WEBM if b"webm" in opening else _MKV if b"matroska" in opening else None


def _mpeg_audio(head: bytes) -> Kind | None:
    if head.startswith(b"ID3"):
        return _MP3
    if _adts_length(head):
        return _AAC if _adts_length(head[_adts_length(head) :]) else None
    length = _mp3_length(head)
    # Two bytes alone would make many a text file one: a second frame must follow the first.
    return _MP3 if length and _mp3_length(head[length:]) else None


def _adts_length(frame: bytes) -> int:
    """Bytes of an ADTS frame with its header (ISO/IEC 14496-3); 0 where there is none."""
    if len(frame) < 7 or frame[0] != 0xFF or frame[1] & 0xF6 != 0xF0:  # noqa: PLR2004 - its header
        return 0
    return (frame[3] & 3) << 11 | frame[4] << 3 | frame[5] >> 5


_KBITS_V1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_V2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_HERTZ = (44_100, 48_000, 32_000)


def _mp3_length(frame: bytes) -> int:
    """Bytes of an MPEG layer III frame (ISO/IEC 11172-3); 0 where there is none."""
    if len(frame) < 4 or frame[0] != 0xFF or frame[1] & 0xE6 != 0xE2:  # noqa: PLR2004 - its header
        return 0
    version = frame[1] >> 3 & 3  # 3 is MPEG 1, 2 MPEG 2, 0 MPEG 2.5
    bit_rate, rate = frame[2] >> 4, frame[2] >> 2 & 3
    if version == 1 or not 0 < bit_rate < len(_KBITS_V1) or rate == len(_HERTZ):
        return 0
    first = version == 3  # noqa: PLR2004 - MPEG's bits for version 1
    kbits = (_KBITS_V1 if first else _KBITS_V2)[bit_rate]
    hertz = _HERTZ[rate] // {3: 1, 2: 2, 0: 4}[version]
    return (144 if first else 72) * kbits * 1000 // hertz + (frame[2] >> 1 & 1)


_LOOKS: tuple[Callable[[bytes], Kind | None], ...] = (
    _by_signature,
    _riff,
    _iso_media,
    _ogg,
    _matroska,
    _mpeg_audio,
    _pdf,  # last: the sign may stand anywhere in the first kilobyte
)
