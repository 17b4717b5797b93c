"""Links and signature fields as objects of the file, each held by an element of the structure."""

from dataclasses import dataclass
from typing import Any

from assessor_app.reporting.signature_fields import SEAL_FIELD, TIMESTAMP_FIELDS
from assessor_app.reporting.structure import text_string
from assessor_app.reporting.structure_objects import Numbers, Raw

Corners = tuple[float, float, float, float]

_PRINTED = 4
_PRINTED_AND_LOCKED = 132
_NOWHERE: Corners = (0, 0, 0, 0)
_OPEN_FOR = "".join(f"({name})" for name in (*TIMESTAMP_FIELDS, SEAL_FIELD))
_LOCK = f"/Lock<</Type/SigFieldLock/Action/Exclude/Fields[{_OPEN_FOR}]>>"


@dataclass(slots=True)
class Link:
    """A link to a bookmark of the document. `title` says in words where it leads."""

    raw: Raw
    title: str
    corners: Corners
    destination: Any  # ReportLab's own, of the bookmark

    def write(self, numbers: Numbers, key: int) -> None:
        """Tell the link once its bookmark is set; `key` is its StructParent."""
        self.raw.told = (
            f"<</Type/Annot/Subtype/Link/F {_PRINTED}/Border[0 0 0]/Rect{_rect(self.corners)}"
            f"/Contents{text_string(self.title)}/StructParent {key}"
            f"/Dest {numbers.told(self.destination)}>>"
        )


@dataclass(slots=True)
class Widget:
    """An empty signature field on a page. Without corners it cannot be seen."""

    raw: Raw
    name: str
    label: str
    page: int
    corners: Corners | None
    lock: bool = False

    def write(self, numbers: Numbers, key: int) -> None:
        """Tell the field; once it is signed with `lock`, only seal and timestamps may follow."""
        shown = "" if self.corners is None else self._appearance(numbers)
        self.raw.told = (
            f"<</Type/Annot/Subtype/Widget/FT/Sig/T({self.name})/TU{text_string(self.label)}"
            f"/F {_PRINTED_AND_LOCKED}/Rect{_rect(self.corners or _NOWHERE)}"
            f"/P {numbers.page(self.page)} 0 R/StructParent {key}{shown}"
            f"{_LOCK if self.lock else ''}>>"
        )

    def _appearance(self, numbers: Numbers) -> str:
        """An empty drawing: PDF/A wants one of whatever can be seen."""
        left, bottom, right, top = self.corners or _NOWHERE
        empty = Raw()
        box = f"[0 0 {right - left:.2f} {top - bottom:.2f}]"
        empty.told = (
            f"<</Type/XObject/Subtype/Form/BBox{box}/Resources<<>>/Length 0>>\nstream\n\nendstream"
        )
        return f"/AP<</N {numbers.of(empty)} 0 R>>"


def write_form(document: Any, widgets: tuple[Widget, ...]) -> None:
    """List the fields in the document's catalog, in the order in which they were prepared."""
    numbers, form = Numbers(document), Raw()
    fields = " ".join(f"{numbers.of(widget.raw)} 0 R" for widget in widgets)
    form.told = f"<</Fields[{fields}]>>"
    document.Catalog.AcroForm = form


def _rect(corners: Corners) -> str:
    return f"[{' '.join(f'{length:.2f}' for length in corners)}]"
