"""A canvas that says of everything drawn what it is: an element of the structure, or ornament."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting.annotation_objects import Corners, Link, Widget, write_form
from assessor_app.reporting.structure import Element, Mark, Role, Tag, Thing, Tree
from assessor_app.reporting.structure_objects import Numbers, Raw, write_structure

_VERSION = (1, 7)  # of PDF: the one that PDF/A-3 and PDF/UA-1 speak of


class TaggedCanvas(Canvas):
    """A page begins as ornament; an element interrupts it for as long as its content is drawn.

    So nothing is ever untagged, and header, footer, rules and grounds are ornament by themselves.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        self.tree = Tree()
        self._open: list[Element | None] = []  # None: what is drawn in it says nothing more
        self._stretches = 0  # of content on this page
        self._in_form = False
        self._annotated: list[tuple[Element, Link | Widget]] = []
        super().__init__(*args, **named | {"pdfVersion": _VERSION})

    def begin(self, tag: Tag) -> bool:
        """Begin an element within the one that is open.

        False, and nothing to end, where that one holds words or a drawing: it says all already.
        """
        if self._in_form or (self._open and self._open[-1] is None):
            return False
        element = self.tree.add(tag, within=self._open[-1] if self._open else None)
        self._open.append(element)
        if tag.is_leaf:
            element.kids.append(Mark(self.getPageNumber(), self._stretches))
            self.addLiteral(f"EMC /{element.type} <</MCID {self._stretches}>> BDC")
            self._stretches += 1
            self._open.append(None)
        return True

    def end(self) -> None:
        """End what was begun last."""
        if self._open.pop() is None:
            self.addLiteral("EMC /Artifact BMC")
            self._open.pop()

    def mute(self) -> None:
        """Take what follows for ornament until `unmute`: a head that is repeated, for one."""
        self._open.append(None)

    def unmute(self) -> None:
        self._open.pop()

    def link(self, key: str, title: str, *, corners: Corners) -> None:
        """Lay a link to the bookmark `key` over a place on the page, for the element being drawn.

        `corners` are those of `linkRect`, from the canvas's origin; the bookmark may be set later.
        """
        element = self._open[-2]
        if element is None:
            return
        left, bottom, right, top = corners
        destination = self._bookmarkReference(key)  # type: ignore[attr-defined]  # not in the stub
        placed = (*self.absolutePosition(left, bottom), *self.absolutePosition(right, top))
        self._annotate(element, Link(Raw(), title, placed, destination), f"link-{key}")

    def field(self, name: str, label: str, *, corners: Corners | None) -> None:
        """Prepare a signature field; `corners` are absolute, None for one that cannot be seen."""
        within = self._open[-1] if self._open else None
        element = self.tree.add(Tag(Role.FORM), within=within)
        self._annotate(element, Widget(Raw(), name, label, self.getPageNumber(), corners), name)

    def lock(self, name: str) -> None:
        """Let a signature in the field lock all others but those filled at headquarters."""
        for _, annotation in self._annotated:
            if isinstance(annotation, Widget) and annotation.name == name:
                annotation.lock = True

    def beginForm(self, *args: Any, **named: Any) -> None:  # noqa: N802  # ReportLab's name
        """A form takes the meaning of the place where it is used."""
        self._in_form = True
        super().beginForm(*args, **named)

    def endForm(self, **named: Any) -> None:  # noqa: N802  # ReportLab's name
        super().endForm(**named)
        self._in_form = False

    def showPage(self) -> None:  # noqa: N802  # ReportLab's name
        code: list[str] = self._code  # type: ignore[attr-defined]  # not in the stub
        code.insert(0, "/Artifact BMC")
        self.addLiteral("EMC")
        super().showPage()
        self._stretches = 0

    def save(self) -> None:
        document = self._doc  # type: ignore[attr-defined]  # not in the stub
        if self._code:  # type: ignore[attr-defined]  # as above
            self.showPage()
        numbers = Numbers(document)
        for key, (_, annotation) in enumerate(self._annotated):
            annotation.write(numbers, key)
        widgets = tuple(one for _, one in self._annotated if isinstance(one, Widget))
        if widgets:
            write_form(document, widgets)
        holders = [element for element, _ in self._annotated]
        write_structure(document, self.tree, holders=holders)
        super().save()

    def _annotate(self, element: Element, annotation: Link | Widget, name: str) -> None:
        self._addAnnotation(annotation.raw, name)  # type: ignore[attr-defined]  # not in the stub
        element.kids.append(Thing(self.getPageNumber(), f"Annot.{name}"))
        self._annotated.append((element, annotation))


@contextmanager
def tagged(canvas: Canvas, tag: Tag) -> Iterator[None]:
    """What is drawn meanwhile is the tag's element; on a canvas without tags, just drawn."""
    began = isinstance(canvas, TaggedCanvas) and canvas.begin(tag)
    yield
    if began and isinstance(canvas, TaggedCanvas):
        canvas.end()
