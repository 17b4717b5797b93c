"""What the product objects to, in words: refusals, open rules, doubts."""

from assessor_app.domain.closing import CriticalRule, OpenRule
from assessor_app.domain.doubts import Doubt
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import Problem
from assessor_app.domain.wording import Wording
from assessor_app.texts import Language, say


def told_places(problem: Problem, language: Language) -> dict[str, object]:
    """The places of a refusal's sentence, with states and parts of a visit called by their names.

    A text in both languages is said in this one. Lists (`rules`, `faults`) stay as they are: the
    front ends set them out.
    """
    places = dict(problem.places)
    for name in ("state", "step"):
        if name in places:
            places[name] = say(language, f"words.state.{places[name]}")
    for name, place in places.items():
        if isinstance(place, Wording):
            places[name] = in_language(place, language)
    if problem.code == "name_missing":
        places["field"] = _told_name(str(places["field"]), language)
    if "entity" in places:
        places["entity"] = told_entity(str(places["entity"]), language)
    return places


def _told_name(field: str, language: Language) -> str:
    """A name that cannot be left out, as it is called: of a visit, or of who is handed it."""
    return say(language, f"words.field.{'handover' if field == 'to' else 'visit'}.{field}")


def in_language(wording: Wording, language: Language) -> str:
    return wording.en if language is Language.ENGLISH else wording.id


def told_entity(entity: str, language: Language) -> str:
    """A part of a visit by its name: an observation by its indicator and side."""
    kind = entity.partition("/")[0]
    if kind != "observation":
        return say(language, f"words.part.{kind}")
    key = ObservationKey.from_entity(entity)
    return say(
        language,
        "words.part.observation",
        indicator=key.indicator,
        side=say(language, f"words.side_within.{key.side.value}"),
    )


def told_rule(rule: OpenRule, language: Language) -> str:
    """What is still missing before a visit can close, in one sentence."""
    indicator = _at(rule.indicator, rule.product_name)
    if rule.rule is CriticalRule.CONFLICT and "/" in rule.indicator:
        indicator = told_entity(rule.indicator, language)
    side = _side(rule.side, language)
    return say(language, f"words.open_rule.{rule.rule.value}", indicator=indicator, side=side)


def told_doubt(doubt: Doubt, language: Language) -> str:
    """What contradicts, in one sentence."""
    indicator, side = _at(doubt.indicator, doubt.product_name), _side(doubt.side, language)
    return say(
        language,
        f"words.doubt.{doubt.kind.value}",
        indicator=indicator,
        side=side,
        post=in_language(doubt.post, language) if doubt.post else "",
        asked=doubt.asked,
        wanted=doubt.wanted,
    )


def _at(indicator: str, product_name: str | None) -> str:
    return f"{indicator} [{product_name}]" if product_name else indicator


def _side(side: Side | None, language: Language) -> str:
    return say(language, f"words.side_within.{side.value}") if side else ""
