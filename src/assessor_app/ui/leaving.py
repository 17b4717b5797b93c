"""What is done with a page that is left: its last words recorded, and how it stood kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # the first frame is painted without it
    from assessor_app.ui.directory import Where


@dataclass(frozen=True, slots=True)
class Left:
    """A page that will be come back to: where it is, what is typed in it, and how it stands."""

    where: "Where"
    typed: Mapping[str, object]
    standing: object

    @classmethod
    def of(cls, where: "Where", page: QWidget) -> "Left":
        from assessor_app.ui import drafts

        return cls(where, drafts.kept(page), getattr(page, "standing", None))

    def restore(self, page: QWidget) -> None:
        """Make a page that was built anew stand as the one that was left."""
        stand = getattr(page, "stand", None)
        if stand is not None and self.standing is not None:
            stand(self.standing)
        self.type_again(page)

    def type_again(self, page: QWidget) -> None:
        """Give the editors of a page what was typed in those of the same names."""
        from assessor_app.ui import drafts

        drafts.put_back(page, self.typed)


def settled(page: QWidget) -> bool:
    """Whether everything that is typed in a page is recorded now."""
    settle = getattr(page, "settle", None)
    return settle is None or settle() is not False


def may_be_left(page: QWidget) -> bool:
    """Whether nothing in a page would be lost by leaving it; otherwise the page asks."""
    may_leave = getattr(page, "may_leave", None)
    return may_leave is None or bool(may_leave())
