"""What a document consists of for somebody who listens to it: headings, lists, tables, figures."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """The standard structure types that we use (ISO 32000-1, 14.8.4)."""

    DOCUMENT = "Document"
    SECTION = "Sect"
    HEADING = "H"  # written as H1 to H6, by its level
    PARAGRAPH = "P"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    TABLE = "Table"
    ROW = "TR"
    COLUMN_HEAD = "TH"
    ROW_HEAD = "TH "  # the same type, with another scope
    CELL = "TD"
    FIGURE = "Figure"
    CONTENTS = "TOC"
    ENTRY = "TOCI"
    REFERENCE = "Reference"
    LINK = "Link"
    FORM = "Form"


# What holds words or a drawing itself; every other element holds elements.
_LEAVES = frozenset({Role.HEADING, Role.PARAGRAPH, Role.LABEL, Role.FIGURE, Role.LINK, Role.FORM})
_ATTRIBUTES = {
    Role.COLUMN_HEAD: "/O/Table/Scope/Column",
    Role.ROW_HEAD: "/O/Table/Scope/Row",
    Role.CELL: "/O/Table",
}


class Mark(NamedTuple):
    """A stretch of a page's content: page from 1, number of the stretch on it."""

    page: int
    number: int


class Thing(NamedTuple):
    """An annotation on a page, under the name that ReportLab's document knows it by."""

    page: int
    name: str


@dataclass(slots=True, eq=False)
class Element:
    """One node of the tree: what it is, what it says besides its content, and its kids in order."""

    type: str
    parent: "Element | None"
    says: str = ""  # further entries, in the syntax of PDF
    kids: "list[Element | Mark | Thing]" = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Tag:
    """What a piece of the layout is. A piece that goes on over the next page keeps its tag, and so
    stays one element.

    `alt` says in words what a figure shows, `spoken` is read in the place of letters that are
    drawn in another order, `language` is the tag of a language other than the document's.
    """

    role: Role
    level: int = 0  # of a heading, from 1
    alt: str = ""
    spoken: str = ""
    language: str = ""
    attributes: str = ""
    is_leaf: bool = False
    element: Element | None = None

    def __post_init__(self) -> None:
        self.is_leaf = self.is_leaf or self.role in _LEAVES


class Tree:
    """All elements of a document, in reading order.

    A heading begins a section, and what follows belongs to it. A level that would be skipped is
    raised: a screen reader's user takes a missing level for a missing heading.
    """

    def __init__(self) -> None:
        self.root = Element(Role.DOCUMENT.value, None)
        self.elements = [self.root]
        self._sections = [self.root]
        self._level = 0

    def add(self, tag: Tag, *, within: Element | None) -> Element:
        """The tag's element, made where it has none: last in `within` or the current section."""
        if tag.element is None:
            name = tag.role.value.strip()
            if tag.role is Role.HEADING:
                name = f"H{self._begin_section(tag.level, nested=within is not None)}"
            tag.element = self._append(name, within or self._sections[-1], _entries(tag))
        return tag.element

    def _begin_section(self, wanted: int, *, nested: bool) -> int:
        """The level at which the heading stands; its section is opened unless it is in a cell."""
        self._level = min(wanted, self._level + 1)
        if not nested:
            del self._sections[max(1, self._level - 1) :]
            if self._level > 1:
                section = self._append(Role.SECTION.value, self._sections[-1], "")
                self._sections.append(section)
        return self._level

    def _append(self, name: str, parent: Element, says: str) -> Element:
        element = Element(name, parent, says)
        parent.kids.append(element)
        self.elements.append(element)
        return element


def text_string(words: str) -> str:
    """Any words as a text string in the syntax of PDF; half a surrogate pair becomes a "?"."""
    return f"<feff{words.encode('utf-16-be', 'replace').hex()}>"


def _entries(tag: Tag) -> str:
    says = ""
    if tag.alt:
        says += f"/Alt{text_string(tag.alt)}"
    if tag.spoken:
        says += f"/ActualText{text_string(tag.spoken)}"
    if tag.language:
        says += f"/Lang({tag.language})"
    attributes = tag.attributes
    if tag.role in _ATTRIBUTES and (attributes or tag.role is not Role.CELL):
        attributes = _ATTRIBUTES[tag.role] + attributes
    return f"{says}/A<<{attributes}>>" if attributes else says
