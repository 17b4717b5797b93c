"""Words for findings and advice: by indicator, by kind of gap, and those an assessor keeps.

The product's stand in `resources/wordings/*.toml`, in both languages. One's own are settings of
the store, kept as events: they go into backups, and everybody who works with this store has them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from assessor_app.domain.event import STORE, EventKind, Heads, Json
from assessor_app.domain.findings import Finding, FindingKind
from assessor_app.domain.instrument import AnswerKind
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.visit import Snapshot
from assessor_app.domain.wording import Wording
from assessor_app.paths import resources_dir
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.storage.log import Draft
from assessor_app.texts import Language

ENTITY = "finding_template"
_ANY = "any"
_PLACE = re.compile(r"\{(\w+)\}")


class Part(StrEnum):
    """What of a finding a template is for."""

    WORDING = "wording"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Offered:
    """A text to be taken over, with its places filled; `id` names one's own, None another's."""

    title: str
    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class OwnTemplate:
    """A text that an assessor keeps, with its places; `indicator` (code) is None for all.

    `gap` is what the finding was called that it was written for (`name_of`), None where nobody
    knows: it says what the text comes first for, and keeps it from nothing.
    """

    id: str
    text: str
    part: Part
    indicator: str | None = None
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class _Shipped:
    """`codes` are the indicators it is for, none for all of them; `texts` by kind of finding."""

    codes: frozenset[str]
    title: Wording
    texts: Mapping[Part, Mapping[str, Wording]]

    def text(self, part: Part, name: str, kind: str) -> Wording | None:
        """By what the finding is called, its kind, or for any."""
        found = self.texts.get(part, {})
        return found.get(name) or found.get(kind) or found.get(_ANY)

    def distance(self, part: Part, name: str, kind: str) -> int:
        """How near its text is to the finding: made for what it is called, its kind, or any."""
        known = self.texts.get(part, {})
        return next((at for at, one in enumerate((name, kind)) if one in known), 2)


def offered(
    workplace: Workplace, finding: Finding, snapshot: Snapshot, part: Part, *, language: Language
) -> tuple[Offered, ...]:
    """What can be taken over for a finding: its indicator's, one's own, then what fits any.

    Among each of these, what was made for this kind of gap comes before what fits any.
    A template that speaks of a product is left out where the finding is of the unit as a whole.
    """
    places = _places(finding, snapshot, language)
    named = [one for one in _shipped() if finding.indicator.code in one.codes]
    common = [one for one in _shipped() if not one.codes]
    own = _kept(workplace.store.log.heads(STORE), part, finding)
    return (
        *_told(named, part, finding, places, language=language),
        *(
            Offered(one.text, filled(one.text, places), one.id)
            for one in own
            if _fits(one.text, places["product"])
        ),
        *_told(common, part, finding, places, language=language),
    )


def proposed(finding: Finding, part: Part, *, name: str) -> dict[str, Json] | None:
    """The proposal of the product's own template for an indicator, in both languages; or None.

    `name` is what the finding is called by its kind (`name_of`).
    """
    for one in _shipped():
        text = one.text(part, name, name) if finding.indicator.code in one.codes else None
        if text is not None:
            known = finding.indicator.text
            return {
                "id": filled(text.id, {"indicator": known.id}),
                "en": filled(text.en, {"indicator": known.en}),
            }
    return None


def name_of(finding: Finding) -> str:
    """The name of the sentence: a promise is kept or not, and what is complete is not partial."""
    one = finding.compared
    if one.indicator.kind is AnswerKind.DURATION:
        late = one.practice is not None and one.practice < 1
        return "promise_not_kept" if late else "promise_missing"
    if finding.kind is FindingKind.PAPER_AHEAD and one.paper != 1:
        return "paper_ahead_in_part"
    if finding.kind is FindingKind.PRACTICE_AHEAD and one.practice != 1:
        return "practice_ahead_in_part"
    return finding.kind.value


def filled(text: str, places: Mapping[str, str]) -> str:
    """A text with its places filled; braces around anything else stay as they were typed.

    What is filled in is no template: a unit that is called `{code}` is called so.
    """
    return _PLACE.sub(lambda found: places.get(found[1], found[0]), text)


def keep_template(
    workplace: Workplace,
    text: str,
    part: Part,
    *,
    indicator: str | None = None,
    gap: str | None = None,
) -> str:
    """Keep a text as one's own, for an indicator (code) or for all; returns its id.

    `gap` is what the finding is called that it was written for (`name_of`). Its places are filled
    when it is taken over. Raises RecordRefused `template_empty`,
    `template_there`, or for a text that cannot be recorded.
    """
    kept = OwnTemplate(workplace.store.new_id(), _cleaned(text, part), part, indicator, gap)
    _require_new(workplace, kept)
    values: dict[str, Json] = {"text": kept.text, "part": part.value, "indicator": indicator}
    _record(workplace, kept.id, values if gap is None else {**values, "gap": gap})
    return kept.id


def change_template(workplace: Workplace, template: str, text: str) -> None:
    """Give one's own (id) other words. Raises as `keep_template`, and `template_unknown`."""
    before = _known(workplace, template)
    after = replace(before, text=_cleaned(text, before.part))
    if after != before:
        _require_new(workplace, after)
        _record(workplace, template, {"text": after.text})


