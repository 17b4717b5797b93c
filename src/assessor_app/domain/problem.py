"""What went wrong, as a name and data; front ends make the sentence from `problems.<code>`."""


class Problem(Exception):  # noqa: N818 - it is a refusal to a person, not a fault of the program
    """A refusal or failure that a person can act on.

    `code` names the sentence in `resources/texts/problems.*.toml`; `places` fills it.
    """

    def __init__(self, code: str, **places: object) -> None:
        super().__init__(code, places)
        self.code = code
        self.places = places

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.places.items())
        return f"{self.code}({told})"


class RecordRefused(Problem):
    """An answer, note or attachment that does not fit the visit or its instrument."""


class VisitRefused(Problem):
    """A step that the visit's state or open rules do not allow."""


class InstrumentFault(Problem):
    """An instrument file that cannot be used; says file, line and key."""


class EvidenceRefused(Problem):
    """A file that cannot be taken as evidence."""


class StoreProblem(Problem):
    """The store cannot be opened, written or trusted."""


class IdentityProblem(Problem):
    """A signing identity that cannot sign."""


class IssueProblem(Problem):
    """A document that could not be made, written or handed over."""


class ImprovementRefused(Problem):
    """A way to a better zone, or a comparison of visits, that cannot be worked out."""


class MethodRefused(Problem):
    """A question about a year's method that it has no answer to."""


class ResultsRefused(Problem):
    """A table of results that is not taken over."""


class RegisterRefused(Problem):
    """A change of the register of institutions and units that does not fit what is there."""
