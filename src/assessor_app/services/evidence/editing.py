"""What is said of evidence and where it belongs, changed later; the file itself never is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from assessor_app.domain.annotation import Annotation, Shape, annotations_json, drawable
from assessor_app.domain.components import Components, components_json
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.observation import OF_VISIT, Evidence, EvidenceKind, ObservationKey
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.visit import Snapshot
from assessor_app.services.entries import clean_text

Values = dict[tuple[str, str], Json]

LONGEST_URL = 2000
LONGEST_NAME = 400
DRAWABLE = frozenset({EvidenceKind.PHOTO, EvidenceKind.DOCUMENT})
_UNCHANGED = object()


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a file beside its bytes, as `domain.observation.Evidence` has it."""

    file_name: str | None = None
    url: str | None = None
    seen_at: datetime | None = None
    components: Components | None = None
    page: int | None = None


NOTHING_TOLD = About()


def known_evidence(snapshot: Snapshot, evidence_id: str) -> Evidence:
    """Evidence of a visit, attached or not. Raises RecordRefused `evidence_unknown`."""
    item = snapshot.evidence.get(evidence_id) or snapshot.unattached.get(evidence_id)
    if item is None:
        raise RecordRefused("evidence_unknown", evidence=evidence_id, visit=snapshot.visit.id)
    return item


def about_values(about: About, *, pages: int | None) -> dict[str, Json]:
    """What the record says of a file beside its bytes; only what is told.

    Raises RecordRefused as `edited_values`.
    """
    told: dict[str, Json] = {
        "file_name": clean_name(about.file_name),
        "url": clean_url(about.url),
        "seen_at": instant_text(about.seen_at) if about.seen_at else None,
        "components": None if about.components is None else components_json(about.components),
        "page": _page(about.page, pages),
    }
    return {name: value for name, value in told.items() if value is not None}


def edited_values(
    item: Evidence,
    *,
    caption: object = _UNCHANGED,
    url: object = _UNCHANGED,
    components: object = _UNCHANGED,
    page: object = _UNCHANGED,
) -> Values:
    """What is recorded where something else is said of evidence; only what is named.

    None takes away what was said. Raises RecordRefused `url_unfit`, `component_unknown`,
    `page_unknown`, or as `clean_text`.
    """
    given: dict[str, Json] = {}
    if caption is not _UNCHANGED:
        given["caption"] = clean_text(caption, "caption")
    if url is not _UNCHANGED:
        given["url"] = clean_url(url)
    if components is not _UNCHANGED:
        given["components"] = _components(components)
    if page is not _UNCHANGED:
        given["page"] = _page(page, item.pages)
    return {(f"evidence/{item.id}", name): value for name, value in given.items()}


def placed_values(items: Iterable[Evidence], places: Mapping[str, Iterable[str]]) -> Values:
    """What is recorded where evidence is attached to just these places, by its id; in one action.

    No place lets it be of nothing: it is kept and listed, and can be attached again.
    """
    return {(f"evidence/{item.id}", "attached_to"): sorted(set(places[item.id])) for item in items}


def places_of(item: Evidence) -> list[str]:
    """The entities that evidence is attached to, as the record names them."""
    of_visit = [OF_VISIT] if item.of_visit else []
    return [*(key.entity for key in item.attached_to), *of_visit]


def moved(item: Evidence, to: ObservationKey, *, away_from: ObservationKey | None) -> list[str]:
    """Where evidence belongs once it is taken from one observation to another.

    Without `away_from` it belongs to nothing else any more.
    """
    if away_from is None:
        return [to.entity]
    return [*(one for one in places_of(item) if one != away_from.entity), to.entity]


def annotation_values(item: Evidence, annotations: Iterable[Annotation]) -> Values:
    """What is recorded where just these signs are drawn over evidence; none takes them all away.

    Raises RecordRefused `annotations_need_picture`, or as `domain.annotation.drawable`.
    """
    if item.kind not in DRAWABLE:
        raise RecordRefused("annotations_need_picture", evidence=item.id)
    cleaned = [
        one._replace(text=(clean_text(one.text, "text") or "") if one.shape is Shape.TEXT else "")
        for one in annotations
    ]
    found = drawable(cleaned, pages=item.pages or 1)
    return {(f"evidence/{item.id}", "annotations"): annotations_json(found)}


def captions(snapshot: Snapshot) -> tuple[str, ...]:
    """What was written under evidence of the visit, the latest first: to be chosen again."""
    known = (one for _, one in sorted(snapshot.evidence.items(), reverse=True))
    return tuple(dict.fromkeys(one.caption for one in known if one.caption))


def clean_name(name: str | None) -> str | None:
    """A file's name as it may be recorded: with `/` between folders, what no page shows left out.

    A name that is too long keeps its end, which tells most.
    """
    if name is None:
        return None
    shown = "".join(sign if sign.isprintable() else "�" for sign in name.replace("\\", "/"))
    return clean_text(shown[-LONGEST_NAME:].lstrip("/"), "file_name")


def clean_url(given: object) -> str | None:
    """An address on the web; what has no `https://` before it gets it.

    Raises RecordRefused `url_unfit` for what is no address on the web, or names a user: it would
    be printed, password and all.
    """
    told = clean_text(given, "url")
    if told is None:
        return None
    url = told if "://" in told else f"https://{told}"
    if len(url) > LONGEST_URL or not _is_address(url):
        raise RecordRefused("url_unfit", url=told[:80])
    return url


def _is_address(url: str) -> bool:
    if not url.isprintable() or any(sign.isspace() for sign in url):
        return False
    try:
        parts = urlsplit(url)
        # To read the port is to have it checked.
        named = "." in (parts.hostname or "") and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
    return named and parts.scheme in ("http", "https") and "@" not in parts.netloc


def _components(given: object) -> Json:
    if given is None:
        return None
    if isinstance(given, str) or not isinstance(given, Sequence | frozenset | set):
        raise RecordRefused("field_not_text", field="components")
    return components_json(str(one) for one in given)


def _page(page: object, pages: int | None) -> int | None:
    if page is None:
        return None
    if not isinstance(page, int) or isinstance(page, bool) or not 1 <= page <= (pages or 0):
        raise RecordRefused("page_unknown", page=page, pages=pages or 0)
    return page