def forget_template(workplace: Workplace, template: str) -> None:
    """Offer one's own no more. Raises RecordRefused `template_unknown`."""
    _known(workplace, template)
    _record(workplace, template, {"text": None})


def own_templates(workplace: Workplace) -> tuple[OwnTemplate, ...]:
    """All of one's own, in the order they were kept."""
    return tuple(_own(workplace.store.log.heads(STORE)))


def _cleaned(text: str, part: Part) -> str:
    told = clean_text(text, part.value)
    if told is None:
        raise RecordRefused("template_empty")
    return told


def _known(workplace: Workplace, template: str) -> OwnTemplate:
    found = [one for one in own_templates(workplace) if one.id == template]
    if not found:
        raise RecordRefused("template_unknown")
    return found[0]


def _require_new(workplace: Workplace, kept: OwnTemplate) -> None:
    if any(replace(one, id=kept.id, gap=kept.gap) == kept for one in own_templates(workplace)):
        raise RecordRefused("template_there")


def _record(workplace: Workplace, id_: str, values: dict[str, Json]) -> None:
    changed = {(f"{ENTITY}/{id_}", field): value for field, value in values.items()}
    workplace.store.log.append(Draft(STORE, EventKind.SETTING_CHANGED, changed))


def _places(finding: Finding, snapshot: Snapshot, language: Language) -> dict[str, str]:
    visit, text = snapshot.visit, finding.indicator.text
    return {
        "indicator": text.en if language is Language.ENGLISH else text.id,
        "code": finding.indicator.code,
        "unit": visit.unit,
        "institution": visit.institution,
        "product": snapshot.products.get(finding.product, ""),
    }


def _told(
    templates: list[_Shipped],
    part: Part,
    finding: Finding,
    places: Mapping[str, str],
    *,
    language: Language,
) -> Iterator[Offered]:
    name, kind = name_of(finding), finding.kind.value
    for one in sorted(templates, key=lambda one: one.distance(part, name, kind)):
        known = one.text(part, name, kind)
        text = None if known is None else _in(known, language)
        if text and _fits(text, places["product"]):
            yield Offered(_in(one.title, language), filled(text, places))


def _fits(text: str, product: str) -> bool:
    return bool(product) or "{product}" not in text


def _in(wording: Wording, language: Language) -> str:
    return wording.en if language is Language.ENGLISH else wording.id


@cache
def _shipped() -> tuple[_Shipped, ...]:
    """All files in the order of their names; read when the first finding is told."""
    found: list[_Shipped] = []
    for path in sorted((resources_dir() / "wordings").glob("*.toml")):
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [_read(one) for one in loaded["template"]]
    return tuple(found)


def _read(loaded: Mapping[str, Any]) -> _Shipped:
    texts = {
        part: {name: Wording(**text) for name, text in loaded.get(part.value, {}).items()}
        for part in Part
    }
    return _Shipped(frozenset(loaded.get("codes", ())), Wording(**loaded["title"]), texts)


def _kept(heads: Heads, part: Part, finding: Finding) -> list[OwnTemplate]:
    """One's own for a part of this finding: by its kind of gap, its indicator, then by time."""
    gap, code = name_of(finding), finding.indicator.code
    found = [one for one in _own(heads) if one.part is part and one.indicator in (None, code)]
    return sorted(
        found,
        key=lambda one: (
            (gap, None).index(one.gap) if one.gap in (gap, None) else 2,
            one.indicator is None,
        ),
    )


def _own(heads: Heads) -> Iterator[OwnTemplate]:
    """Each of one's own, by the ids that time has ordered."""
    for entity, field in sorted(heads):
        kind, _, id_ = entity.partition("/")
        if kind != ENTITY or field != "text":
            continue
        text = heads[entity, field][-1].value
        part = heads[entity, "part"][-1].value
        indicator = heads[entity, "indicator"][-1].value
        gap = heads[entity, "gap"][-1].value if (entity, "gap") in heads else None
        if isinstance(text, str) and text:
            yield OwnTemplate(id_, text, Part(str(part)), _code(indicator), _code(gap))


def _code(value: Json) -> str | None:
    return str(value) if value else None
