"""What in a PDF could act, hide or show itself later; our own reports have none of it."""

from dataclasses import dataclass, field

from pikepdf import Stream

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.walking import Met

_ACTIVE_ENTRIES = frozenset(
    {
        "/OpenAction",
        "/AA",
        "/JS",
        "/JavaScript",
        "/XFA",
        "/RichMedia",
        "/OCProperties",
        "/OC",
        "/Alternates",
        "/Collection",
        "/OPI",
        "/PresSteps",
        "/UR3",
    }
)
_ACTIVE_ACTIONS = frozenset(
    {
        "JavaScript",
        "Launch",
        "SubmitForm",
        "ResetForm",
        "ImportData",
        "GoToR",
        "GoToE",
        "Rendition",
        "Sound",
        "Movie",
        "URI",
        "Hide",
        "Named",
        "SetOCGState",
        "Thread",
        "RichMediaExecute",
    }
)
_OUR_ANNOTATIONS = frozenset({"Widget", "Link"})
_SIGNATURE_FIELD = "Sig"
_DRAWN_LETTERS = "Type3"
_MOST_FIELDS = 64  # a document of ours has some ten places for signatures


@dataclass(slots=True)
class Suspects:
    """What was met so far; see `reading.ReadBack`, which tells of it."""

    active: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    pages: int = 0
    _fields: int = 0

    def look_at(self, met: Met) -> None:
        """Note what one dictionary could do.

        Raises IssueProblem `pdf_too_heavy` for more form fields than can be read in time.
        """
        self.active |= {name[1:] for name in _ACTIVE_ENTRIES & met.names}
        if "/S" in met.names:
            self.active |= _ACTIVE_ACTIONS & {met.named("/S")}
        elif "/T" in met.names:  # a field, not a part of the text's structure
            self._count_field()
        self.pages += met.named("/Type") == "Page"
        self._note_foreign(met)

    def _count_field(self) -> None:
        self._fields += 1
        if self._fields > _MOST_FIELDS:
            raise IssueProblem("pdf_too_heavy", what="fields")

    def _note_foreign(self, met: Met) -> None:
        kind = met.named("/Subtype")
        if "/F" in met.names and isinstance(met.entries, Stream):
            self.foreign.add("F")
        if "/Rect" in met.names and kind not in _OUR_ANNOTATIONS:
            self.foreign.add(kind or "Annot")
        if kind == _DRAWN_LETTERS:
            self.foreign.add(kind)
        if (entered := met.named("/FT")) not in ("", _SIGNATURE_FIELD):
            self.foreign.add(entered)
