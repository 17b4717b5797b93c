"""What a finding says and what it advises, in both languages, as proposed to the assessor."""

from assessor_app.domain.event import Json
from assessor_app.domain.findings import Finding, FindingKind
from assessor_app.texts import Language, say

_DOCUMENT_IT = frozenset({FindingKind.PRACTICE_ONLY, FindingKind.PRACTICE_AHEAD})


def proposed_wording(finding: Finding) -> dict[str, Json]:
    """The finding in one sentence, by its kind."""
    return {
        language.value: say(language, f"words.finding_wording.{finding.kind.value}")
        for language in Language
    }


def proposed_advice(finding: Finding) -> dict[str, Json]:
    """The instrument's advice; where only the paper is missing, to write down what is done."""
    advice = finding.indicator.advice
    if finding.kind not in _DOCUMENT_IT:
        return {"id": advice.id, "en": advice.en}
    text = finding.indicator.text
    return {
        "id": say(Language.INDONESIAN, "words.finding_advice.document_it", text=text.id),
        "en": say(Language.ENGLISH, "words.finding_advice.document_it", text=text.en),
    }
