"""The sentence for a refusal, as the window says it."""

from assessor_app.domain.problem import Problem
from assessor_app.texts import Language, say


def sentence(problem: Problem) -> str:
    return say(Language.INDONESIAN, f"problems.{problem.code}", **problem.places)
