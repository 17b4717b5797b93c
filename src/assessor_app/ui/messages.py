"""The sentence for a refusal, as the window says it."""

from assessor_app.domain.problem import Problem
from assessor_app.texts import Language, catalogue, say

_OWN = "problem"  # the window's own wording, where the common one speaks of commands and lines


def sentence(problem: Problem, language: Language) -> str:
    """What happened, that what was recorded is safe, and what to do."""
    from assessor_app.services.objections import told_places

    places = told_places(problem, language)
    own = f"{_OWN}.{problem.code}"
    name = f"ui.{own}" if own in catalogue("ui", language) else f"problems.{problem.code}"
    return say(language, name, **places)
