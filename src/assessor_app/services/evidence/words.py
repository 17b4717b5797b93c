"""A piece of evidence in words: what it is, how long and how large, when its file was made."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assessor_app.domain.annotation import Annotation, Shape
from assessor_app.domain.components import COUNT, Component
from assessor_app.domain.observation import Evidence, EvidenceKind
from assessor_app.domain.redaction import Layer, Why
from assessor_app.services.report.words import Words

_STEPS = (("gigabytes", 1_000_000_000), ("megabytes", 1_000_000), ("kilobytes", 1000))
_TENTH = Decimal("0.1")
_WHOLE_FROM = 10  # of a unit: its tenths say nothing any more


def kind(item: Evidence, words: Words) -> str:
    return words(f"evidence_kind.{item.kind.value}")


def extent(item: Evidence, words: Words) -> str:
    """How long a recording is, or how many pages a document has; empty where it is not known."""
    if item.page is not None:
        return words("evidence_told.page_of", page=item.page, pages=item.pages or item.page)
    if item.duration_ms is not None:
        return length(item.duration_ms)
    return words("evidence_told.pages", count=item.pages) if item.pages is not None else ""


def length(duration_ms: int) -> str:
    """1:05, or 1:02:05 from an hour on; what is shorter than a second counts as one."""
    seconds = max(1, round(duration_ms / 1000))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def size(count: int, words: Words) -> str:
    """Bytes as a person reads them: 812 kB, 3,4 MB, in powers of ten."""
    name, unit = next((step for step in _STEPS if count >= step[1]), _STEPS[-1])
    number = Decimal(count) / unit
    number = number.quantize(Decimal(1) if number >= _WHOLE_FROM else _TENTH)
    return words(f"evidence_told.{name}", number=words.number(max(number, _TENTH)))


def facts(item: Evidence, words: Words) -> str:
    """Kind, length or pages, and size in one line: “Rekaman video, 1:23, 35 MB”."""
    parts = (kind(item, words), extent(item, words), size(item.size, words))
    return ", ".join(part for part in parts if part)


def covered_parts(layers: Iterable[Layer], words: Words) -> str:
    """What is covered and how often: “wajah (2), nomor telepon”; empty where nothing is."""
    counts = Counter(one.why for one in layers)
    named = ((words(f"redaction_why.{why.value}"), counts[why]) for why in Why if counts[why])
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in named)


def covering_told(item: Evidence, words: Words) -> str:
    """That parts of a picture are covered, and why: a reader has to know; empty where none is."""
    parts = covered_parts(item.layers, words)
    return words("evidence_told.covered", parts=parts) if parts else ""


def drawn_parts(annotations: Iterable[Annotation], words: Words) -> str:
    """What is drawn and how often: “panah (2), kotak”; empty where nothing is."""
    counts = Counter(one.shape for one in annotations)
    named = ((words(f"annotation_shape.{one.value}"), counts[one]) for one in Shape if counts[one])
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in named)


def components_told(seen: Sequence[Component], words: Words) -> str:
    """How many of the 14 components were seen: “11 dari 14 terlihat”."""
    return words("evidence_told.components", seen=len(seen), count=COUNT)


def web_told(item: Evidence, words: Words) -> str:
    """Where on the web it was seen, when, and how many of the 14 components there; or nothing."""
    parts = []
    if item.url:
        seen = words.moment(item.seen_at) if item.seen_at else ""
        name = "evidence_told.url_seen" if seen else "evidence_told.url"
        parts.append(words(name, url=item.url, moment=seen) if seen else words(name, url=item.url))
    if item.components is not None:
        parts.append(components_told(item.components, words))
    return ". ".join(parts)


def way_told(item: Evidence, words: Words) -> str:
    """By which way it came, with the file's name: “Kamera (DCIM/IMG_1.jpg)”."""
    way = words(f"evidence_source.{item.source.value}")
    return f"{way}: {item.file_name}" if item.file_name else way


def made_at(item: Evidence, words: Words) -> str:
    """When it was made, which is what its file claims."""
    if item.captured_at is None:
        return words("findings.photo_no_time")
    told = "findings.photo_time" if item.kind is EvidenceKind.PHOTO else "evidence_told.claimed"
    return words(told, moment=words.moment(item.captured_at))


def name_of(item: Evidence, number: int, words: Words) -> str:
    """What it is called in a list: its caption, or its kind, its number and when it was made."""
    at = item.captured_at
    taken = words.moment(at) if at else words("findings.photo_no_time")
    told = words("evidence_told.nameless", kind=kind(item, words), number=number, taken=taken)
    return item.caption or told
