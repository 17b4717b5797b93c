"""What a finding says and what it advises, in both languages, as proposed to the assessor."""

from assessor_app.domain.event import Json
from assessor_app.domain.findings import Finding, FindingKind
from assessor_app.services.finding_templates import Part, name_of, proposed
from assessor_app.texts import Language, say

_DOCUMENT_IT = frozenset({FindingKind.PRACTICE_ONLY, FindingKind.PRACTICE_AHEAD})


def proposed_wording(finding: Finding) -> dict[str, Json]:
    """The finding in one sentence: the indicator's own, else by its kind and by what was asked."""
    name = name_of(finding)
    own = proposed(finding, Part.WORDING, name=name)
    if own is not None:
        return own
    return {language.value: say(language, f"words.finding_wording.{name}") for language in Language}


def proposed_advice(finding: Finding) -> dict[str, Json]:
    """The instrument's advice; where only the paper is missing, to write down what is done."""
    advice = finding.indicator.advice
    if advice is not None and finding.kind not in _DOCUMENT_IT:
        return {"id": advice.id, "en": advice.en}
    name = "document_it" if finding.kind in _DOCUMENT_IT else "fulfil_it"
    text = finding.indicator.text
    return {
        "id": say(Language.INDONESIAN, f"words.finding_advice.{name}", text=text.id),
        "en": say(Language.ENGLISH, f"words.finding_advice.{name}", text=text.en),
    }
