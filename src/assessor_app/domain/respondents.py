"""Who is interviewed: fixed posts of a unit and its users, and how much each one's word weighs."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assessor_app.domain.wording import Wording


class RespondentKind(StrEnum):
    OFFICER = "officer"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Role:
    """A post whose holders are interviewed, or the users of a service, as the instrument says.

    `posts` is how many are interviewed in a unit (officers), `at_least` how many users a mean
    needs; None where no source says so. One answer weighs `share` beside the others, and
    `share` x `substitute_share` where a substitute gave it.
    """

    code: str
    name: Wording
    kind: RespondentKind
    posts: int | None = None
    at_least: int | None = None
    share: Decimal = Decimal(1)
    substitute_share: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Respondent:
    """An officer or user who was asked; a pseudonym only, never a name.

    `post` is the code of the instrument's role; a `substitute` spoke for the holder of the post.
    """

    id: str
    pseudonym: str
    role: str
    post: str | None = None
    substitute: bool = False

    def weight(self, roles: tuple[Role, ...]) -> Decimal:
        """How much this one's answer weighs; 1 where the instrument names no such role."""
        for role in roles:
            if role.code == self.post:
                return role.share * role.substitute_share if self.substitute else role.share
        return Decimal(1)
