"""Conditions between questions: when one is asked at all, and what its answer must fulfil."""

from typing import Protocol

from assessor_app.domain.scale import Answers


class Condition(Protocol):
    """An expression over answers; `names` are the codes of the indicators that it looks at."""

    @property
    def expression(self) -> str: ...

    @property
    def names(self) -> frozenset[str]: ...

    def holds(self, answers: Answers, *, own: str | None = None) -> bool:
        """Whether it is met. An unanswered indicator reads as empty; `own` is the answer itself."""
        ...
