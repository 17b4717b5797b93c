"""What it costs to read the text of pages, worked out before anything is drawn.

A form may be used on a page many times, and use others many times in turn: some lines then stand
for more text than any memory holds.
"""

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object, Stream

from assessor_app.domain.problem import IssueProblem

MOST_OF_A_PAGE = 8 * 1024 * 1024  # bytes of drawing, forms drawn out; a full page has 0.3 MB
MOST_OF_ALL = 96 * 1024 * 1024
_DEEPEST = 12  # forms within forms; ours have two
_USE = b"Do"


@dataclass(slots=True)
class PageCost:
    """The cost of pages, one after another."""

    _total: int = 0
    _forms: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, page: Dictionary) -> None:
        """Raises IssueProblem `pdf_too_heavy` where a page, or all so far, are too much."""
        contents = page.get("/Contents")
        parts = list(contents) if isinstance(contents, Array) else [contents]
        drawn = b"\n".join(part.read_bytes() for part in parts if isinstance(part, Stream))
        cost = self._drawn_out(drawn, _resources_of(page), depth=0)
        self._total += cost
        if cost > MOST_OF_A_PAGE or self._total > MOST_OF_ALL:
            raise _too_heavy()

    def _drawn_out(self, drawn: bytes, resources: Object | None, *, depth: int) -> int:
        """Bytes of drawing; where something is used, the dearest there is to be used is counted."""
        uses = drawn.count(_USE)
        if not uses or not isinstance(resources, Dictionary):
            return len(drawn)
        if depth > _DEEPEST:
            raise _too_heavy()
        named = resources.get("/XObject")
        used = [form for _, form in named.items()] if isinstance(named, Dictionary) else []
        dearest = max((self._form(one, resources, depth=depth) for one in used), default=0)
        return len(drawn) + uses * dearest

    def _form(self, form: object, inherited: Object, *, depth: int) -> int:
        if not isinstance(form, Stream) or form.get("/Subtype") != "/Form":
            return 0
        if form.objgen not in self._forms:
            resources = form.get("/Resources", inherited)
            cost = self._drawn_out(form.read_bytes(), resources, depth=depth + 1)
            self._forms[form.objgen] = cost
        return self._forms[form.objgen]


def _resources_of(page: Dictionary) -> Object | None:
    """The page's own, or those of the nearest node above it that has some."""
    node: object = page
    for _ in range(_DEEPEST):
        if not isinstance(node, Dictionary):
            break
        if "/Resources" in node:
            return node["/Resources"]
        node = node.get("/Parent")
    return None


def _too_heavy() -> IssueProblem:
    return IssueProblem("pdf_too_heavy", what="pages")
