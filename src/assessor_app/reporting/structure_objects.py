"""The structure tree as objects of the file, written as bytes: a document has thousands of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFName, PDFObject

from assessor_app.reporting.structure import Element, Mark, Thing, Tree


class Raw(PDFObject):
    """An object of the file in the syntax of PDF, told once every number it names is known."""

    __RefOnly__ = 1  # to ReportLab: always an object in its own right

    def __init__(self) -> None:
        self.told = ""

    def format(self, _: Any) -> bytes:
        return self.told.encode("ascii")


class Numbers:
    """The objects of ReportLab's document by the numbers that they get in the file."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def of(self, thing: PDFObject) -> int:
        """The object's number; it is given one where it has none."""
        return self.named(self._document.Reference(thing).name)

    def named(self, name: str) -> int:
        return int(self._document.idToObjectNumberAndVersion[name][0])

    def told(self, thing: Any) -> str:
        """A thing of ReportLab's, such as the place that a bookmark marks, as it is written."""
        return str(thing.format(self._document), "ascii")

    def page(self, page: int) -> int:
        """The number of a page, which is counted from 1."""
        return self.named(f"Page{page}")


@dataclass(frozen=True, slots=True)
class _Writer:
    numbers: Numbers
    found: dict[Element, int]  # the elements' numbers
    root: int

    def entry(self, element: Element) -> str:
        """An element as it stands in the file.

        A single kid stands for itself, not in a list: pyHanko takes a list in the element of a
        signature field for a change of the document (findings, trap 1).
        """
        home = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        kids = [self._kid(kid, home=home) for kid in element.kids]
        parent = self.found[element.parent] if element.parent else self.root
        page = f"/Pg {self.numbers.page(home)} 0 R" if home else ""
        inside = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
        told = f"/K {inside}" if kids else ""
        return f"<</Type/StructElem/S/{element.type}/P {parent} 0 R{page}{element.says}{told}>>"

    def _kid(self, kid: Element | Mark | Thing, *, home: int | None) -> str:
        match kid:
            case Element():
                return f"{self.found[kid]} 0 R"
            case Mark(page, number) if page == home:
                return str(number)
            case Mark(page, number):
                return f"<</Type/MCR/Pg {self.numbers.page(page)} 0 R/MCID {number}>>"
            case Thing(page, name):
                pages, thing = self.numbers.page(page), self.numbers.named(name)
                return f"<</Type/OBJR/Pg {pages} 0 R/Obj {thing} 0 R>>"


def write_structure(document: Any, tree: Tree, *, holders: Sequence[Element]) -> None:
    """Put the tree into ReportLab's document, before it is saved.

    `holders` are the elements that hold an annotation, each under its StructParent; the pages'
    numbers follow after them.
    """
    numbers, root, raws = Numbers(document), Raw(), [Raw() for _ in tree.elements]
    found = {each: numbers.of(raw) for each, raw in zip(tree.elements, raws, strict=True)}
    writer = _Writer(numbers, found, root=numbers.of(root))
    marked: defaultdict[int, list[int]] = defaultdict(list)
    for element, raw in zip(tree.elements, raws, strict=True):
        raw.told = writer.entry(element)
    for page, number in _stretches(tree, found):
        marked[page].append(number)
    rows = [f"{key} {found[element]} 0 R" for key, element in enumerate(holders)]
    for page in range(1, document.pageCounter):
        key = len(holders) + page - 1
        told = " ".join(f"{number} 0 R" for number in marked[page])
        rows.append(f"{key} [{told}]")
        _mark_page(document.idToObject[f"Page{page}"], key)
    root.told = (
        f"<</Type/StructTreeRoot/K {found[tree.root]} 0 R/ParentTreeNextKey {len(rows)}"
        f"/ParentTree<</Nums[{' '.join(rows)}]>>>>"
    )
    document.Catalog.StructTreeRoot = root
    document.Catalog.MarkInfo = _marked_info()


def _stretches(tree: Tree, found: dict[Element, int]) -> list[tuple[int, int]]:
    """Page and element of every stretch of content, in the order of their numbers on the page."""
    marks = [
        (kid.page, kid.number, found[element])
        for element in tree.elements
        for kid in element.kids
        if isinstance(kid, Mark)
    ]
    return [(page, element) for page, _, element in sorted(marks)]


def _marked_info() -> Raw:
    info = Raw()
    info.told = "<</Marked true>>"
    return info


def _mark_page(page: Any, key: int) -> None:
    """Name the page's row in the tree, and let the tabulator follow the reading order."""
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents = key
    page.Tabs = PDFName("S")
